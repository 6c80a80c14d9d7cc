//! Tables of plain text, in the order of the text: rows with delimiters (`delimited`), tables with a cell a line (`cells`),
//! and rows that have lost their borders (`flat`).

use std::cell::OnceCell;
use std::ops::Range;

use super::cells::Cells;
use super::delimited::Delimited;
use super::flat::Flattened;
use super::flat::body::BodyText;
use super::plain::Line;
use crate::article::Table;

/// Rows of a table that are looked at; a longer one is cut there.
pub(super) const MOST_ROWS: usize = 5000;

/// A table and the lines that it takes.
pub(super) struct Found {
    pub lines: Range<usize>,
    pub table: Table,
}

/// The tables of a text, in order.
pub(super) fn tables(lines: &[Line<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let body = OnceCell::new();
    let body = || body.get_or_init(|| BodyText::new(lines.iter().map(|line| line.text)));
    let (mut delimited, mut cells) = (Delimited::default(), Cells::default());
    let mut flattened = Flattened::default();
    let mut at = 0;
    while at < lines.len() {
        let table = delimited
            .table(lines, at)
            .or_else(|| cells.table(lines, at))
            .or_else(|| flattened.table(lines, at, &body));
        match table {
            Some(table) => {
                at = table.lines.end.max(at + 1);
                found.push(table);
            }
            None => at += 1,
        }
    }
    found
}
