//! Bytes in, an article and its facts out. Pure and total: whatever the bytes, there is an article, perhaps with
//! warnings; nothing fails and nothing panics.
//!
//! `charset` decodes; `plain`, `html` and `markdown` find title and blocks, `rows` the tables of plain text
//! (with delimiters, with a cell a line, and `flat`: without borders); `facts` takes facts from tables. Where bytes come
//! from is not known here.

mod build;
mod cells;
mod changes;
mod charset;
mod delimited;
mod facts;
mod feed_links;
mod flat;
mod html;
mod html_pairs;
mod html_table;
mod language;
mod markdown;
mod plain;
mod rows;
mod summary;

#[cfg(test)]
mod tests;

use crate::article::{Article, Body, Entry, Fact, Format, Warning};
use crate::text::words::Words;

pub use changes::changes;
pub use charset::decode;
pub use facts::{country, understand};
pub use feed_links::{FeedLink, feed_links};
#[doc(hidden)]
pub use flat::train;
pub use html::plain_text;
pub use language::language_of;

/// Goes up when the same bytes would give another article or other facts.
pub const EXTRACTOR_VERSION: u32 = 7;

/// Bytes of a document's text that are read; the rest is cut, with a warning.
const MOST_BYTES: usize = 16 << 20;

/// What was made of a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extracted {
    /// The article.
    pub article: Article,
    /// Its facts, in the order of its text.
    pub facts: Vec<Fact>,
    /// The words of its text.
    pub words: Words,
    /// What was not read as it should have been.
    pub warnings: Vec<Warning>,
}

/// Makes an article and its facts of a body and what was declared of it.
pub fn extract(entry: &Entry, body: &Body) -> Extracted {
    let mut warnings = Vec::new();
    let decoded = decode(&body.bytes, entry.charset.as_deref(), body.format == Format::Html, &mut warnings);
    let text = cut(decoded, &mut warnings);
    let mut article = match body.format {
        Format::Text => plain::article(&text, entry),
        Format::Html => html::article(&text, entry, &mut warnings),
        Format::Markdown => markdown::article(&text, entry),
    };
    declare(&mut article, entry);
    let words = Words::of(&article.text);
    let facts = facts::facts(&article, &words, body.format != Format::Text, &mut warnings);
    Extracted { article, facts, words, warnings }
}

/// What the document does not say itself is as the entry declares it.
fn declare(article: &mut Article, entry: &Entry) {
    fn or(own: &mut Option<String>, declared: &Option<String>) {
        if own.is_none() {
            own.clone_from(declared);
        }
    }
    or(&mut article.source, &entry.source);
    or(&mut article.author, &entry.author);
    or(&mut article.url, &entry.url);
    or(&mut article.language, &entry.language);
    article.published = article.published.or(entry.published);
    article.direction = article.direction.or(entry.direction);
    if article.language.is_none() {
        article.language = language_of(&article.text).map(str::to_owned);
    }
}

fn cut(mut text: String, warnings: &mut Vec<Warning>) -> String {
    if text.len() > MOST_BYTES {
        let end = (0..=MOST_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        warnings.push(Warning(format!("longer than {} MB: the rest was left out", MOST_BYTES >> 20)));
    }
    text
}
