//! A place in an article that survives a new extraction: an offset and the text that stood there.

/// Bytes of text that an anchor quotes, at the most.
const QUOTE_BYTES: usize = 32;

/// A place in a canonical text: where it was, and what stood there, so that it is found again when the text
/// around it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Byte offset in the canonical text at the time of anchoring.
    pub offset: usize,
    /// The text from there on, 32 bytes at the most, whole characters.
    pub quote: String,
}

impl Anchor {
    /// Anchors `offset` (bytes) of `text`; an offset inside a character goes back to its start.
    pub fn at(text: &str, offset: usize) -> Self {
        let offset = floor_boundary(text, offset);
        let end = floor_boundary(text, offset.saturating_add(QUOTE_BYTES));
        Self { offset, quote: text.get(offset..end).unwrap_or("").to_owned() }
    }

    /// Where the place is in `text` now (bytes): at the old offset if the quote stands there, else at the
    /// nearest occurrence of the quote, else at the old offset as far as the text goes.
    pub fn resolve(&self, text: &str) -> usize {
        let here = floor_boundary(text, self.offset);
        if self.quote.is_empty() || text.get(here..).is_some_and(|rest| rest.starts_with(&self.quote)) {
            return here;
        }
        text.match_indices(&self.quote).map(|(at, _)| at).min_by_key(|at| at.abs_diff(here)).unwrap_or(here)
    }
}

/// The last character boundary of `text` at or before `offset` (bytes).
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_quote_again_after_the_text_moved() {
        let old = "عنوان\n\nالكويت والصين تعقدان الجولة الخامسة من المشاورات";
        let offset = old.find("الجولة").unwrap();
        let anchor = Anchor::at(old, offset);
        let new = format!("سطر جديد\n\n{old}");
        assert_eq!(anchor.resolve(&new), new.find("الجولة").unwrap());
        assert_eq!(anchor.resolve(old), offset);
    }

    #[test]
    fn never_leaves_the_text_nor_cuts_a_letter() {
        let anchor = Anchor::at("سلام عليكم", 3);
        assert_eq!(anchor.offset, 2);
        assert_eq!(anchor.resolve("سا"), 2);
        assert_eq!(anchor.resolve(""), 0);
    }
}
