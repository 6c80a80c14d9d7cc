//! Deriving stored articles again by a newer extractor: from their bodies, newest first, without network, in batches that
//! are short for whoever else wants to write. Each batch is one transaction, so a kill costs one batch; what is left is
//! found by the extractor's version. The librarian runs it behind the reader, [`rederive`] without one.

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use crate::article::{ArticleId, Body, Entry};
use crate::extract::{EXTRACTOR_VERSION, extract};
use crate::store::{NewDerived, Remade, Store, StoreError};
use crate::text::fold;

/// How long others may be kept from writing, as a rule.
const HELD: Duration = Duration::from_millis(6);

/// Articles of a batch at the most.
const MOST: usize = 32;

/// Bytes of bodies in a batch after which no more are added.
const MOST_BYTES: usize = 1 << 20;

/// A body to derive from.
type Job = (ArticleId, Entry, Body);

/// A run over all articles that an earlier extractor made.
#[derive(Debug)]
pub(super) struct Rederivation {
    /// What is still to be done, the newest last.
    waiting: Vec<ArticleId>,
    jobs: Sender<Vec<Job>>,
    batch: usize,
    written: usize,
}

impl Rederivation {
    /// Begins a run: starts the thread that extracts, which hands each batch to `deliver` until that answers false.
    /// Nothing where no article is old.
    pub(super) fn begin(
        store: &Store,
        deliver: impl Fn(Vec<Remade>) -> bool + Send + 'static,
    ) -> Result<Option<Self>, StoreError> {
        let mut waiting = store.stale(EXTRACTOR_VERSION, usize::MAX)?;
        if waiting.is_empty() {
            return Ok(None);
        }
        waiting.reverse();
        let (jobs, asked) = channel::<Vec<Job>>();
        std::thread::spawn(move || {
            while let Ok(batch) = asked.recv() {
                if !deliver(batch.into_iter().map(remade).collect()) {
                    return;
                }
            }
        });
        Ok(Some(Self { waiting, jobs, batch: 1, written: 0 }))
    }

    /// Sends the next bodies to be extracted; whether there were any. An article whose body cannot be read is left as
    /// it is.
    pub(super) fn ask(&mut self, store: &Store) -> bool {
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
        !batch.is_empty() && self.jobs.send(batch).is_ok()
    }

    /// Stores a batch, and makes the next one as large as fits the time that others may be kept waiting.
    pub(super) fn write(&mut self, store: &mut Store, made: &[Remade]) -> Result<(), StoreError> {
        let done = store.rederive(made)?;
        self.written += done.written;
        self.batch = next_batch(made.len(), done.held);
        Ok(())
    }

    /// Articles that were written so far.
    pub(super) fn written(&self) -> usize {
        self.written
    }
}

/// The size of a batch, where the last one of `articles` took so long: twice as large at the most.
fn next_batch(articles: usize, held: Duration) -> usize {
    let fits = HELD.as_micros().saturating_mul(articles as u128) / held.as_micros().max(1);
    usize::try_from(fits).unwrap_or(MOST).clamp(1, (articles * 2).clamp(1, MOST))
}

/// An article made again.
fn remade((id, entry, body): Job) -> Remade {
    let extracted = extract(&entry, &body);
    let derived = NewDerived {
        folded: fold::fold(&extracted.article.text),
        article: extracted.article,
        facts: extracted.facts,
        extractor_version: EXTRACTOR_VERSION,
    };
    Remade { id, entry, body, derived }
}

/// Derives all articles of `store` again that an earlier extractor made; returns how many were. `progress` is told of
/// each batch.
///
/// # Errors
/// Where the library cannot be read or written; what was done before that is kept.
pub fn rederive(store: &mut Store, progress: &mut dyn FnMut(usize)) -> Result<usize, StoreError> {
    let (deliver, delivered) = channel();
    let Some(mut run) = Rederivation::begin(store, move |made| deliver.send(made).is_ok())? else {
        return Ok(0);
    };
    // Others may write while the next batch is extracted: a reader that is open is not kept waiting.
    while run.ask(store) {
        let Ok(made) = delivered.recv() else { break };
        run.write(store, &made)?;
        progress(made.len());
    }
    Ok(run.written())
}

#[cfg(test)]
#[path = "rederive_tests.rs"]
mod tests;
