//! Tests that need the room's inside: faults of the disk, of locks and of file systems, brought about on purpose.
//! Behaviour from outside is in `tests/store_*.rs`.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::ffi;

use super::*;
use crate::article::{Article, Body, BodyHash, Entry, Format, Origin, Verb};
use crate::query::IndexForm;

fn article(name: &str, text: &str) -> NewArticle {
    NewArticle {
        origin: Origin::File(format!("/{name}")),
        entry: Entry::default(),
        body: Body { bytes: text.into(), format: Format::Text, hash: BodyHash(name.into()) },
        article: Article { text: text.into(), ..Article::default() },
        facts: Vec::new(),
        extractor_version: 1,
        sketch: Default::default(),
        index: IndexForm::of(text),
        rank: None,
        received: Timestamp::UNIX_EPOCH,
        modified: None,
    }
}

const CONTEXT: JournalContext<'_> = JournalContext { session: "s", view: "v", now: Timestamp::UNIX_EPOCH };

fn pragma(store: &Store, name: &str) -> String {
    let value = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    match store.connection.query_row(&format!("PRAGMA {name}"), [], value).unwrap() {
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    }
}

#[test]
fn each_code_of_sqlite_is_a_sentence_that_says_what_to_do() {
    for (code, says) in [
        (ffi::SQLITE_NOTADB, "damaged"),
        (ffi::SQLITE_CORRUPT, "damaged"),
        (ffi::SQLITE_BUSY, "try again"),
        (ffi::SQLITE_LOCKED, "try again"),
        (ffi::SQLITE_FULL, "free some space"),
        (ffi::SQLITE_READONLY, "make its file and folder writable"),
        (ffi::SQLITE_CANTOPEN, "permissions"),
        (ffi::SQLITE_PERM, "permissions"),
        (ffi::SQLITE_IOERR, "keep a copy"),
        (ffi::SQLITE_ERROR, "please report"),
    ] {
        let error = StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(error.to_string().contains(says), "{code}: {error}");
        assert_eq!(error.may_retry(), says == "try again");
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_there() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let id = store.upsert(&article("a", "first")).unwrap().id();
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    let noise: String = (0..40_000)
        .map(|n: u32| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
        .collect();
    assert!(matches!(store.upsert(&article("b", &noise)), Err(StoreError::Full)));
    assert_eq!(store.counts().unwrap().all, 1);
    assert_eq!(store.apply(&Verb::Done, &[id], &CONTEXT).unwrap().changed.len(), 1);
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.article(id).unwrap().unwrap().article.text, "first");
    assert_eq!(store.counts().unwrap().inbox, 0);
}

#[test]
fn a_library_that_another_holds_is_busy_and_not_changed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let id = store.upsert(&article("a", "first")).unwrap().id();
    let mut other = Store::open(&path).unwrap();
    store.connection.busy_timeout(Duration::ZERO).unwrap();
    let held = other.write().unwrap();
    assert!(matches!(store.apply(&Verb::Done, &[id], &CONTEXT), Err(StoreError::Busy)));
    assert_eq!(
        store.first_window(&crate::query::View::Inbox, Sort::Newest, Timestamp::UNIX_EPOCH, 9).unwrap().len(),
        1
    );
    drop(held);
    assert_eq!(store.apply(&Verb::Done, &[id], &CONTEXT).unwrap().changed.len(), 1);
}

#[test]
fn connections_are_set_as_decided() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(&home.path().join("library.db")).unwrap();
    for (name, value) in [
        ("journal_mode", "wal"),
        ("synchronous", "Integer(2)"),
        ("foreign_keys", "Integer(1)"),
        ("busy_timeout", "Integer(5000)"),
        ("user_version", &format!("Integer({})", Store::SCHEMA)),
    ] {
        assert_eq!(pragma(&store, name), value, "{name}");
    }
    // The first line of each table says which kind of truth it holds.
    let mut statement = store
        .connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL AND name NOT LIKE '%search_%' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let tables =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    for table in tables {
        let (name, sql) = table.unwrap();
        let first = sql.lines().next().unwrap();
        let kinds = ["-- journal:", "-- declaration:", "-- observation:", "-- derived:"];
        assert!(kinds.iter().any(|kind| first.contains(kind)), "{name}: {first}");
    }
}

#[test]
fn on_a_network_file_system_there_is_no_log_shared_in_memory() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    // A library that was on a local disk before, and has its log still.
    let mut local = Store::open(&path).unwrap();
    let id = local.upsert(&article("a", "first")).unwrap().id();
    drop(local);
    let mut store = Store::open_on(&path, Some("NFS")).unwrap();
    assert_eq!(pragma(&store, "journal_mode"), "delete");
    assert!(store.journal_note().unwrap().contains("network file system (NFS)"));
    let mut second = Store::open_on(&path, Some("NFS")).unwrap();
    store.apply(&Verb::Done, &[id], &CONTEXT).unwrap();
    assert_eq!(second.undo(&CONTEXT).unwrap().unwrap().changed.len(), 1);
    assert_eq!(store.counts().unwrap().inbox, 1);
    for log in ["library.db-wal", "library.db-shm"] {
        assert!(!home.path().join(log).exists(), "{log}");
    }
    drop((store, second));
    assert_eq!(pragma(&Store::open(&path).unwrap(), "journal_mode"), "wal", "back on a local disk");
}

#[test]
fn a_connection_can_be_sent_to_a_worker() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&Store::open_in_memory().unwrap());
}
