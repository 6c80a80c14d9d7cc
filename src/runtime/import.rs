//! Bringing what is outside into a library: read, extract, fold, store. One transaction a batch; one bad file costs one
//! sentence.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::extract::{EXTRACTOR_VERSION, extract};
use crate::ingest::{self, Client, Incoming, IngestError};
use crate::store::{NewArticle, Store, StoreError, Upsert};
use crate::text::fold;

/// Articles of one transaction.
const BATCH: usize = 64;
/// Articles of the first one.
const FIRST_BATCH: usize = 8;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were not there.
    pub new: usize,
    /// Articles whose body changed.
    pub updated: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
    /// What could not be read, one sentence each.
    pub failed: Vec<String>,
    /// What was read, but not as it should have been.
    pub warnings: Vec<String>,
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
        self.failed.extend(other.failed);
        self.warnings.extend(other.warnings);
    }
}

/// Where an import reads from.
#[derive(Debug)]
pub enum Source {
    /// A file, or a folder and all below it.
    Path(PathBuf),
    /// The bytes of standard input.
    Stdin(Vec<u8>),
    /// newsboat's cache database.
    Newsboat(PathBuf),
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

/// Reads `sources` into `store`. `progress` is told of each batch as soon as it is safe.
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
    let mut import = Import {
        store,
        order,
        now,
        // The library takes 0 for no rank.
        rank: 1,
        batch: Vec::new(),
        pending: Summary::default(),
        total: Summary::default(),
        error: None,
        progress,
    };
    for source in sources {
        match source {
            Source::Path(path) => ingest::read_path(&path, &mut |incoming| import.take(incoming)),
            Source::Stdin(bytes) => ingest::read_stdin(bytes, &mut |incoming| import.take(incoming)),
            Source::Newsboat(cache) => ingest::read_newsboat(&cache, &mut |incoming| import.take(incoming)),
            Source::Url(url, client) => {
                ingest::read_url(&client, &url, now, &mut |incoming| import.take(incoming));
            }
        }
    }
    import.flush();
    match import.error {
        Some(error) => Err(error),
        None => Ok(import.total),
    }
}

struct Import<'a> {
    store: &'a mut Store,
    order: Order,
    now: Timestamp,
    rank: i64,
    batch: Vec<NewArticle>,
    pending: Summary,
    total: Summary,
    error: Option<StoreError>,
    progress: &'a mut dyn FnMut(&Summary),
}

impl Import<'_> {
    fn take(&mut self, incoming: Result<Incoming, IngestError>) {
        if self.error.is_some() {
            return;
        }
        match incoming {
            Ok(incoming) if self.is_current(&incoming) => {
                self.rank += 1;
                self.pending.unchanged += 1;
            }
            Ok(incoming) => {
                let (article, warnings) = derive(incoming, self.order, self.rank, self.now);
                self.rank += 1;
                self.pending.warnings.extend(warnings);
                self.batch.push(article);
            }
            Err(error) => self.pending.failed.push(error.to_string()),
        }
        // The first articles are safe, and can be shown, before the rest is read.
        let full = if self.total.articles() == 0 { FIRST_BATCH } else { BATCH };
        if self.batch.len() >= full {
            self.flush();
        }
    }

    /// Whether the library has the article as it is. Where that cannot be told, storing it will say why.
    fn is_current(&self, incoming: &Incoming) -> bool {
        let Incoming { origin, entry, body, .. } = incoming;
        let rank = (self.order == Order::AsGiven).then_some(self.rank);
        self.store.is_current(origin, entry, body, EXTRACTOR_VERSION, rank).unwrap_or(false)
    }

    fn flush(&mut self) {
        if self.error.is_some() {
            return;
        }
        match self.store.upsert_all(&self.batch) {
            Ok(upserts) => {
                for upsert in upserts {
                    match upsert {
                        Upsert::New(_) => self.pending.new += 1,
                        Upsert::Updated(_) => self.pending.updated += 1,
                        Upsert::Unchanged(_) => self.pending.unchanged += 1,
                    }
                }
                self.batch.clear();
                let pending = std::mem::take(&mut self.pending);
                (self.progress)(&pending);
                self.total.add(pending);
            }
            Err(error) => self.error = Some(error),
        }
    }
}

/// Makes what the library keeps of what came in.
pub(super) fn derive(
    incoming: Incoming,
    order: Order,
    rank: i64,
    now: Timestamp,
) -> (NewArticle, Vec<String>) {
    let extracted = extract(&incoming.entry, &incoming.body);
    let name = origin_name(&incoming);
    let warnings = extracted.warnings.iter().map(|warning| format!("{name}: {}", warning.0)).collect();
    let article = NewArticle {
        folded: fold::fold(&extracted.article.text),
        article: extracted.article,
        facts: extracted.facts,
        extractor_version: EXTRACTOR_VERSION,
        rank: (order == Order::AsGiven).then_some(rank),
        received: now,
        modified: incoming.modified,
        origin: incoming.origin,
        entry: incoming.entry,
        body: incoming.body,
    };
    (article, warnings)
}

/// A short name of where an article came from, for warnings.
fn origin_name(incoming: &Incoming) -> String {
    use crate::article::Origin;
    match &incoming.origin {
        Origin::File(path) => file_name(path),
        Origin::Feed { feed, .. } => file_name(feed),
        Origin::Url(url) => url.clone(),
        Origin::Stdin(_) => "standard input".to_owned(),
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}
