//! The words of a text, read once and kept for all who ask: the search index, the evidence of facts, what stories are
//! compared by. What a word is, is `tokens.rs`'s to say.

use std::ops::Range;

use super::tokens::each_token;

/// The words of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Spelling after spelling, the folded form behind a spelling that it does not equal.
    letters: String,
    words: Vec<Entry>,
}

/// A word: bytes of `letters`, bytes of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    from: u32,
    /// Where its spelling ends.
    spelled: u32,
    /// Where its folded form ends, which begins where its spelling does or ends.
    folded: u32,
    source: (u32, u32),
}

/// A word of a text: see [`Token`](super::tokens::Token).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'w> {
    /// As it is spelled.
    pub spelling: &'w str,
    /// The letters that all spellings of it share.
    pub text: &'w str,
    /// Its bytes in the source.
    pub source: Range<usize>,
}

impl Words {
    /// The words of a text; of its first four gigabytes.
    pub fn of(source: &str) -> Self {
        let mut own = Self { letters: String::with_capacity(source.len()), words: Vec::new() };
        each_token(source, &mut |token| {
            let from = own.letters.len();
            own.letters.push_str(&token.spelling);
            let spelled = own.letters.len();
            if token.text != token.spelling {
                own.letters.push_str(&token.text);
            }
            let numbers = [from, spelled, own.letters.len(), token.source.start, token.source.end];
            if let [Ok(from), Ok(spelled), Ok(folded), Ok(start), Ok(end)] = numbers.map(u32::try_from) {
                own.words.push(Entry { from, spelled, folded, source: (start, end) });
            }
        });
        own
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        self.words.iter().map(|entry| self.word(entry))
    }

    /// The words that begin in these bytes of the source.
    pub fn within(&self, bytes: Range<usize>) -> impl Iterator<Item = Word<'_>> {
        let from = self.words.partition_point(|entry| (entry.source.0 as usize) < bytes.start);
        let behind = self.words.get(from..).unwrap_or(&[]);
        behind
            .iter()
            .take_while(move |entry| (entry.source.0 as usize) < bytes.end)
            .map(|entry| self.word(entry))
    }

    /// Bytes of all spellings together.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn word(&self, entry: &Entry) -> Word<'_> {
        let letters = |from: u32, to: u32| self.letters.get(from as usize..to as usize).unwrap_or("");
        let from = if entry.folded == entry.spelled { entry.from } else { entry.spelled };
        Word {
            spelling: letters(entry.from, entry.spelled),
            text: letters(from, entry.folded),
            source: entry.source.0 as usize..entry.source.1 as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokens;

    #[test]
    fn are_the_tokens_of_their_text() {
        for text in ["", "كَتَبَ المسؤولُ: رؤية 2035، GPT-5.2!", "ﷺ Straße می\u{200C}شود", "٢٠٣٥ café"]
        {
            let words = Words::of(text);
            let own: Vec<_> = words.iter().map(|word| (word.spelling, word.text, word.source)).collect();
            let expect = tokens(text);
            let expect: Vec<_> = expect
                .iter()
                .map(|token| (token.spelling.as_str(), token.text.as_str(), token.source.clone()))
                .collect();
            assert_eq!(own, expect);
            assert_eq!(words.is_empty(), text.is_empty());
        }
    }

    #[test]
    fn those_within_bytes_begin_there() {
        let text = "one two three";
        let words = Words::of(text);
        let within = |bytes| words.within(bytes).map(|word| word.spelling).collect::<Vec<_>>();
        assert_eq!(within(0..13), ["one", "two", "three"]);
        assert_eq!(within(1..5), ["two"]);
        assert_eq!(within(4..4), [""; 0]);
        assert_eq!(within(99..100), [""; 0]);
    }
}
