//! What reads much of the library at once, on a thread and a connection of its own: views, the Board, lists of views. The next
//! key does not wait for them. Of each kind only the last one that was asked for is read: one that is overtaken is broken off.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::reading::Reading;
use crate::app::Event;
use crate::store::{Interrupter, Store, StoreError};

/// Kilobytes of the library that are kept in memory.
const PAGES: u32 = 2048;

/// Where events go.
pub(super) type Sink = Arc<dyn Fn(Event) + Send + Sync>;

/// Whose turn it is to read marks, or to change them, and to tell so: what was read before a change is not told after it.
pub(super) type Turn = Arc<Mutex<()>>;

/// A handle to the thread; it ends when the handle is dropped.
#[derive(Debug)]
pub(super) struct Shelf(Arc<Desk>);

/// What the thread and its handle share.
#[derive(Debug, Default)]
struct Desk {
    slips: Mutex<Slips>,
    asked: Condvar,
    /// Whether a later one of the same kind is wanted instead of what is being read.
    overtaken: AtomicBool,
}

#[derive(Debug, Default)]
struct Slips {
    waiting: VecDeque<Reading>,
    /// What is being read.
    now: Option<Kind>,
    interrupter: Option<Interrupter>,
    ended: bool,
}

/// Of each kind one is wanted at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    View,
    Board,
    Places,
}

impl Shelf {
    /// Starts the thread; it opens the library at `path` when it is first asked.
    pub(super) fn start(path: PathBuf, turn: Turn, sink: Sink) -> Self {
        let desk = Arc::new(Desk::default());
        let own = Arc::clone(&desk);
        std::thread::spawn(move || own.serve(&path, &turn, &sink));
        Self(desk)
    }

    /// Asks for something to be read; what was asked for before of its kind is not wanted any more.
    pub(super) fn ask(&self, reading: Reading) {
        let kind = kind(&reading);
        let mut slips = self.0.slips();
        slips.waiting.retain(|other| self::kind(other) != kind);
        slips.waiting.push_back(reading);
        if slips.now == Some(kind) {
            self.0.overtake(&slips);
        }
        self.0.asked.notify_one();
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        let mut slips = self.0.slips();
        slips.ended = true;
        self.0.overtake(&slips);
        self.0.asked.notify_one();
    }
}

impl Desk {
    fn serve(&self, path: &Path, turn: &Turn, sink: &Sink) {
        let mut open: Option<Store> = None;
        while let Some(reading) = self.next() {
            let store = match open.take().map_or_else(|| library(path), Ok) {
                Ok(store) => open.insert(store),
                Err(error) => {
                    sink(Event::CannotRead(error.to_string()));
                    continue;
                }
            };
            self.slips().interrupter.get_or_insert_with(|| store.interrupter());
            let overtaken = || self.overtaken.load(Ordering::Relaxed);
            match reading.read(store, turn, &overtaken, &**sink) {
                Ok(()) => {}
                Err(error) if error.is_interrupted() || overtaken() => {}
                Err(error) => sink(Event::CannotRead(error.to_string())),
            }
        }
    }

    /// Waits for what is wanted next; nothing where the handle is gone.
    fn next(&self) -> Option<Reading> {
        let mut slips = self.slips();
        loop {
            slips.now = None;
            if slips.ended {
                return None;
            }
            if let Some(reading) = slips.waiting.pop_front() {
                slips.now = Some(kind(&reading));
                self.overtaken.store(false, Ordering::Relaxed);
                return Some(reading);
            }
            slips = self.asked.wait(slips).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Breaks off what is being read.
    fn overtake(&self, slips: &Slips) {
        self.overtaken.store(true, Ordering::Relaxed);
        if let Some(interrupter) = &slips.interrupter {
            interrupter.interrupt();
        }
    }

    fn slips(&self) -> MutexGuard<'_, Slips> {
        // Nothing is half done while it is held.
        self.slips.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The library, with few pages in memory: each index is read from one end to the other.
fn library(path: &Path) -> Result<Store, StoreError> {
    let store = Store::open(path)?;
    store.keep_pages(PAGES)?;
    Ok(store)
}

fn kind(reading: &Reading) -> Kind {
    match reading {
        Reading::View(_) => Kind::View,
        Reading::Board(_) => Kind::Board,
        Reading::Places(..) => Kind::Places,
    }
}
