//! A copy of a library while it is in use, and what can be saved of a damaged one. A copy is one reading transaction: who
//! writes meanwhile is not kept waiting, and is not in it.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{Store, StoreError, salvage};

/// Tables of derived rows that are kept all the same: lists show them until they are made again.
const SHOWN: [&str; 2] = ["source", "headline"];

/// The ending of a copy with another header, while it is read.
const SALVAGED: &str = ".salvaged";

/// What was saved of a damaged library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// Articles that are kept.
    pub articles: usize,
    /// Of these, articles whose text is lost; title and marks are kept.
    pub without_text: usize,
    /// Where the damaged file lies now.
    pub damaged: PathBuf,
}

impl Store {
    /// Copies the library to a file that is not there yet; returns its size in bytes. The copy is whole, or not there.
    ///
    /// # Errors
    /// Where there is such a file already, or it cannot be written.
    pub fn backup(&self, to: &Path) -> Result<u64, StoreError> {
        if to.exists() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let part = beside(to, ".part");
        let done = self.copy_to(&part).and_then(|()| {
            fs::rename(&part, to).map_err(|why| StoreError::Copy { path: to.to_owned(), why })
        });
        if done.is_err() {
            // What is half there is of no use; where it cannot be removed the sentence says what failed.
            let _ = fs::remove_file(&part);
        }
        done?;
        Ok(fs::metadata(to).map(|file| file.len()).unwrap_or(0))
    }

    fn copy_to(&self, part: &Path) -> Result<(), StoreError> {
        let failed = |why| StoreError::Copy { path: part.to_owned(), why };
        // SQLite copies into an empty file; this one is the person's alone.
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(part)
            .map_err(failed)?;
        let Some(name) = part.to_str() else {
            return Err(StoreError::Fault("the name of the copy is not UTF-8".to_owned()));
        };
        self.connection.execute("VACUUM INTO ?1", [name])?;
        file.sync_all().map_err(failed)
    }

    /// Saves what can be read of the library at `path`, which nobody else may have open, in a new one in its place. The damaged
    /// file stays beside it. Facts, texts and search index are made again of the bodies that are left.
    ///
    /// # Errors
    /// Where somebody has it open, nothing can be read of it, or the new one cannot be written; then it is as it was.
    pub fn repair(path: &Path, now: Timestamp) -> Result<Repaired, StoreError> {
        let fresh = beside(path, ".repaired");
        remove(&fresh);
        let saved = save(path, &fresh);
        remove(&beside(&fresh, SALVAGED));
        let (articles, without_text) = match saved {
            Ok((articles, without_text)) if articles > 0 => (articles, without_text),
            Ok(_) => {
                remove(&fresh);
                return Err(StoreError::Damaged);
            }
            Err(error) => {
                remove(&fresh);
                return Err(error);
            }
        };
        let damaged = beside(path, &format!(".damaged-{}", now.strftime("%Y%m%dT%H%M%SZ")));
        let moved = |from: &Path, to: &Path| {
            fs::rename(from, to).map_err(|why| StoreError::Copy { path: to.to_owned(), why })
        };
        for end in ["-wal", "-journal"] {
            if beside(path, end).exists() {
                moved(&beside(path, end), &beside(&damaged, end))?;
            }
        }
        // Without its log, its index of shared memory says nothing.
        let _ = fs::remove_file(beside(path, "-shm"));
        moved(path, &damaged)?;
        moved(&fresh, path)?;
        Ok(Repaired { articles, without_text, damaged })
    }
}

/// A path with an ending of its own.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a library with its logs, where it is there.
fn remove(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(beside(path, end));
    }
}

/// Copies what can be read of one library into a new one; how many articles, and how many of them lost their text.
fn save(from: &Path, to: &Path) -> Result<(usize, usize), StoreError> {
    let old = salvage::open(from, &beside(to, SALVAGED))?;
    File::create_new(to).map_err(|why| StoreError::Copy { path: to.to_owned(), why })?;
    let mut new = Store::open_on(to, None)?;
    new.connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;")?;
    new.writing(|transaction, _| {
        for table in kept_tables(transaction)? {
            copy_table(&old, transaction, &table)?;
        }
        // Numbers are never used again.
        let _ = read_rows(&old, "SELECT name, seq FROM sqlite_sequence", None, 2, &mut |values| {
            let sql = "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1";
            transaction.execute(sql, params_from_iter(values)).map(|_| ())
        })?;
        mend(transaction)
    })?;
    let (articles, without_text) = new.connection.query_row(
        "SELECT count(*), coalesce(sum(b.size = 0), 0) FROM article a JOIN body b ON b.id = a.body",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
    )?;
    new.connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;")?;
    // All of it into the file itself, and onto the disk.
    new.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    drop(new);
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(|why| StoreError::Copy { path: to.to_owned(), why })?;
    Ok((super::read::size(articles)?, super::read::size(without_text)?))
}

/// The tables that cannot be made again: the first line of each says which kind of truth it holds.
fn kept_tables(new: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL";
    let mut statement = new.prepare(sql)?;
    let tables = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut kept = Vec::new();
    for table in tables {
        let (name, sql) = table?;
        let first = sql.lines().next().unwrap_or("");
        let is_truth =
            ["-- journal:", "-- declaration:", "-- observation:"].iter().any(|kind| first.contains(kind));
        if is_truth || SHOWN.contains(&name.as_str()) {
            kept.push(name);
        }
    }
    Ok(kept)
}

/// Copies the rows of a table that can be read, in the columns that both libraries have.
fn copy_table(old: &Connection, new: &Connection, table: &str) -> Result<(), StoreError> {
    let (has, takes) = (columns(old, table), columns(new, table));
    let both: Vec<String> = takes.into_iter().filter(|column| has.contains(column)).collect();
    if both.is_empty() {
        return Ok(());
    }
    let names = both.join(", ");
    let places = vec!["?"; both.len()].join(", ");
    let mut put = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"))?;
    let has_rows = old.prepare(&format!("SELECT rowid FROM {table} LIMIT 0")).is_ok();
    if !has_rows {
        // From both ends towards what is damaged: the same row twice is one.
        for order in ["", " DESC"] {
            let key =
                primary_key(old, table).iter().map(|column| format!("{column}{order}")).collect::<Vec<_>>();
            let sql = format!("SELECT {names} FROM {table} ORDER BY {}", key.join(", "));
            read_rows(old, &sql, None, both.len(), &mut |values| {
                put.execute(params_from_iter(values)).map(|_| ())
            })?;
        }
        return Ok(());
    }
    let last = old
        .query_row(&format!("SELECT rowid FROM {table} NOT INDEXED ORDER BY rowid DESC LIMIT 1"), [], |row| {
            row.get(0)
        })
        .unwrap_or(i64::MAX);
    let sql = format!("SELECT rowid, {names} FROM {table} NOT INDEXED WHERE rowid > ?1 ORDER BY rowid");
    let (mut after, mut step) = (i64::MIN, 1_i64);
    loop {
        let mut reached = after;
        let whole = read_rows(old, &sql, Some(after), both.len() + 1, &mut |mut values| {
            if let Some(Value::Integer(row)) = values.first() {
                reached = *row;
            }
            values.remove(0);
            put.execute(params_from_iter(values)).map(|_| ())
        })?;
        if whole || reached >= last {
            return Ok(());
        }
        // Over what cannot be read, further each time that nothing was.
        step = if reached > after { 1 } else { step.saturating_mul(2) };
        after = reached.max(0).saturating_add(step);
        if after >= last || step > 1 << 40 {
            return Ok(());
        }
    }
}

/// Reads rows until there is no more (true) or one cannot be read (false). What cannot be written is an error.
fn read_rows(
    old: &Connection,
    sql: &str,
    after: Option<i64>,
    columns: usize,
    take: &mut dyn FnMut(Vec<Value>) -> rusqlite::Result<()>,
) -> Result<bool, StoreError> {
    let Ok(mut statement) = old.prepare(sql) else { return Ok(false) };
    let Ok(mut rows) = statement.query(params_from_iter(after)) else { return Ok(false) };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(true),
            Err(_) => return Ok(false),
        };
        let values: rusqlite::Result<Vec<Value>> = (0..columns).map(|column| row.get(column)).collect();
        match values {
            // A row that does not fit the table is damage, too.
            Ok(values) => match take(values) {
                Err(rusqlite::Error::SqliteFailure(error, _))
                    if error.code != rusqlite::ErrorCode::ConstraintViolation =>
                {
                    return Err(rusqlite::Error::SqliteFailure(error, None).into());
                }
                _ => {}
            },
            Err(_) => return Ok(false),
        }
    }
}

/// The columns of a table; none where it is not there.
fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let Ok(mut statement) = connection.prepare(&format!("PRAGMA table_info({table})")) else {
        return Vec::new();
    };
    let Ok(rows) = statement.query_map([], |row| row.get(1)) else { return Vec::new() };
    rows.flatten().collect()
}

/// The columns of a table's primary key, in its order.
fn primary_key(connection: &Connection, table: &str) -> Vec<String> {
    let sql = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
    let Ok(mut statement) = connection.prepare(&sql) else { return Vec::new() };
    let Ok(rows) = statement.query_map([], |row| row.get(0)) else { return Vec::new() };
    rows.flatten().collect()
}

/// Makes a whole library of what was saved: an article whose parts are lost keeps the others, and all wait to be read
/// again. What speaks of an article that is not there goes.
fn mend(transaction: &Connection) -> Result<(), StoreError> {
    transaction.execute_batch(
        "INSERT INTO article (id, body, format, received) \
           SELECT m.article, 0, 0, m.at FROM mark m WHERE m.article NOT IN (SELECT id FROM article) \
           AND m.article IN (SELECT article FROM headline);\
         INSERT OR IGNORE INTO entry (article, entry) SELECT id, '{}' FROM article;\
         INSERT OR IGNORE INTO mark (article, at, rank, inbox, read, done, archived, muted, bookmarked) \
           SELECT id, received, 0, 1, 0, 0, 0, 0, 0 FROM article;\
         INSERT OR IGNORE INTO headline (article, title, facts, words, extractor) \
           SELECT e.article, coalesce(json_extract(e.entry, '$.title'), '(' || e.article || ')'), 0, 0, 0 FROM entry e \
           WHERE e.article IN (SELECT id FROM article);\
         UPDATE headline SET extractor = 0;\
         INSERT INTO origin (kind, feed, name, article) \
           SELECT 3, 0, 'repaired-' || id, id FROM article WHERE id NOT IN (SELECT article FROM origin);\
         UPDATE journal SET stack = 3 WHERE id IN (SELECT j.id FROM journal j WHERE j.stack IN (1, 2) AND \
           j.items > (SELECT count(*) FROM journal_item i WHERE i.entry = coalesce(j.head, j.id)) \
           + (SELECT count(*) FROM journal_amendment i WHERE i.entry = coalesce(j.head, j.id)));",
    )?;
    let lost: i64 = transaction.query_row(
        "SELECT count(*) FROM article WHERE body NOT IN (SELECT id FROM body)",
        [],
        |row| row.get(0),
    )?;
    if lost > 0 {
        let empty = super::pack::pack(b"", b"")?;
        transaction.execute("INSERT INTO body (hash, size, packed) VALUES (zeroblob(32), 0, ?1)", [empty])?;
        let id = transaction.last_insert_rowid();
        transaction.execute("UPDATE article SET body = ?1 WHERE body NOT IN (SELECT id FROM body)", [id])?;
    }
    // What is left over refers to nothing any more.
    loop {
        let mut statement = transaction
            .prepare("SELECT \"table\", rowid FROM pragma_foreign_key_check WHERE rowid IS NOT NULL")?;
        let orphans: Vec<(String, i64)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        if orphans.is_empty() {
            break;
        }
        for (table, row) in orphans {
            transaction.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row])?;
        }
    }
    for table in ["revision", "origin", "journal_item", "article_tag"] {
        let column = if table == "journal_item" { "entry" } else { "article" };
        let of = if table == "journal_item" { "journal" } else { "article" };
        transaction
            .execute(&format!("DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {of})"), [])?;
    }
    Ok(())
}
