//! What a person has decided of an article, and the verbs that change it.

use std::collections::BTreeSet;

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
    /// The person's own names for what it is about.
    pub tags: BTreeSet<String>,
    /// The person says that it is a story of its own.
    pub apart: bool,
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
    /// Kept for follow-up until this day, or without one; the note stays.
    Due(Option<Date>),
    /// No longer kept for follow-up.
    Unbookmark,
    /// Base direction: the person's word, or none.
    Direction(Option<Direction>),
    /// Tags put on and taken off.
    Tag {
        /// Those put on.
        add: BTreeSet<String>,
        /// Those taken off.
        remove: BTreeSet<String>,
    },
    /// The follow-up is dealt with: done, and no longer kept for follow-up.
    FollowedUp,
    /// A story of its own, whatever else tells the same.
    Apart,
    /// Silenced: dealt with, and out of the way. What else is silenced with it is [`query::Mute`](crate::query::Mute)'s to
    /// say.
    Mute,
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
            Self::Due(day) => after.bookmark.get_or_insert_default().due = *day,
            Self::Unbookmark => after.bookmark = None,
            Self::Direction(direction) => after.direction = *direction,
            Self::Tag { add, remove } => {
                after.tags.retain(|tag| !remove.contains(tag));
                after.tags.extend(add.iter().cloned());
            }
            Self::FollowedUp => {
                after.read = true;
                after.done = true;
                after.bookmark = None;
            }
            Self::Apart => after.apart = true,
            Self::Mute => {
                after.read = true;
                after.done = true;
                after.muted = true;
            }
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
            Self::Due(_) => "due",
            Self::Unbookmark => "unbookmark",
            Self::Direction(_) => "direction",
            Self::Tag { add, remove } if add.is_empty() && !remove.is_empty() => "untag",
            Self::Tag { .. } => "tag",
            Self::FollowedUp => "followed_up",
            Self::Apart => "split",
            Self::Mute => "mute",
        }
    }

    /// Whether undo takes it back; opening is passed over.
    pub fn is_undoable(&self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// The tags of a line, parted by commas of any script: white space around and doubled inside does not count, a `#` before
/// a tag neither; control characters are left out.
pub fn tags_of(line: &str) -> BTreeSet<String> {
    line.split([',', '،', '、', '\n'])
        .map(|tag| {
            let tag = tag.trim().trim_start_matches('#');
            let words: Vec<&str> = tag.split_whitespace().collect();
            words.join(" ").chars().filter(|c| !c.is_control()).collect::<String>()
        })
        .filter(|tag| !tag.is_empty())
        .collect()
}

impl Marks {
    /// These and what `other` has besides: nothing is taken away, and a bookmark that is there stays as it is.
    pub fn with(&self, other: &Self) -> Self {
        Self {
            read: self.read || other.read,
            done: self.done || other.done,
            archived: self.archived || other.archived,
            muted: self.muted || other.muted,
            bookmark: self.bookmark.as_ref().or(other.bookmark.as_ref()).cloned(),
            direction: self.direction.or(other.direction),
            tags: self.tags.union(&other.tags).cloned().collect(),
            apart: self.apart || other.apart,
        }
    }

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

    #[test]
    fn tags_are_parted_by_commas_of_any_script() {
        let check = |line: &str, expect: &[&str]| {
            assert_eq!(tags_of(line), expect.iter().map(|tag| (*tag).to_owned()).collect(), "{line}");
        };
        check("قمة  الكويت، #الصين , kuwait", &["kuwait", "الصين", "قمة الكويت"]);
        check(" , ،", &[]);
        check("a, a\u{1b}[2J", &["a", "a[2J"]);
    }

    #[test]
    fn a_tag_verb_puts_on_and_takes_off() {
        let before = Marks { tags: tags_of("a, b"), ..Marks::default() };
        let verb = Verb::Tag { add: tags_of("c"), remove: tags_of("a") };
        assert_eq!(verb.apply(&before).tags, tags_of("b, c"));
        assert_eq!(verb.name(), "tag");
        assert_eq!(Verb::Tag { add: BTreeSet::new(), remove: tags_of("a") }.name(), "untag");
    }
}
