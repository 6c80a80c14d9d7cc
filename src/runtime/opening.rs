//! Opening the library that the reader was started for: the person's own, one made of arguments, or one in memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;

use jiff::Timestamp;

use super::import::{Order, Source, Summary, import};
use super::reader::ReaderError;
use crate::app::{Event, Imported, Library};
use crate::store::{Store, touch_temporary};

/// Days that a temporary library is kept after its last use.
const TEMPORARY_DAYS: u32 = 30;

/// Kilobytes of the library that the reader keeps in memory, besides those of its shelf.
const PAGES: u32 = 4096;

/// Where what happens behind the reader is told.
pub(super) type Sink = Arc<dyn Fn(Event) + Send + Sync>;

/// Which library the reader opens.
#[derive(Debug)]
pub enum LibrarySource {
    /// The person's own.
    Own,
    /// A library of the state folder for these arguments.
    Temporary {
        /// Its file.
        file: PathBuf,
        /// What to read into it.
        sources: Vec<Source>,
    },
    /// None: an empty one in memory, where only the screen is wanted.
    Nothing,
    /// A library in memory, for standard input.
    Memory {
        /// What to read into it.
        sources: Vec<Source>,
    },
}

/// Opens the library that was asked for; one made of arguments with at least one article in it. Returns also what
/// could not be read so far.
pub(super) fn open_library(
    library: LibrarySource,
    own: &Path,
    sink: &Sink,
) -> Result<(Store, Library, Vec<String>), ReaderError> {
    match library {
        LibrarySource::Own => {
            let store = Store::open(own)?;
            store.keep_pages(PAGES)?;
            Ok((store, Library::Own, Vec::new()))
        }
        LibrarySource::Nothing => Ok((Store::open_in_memory()?, Library::Temporary, Vec::new())),
        LibrarySource::Memory { sources } => {
            let mut store = Store::open_in_memory()?;
            let summary = import(&mut store, sources, Order::AsGiven, Timestamp::now(), &mut |_| {})?;
            if summary.articles() == 0 {
                return Err(ReaderError::NothingToRead(nothing(summary.failed)));
            }
            Ok((store, Library::Temporary, summary.failed))
        }
        LibrarySource::Temporary { file, sources } => {
            let store = Store::open(&file)?;
            // Reading alone leaves no trace for the sweep; a library whose time cannot be set is swept a little early.
            let _ = touch_temporary(&file, Timestamp::now());
            // What it holds from an earlier time is shown at once.
            let holds = store.counts()?.all > 0;
            import_behind(file, sources, sink.clone(), holds)?;
            Ok((store, Library::Temporary, Vec::new()))
        }
    }
}

/// Reads into a temporary library on a worker of its own; returns once the first articles are in, so that the reader
/// has something to open on. The rest is told to the loop.
fn import_behind(file: PathBuf, sources: Vec<Source>, sink: Sink, holds: bool) -> Result<(), ReaderError> {
    let (first, wait) = channel();
    std::thread::spawn(move || {
        let mut told = holds;
        let mut tell = |summary: &Summary, finished: bool| {
            if !told {
                told = finished || summary.articles() > 0;
                let _ = first.send((summary.clone(), finished));
            } else {
                let changed = summary.new + summary.updated;
                let event = Imported { changed, failed: summary.failed.clone(), finished };
                sink(Event::Imported(event));
            }
        };
        let done = Store::open(&file).and_then(|mut store| {
            let now = Timestamp::now();
            import(&mut store, sources, Order::AsGiven, now, &mut |summary| tell(summary, false))
        });
        let mut last = Summary::default();
        if let Err(error) = done {
            last.failed.push(error.to_string());
        }
        tell(&last, true);
        if let Some(folder) = file.parent() {
            // Old libraries that cannot be removed are tried again the next time.
            let _ = crate::store::sweep_temporary(folder, TEMPORARY_DAYS, Timestamp::now());
        }
    });
    if holds {
        return Ok(());
    }
    let mut failed = Vec::new();
    while let Ok((summary, finished)) = wait.recv() {
        failed.extend(summary.failed.iter().cloned());
        if summary.articles() > 0 {
            return Ok(());
        }
        if finished {
            break;
        }
    }
    Err(ReaderError::NothingToRead(nothing(failed)))
}

/// What to say where nothing could be read.
fn nothing(failed: Vec<String>) -> Vec<String> {
    if failed.is_empty() { vec!["found nothing to read in what was given".to_owned()] } else { failed }
}
