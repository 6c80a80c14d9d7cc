//! Facts from an article's tables: a key and a value a row, with the bytes where they stand; what concept the key is,
//! and what the value means where that is sure. Header rows are never facts.

pub(super) mod concepts;
mod countries;
mod meaning;
mod sentence;
mod understand;
pub(super) mod vocabulary;

pub(super) use countries::{folded_country, folded_nationality};
pub(super) use meaning::is_announced_later;
pub use understand::{country, understand};

use super::delimited::colon;
use super::summary::{By, is_summary};
use crate::article::{
    Article, Block, BlockKind, Cell, Evidence, Fact, Method, Row, Span, Table, TableForm, TableKind, Warning,
};
use crate::text::words::Words;

/// Facts of one article that are kept.
const MOST_FACTS: usize = 500;

/// The facts of an article's tables, in the order of its text.
/// Labels before colons are looked for where `marked_up`: in plain text such lines are rows of a table already.
pub(super) fn facts(
    article: &Article,
    words: &Words,
    marked_up: bool,
    warnings: &mut Vec<Warning>,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    let wanted = marked_up || article.tables.iter().any(|table| table.kind != TableKind::Grid);
    let body = sentence::Body::new(article, words, wanted);
    for (table_at, table) in article.tables.iter().enumerate() {
        if table.kind == TableKind::Grid {
            continue;
        }
        // A key that spans several rows is the key of each.
        let mut spanning: Option<(&Cell, usize)> = None;
        for (row_at, row) in table.rows.iter().enumerate() {
            let mut own = pairs(table, row);
            match (row.cells.as_slice(), spanning) {
                ([key, _], _) if key.rows > 1 => spanning = Some((key, key.rows - 1)),
                ([value], Some((key, left))) if left > 0 && table.kind == TableKind::KeyValue => {
                    own.push((key, value));
                    spanning = Some((key, left - 1));
                }
                _ => spanning = None,
            }
            for (key, value) in own {
                if facts.len() >= MOST_FACTS {
                    let text = format!("more than {MOST_FACTS} facts: the rest stands in the text only");
                    warnings.push(Warning(text));
                    return facts;
                }
                facts.extend(fact(article, &body, table, (table_at, row_at), row, (key, value)));
            }
        }
    }
    if marked_up {
        facts.extend(labelled(article, &body));
    }
    facts.sort_by_key(|fact| fact.evidence.key.start);
    facts
}

/// The keys and values of a row.
fn pairs<'r>(table: &Table, row: &'r Row) -> Vec<(&'r Cell, &'r Cell)> {
    let named = row.cells.iter().all(|cell| cell.header);
    if named && (table.kind == TableKind::KeyValue || row.cells.len() < 2) {
        return Vec::new();
    }
    match table.kind {
        TableKind::KeyValue => match row.cells.as_slice() {
            [key, value] => vec![(key, value)],
            _ => Vec::new(),
        },
        TableKind::Pairs => {
            row.cells.chunks_exact(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?))).collect()
        }
        TableKind::Grid => Vec::new(),
    }
}

fn fact(
    article: &Article,
    body: &sentence::Body,
    table: &Table,
    at: (usize, usize),
    row: &Row,
    (key, value): (&Cell, &Cell),
) -> Option<Fact> {
    let method = match table.form {
        TableForm::Html => Method::Html,
        TableForm::Delimited => Method::Delimited,
        TableForm::Flattened => Method::Flattened,
    };
    made(article, body, method, key.span, value.span, row.span, Some(at))
}

fn made(
    article: &Article,
    body: &sentence::Body,
    method: Method,
    key: Span,
    value: Span,
    row: Span,
    table: Option<(usize, usize)>,
) -> Option<Fact> {
    let key = trimmed(&article.text, key, &[' ', ':', '：', '•', '*', '-', '–']);
    let value = trimmed(&article.text, value, &[' ', '\t']);
    let (key_text, value_text) = (key.of(&article.text), value.of(&article.text));
    if key_text.is_empty() || value_text.is_empty() {
        return None;
    }
    let concept = concepts::concept(key_text, value_text);
    let normalized = meaning::meaning(value_text, concept, &body.context);
    let sentence = body.sentence(key_text, value_text, concept, row);
    let contradiction = match sentence {
        Some(_) => None,
        None => body.contradiction(&article.text, key_text, &normalized, row),
    };
    Some(Fact {
        key: key_text.to_owned(),
        value: value_text.to_owned(),
        normalized,
        evidence: Evidence { key, value, row, table, sentence, contradiction },
        concept: concept.map(str::to_owned),
        method,
        confidence: match method {
            Method::Flattened => 0.9,
            _ => 1.0,
        },
    })
}

/// A span without these characters at its ends.
fn trimmed(text: &str, span: Span, edges: &[char]) -> Span {
    let own = span.of(text);
    let inner = own.trim_matches(edges);
    let start = span.start + own.find(inner).unwrap_or(0);
    Span::new(start, start + inner.len())
}

/// Lines of paragraphs and items of HTML and Markdown that begin with a label and a colon: three or more in a row, or two
/// whose labels are known.
fn labelled(article: &Article, body: &sentence::Body) -> Vec<Fact> {
    let lines: Vec<Option<Label>> = article.blocks.iter().flat_map(|block| labels(article, block)).collect();
    let mut facts = Vec::new();
    for run in lines.split(Option::is_none) {
        let known = run.iter().flatten().filter(|label| label.known).count();
        let pairs = || -> Vec<Vec<&str>> {
            let text = &article.text;
            run.iter()
                .flatten()
                .map(|label| vec![label.key.of(text).trim(), label.value.of(text).trim()])
                .collect()
        };
        if (run.len() >= 3 && is_summary(&pairs(), By::Colon)) || (run.len() == 2 && known == 2) {
            let fact =
                |label: &Label| made(article, body, Method::Html, label.key, label.value, label.row, None);
            facts.extend(run.iter().flatten().filter_map(fact));
        }
    }
    facts
}

/// A line that is a label and what it labels.
struct Label {
    key: Span,
    value: Span,
    row: Span,
    known: bool,
}

/// The labels of a block's lines; `None` for a line that has none.
fn labels(article: &Article, block: &Block) -> Vec<Option<Label>> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { number: None, .. }) {
        return vec![None];
    }
    let text = block.span.of(&article.text);
    let mut at = block.span.start;
    let lines = text.split('\n').map(|line| {
        let span = Span::new(at, at + line.len());
        at = span.end + 1;
        (line, span)
    });
    lines.filter(|(line, _)| !line.trim().is_empty()).map(|(line, span)| label(line, span)).collect()
}

/// The label of a line: a few words before a colon, and no sentence or quotation behind it.
fn label(line: &str, row: Span) -> Option<Label> {
    const MOST_KEY: usize = 45;
    const MOST_KEY_WORDS: usize = 6;
    const MOST_VALUE: usize = 110;
    let colon = colon(line)?;
    let (key, value) = (line.get(..colon.start)?, line.get(colon.end..)?);
    let sentence = value.trim_end().ends_with(['.', '!', '؟', '?']) && value.split_whitespace().count() > 4;
    let fits = !key.trim().is_empty()
        && key.chars().count() <= MOST_KEY
        && key.split_whitespace().count() <= MOST_KEY_WORDS
        && value.chars().count() <= MOST_VALUE
        && !sentence
        && !value.trim_start().starts_with(['«', '"', '“']);
    fits.then(|| Label {
        key: Span::new(row.start, row.start + colon.start),
        value: Span::new(row.start + colon.end, row.end),
        row,
        known: concepts::concept(key, value).is_some(),
    })
}
