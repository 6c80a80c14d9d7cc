//! The line that is being typed: text, and a caret that moves by clusters.

use crate::text::{Options, analyse};

/// The longest line that is taken, in bytes.
const MOST: usize = 4096;

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    caret: usize,
}

impl Prompt {
    /// The text, in logical order.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte that the caret stands before.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Inserts text before the caret; control characters are left out.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.text.len() + c.len_utf8() > MOST {
                break;
            }
            self.text.insert(self.caret, c);
            self.caret += c.len_utf8();
        }
    }

    /// Deletes the cluster before the caret; whether there was one.
    pub fn delete_before(&mut self) -> bool {
        let end = self.caret;
        self.back();
        if self.caret == end || self.text.get(self.caret..end).is_none() {
            return false;
        }
        self.text.replace_range(self.caret..end, "");
        true
    }

    /// Deletes the cluster after the caret.
    pub fn delete_after(&mut self) {
        let end = self.next();
        if let Some(range) = self.text.get(self.caret..end).map(|_| self.caret..end) {
            self.text.replace_range(range, "");
        }
    }

    /// One cluster back in the text.
    pub fn back(&mut self) {
        let caret = self.caret;
        self.caret = self.boundaries().rev().find(|at| *at < caret).unwrap_or(0);
    }

    /// One cluster on in the text.
    pub fn forward(&mut self) {
        self.caret = self.next();
    }

    /// To the first byte.
    pub fn home(&mut self) {
        self.caret = 0;
    }

    /// Past the last byte.
    pub fn end(&mut self) {
        self.caret = self.text.len();
    }

    fn next(&self) -> usize {
        self.boundaries().find(|at| *at > self.caret).unwrap_or(self.text.len())
    }

    fn boundaries(&self) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let paragraph = analyse(&self.text, &Options::default());
        let ends: Vec<usize> = paragraph.clusters().iter().map(|cluster| cluster.source().end).collect();
        ends.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_and_deletes_by_cluster() {
        let mut prompt = Prompt::default();
        prompt.insert("وزارتَي\u{1b}[2J");
        assert_eq!(prompt.text(), "وزارتَي[2J", "an escape is not typed in");
        for _ in 0..3 {
            assert!(prompt.delete_before());
        }
        prompt.back();
        assert!(prompt.delete_before());
        assert_eq!(prompt.text(), "وزاري", "the letter goes with its mark");
        prompt.delete_after();
        assert_eq!(prompt.text(), "وزار");
    }

    #[test]
    fn is_empty_again_after_deleting_all() {
        let mut prompt = Prompt::default();
        assert!(!prompt.delete_before());
        prompt.insert("ab");
        prompt.home();
        prompt.delete_after();
        prompt.end();
        assert!(prompt.delete_before());
        assert_eq!((prompt.text(), prompt.caret()), ("", 0));
    }
}
