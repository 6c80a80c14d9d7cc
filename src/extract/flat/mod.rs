//! Rows that have lost the border between key and value. Which lines are rows and where their borders are is judged by
//! two linear models that were trained on this project's own rows (`train`); header rows and tables of several columns
//! are found by rule. Precision comes first: a row whose border is not clear stays whole.

pub(crate) mod body;
mod features;
mod grid;
pub(crate) mod header;
pub(crate) mod model;
pub mod train;
pub(crate) mod words;

use std::sync::LazyLock;

use self::body::BodyText;
use self::features::{Block, Head};
use self::model::Model;
use self::words::{Word, words};
use super::delimited::colon;
use super::facts::vocabulary::RELATED;
use super::plain::Line;
use super::rows::{Found, MOST_ROWS};
use crate::article::{Cell, Row, Span, Table, TableForm, TableKind};
use crate::text::fold::fold;
use crate::text::is_alphanumeric;

/// Characters of a row, at the most.
const LONG_ROW: usize = 110;
/// By how much the best border must be ahead of the next one.
const LEAST_LEAD: f32 = 0.4;
/// Rows of a table with a header, and of one without.
const LEAST_ROWS: (usize, usize) = (2, 3);
/// What the lines of a table without a header must reach on average.
const LEAST_MEAN: f32 = 2.2;
/// What is taken from a line that begins as a sentence does which goes on («وتتوفر», «ويعقد»).
const GOES_ON: f32 = -8.0;
/// What a line beside sure rows must reach.
const BESIDE: f32 = -2.0;

static BORDERS: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("borders.txt")));
static LINES: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("lines.txt")));

/// The models that judge; training brings its own.
#[derive(Clone, Copy)]
pub(crate) struct Judges<'m> {
    borders: &'m Model,
    lines: &'m Model,
}

impl Judges<'static> {
    /// Those that were trained on this project's rows.
    pub(crate) fn trained() -> Self {
        Judges { borders: &BORDERS, lines: &LINES }
    }
}

/// What was found of a row; positions are indices of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// A header row, and where its second cell begins.
    Header(usize),
    /// Where the value begins.
    At(usize),
    /// Where each cell begins, of a table of several columns; whether it is the header; whether a cell is missing before
    /// the first.
    Cells(Vec<usize>, bool, bool),
    /// Not clear: the row stays whole.
    Whole,
}

/// A table in a run of lines: its first line, and what each of its lines is.
pub(crate) struct Reading {
    pub first: usize,
    pub rows: Vec<Split>,
}

/// Looks for flattened tables, and remembers the lines that were looked at.
#[derive(Default)]
pub(super) struct Flattened {
    done: usize,
}

impl Flattened {
    /// The next table in the run of short lines that a line begins.
    pub(super) fn table<'b>(
        &mut self,
        lines: &[Line<'_>],
        at: usize,
        body: &dyn Fn() -> &'b BodyText,
    ) -> Option<Found> {
        if at < self.done {
            return None;
        }
        let end = run_end(lines, at);
        let own = lines.get(at..end)?;
        let rows: Vec<Vec<Word<'_>>> = own.iter().map(|line| words(line.text)).collect();
        let texts: Vec<&str> = own.iter().map(|line| line.text).collect();
        let before = at.checked_sub(1).and_then(|before| lines.get(before));
        let before = before.filter(|_| own.first().is_some_and(|line| !line.after_blank));
        let related = before.into_iter().chain(own.first()).any(|line| is_related(line.text));
        let reading = (own.len() > LEAST_ROWS.0 && !related)
            .then(|| read(&rows, &texts, body, Judges::trained()))
            .flatten();
        let Some(reading) = reading else {
            self.done = end;
            return None;
        };
        let first = at + reading.first;
        let last = first + reading.rows.len();
        self.done = last;
        let grid = reading.rows.iter().any(|split| matches!(split, Split::Cells(..)));
        let made = lines.get(first..last)?.iter().zip(rows.get(reading.first..)?).zip(&reading.rows);
        let table = Table {
            kind: if grid { TableKind::Grid } else { TableKind::KeyValue },
            form: TableForm::Flattened,
            rows: made.map(|((line, words), split)| row(line, words, split)).collect(),
        };
        Some(Found { lines: first..last, table })
    }
}

/// Whether a line announces other articles.
fn is_related(line: &str) -> bool {
    let line = fold(line);
    let line = line.trim_matches(|c: char| !is_alphanumeric(c));
    RELATED.iter().any(|known| line == known)
}

/// Where the run of lines ends that may be rows: short ones, close together, of two words at least.
fn run_end(lines: &[Line<'_>], at: usize) -> usize {
    let fits = |line: &Line<'_>| {
        let length = line.text.chars().take(LONG_ROW + 1).count();
        length <= LONG_ROW
            && line.text.contains(char::is_whitespace)
            && !(length > 60 && line.text.ends_with('.'))
            && colon(line.text).is_none()
    };
    let rest = lines.get(at..).unwrap_or(&[]).iter().enumerate();
    at + rest
        .take(MOST_ROWS)
        .take_while(|(ahead, line)| (*ahead == 0 || !line.after_blank) && fits(line))
        .count()
}

/// The table in a run of rows, if there is one.
pub(crate) fn read<'b>(
    rows: &[Vec<Word<'_>>],
    texts: &[&str],
    body: &dyn Fn() -> &'b BodyText,
    judges: Judges<'_>,
) -> Option<Reading> {
    let header = (0..rows.len().min(8)).find_map(|at| Some((at, header::header_at(rows, at)?)));
    for first in 0..rows.len().min(2) {
        if header.is_none_or(|(at, _)| at >= first)
            && let Some(grid) = grid::grid(rows.get(first..)?)
        {
            let columns = grid.columns;
            let split = |(at, starts): (usize, Vec<usize>)| {
                let missing = starts.len() < columns;
                Split::Cells(starts, at == 0 && grid.has_header, missing)
            };
            return Some(Reading { first, rows: grid.rows.into_iter().enumerate().map(split).collect() });
        }
    }
    match header {
        Some((at, head)) => below_header(rows, texts, body(), judges, at, head),
        None => without_header(rows, texts, body(), judges),
    }
}

/// The rows below a header, as far as they go on being rows.
fn below_header(
    rows: &[Vec<Word<'_>>],
    texts: &[&str],
    body: &BodyText,
    judges: Judges<'_>,
    at: usize,
    (second, head): (usize, Head),
) -> Option<Reading> {
    // A little for each line: the header says that rows follow.
    const BONUS: f32 = 1.0;
    let from = at + 1;
    let own: Vec<&[Word<'_>]> = rows.get(from..)?.iter().map(Vec::as_slice).collect();
    let block = Block::new(&own, body, head);
    let (mut sum, mut most, mut many) = (0.0, 0.0, 0);
    for (ahead, words) in own.iter().enumerate() {
        let again = header::is_header(texts.get(from + ahead).copied().unwrap_or(""));
        sum += if again { 0.5 } else { line_score(words, texts.get(from + ahead)?, &block, judges) + BONUS };
        if sum > most {
            (most, many) = (sum, ahead + 1);
        }
    }
    let splits = splits(rows.get(from..from + many)?, texts.get(from..from + many)?, body, head, judges);
    (count(&splits) >= LEAST_ROWS.0)
        .then(|| Reading { first: at, rows: std::iter::once(Split::Header(second)).chain(splits).collect() })
}

/// Rows that no header announces: the lines that are surest to be rows, together.
fn without_header(
    rows: &[Vec<Word<'_>>],
    texts: &[&str],
    body: &BodyText,
    judges: Judges<'_>,
) -> Option<Reading> {
    let own: Vec<&[Word<'_>]> = rows.iter().map(Vec::as_slice).collect();
    let block = Block::new(&own, body, Head::None);
    let scores: Vec<f32> =
        own.iter().zip(texts).map(|(words, text)| line_score(words, text, &block, judges)).collect();
    let (mut best, mut sum, mut from) = ((0.0, 0, 0), 0.0, 0);
    for (at, score) in scores.iter().enumerate() {
        if sum <= 0.0 {
            (sum, from) = (0.0, at);
        }
        sum += score;
        if sum > best.0 {
            best = (sum, from, at + 1);
        }
    }
    let (sum, mut from, mut end) = best;
    let many = end - from;
    if many < LEAST_ROWS.1 || sum / many as f32 <= LEAST_MEAN {
        return None;
    }
    // What stands beside sure rows may be less sure itself.
    let beside = |at: Option<usize>| at.and_then(|at| scores.get(at)).is_some_and(|score| *score > BESIDE);
    while beside(Some(end)) {
        end += 1;
    }
    while beside(from.checked_sub(1)) {
        from -= 1;
    }
    let splits = splits(rows.get(from..end)?, texts.get(from..end)?, body, Head::None, judges);
    (count(&splits) >= LEAST_ROWS.1).then_some(Reading { first: from, rows: splits })
}

fn count(splits: &[Split]) -> usize {
    splits.iter().filter(|split| matches!(split, Split::At(_))).count()
}

/// How much speaks for a line being a row.
pub(crate) fn line_score(words: &[Word<'_>], text: &str, block: &Block<'_>, judges: Judges<'_>) -> f32 {
    let best = best(words, block, judges.borders).map_or(0.0, |(_, score, _)| score);
    let goes_on = if features::goes_on(words) { GOES_ON } else { 0.0 };
    judges.lines.score(|sink| features::line(words, text, block, best, sink)) + goes_on
}

/// The best border of a row, its score, and by how much it is ahead of the next one.
pub(crate) fn best(words: &[Word<'_>], block: &Block<'_>, borders: &Model) -> Option<(usize, f32, f32)> {
    let (mut best, mut second) = ((0, f32::MIN), f32::MIN);
    let lengths = features::label_lengths(words);
    for at in features::borders(words) {
        let score = borders.score(|sink| features::border(words, at, lengths, block, sink));
        if score > best.1 {
            second = best.1;
            best = (at, score);
        } else if score > second {
            second = score;
        }
    }
    (best.0 > 0).then_some((best.0, best.1, best.1 - second))
}

/// The borders of rows, judged together.
fn splits(
    rows: &[Vec<Word<'_>>],
    texts: &[&str],
    body: &BodyText,
    head: Head,
    judges: Judges<'_>,
) -> Vec<Split> {
    let headers: Vec<Option<usize>> = (0..rows.len())
        .map(|at| {
            header::is_header(texts.get(at).copied().unwrap_or(""))
                .then(|| rows.get(at).map_or(1, |own| own.len() - 1))
        })
        .collect();
    let own: Vec<&[Word<'_>]> = rows
        .iter()
        .zip(&headers)
        .filter(|(_, header)| header.is_none())
        .map(|(words, _)| words.as_slice())
        .collect();
    let block = Block::new(&own, body, head);
    let split = |(words, header): (&Vec<Word<'_>>, &Option<usize>)| match header {
        Some(second) => Split::Header(*second),
        None => match best(words, &block, judges.borders) {
            Some((at, _, lead)) if lead >= LEAST_LEAD => Split::At(at),
            _ => Split::Whole,
        },
    };
    rows.iter().zip(&headers).map(split).collect()
}

/// A row of the table that a line is.
fn row(line: &Line<'_>, words: &[Word<'_>], split: &Split) -> Row {
    let start = |word: usize| words.get(word).map_or(line.text.len(), |word| word.start);
    let cell = |from: usize, to: usize, header: bool| {
        let own = line.text.get(from..to).unwrap_or("");
        let trimmed =
            own.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '•' | '-' | '–' | '*' | '·'));
        let at = line.span.start + from + (trimmed.as_ptr() as usize).saturating_sub(own.as_ptr() as usize);
        Cell { span: Span::new(at, at + trimmed.len()), header, columns: 1, rows: 1 }
    };
    let whole = line.text.len();
    let cells = match split {
        Split::Header(second) => vec![cell(0, start(*second), true), cell(start(*second), whole, true)],
        Split::At(value) => vec![cell(0, start(*value), false), cell(start(*value), whole, false)],
        Split::Cells(starts, header, missing) => {
            let ends = starts.iter().skip(1).map(|next| start(*next)).chain(std::iter::once(whole));
            let cells = starts.iter().zip(ends).map(|(from, end)| cell(start(*from), end, *header));
            missing.then(|| cell(0, 0, *header)).into_iter().chain(cells).collect()
        }
        Split::Whole => vec![cell(0, whole, false)],
    };
    Row { span: line.span, cells }
}
