//! Tables of plain text that were saved with a cell a line: keys and values in turn, or the cells of several columns row
//! by row. Lines alone say little, so the keys must be known ones, or a header must stand above them, or figures must
//! come back at the same place of each row.

use super::flat::header;
use super::plain::Line;
use super::rows::{Found, MOST_ROWS};
use super::summary::{ends_sentence, has_digit};
use crate::article::{Cell, Row, Span, Table, TableForm, TableKind};
use crate::text::is_number;

/// Characters of a cell that stands on its own line, at the most.
const LONG_CELL: usize = 70;
/// Words of a key.
const KEY_WORDS: usize = 6;
/// Words of values without a header, on average, at the most.
const VALUE_WORDS: usize = 4;
/// Columns of a table that was saved so, at the most.
const MOST_COLUMNS: usize = 9;

/// Looks for such tables, and remembers which run of lines makes none.
#[derive(Default)]
pub(super) struct Cells {
    given_up: usize,
    tries: usize,
}

impl Cells {
    /// A table whose first cell is a line's.
    pub(super) fn table(&mut self, lines: &[Line<'_>], at: usize) -> Option<Found> {
        if at < self.given_up && self.tries >= 2 {
            return None;
        }
        let own = run(lines, at);
        let found = pairs(own).or_else(|| grid(own));
        match found {
            Some((many, table)) => Some(Found { lines: at..at + many, table }),
            None => {
                // The second line too: a heading may stand before the first cell.
                if at < self.given_up {
                    self.tries += 1;
                } else {
                    (self.given_up, self.tries) = (at + own.len(), 1);
                }
                None
            }
        }
    }
}

/// The short lines from a line on, as far as their empty lines keep one rhythm.
fn run<'l, 't>(lines: &'l [Line<'t>], at: usize) -> &'l [Line<'t>] {
    let rest = lines.get(at..).unwrap_or(&[]);
    let rhythm = |ahead: usize| rest.get(ahead).map(|line| line.after_blank);
    let many = rest
        .iter()
        .take(MOST_ROWS)
        .enumerate()
        .take_while(|(ahead, line)| {
            let fits = line.text.chars().nth(LONG_CELL).is_none()
                && (!ends_sentence(line.text) || line.text.split_whitespace().count() <= 2);
            let even = *ahead < 3 || rhythm(*ahead) == rhythm(*ahead - 2);
            fits && even
        })
        .count();
    rest.get(..many).unwrap_or(&[])
}

/// Keys and values in turn.
fn pairs(lines: &[Line<'_>]) -> Option<(usize, Table)> {
    let (first, second) = (lines.first()?, lines.get(1)?);
    let has_header =
        header::names_columns(first.text, second.text, false) && header::is_header_word(second.text);
    // A colon behind each key.
    let colons = lines
        .chunks_exact(2)
        .take_while(|two| two.first().is_some_and(|key| key.text.ends_with([':', '：'])));
    let colons = colons.count();
    let many = if colons >= 3 { colons } else { lines.len() / 2 };
    let rows: Vec<(&Line<'_>, &Line<'_>)> =
        lines.chunks_exact(2).take(many).filter_map(|two| Some((two.first()?, two.get(1)?))).collect();
    let body = rows.get(usize::from(has_header)..)?;
    let keys = || body.iter().map(|(key, _)| key.text);
    let values = || body.iter().map(|(_, value)| value.text);
    let count = body.len();
    let is_key = |text: &str| text.split_whitespace().count() <= KEY_WORDS && !starts_with_digit(text);
    let keyed = keys().filter(|key| is_key(key)).count();
    let labels = keys().filter(|key| header::is_whole_key(key)).count();
    let crossed = values().filter(|value| header::line_begins_key(value)).count();
    let figures = values().filter(|value| has_digit(value)).count();
    let key_figures = keys().filter(|key| has_digit(key)).count();
    // Headings over lists of names have long values: players, guests.
    let value_words: usize = values().map(|value| value.split_whitespace().count()).sum();
    let sure = if has_header {
        count >= 2
    } else if colons >= 3 {
        true
    } else {
        count >= 3
            && lines.len().is_multiple_of(2)
            && crossed * 4 <= count
            && value_words <= count * VALUE_WORDS
            && (labels * 2 >= count || (labels * 3 >= count && figures * 2 >= count && key_figures == 0))
    };
    if !sure || keyed < count {
        return None;
    }
    let row = |(key, value): &(&Line<'_>, &Line<'_>), header: bool| {
        let key_end = key.span.start + key.text.trim_end_matches([':', '：', ' ']).len();
        let cells = vec![cell(Span::new(key.span.start, key_end), header), cell(value.span, header)];
        Row { span: Span::new(key.span.start, value.span.end), cells }
    };
    let table = Table {
        kind: TableKind::KeyValue,
        form: TableForm::Delimited,
        rows: rows.iter().enumerate().map(|(at, pair)| row(pair, has_header && at == 0)).collect(),
    };
    Some((rows.len() * 2, table))
}

/// Three columns or more: figures come back at the same places, and none of them in the first row, the header.
fn grid(lines: &[Line<'_>]) -> Option<(usize, Table)> {
    let figures: Vec<bool> = lines.iter().map(|line| starts_with_digit(line.text)).collect();
    let width = (3..=MOST_COLUMNS).find(|width| {
        let width = *width;
        let rows = figures.len() / width;
        let whole = figures.len().is_multiple_of(width) && rows >= 3;
        let header = figures.iter().take(width).all(|figure| !figure);
        let body = figures.get(width..).unwrap_or(&[]);
        let first = body.get(..width).unwrap_or(&[]);
        let even = body.chunks(width).all(|row| row == first);
        whole && header && even && first.contains(&true) && first.contains(&false)
    })?;
    let rows = lines.chunks_exact(width).enumerate().filter_map(|(at, own)| {
        let span = Span::new(own.first()?.span.start, own.last()?.span.end);
        Some(Row { span, cells: own.iter().map(|line| cell(line.span, at == 0)).collect() })
    });
    let table = Table { kind: TableKind::Grid, form: TableForm::Delimited, rows: rows.collect() };
    Some((lines.len(), table))
}

fn starts_with_digit(text: &str) -> bool {
    text.trim_start_matches(['+', '-', '−', '$', '€', '#', ' ']).starts_with(is_number)
}

fn cell(span: Span, header: bool) -> Cell {
    Cell { span, header, columns: 1, rows: 1 }
}
