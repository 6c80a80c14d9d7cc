//! Reading much of the library at once: what is wanted, and the answer to it. The first screens of a view come first, with the
//! number of its rows where that is known; all its articles follow, where they take longer.

use std::sync::PoisonError;
use std::time::Duration;

use jiff::Timestamp;

use super::places::places;
use super::shelf::Turn;
use crate::app::{BoardLoaded, Event, LoadReason, PlaceKind, ViewLoaded, once};
use crate::article::{ArticleId, Headline};
use crate::extract::country;
use crate::query::{BoardQuery, Sort, View};
use crate::store::{Answer, Store, StoreError};

/// Articles that the first answer to a view holds: some screens.
const FIRST: usize = 200;
/// Columns of a Board that are known by name, at the most.
const BOARD_COLUMNS: usize = 60;

/// What is wanted.
#[derive(Debug)]
pub(super) enum Reading {
    /// A view's articles.
    View(ViewWanted),
    /// The Board's articles and columns.
    Board(BoardQuery),
    /// A list of views with their counts; the queries are those of the configuration, and feeds are due at this interval where
    /// they set no other.
    Places(PlaceKind, Vec<View>, Duration),
}

/// A view that is wanted.
#[derive(Debug)]
pub(super) struct ViewWanted {
    /// As the reader names it.
    pub view: View,
    /// The order that the reader wants.
    pub wanted: Sort,
    /// The order that the library is asked for.
    pub sort: Sort,
    /// Why.
    pub reason: LoadReason,
    /// Whether its first screens were given already.
    pub begun: bool,
}

impl Reading {
    /// Reads it and tells what there is, unless it is overtaken.
    pub(super) fn read(
        self,
        store: &Store,
        turn: &Turn,
        overtaken: &dyn Fn() -> bool,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        match self {
            Self::View(wanted) => wanted.read(store, turn, overtaken, sink),
            Self::Board(query) => {
                let now = Timestamp::now();
                let ids = store.board_articles(&query, now)?;
                if !overtaken() {
                    let columns = store.board_columns(&query.view, now, BOARD_COLUMNS)?;
                    sink(Event::BoardLoaded(Box::new(BoardLoaded { query, ids, columns })));
                }
                Ok(())
            }
            Self::Places(kind, saved, interval) => {
                sink(Event::PlacesLoaded(kind, places(store, kind, saved, interval)?));
                Ok(())
            }
        }
    }
}

impl ViewWanted {
    /// Tells its first screens, and all of it where that takes no longer; whether that was all.
    pub(super) fn begin(&self, store: &Store, turn: &Turn, sink: &dyn Fn(Event)) -> Result<bool, StoreError> {
        let answer = self.answer(store)?;
        Ok(self.first(store, answer, turn, &|| false, sink)?.is_none())
    }

    fn answer(&self, store: &Store) -> Result<Answer, StoreError> {
        store.answer(&self.view.clone().with_countries(&country), self.sort, Timestamp::now())
    }

    fn read(
        self,
        store: &Store,
        turn: &Turn,
        overtaken: &dyn Fn() -> bool,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        let mut answer = Some(self.answer(store)?);
        if !self.begun
            && let Some(own) = answer.take()
        {
            answer = self.first(store, own, turn, overtaken, sink)?;
        }
        let Some(answer) = answer.filter(|_| !overtaken()) else { return Ok(()) };
        let ids = store.into_all(answer)?;
        if !overtaken() {
            let rows = once(ids, &store.stories()?);
            sink(self.loaded(rows, Vec::new(), None));
        }
        Ok(())
    }

    /// Tells the first screens, or all of it where that is at hand; gives the answer back where more of it is to be told.
    fn first(
        &self,
        store: &Store,
        answer: Answer,
        turn: &Turn,
        overtaken: &dyn Fn() -> bool,
        sink: &dyn Fn(Event),
    ) -> Result<Option<Answer>, StoreError> {
        if store.all_at_once(&answer)?.is_some() {
            let rows = once(store.into_all(answer)?, &store.stories()?);
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            if !overtaken() {
                let headlines = store.headlines(rows.0.get(..FIRST).unwrap_or(&rows.0))?;
                sink(self.loaded(rows, headlines, None));
            }
            return Ok(None);
        }
        let many = store.many_rows(&answer)?;
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if overtaken() {
            return Ok(None);
        }
        let headlines = store.first_lines(&answer, FIRST)?;
        let ids: Vec<ArticleId> = headlines.iter().map(|line| line.id).collect();
        let complete = ids.len() < FIRST;
        let told = store.stories_of(&ids)?;
        let rows = once(ids, &told);
        let many = many.unwrap_or(rows.0.len());
        sink(self.loaded(rows, headlines, (!complete).then_some(many)));
        Ok(Some(answer).filter(|_| !complete))
    }

    /// The answer: all rows of the view, or the first of `many`.
    fn loaded(
        &self,
        (ids, stories): (Vec<ArticleId>, Vec<(ArticleId, Vec<ArticleId>)>),
        headlines: Vec<Headline>,
        many: Option<usize>,
    ) -> Event {
        Event::ViewLoaded(ViewLoaded {
            view: self.view.clone(),
            sort: self.wanted,
            many: many.unwrap_or(ids.len()),
            ids,
            headlines,
            complete: many.is_none(),
            stories,
            reason: self.reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Mutex};

    use super::super::shelf::Shelf;
    use super::*;
    use crate::query::parse;

    fn wanted(query: &str) -> Reading {
        let view = View::Query(parse(query).unwrap());
        Reading::View(ViewWanted {
            view,
            wanted: Sort::Newest,
            sort: Sort::Best,
            reason: LoadReason::Filter,
            begun: false,
        })
    }

    #[test]
    fn what_is_overtaken_is_not_told_and_the_last_one_is() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("library.db");
        drop(Store::open(&path).unwrap());
        let turn = Turn::default();
        let (told, events) = channel();
        let told = Mutex::new(told);
        let sink = Arc::new(move |event: Event| told.lock().unwrap().send(event).unwrap());
        let shelf = Shelf::start(path, Arc::clone(&turn), sink);
        // While it is another one's turn nothing is told; the letters come in meanwhile.
        let held = turn.lock().unwrap();
        for letters in ["ق", "قم", "قمة"] {
            shelf.ask(wanted(letters));
        }
        shelf.ask(Reading::Places(PlaceKind::Tags, Vec::new(), Duration::ZERO));
        drop(held);
        let name = |event: Event| match event {
            Event::ViewLoaded(loaded) => loaded.view.to_string(),
            Event::PlacesLoaded(..) => "tags".to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!([events.recv().unwrap(), events.recv().unwrap()].map(name), ["قمة", "tags"]);
        drop(shelf);
        assert!(events.recv().is_err(), "and nothing else");
    }
}
