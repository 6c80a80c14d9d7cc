//! Files and folders. A folder is read in the order of its names, all the way down; links are not followed in circles.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::WalkDir;

use super::exported::read_lines;
use super::sniff::{Kind, is_candidate, is_doubtful, kind};
use super::{Document, Incoming, IngestError, Limits, MAX_FILE_BYTES, body, hash, read_feed};
use crate::article::{Entry, Origin};

/// Takes what comes in.
type Sink<'s> = &'s mut dyn FnMut(Result<Incoming, IngestError>);

/// Reads a file, or a folder and all below it: each article, and each thing that could not be read, goes to `sink`. Of a feed
/// so many entries are read as `limits` say.
pub fn read_path(path: &Path, limits: &Limits, sink: Sink<'_>) {
    let Ok(metadata) = fs::metadata(path) else {
        let missing = IngestError::Missing { path: shown(path) };
        let error = match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => unreadable(path, &error),
            _ => missing,
        };
        return sink(Err(error));
    };
    if metadata.is_dir() { read_folder(path, limits, sink) } else { read_file(path, limits, true, sink) }
}

/// The bytes of a list of feeds (OPML); nothing where `path` is something else, or cannot be read.
pub fn list_of_feeds(path: &Path) -> Option<Vec<u8>> {
    if !path.is_file() {
        return None;
    }
    let (bytes, _) = read(path).ok()?;
    matches!(kind(Some(path), &bytes), Kind::Feeds).then_some(bytes)
}

/// Bytes of a file, or of all files in a folder that may hold something to read; 0 where that cannot be told.
pub fn size_of(path: &Path) -> u64 {
    let files = WalkDir::new(path).follow_links(true).into_iter().flatten();
    let candidates = files
        .filter(|entry| entry.file_type().is_file() && (entry.depth() == 0 || is_candidate(entry.path())));
    candidates.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// Reads standard input's bytes as one document.
pub fn read_stdin(bytes: Vec<u8>, limits: &Limits, sink: Sink<'_>) {
    let name = "standard input";
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return sink(Err(too_large(name, u64::try_from(bytes.len()).unwrap_or(u64::MAX))));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return sink(Err(IngestError::Empty { path: name.to_owned() }));
    }
    match kind(None, &bytes) {
        Kind::Binary(kind) => sink(Err(IngestError::Binary { path: name.to_owned(), kind })),
        Kind::Feed => feed(name, &bytes, None, limits, sink),
        Kind::Feeds => sink(Err(IngestError::ListOfFeeds { path: name.to_owned() })),
        Kind::Export => export(name, &bytes, sink),
        Kind::Article(format) => {
            let origin = Origin::Stdin(hash(&bytes));
            sink(Ok(Incoming { origin, entry: Entry::default(), body: body(bytes, format), modified: None }));
        }
    }
}

fn read_folder(folder: &Path, limits: &Limits, sink: Sink<'_>) {
    let mut found = 0usize;
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_candidate(entry.path()) => {
                found += 1;
                read_file(entry.path(), limits, false, sink);
            }
            Ok(_) => {}
            Err(error) => {
                // A circle of links is passed over; what cannot be entered is told.
                if error.loop_ancestor().is_none() {
                    found += 1;
                    let path = error.path().map_or_else(|| shown(folder), shown);
                    let reason = error.io_error().map_or_else(|| error.to_string(), reason_of);
                    sink(Err(IngestError::Unreadable { path, reason }));
                }
            }
        }
    }
    if found == 0 {
        sink(Err(IngestError::EmptyFolder { path: shown(folder) }));
    }
}

/// Reads a file; `named` where the person named it, so that it is always worth a word.
fn read_file(path: &Path, limits: &Limits, named: bool, sink: Sink<'_>) {
    let (bytes, modified) = match read(path) {
        Ok(read) => read,
        Err(error) => return sink(Err(error)),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return sink(Err(IngestError::Empty { path: shown(path) }));
    }
    match kind(Some(path), &bytes) {
        Kind::Binary(kind) => sink(Err(IngestError::Binary { path: shown(path), kind })),
        Kind::Feed => feed(&absolute(path), &bytes, modified, limits, sink),
        Kind::Feeds => sink(Err(IngestError::ListOfFeeds { path: shown(path) })),
        Kind::Export => export(&shown(path), &bytes, sink),
        // Data of other programs that lies in a folder is no article.
        Kind::Article(_) if !named && is_doubtful(path) => {}
        Kind::Article(format) => {
            let origin = Origin::File(absolute(path));
            sink(Ok(Incoming { origin, entry: Entry::default(), body: body(bytes, format), modified }));
        }
    }
}

/// Reads the articles of an export, without what had been decided of them.
fn export(name: &str, bytes: &[u8], sink: Sink<'_>) {
    read_lines(name, bytes, Timestamp::now(), &mut |outcome| {
        sink(outcome.map(|exported| exported.incoming));
    });
}

/// Reads a feed that is a file.
fn feed(name: &str, bytes: &[u8], modified: Option<Timestamp>, limits: &Limits, sink: Sink<'_>) {
    let now = Timestamp::now();
    let document = Document { name, bytes, charset: None, address: None, now, modified };
    let read = read_feed(&document, limits, &mut |incoming| sink(Ok(incoming)));
    match read {
        Ok(read) if read.entries == 0 => sink(Err(IngestError::EmptyFeed { path: name.to_owned() })),
        Ok(read) => read.warnings.into_iter().for_each(|said| sink(Err(IngestError::Partly(said)))),
        Err(error) => sink(Err(error)),
    }
}

fn read(path: &Path) -> Result<(Vec<u8>, Option<Timestamp>), IngestError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
    if metadata.len() > MAX_FILE_BYTES {
        return Err(too_large(&shown(path), metadata.len()));
    }
    let mut bytes = Vec::new();
    // A pipe or a growing file has no size of its own: the limit holds all the same.
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_FILE_BYTES {
        return Err(too_large(&shown(path), MAX_FILE_BYTES + 1));
    }
    let modified = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    Ok((bytes, modified))
}

fn unreadable(path: &Path, error: &std::io::Error) -> IngestError {
    match error.kind() {
        std::io::ErrorKind::NotFound => IngestError::Missing { path: shown(path) },
        _ => IngestError::Unreadable { path: shown(path), reason: reason_of(error) },
    }
}

/// What the system said, without its number.
fn reason_of(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

fn too_large(path: &str, bytes: u64) -> IngestError {
    IngestError::TooLarge {
        path: path.to_owned(),
        size: bytes.div_ceil(1 << 20),
        limit: MAX_FILE_BYTES >> 20,
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A file's absolute path: its identity.
fn absolute(path: &Path) -> String {
    let full: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    full.to_string_lossy().into_owned()
}
