//! What goes into a library and what comes out, as plain data in domain types. Knows no SQL; the verbs on them
//! are in `write.rs`, `read.rs` and `journal.rs`.

use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Anchor, Article, ArticleId, BoardRow, Body, Entry, Fact, Marks, Origin, Sketch};
use crate::query::IndexForm;

/// An article that came in: what was declared, its bytes, and what an extractor made of them.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// Where it came from: its identity.
    pub origin: Origin,
    /// What was declared of it.
    pub entry: Entry,
    /// Its bytes.
    pub body: Body,
    /// What can be read.
    pub article: Article,
    /// Its facts.
    pub facts: Vec<Fact>,
    /// The extractor that made both.
    pub extractor_version: u32,
    /// Title and text as the search index keeps them, made by the caller ([`IndexForm::of`]).
    pub index: IndexForm,
    /// What its text is compared by.
    pub sketch: Sketch,
    /// Its place in the order given (temporary libraries), from 1.
    pub rank: Option<i64>,
    /// When it came in; the same for all articles of a batch, so that they keep their order.
    pub received: Timestamp,
    /// When its file was last changed.
    pub modified: Option<Timestamp>,
}

/// What an extractor made again of a stored body.
#[derive(Clone, Debug)]
pub struct NewDerived {
    /// What can be read.
    pub article: Article,
    /// Its facts.
    pub facts: Vec<Fact>,
    /// The extractor that made both.
    pub extractor_version: u32,
    /// Title and text as the search index keeps them.
    pub index: IndexForm,
    /// What its text is compared by.
    pub sketch: Sketch,
}

/// What a step of deriving again did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rederived {
    /// Articles that were written.
    pub written: usize,
    /// How long others were kept from writing.
    pub held: Duration,
}

/// What became of an article that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upsert {
    /// It was not known.
    New(ArticleId),
    /// Its body or declaration changed; its marks are kept, the earlier body too.
    Updated(ArticleId),
    /// It was known as it is.
    Unchanged(ArticleId),
}

impl Upsert {
    /// The article's number.
    pub fn id(self) -> ArticleId {
        match self {
            Self::New(id) | Self::Updated(id) | Self::Unchanged(id) => id,
        }
    }
}

/// How many articles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not done, not archived, not muted.
    pub inbox: usize,
    /// Not read and not muted.
    pub unread: usize,
    /// Kept for follow-up.
    pub bookmarked: usize,
    /// Archived.
    pub archived: usize,
    /// Everything.
    pub all: usize,
}

/// A stored article with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArticle {
    /// Its number.
    pub id: ArticleId,
    /// What can be read.
    pub article: Article,
    /// Its facts as they are shown, the person's corrections included, in their order.
    pub facts: Vec<Fact>,
    /// What the person decided of it.
    pub marks: Marks,
    /// Where the person was in it.
    pub position: Option<Anchor>,
    /// Where it came from; the first origin where it has several.
    pub origin: Origin,
    /// The extractor that made article and facts.
    pub extractor_version: u32,
    /// When it came in.
    pub received: Timestamp,
    /// When its body or declaration last changed, if ever.
    pub updated: Option<Timestamp>,
}

/// A body that an article had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What was declared then.
    pub entry: Entry,
    /// Its bytes.
    pub body: Body,
    /// When it had come in.
    pub since: Timestamp,
}

/// Who does something, where and when; the journal keeps it.
#[derive(Clone, Copy, Debug)]
pub struct JournalContext<'a> {
    /// The session's own name, so that an entry of an earlier session is known as such.
    pub session: &'a str,
    /// The stable name of the view that was open, or of the command.
    pub view: &'a str,
    /// The time.
    pub now: Timestamp,
}

/// What a verb did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Its journal entry; none where nothing changed.
    pub entry: Option<i64>,
    /// The articles that changed, with their marks now, in the order asked.
    pub changed: Vec<(ArticleId, Marks)>,
    /// The articles that are not in the library, in the order asked.
    pub missing: Vec<ArticleId>,
}

/// A window of the Board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// The rows of the window.
    pub rows: Vec<BoardRow>,
    /// How many rows there are in all.
    pub total: usize,
}

/// What a correction of facts did.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// Its journal entry; none where nothing changed.
    pub entry: Option<i64>,
    /// The article's facts as they are shown now, in their order.
    pub facts: Vec<Fact>,
}

/// A journal entry that can be undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number.
    pub id: i64,
    /// The verb's stable name.
    pub verb: String,
    /// How many articles it changed.
    pub count: usize,
    /// When.
    pub at: Timestamp,
    /// The session that made it.
    pub session: String,
    /// The view in which it was made.
    pub view: String,
    /// The article's title, for an entry of one article.
    pub title: Option<String>,
}

impl JournalEntry {
    /// Whether it corrected facts and left the marks alone: then it is the facts that are to be read again.
    pub fn is_of_facts(&self) -> bool {
        self.verb.ends_with("_fact") || self.verb.ends_with("_facts")
    }
}

/// What undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The entry that was undone or redone.
    pub entry: JournalEntry,
    /// The articles that changed, with their marks now. Where a correction of facts was undone the marks are as they
    /// were, and the article's facts are to be read again.
    pub changed: Vec<(ArticleId, Marks)>,
    /// How many were no longer as the entry had left them, and so were not touched.
    pub skipped: usize,
}
