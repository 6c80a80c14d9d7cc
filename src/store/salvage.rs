//! A damaged library whose first bytes are lost, read all the same: a copy of it with a header made anew (SQLite file
//! format, 1.3). Knows no table; `backup.rs` asks.

use std::fs::{self, OpenOptions};
use std::io::{Seek, Write};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::backup::beside;

/// The page sizes that libraries were made with, the usual one first.
const PAGE_SIZES: [u16; 2] = [8192, 4096];

/// Opens a library that may be damaged, to read it. Where its header is lost a copy is made at `copy` with another one.
///
/// # Errors
/// Where somebody else has it open, and where the copy cannot be written.
pub(super) fn open(path: &Path, copy: &Path) -> Result<Connection, StoreError> {
    let old = connect(path)?;
    // With this mode a log is read under a lock of the whole file, of which everybody else who has it open holds a share:
    // what they wrote from now on would be written into the damaged file.
    old.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let found = tables(&old);
    if matches!(found, Err(StoreError::Busy)) {
        return Err(StoreError::Busy);
    }
    // A page that is not what it should be must not stop the reading of others.
    let _ = old.pragma_update(None, "cell_size_check", "OFF");
    if found.is_ok_and(|tables| tables > 0) {
        return Ok(old);
    }
    for size in PAGE_SIZES {
        let other = with_header(path, copy, size)?;
        if tables(&other).is_ok_and(|tables| tables > 0) {
            return Ok(other);
        }
    }
    Ok(old)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

fn tables(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

/// A copy of a library, log included, with a header for pages of this size.
fn with_header(path: &Path, copy: &Path, page_size: u16) -> Result<Connection, StoreError> {
    let failed = |why| StoreError::Copy { path: copy.to_owned(), why };
    let length = fs::copy(path, copy).map_err(failed)?;
    let log = beside(path, "-wal");
    let has_log = log.exists();
    if has_log {
        fs::copy(&log, beside(copy, "-wal")).map_err(failed)?;
    }
    let pages = u32::try_from(length / u64::from(page_size)).unwrap_or(u32::MAX);
    let mut file = OpenOptions::new().write(true).open(copy).map_err(failed)?;
    file.rewind().and_then(|()| file.write_all(&header(page_size, pages, has_log))).map_err(failed)?;
    connect(copy)
}

/// The first hundred bytes of a database of so many pages that has no free ones.
fn header(page_size: u16, pages: u32, has_log: bool) -> Vec<u8> {
    let version = if has_log { 2 } else { 1 };
    let mut header = b"SQLite format 3\0".to_vec();
    header.extend(page_size.to_be_bytes());
    // Versions for writing and reading; no reserved bytes; payload fractions, which are fixed.
    header.extend([version, version, 0, 64, 32, 32]);
    // Change counter, pages, free pages (first, count), schema cookie, schema format, cache size, largest root page, UTF-8,
    // user version, incremental vacuum, application id.
    for number in [1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0] {
        header.extend(number.to_be_bytes());
    }
    header.extend([0; 20]);
    // The number of pages is valid for this change counter; the version that wrote it.
    for number in [1, 3_040_000_u32] {
        header.extend(number.to_be_bytes());
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_hundred_bytes_with_the_numbers_in_their_places() {
        let header = header(8192, 7, false);
        assert_eq!(header.len(), 100);
        assert_eq!(header.get(16..18), Some([0x20, 0].as_slice()), "page size");
        assert_eq!(header.get(28..32), Some([0, 0, 0, 7].as_slice()), "pages");
        assert_eq!(header.get(56..60), Some([0, 0, 0, 1].as_slice()), "UTF-8");
        assert_eq!(header.get(92..96), Some([0, 0, 0, 1].as_slice()), "valid for the change counter");
    }
}
