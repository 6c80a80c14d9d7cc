//! What the body of an article says of the words of its rows: two that stand together there should not be cut, and a
//! value that stands there whole should not be entered by the key.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::model::{Hashed, hash};
use super::words::{Word, folded_words};

/// Bytes of an article that are looked at for what stands together in it.
const MOST_BODY: usize = 64 << 10;
/// Characters from which a line is a line of the body, and no row.
const BODY_LINE: usize = 60;

/// The runs of one to four words of an article's long lines.
#[derive(Default)]
pub(crate) struct BodyText {
    runs: HashSet<u64, BuildHasherDefault<Hashed>>,
}

impl BodyText {
    /// The long lines of an article, read once for all its tables.
    pub(crate) fn new<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut runs = HashSet::default();
        let mut read = 0;
        for line in lines.filter(|line| line.chars().nth(BODY_LINE).is_some()) {
            if read > MOST_BODY {
                break;
            }
            read += line.len();
            let words: Vec<u64> = folded_words(line).iter().map(|word| of_word(word)).collect();
            for many in 1..=4 {
                runs.extend(words.windows(many).map(|run| of_run(run.iter().copied())));
            }
        }
        Self { runs }
    }

    /// Whether some words stand together in the body. Of more than four the first four are looked for.
    pub(crate) fn has(&self, words: &[Word<'_>]) -> bool {
        let run = words.get(..4).unwrap_or(words);
        !run.is_empty() && self.runs.contains(&of_run(run.iter().map(|word| of_word(&word.folded))))
    }
}

fn of_word(folded: &str) -> u64 {
    hash(std::iter::once(folded))
}

/// A run's hash by those of its words.
fn of_run(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |run, word| (run.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
