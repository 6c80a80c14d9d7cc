//! A set of article numbers: a bit each, since they are dense.

/// A set of article numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct IdSet(Vec<u64>);

impl IdSet {
    pub(super) fn of(ids: &[i64]) -> Self {
        let mut set = Self::default();
        for id in ids {
            set.insert(*id);
        }
        set
    }

    /// Adds a number; whether it is new.
    pub(super) fn insert(&mut self, id: i64) -> bool {
        let Some((word, bit)) = Self::place(id) else { return false };
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let Some(word) = self.0.get_mut(word) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    pub(super) fn contains(&self, id: i64) -> bool {
        Self::place(id).and_then(|(word, bit)| Some(self.0.get(word)? & bit != 0)).unwrap_or(false)
    }

    /// The word and the bit of a number; numbers of articles are positive.
    fn place(id: i64) -> Option<(usize, u64)> {
        let id = usize::try_from(id).ok()?;
        Some((id / 64, 1 << (id % 64)))
    }
}
