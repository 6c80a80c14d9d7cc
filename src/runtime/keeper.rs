//! What is remembered of terminals, and the file that it is written to as soon as it changes.

use std::path::PathBuf;

use crate::app::{Preference, Strategy};
use crate::config::Memory;

/// What is remembered of terminals, and its file.
pub(super) struct Keeper {
    pub(super) memory: Memory,
    pub(super) file: PathBuf,
}

impl Keeper {
    /// Keeps it. A memory that cannot be written is none: the next start asks again.
    pub(super) fn save(&self) {
        let _ = self.memory.save(&self.file);
    }

    pub(super) fn prefer(&mut self, terminal: String, preference: Preference) {
        if preference == Preference::default() {
            self.memory.preferred.remove(&terminal);
        } else {
            self.memory.preferred.insert(terminal, preference);
        }
        self.save();
    }

    pub(super) fn remember(&mut self, environment: String, strategy: Strategy) {
        if self.memory.last.insert(environment, strategy) != Some(strategy) {
            self.save();
        }
    }
}
