//! The body of an article as evidence: the sentence that says what a fact says, and the one that says otherwise. The
//! first shares the key's words (or those of another label of its concept) and the value's; the second holds the key
//! whole and, right behind it, another value of the same kind.

use std::ops::Range;

use super::concepts;
use super::meaning::{self, Context};
use crate::article::{Article, BlockKind, Normalized, Span};
use crate::text::is_number;
use crate::text::tokens::each_token;
use crate::text::words::Words;

/// Words in a hundred of a fact that a sentence must hold.
const SHARED: usize = 60;
/// Sentences of an article that are looked at.
const MOST_SENTENCES: usize = 600;
/// Words behind a key in which its value is looked for.
const BEHIND: usize = 8;

/// A sentence: its bytes, and which of the body's words it has.
struct Sentence {
    span: Span,
    words: Range<usize>,
}

/// The body's sentences, and which of them hold a word.
pub(super) struct Body {
    sentences: Vec<Sentence>,
    /// Words as stems, in order, with the byte behind each.
    words: Vec<(u64, usize)>,
    /// Each stem with the sentences that hold it, in the order of stems and sentences.
    holding: Vec<(u64, u16)>,
    /// What is known of the article around its values.
    pub context: Context,
}

impl Body {
    /// The sentences of an article's paragraphs.
    pub(super) fn new(article: &Article, words: &Words, wanted: bool) -> Self {
        let mut own = Self {
            sentences: Vec::new(),
            words: Vec::new(),
            holding: Vec::new(),
            context: Context::default(),
        };
        if !wanted {
            return own;
        }
        own.context = meaning::context(article, words);
        let paragraphs = article.blocks.iter().filter(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote)
        });
        let sentences = paragraphs.flat_map(|block| {
            let sentences = split(block.span.of(&article.text)).into_iter();
            sentences.map(move |sentence| sentence.shifted(block.span.start))
        });
        for span in sentences.take(MOST_SENTENCES) {
            own.push(span, words);
        }
        own.holding.sort_unstable();
        own.holding.dedup();
        own
    }

    fn push(&mut self, span: Span, words: &Words) {
        let number = u16::try_from(self.sentences.len()).unwrap_or(u16::MAX);
        let first = self.words.len();
        for word in words.within(span.start..span.end) {
            let stem = stem(word.text);
            self.words.push((stem, word.source.end));
            self.holding.push((stem, number));
        }
        self.sentences.push(Sentence { span, words: first..self.words.len() });
    }

    /// The sentences that hold a stem.
    fn holding(&self, stem: u64) -> impl Iterator<Item = usize> {
        let from = self.holding.partition_point(|(own, _)| *own < stem);
        let behind = self.holding.get(from..).unwrap_or(&[]);
        behind.iter().take_while(move |(own, _)| *own == stem).map(|(_, at)| usize::from(*at))
    }

    /// The sentence that holds words of the key and of the value, the one that holds most.
    pub(super) fn sentence(&self, key: &str, value: &str, concept: Option<&str>, row: Span) -> Option<Span> {
        let values = stems(value);
        let of_value = self.counts(&values);
        let labels = concept.map(concepts::labels).unwrap_or_default();
        let keys = std::iter::once(stems(key)).chain(labels.into_iter().map(stems));
        let mut best: Option<(usize, usize)> = None;
        for keys in keys.filter(|keys| !keys.is_empty()) {
            let of_key = self.counts(&keys);
            let all = keys.len() + values.len();
            for (at, (of_key, of_value)) in of_key.iter().zip(&of_value).enumerate() {
                let both = of_key + of_value;
                // The key's words tell what is meant; a value of several words that stands there whole needs fewer.
                let keyed = of_key * 100 >= keys.len() * SHARED && *of_value * 2 >= values.len();
                let whole = *of_key > 0 && *of_value == values.len() && values.len() >= 3;
                let enough = *of_value > 0 && (keyed || whole) && both * 100 >= all * SHARED;
                // A share of all words, so that labels of different length compare.
                let share = both * 1000 / all.max(1);
                let here = self.sentences.get(at).is_some_and(|sentence| sentence.span.overlaps(row));
                if enough && !here && best.is_none_or(|(most, _)| share > most) {
                    best = Some((share, at));
                }
            }
        }
        best.and_then(|(_, at)| self.sentences.get(at)).map(|sentence| sentence.span)
    }

    /// How many of some words each sentence holds.
    fn counts(&self, stems: &[u64]) -> Vec<usize> {
        let mut counts = vec![0; self.sentences.len()];
        for stem in stems {
            for at in self.holding(*stem) {
                if let Some(count) = counts.get_mut(at) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// The sentence that holds the key whole and, behind it, another value of the same kind. None where any sentence has
    /// the fact's own value behind the key.
    pub(super) fn contradiction(
        &self,
        text: &str,
        key: &str,
        normalized: &[Normalized],
        row: Span,
    ) -> Option<Span> {
        let [own] = normalized else { return None };
        let keys = stems(key);
        let first = keys.first()?;
        let mut against = None;
        for at in self.holding(*first) {
            let sentence = self.sentences.get(at)?;
            if sentence.span.overlaps(row) {
                continue;
            }
            for found in self.words.get(sentence.words.clone())?.windows(keys.len()) {
                if !found.iter().map(|(stem, _)| stem).eq(keys.iter()) {
                    continue;
                }
                let from = found.last()?.1;
                let behind = text.get(from..sentence.span.end).unwrap_or("");
                match meaning::said(behind, own, BEHIND, &self.context) {
                    Some(true) => return None,
                    Some(false) => against = against.or(Some(sentence.span)),
                    None => {}
                }
            }
        }
        against
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

/// The words of a text as stems, each once; one-letter words say nothing.
fn stems(text: &str) -> Vec<u64> {
    let mut stems: Vec<u64> = Vec::new();
    each_token(text, &mut |token| {
        if token.text.chars().nth(1).is_some() || token.text.chars().all(is_number) {
            let stem = stem(&token.text);
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
    });
    stems
}

/// A folded word without article, one-letter prefixes and common endings, as a hash (FNV-1a).
fn stem(word: &str) -> u64 {
    let long = |word: &str, least: usize| word.chars().nth(least - 1).is_some();
    let bare = ["وال", "بال", "فال", "كال", "ال", "لل"]
        .into_iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .filter(|bare| long(bare, 3))
        .or_else(|| word.strip_prefix(['و', 'ب', 'ل', 'ف']).filter(|bare| long(bare, 4)))
        .unwrap_or(word);
    let bare = ["ات", "ون", "ين", "ه", "ا"]
        .into_iter()
        .find_map(|ending| bare.strip_suffix(ending).filter(|bare| long(bare, 3)))
        .unwrap_or(bare);
    bare.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
