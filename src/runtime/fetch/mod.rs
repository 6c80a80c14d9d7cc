//! Fetching feeds: threads ask and read, this one writes. A feed that is slow or dead takes a thread of its own for as long
//! as the limits allow, and holds up no one; what came is listed at once, and is read (facts, search index) afterwards.

mod behind;
mod queue;
mod worker;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Feed, FeedId, NextTry};
use crate::ingest::{Client, Due, Limits, due, when_asked};
use crate::store::{FeedTry, Staged, Store, StoreError, Upsert};
pub(super) use behind::Behind;
use queue::Queue;
use worker::{Bench, Part, Through, Work, host_of, work};

/// Articles of one transaction, at the most.
const BATCH: usize = 512;
/// Parts that wait for the writer.
const WAITING: usize = 4;

/// Which feeds are to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All, because the person asks; but none whose server wants to be left alone.
    All,
    /// Those that are due.
    Due,
    /// These, because the person asks for them.
    These(Vec<FeedId>),
}

/// What is to be fetched, and how.
#[derive(Clone, Debug)]
pub struct Fetching {
    /// Which feeds.
    pub scope: Scope,
    /// How often a feed is fetched that has no interval of its own.
    pub interval: Duration,
    /// Limits.
    pub limits: Limits,
}

/// How far fetching is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchProgress {
    /// Feeds that are through.
    pub done: usize,
    /// Feeds that are fetched in all.
    pub of: usize,
    /// Articles that were not there.
    pub new: usize,
    /// Articles that changed.
    pub updated: usize,
    /// Feeds that could not be read.
    pub failed: usize,
    /// Another process fetches: this one waits until it is through.
    pub waiting: bool,
}

/// What became of one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedReport {
    /// The feed, as it is known now.
    pub feed: Feed,
    /// Whether another process fetched it while this one waited.
    pub elsewhere: bool,
    /// Whether the server said that nothing has changed.
    pub same: bool,
    /// Articles that were not there.
    pub new: usize,
    /// Articles that changed.
    pub updated: usize,
    /// Articles that are as they were.
    pub unchanged: usize,
    /// What was not as it should be, a sentence each.
    pub warnings: Vec<String>,
}

/// Of a feed that nothing is known of yet.
fn report(feed: Feed) -> FeedReport {
    FeedReport { feed, elsewhere: false, same: false, new: 0, updated: 0, unchanged: 0, warnings: Vec::new() }
}

/// Feeds to be tried, and those that are left alone.
fn chosen(feeds: Vec<Feed>, fetching: &Fetching, now: Timestamp) -> Vec<Feed> {
    let wanted = |feed: &Feed| match &fetching.scope {
        Scope::All => when_asked(&feed.state, now).is_due(now),
        Scope::Due => when_due(feed, fetching.interval).is_due(now),
        Scope::These(ids) => ids.contains(&feed.id),
    };
    let mut chosen: Vec<Feed> = feeds.into_iter().filter(wanted).collect();
    // What failed before is asked last: it may take its time.
    chosen.sort_by_key(|feed| feed.state.failures);
    chosen
}

/// Threads that can have work at the same time. A thread more would only keep the memory of a document that it has read.
fn threads(feeds: &[Feed], limits: &Limits) -> usize {
    let pages = feeds.iter().any(|feed| feed.subscription.settings.full_text);
    let mut hosts: HashMap<String, usize> = HashMap::new();
    for feed in feeds {
        let of_host = hosts.entry(host_of(&feed.subscription.address)).or_default();
        *of_host = (*of_host + 1).min(limits.per_host.max(1));
    }
    let useful = hosts.values().sum::<usize>();
    if pages { limits.parallel.max(1) } else { limits.parallel.min(useful).max(1) }
}

/// When a feed is tried next by the schedule.
pub fn next_try(feed: &Feed, interval: Duration) -> NextTry {
    match when_due(feed, interval) {
        Due::Now => NextTry::Now,
        Due::At(time) => NextTry::At(time),
        Due::Never => NextTry::Never,
    }
}

fn when_due(feed: &Feed, interval: Duration) -> Due {
    due(&feed.state, feed.subscription.settings.interval.unwrap_or(interval))
}

/// Fetches feeds into `store`. One process at a time does: this one waits for another, and then leaves out what that one has
/// fetched. `progress` is told after each feed that is through; where it says no, no more are begun and
/// what is under way is dropped. Returns what became of each that was tried.
///
/// # Errors
/// Where the library cannot be written; what was stored before is safe, and is asked for again.
pub fn fetch(
    store: &mut Store,
    fetching: &Fetching,
    now: Timestamp,
    progress: &mut dyn FnMut(&FetchProgress) -> bool,
) -> Result<Vec<FeedReport>, StoreError> {
    let mut since = None;
    let (right, now) = match store.right_to_fetch() {
        Ok(right) => (right, now),
        Err(taken) => {
            if !progress(&FetchProgress { waiting: true, ..FetchProgress::default() }) {
                return Ok(Vec::new());
            }
            since = taken.note().and_then(|note| Timestamp::from_microsecond(note.parse().ok()?).ok());
            (taken.wait(), Timestamp::now().max(now))
        }
    };
    // As exactly as the library keeps when a feed was tried.
    right.note(&now.as_microsecond().to_string());
    let feeds = chosen(store.feeds()?, fetching, now);
    let is_done = |feed: &Feed| since.is_some() && feed.state.tried >= since;
    let (elsewhere, feeds): (Vec<Feed>, Vec<Feed>) = feeds.into_iter().partition(is_done);
    let reports = elsewhere.into_iter().map(|feed| FeedReport { elsewhere: true, ..report(feed) }).collect();
    let mut told = FetchProgress { of: feeds.len(), ..FetchProgress::default() };
    if feeds.is_empty() || !progress(&told) {
        return Ok(reports);
    }
    let limits = fetching.limits;
    let queue = Queue::new(limits.per_host);
    for (at, feed) in feeds.iter().enumerate() {
        queue.add(&host_of(&feed.subscription.address), Work::Feed(at));
    }
    let bench = Arc::new(Bench { client: Client::new(limits), feeds, queue, now });
    let (sink, parts) = sync_channel(WAITING);
    for _ in 0..threads(&bench.feeds, &limits) {
        let (bench, sink) = (Arc::clone(&bench), sink.clone());
        std::thread::spawn(move || work(&bench, &sink));
    }
    drop(sink);
    let mut writer = Writer::new(store, &bench, reports);
    let done = writer.run(&parts, &mut |writer| {
        told = writer.progress();
        progress(&told)
    });
    bench.queue.close();
    done?;
    Ok(writer.reports)
}

/// Stores what comes.
struct Writer<'a> {
    store: &'a mut Store,
    bench: &'a Arc<Bench>,
    reports: Vec<FeedReport>,
    /// Feeds that are through, by their place.
    through: Vec<bool>,
    /// Pages that are still on their way, by feed.
    pages: Vec<usize>,
    /// Articles that were not written yet, and their feeds.
    batch: Vec<Staged>,
    of: Vec<usize>,
    /// Tries whose articles are stored, or are in the batch.
    tries: Vec<FeedTry>,
    ended: usize,
    failed: usize,
}

impl<'a> Writer<'a> {
    /// Behind the feeds of the bench stand those that were fetched elsewhere.
    fn new(store: &'a mut Store, bench: &'a Arc<Bench>, elsewhere: Vec<FeedReport>) -> Self {
        let ended = elsewhere.len();
        Self {
            store,
            bench,
            reports: bench.feeds.iter().cloned().map(report).chain(elsewhere).collect(),
            through: vec![false; bench.feeds.len()],
            pages: vec![0; bench.feeds.len()],
            batch: Vec::new(),
            of: Vec::new(),
            tries: Vec::new(),
            ended,
            failed: 0,
        }
    }

    fn progress(&self) -> FetchProgress {
        FetchProgress {
            done: self.ended,
            of: self.reports.len(),
            new: self.reports.iter().map(|report| report.new).sum(),
            updated: self.reports.iter().map(|report| report.updated).sum(),
            failed: self.failed,
            waiting: false,
        }
    }

    /// Writes until all feeds are through, or `tell` says no.
    fn run(&mut self, parts: &Receiver<Part>, tell: &mut dyn FnMut(&Self) -> bool) -> Result<(), StoreError> {
        while self.ended < self.reports.len() {
            let Ok(part) = parts.recv() else { break };
            let before = self.ended;
            self.take(part)?;
            // What waits already goes into the same transaction.
            while self.batch.len() < BATCH {
                let Ok(part) = parts.try_recv() else { break };
                self.take(part)?;
            }
            self.flush()?;
            if self.ended > before && !tell(self) {
                break;
            }
        }
        Ok(())
    }

    fn take(&mut self, part: Part) -> Result<(), StoreError> {
        match part {
            Part::Moved(at, address) => {
                if let Some(report) = self.reports.get_mut(at) {
                    report.feed.id = self.store.move_feed(report.feed.id, &address)?;
                    report.feed.subscription.address = address;
                }
            }
            Part::Articles(at, articles) => {
                self.of.extend(articles.iter().map(|_| at));
                self.batch.extend(articles);
            }
            Part::Summaries(at, entries) => self.ask_for_pages(at, entries)?,
            Part::Page(at, staged, note) => {
                self.batch.push(*staged?);
                self.of.push(at);
                if let (Some(note), Some(report)) = (note, self.reports.get_mut(at)) {
                    report.warnings.push(note);
                }
                if let Some(pages) = self.pages.get_mut(at) {
                    *pages = pages.saturating_sub(1);
                }
                self.end(at);
            }
            Part::Through(at, through) => self.through(at, *through),
            Part::Failed(error) => return Err(error),
        }
        Ok(())
    }

    /// Asks for the pages of entries that the library does not have; those that it has stay as they are.
    fn ask_for_pages(&mut self, at: usize, entries: Vec<crate::ingest::Incoming>) -> Result<(), StoreError> {
        for incoming in entries {
            let known = self.store.find_origin(&incoming.origin)?.is_some();
            if known {
                if let Some(report) = self.reports.get_mut(at) {
                    report.unchanged += 1;
                }
            } else if let Some(pages) = self.pages.get_mut(at) {
                *pages += 1;
                let host = host_of(incoming.entry.url.as_deref().unwrap_or_default());
                self.bench.queue.add(&host, Work::Page(at, Box::new(incoming)));
            }
        }
        Ok(())
    }

    fn through(&mut self, at: usize, through: Through) {
        let Through { state, head, warnings, same } = through;
        if let Some(report) = self.reports.get_mut(at) {
            report.same = same;
            report.warnings.extend(warnings);
            self.failed += usize::from(state.error.is_some());
            report.feed.state = state;
            let head = head.unwrap_or_default();
            let own = &mut report.feed.subscription;
            own.title = head.title.or_else(|| own.title.take());
            own.site = head.site.or_else(|| own.site.take());
        }
        if let Some(own) = self.through.get_mut(at) {
            *own = true;
        }
        self.end(at);
    }

    /// A feed has ended once it is through and its pages are in: only then is kept what the next document is asked for
    /// with.
    fn end(&mut self, at: usize) {
        let (Some(true), Some(0), Some(report)) =
            (self.through.get(at), self.pages.get(at), self.reports.get(at))
        else {
            return;
        };
        self.ended += 1;
        let FeedReport { feed, .. } = report;
        let own = &feed.subscription;
        self.tries.push(FeedTry {
            id: feed.id,
            state: feed.state.clone(),
            title: own.title.clone(),
            site: own.site.clone(),
        });
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        for batch in 0..self.batch.len().div_ceil(BATCH) {
            let from = batch * BATCH;
            let some = self.batch.get(from..self.batch.len().min(from + BATCH)).unwrap_or(&[]);
            let outcomes = self.store.stage(some)?;
            for (outcome, at) in outcomes.iter().zip(self.of.iter().skip(from)) {
                let Some(report) = self.reports.get_mut(*at) else { continue };
                match outcome {
                    Upsert::New(_) => report.new += 1,
                    Upsert::Updated(_) => report.updated += 1,
                    Upsert::Unchanged(_) => report.unchanged += 1,
                }
            }
        }
        self.batch.clear();
        self.of.clear();
        if !self.tries.is_empty() {
            self.store.record_tries(&self.tries)?;
            self.tries.clear();
        }
        Ok(())
    }
}
