//! Temporary libraries: their names, and when they go. A library is temporary by where it lies, which the caller
//! knows; here are only names and ages of files.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// The end of a temporary library's file name.
const EXTENSION: &str = "khabar";

/// The file name of the temporary library of these arguments: the hash of their canonical absolute paths, in
/// order. An argument that does not exist counts as it stands, made absolute.
pub fn temporary_name(arguments: &[PathBuf]) -> String {
    let mut hash = Sha256::new();
    for argument in arguments {
        let path = fs::canonicalize(argument)
            .or_else(|_| std::path::absolute(argument))
            .unwrap_or_else(|_| argument.clone());
        let bytes = path.as_os_str().as_encoded_bytes();
        // The length first, so that no two lists of paths give the same bytes.
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let mut name = String::new();
    for byte in hash.finalize().iter().take(16) {
        // Writing to a string does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name.push('.');
    name.push_str(EXTENSION);
    name
}

/// Notes that a temporary library is in use, so that [`sweep_temporary`] leaves it; reading alone does not show.
///
/// # Errors
/// Where the file cannot be changed.
pub fn touch_temporary(path: &Path, now: Timestamp) -> io::Result<()> {
    let time = SystemTime::try_from(now).map_err(io::Error::other)?;
    fs::OpenOptions::new().append(true).open(path)?.set_modified(time)
}

/// Deletes the temporary libraries in `folder` that were not used for `days`, with their logs; how many. A folder
/// that is not there has none. A file that cannot be deleted stays.
///
/// # Errors
/// Where the folder cannot be read.
pub fn sweep_temporary(folder: &Path, days: u32, now: Timestamp) -> io::Result<usize> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let age = SignedDuration::from_hours(i64::from(days) * 24);
    let mut deleted = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_none_or(|extension| extension != EXTENSION) {
            continue;
        }
        let last_used = family(&path).iter().filter_map(|file| used(file)).max();
        let is_old = last_used.is_some_and(|last| now.duration_since(last) > age);
        if is_old && fs::remove_file(&path).is_ok() {
            deleted += 1;
            for log in family(&path).iter().skip(1) {
                // A log that is not there needs no deleting.
                let _ = fs::remove_file(log);
            }
        }
    }
    Ok(deleted)
}

/// A library's file and its logs.
fn family(path: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// When a file was last written.
fn used(path: &Path) -> Option<Timestamp> {
    let time: SystemTime = fs::symlink_metadata(path).ok()?.modified().ok()?;
    Timestamp::try_from(time).ok()
}
