//! Rows of plain text whose cells something stands between: tab, bar (Markdown, box drawing), two spaces, colon, dash.
//! Also such a table that was run together on one line. What a row's cells mean is not known here; `rows` asks for
//! tables in the order of the text.

use std::ops::Range;

use super::flat::header;
use super::plain::Line;
use super::rows::{Found, MOST_ROWS};
use super::summary::{By, is_header_pair, is_summary};
use crate::article::{Cell, Row, Span, Table, TableForm, TableKind};
use crate::text::{is_alphabetic, is_number};

/// Rows of a table that only a colon, a dash or spaces mark, at the least.
const LEAST_ROWS: usize = 3;
/// Starts that are tried in one run of rows that make no table; then the rest of the run is passed over.
const MOST_TRIES: usize = 8;
/// Columns that a row of text has, at the most.
const MOST_COLUMNS: usize = 64;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Delimiter {
    Tab,
    Bar,
    Spaces,
    Colon,
    Dash,
}

const DELIMITERS: [Delimiter; 5] =
    [Delimiter::Tab, Delimiter::Bar, Delimiter::Spaces, Delimiter::Colon, Delimiter::Dash];

/// Looks for delimited tables line by line, and remembers which runs of lines it has given up, so that no line is read
/// more often than a fixed number of times.
#[derive(Default)]
pub(super) struct Delimited {
    /// For each delimiter: where the last run that made no table ends, and how many starts in it were tried.
    given_up: [(usize, usize); 5],
}

impl Delimited {
    /// A table of delimited rows that begins at a line.
    pub(super) fn table(&mut self, lines: &[Line<'_>], at: usize) -> Option<Found> {
        let line = lines.get(at)?;
        for (delimiter, given_up) in DELIMITERS.into_iter().zip(&mut self.given_up) {
            let (end, tries) = *given_up;
            if (at < end && tries >= MOST_TRIES) || split(line, delimiter).len() < 2 {
                continue;
            }
            match run(lines, at, delimiter) {
                Ok(found) => return Some(found),
                Err(_) if at < given_up.0 => given_up.1 += 1,
                Err(end) => *given_up = (end, 1),
            }
        }
        one_line(line).map(|table| Found { lines: at..at + 1, table })
    }
}

/// The rows that a line begins, as a table; where they make none, the end of the run.
fn run(lines: &[Line<'_>], at: usize, delimiter: Delimiter) -> Result<Found, usize> {
    let mut rows: Vec<Row> = Vec::new();
    let mut own: Vec<&Line<'_>> = Vec::new();
    let mut end = at;
    let mut separated = false;
    let mut gap = None;
    for line in lines.get(at..).unwrap_or(&[]).iter().take(MOST_ROWS) {
        // Rows stand close, or there is an empty line before each.
        if end > at && *gap.get_or_insert(line.after_blank) != line.after_blank {
            break;
        }
        if is_separator(line.text, delimiter) {
            separated |= rows.len() == 1;
            end += 1;
            continue;
        }
        let cells = split(line, delimiter);
        if cells.len() < 2 {
            break;
        }
        if let Some(first) = rows.first_mut()
            && first.cells.len() != cells.len()
        {
            // The corner above the names of rows may have no cell of its own.
            let corner = rows.len() == 1 && cells.len() >= 3 && own.len() == 1;
            let (Some(first), true) =
                (rows.first_mut().filter(|first| first.cells.len() + 1 == cells.len()), corner)
            else {
                break;
            };
            let start = first.span.start;
            first.cells.insert(0, plain_cell(Span::new(start, start)));
        }
        rows.push(Row { span: line.span, cells });
        own.push(line);
        end += 1;
    }
    table(rows, &own, delimiter, separated)
        .map(|table| Found { lines: at..end, table })
        .ok_or(end.max(at + 1))
}

/// A table of rows that were found, where they are one.
fn table(mut rows: Vec<Row>, lines: &[&Line<'_>], delimiter: Delimiter, separated: bool) -> Option<Table> {
    without_empty_columns(&mut rows);
    let cells: Vec<Vec<&str>> = rows
        .iter()
        .zip(lines)
        .map(|(row, line)| row.cells.iter().map(|cell| text_of(cell.span, line)).collect())
        .collect();
    let width = rows.first()?.cells.len();
    let kind = if width == 2 { TableKind::KeyValue } else { TableKind::Grid };
    let has_header = (separated && delimiter == Delimiter::Bar)
        || cells.first().is_some_and(|first| header::is_header(&first.join(" ")))
        || (kind == TableKind::Grid && looks_like_header(&cells))
        || (kind == TableKind::KeyValue && is_header_pair(&cells));
    let many = rows.len() - usize::from(has_header);
    let least = match delimiter {
        Delimiter::Bar | Delimiter::Tab => 2,
        Delimiter::Spaces | Delimiter::Colon | Delimiter::Dash if has_header => 2,
        Delimiter::Spaces | Delimiter::Colon | Delimiter::Dash => LEAST_ROWS,
    };
    if width < 2 || many < least.min(if has_header { 1 } else { least }) || many == 0 {
        return None;
    }
    if kind == TableKind::KeyValue {
        let pairs = cells.get(usize::from(has_header)..)?;
        let by = match delimiter {
            Delimiter::Tab | Delimiter::Bar => None,
            Delimiter::Spaces => Some(By::Spaces),
            Delimiter::Colon => Some(By::Colon),
            Delimiter::Dash => Some(By::Dash),
        };
        if !has_header && by.is_some_and(|by| !is_summary(pairs, by)) {
            return None;
        }
    }
    mark_headers(&mut rows, &cells, has_header);
    Some(Table { kind, form: TableForm::Delimited, rows })
}

/// Takes out columns that are empty in all rows.
fn without_empty_columns(rows: &mut [Row]) {
    let width = rows.first().map_or(0, |row| row.cells.len());
    for column in (0..width).rev() {
        if rows.iter().all(|row| row.cells.get(column).is_some_and(|cell| cell.span.is_empty())) {
            for row in rows.iter_mut() {
                row.cells.remove(column);
            }
        }
    }
}

fn text_of<'t>(span: Span, line: &Line<'t>) -> &'t str {
    let start = line.span.start;
    line.text.get(span.start.saturating_sub(start)..span.end.saturating_sub(start)).unwrap_or("")
}

/// Marks the first row where it is a header, and those that repeat it.
fn mark_headers(rows: &mut [Row], cells: &[Vec<&str>], has_header: bool) {
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
fn looks_like_header(cells: &[Vec<&str>]) -> bool {
    let has_digit = |text: &str| text.chars().any(is_number);
    let Some((first, rest)) = cells.split_first() else { return false };
    let with_digits = rest.iter().filter(|row| row.iter().any(|cell| has_digit(cell))).count();
    !first.iter().any(|cell| has_digit(cell)) && with_digits * 2 > rest.len()
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '｜')
}

/// A line that only parts rows: `|---|---|`, `+----+`, `├──┼──┤`.
fn is_separator(line: &str, delimiter: Delimiter) -> bool {
    let strokes = line.chars().filter(|c| matches!(c, '-' | '=' | '─' | '═' | '━')).count();
    matches!(delimiter, Delimiter::Bar | Delimiter::Tab | Delimiter::Spaces)
        && strokes >= 2
        && line.chars().all(|c| {
            is_bar(c)
                || c.is_whitespace()
                || matches!(c, '-' | '=' | ':' | '+' | '─' | '═' | '━' | '\u{250C}'..='\u{253F}' | '\u{2540}'..='\u{256C}')
        })
}

fn plain_cell(span: Span) -> Cell {
    Cell { span, header: false, columns: 1, rows: 1 }
}

/// The cells of a line.
fn split(line: &Line<'_>, delimiter: Delimiter) -> Vec<Cell> {
    let text = line.text;
    let ranges: Vec<Range<usize>> = match delimiter {
        Delimiter::Tab => parts(text, |c| c == '\t'),
        Delimiter::Bar => bars(text),
        Delimiter::Spaces => spaced(text),
        Delimiter::Colon => pair(text, colon(text)),
        Delimiter::Dash => pair(text, dash(text)),
    };
    if ranges.len() < 2 || ranges.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let cells: Vec<Cell> =
        ranges.into_iter().map(|range| plain_cell(inner(text, range, line.span.start))).collect();
    let empty = cells.iter().any(|cell| cell.span.is_empty());
    let all_empty = cells.iter().all(|cell| cell.span.is_empty());
    let empty_is_a_cell = matches!(delimiter, Delimiter::Tab | Delimiter::Bar);
    if all_empty || (empty && !empty_is_a_cell) { Vec::new() } else { cells }
}

/// A cell's bytes without white space and marks of emphasis around them.
fn inner(text: &str, range: Range<usize>, offset: usize) -> Span {
    let own = text.get(range.clone()).unwrap_or("");
    let trimmed = own.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '\u{200E}' | '\u{200F}'));
    // The end of an empty cell is its place too.
    let start = offset + range.start + (trimmed.as_ptr() as usize).saturating_sub(own.as_ptr() as usize);
    Span::new(start, start + trimmed.len())
}

fn parts(text: &str, is_delimiter: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    for (at, found) in text.match_indices(is_delimiter) {
        ranges.push(from..at);
        from = at + found.len();
    }
    ranges.push(from..text.len());
    ranges
}

/// Cells between bars; a bar at either end is the table's frame.
fn bars(text: &str) -> Vec<Range<usize>> {
    let mut ranges = parts(text, is_bar);
    let is_blank = |range: &Range<usize>| text.get(range.clone()).is_some_and(|own| own.trim().is_empty());
    if ranges.len() > 2 && ranges.last().is_some_and(is_blank) {
        ranges.pop();
    }
    if ranges.len() > 2 && text.starts_with(is_bar) {
        ranges.remove(0);
    }
    ranges
}

/// Cells parted by two spaces or more.
fn spaced(text: &str) -> Vec<Range<usize>> {
    let is_gap = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{2003}' | '\u{3000}');
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut gap: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        if is_gap(c) {
            gap = Some(gap.map_or((at, 1), |(start, many)| (start, many + 1)));
        } else if let Some((start, many)) = gap.take()
            && many >= 2
        {
            ranges.push(from..start);
            from = at;
        }
    }
    ranges.push(from..text.len());
    ranges
}

/// Two cells around a delimiter's bytes; the key without a bullet.
fn pair(text: &str, delimiter: Option<Range<usize>>) -> Vec<Range<usize>> {
    let Some(delimiter) = delimiter else { return Vec::new() };
    let key = text.get(..delimiter.start).unwrap_or("");
    let unmarked = key.trim_start_matches(['-', '*', '•', '·', '●', '▪', '–', '◾', '◼', '■', '○', ' ']);
    let start = key.len() - unmarked.len();
    let words = unmarked.split_whitespace().count();
    if words == 0 || words > 7 || unmarked.chars().count() > 50 {
        return Vec::new();
    }
    vec![start..delimiter.start, delimiter.end..text.len()]
}

/// The colon that ends a label: not that of a time or an address.
pub(super) fn colon(text: &str) -> Option<Range<usize>> {
    text.match_indices([':', '：']).map(|(at, found)| at..at + found.len()).find(|range| {
        let before = text.get(..range.start).and_then(|text| text.chars().next_back());
        let after = text.get(range.end..).and_then(|text| text.chars().next());
        match after {
            None => false,
            Some(c) if c.is_whitespace() => true,
            Some(c) => {
                c != '/' && !(is_number(c) && before.is_some_and(is_number)) && !c.is_ascii_punctuation()
            }
        }
    })
}

/// A dash with a space on both sides, or a sign that points from key to value.
fn dash(text: &str) -> Option<Range<usize>> {
    let signs = [" – ", " — ", " - ", " = ", " → ", " ← ", " => ", "- ", "– "];
    // «22- 25» and «e-mail» are no pairs.
    let found = signs.into_iter().filter_map(|dash| {
        let at = text.find(dash)?;
        let after_word = text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(is_alphabetic);
        (dash.starts_with(' ') || after_word).then_some(at..at + dash.len())
    });
    found.min_by_key(|range| range.start)
}

/// A whole table that was run together on one line: Markdown rows, or labels with colons between bars or bullets.
fn one_line(line: &Line<'_>) -> Option<Table> {
    let bar_rows = || {
        let breaks: Vec<usize> = {
            // «| |» ends a row and begins the next one.
            let bars: Vec<usize> = line.text.match_indices('|').map(|(at, _)| at).take(4096).collect();
            bars.windows(2)
                .filter(|two| {
                    let [a, b] = two else { return false };
                    line.text.get(a + 1..*b).is_some_and(|between| between.trim().is_empty())
                })
                .filter_map(|two| two.get(1).copied())
                .collect()
        };
        (breaks.len() >= 2 && line.text.starts_with('|')).then(|| cut(line, &breaks, 0))
    };
    if let Some(rows) = bar_rows() {
        return run(&rows, 0, Delimiter::Bar)
            .ok()
            .filter(|found| found.lines.len() == rows.len())
            .map(|found| found.table);
    }
    for sign in ['|', '•', '؛', ';', '●', '▪', '·', '■'] {
        let cuts: Vec<usize> = line.text.match_indices(sign).map(|(at, _)| at).take(4096).collect();
        if cuts.len() < 2 {
            continue;
        }
        let rows = cut(line, &cuts, sign.len_utf8());
        if let Ok(found) = run(&rows, 0, Delimiter::Colon)
            && found.lines.len() == rows.len()
        {
            return Some(found.table);
        }
    }
    None
}

/// The parts of a line, each as a line of its own; `skipped` bytes at each cut belong to none.
fn cut<'t>(line: &Line<'t>, cuts: &[usize], skipped: usize) -> Vec<Line<'t>> {
    let mut rows = Vec::new();
    let mut from = 0;
    for end in cuts.iter().copied().chain(std::iter::once(line.text.len())) {
        let own = line.text.get(from..end).unwrap_or("");
        let trimmed = own.trim();
        if !trimmed.is_empty() {
            let start = line.span.start + from + own.len() - own.trim_start().len();
            rows.push(Line {
                text: trimmed,
                span: Span::new(start, start + trimmed.len()),
                after_blank: false,
            });
        }
        from = end + skipped;
    }
    rows
}
