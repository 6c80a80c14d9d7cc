//! Tables of plain text: delimited rows (tab, bar, Markdown, two spaces, colon, dash), and blocks of rows that have lost
//! their borders. Which lines are rows is decided here; where a flattened row's border is, in `facts::border`.

use std::cell::OnceCell;
use std::ops::Range;

use super::facts::border::{self, BodyText};
use super::plain::Line;
use crate::article::{Cell, Row, Span, Table, TableForm, TableKind};
use crate::text::fold::fold;

/// Characters of a flattened row, at the most.
const LONG_ROW: usize = 100;
/// Rows of a table without a header, at the least.
const LEAST_ROWS: usize = 3;
/// Rows of a table that are looked at; a longer one is cut there.
const MOST_ROWS: usize = 5000;

/// A table and the lines that it takes.
pub(super) struct Found {
    pub lines: Range<usize>,
    pub table: Table,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Delimiter {
    Tab,
    Bar,
    Spaces,
    Colon,
    Dash,
}

/// The tables of a text, in order.
pub(super) fn tables(lines: &[Line<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let body = OnceCell::new();
    let mut at = 0;
    while at < lines.len() {
        match delimited(lines, at).or_else(|| flattened(lines, at, &body)) {
            Some(table) => {
                at = table.lines.end.max(at + 1);
                found.push(table);
            }
            None => at += 1,
        }
    }
    found
}

/// A table of delimited rows that begins at a line.
fn delimited(lines: &[Line<'_>], at: usize) -> Option<Found> {
    let delimiters = [Delimiter::Tab, Delimiter::Bar, Delimiter::Spaces, Delimiter::Colon, Delimiter::Dash];
    delimiters.into_iter().find_map(|delimiter| {
        let mut rows: Vec<Row> = Vec::new();
        let mut end = at;
        let mut separators = 0;
        for line in lines.get(at..)?.iter().take(MOST_ROWS) {
            let follows = !line.after_blank || end == at;
            if !follows {
                break;
            }
            if delimiter == Delimiter::Bar && is_separator(line.text) {
                separators += 1;
                end += 1;
                continue;
            }
            let cells = split(line, delimiter);
            let width = rows.first().map(|row: &Row| row.cells.len());
            if cells.len() < 2 || width.is_some_and(|width| width != cells.len()) {
                break;
            }
            rows.push(Row { span: line.span, cells });
            end += 1;
        }
        let least = match delimiter {
            Delimiter::Bar | Delimiter::Tab => 2,
            Delimiter::Spaces | Delimiter::Colon | Delimiter::Dash => LEAST_ROWS,
        };
        let text = |span: Span, line: &Line<'_>| {
            line.text.get(span.start - line.span.start..span.end - line.span.start).unwrap_or("").to_owned()
        };
        if rows.len() < least {
            return None;
        }
        let own = lines.get(at..end)?;
        let table_lines: Vec<&Line<'_>> =
            own.iter().filter(|line| !(delimiter == Delimiter::Bar && is_separator(line.text))).collect();
        let cells: Vec<Vec<String>> = rows
            .iter()
            .zip(&table_lines)
            .map(|(row, line)| row.cells.iter().map(|cell| text(cell.span, line)).collect())
            .collect();
        if matches!(delimiter, Delimiter::Colon | Delimiter::Dash) && !is_summary(&cells) {
            return None;
        }
        let kind = if rows.first()?.cells.len() == 2 { TableKind::KeyValue } else { TableKind::Grid };
        let has_header = separators > 0 && is_separator(own.get(1).map_or("", |line| line.text))
            || cells.first().is_some_and(|first| border::is_header(&first.join(" ")))
            || (kind == TableKind::Grid && looks_like_header(&cells))
            || (kind == TableKind::KeyValue
                && matches!(delimiter, Delimiter::Bar)
                && looks_like_header(&cells));
        mark_headers(&mut rows, &cells, has_header);
        Some(Found { lines: at..end, table: Table { kind, form: TableForm::Delimited, rows } })
    })
}

/// Marks the first row where it is a header, and those that repeat it.
fn mark_headers(rows: &mut [Row], cells: &[Vec<String>], has_header: bool) {
    let Some(header) = cells.first().filter(|_| has_header) else { return };
    for (row, own) in rows.iter_mut().zip(cells) {
        if own == header {
            for cell in &mut row.cells {
                cell.header = true;
            }
        }
    }
}

/// Whether a first row names columns: no digits in it, digits below it.
fn looks_like_header(cells: &[Vec<String>]) -> bool {
    let has_digit = |text: &str| text.chars().any(char::is_numeric);
    let Some((first, rest)) = cells.split_first() else { return false };
    let last_has_digits = rest.iter().filter(|row| row.last().is_some_and(|cell| has_digit(cell))).count();
    !first.iter().any(|cell| has_digit(cell)) && last_has_digits * 2 > rest.len()
}

fn is_separator(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '+'))
}

/// Whether pairs parted by a colon or a dash are a summary: short keys, short values, no sentences, no speech.
fn is_summary(cells: &[Vec<String>]) -> bool {
    let many = cells.len();
    let sentences = cells
        .iter()
        .filter(|row| {
            row.get(1).is_some_and(|value| value.ends_with('.') && value.split_whitespace().count() > 4)
        })
        .count();
    let quoted =
        cells.iter().filter(|row| row.get(1).is_some_and(|value| value.starts_with(['«', '"', '“']))).count();
    let ordinals = ["اولا", "ثانيا", "ثالثا", "رابعا", "خامسا"];
    let numbered = cells
        .iter()
        .filter(|row| row.first().is_some_and(|key| ordinals.contains(&fold(key).as_str())))
        .count();
    let long: usize = cells.iter().filter_map(|row| row.get(1)).map(|value| value.chars().count()).sum();
    sentences * 2 < many && quoted * 2 < many && numbered == 0 && long / many.max(1) <= 70
}

/// The cells of a line.
fn split(line: &Line<'_>, delimiter: Delimiter) -> Vec<Cell> {
    let text = line.text;
    let ranges: Vec<Range<usize>> = match delimiter {
        Delimiter::Tab => parts(text, "\t"),
        Delimiter::Bar => {
            let inner = text.trim_matches([' ', '|']);
            let start = text.len() - text.trim_start_matches([' ', '|']).len();
            parts(inner, "|").into_iter().map(|range| range.start + start..range.end + start).collect()
        }
        Delimiter::Spaces => spaced(text),
        Delimiter::Colon => pair(text, colon(text)),
        Delimiter::Dash => pair(text, dash(text)),
    };
    let cells = ranges.into_iter().filter_map(|range| {
        let own = text.get(range.clone())?;
        let trimmed = own.trim_matches([' ', '\t', '*']);
        let start = line.span.start + range.start + own.find(trimmed).unwrap_or(0);
        Some(Cell { span: Span::new(start, start + trimmed.len()), header: false, columns: 1, rows: 1 })
    });
    let cells: Vec<Cell> = cells.collect();
    let empty = cells.iter().any(|cell| cell.span.is_empty());
    if empty && !matches!(delimiter, Delimiter::Tab | Delimiter::Bar) { Vec::new() } else { cells }
}

fn parts(text: &str, delimiter: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    for (at, found) in text.match_indices(delimiter) {
        ranges.push(from..at);
        from = at + found.len();
    }
    ranges.push(from..text.len());
    ranges
}

/// Cells parted by two spaces or more.
fn spaced(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(gap) = text.get(from..).and_then(|rest| rest.find("  ")) {
        ranges.push(from..from + gap);
        let behind = text.get(from + gap..).unwrap_or("");
        from += gap + behind.len() - behind.trim_start_matches(' ').len();
    }
    ranges.push(from..text.len());
    ranges
}

/// Two cells around a delimiter's bytes; the key without a bullet.
fn pair(text: &str, delimiter: Option<Range<usize>>) -> Vec<Range<usize>> {
    let Some(delimiter) = delimiter else { return Vec::new() };
    let key = text.get(..delimiter.start).unwrap_or("");
    let unmarked = key.trim_start_matches(['-', '*', '•', '·', '●', '▪', '–', ' ']);
    let start = key.len() - unmarked.len();
    let words = unmarked.split_whitespace().count();
    if words == 0 || words > 7 || unmarked.chars().count() > 50 {
        return Vec::new();
    }
    vec![start..delimiter.start, delimiter.end..text.len()]
}

/// The colon that ends a label: not that of a time or an address.
fn colon(text: &str) -> Option<Range<usize>> {
    text.match_indices([':', '：']).map(|(at, found)| at..at + found.len()).find(|range| {
        let before = text.get(..range.start).and_then(|text| text.chars().next_back());
        let after = text.get(range.end..).and_then(|text| text.chars().next());
        after.is_some_and(char::is_whitespace) && !before.is_some_and(char::is_numeric)
    })
}

/// A dash with spaces around it.
fn dash(text: &str) -> Option<Range<usize>> {
    let found =
        [" – ", " — ", " - "].into_iter().filter_map(|dash| text.find(dash).map(|at| at..at + dash.len()));
    found.min_by_key(|range| range.start)
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
