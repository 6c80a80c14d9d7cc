//! The Board as text: CSV for spreadsheets, JSON for programs; a line an article, a field a column.

use std::collections::BTreeMap;

use serde::Serialize;

use super::csv;
use super::json::line;
use crate::article::{BoardCell, BoardRow};

/// The first line of a Board as CSV, without line end: `first`, which names the articles, and the columns.
pub fn csv_header(first: &str, columns: &[String]) -> String {
    let fixed = [first, "title", "source", "published"].map(str::to_owned);
    csv::row(&fixed.into_iter().chain(columns.iter().cloned()).collect::<Vec<_>>())
}

/// An article's line as CSV, without line end.
pub fn csv_row(
    name: &str,
    title: &str,
    source: Option<&str>,
    published: &str,
    cells: &[BoardCell],
) -> String {
    let fixed = [name, title, source.unwrap_or(""), published].map(str::to_owned);
    csv::row(&fixed.into_iter().chain(cells.iter().map(BoardCell::text)).collect::<Vec<_>>())
}

/// The same of a stored article.
pub fn csv_stored(row: &BoardRow) -> String {
    let about = &row.headline;
    let (id, published) = (about.id.0.to_string(), about.published.to_string());
    csv_row(&id, &about.title, about.source.as_deref(), &published, &row.cells)
}

#[derive(Serialize)]
struct RowOut<'a> {
    id: i64,
    title: &'a str,
    source: Option<&'a str>,
    published: String,
    cells: BTreeMap<&'a str, Option<String>>,
}

/// A stored article's line as JSON, without line end: under `cells` each column's values, null where there are none.
pub fn json_row(row: &BoardRow, columns: &[String]) -> String {
    let text = |cell: &BoardCell| (!cell.facts.is_empty()).then(|| cell.text());
    let cells = columns.iter().map(String::as_str).zip(row.cells.iter().map(text)).collect();
    let about = &row.headline;
    line(&RowOut {
        id: about.id.0,
        title: &about.title,
        source: about.source.as_deref(),
        published: about.published.to_string(),
        cells,
    })
}
