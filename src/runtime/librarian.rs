//! The worker that owns the library: effects in, events out, in order. No SQL runs on the thread that draws.
//! When nothing else waits it has articles of earlier extractors derived again (`rederive.rs`).

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::board_file::BoardFile;
use super::reading::{Reading, ViewWanted};
use super::rederive::{Rederivation, read_now, tell_rest};
use super::shelf::{Shelf, Sink, Turn};
use super::watch::Watch;
use crate::app::{Applied, Counts, Effect, Event, Library, LoadReason, Loaded, Orders, Session};
use crate::article::{ArticleId, tags_of};
use crate::extract::{EXTRACTOR_VERSION, understand};
use crate::query::{BoardColumn, OfferedColumn, View};
use crate::store::{self, Remade, Retention, Sort, Store, StoreError};

/// A handle to the worker. Dropping it lets the worker finish what was asked and end.
#[derive(Debug)]
pub(super) struct Librarian {
    requests: Sender<Request>,
    worker: Option<JoinHandle<()>>,
}

/// What the worker is asked for, in order.
#[derive(Debug)]
enum Request {
    /// An effect of the library.
    Effect(Effect),
    /// The log was written: to see whether another process did.
    Changed,
    /// Another process that read behind has ended, or is through.
    Free,
    /// To store what was derived again.
    Remade(Vec<Remade>),
    /// To end.
    Finish,
}

/// What the worker needs to know of the library.
#[derive(Debug)]
pub(super) struct Desk {
    pub store: Store,
    pub library: Library,
    /// The person's own library, where articles of a temporary one are kept.
    pub own: PathBuf,
    /// Names this run of the program in the journal.
    pub session: String,
    /// The person's time zone: by it a day has come.
    pub zone: TimeZone,
    /// What may go.
    pub retention: Retention,
    /// How often a feed is due that has no interval of its own.
    pub fetch_interval: Duration,
}

impl Librarian {
    /// Starts the worker; what happens goes to `sink`.
    pub(super) fn start(desk: Desk, sink: impl Fn(Event) + Send + Sync + 'static) -> Self {
        let (requests, waiting) = channel();
        let own = requests.clone();
        let sink: Sink = Arc::new(sink);
        let worker = std::thread::spawn(move || {
            let turn = Turn::default();
            let path = desk.store.path();
            let shelf = path.map(|path| Shelf::start(path, Arc::clone(&turn), Arc::clone(&sink)));
            desk.serve(&waiting, &own, shelf.as_ref(), &turn, &sink);
        });
        Self { requests, worker: Some(worker) }
    }

    /// Asks for an effect of the library.
    pub(super) fn ask(&self, effect: Effect) {
        // The worker ends only when this handle does.
        let _ = self.requests.send(Request::Effect(effect));
    }

    /// Waits until everything asked for is done.
    pub(super) fn finish(mut self) {
        let _ = self.requests.send(Request::Finish);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

impl Drop for Librarian {
    fn drop(&mut self) {
        let _ = self.requests.send(Request::Finish);
    }
}

/// Where the last session was left.
pub(super) fn last_session(store: &Store) -> Option<Session> {
    let get = |key| store.session_state(key).ok().flatten();
    let view = get("view").and_then(|name| View::from_name(&name).ok())?;
    let article = get("article").and_then(|id| id.parse().ok()).map(ArticleId);
    let pins = get("pins").unwrap_or_default().lines().filter_map(pin).collect();
    Some(Session { view, article, open: get("open").as_deref() == Some("1"), pins })
}

/// A pinned column, as a session keeps it: its name, a tab, what it is called.
fn pin(line: &str) -> Option<OfferedColumn> {
    let (name, label) = line.split_once('\t')?;
    Some(OfferedColumn { column: BoardColumn::of_name(name), label: label.to_owned(), facts: 0 })
}

/// The orders that the person chose for views.
pub(super) fn last_orders(store: &Store) -> Orders {
    Orders::from_text(&store.session_state("orders").ok().flatten().unwrap_or_default())
}

/// The tags that were put on last.
pub(super) fn last_tags(store: &Store) -> BTreeSet<String> {
    tags_of(&store.session_state("tags").ok().flatten().unwrap_or_default())
}

impl Desk {
    fn serve(
        mut self,
        waiting: &Receiver<Request>,
        own: &Sender<Request>,
        shelf: Option<&Shelf>,
        turn: &Turn,
        told_to: &Sink,
    ) {
        let sink: &dyn Fn(Event) = &**told_to;
        let mut seen = self.store.data_version().ok();
        let mut watch = None;
        let mut rederivation = None;
        let mut look = true;
        // Whether a thread waits until another process that reads behind is through.
        let mut waits = false;
        // Whether it was told that where the person is cannot be kept.
        let mut told = false;
        // A temporary library is swept as a whole.
        let mut expired = self.library == Library::Temporary;
        // The first frame waits for what is asked first: until then there is no time for anything else.
        let mut first = Some(waiting.recv());
        loop {
            let request =
                first.take().map_or_else(|| waiting.try_recv(), |first| first.map_err(TryRecvError::from));
            let request = match request {
                Err(TryRecvError::Empty) => {
                    // What the person asked for first is done; now there is time to look for articles to be read.
                    if watch.is_none() && self.store.journal_note().is_none() {
                        watch = Some(self.watch(own));
                    }
                    if std::mem::take(&mut look) && rederivation.is_none() {
                        rederivation = self.begin_rederivation(own, sink);
                        if rederivation.is_none() {
                            let _ = tell_rest(&mut self.store);
                        }
                        if rederivation.is_none() && !waits {
                            waits = self.wait_for_other(own);
                        }
                    }
                    if !expired && rederivation.is_none() {
                        // What cannot go now goes at the next start.
                        expired = true;
                        if self.store.expire(&self.retention, Timestamp::now()).is_ok_and(|gone| gone > 0) {
                            sink(Event::LibraryChanged);
                        }
                    }
                    waiting.recv().ok()
                }
                request => request.ok(),
            };
            match request {
                // Where the log is watched, a key need not ask.
                Some(Request::Effect(Effect::CheckLibrary)) if matches!(watch, Some(Some(_))) => {}
                Some(Request::Effect(Effect::CheckLibrary) | Request::Changed) => {
                    let now = self.store.data_version().ok();
                    if now != seen {
                        seen = now;
                        look = true;
                        sink(Event::LibraryChanged);
                    }
                }
                Some(Request::Effect(Effect::ExportBoard { file, ids, columns })) => {
                    BoardFile { file, ids, columns }.start(&self.store, told_to);
                }
                Some(Request::Effect(effect)) => {
                    look |= matches!(effect, Effect::LoadView { .. });
                    let (change, place) = (effect.is_change(), effect.is_place());
                    match self.attend(effect, shelf, turn, sink) {
                        Err(error) if change => sink(Event::Failed(error.to_string())),
                        // It is asked for whenever the keys rest.
                        Err(error) if !place || !std::mem::replace(&mut told, true) => {
                            sink(Event::CannotRead(error.to_string()));
                        }
                        Ok(()) | Err(_) => {}
                    }
                }
                Some(Request::Remade(made)) => {
                    if let Some(running) = &mut rederivation
                        && !self.go_on(running, &made, sink)
                    {
                        rederivation = None;
                    }
                }
                Some(Request::Free) => {
                    waits = false;
                    look = true;
                }
                Some(Request::Finish) | None => return,
            }
        }
    }

    /// Waits on a thread of its own until another process that reads behind ends or is through, so that what it leaves is
    /// taken up at once; whether there is something to wait for.
    fn wait_for_other(&self, own: &Sender<Request>) -> bool {
        let Err(taken) = self.store.right_to_read_behind() else { return false };
        if !self.store.is_behind(EXTRACTOR_VERSION).unwrap_or(false) {
            return false;
        }
        let own = own.clone();
        std::thread::spawn(move || {
            // Given back at once: whoever looks now takes it.
            drop(taken.wait());
            let _ = own.send(Request::Free);
        });
        true
    }

    /// Begins to derive articles of earlier extractors again. They are extracted on a thread of their own; what it
    /// makes comes back as a request among the others, so that nothing waits for longer than one small batch.
    fn begin_rederivation(&self, own: &Sender<Request>, sink: &dyn Fn(Event)) -> Option<Rederivation> {
        let own = own.clone();
        let begun = Rederivation::begin(&self.store, 1, move |made| own.send(Request::Remade(made)).is_ok());
        let mut rederivation = match begun {
            Ok(begun) => begun?,
            Err(error) => {
                sink(Event::CannotRead(error.to_string()));
                return None;
            }
        };
        rederivation.ask(&self.store).then_some(rederivation)
    }

    /// Stores one batch and asks for the next; whether there is one. What is left undone is found at the next start.
    fn go_on(&mut self, running: &mut Rederivation, made: &[Remade], sink: &dyn Fn(Event)) -> bool {
        match running.write(&mut self.store, made) {
            Ok(()) if running.ask(&self.store) => true,
            Ok(()) => {
                // What cannot be compared now is at the next start.
                let _ = tell_rest(&mut self.store);
                if running.written() > 0 {
                    sink(Event::LibraryChanged);
                }
                false
            }
            Err(error) => {
                if !error.may_retry() {
                    sink(Event::CannotRead(error.to_string()));
                }
                false
            }
        }
    }

    /// The order that the library is asked for: what was given on the command line keeps its own.
    pub(super) fn sort(&self, wanted: Sort) -> Sort {
        match (self.library, wanted) {
            (Library::Temporary, Sort::Newest) => Sort::Given,
            _ => wanted,
        }
    }

    /// Has an effect performed: here, or on the shelf where much is to be read.
    fn attend(
        &mut self,
        effect: Effect,
        shelf: Option<&Shelf>,
        turn: &Turn,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        let reading = match effect {
            Effect::LoadView { view, sort: wanted, reason } => {
                let sort = self.sort(wanted);
                let mut view = ViewWanted { view, wanted, sort, reason, begun: false };
                // The first frame does not wait for another thread to open the library.
                if shelf.is_some() && matches!(reason, LoadReason::Start(_)) {
                    if view.begin(&self.store, turn, sink)? {
                        return Ok(());
                    }
                    view.begun = true;
                }
                Reading::View(view)
            }
            Effect::LoadBoard(query) => Reading::Board(query),
            Effect::LoadPlaces(kind, saved) => Reading::Places(kind, saved, self.fetch_interval),
            effect @ (Effect::Apply { .. } | Effect::Mute { .. } | Effect::Undo { .. }) => {
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                return self.perform(effect, sink);
            }
            effect => return self.perform(effect, sink),
        };
        match shelf {
            Some(shelf) => shelf.ask(reading),
            // A library in memory has one connection.
            None => reading.read(&self.store, turn, &|| false, sink)?,
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect, sink: &dyn Fn(Event)) -> Result<(), StoreError> {
        match effect {
            Effect::LoadHeadlines(ids) => sink(Event::Headlines(self.store.headlines(&ids)?)),
            Effect::LoadArticle(id) => sink(Event::ArticleLoaded(id, self.load(id)?.map(Box::new))),
            Effect::LoadCounts => self.counts(sink)?,
            Effect::Apply { verb, ids, view } => {
                let context = self.context(&view);
                let applied = self.store.apply(&verb, &ids, &context.borrow())?;
                sink(Event::Applied(Applied { asked: ids, changed: applied.changed }));
                self.counts(sink)?;
            }
            Effect::Mute { mute, until, view } => {
                let context = self.context(&view);
                let applied = self.store.mute(&mute, until, &context.borrow())?;
                sink(Event::Muted { mute, changed: applied.changed });
                self.counts(sink)?;
            }
            Effect::LiftMute { entry, mute, view } => {
                let context = self.context(&view);
                match self.store.lift(entry, &context.borrow())? {
                    Some(lifted) => sink(Event::Lifted { mute, changed: lifted.changed }),
                    None => sink(Event::CannotRead(
                        "that mute is in force no more: gX shows those that are".to_owned(),
                    )),
                }
                self.counts(sink)?;
            }
            Effect::FindUnread(ids) => sink(Event::UnreadFound(self.store.first_unread(&ids)?)),
            Effect::LoadTags => {
                let mut tags = self.store.tags()?;
                tags.sort_by_key(|tag| std::cmp::Reverse(tag.articles));
                sink(Event::Tags(tags.into_iter().map(|tag| tag.name).collect()));
            }
            Effect::Undo { redo, confirmed, view } => self.undo(redo, confirmed, &view, sink)?,
            Effect::Correct { id, correction, view } => {
                let context = self.context(&view);
                let corrected = self.store.correct(id, &correction, &understand, &context.borrow())?;
                sink(Event::FactsLoaded(id, corrected.facts.into()));
                sink(Event::Headlines(self.store.headlines(&[id])?));
            }
            Effect::LoadBoardRows { ids, columns } => {
                let rows = self.store.board_rows(&ids, &columns)?;
                sink(Event::BoardRows { columns, rows });
            }
            Effect::LoadFacts(id) => {
                if let Some(stored) = self.store.article(id)? {
                    sink(Event::FactsLoaded(id, stored.facts.into()));
                }
            }
            Effect::LoadChanges(id, back) => {
                let compared = self.changes(id, back)?;
                sink(Event::ChangesLoaded(id, Box::new(compared)));
            }
            Effect::FindAddress(id) => {
                let address = self.store.article(id)?.and_then(|stored| stored.article.url);
                sink(Event::AddressFound(address));
            }
            Effect::SavePosition(id, anchor) => self.store.save_position(id, &anchor, Timestamp::now())?,
            Effect::SaveSession(session) => self.save_session(&session)?,
            Effect::KeepTags(tags) => {
                let names: Vec<String> = tags.into_iter().collect();
                self.store.set_session_state("tags", &names.join("\n"))?;
            }
            Effect::KeepOrders(orders) => {
                self.store.set_session_state("orders", &orders.to_text())?;
            }
            Effect::FindSource { ids, down } => {
                let run = self.store.source_run(&ids)?;
                let found =
                    if down { ids.get(run) } else { run.checked_sub(1).and_then(|last| ids.get(last)) };
                sink(Event::SourceFound(found.copied()));
            }
            Effect::Keep(id, verb) => self.keep(id, &verb, sink)?,
            // These are of the shelf, the loop and the terminal.
            Effect::LoadView { .. }
            | Effect::LoadBoard(_)
            | Effect::LoadPlaces(..)
            | Effect::ExportBoard { .. }
            | Effect::CheckLibrary
            | Effect::After(..)
            | Effect::Pipe(_)
            | Effect::Fetch(_)
            | Effect::Copy(_)
            | Effect::Browse(_)
            | Effect::Examine
            | Effect::Prefer(_)
            | Effect::KeepLayout(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => {}
        }
        Ok(())
    }

    /// Watches the library's log; nothing where that is not possible.
    fn watch(&self, own: &Sender<Request>) -> Option<Watch> {
        let own = own.clone();
        self.store.path().and_then(|path| Watch::start(&path, move || own.send(Request::Changed).is_ok()))
    }

    fn load(&mut self, id: ArticleId) -> Result<Option<Loaded>, StoreError> {
        read_now(&mut self.store, id)?;
        let Some(stored) = self.store.article(id)? else { return Ok(None) };
        let Some(headline) = self.store.headlines(&[id])?.into_iter().next() else { return Ok(None) };
        Ok(Some(Loaded {
            article: Arc::new(stored.article),
            facts: stored.facts.into(),
            headline,
            position: stored.position,
            changed: stored.updated,
        }))
    }

    /// Tells the counts.
    pub(super) fn counts(&self, sink: &dyn Fn(Event)) -> Result<(), StoreError> {
        let store::Counts { inbox, unread, bookmarked, archived, all, .. } = self.store.counts()?;
        let due = self.store.many_due(Timestamp::now().to_zoned_datetime(self.zone.clone()).date())?;
        sink(Event::Counts(Counts { inbox, unread, bookmarks: bookmarked, due, archive: archived, all }));
        Ok(())
    }

    fn save_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.store.set_session_state("view", &session.view.name())?;
        let article = session.article.map(|id| id.0.to_string()).unwrap_or_default();
        self.store.set_session_state("article", &article)?;
        let pin = |one: &OfferedColumn| format!("{}\t{}\n", one.column.name(), one.label);
        self.store.set_session_state("pins", &session.pins.iter().map(pin).collect::<String>())?;
        self.store.set_session_state("open", if session.open { "1" } else { "0" })
    }
}
