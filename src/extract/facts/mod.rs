//! Facts from an article's tables: a key and a value a row, with the bytes where they stand; what concept the key is,
//! and what the value means where that is sure. Header rows are never facts.

pub(super) mod concepts;
mod countries;
mod meaning;
mod sentence;
pub(super) mod vocabulary;

pub(super) use countries::{is_country, nationality};

use crate::article::{
    Article, BlockKind, Cell, Evidence, Fact, Method, Row, Span, Table, TableForm, TableKind,
};

/// Facts of one article that are kept.
const MOST_FACTS: usize = 500;

/// The facts of an article's tables, in the order of its text.
/// Labels before colons are looked for where `marked_up`: in plain text such lines are rows of a table already.
pub(super) fn facts(article: &Article, marked_up: bool) -> Vec<Fact> {
    let mut facts = Vec::new();
    let body = sentence::Body::new(article);
    for (table_at, table) in article.tables.iter().enumerate() {
        if table.kind == TableKind::Grid {
            continue;
        }
        for (row_at, row) in table.rows.iter().enumerate() {
            for (key, value) in pairs(table, row) {
                if facts.len() >= MOST_FACTS {
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
    Some(Fact {
        key: key_text.to_owned(),
        value: value_text.to_owned(),
        normalized: meaning::meaning(value_text, concept),
        evidence: Evidence {
            key,
            value,
            row,
            table,
            sentence: body.sentence(key_text, value_text, row),
            contradiction: None,
        },
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

/// Paragraphs and items of HTML and Markdown that begin with a label and a colon: three or more in a row, or two whose
/// labels are known.
fn labelled(article: &Article, body: &sentence::Body) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut at = 0;
    while at < article.blocks.len() {
        let run: Vec<Label> = (at..article.blocks.len()).map_while(|at| label(article, at)).collect();
        let known = run.iter().filter(|label| label.known).count();
        if run.len() >= 3 || (run.len() == 2 && known == 2) {
            let fact =
                |label: &Label| made(article, body, Method::Html, label.key, label.value, label.row, None);
            facts.extend(run.iter().filter_map(fact));
        }
        at += run.len().max(1);
    }
    facts
}

/// A block that is a label and what it labels.
struct Label {
    key: Span,
    value: Span,
    row: Span,
    known: bool,
}

/// The label of a block: a few words before a colon, and no sentence or quotation behind it.
fn label(article: &Article, at: usize) -> Option<Label> {
    const MOST_KEY: usize = 40;
    const MOST_KEY_WORDS: usize = 5;
    const MOST_VALUE: usize = 90;
    let block = article.blocks.get(at)?;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { number: None, .. }) {
        return None;
    }
    let (key, value) = block.span.of(&article.text).split_once(':')?;
    let fits = key.chars().count() <= MOST_KEY
        && key.split_whitespace().count() <= MOST_KEY_WORDS
        && value.chars().count() <= MOST_VALUE
        && value.starts_with(' ')
        && !value.trim_end().ends_with(['.', '!', '؟', '?'])
        && !value.trim_start().starts_with(['«', '"', '“']);
    let start = block.span.start;
    fits.then(|| Label {
        key: Span::new(start, start + key.len()),
        value: Span::new(start + key.len() + 1, block.span.end),
        row: block.span,
        known: concepts::concept(key, value).is_some(),
    })
}
