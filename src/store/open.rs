//! Opening a library: its folder, its file, its schema. Owns the rule that a library which is newer, damaged or
//! another program's is not touched. The tables are in `migrations/`, the file systems in `file_system.rs`.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rustix::fs::Access;

use super::index::Spellings;
use super::orders::Orders;
use super::{Store, StoreError, file_system};

/// The schemas, oldest first; only ever added to. A library's `user_version` says how many it has had.
const MIGRATIONS: [&str; 8] = [
    include_str!("migrations/0001_first_light.sql"),
    include_str!("migrations/0002_facts_across.sql"),
    include_str!("migrations/0003_tags_and_mutes.sql"),
    include_str!("migrations/0004_feeds.sql"),
    include_str!("migrations/0005_staged_and_spelled.sql"),
    include_str!("migrations/0006_stories.sql"),
    include_str!("migrations/0007_words_and_sets.sql"),
    include_str!("migrations/0008_untold.sql"),
];

/// `PRAGMA application_id`: "KHBR".
const APPLICATION: u32 = 0x4B48_4252;

/// How long one process waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 64;

impl Store {
    /// The newest schema that this program knows.
    pub const SCHEMA: u32 = MIGRATIONS.len() as u32;

    /// Opens the library at `path`; makes its folder (mode 0700) and the file (0600) where there are none, and
    /// brings an older schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the reason; a library that is newer, damaged or not a library is left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        make_folder(path)
            .and_then(|()| Self::open_on(path, path.parent().and_then(file_system::network)))
            .map_err(|why| StoreError::Open { path: path.to_owned(), why: Box::new(why) })
    }

    /// A library that is gone when it is dropped.
    ///
    /// # Errors
    /// Where there is no memory.
    pub fn open_in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        settle(&connection)?;
        create(&mut connection)?;
        Ok(Self {
            connection,
            journal_note: None,
            spellings: Spellings::default(),
            orders: Orders::default(),
        })
    }

    /// What the person should know of how the library is kept: a sentence where it is on a network file system.
    pub fn journal_note(&self) -> Option<String> {
        self.journal_note.clone()
    }

    /// The library at `path`, on a file system that is `network` or local, without the path in its errors.
    pub(super) fn open_on(path: &Path, network: Option<&str>) -> Result<Self, StoreError> {
        look_at_header(path)?;
        look_at_access(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        // Until the library is known to be ours, closing it must not write its log into it. Without a log, closing
        // writes nothing, and clears away what opening left.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log(path))?;
        settle(&connection)?;
        if network.is_some() {
            // An exclusive lock lets SQLite read a write-ahead log without shared memory.
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        }
        let schema = look_at_schema(&connection)?;
        if schema == 0 {
            // Larger pages lose less to bodies of one or two kilobytes; it must come before the first table.
            connection.pragma_update(None, "page_size", 8192)?;
        }
        choose_journal(&connection, if network.is_some() { "delete" } else { "wal" })?;
        if network.is_some() {
            connection.pragma_update(None, "locking_mode", "NORMAL")?;
            // The lock is let go at the next reading, not before.
            look_at_schema(&connection)?;
        }
        if schema < Self::SCHEMA {
            create(&mut connection)?;
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let journal_note = network.map(|name| {
            format!(
                "the library is on a network file system ({name}), so it is kept with a rollback journal: \
                 slower, and best opened from one host at a time"
            )
        });
        Ok(Self { connection, journal_note, spellings: Spellings::default(), orders: Orders::default() })
    }
}

/// Makes the library's folder and an empty file in it, where they are not there, for the person alone.
fn make_folder(path: &Path) -> Result<(), StoreError> {
    let failed = |path: &Path, why: io::Error| StoreError::Folder { path: path.to_owned(), why };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|why| failed(folder, why))?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            io::ErrorKind::AlreadyExists => Ok(()),
            io::ErrorKind::PermissionDenied => Err(StoreError::Denied),
            io::ErrorKind::ReadOnlyFilesystem => Err(StoreError::ReadOnly),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Err(StoreError::Full),
            _ => Err(failed(path, error)),
        },
    }
}

/// Whether a library has a write-ahead log with something in it.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Refuses, before SQLite touches anything, a file whose header says that it is newer, foreign or damaged.
fn look_at_header(path: &Path) -> Result<(), StoreError> {
    let mut header = Vec::new();
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    read.map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => StoreError::Denied,
        _ => StoreError::Disk(error.to_string()),
    })?;
    if header.is_empty() {
        return Ok(());
    }
    let number = |at: usize| {
        let bytes: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    // Offsets 60 and 68 of the header are user_version and application_id (SQLite file format, 1.3).
    let (true, Some(schema), Some(application)) =
        (header.starts_with(b"SQLite format 3\0"), number(60), number(68))
    else {
        return Err(StoreError::Damaged);
    };
    judge(schema, application)
}

/// Refuses, before SQLite touches anything, a library that cannot be written: SQLite would say of its log, which it cannot
/// make, only that it cannot be opened.
fn look_at_access(path: &Path) -> Result<(), StoreError> {
    OpenOptions::new().write(true).open(path).map_err(|error| refused(&error))?;
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    rustix::fs::access(folder, Access::WRITE_OK).map_err(|error| refused(&error.into()))
}

/// Why a file that can be read cannot be written.
fn refused(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Disk(error.to_string()),
    }
}

/// The schema of an open library, the write-ahead log included; 0 for an empty one.
fn look_at_schema(connection: &Connection) -> Result<u32, StoreError> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let schema: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let (schema, application) = (schema as u32, application as u32);
    if tables > 0 && application == 0 {
        return Err(StoreError::Foreign);
    }
    judge(schema, application)?;
    Ok(schema)
}

/// Whether a file with these numbers may be opened.
fn judge(schema: u32, application: u32) -> Result<(), StoreError> {
    if application != APPLICATION && application != 0 {
        return Err(StoreError::Foreign);
    }
    if schema > Store::SCHEMA {
        return Err(StoreError::Newer { schema, known: Store::SCHEMA });
    }
    Ok(())
}

/// The settings of every connection.
fn settle(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan does not hang on the values that are asked for: else some statements are prepared again for each.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(())
}

/// Sets the journal mode. SQLite does not wait by itself when another process is doing the same.
fn choose_journal(connection: &Connection, mode: &str) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        let result = connection
            .query_row(&format!("PRAGMA journal_mode = {mode}"), [], |row| row.get::<_, String>(0))
            .map_err(StoreError::from);
        match result {
            // A file system without shared memory keeps the old mode, which is safe.
            Ok(_) => return Ok(()),
            Err(error) if error.may_retry() && start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Brings the schema up to date in one transaction; another process may have done so meanwhile.
fn create(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let had = look_at_schema(&transaction)?;
    for migration in MIGRATIONS.iter().skip(had as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", Store::SCHEMA)?;
    transaction.commit()?;
    Ok(())
}
