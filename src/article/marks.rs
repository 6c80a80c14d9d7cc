//! What a person has decided of an article, and the verbs that change it.

use jiff::civil::Date;

use crate::text::Direction;

/// What a person has decided of an article. The fields are independent of each other, except as [`Verb::apply`]
/// says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Opened, or marked read.
    pub read: bool,
    /// Dealt with: out of the inbox; retention may delete it.
    pub done: bool,
    /// Done and kept apart.
    pub archived: bool,
    /// Silenced.
    pub muted: bool,
    /// Kept for follow-up.
    pub bookmark: Option<Bookmark>,
    /// Base direction that the person chose for the article.
    pub direction: Option<Direction>,
}

/// A mark for follow-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    /// The person's note.
    pub note: Option<String>,
    /// When to come back to it.
    pub due: Option<Date>,
}

/// A change of marks that a person asked for. Each use of one is a journal entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// The article was opened: read. It is journaled, and undo passes over it.
    Open,
    /// Read.
    Read,
    /// Not read.
    Unread,
    /// Read and dealt with.
    Done,
    /// Back into the inbox.
    Undone,
    /// Done, kept apart.
    Archive,
    /// Kept for follow-up.
    Bookmark(Bookmark),
    /// No longer kept for follow-up.
    Unbookmark,
    /// Base direction: the person's word, or none.
    Direction(Option<Direction>),
}

impl Verb {
    /// The marks after this verb.
    pub fn apply(&self, before: &Marks) -> Marks {
        let mut after = before.clone();
        match self {
            Self::Open | Self::Read => after.read = true,
            Self::Unread => after.read = false,
            Self::Done => {
                after.read = true;
                after.done = true;
            }
            Self::Undone => {
                after.done = false;
                after.archived = false;
            }
            Self::Archive => {
                after.read = true;
                after.done = true;
                after.archived = true;
            }
            Self::Bookmark(bookmark) => after.bookmark = Some(bookmark.clone()),
            Self::Unbookmark => after.bookmark = None,
            Self::Direction(direction) => after.direction = *direction,
        }
        after
    }

    /// Its stable name, as the journal and the commands write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Archive => "archive",
            Self::Bookmark(_) => "bookmark",
            Self::Unbookmark => "unbookmark",
            Self::Direction(_) => "direction",
        }
    }

    /// Whether undo takes it back; opening is passed over.
    pub fn is_undoable(&self) -> bool {
        !matches!(self, Self::Open)
    }
}

impl Marks {
    /// Whether the article waits in the inbox.
    pub fn in_inbox(&self) -> bool {
        !self.done && !self.archived && !self.muted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archive_is_done_and_read_and_keeps_the_bookmark() {
        let marked = Verb::Bookmark(Bookmark::default()).apply(&Marks::default());
        assert!(marked.in_inbox(), "a bookmark alone leaves the article in the inbox");
        let archived = Verb::Archive.apply(&marked);
        assert!(archived.read && archived.done && archived.archived && archived.bookmark.is_some());
        assert!(Verb::Undone.apply(&archived).in_inbox());
    }
}
