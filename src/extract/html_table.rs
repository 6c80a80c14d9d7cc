//! Tables of HTML: which of them hold facts or figures and which are layout, calendars or menus; rows and cells of the
//! former.

use scraper::{ElementRef, Selector};

use super::build::{MOST_ROWS, NewCell, kind_of};
use super::html::collapsed;
use crate::article::TableKind;

/// Characters of a cell from which a table is layout.
const LONG_CELL: usize = 400;

/// A table that was read.
pub(super) struct ReadTable {
    pub kind: TableKind,
    pub rows: Vec<Vec<NewCell>>,
    pub caption: Option<String>,
}

/// Reads a `table`; `None` where it is layout, a calendar or a single column.
pub(super) fn table(table: ElementRef<'_>) -> Option<ReadTable> {
    let class = table.value().attr("class").unwrap_or("").to_ascii_lowercase();
    let role = table.value().attr("role");
    if matches!(role, Some("presentation" | "none"))
        || ["calendar", "navbox", "menu"].iter().any(|word| class.contains(word))
    {
        return None;
    }
    let nested = Selector::parse("table, form, input, iframe").ok()?;
    if table.select(&nested).next().is_some() {
        return None;
    }
    let row_selector = Selector::parse("tr").ok()?;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    for row in table.select(&row_selector).take(MOST_ROWS) {
        let cells: Vec<NewCell> = row.child_elements().filter_map(cell).collect();
        if cells.iter().any(|cell| cell.text.chars().count() > LONG_CELL) {
            return None;
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    let widest = rows.iter().map(Vec::len).max()?;
    if widest < 2 || rows.len() < 2 || is_calendar(&rows) {
        return None;
    }
    let caption = Selector::parse("caption").ok().and_then(|selector| table.select(&selector).next());
    let caption = caption.map(|caption| collapsed(caption.text())).filter(|text| !text.is_empty());
    Some(ReadTable { kind: kind_of(&rows), rows, caption })
}

/// Reads a `dl` as a table of keys and values; `None` where it has no pair.
pub(super) fn definitions(list: ElementRef<'_>) -> Option<ReadTable> {
    let selector = Selector::parse("dt, dd").ok()?;
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    for part in list.select(&selector).take(MOST_ROWS) {
        let text = cell_text(part);
        match (part.value().name(), rows.last_mut()) {
            ("dt", _) => rows.push(vec![NewCell { text, header: true, ..NewCell::default() }]),
            ("dd", Some(row)) if row.len() == 1 => row.push(NewCell { text, ..NewCell::default() }),
            ("dd", Some(row)) => {
                if let Some(value) = row.last_mut() {
                    value.text = format!("{} {text}", value.text);
                }
            }
            _ => {}
        }
    }
    rows.retain(|row| row.len() == 2);
    (!rows.is_empty()).then_some(ReadTable { kind: TableKind::KeyValue, rows, caption: None })
}

fn cell(element: ElementRef<'_>) -> Option<NewCell> {
    let name = element.value().name();
    if !matches!(name, "td" | "th") {
        return None;
    }
    let span = |attribute: &str| {
        let value = element.value().attr(attribute).and_then(|value| value.trim().parse().ok());
        value.unwrap_or(1usize).clamp(1, 1000)
    };
    let text = cell_text(element);
    Some(NewCell {
        header: name == "th" || is_bold(element, &text),
        text,
        columns: span("colspan"),
        rows: span("rowspan"),
    })
}

/// Whether all text of a cell is bold, as pages without `th` mark their labels.
fn is_bold(cell: ElementRef<'_>, text: &str) -> bool {
    let bold = Selector::parse("strong, b").ok().and_then(|selector| cell.select(&selector).next());
    !text.is_empty() && bold.is_some_and(|bold| collapsed(bold.text()) == text)
}

/// The text of a cell, its blocks and line breaks parted by a space.
fn cell_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            scraper::Node::Text(own) => {
                let inside =
                    node.parent().and_then(|parent| parent.value().as_element().map(|own| own.name()));
                if !matches!(inside, Some("script" | "style")) {
                    text.push_str(own);
                }
            }
            scraper::Node::Element(own) if matches!(own.name(), "br" | "p" | "li" | "div" | "a") => {
                text.push(' ');
            }
            _ => {}
        }
    }
    collapsed(std::iter::once(text.as_str()))
}

/// Rows of seven small numbers are days of a month.
fn is_calendar(rows: &[Vec<NewCell>]) -> bool {
    let is_day = |cell: &NewCell| cell.text.is_empty() || cell.text.parse::<u8>().is_ok_and(|day| day <= 31);
    rows.iter().filter(|row| row.len() == 7 && row.iter().all(is_day)).count() >= 3
}
