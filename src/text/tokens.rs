//! The words of a text as search takes them: each with its spelling, its folded form, and the bytes it stands on. The one
//! rule for index, query and lit matches; what folds to what is `fold.rs`'s.
//!
//! A word is a run of letters, digits and their marks. Marks, tatweel, bidi controls and joiners inside it are in
//! neither form; a zero-width non-joiner (U+200C) or Hebrew gershayim inside it does not end it, and where a
//! non-joiner stood the word may also be two.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::chars::{is_haraka, is_ignorable};
use super::fold::{latin_base, letter_class};

/// A word of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// As it is spelled: in lower case, digits as ASCII, without marks; one letter whatever keyboard it was typed on.
    pub spelling: String,
    /// The letters that all spellings of it share.
    pub text: String,
    /// Bytes of `text` before which a zero-width non-joiner stood.
    pub joints: Vec<usize>,
    /// The bytes of the source, its marks included.
    pub source: Range<usize>,
}

impl Token {
    fn clear(&mut self) {
        self.spelling.clear();
        self.text.clear();
        self.joints.clear();
    }

    fn letter(&mut self, spelled: char, folded: char) {
        self.spelling.push(spelled);
        self.text.push(folded);
    }

    /// Takes any character that is not of the plain ones.
    fn other(&mut self, c: char) {
        for lower in c.to_lowercase() {
            if is_haraka(lower) || is_ignorable(lower) {
                continue;
            }
            let spelled = spelled(lower);
            let Some(folded) = letter_class(lower) else { continue };
            self.spelling.push(spelled);
            match latin_base(folded) {
                Some(base) => self.text.push_str(base),
                None => self.text.push(folded),
            }
        }
    }
}

/// Hands on the words of a text in order. The token is used again for the next one.
pub fn each_token(source: &str, take: &mut dyn FnMut(&Token)) {
    let mut token = Token::default();
    let mut chars = source.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !begins(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut plain = is_plain(c);
        while let Some((at, c)) = chars.peek().copied() {
            if !goes_on(c) {
                break;
            }
            plain &= is_plain(c);
            // What is not drawn belongs to a word only where more of it follows.
            if !is_ignorable(c) && !matches!(c, '\u{5F3}' | '\u{5F4}') {
                end = at + c.len_utf8();
            }
            chars.next();
        }
        let own = source.get(start..end).unwrap_or("");
        token.clear();
        token.source = start..end;
        if plain {
            read_plain(own, &mut token);
            hand_on(&mut token, take);
        } else {
            read_other(own, &mut token, take);
        }
    }
}

/// The words of a text, in order.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    each_token(source, &mut |token| tokens.push(token.clone()));
    tokens
}

/// A word of plain characters: each is one letter or nothing, and nothing needs normalizing.
fn read_plain(own: &str, token: &mut Token) {
    for c in own.chars() {
        match c {
            '0'..='9' | 'a'..='z' => token.letter(c, c),
            'A'..='Z' => {
                let lower = c.to_ascii_lowercase();
                token.letter(lower, lower);
            }
            '\u{200C}' => {
                let at = token.text.len();
                if at > 0 && token.joints.last() != Some(&at) {
                    token.joints.push(at);
                }
            }
            // Hamza and madda on their own, as NFC would compose them.
            '\u{653}'..='\u{655}' => compose(c, token),
            c => {
                if !is_haraka(c)
                    && let Some(folded) = letter_class(c)
                {
                    token.letter(spelled(c), folded);
                }
            }
        }
    }
    // A non-joiner at the end parts nothing.
    token.joints.retain(|at| *at < token.text.len());
}

/// A word with characters that have to be normalized; some of them are several words.
fn read_other(own: &str, token: &mut Token, take: &mut dyn FnMut(&Token)) {
    // NFKC makes a space and a mark of a mark's own presentation form: out before it.
    let kept = own.chars().filter(|c| !matches!(c, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}'));
    for c in kept.nfkc() {
        match c {
            '\u{200C}' => {
                let at = token.text.len();
                if at > 0 && token.joints.last() != Some(&at) {
                    token.joints.push(at);
                }
            }
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => hand_on(token, take),
            c if goes_on(c) || begins(c) => token.other(c),
            _ => hand_on(token, take),
        }
    }
    token.joints.retain(|at| *at < token.text.len());
    hand_on(token, take);
}

/// Hands a word on, if it has a letter, and begins the next one on the same bytes.
fn hand_on(token: &mut Token, take: &mut dyn FnMut(&Token)) {
    if !token.text.is_empty() {
        take(token);
    }
    token.clear();
}

/// Puts a hamza or madda that stands apart on the letter before it.
fn compose(mark: char, token: &mut Token) {
    let Some(last) = token.spelling.chars().next_back() else { return };
    let composed = match (last, mark) {
        ('ا', '\u{653}') => 'آ',
        ('ا', '\u{654}') => 'أ',
        ('ا', '\u{655}') => 'إ',
        ('و', '\u{654}') => 'ؤ',
        ('ي', '\u{654}') => 'ئ',
        _ => return,
    };
    token.spelling.pop();
    token.text.pop();
    token.letter(composed, letter_class(composed).unwrap_or(composed));
}

/// Whether a word can begin with `c`.
fn begins(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        // The letters of Arabic need no table.
        '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' => true,
        c => c.is_alphanumeric(),
    }
}

/// Whether a word goes on over `c`.
fn goes_on(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{620}'..='\u{65F}' | '\u{200C}' | '\u{5F3}' | '\u{5F4}' => true,
        // Most of what ends a word.
        '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{AB}' | '\u{BB}' | '\u{A0}' | '\u{2010}'..='\u{2027}' => false,
        c => c.is_alphanumeric() || is_mark(c) || is_ignorable(c),
    }
}

/// Whether `c` is a combining mark that `char::is_alphanumeric` does not count.
fn is_mark(c: char) -> bool {
    is_haraka(c) || unicode_normalization::char::is_combining_mark(c)
}

/// Whether [`read_plain`] knows `c`: ASCII, the letters of Arabic and their marks, and what is not drawn.
fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{610}'..='\u{6ED}' | '\u{6F0}'..='\u{6F9}' | '\u{200B}'..='\u{200F}')
}

/// The letter of a spelling: the same whatever keyboard or file it came from.
fn spelled(c: char) -> char {
    match c {
        'ک' | 'ڪ' => 'ك',
        'ی' => 'ي',
        'ہ' => 'ه',
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => letter_class(c).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str, &str)]) {
        let found = tokens(text);
        let found: Vec<_> = found
            .iter()
            .map(|token| (token.spelling.as_str(), token.text.as_str(), &text[token.source.clone()]))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn words_have_a_spelling_a_folded_form_and_their_bytes() {
        check(
            "«رؤية 2035»، GPT-5.2!",
            &[
                ("رؤية", "رءيه", "رؤية"),
                ("2035", "2035", "2035"),
                ("gpt", "gpt", "GPT"),
                ("5", "5", "5"),
                ("2", "2", "2"),
            ],
        );
        check("كَتَبَ الـمـسؤولُ.", &[("كتب", "كتب", "كَتَبَ"), ("المسؤول", "المسءول", "الـمـسؤولُ")]);
        check("٢٠٣٥ ۲۰۳۵", &[("2035", "2035", "٢٠٣٥"), ("2035", "2035", "۲۰۳۵")]);
        check(
            "ﻛﺘﺐ ﷺ",
            &[
                ("كتب", "كتب", "ﻛﺘﺐ"),
                ("صلى", "صلي", "ﷺ"),
                ("الله", "الله", "ﷺ"),
                ("عليه", "عليه", "ﷺ"),
                ("وسلم", "وسلم", "ﷺ"),
            ],
        );
        check(
            "Café CAFÉ naïve",
            &[("café", "cafe", "Café"), ("café", "cafe", "CAFÉ"), ("naïve", "naive", "naïve")],
        );
        check("צה\u{5F4}ל", &[("צהל", "צהל", "צה\u{5F4}ל")]);
        check("ا\u{654}حمد و\u{654}", &[("أحمد", "احمد", "ا\u{654}حمد"), ("ؤ", "ء", "و\u{654}")]);
        check("\u{202B}خبر\u{202C} ـ \u{200C}", &[("خبر", "خبر", "خبر")]);
        check("ｎｅｗｓ", &[("news", "news", "ｎｅｗｓ")]);
        check("شָׁלוֹם", &[("شלום", "شלום", "شָׁלוֹם")]);
        check("", &[]);
    }

    #[test]
    fn a_non_joiner_is_a_joint_and_no_border() {
        let found = tokens("می\u{200C}شود\u{200C} می\u{200C}\u{200C}روند");
        assert_eq!(found[0].text, "ميشود");
        assert_eq!(found[0].joints, [4]);
        assert_eq!((found[1].text.as_str(), found[1].joints.as_slice()), ("ميروند", &[4][..]));
    }

    #[test]
    fn folded_as_fold_does() {
        for text in ["أإآٱ", "علی على علي", "مسؤول مسئول", "ڕۆژ ڵە", "Straße ÅNGSTRÖM", "ہے میں"]
        {
            let whole: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
            let fold = crate::text::fold::fold(text);
            assert_eq!(whole.join(" "), fold, "{text}");
        }
    }
}
