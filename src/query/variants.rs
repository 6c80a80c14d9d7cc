//! Spellings that the press has for one word (أمريكا, أميركا): the known ones, and those that a person adds. Knows letters
//! only; `words.rs` asks.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Clause, Query, Term};
use crate::text::tokens::tokens;

/// Groups of spellings that a person added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variants(Vec<Vec<String>>);

impl Variants {
    /// The groups that these lines hold: a line a group, its words parted by white space.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let groups = lines.into_iter().map(|line| line.split_whitespace().map(str::to_owned).collect());
        Self(groups.collect())
    }

    /// The other spellings of `word`, as they were written.
    fn of_word(&self, word: &str) -> Vec<String> {
        let is = |other: &String| super::same(word, other);
        let others = self.0.iter().filter(|group| group.iter().any(is)).flatten();
        others.filter(|other| !is(other)).cloned().collect()
    }
}

impl Query {
    /// The same query, knowing a person's own spelling variants: each word is also looked for in its other spellings.
    pub fn with_variants(mut self, variants: &Variants) -> Self {
        for Clause { term, .. } in &mut self.clauses {
            if let Term::Word { text, prefix: false, also } = term {
                *also = variants.of_word(text);
            }
        }
        self
    }
}

/// The other known spellings of a folded word, folded.
pub(super) fn of(folded: &str) -> impl Iterator<Item = String> {
    static KNOWN: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
        let mut known: HashMap<String, Vec<String>> = HashMap::new();
        let lines = include_str!("spelling-variants.txt").lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let group: Vec<String> =
                line.split_whitespace().flat_map(tokens).map(|token| token.text).collect();
            for word in &group {
                let others = known.entry(word.clone()).or_default();
                others.extend(group.iter().filter(|other| *other != word).cloned());
            }
        }
        known
    });
    // A word with the article is a variant as the word is: بالمئة, الأمريكي.
    let own = KNOWN.get(folded);
    let base = own.is_none().then(|| folded.strip_prefix("ال")).flatten().and_then(|base| KNOWN.get(base));
    let article = if own.is_some() { "" } else { "ال" };
    own.or(base).into_iter().flatten().map(move |other| format!("{article}{other}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_variants_are_words_in_groups() {
        assert_eq!(of("امريكا").collect::<Vec<_>>(), ["اميركا"]);
        assert_eq!(of("الامريكي").collect::<Vec<_>>(), ["الاميركي"]);
        assert_eq!(of("خبر").count(), 0);
        for line in include_str!("spelling-variants.txt").lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split_whitespace().count() > 1, "{line}");
        }
    }

    #[test]
    fn a_person_adds_groups() {
        let variants = Variants::of(["الدينار دينار‌كويتي KWD", "kuwait koweit"]);
        assert_eq!(variants.of_word("Kuwait"), ["koweit"]);
        assert_eq!(variants.of_word("kwd"), ["الدينار", "دينار‌كويتي"]);
        let query = super::super::parse("Kuwait oil*").unwrap().with_variants(&variants);
        assert!(matches!(&query.clauses[0].term, Term::Word { also, .. } if also == &["koweit"]));
        assert_eq!(query.to_string(), "Kuwait oil*");
    }
}
