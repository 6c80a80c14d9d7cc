//! Whole views, read on a thread and a connection of their own: the numbers of a hundred thousand articles take some tens of
//! milliseconds, and the next key must not wait for them. Only the last one that was asked for is read.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use jiff::Timestamp;

use super::librarian::Desk;
use crate::app::{Event, LoadReason, ViewLoaded, once};
use crate::article::ArticleId;
use crate::extract::country;
use crate::query::{Sort, View};
use crate::store::{Store, StoreError};

/// Articles that the first answer to a view holds: some screens.
const FIRST: usize = 200;

/// A view to be read whole.
#[derive(Debug)]
pub(super) struct Whole {
    /// As the reader names it.
    pub view: View,
    /// As the library is asked.
    pub asked: View,
    /// The order that the reader wants.
    pub wanted: Sort,
    /// The order that the library is asked for.
    pub sort: Sort,
    /// The time that ages are told from.
    pub now: Timestamp,
    /// Why.
    pub reason: LoadReason,
}

impl Whole {
    /// Reads it.
    pub(super) fn read(self, store: &Store) -> Result<Event, StoreError> {
        let Self { view, asked, wanted, sort, now, reason } = self;
        let (ids, stories) = once(store.view(&asked, sort, now, None)?, &store.stories()?);
        Ok(Event::ViewLoaded(ViewLoaded {
            view,
            sort: wanted,
            ids,
            headlines: Vec::new(),
            complete: true,
            stories,
            reason,
        }))
    }
}

/// A handle to the thread.
#[derive(Debug)]
pub(super) struct Shelf {
    wanted: Sender<Whole>,
}

impl Shelf {
    /// Starts the thread; it opens the library at `path` when it is first asked.
    pub(super) fn start(path: PathBuf, sink: Arc<dyn Fn(Event) + Send + Sync>) -> Self {
        let (wanted, asked) = channel::<Whole>();
        std::thread::spawn(move || {
            let mut open: Option<Store> = None;
            while let Ok(mut whole) = asked.recv() {
                while let Ok(later) = asked.try_recv() {
                    whole = later;
                }
                let store = match open.take().map_or_else(|| Store::open(&path), Ok) {
                    Ok(store) => open.insert(store),
                    Err(error) => {
                        sink(Event::CannotRead(error.to_string()));
                        continue;
                    }
                };
                match whole.read(store) {
                    Ok(event) => sink(event),
                    Err(error) => sink(Event::CannotRead(error.to_string())),
                }
            }
        });
        Self { wanted }
    }

    /// Asks for a view.
    pub(super) fn ask(&self, whole: Whole) {
        // The thread ends only when this handle does.
        let _ = self.wanted.send(whole);
    }
}

impl Desk {
    /// Answers with the first screens of a view, and with the whole of it where that is more.
    pub(super) fn load_view(
        &self,
        view: View,
        wanted: Sort,
        reason: LoadReason,
        shelf: Option<&Shelf>,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        let (sort, now) = (self.sort(&view, wanted), Timestamp::now());
        let asked = view.clone().with_countries(&country);
        let told = self.store.stories()?;
        let headlines = self.store.first_window(&asked, sort, now, FIRST)?;
        let ids: Vec<ArticleId> = headlines.iter().map(|line| line.id).collect();
        let complete = ids.len() < FIRST;
        let (ids, stories) = once(ids, &told);
        sink(Event::ViewLoaded(ViewLoaded {
            view: view.clone(),
            sort: wanted,
            ids,
            headlines,
            complete,
            stories,
            reason,
        }));
        if complete {
            return Ok(());
        }
        let whole = Whole { view, asked, wanted, sort, now, reason };
        match shelf {
            Some(shelf) => shelf.ask(whole),
            None => sink(whole.read(&self.store)?),
        }
        Ok(())
    }
}
