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
            let words = folded_words(line);
            for many in 1..=4 {
                runs.extend(words.windows(many).map(|run| hash(run.iter().map(String::as_str))));
            }
        }
        Self { runs }
    }

    /// Whether some words stand together in the body. Of more than four the first four are looked for.
    pub(crate) fn has(&self, words: &[Word<'_>]) -> bool {
        !words.is_empty() && self.runs.contains(&run(words.get(..4).unwrap_or(words)))
    }
}

fn run(words: &[Word<'_>]) -> u64 {
    hash(words.iter().map(|word| word.folded.as_str()))
}
