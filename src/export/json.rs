//! One JSON object a line, with names that stay: what `--json` prints. Its rows are its own, so that the domain
//! can change without them. Offsets are bytes of the canonical text.

use std::collections::BTreeSet;

use serde::Serialize;

use super::harmless::is_harmful;
use crate::article::{
    Article, ArticleId, Block, BlockKind, Fact, Headline, Marks, Method, Normalized, Span, Table, TableForm,
    TableKind,
};
use crate::text::Direction;

/// Columns of a table at the most: a cell may claim to span any number.
const MOST_COLUMNS: usize = 256;

/// Cells of a table that may be there only because another spans them; more are a trick, not a table.
const MOST_SPANNED: usize = 100_000;

/// Which article an object is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// One of the library.
    Stored(ArticleId),
    /// A file that was read without storing it.
    Path(&'a str),
}

/// A line of a list, as `khabar list --json` prints it, without line end.
pub fn headline(headline: &Headline) -> String {
    line(&HeadlineOut {
        id: headline.id.0,
        title: &headline.title,
        source: headline.source.as_deref(),
        published: headline.published.to_string(),
        language: headline.language.as_deref(),
        direction: direction(headline.direction),
        marks: MarksOut::from(&headline.marks),
        facts: headline.facts,
        words: headline.words,
    })
}

/// A whole article, as `khabar show --json` prints it, without line end; `marks` for a stored one.
pub fn article(subject: Subject<'_>, article: &Article, facts: &[Fact], marks: Option<&Marks>) -> String {
    line(&article_out(subject, article, facts, marks))
}

/// The object of [`article`].
pub(super) fn article_out<'a>(
    subject: Subject<'a>,
    article: &'a Article,
    facts: &'a [Fact],
    marks: Option<&'a Marks>,
) -> ArticleOut<'a> {
    let (id, path) = id_or_path(subject);
    ArticleOut {
        id,
        path,
        title: article.title_text(),
        source: article.source.as_deref(),
        author: article.author.as_deref(),
        published: article.published.map(|time| time.to_string()),
        language: article.language.as_deref(),
        direction: direction(article.direction),
        url: article.url.as_deref(),
        marks: marks.map(MarksOut::from),
        text: &article.text,
        blocks: article.blocks.iter().map(BlockOut::from).collect(),
        links: article.links.iter().map(|link| LinkOut::of(link.span, &link.url)).collect(),
        facts: facts.iter().map(|fact| FactOut::of(fact, &article.text)).collect(),
        tables: article.tables.iter().map(|table| WholeTableOut::of(table, &article.text)).collect(),
    }
}

/// An article's facts, as `khabar facts --json` prints them, without line end. Under `tables` stand those of three
/// columns or more; what two columns said is in the facts.
pub fn facts(subject: Subject<'_>, article: &Article, facts: &[Fact]) -> String {
    let (id, path) = id_or_path(subject);
    let grids = article.tables.iter().filter(|table| table.kind == TableKind::Grid);
    line(&FactsOut {
        id,
        path,
        title: article.title_text(),
        facts: facts.iter().map(|fact| FactOut::of(fact, &article.text)).collect(),
        tables: grids.map(|table| TableOut::of(table, &article.text)).collect(),
    })
}

/// The object on one line. What must not reach a terminal stands as escapes, which read the same: in JSON text such
/// characters can only be inside strings.
pub(super) fn line<T: Serialize>(object: &T) -> String {
    // These rows have string keys and finite numbers only, so writing them does not fail.
    let json = serde_json::to_string(object).unwrap_or_default();
    if !json.chars().any(is_harmful) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if is_harmful(letter) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// A subject as the two fields of which one is written.
fn id_or_path(subject: Subject<'_>) -> (Option<i64>, Option<&str>) {
    match subject {
        Subject::Stored(id) => (Some(id.0), None),
        Subject::Path(path) => (None, Some(path)),
    }
}

/// A direction's name.
pub(super) fn direction(direction: Option<Direction>) -> Option<&'static str> {
    direction.map(|direction| match direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    })
}

#[derive(Serialize)]
struct HeadlineOut<'a> {
    id: i64,
    title: &'a str,
    source: Option<&'a str>,
    published: String,
    language: Option<&'a str>,
    direction: Option<&'static str>,
    #[serde(flatten)]
    marks: MarksOut<'a>,
    facts: usize,
    words: usize,
}

#[derive(Serialize)]
struct MarksOut<'a> {
    unread: bool,
    done: bool,
    archived: bool,
    bookmarked: bool,
    note: Option<&'a str>,
    due: Option<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    tags: &'a BTreeSet<String>,
    #[serde(skip_serializing_if = "is_not")]
    muted: bool,
    #[serde(skip_serializing_if = "is_not")]
    apart: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction_set: Option<&'static str>,
}

/// Whether it is left out, because it seldom is so.
fn is_not(mark: &bool) -> bool {
    !mark
}

impl<'a> From<&'a Marks> for MarksOut<'a> {
    fn from(marks: &'a Marks) -> Self {
        let bookmark = marks.bookmark.as_ref();
        Self {
            unread: !marks.read,
            done: marks.done,
            archived: marks.archived,
            bookmarked: bookmark.is_some(),
            note: bookmark.and_then(|bookmark| bookmark.note.as_deref()),
            due: bookmark.and_then(|bookmark| bookmark.due).map(|day| day.to_string()),
            tags: &marks.tags,
            muted: marks.muted,
            apart: marks.apart,
            direction_set: direction(marks.direction),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ArticleOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    title: &'a str,
    source: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    direction: Option<&'static str>,
    url: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    marks: Option<MarksOut<'a>>,
    text: &'a str,
    blocks: Vec<BlockOut>,
    links: Vec<LinkOut<'a>>,
    facts: Vec<FactOut<'a>>,
    tables: Vec<WholeTableOut<'a>>,
}

#[derive(Serialize)]
struct FactsOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    title: &'a str,
    facts: Vec<FactOut<'a>>,
    tables: Vec<TableOut<'a>>,
}

#[derive(Serialize)]
struct BlockOut {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    start: usize,
    end: usize,
}

impl From<&Block> for BlockOut {
    fn from(block: &Block) -> Self {
        let mut out = Self {
            kind: "",
            level: None,
            depth: None,
            number: None,
            table: None,
            direction: direction(block.direction),
            start: block.span.start,
            end: block.span.end,
        };
        out.kind = match block.kind {
            BlockKind::Paragraph => "paragraph",
            BlockKind::Heading(level) => {
                out.level = Some(level);
                "heading"
            }
            BlockKind::Item { depth, number } => {
                out.depth = Some(depth);
                out.number = number;
                "item"
            }
            BlockKind::Quote => "quote",
            BlockKind::Code => "code",
            BlockKind::Table(table) => {
                out.table = Some(table);
                "table"
            }
            BlockKind::Caption => "caption",
            BlockKind::Figure => "figure",
            BlockKind::Note(number) => {
                out.number = Some(number);
                "note"
            }
            BlockKind::Continued { depth } => {
                out.depth = Some(depth);
                "continued"
            }
            BlockKind::Rule => "rule",
        };
        out
    }
}

#[derive(Serialize)]
struct LinkOut<'a> {
    url: &'a str,
    start: usize,
    end: usize,
}

impl<'a> LinkOut<'a> {
    fn of(span: Span, url: &'a str) -> Self {
        Self { url, start: span.start, end: span.end }
    }
}

#[derive(Serialize)]
struct FactOut<'a> {
    key: &'a str,
    value: &'a str,
    concept: Option<&'a str>,
    normalized: Vec<NormalizedOut<'a>>,
    evidence: EvidenceOut<'a>,
    method: &'static str,
    confidence: f32,
}

impl<'a> FactOut<'a> {
    fn of(fact: &'a Fact, text: &'a str) -> Self {
        let row = fact.evidence.row;
        Self {
            key: &fact.key,
            value: &fact.value,
            concept: fact.concept.as_deref(),
            normalized: fact.normalized.iter().map(NormalizedOut::from).collect(),
            evidence: EvidenceOut {
                start: row.start,
                end: row.end,
                text: row.of(text),
                sentence: fact.evidence.sentence.map(|span| span.of(text)),
                contradiction: fact.evidence.contradiction.map(|span| span.of(text)),
            },
            method: match fact.method {
                Method::Html => "html",
                Method::Delimited => "delimited",
                Method::Flattened => "flattened",
                Method::Person => "person",
            },
            confidence: if fact.confidence.is_finite() { fact.confidence } else { 0.0 },
        }
    }
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contradiction: Option<&'a str>,
}

/// A typed value: its type's name, and what it is.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum NormalizedOut<'a> {
    Country { code: &'a str },
    Date { date: String },
    Period { from: String, to: String },
    Time { time: String, offset_minutes: Option<i16> },
    Money { amount: f64, currency: &'a str },
    Percent { percent: f64 },
    ToBeAnnounced,
    Quantity { number: f64, unit: &'a str },
    List { items: &'a [String] },
}

impl<'a> From<&'a Normalized> for NormalizedOut<'a> {
    fn from(value: &'a Normalized) -> Self {
        match value {
            Normalized::Country(code) => Self::Country { code },
            Normalized::Date(date) => Self::Date { date: date.to_string() },
            Normalized::Period { from, to } => Self::Period { from: from.to_string(), to: to.to_string() },
            Normalized::Time { time, offset } => {
                Self::Time { time: time.to_string(), offset_minutes: *offset }
            }
            Normalized::Money { amount, currency } => Self::Money { amount: finite(*amount), currency },
            Normalized::Percent(percent) => Self::Percent { percent: finite(*percent) },
            Normalized::ToBeAnnounced => Self::ToBeAnnounced,
            Normalized::Quantity { number, unit } => Self::Quantity { number: finite(*number), unit },
            Normalized::List(items) => Self::List { items },
        }
    }
}

/// The number itself, or 0: JSON has no other.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

#[derive(Serialize)]
struct WholeTableOut<'a> {
    kind: &'static str,
    form: &'static str,
    #[serde(flatten)]
    table: TableOut<'a>,
}

impl<'a> WholeTableOut<'a> {
    fn of(table: &Table, text: &'a str) -> Self {
        let kind = match table.kind {
            TableKind::KeyValue => "key_value",
            TableKind::Pairs => "pairs",
            TableKind::Grid => "grid",
        };
        let form = match table.form {
            TableForm::Html => "html",
            TableForm::Delimited => "delimited",
            TableForm::Flattened => "flattened",
        };
        Self { kind, form, table: TableOut::of(table, text) }
    }
}

#[derive(Serialize)]
struct TableOut<'a> {
    header: Option<Vec<&'a str>>,
    rows: Vec<Vec<&'a str>>,
}

impl<'a> TableOut<'a> {
    /// The table as rows of texts. A cell that spans columns or rows stands in each of them, so that columns stay
    /// columns.
    fn of(table: &Table, text: &'a str) -> Self {
        let mut rows: Vec<Vec<&str>> = Vec::with_capacity(table.rows.len());
        // What cells of earlier rows reach down: for a column, how many rows more, and the text.
        let mut reaching: Vec<(usize, &str)> = Vec::new();
        let mut spanned = 0;
        for row in &table.rows {
            let mut texts: Vec<&str> = Vec::new();
            let mut reaching_next: Vec<(usize, &str)> = Vec::new();
            let take_reaching = |texts: &mut Vec<&'a str>, next: &mut Vec<(usize, &'a str)>, all: bool| {
                while let Some(&(more, above)) = reaching.get(texts.len())
                    && (more > 0 || (all && reaching.iter().skip(texts.len()).any(|(more, _)| *more > 0)))
                {
                    texts.push(if more > 0 { above } else { "" });
                    next.push((more.saturating_sub(1), above));
                }
            };
            for cell in &row.cells {
                take_reaching(&mut texts, &mut reaching_next, false);
                let cell_text = cell.span.of(text).trim();
                for _ in 0..cell.columns.max(1).min(MOST_COLUMNS.saturating_sub(texts.len())) {
                    texts.push(cell_text);
                    reaching_next.push((cell.rows.saturating_sub(1), cell_text));
                }
            }
            take_reaching(&mut texts, &mut reaching_next, true);
            spanned += texts.len().saturating_sub(row.cells.len());
            reaching = if spanned < MOST_SPANNED { reaching_next } else { Vec::new() };
            rows.push(texts);
        }
        let has_header = table
            .rows
            .first()
            .is_some_and(|row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.header));
        let header = if has_header { Some(rows.remove(0)) } else { None };
        Self { header, rows }
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
