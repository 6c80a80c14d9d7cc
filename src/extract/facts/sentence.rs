//! The sentence of the body that says what a fact says: it shares the key's and the value's words.

use crate::article::{Article, BlockKind, Span};
use crate::text::fold::tokens;

/// Words in a hundred of a fact that a sentence must hold.
const SHARED: usize = 60;
/// Sentences of an article that are looked at.
const MOST_SENTENCES: usize = 600;

/// The body's sentences and their words.
pub(super) struct Body {
    sentences: Vec<(Span, Vec<String>)>,
}

impl Body {
    /// The sentences of an article's paragraphs.
    pub(super) fn new(article: &Article) -> Self {
        let mut sentences = Vec::new();
        if !article.tables.is_empty() {
            for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
                if sentences.len() >= MOST_SENTENCES {
                    break;
                }
                for sentence in split(block.span.of(&article.text)) {
                    let words = stems(sentence.of(block.span.of(&article.text)));
                    sentences.push((sentence.shifted(block.span.start), words));
                }
            }
        }
        Self { sentences }
    }

    /// The sentence that holds the key's words and a word of the value, the one that holds most.
    pub(super) fn sentence(&self, key: &str, value: &str, row: Span) -> Option<Span> {
        let (key, value) = (stems(key), stems(value));
        let all = key.len() + value.len();
        let shared =
            |words: &[String], own: &[String]| own.iter().filter(|word| words.contains(word)).count();
        let best = self
            .sentences
            .iter()
            .filter(|(span, _)| !span.overlaps(row))
            .map(|(span, words)| (*span, shared(words, &key), shared(words, &value)))
            .max_by_key(|(span, key, value)| (key + value, std::cmp::Reverse(span.start)))?;
        let (span, of_key, of_value) = best;
        (of_key > 0 && of_value > 0 && (of_key + of_value) * 100 >= all * SHARED).then_some(span)
    }
}

/// Sentences by their final stops, as spans of `text`.
fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        let ends = matches!(c, '.' | '!' | '؟' | '?' | '؛') && next.is_none_or(char::is_whitespace);
        if ends || end == text.len() {
            let own = text.get(from..end).unwrap_or("");
            let start = from + own.len() - own.trim_start().len();
            if start < end {
                spans.push(Span::new(start, end));
            }
            from = end;
        }
    }
    spans
}

/// The words of a text, folded, without article and one-letter prefixes.
fn stems(text: &str) -> Vec<String> {
    let stem = |word: &str| {
        let bare =
            ["وال", "بال", "فال", "كال", "ال", "لل"].into_iter().find_map(|prefix| word.strip_prefix(prefix));
        bare.filter(|bare| bare.chars().count() >= 3).unwrap_or(word).to_owned()
    };
    tokens(text).iter().map(|token| stem(&token.text)).filter(|word| word.chars().count() >= 2).collect()
}
