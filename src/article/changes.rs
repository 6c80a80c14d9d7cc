//! What changed of an article between two bodies of it. Plain data; `extract` finds it.

use super::{Article, Span};

/// Both readings of an article as one: what is the same, what is gone and what is new, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Their text.
    pub article: Article,
    /// The bytes of it that are gone or new.
    pub changes: Vec<(Span, Change)>,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// They are new.
    Added,
    /// They are gone.
    Removed,
}
