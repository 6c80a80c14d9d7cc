//! Reading what a library has taken in: articles and facts of stored bodies, of those that were only listed so far and of
//! those that an earlier extractor read. Without network, in batches that are short for whoever else wants to write. Each
//! batch is one transaction, so a kill costs one batch; what is left is found by the extractor's version. The librarian
//! runs it behind the reader, [`rederive`] without one; one process at a time does.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::article::{ArticleId, Body, Entry, Sketch};
use crate::extract::{EXTRACTOR_VERSION, Extracted, extract};
use crate::query::IndexForm;
use crate::store::{NewDerived, Remade, Right, Store, StoreError};

/// How long others may be kept from writing, as a rule.
const HELD: Duration = Duration::from_millis(25);

/// Articles of a batch at the most.
const MOST: usize = 128;

/// Articles that are compared for stories at once, behind a reader and without one.
const COMPARED: usize = 128;
const MANY_COMPARED: usize = 512;

/// Pages of the library's log after which it is written back, where nothing else is done meanwhile: 32 MB.
const LOG_PAGES: u32 = 4096;

/// Bytes of bodies in a batch after which no more are added.
const MOST_BYTES: usize = 1 << 20;

/// A body to read.
type Job = (ArticleId, Entry, Body);

/// A run over all articles that this extractor has not read.
#[derive(Debug)]
pub(super) struct Rederivation {
    /// What is still to be done, the first last.
    waiting: Vec<ArticleId>,
    jobs: Sender<Vec<Job>>,
    /// Batches that are being extracted.
    under_way: usize,
    threads: usize,
    batch: usize,
    written: usize,
    /// Articles that were written and not compared for stories yet, and from how many on they are.
    untold: usize,
    compared: usize,
    /// Keeps other processes from doing the same.
    _work: Right,
}

impl Rederivation {
    /// Begins a run on so many `threads`, each of which hands what it makes to `deliver` until that answers false. Nothing
    /// where there is nothing to be read, or another process is at it.
    pub(super) fn begin(
        store: &Store,
        threads: usize,
        deliver: impl Fn(Vec<Remade>) -> bool + Clone + Send + 'static,
    ) -> Result<Option<Self>, StoreError> {
        if !store.is_behind(EXTRACTOR_VERSION)? {
            return Ok(None);
        }
        let Ok(work) = store.right_to_read_behind() else { return Ok(None) };
        let mut waiting = store.stale(EXTRACTOR_VERSION, usize::MAX)?;
        waiting.reverse();
        let (jobs, asked) = channel::<Vec<Job>>();
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..threads {
            let (asked, deliver) = (Arc::clone(&asked), deliver.clone());
            std::thread::spawn(move || {
                loop {
                    // Whoever waits for a batch holds the lock; extracting is done without it.
                    let batch = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(batch) = batch else { return };
                    // What there is no memory for is left as it is.
                    if !deliver(batch.into_iter().filter_map(|job| remade(job).ok()).collect()) {
                        return;
                    }
                }
            });
        }
        Ok(Some(Self {
            waiting,
            jobs,
            under_way: 0,
            threads,
            batch: 1,
            written: 0,
            untold: 0,
            compared: COMPARED,
            _work: work,
        }))
    }

    /// Sends the next bodies to be extracted, so many that no thread waits; whether any are under way. An article whose
    /// body cannot be read is left as it is.
    pub(super) fn ask(&mut self, store: &Store) -> bool {
        while self.under_way <= self.threads {
            let mut batch = Vec::with_capacity(self.batch);
            let mut bytes = 0;
            while batch.len() < self.batch
                && bytes < MOST_BYTES
                && let Some(id) = self.waiting.pop()
            {
                if let Ok(Some((entry, body))) = store.body(id) {
                    bytes += body.bytes.len();
                    batch.push((id, entry, body));
                }
            }
            if batch.is_empty() || self.jobs.send(batch).is_err() {
                break;
            }
            self.under_way += 1;
        }
        self.under_way > 0
    }

    /// Stores a batch, and makes the next one as large as fits the time that others may be kept waiting.
    pub(super) fn write(&mut self, store: &mut Store, made: &[Remade]) -> Result<(), StoreError> {
        self.under_way = self.under_way.saturating_sub(1);
        let done = store.rederive(made)?;
        self.written += done.written;
        self.batch = next_batch(made.len(), done.held);
        self.untold += done.written;
        if self.untold >= self.compared {
            self.untold = 0;
            store.tell(self.compared)?;
        }
        Ok(())
    }

    /// Articles that were written so far.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// Articles that have not been asked for yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// The size of a batch, where the last one of `articles` took so long: twice as large at the most.
fn next_batch(articles: usize, held: Duration) -> usize {
    let fits = HELD.as_micros().saturating_mul(articles as u128) / held.as_micros().max(1);
    usize::try_from(fits).unwrap_or(MOST).clamp(1, (articles * 2).clamp(1, MOST))
}

/// An article, read.
fn remade((id, entry, body): Job) -> Result<Remade, StoreError> {
    let derived = derived(extract(&entry, &body));
    Remade::new(id, entry, body, derived)
}

/// What was extracted, as the library takes it.
pub(super) fn derived(extracted: Extracted) -> NewDerived {
    NewDerived {
        index: IndexForm::of_words(&extracted.words),
        sketch: Sketch::of_words(&extracted.article, &extracted.words),
        article: extracted.article,
        facts: extracted.facts,
        extractor_version: EXTRACTOR_VERSION,
    }
}

/// Reads an article now that was only listed so far; whatever else waits goes on waiting.
///
/// # Errors
/// Where the library cannot be read or written.
pub fn read_now(store: &mut Store, id: ArticleId) -> Result<(), StoreError> {
    if store.waits(id)?
        && let Some((entry, body)) = store.body(id)?
    {
        store.rederive(&[remade((id, entry, body))?])?;
    }
    Ok(())
}

/// Compares for stories what was read and not compared yet, also by a process that was ended.
///
/// # Errors
/// Where the library cannot be read or written; what was done before that is kept.
pub(super) fn tell_rest(store: &mut Store) -> Result<(), StoreError> {
    while store.tell(MANY_COMPARED)? > 0 {}
    Ok(())
}

/// Reads all articles of `store` that this extractor has not read; returns how many it did. `progress` is told of each
/// batch: how many it had, and how many are still waiting. Another process that is at it already is left to it.
///
/// # Errors
/// Where the library cannot be read or written; what was done before that is kept.
pub fn rederive(store: &mut Store, progress: &mut dyn FnMut(usize, usize)) -> Result<usize, StoreError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let (deliver, delivered) = channel();
    let Some(mut run) = Rederivation::begin(store, threads, move |made| deliver.send(made).is_ok())? else {
        tell_rest(store)?;
        return Ok(0);
    };
    run.compared = MANY_COMPARED;
    store.checkpoint_after(Some(LOG_PAGES))?;
    // Others may write while the next batch is extracted: a reader that is open is not kept waiting.
    let mut done = Ok(());
    while done.is_ok() && run.ask(store) {
        let Ok(made) = delivered.recv() else { break };
        done = run.write(store, &made);
        progress(made.len(), run.waiting());
    }
    done = done.and_then(|()| tell_rest(store));
    store.checkpoint_after(None)?;
    done.map(|()| run.written())
}

#[cfg(test)]
#[path = "rederive_tests.rs"]
mod tests;
