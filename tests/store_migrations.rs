//! A library of every earlier schema is brought up to date, and loses nothing: rows as each schema had them, in the real
//! files that made it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at its first surprise")]

mod store_support;

use std::fs;
use std::path::Path;

use khabar::article::*;
use khabar::query::{Sort, View, parse};
use khabar::store::*;
use store_support::*;

/// The schema files, oldest first.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// A library of `schema`, with the rows of `full` in those tables and columns that the schema has.
fn library_of(schema: usize, full: &Path, path: &Path) {
    let raw = rusqlite::Connection::open(path).unwrap();
    for migration in migrations().iter().take(schema) {
        raw.execute_batch(migration).unwrap();
    }
    raw.execute("ATTACH ?1 AS full", [full.to_str().unwrap()]).unwrap();
    let names = |sql: &str| -> Vec<String> {
        raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let tables = names(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' \
         AND name NOT LIKE '%search_%' AND name NOT LIKE 'sqlite_%' AND name <> 'tally'",
    );
    for table in tables {
        let columns = names(&format!(
            "SELECT name FROM pragma_table_info('{table}', 'main') INTERSECT \
             SELECT name FROM pragma_table_info('{table}', 'full')"
        ))
        .join(", ");
        raw.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM full.{table}"
        ))
        .unwrap();
    }
    raw.execute_batch(&format!("PRAGMA application_id = 1263026770; PRAGMA user_version = {schema};"))
        .unwrap();
}

#[test]
fn each_earlier_schema_is_brought_up_to_date() {
    let home = tempfile::tempdir().unwrap();
    let full = home.path().join("full.db");
    let mut store = Store::open(&full).unwrap();
    let rich = store.upsert(&rich()).unwrap().id();
    let other = store.upsert(&dated("other", "خبر آخر", -9)).unwrap().id();
    let bookmark = Bookmark { note: Some("متابعة".into()), due: Some("2026-12-01".parse().unwrap()) };
    store.apply(&Verb::Bookmark(bookmark.clone()), &[rich], &context(1)).unwrap();
    store.apply(&Verb::Done, &[other], &context(2)).unwrap();
    let expect = store.article(rich).unwrap().unwrap();
    drop(store);
    let newest = Store::SCHEMA as usize;
    assert_eq!(migrations().len(), newest, "every file is a schema");
    for schema in 1..newest {
        let path = home.path().join(format!("{schema}.db"));
        library_of(schema, &full, &path);
        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "schema {schema}");
        let counts = store.counts().unwrap();
        assert_eq!((counts.all, counts.inbox, counts.bookmarked), (2, 1, 1), "schema {schema}");
        let now = store.article(rich).unwrap().unwrap();
        assert_eq!((&now.article, &now.facts), (&expect.article, &expect.facts), "schema {schema}");
        assert_eq!(now.marks.bookmark.as_ref(), Some(&bookmark));
        assert_eq!(store.body(other).unwrap().unwrap().1, dated("other", "خبر آخر", -9).body);
        // What is derived is made again, and found.
        khabar::runtime::rederive(&mut store, &mut |_, _| ()).unwrap();
        let found = |query: &str| {
            store.view(&View::Query(parse(query).unwrap()), Sort::Newest, time(0), None).unwrap()
        };
        assert_eq!(found("اخر"), [other], "schema {schema}");
        // And its journal goes on.
        assert_eq!(store.undo(&context(3)).unwrap().unwrap().changed[0].0, other);
        assert_eq!(store.undo(&context(4)).unwrap().unwrap().changed[0].0, rich);
        assert_eq!(store.counts().unwrap().inbox, 2);
    }
}
