//! What a word of a search means: the spellings, the words with particles before them, the other inflections that are
//! found for it, each in its tier. Knows letters only; who has an index asks it for these forms, and [`Matcher`](super::Matcher)
//! looks for them in a text. The rules are those of Arabic as its readers search it: no stemmer for Arabic (those that
//! there are join البحرين with بحر), Snowball's for English.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::variants;
use crate::text::tokens::{Token, tokens};
use crate::text::words::{Word, Words};

/// How near a found word is to the one that was asked for. Results stand in the order of their tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Spelled as typed, marks apart.
    Exact,
    /// Another spelling of the same letters (أحمد for احمد).
    Folded,
    /// With an article, with particles and an article before it (والحكومة for حكومة); another inflection, in English; a
    /// known spelling variant (أميركا for أمريكا).
    Near,
    /// With a bare particle before it (وحكومة for حكومة), which is often another word's first letter.
    Particle,
}

impl Tier {
    /// All tiers, the nearest first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Folded, Self::Near, Self::Particle];
}

/// Letters that must remain of a word behind particles.
const REMAINS: usize = 3;

/// What stands before a word with the definite article, folded. The first is the article alone.
const WITH_ARTICLE: [&str; 8] = ["ال", "وال", "فال", "بال", "كال", "وبال", "فبال", "وكال"];
/// The article behind ل loses its alef; a ل of the word's own then stands for the article's too.
const WITH_LAM: [&str; 3] = ["لل", "ولل", "فلل"];
/// Particles that are written with a word without article.
const BARE: [&str; 5] = ["و", "ف", "ب", "ك", "ل"];
/// Prefixes and suffixes of Persian that are written with a non-joiner, with a space or joined, folded.
const PERSIAN_PREFIXES: [&str; 2] = ["نمي", "مي"];
const PERSIAN_SUFFIXES: [&str; 4] = ["هاي", "ترين", "ها", "تر"];

/// Lengths of words, in bytes, that an English stem is looked for: the rest are no words.
const STEMMED: std::ops::RangeInclusive<usize> = 3..=24;

/// The forms of one word that are found for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// As typed, marks apart.
    pub spelling: String,
    /// The letters that all spellings of it share.
    pub folded: String,
    /// Only a word's beginning is asked for.
    pub prefix: bool,
    /// The key that all inflections share, where it is a word of English (see [`key_of`]).
    pub stem: Option<String>,
    /// Folded forms of the tier [`Tier::Near`].
    pub near: Vec<String>,
    /// Folded forms of the tier [`Tier::Particle`].
    pub particle: Vec<String>,
    /// The word as several words that follow each other (می شود for می‌شود), folded; of the tier [`Tier::Folded`].
    pub parted: Option<Vec<String>>,
}

impl Forms {
    /// The forms of a word of a query; `also` are further spellings of it.
    fn of(token: &Token, prefix: bool, also: &[String]) -> Self {
        let folded = token.text.clone();
        let mut forms = Self {
            spelling: token.spelling.clone(),
            stem: if prefix { None } else { stem(&folded) },
            parted: if prefix { None } else { parted(token) },
            prefix,
            ..Self::default()
        };
        if !prefix {
            let mut words = vec![folded.clone()];
            words.extend(variants::of(&folded));
            words.extend(also.iter().flat_map(|word| tokens(word)).map(|token| token.text));
            for word in words {
                if word != folded {
                    forms.near(word.clone());
                }
                forms.with_particles(&word);
            }
            forms.near.retain(|form| *form != folded);
            let near: HashSet<&String> = forms.near.iter().collect();
            forms.particle.retain(|form| *form != folded && !near.contains(form));
        }
        forms.folded = folded;
        forms
    }

    fn near(&mut self, form: String) {
        if !self.near.contains(&form) {
            self.near.push(form);
        }
    }

    /// The word with an article and particles before it, and without those it has.
    fn with_particles(&mut self, word: &str) {
        let Some(base) = base_of(word) else { return };
        if base != word {
            self.near(base.to_owned());
        }
        for before in WITH_ARTICLE {
            self.near(format!("{before}{base}"));
        }
        for before in WITH_LAM {
            self.near(format!("{before}{base}"));
            if let Some(rest) = base.strip_prefix('ل') {
                self.near(format!("{before}{rest}"));
            }
        }
        for before in BARE {
            let form = format!("{before}{base}");
            if !is_own_word(&form) && !self.particle.contains(&form) {
                self.particle.push(form);
            }
        }
    }

    /// The nearest tier in which a word of a text is found for this one, if it is.
    pub(super) fn tier_of(&self, token: &Token) -> Option<Tier> {
        if self.prefix {
            return match () {
                () if token.spelling.starts_with(&self.spelling) => Some(Tier::Exact),
                () if token.text.starts_with(&self.folded) => Some(Tier::Folded),
                () => None,
            };
        }
        if token.text == self.folded {
            return Some(if token.spelling == self.spelling { Tier::Exact } else { Tier::Folded });
        }
        let same_stem = || self.stem.is_some() && stem(&token.text) == self.stem;
        if self.near.contains(&token.text) || same_stem() {
            return Some(Tier::Near);
        }
        self.particle.contains(&token.text).then_some(Tier::Particle)
    }
}

/// The words of one word of a query (`12:30` has two), each with its forms; they are to stand one behind the other.
pub fn forms(text: &str, prefix: bool, also: &[String]) -> Vec<Forms> {
    let words = tokens(text);
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .map(|(at, token)| Forms::of(token, prefix && at == last, if last == 0 { also } else { &[] }))
        .collect()
}

/// Two neighbouring words of Arabic letters as one word: a space may stand for a non-joiner. Nothing where
/// they are of other letters.
pub fn joined(first: &Forms, second: &Forms) -> Option<Forms> {
    let arabic =
        |forms: &Forms| !forms.prefix && forms.folded.chars().all(|c| matches!(c, '\u{621}'..='\u{6D5}'));
    if !arabic(first) || !arabic(second) {
        return None;
    }
    Some(Forms {
        spelling: format!("{}{}", first.spelling, second.spelling),
        folded: format!("{}{}", first.folded, second.folded),
        ..Forms::default()
    })
}

/// A text as an index keeps it: its words as they are spelled, and what leads to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexForm {
    /// The spellings of the text's words, each with a space behind it, in order.
    pub text: String,
    /// Each spelling, once, that its key (see [`key_of`]) does not equal: key, spelling.
    pub keys: Vec<(String, String)>,
}

impl IndexForm {
    /// The index form of a text.
    pub fn of(text: &str) -> Self {
        Self::of_words(&Words::of(text))
    }

    /// The index form of a text with these words.
    pub fn of_words(words: &Words) -> Self {
        let mut form = Self { text: String::with_capacity(words.len()), keys: Vec::new() };
        let mut seen: HashSet<&str> = HashSet::new();
        for Word { spelling, text, .. } in words.iter() {
            form.text.push_str(spelling);
            form.text.push(' ');
            let plain = spelling == text;
            if plain && !may_have_stem(text) || !seen.insert(spelling) {
                continue;
            }
            let key = key_of(text);
            if key != spelling {
                form.keys.push((key, spelling.to_owned()));
            }
        }
        form
    }
}

/// What all spellings and inflections of a word share: in English the stem, else the folded letters.
pub fn key_of(folded: &str) -> String {
    stem(folded).unwrap_or_else(|| folded.to_owned())
}

/// Stems that are remembered, at the most: half a megabyte of them.
const MOST_STEMS: usize = 8_000;

/// The stem of a word that may be English, by Snowball. Those of the last words are remembered: news says most words often.
fn stem(folded: &str) -> Option<String> {
    static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));
    thread_local! {
        static STEMS: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    may_have_stem(folded).then(|| {
        STEMS.with_borrow_mut(|stems| {
            if let Some(stem) = stems.get(folded) {
                return stem.clone();
            }
            if stems.len() >= MOST_STEMS {
                stems.clear();
            }
            let stem = ENGLISH.stem(folded).into_owned();
            stems.insert(folded.to_owned(), stem.clone());
            stem
        })
    })
}

/// Whether a folded word is of ASCII letters alone, and has a word's length.
fn may_have_stem(folded: &str) -> bool {
    STEMMED.contains(&folded.len()) && folded.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The word of Arabic letters that stands behind the article and particles of `word`; nothing where it is no such word, or
/// too short to have any before it.
fn base_of(word: &str) -> Option<&str> {
    let letters = |text: &str| text.chars().count();
    if !word.chars().all(|letter| matches!(letter, '\u{621}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')) {
        return None;
    }
    let with_article = WITH_ARTICLE.iter().rev().chain(&WITH_LAM[1..]).chain(&WITH_LAM[..1]);
    let bare = with_article
        .filter_map(|before| word.strip_prefix(before))
        .filter(|rest| letters(rest) >= REMAINS)
        .min_by_key(|rest| rest.len());
    match bare {
        Some(rest) => Some(rest),
        None => (letters(word) >= REMAINS).then_some(word),
    }
}

/// Words that are never a particle and a word.
static OWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("no-clitic.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(tokens).map(|token| token.text).collect()
});

/// Whether `word` begins with a letter of its own, not with a particle: it or the word under its ending is in the list.
fn is_own_word(word: &str) -> bool {
    const ENDINGS: [&str; 9] = ["", "ات", "يه", "ين", "ون", "ان", "ه", "ي", "ا"];
    let own = |ending: &&str| word.strip_suffix(*ending).is_some_and(|stem| OWN.contains(stem));
    ENDINGS.iter().any(own)
}

/// A word of Persian parted where a non-joiner or a space would stand.
fn parted(token: &Token) -> Option<Vec<String>> {
    let folded = token.text.as_str();
    if !token.joints.is_empty() {
        let mut parts = Vec::with_capacity(token.joints.len() + 1);
        let mut from = 0;
        for to in token.joints.iter().copied().chain([folded.len()]) {
            parts.push(folded.get(from..to)?.to_owned());
            from = to;
        }
        return Some(parts);
    }
    let long = |rest: &&str| rest.chars().count() > 1;
    let two = |first: &str, second: &str| Some(vec![first.to_owned(), second.to_owned()]);
    for prefix in PERSIAN_PREFIXES {
        if let Some(rest) = folded.strip_prefix(prefix).filter(long) {
            return two(prefix, rest);
        }
    }
    for suffix in PERSIAN_SUFFIXES {
        if let Some(rest) = folded.strip_suffix(suffix).filter(long) {
            return two(rest, suffix);
        }
    }
    None
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
