//! What has happened. One channel brings all of it to `update`.

use std::sync::Arc;

use jiff::Timestamp;

use super::effect::Timer;
use super::{BoardLoaded, Compared, Examined, Key, Mouse, PlaceKind, PlaceRow, TerminalNeeds};
use crate::article::{Anchor, Article, ArticleId, BoardRow, Fact, Headline, Marks};
use crate::query::{BoardColumn, Mute, Sort, View};

/// What has happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The screen is now so many columns and rows.
    Resize(u16, u16),
    /// The terminal is known better now.
    Needs(TerminalNeeds),
    /// A timer that was asked for ran out.
    Timer(Timer),
    /// A view's articles.
    ViewLoaded(ViewLoaded),
    /// Headlines that were asked for.
    Headlines(Vec<Headline>),
    /// An article that was asked for; `None` where the library holds it no longer.
    ArticleLoaded(ArticleId, Option<Box<Loaded>>),
    /// Marks were changed, and the change is safe.
    Applied(Applied),
    /// What changed of an article; `None` where nothing did.
    ChangesLoaded(ArticleId, Box<Compared>),
    /// The address of an article that was asked for.
    AddressFound(Option<String>),
    /// Changes were taken back or made again.
    Undone(Undone),
    /// The next change to take back is of an earlier session or another view: it wants a second press.
    ConfirmUndo {
        /// The change.
        note: JournalNote,
        /// Whether it is to be made again.
        redo: bool,
    },
    /// A mute is in force; these were silenced at once.
    Muted {
        /// What.
        mute: Mute,
        /// The articles and their marks now.
        changed: Vec<(ArticleId, Marks)>,
    },
    /// A mute was lifted; these are as they were before it.
    Lifted {
        /// What it was about.
        mute: Mute,
        /// The articles and their marks now.
        changed: Vec<(ArticleId, Marks)>,
    },
    /// A list of views.
    PlacesLoaded(PlaceKind, Vec<PlaceRow>),
    /// The unread article that was looked for.
    UnreadFound(Option<ArticleId>),
    /// The article at which a source begins or ends, which was looked for.
    SourceFound(Option<ArticleId>),
    /// The names of all tags, those with most articles first.
    Tags(Vec<String>),
    /// There is nothing to undo (`false`) or to redo (`true`).
    NothingToUndo(bool),
    /// The Board's articles and columns.
    BoardLoaded(Box<BoardLoaded>),
    /// Rows of the Board, for these columns.
    BoardRows {
        /// The columns.
        columns: Vec<BoardColumn>,
        /// The rows.
        rows: Vec<BoardRow>,
    },
    /// An article's facts, as they are now.
    FactsLoaded(ArticleId, Arc<[Fact]>),
    /// The library's counts.
    Counts(Counts),
    /// Files were read into the library.
    Imported(Imported),
    /// How far fetching feeds is.
    Fetched(Fetched),
    /// Another process changed the library.
    LibraryChanged,
    /// An article of a temporary library is now in the person's own one too.
    Kept(ArticleId),
    /// What is known of the terminal, for the doctor.
    Examined(Examined),
    /// A sentence for the person.
    Said(String),
    /// Something failed: one sentence, already made for people. What was shown ahead of it is read again.
    Failed(String),
    /// The library could not be read: one sentence. It is not asked again by itself: the same would come of it.
    CannotRead(String),
}

/// A view's articles, as they are now.
#[derive(Clone, Debug)]
pub struct ViewLoaded {
    /// Which view.
    pub view: View,
    /// In which order.
    pub sort: Sort,
    /// Its articles in order.
    pub ids: Vec<ArticleId>,
    /// How many rows it has, as far as that is known.
    pub many: usize,
    /// Headlines of the first ones.
    pub headlines: Vec<Headline>,
    /// Whether `ids` holds all; the first answer may hold only the first screens.
    pub complete: bool,
    /// Rows that stand for several articles, each with those behind it.
    pub stories: Vec<(ArticleId, Vec<ArticleId>)>,
    /// Why it was asked for.
    pub reason: super::effect::LoadReason,
}

/// An article to be read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The article.
    pub article: Arc<Article>,
    /// Its facts.
    pub facts: Arc<[Fact]>,
    /// What the list shows of it, marks included.
    pub headline: Headline,
    /// Where reading stopped.
    pub position: Option<Anchor>,
    /// When another body of it came in, where one did.
    pub changed: Option<Timestamp>,
}

/// Marks that were changed.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The articles that it was asked for.
    pub asked: Vec<ArticleId>,
    /// The articles and their marks now.
    pub changed: Vec<(ArticleId, Marks)>,
}

/// A journal entry, as people are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalNote {
    /// The entry's number.
    pub id: i64,
    /// The verb's stable name.
    pub verb: String,
    /// How many articles it changed.
    pub count: usize,
    /// The article's title, where it was one.
    pub title: Option<String>,
    /// When it was made.
    pub when: Timestamp,
    /// In which view.
    pub view: String,
}

/// What undo or redo did.
#[derive(Clone, Debug)]
pub struct Undone {
    /// The entry.
    pub note: JournalNote,
    /// The articles changed and their marks now.
    pub changed: Vec<(ArticleId, Marks)>,
    /// How many were passed over, because they were changed since.
    pub skipped: usize,
    /// Whether it was a redo.
    pub redo: bool,
}

/// How many articles each view holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not dealt with.
    pub inbox: usize,
    /// Not read.
    pub unread: usize,
    /// Kept for follow-up.
    pub bookmarks: usize,
    /// Those of them whose day has come.
    pub due: usize,
    /// Done and kept.
    pub archive: usize,
    /// All.
    pub all: usize,
}

/// What an import did so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Articles new or changed.
    pub changed: usize,
    /// What could not be read, one sentence each.
    pub failed: Vec<String>,
    /// Whether it is through.
    pub finished: bool,
}

/// How far fetching feeds is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Feeds that are through.
    pub done: usize,
    /// Feeds in all.
    pub of: usize,
    /// Articles that were not there.
    pub new: usize,
    /// Articles that changed.
    pub updated: usize,
    /// Feeds that could not be read.
    pub failed: usize,
    /// Whether it is through.
    pub finished: bool,
    /// Whether it was begun by the interval, and not by the person.
    pub by_itself: bool,
}
