//! Tables of plain text, in the order of the text: rows with delimiters (`delimited`), tables with a cell a line (`cells`),
//! and blocks of rows that have lost their borders. Which lines are such rows is decided here; where a flattened row's
//! border is, in `facts::border`.

use std::cell::OnceCell;
use std::ops::Range;

use super::cells::Cells;
use super::delimited::Delimited;
use super::facts::border::{self, BodyText};
use super::plain::Line;
use crate::article::{Cell, Row, Span, Table, TableForm};

/// Characters of a flattened row, at the most.
const LONG_ROW: usize = 100;
/// Rows of a table without a header, at the least.
const LEAST_ROWS: usize = 3;
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
    let (mut delimited, mut cells) = (Delimited::default(), Cells::default());
    let mut at = 0;
    while at < lines.len() {
        let table = delimited
            .table(lines, at)
            .or_else(|| cells.table(lines, at))
            .or_else(|| flattened(lines, at, &body));
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

/// A block of flattened rows that begins at a line: with its header row, or by its keys.
fn flattened(lines: &[Line<'_>], at: usize, body: &OnceCell<BodyText>) -> Option<Found> {
    let first = lines.get(at)?;
    let with_header =
        border::is_header(first.text) && lines.get(at + 1).is_some_and(|next| !next.after_blank);
    if !with_header && at > 0 && !first.after_blank && !border::begins_key(first.text) {
        return None;
    }
    let end = at
        + lines
            .get(at..)?
            .iter()
            .enumerate()
            .take_while(|(ahead, line)| (*ahead == 0 || !line.after_blank) && is_row(line.text))
            .take(MOST_ROWS)
            .count();
    let least = if with_header { 2 } else { LEAST_ROWS };
    if end - at < least {
        return None;
    }
    let own = lines.get(at..end)?;
    let rows: Vec<&str> = own.iter().map(|line| line.text).collect();
    let body = body.get_or_init(|| BodyText::new(lines.iter().map(|line| line.text)));
    let borders = border::find(&rows, body, with_header)?;
    if borders.len() < least {
        return None;
    }
    let rows = own.iter().zip(&borders).map(|(line, border)| row(line, border)).collect();
    let table = Table { kind: border::kind(&borders), form: TableForm::Flattened, rows };
    Some(Found { lines: at..at + borders.len(), table })
}

fn is_row(text: &str) -> bool {
    let length = text.chars().count();
    length <= LONG_ROW && text.split_whitespace().count() >= 2 && !(text.ends_with('.') && length > 60)
}

fn row(line: &Line<'_>, border: &border::Border) -> Row {
    let cell = |range: Range<usize>, header: bool| {
        let own = line.text.get(range.clone()).unwrap_or("");
        let trimmed = own.trim_matches([' ', '\t', ':', '•', '-', '–', '*']);
        let start = line.span.start + range.start + own.find(trimmed).unwrap_or(0);
        Cell { span: Span::new(start, start + trimmed.len()), header, columns: 1, rows: 1 }
    };
    let cells = match border {
        border::Border::Header(at) => vec![cell(0..*at, true), cell(*at..line.text.len(), true)],
        border::Border::At(at) => vec![cell(0..*at, false), cell(*at..line.text.len(), false)],
        border::Border::Cells(ends) => {
            let mut from = 0;
            let mut cells = Vec::new();
            for end in ends.iter().copied().chain(std::iter::once(line.text.len())) {
                cells.push(cell(from..end, false));
                from = end;
            }
            cells
        }
        border::Border::None => vec![cell(0..line.text.len(), false)],
    };
    Row { span: line.span, cells }
}
