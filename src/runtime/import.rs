//! Bringing what is outside into a library. What declares its title is stored and listed at once, and read behind
//! (`rederive.rs`); what does not is read first. One thread reads and packs, the other writes; one transaction a batch; one
//! bad file costs one sentence.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use jiff::Timestamp;

use super::rederive::derived;
use crate::article::{Marks, Origin};
use crate::extract::{EXTRACTOR_VERSION, extract};
use crate::ingest::{self, Client, Export, Exported, Incoming, IngestError, Limits};
use crate::store::{JournalContext, NewArticle, NewDerived, PackedBody, Staged, Store, StoreError, Upsert};

/// Articles of one transaction.
const BATCH: usize = 256;
/// Articles of the first one: they are safe, and can be shown, before the rest is read.
const FIRST_BATCH: usize = 8;
/// Articles that are read first, of one transaction: reading them takes longer.
const READ_BATCH: usize = 64;
/// Articles that are ready before the library takes them.
const READY: usize = 512;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were not there.
    pub new: usize,
    /// Articles whose body changed.
    pub updated: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
    /// Bytes of their bodies.
    pub bytes: u64,
    /// What could not be read, one sentence each.
    pub failed: Vec<String>,
    /// What was read, but not as it should have been.
    pub warnings: Vec<String>,
    /// What exports say that the person had decided; [`mark`] adds it.
    pub marks: Vec<(Origin, Marks)>,
}

impl Summary {
    /// Articles that are now in the library because of it.
    pub fn articles(&self) -> usize {
        self.new + self.updated + self.unchanged
    }

    fn add(&mut self, other: Summary) {
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.bytes += other.bytes;
        self.failed.extend(other.failed);
        self.warnings.extend(other.warnings);
        self.marks.extend(other.marks);
    }

    fn count(&mut self, upserts: &[Upsert]) {
        for upsert in upserts {
            match upsert {
                Upsert::New(_) => self.new += 1,
                Upsert::Updated(_) => self.updated += 1,
                Upsert::Unchanged(_) => self.unchanged += 1,
            }
        }
    }
}

/// Where an import reads from.
#[derive(Debug)]
pub enum Source {
    /// A file, or a folder and all below it.
    Path(PathBuf, Limits),
    /// The bytes of standard input.
    Stdin(Vec<u8>, Limits),
    /// newsboat's cache database.
    Newsboat(PathBuf),
    /// Articles of a library.
    Export(Export),
    /// A page or a feed of the web, and who fetches it.
    Url(Box<url::Url>, Arc<Client>),
}

/// Whether articles keep the order in which they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Newest first (the person's library).
    ByDate,
    /// As given (a temporary library).
    AsGiven,
}

/// Reads `sources` into `store`. `progress` is told of each batch as soon as it is safe. Articles that declared a title are
/// listed then, and are to be read by [`rederive`](super::rederive).
///
/// # Errors
/// Where the library cannot be written; batches before that are in it. What cannot be read is no error of the import:
/// it is in the summary.
pub fn import(
    store: &mut Store,
    sources: Vec<Source>,
    order: Order,
    now: Timestamp,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, StoreError> {
    let (ready, taken) = sync_channel(READY);
    let mut import = Import {
        store,
        staged: Vec::new(),
        read: Vec::new(),
        pending: Summary::default(),
        total: Summary::default(),
        progress,
    };
    std::thread::scope(|scope| {
        scope.spawn(move || read_sources(sources, order, now, &ready));
        // Where this ends early the reading thread's next send fails, and it ends, too.
        import.take_all(taken)
    })?;
    Ok(import.total)
}

/// Adds to the articles of an import what its exports say that had been decided of them, as one journal entry; how many
/// articles were changed by that.
///
/// # Errors
/// Where the library cannot be read or written.
pub fn mark(store: &mut Store, summary: &Summary, context: &JournalContext<'_>) -> Result<usize, StoreError> {
    let mut marks = Vec::with_capacity(summary.marks.len());
    for (origin, own) in &summary.marks {
        marks.extend(store.find_origin(origin)?.map(|id| (id, own.clone())));
    }
    Ok(store.add_marks(&marks, context)?.changed.len())
}

/// Something that came in, ready for the library.
enum Arrived {
    /// It can be listed as it is.
    Staged(Box<Staged>),
    /// It has to be read before there is anything to list: what, its rank, and when it came in.
    Unread(Box<Incoming>, Option<i64>, Timestamp),
    /// It is of an export: what it is, what had been decided of it, and itself. What is there already stays as it is.
    Exported(Box<(Origin, Marks, Arrived)>),
    /// It could not be read, or not be packed.
    Failed(String),
}

/// Reads all sources and hands on what came in, until nobody takes it any more.
fn read_sources(sources: Vec<Source>, order: Order, now: Timestamp, ready: &SyncSender<Arrived>) {
    let mut reading = Reading { ready, order, now, rank: 0, open: true };
    for source in sources {
        match source {
            Source::Path(path, limits) => {
                ingest::read_path(&path, &limits, &mut |outcome| reading.take(outcome));
            }
            Source::Stdin(bytes, limits) => {
                ingest::read_stdin(bytes, &limits, &mut |outcome| reading.take(outcome));
            }
            Source::Newsboat(cache) => ingest::read_newsboat(&cache, &mut |outcome| reading.take(outcome)),
            Source::Url(url, client) => {
                ingest::read_url(&client, &url, now, &mut |outcome| reading.take(outcome));
            }
            Source::Export(export) => export.read(now, &mut |outcome| reading.take_exported(outcome)),
        }
    }
}

/// The thread that reads.
struct Reading<'a> {
    ready: &'a SyncSender<Arrived>,
    order: Order,
    now: Timestamp,
    rank: i64,
    open: bool,
}

impl Reading<'_> {
    fn take(&mut self, outcome: Result<Incoming, IngestError>) {
        let arrived = match outcome {
            Ok(incoming) => self.ready_made(incoming, self.now),
            Err(error) => Arrived::Failed(error.to_string()),
        };
        self.hand_on(arrived);
    }

    fn take_exported(&mut self, outcome: Result<Exported, IngestError>) {
        let arrived = match outcome {
            Ok(Exported { incoming, received, marks }) => {
                let origin = incoming.origin.clone();
                let arrived = self.ready_made(incoming, received.unwrap_or(self.now));
                match self.order {
                    Order::ByDate => Arrived::Exported(Box::new((origin, marks, arrived))),
                    Order::AsGiven => arrived,
                }
            }
            Err(error) => Arrived::Failed(error.to_string()),
        };
        self.hand_on(arrived);
    }

    /// Does all to what came in that needs no library.
    fn ready_made(&mut self, incoming: Incoming, received: Timestamp) -> Arrived {
        // The library takes 0 for no rank.
        self.rank += 1;
        ready_made(incoming, (self.order == Order::AsGiven).then_some(self.rank), received)
    }

    fn hand_on(&mut self, arrived: Arrived) {
        self.open = self.open && self.ready.send(arrived).is_ok();
    }
}

/// Does all to what came in that needs no library.
fn ready_made(incoming: Incoming, rank: Option<i64>, received: Timestamp) -> Arrived {
    if incoming.entry.title.as_deref().is_none_or(|title| title.trim().is_empty()) {
        return Arrived::Unread(Box::new(incoming), rank, received);
    }
    let name = origin_name(&incoming.origin);
    match staged(incoming, rank, received) {
        Ok(staged) => Arrived::Staged(Box::new(staged)),
        Err(error) => Arrived::Failed(format!("{name}: {error}")),
    }
}

/// What came in, packed: to be listed as it is and read behind.
///
/// # Errors
/// Where there is no memory to pack it.
pub(super) fn staged(
    incoming: Incoming,
    rank: Option<i64>,
    received: Timestamp,
) -> Result<Staged, StoreError> {
    let body = PackedBody::of(&incoming.body)?;
    let Incoming { origin, entry, modified, .. } = incoming;
    Ok(Staged { origin, entry, body, rank, received, modified })
}

struct Import<'a> {
    store: &'a mut Store,
    staged: Vec<Staged>,
    read: Vec<NewArticle>,
    pending: Summary,
    total: Summary,
    progress: &'a mut dyn FnMut(&Summary),
}

impl Import<'_> {
    fn take_all(&mut self, arrived: Receiver<Arrived>) -> Result<(), StoreError> {
        for arrived in arrived {
            self.take(arrived)?;
            let first = self.total.articles() == 0;
            let (most, most_read) = if first { (FIRST_BATCH, FIRST_BATCH) } else { (BATCH, READ_BATCH) };
            if self.staged.len() >= most || self.read.len() >= most_read {
                self.flush()?;
            }
        }
        self.flush()
    }

    fn take(&mut self, arrived: Arrived) -> Result<(), StoreError> {
        match arrived {
            Arrived::Staged(staged) => {
                self.pending.bytes += staged.body.size();
                self.staged.push(*staged);
            }
            Arrived::Unread(incoming, rank, received) => {
                let Incoming { origin, entry, body, .. } = &*incoming;
                self.pending.bytes += u64::try_from(body.bytes.len()).unwrap_or(u64::MAX);
                if self.store.is_current(origin, entry, body, EXTRACTOR_VERSION, rank)? {
                    self.pending.unchanged += 1;
                } else {
                    let (article, warnings) = read(*incoming, rank, received);
                    self.pending.warnings.extend(warnings);
                    self.read.push(article);
                }
            }
            Arrived::Exported(exported) => {
                let (origin, marks, arrived) = *exported;
                let known = self.store.find_origin(&origin)?.is_some();
                if marks != Marks::default() {
                    self.pending.marks.push((origin, marks));
                }
                if !known {
                    return self.take(arrived);
                }
                self.pending.unchanged += 1;
            }
            Arrived::Failed(sentence) => self.pending.failed.push(sentence),
        }
        Ok(())
    }

    /// Stores what has come in so far, and tells of it.
    fn flush(&mut self) -> Result<(), StoreError> {
        if !self.staged.is_empty() {
            self.pending.count(&self.store.stage(&self.staged)?);
            self.staged.clear();
        }
        if !self.read.is_empty() {
            self.pending.count(&self.store.upsert_all(&self.read)?);
            self.read.clear();
        }
        let pending = std::mem::take(&mut self.pending);
        (self.progress)(&pending);
        self.total.add(pending);
        Ok(())
    }
}

/// Reads what came in; returns also what was not as it should have been.
fn read(incoming: Incoming, rank: Option<i64>, received: Timestamp) -> (NewArticle, Vec<String>) {
    let extracted = extract(&incoming.entry, &incoming.body);
    let name = origin_name(&incoming.origin);
    let warnings = extracted.warnings.iter().map(|warning| format!("{name}: {}", warning.0)).collect();
    let NewDerived { article, facts, extractor_version, index, sketch } = derived(extracted);
    let article = NewArticle {
        index,
        sketch,
        article,
        facts,
        extractor_version,
        rank,
        received,
        modified: incoming.modified,
        origin: incoming.origin,
        entry: incoming.entry,
        body: incoming.body,
    };
    (article, warnings)
}

/// A short name of where an article came from, for warnings.
fn origin_name(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => file_name(path),
        Origin::Feed { feed, .. } => file_name(feed),
        Origin::Url(url) => url.clone(),
        Origin::Stdin(_) => "standard input".to_owned(),
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}
