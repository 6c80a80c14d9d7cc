//! What must be done outside. Plain data that `update` returns and `runtime` performs.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Layout, Orders, PlaceKind, Preference};
use crate::article::{Anchor, ArticleId, Correction, FeedId, Verb};
use crate::query::{BoardColumn, BoardQuery, Mute, OfferedColumn, Sort, View};

/// What must be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read a view's articles.
    LoadView {
        /// Which view.
        view: View,
        /// In which order.
        sort: Sort,
        /// Why.
        reason: LoadReason,
    },
    /// Read headlines.
    LoadHeadlines(Vec<ArticleId>),
    /// Read an article.
    LoadArticle(ArticleId),
    /// Read the counts.
    LoadCounts,
    /// Change marks, through the journal.
    Apply {
        /// The change.
        verb: Verb,
        /// The articles.
        ids: Vec<ArticleId>,
        /// The view that it was made in.
        view: View,
    },
    /// Silence what this is about, through the journal.
    Mute {
        /// What.
        mute: Mute,
        /// Until when it is silenced as it comes in.
        until: Timestamp,
        /// The view that it was asked for in.
        view: View,
    },
    /// Lift a mute before its time, through the journal.
    LiftMute {
        /// Its entry in the journal.
        entry: i64,
        /// What it is about.
        mute: Mute,
        /// The view that it was asked for in.
        view: View,
    },
    /// Read a list of views; the queries are those of the configuration.
    LoadPlaces(PlaceKind, Vec<View>),
    /// Find the first unread one of these.
    FindUnread(Vec<ArticleId>),
    /// Find where the source of the first of these ends: the first article of another source, or the last of this one.
    FindSource {
        /// From the cursor on, or from above it up.
        ids: Vec<ArticleId>,
        /// Whether the list is gone down.
        down: bool,
    },
    /// Keep the orders that were chosen for views, for the next start.
    KeepOrders(Orders),
    /// Read the names of all tags.
    LoadTags,
    /// Read the Board's articles and columns.
    LoadBoard(BoardQuery),
    /// Read rows of the Board.
    LoadBoardRows {
        /// Of these articles.
        ids: Vec<ArticleId>,
        /// These columns.
        columns: Vec<BoardColumn>,
    },
    /// Write the Board to a file; [`Event::Said`](super::Event::Said) tells how many articles it has.
    ExportBoard {
        /// The file as the person named it; its ending says the format.
        file: String,
        /// Its articles, in their order.
        ids: Vec<ArticleId>,
        /// Its columns.
        columns: Vec<BoardColumn>,
    },
    /// Read an article's facts again.
    LoadFacts(ArticleId),
    /// Correct a fact: journaled.
    Correct {
        /// The article.
        id: ArticleId,
        /// What is asked for.
        correction: Correction,
        /// The view that it is asked for in.
        view: View,
    },
    /// Take the last change back, or make it again.
    Undo {
        /// Make it again instead.
        redo: bool,
        /// The entry that the person has been told of and confirmed.
        confirmed: Option<i64>,
        /// The view that it is asked for in.
        view: View,
    },
    /// Keep the reading position.
    SavePosition(ArticleId, Anchor),
    /// Keep where the session is, for the next start.
    SaveSession(Session),
    /// Keep the tags that were put on last, for the next start.
    KeepTags(BTreeSet<String>),
    /// Put an article of a temporary library into the person's own, with this verb.
    Keep(ArticleId, Verb),
    /// Fetch feeds, behind the reader; [`Event::Fetched`](super::Event::Fetched) says how far it is.
    Fetch(FetchWhat),
    /// Look whether another process changed the library.
    CheckLibrary,
    /// Send [`Event::Timer`](super::Event::Timer) after so many milliseconds.
    After(u64, Timer),
    /// Pipe the text of [`State::piped`](super::State::piped) to a command of the shell; the terminal is given back around
    /// it.
    Pipe(String),
    /// Draw the whole screen anew.
    Redraw,
    /// Copy text to the person's clipboard.
    Copy(String),
    /// Find what changed of an article: the last change, or the one that is so many changes before it.
    LoadChanges(ArticleId, usize),
    /// Open an address in the person's browser.
    Browse(String),
    /// Find the address of an article.
    FindAddress(ArticleId),
    /// Ask the terminal who it is and what it does, for the doctor.
    Examine,
    /// Do from now on what the person said of this terminal, and remember it for terminals that answer as it does.
    Prefer(Preference),
    /// Remember the keyboard's layout.
    KeepLayout(Layout),
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// End the program.
    Quit,
}

impl Effect {
    /// Whether it changes what a person has marked: where it fails, what was shown ahead of it is wrong.
    pub fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Apply { .. }
                | Self::Mute { .. }
                | Self::LiftMute { .. }
                | Self::Correct { .. }
                | Self::Undo { .. }
                | Self::Keep(..)
        )
    }

    /// Whether it keeps where the person is: it is done again and again, and a failure is told once.
    pub fn is_place(&self) -> bool {
        matches!(
            self,
            Self::SavePosition(..) | Self::SaveSession(_) | Self::KeepTags(_) | Self::KeepOrders(_)
        )
    }
}

/// Which feeds are to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchWhat {
    /// The feed that an article came from.
    Of(ArticleId),
    /// This one, because the person asks.
    Feed(FeedId),
    /// All, because the person asks.
    All,
    /// Those that are due.
    Due,
}

/// Why a view is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadReason {
    /// The program started: go to where it was left.
    Start(Option<ArticleId>),
    /// The person went to the view.
    Enter,
    /// A filter of it was typed: from its first row.
    Filter,
    /// Articles came in, or another process changed some.
    Arrivals,
    /// What is shown may be wrong: show what is there, near this article.
    Refresh(Option<ArticleId>),
}

/// A timer. A later one of the same kind makes an earlier one void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The keys have rested: the preview may follow the cursor.
    Preview(u64),
    /// The reading position has rested: keep it.
    Position(u64),
    /// It is time to look for feeds that are due.
    Fetch,
}

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The view.
    pub view: View,
    /// The article under the cursor.
    pub article: Option<ArticleId>,
    /// Whether it is open.
    pub open: bool,
    /// The columns of facts that stand in the list.
    pub pins: Vec<OfferedColumn>,
}
