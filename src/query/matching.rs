//! When two spellings are the same for search, in one place, so that index, query and filter agree.
//! Knows letters only; `store` calls it for names of sources and for facts.

use crate::text::fold::fold;

/// The form in which `text` is compared: folded as the index is.
pub fn search_form(text: &str) -> String {
    fold(text)
}

/// Whether `name` is `wanted`, spelling differences apart; white space around either does not count.
pub fn same(wanted: &str, name: &str) -> bool {
    search_form(wanted.trim()) == search_form(name.trim())
}

/// Whether `text` holds `wanted`, spelling differences apart.
pub fn contains(wanted: &str, text: &str) -> bool {
    Wanted::new(wanted).is_in(text)
}

/// A text that many others are compared with, folded once.
#[derive(Clone, Debug)]
pub struct Wanted(String);

impl Wanted {
    /// What is looked for; white space around it does not count.
    pub fn new(wanted: &str) -> Self {
        Self(search_form(wanted.trim()))
    }

    /// Whether `text` holds it, spelling differences apart.
    pub fn is_in(&self, text: &str) -> bool {
        search_form(text).contains(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_spellings() {
        let cases = [
            ("BBC", "bbc ", true, true),
            ("bbc", "BBC عربي", false, true),
            ("الصين", "الصين", true, true),
            ("الهند", "الصين", false, false),
        ];
        for (wanted, text, is_same, is_in) in cases {
            assert_eq!((same(wanted, text), contains(wanted, text)), (is_same, is_in), "{wanted} {text}");
        }
    }
}
