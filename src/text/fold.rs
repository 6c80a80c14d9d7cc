//! Folding for search: what a person takes for the same word becomes the same letters, and every letter knows the
//! source bytes that it came from. The words of a text as index and query take them are in `tokens.rs`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::chars::{is_haraka, is_ignorable};
pub use super::tokens::{Token, tokens};

/// A text, folded, with the way back to its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text` the source bytes of its character.
    map: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(source: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(source.len()), map: Vec::with_capacity(source.len()) };
        each_folded(source, &mut |c, own| {
            let own =
                (u32::try_from(own.start).unwrap_or(u32::MAX), u32::try_from(own.end).unwrap_or(u32::MAX));
            folded.map.extend(std::iter::repeat_n(own, c.len_utf8()));
            folded.text.push(c);
        });
        folded
    }

    /// The source bytes of the folded bytes `folded`, from the first one's to the last one's.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.map.get(folded.start).map_or(0, |own| own.0 as usize);
        let end =
            folded.end.checked_sub(1).and_then(|last| self.map.get(last)).map_or(start, |own| own.1 as usize);
        start..end.max(start)
    }
}

/// A text, folded: harakat, tatweel and bidi controls out, hamza and other spellings of a letter as one, digits as
/// ASCII, Latin in lower case.
pub fn fold(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    each_folded(source, &mut |c, _| text.push(c));
    text
}

/// Where `needle` stands in `haystack` after folding both: source bytes, in order, apart. Runs of white space in the
/// needle match any white space.
pub fn find_all(haystack: &str, needle: &str) -> Vec<Range<usize>> {
    let needle = fold(needle);
    let needle = needle.trim();
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = Folded::new(haystack);
    folded.text.match_indices(needle).map(|(at, found)| folded.source(at..at + found.len())).collect()
}

/// Hands on every folded character with the source bytes of its cluster.
fn each_folded(source: &str, take: &mut dyn FnMut(char, Range<usize>)) {
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        at = each_simple(rest, at, take);
        let cluster = source.get(at..).and_then(|rest| rest.graphemes(true).next()).unwrap_or("");
        each_of_cluster(cluster, at, take);
        at += cluster.len();
    }
}

/// Whether a character folds by itself, and is a cluster of its own before another such one (UAX #29, GB999).
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{621}'..='\u{64A}')
}

/// Hands on the simple characters that `rest` begins with, as far as they are clusters of their own. Returns the byte
/// behind them.
fn each_simple(rest: &str, from: usize, take: &mut dyn FnMut(char, Range<usize>)) -> usize {
    let mut at = from;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next_if(|c| is_simple(*c)) {
        if chars.peek().is_some_and(|next| !is_simple(*next)) {
            break;
        }
        let end = at + c.len_utf8();
        match c {
            ' '..='~' => take(c.to_ascii_lowercase(), at..end),
            letter => letter_class(letter).into_iter().for_each(|c| take(c, at..end)),
        }
        at = end;
    }
    at
}

/// Hands on the folded characters of one cluster, which stands at the byte `at`.
fn each_of_cluster(cluster: &str, at: usize, take: &mut dyn FnMut(char, Range<usize>)) {
    let own = at..at + cluster.len();
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii() => {
            take(if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }, own);
        }
        (Some(letter @ '\u{621}'..='\u{64A}'), None) => {
            letter_class(letter).into_iter().for_each(|c| take(c, own.clone()));
        }
        _ => each_normalized(cluster, &own, take),
    }
}

/// Hands on the folded characters of a cluster that has to be normalized.
fn each_normalized(cluster: &str, own: &Range<usize>, take: &mut dyn FnMut(char, Range<usize>)) {
    // NFKC makes a space and a mark of a mark's own presentation form: out before it.
    let kept = cluster.chars().filter(|c| !matches!(c, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}'));
    for c in kept.nfkc() {
        if is_haraka(c) || is_ignorable(c) {
            continue;
        }
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        for lower in c.to_lowercase() {
            let Some(folded) = letter_class(lower) else { continue };
            match latin_base(folded) {
                Some(base) => base.chars().for_each(|c| take(c, own.clone())),
                None => take(folded, own.clone()),
            }
        }
    }
}

/// The letter that stands for all spellings of a letter; `None` for what is left out.
pub(super) fn letter_class(c: char) -> Option<char> {
    Some(match c {
        '\u{640}' | '\u{5F3}' | '\u{5F4}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ے' | 'ۓ' | 'ێ' | 'ې' => 'ي',
        'ة' | 'ہ' | 'ھ' | 'ۂ' | 'ۀ' | 'ە' | 'ۃ' => 'ه',
        'ؤ' | 'ئ' => 'ء',
        'ک' | 'ڪ' => 'ك',
        'ں' => 'ن',
        'ڵ' => 'ل',
        'ڕ' => 'ر',
        'ۆ' => 'و',
        '\u{660}'..='\u{669}' => digit(c, '\u{660}'),
        '\u{6F0}'..='\u{6F9}' => digit(c, '\u{6F0}'),
        c => c,
    })
}

/// The plain letters that a Latin letter with a mark is looked for as; none for all others.
pub(super) fn latin_base(c: char) -> Option<&'static str> {
    if !matches!(c, '\u{DF}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') {
        return None;
    }
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        c => {
            let mut base = 0;
            unicode_normalization::char::decompose_canonical(c, |part| {
                if part.is_ascii_lowercase() {
                    base = part as u8;
                }
            });
            return LETTERS.get(usize::from(base.checked_sub(b'a')?)..).and_then(|rest| rest.get(..1));
        }
    })
}

/// The letters that [`latin_base`] gives.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

fn digit(c: char, zero: char) -> char {
    u8::try_from(u32::from(c) - u32::from(zero)).map_or(c, |digit| char::from(b'0' + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_word_fold_to_one() {
        let check = |words: &[&str]| {
            let first = fold(words[0]);
            for word in words {
                assert_eq!(fold(word), first, "{word}");
            }
        };
        check(&["كَتَبَ", "كتب", "كـتـب", "ﻛﺘﺐ"]);
        check(&["أحمد", "احمد", "إحمد", "آحمد"]);
        check(&["مسؤول", "مسئول", "مسءول"]);
        check(&["على", "علي", "علی"]);
        check(&["٢٠٣٥", "2035", "۲۰۳۵"]);
        check(&["می\u{200c}شود", "میشود"]);
        check(&["کتاب", "كتاب"]);
        check(&["المدينة", "المدينه"]);
        check(&["شָׁלוֹם", "شלום"]);
        check(&["News", "NEWS", "ｎｅｗｓ"]);
        check(&["\u{202B}خبر\u{202C}", "خبر"]);
    }

    #[test]
    fn a_text_folds_as_its_clusters_do() {
        for text in [
            "قال الوَزيرُ: «News» ـ 12٣\r\n e\u{301}\u{200d}x",
            "\u{600}1\u{6dd}٢ \u{64b}ا 🇰🇼🇨🇳ا",
            "a\tb\u{7f}ﻻ ﷺ ج\u{200c}ب",
        ] {
            let clusters: String = text.graphemes(true).map(fold).collect();
            assert_eq!(fold(text), clusters, "{text:?}");
            let folded = Folded::new(text);
            for (at, cluster) in text.grapheme_indices(true).filter(|(_, own)| !fold(own).is_empty()) {
                let own = folded.map.iter().any(|from| from == &(at as u32, (at + cluster.len()) as u32));
                assert!(own, "{cluster:?} at {at} knows its source");
            }
        }
    }

    #[test]
    fn a_match_knows_its_source() {
        let text = "قال الوَزيرُ: «الـمـسؤول» في ٢٠٣٥";
        let find = |needle: &str| -> Vec<&str> {
            find_all(text, needle).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(find("الوزير"), ["الوَزيرُ"]);
        assert_eq!(find("المسئول"), ["الـمـسؤول"]);
        assert_eq!(find("2035"), ["٢٠٣٥"]);
        assert_eq!(find("  "), [""; 0]);
    }
}
