//! Moving in from newsboat: its feeds, its articles, what was read and flagged there, and the words that it did not show.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::import::{Order, Source, Summary, import};
use crate::article::{ArticleId, Bookmark, Verb};
use crate::ingest::{IngestError, Newsboat, NewsboatMark, NewsboatRule, newsboat_marks};
use crate::query::Mute;
use crate::store::{JournalContext, Store, StoreError, Subscribed};

/// The view that the journal names for what was done in newsboat.
const VIEW: &str = "newsboat";
/// Days that a rule of newsboat's holds here: a hundred years.
const FOREVER: i64 = 36_525;

/// What came over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovedIn {
    /// The articles.
    pub articles: Summary,
    /// Feeds that were not read here.
    pub feeds_added: usize,
    /// Feeds that were read here already.
    pub feeds_known: usize,
    /// Articles that were read there: done here.
    pub read: usize,
    /// Articles that were flagged there: bookmarked and tagged here.
    pub flagged: usize,
    /// Rules that are mutes here.
    pub rules: usize,
    /// What has no counterpart here, a sentence each.
    pub left: Vec<String>,
}

/// Nothing could be moved in.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// newsboat's files cannot be read.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The library cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Brings newsboat's feeds, articles, marks and rules into a library. What is there already keeps its marks, so that it can
/// be done again.
///
/// # Errors
/// Where newsboat's files cannot be read or the library cannot be written; what was done before that is kept.
pub fn move_in(
    store: &mut Store,
    newsboat: &Newsboat,
    session: &str,
    now: Timestamp,
    progress: &mut dyn FnMut(&Summary),
) -> Result<MovedIn, MoveError> {
    let settings = newsboat.settings()?;
    let mut moved = MovedIn { left: settings.left, ..MovedIn::default() };
    for outcome in store.subscribe(&settings.feeds, now)? {
        match outcome {
            Subscribed::New(_) => moved.feeds_added += 1,
            Subscribed::Known(_) => moved.feeds_known += 1,
        }
    }
    let context = JournalContext { session, view: VIEW, now };
    if newsboat.cache.is_file() {
        let mut marks = newsboat_marks(&newsboat.cache)?;
        let mut known = BTreeSet::new();
        for mark in &marks {
            known.extend(store.find_origin(&mark.origin)?);
        }
        let sources = vec![Source::Newsboat(newsboat.cache.clone())];
        moved.articles = import(store, sources, Order::ByDate, now, progress)?;
        let mut new: Vec<(ArticleId, NewsboatMark)> = Vec::new();
        for mark in marks.drain(..) {
            if let Some(id) = store.find_origin(&mark.origin)?.filter(|id| !known.contains(id)) {
                new.push((id, mark));
            }
        }
        mark(store, &new, &context, &mut moved)?;
    }
    let until = now.saturating_add(SignedDuration::from_hours(24 * FOREVER)).unwrap_or(Timestamp::MAX);
    // Done again, it brings nothing new to hide.
    for rule in settings.rules.iter().filter(|_| moved.articles.new > 0) {
        let NewsboatRule::Title(words) = rule;
        store.mute(&Mute::Topic(words.clone()), until, &context)?;
        moved.rules += 1;
    }
    Ok(moved)
}

/// Does here what was done there: read is done, a flag is a bookmark and a tag.
fn mark(
    store: &mut Store,
    marks: &[(ArticleId, NewsboatMark)],
    context: &JournalContext<'_>,
    moved: &mut MovedIn,
) -> Result<(), StoreError> {
    let ids = |is: &dyn Fn(&NewsboatMark) -> bool| {
        marks.iter().filter(|(_, mark)| is(mark)).map(|(id, _)| *id).collect::<Vec<_>>()
    };
    let (read, flagged) = (ids(&|mark| mark.read), ids(&|mark| !mark.flags.is_empty()));
    if !read.is_empty() {
        store.apply(&Verb::Done, &read, context)?;
    }
    if !flagged.is_empty() {
        store.apply(&Verb::Bookmark(Bookmark::default()), &flagged, context)?;
    }
    let mut by_flag: BTreeMap<char, Vec<ArticleId>> = BTreeMap::new();
    for (id, mark) in marks {
        for flag in mark.flags.chars().filter(char::is_ascii_alphabetic) {
            by_flag.entry(flag).or_default().push(*id);
        }
    }
    for (flag, ids) in by_flag {
        let add = BTreeSet::from([format!("flag {flag}")]);
        store.apply(&Verb::Tag { add, remove: BTreeSet::new() }, &ids, context)?;
    }
    moved.read = read.len();
    moved.flagged = flagged.len();
    Ok(())
}
