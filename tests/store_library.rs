//! Behaviour of a library: what comes in, what is seen, what is refused. Verbs and undo are in
//! `store_journal.rs`, views and search in `store_views.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at its first surprise"
)]

mod store_support;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use jiff::{SignedDuration, Timestamp};
use khabar::article::*;
use khabar::query::IndexForm;
use khabar::query::View;
use khabar::store::*;
use khabar::text::Direction;
use store_support::*;

#[test]
fn an_article_comes_back_as_it_went_in() {
    let mut store = Store::open_in_memory().unwrap();
    let incoming = rich();
    let id = store.upsert(&incoming).unwrap().id();
    let stored = store.article(id).unwrap().unwrap();
    assert_eq!(stored.article, incoming.article);
    assert_eq!(stored.facts, incoming.facts);
    assert_eq!(stored.marks, Marks::default());
    assert_eq!(stored.origin, incoming.origin);
    assert_eq!((stored.extractor_version, stored.position), (1, None));
    assert_eq!((stored.received, stored.updated), (time(0), None));
    assert_eq!(store.body(id).unwrap(), Some((incoming.entry, incoming.body)));
    assert_eq!(store.article(ArticleId(99)).unwrap(), None);
    assert_eq!(store.body(ArticleId(99)).unwrap(), None);
}

#[test]
fn every_kind_of_origin_leads_to_its_article() {
    let mut store = Store::open_in_memory().unwrap();
    let origins = [
        Origin::File("/news/a.txt".into()),
        Origin::Feed { feed: "https://a.example/feed".into(), guid: "urn:x:1".into() },
        Origin::Feed { feed: "https://b.example/feed".into(), guid: "urn:x:1".into() },
        Origin::Url("https://a.example/1".into()),
        Origin::Stdin(BodyHash("ab".repeat(32))),
    ];
    for origin in &origins {
        assert_eq!(store.find_origin(origin).unwrap(), None);
        let id = store.upsert(&NewArticle { origin: origin.clone(), ..plain("a", "one") }).unwrap().id();
        assert_eq!(store.find_origin(origin).unwrap(), Some(id));
        assert_eq!(store.article(id).unwrap().unwrap().origin, *origin);
    }
    assert_eq!(store.counts().unwrap().all, origins.len());
    let second = Origin::Url("https://other.example/1".into());
    store.add_origin(ArticleId(1), &second).unwrap();
    store.add_origin(ArticleId(2), &second).unwrap();
    store.add_origin(ArticleId(99), &Origin::File("/x".into())).unwrap();
    assert_eq!(store.find_origin(&second).unwrap(), Some(ArticleId(1)));
    assert_eq!(store.find_origin(&Origin::File("/x".into())).unwrap(), None);
}

#[test]
fn what_comes_again_is_unchanged_or_an_update_that_keeps_its_marks() {
    let mut store = Store::open_in_memory().unwrap();
    let first = plain("a", "الكويت والصين");
    let id = store.upsert(&first).unwrap().id();
    let bookmark = Bookmark { note: Some("سؤال".into()), due: None };
    store.apply(&Verb::Bookmark(bookmark.clone()), &[id], &context(1)).unwrap();
    store.save_position(id, &Anchor { offset: 3, quote: "والصين".into() }, time(1)).unwrap();

    assert_eq!(store.upsert(&first).unwrap(), Upsert::Unchanged(id));
    let ranked = NewArticle { rank: Some(7), ..first.clone() };
    assert_eq!(store.upsert(&ranked).unwrap(), Upsert::Unchanged(id));

    let changed = NewArticle { received: time(9), ..plain("a", "الكويت والهند") };
    assert_eq!(store.upsert(&changed).unwrap(), Upsert::Updated(id));
    let stored = store.article(id).unwrap().unwrap();
    assert_eq!(stored.article.text, "الكويت والهند");
    assert_eq!(stored.marks.bookmark, Some(bookmark));
    assert_eq!(stored.position.unwrap().quote, "والصين");
    assert_eq!((stored.received, stored.updated), (time(0), Some(time(9))));
    let earlier = Revision { entry: first.entry.clone(), body: first.body.clone(), since: first.received };
    assert_eq!(store.revisions(id).unwrap(), [earlier]);
    assert_eq!(found(&store, "الصين"), []);
    assert_eq!(found(&store, "والهند"), [id]);

    let mut renamed = changed.clone();
    renamed.entry.title = Some("عنوان آخر".into());
    assert_eq!(store.upsert(&renamed).unwrap(), Upsert::Updated(id));
    assert_eq!(store.revisions(id).unwrap().len(), 1, "the same bytes are no new revision");
    assert_eq!(store.counts().unwrap().all, 1);
    assert_eq!(store.upsert(&first).unwrap(), Upsert::Updated(id), "back to what it was");
    assert_eq!(store.revisions(id).unwrap().len(), 2);
}

#[test]
fn the_same_bytes_are_kept_once_for_all_their_articles() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let outcomes = store.upsert_all(&[plain("a", "same"), plain("b", "same"), plain("a", "same")]).unwrap();
    assert_eq!(
        outcomes,
        [Upsert::New(ArticleId(1)), Upsert::New(ArticleId(2)), Upsert::Unchanged(ArticleId(1))]
    );
    let raw = rusqlite::Connection::open(&path).unwrap();
    let bodies: i64 = raw.query_row("SELECT count(*) FROM body", [], |row| row.get(0)).unwrap();
    assert_eq!(bodies, 1);
    assert_eq!(store.body(ArticleId(2)).unwrap().unwrap().1, plain("b", "same").body);
}

#[test]
fn a_newer_extractor_makes_articles_again() {
    let mut store = Store::open_in_memory().unwrap();
    let ids: Vec<ArticleId> =
        ["a", "b", "c"].map(|name| store.upsert(&plain(name, "one two")).unwrap().id()).to_vec();
    assert_eq!(store.stale(1, 10).unwrap(), []);
    assert_eq!(store.stale(2, 2).unwrap(), [ids[0], ids[1]]);
    let better = rich();
    let derived = NewDerived {
        article: better.article.clone(),
        facts: better.facts.clone(),
        extractor_version: 2,
        index: IndexForm::of("three"),
        sketch: Sketch::default(),
    };
    let remade = |id: ArticleId, text: &str| {
        let NewArticle { entry, body, .. } = plain("x", text);
        Remade::new(id, entry, body, derived.clone()).unwrap()
    };
    // What is not there, or not what it was made of any more, is passed over; so is what is done.
    let batch = [remade(ids[1], "one two"), remade(ArticleId(99), "one two"), remade(ids[0], "one")];
    assert_eq!(store.rederive(&batch).unwrap().written, 1);
    assert_eq!(store.rederive(&batch).unwrap().written, 0);
    assert_eq!(store.stale(2, 10).unwrap(), [ids[0], ids[2]]);
    let stored = store.article(ids[1]).unwrap().unwrap();
    assert_eq!((&stored.article, &stored.facts), (&better.article, &better.facts));
    assert_eq!(store.body(ids[1]).unwrap().unwrap().1.bytes, b"one two");
    assert_eq!(found(&store, "three"), [ids[1]]);
    // The same bytes by a newer extractor: known, and derived again on the way.
    let again = NewArticle { extractor_version: 2, index: IndexForm::of("four"), ..plain("a", "one two") };
    assert_eq!(store.upsert(&again).unwrap(), Upsert::Unchanged(ids[0]));
    assert_eq!(found(&store, "four"), [ids[0]]);
    assert_eq!(store.stale(2, 10).unwrap(), [ids[2]]);
}

#[test]
fn headlines_come_in_the_order_asked() {
    let mut store = Store::open_in_memory().unwrap();
    let incoming = rich();
    let id = store.upsert(&incoming).unwrap().id();
    let other = store.upsert(&plain("untitled", "كلمة أولى ثم غيرها")).unwrap().id();
    let lines = store.headlines(&[other, ArticleId(77), id]).unwrap();
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [other, id]);
    assert_eq!(lines[0].title, "كلمة أولى ثم غيرها", "the first words stand for a title");
    assert_eq!(lines[0].published, time(0), "when it came in");
    let line = &lines[1];
    assert_eq!(line.title, incoming.article.title_text());
    assert_eq!(line.source.as_deref(), Some("وكالة الأنباء"));
    assert_eq!(line.published.as_microsecond(), incoming.article.published.unwrap().as_microsecond());
    assert_eq!((line.direction, line.language.as_deref()), (Some(Direction::Rtl), Some("ar")));
    assert_eq!((line.facts, line.words), (2, khabar::text::words(&incoming.article.text)));
}

#[test]
fn counts_follow_every_change() {
    let mut store = Store::open_in_memory().unwrap();
    let ids: Vec<ArticleId> =
        (0..5).map(|n| store.upsert(&plain(&n.to_string(), "x")).unwrap().id()).collect();
    let counts = |store: &Store| {
        let c = store.counts().unwrap();
        (c.inbox, c.unread, c.bookmarked, c.archived, c.all)
    };
    assert_eq!(counts(&store), (5, 5, 0, 0, 5));
    for (verb, expect) in [
        (Verb::Open, (5, 4, 0, 0, 5)),
        (Verb::Bookmark(Bookmark::default()), (5, 4, 1, 0, 5)),
        (Verb::Done, (4, 4, 1, 0, 5)),
        (Verb::Archive, (4, 4, 1, 1, 5)),
        (Verb::Unread, (4, 5, 1, 1, 5)),
        (Verb::Undone, (5, 5, 1, 0, 5)),
        (Verb::Unbookmark, (5, 5, 0, 0, 5)),
    ] {
        store.apply(&verb, &ids[..1], &context(1)).unwrap();
        assert_eq!(counts(&store), expect, "{verb:?}");
    }
    while store.undo(&context(2)).unwrap().is_some() {}
    assert_eq!(counts(&store), (5, 4, 0, 0, 5), "all undone but the opening");
}

#[test]
fn a_library_is_made_for_the_person_alone_and_opens_again() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a/b/library.db");
    let mut store = Store::open(&path).unwrap();
    let id = store.upsert(&plain("a", "x")).unwrap().id();
    store.set_session_state("view", "inbox").unwrap();
    store.set_session_state("view", "archive").unwrap();
    store.save_position(id, &Anchor { offset: 0, quote: "x".into() }, time(1)).unwrap();
    assert!(store.journal_note().is_none());
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&home.path().join("a/b/library.db-wal")), 0o600);
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.session_state("view").unwrap().as_deref(), Some("archive"));
    assert_eq!(store.session_state("cursor").unwrap(), None);
    assert_eq!(store.article(id).unwrap().unwrap().position.unwrap().quote, "x");
    store.save_position(ArticleId(99), &Anchor::default(), time(1)).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

/// All files of a folder with their bytes.
fn files(folder: &std::path::Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Opening must fail with these words and leave the folder as it was.
fn check_refused(folder: &std::path::Path, says: &str) {
    let before = files(folder);
    let path = folder.join("library.db");
    let error = Store::open(&path).unwrap_err();
    assert!(error.to_string().contains(says), "{error}");
    assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    assert!(files(folder) == before, "the folder was changed: {says}");
}

#[test]
fn what_is_newer_foreign_or_damaged_is_refused_and_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    store.upsert_all(&(0..50).map(|n| plain(&n.to_string(), "some text")).collect::<Vec<_>>()).unwrap();
    drop(store);
    let sound = fs::read(&path).unwrap();

    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", Store::SCHEMA + 5).unwrap();
    drop(newer);
    let (newer, known) = (Store::SCHEMA + 5, Store::SCHEMA);
    check_refused(
        home.path(),
        &format!("made by a newer khabar (schema {newer}, this one knows {known}): update khabar"),
    );

    let damage: [Vec<u8>; 5] = [
        "هذا ليس مكتبة".repeat(40).into(),
        sound[..60].to_vec(),
        [&sound[..100], &vec![0xAA; 4000], &sound[4100..]].concat(),
        [&sound[..16], &[3, 3], &sound[18..]].concat(),
        sound[..100].to_vec(),
    ];
    for bytes in damage {
        fs::write(&path, bytes).unwrap();
        check_refused(home.path(), "the library is damaged");
    }

    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE song (name TEXT)").unwrap();
    drop(other);
    check_refused(home.path(), "another program's file");
}

#[test]
fn a_newer_schema_in_the_log_alone_is_seen_and_not_written_over() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    drop(Store::open(&path).unwrap());
    let newer = rusqlite::Connection::open(&path).unwrap();
    newer.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    newer.pragma_update(None, "user_version", Store::SCHEMA + 9).unwrap();
    drop(newer);
    let before = (fs::read(&path).unwrap(), fs::read(home.path().join("library.db-wal")).unwrap());
    let error = Store::open(&path).unwrap_err();
    assert!(error.to_string().contains(&format!("schema {}", Store::SCHEMA + 9)), "{error}");
    assert_eq!((fs::read(&path).unwrap(), fs::read(home.path().join("library.db-wal")).unwrap()), before);
}

#[test]
fn a_damaged_page_is_said_and_the_rest_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let articles: Vec<NewArticle> =
        (0..200).map(|n| plain(&n.to_string(), &format!("text {n} ").repeat(60))).collect();
    store.upsert_all(&articles).unwrap();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 30_000].fill(0x5A);
    fs::write(&path, &bytes).unwrap();
    let Ok(store) = Store::open(&path) else { return };
    assert!(!store.check().map(|faults| faults.is_empty()).unwrap_or(false));
    for id in 1..=200 {
        match store.article(ArticleId(id)) {
            Ok(_) | Err(StoreError::Damaged) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_place_that_cannot_be_written_is_a_sentence() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = Store::open(&file.join("library.db")).unwrap_err().to_string();
    assert!(error.contains("cannot be created") && error.contains("name another one"), "{error}");
    let error = Store::open(home.path()).unwrap_err().to_string();
    assert!(!error.is_empty());
    // The person who runs the tests may be root, whom permissions do not stop; /proc stops root too.
    let locked = if rustix::process::geteuid().is_root() {
        std::path::PathBuf::from("/proc/khabar")
    } else {
        let folder = home.path().join("locked");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
        folder
    };
    let error = Store::open(&locked.join("library.db")).unwrap_err().to_string();
    assert!(error.contains("cannot be"), "{error}");
}

#[test]
fn temporary_libraries_are_named_by_their_arguments_and_go_when_old() {
    let home = tempfile::tempdir().unwrap();
    let (a, b) = (home.path().join("a"), home.path().join("b"));
    fs::write(&a, "x").unwrap();
    let name = temporary_name(&[a.clone(), b.clone()]);
    assert_eq!(name, temporary_name(&[home.path().join("./a"), b.clone()]));
    assert_ne!(name, temporary_name(&[b, a.clone()]), "order counts");
    assert_ne!(name, temporary_name(&[a]));
    assert!(name.strip_suffix(".khabar").unwrap().bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");

    let folder = home.path().join("temporary");
    assert_eq!(sweep_temporary(&folder, 30, time(0)).unwrap(), 0, "no folder, nothing to sweep");
    for file in ["old.khabar", "old.khabar-wal", "old.khabar-shm", "used.khabar", "notes.txt"] {
        drop(Store::open(&folder.join("first.khabar")).unwrap());
        fs::write(folder.join(file), "x").unwrap();
    }
    let later = Timestamp::now() + SignedDuration::from_hours(31 * 24);
    assert_eq!(sweep_temporary(&folder, 30, Timestamp::now()).unwrap(), 0);
    touch_temporary(&folder.join("used.khabar"), later).unwrap();
    assert_eq!(sweep_temporary(&folder, 30, later).unwrap(), 2);
    let left: Vec<_> = files(&folder).into_iter().map(|(name, _)| name).collect();
    assert_eq!(left, ["notes.txt", "used.khabar"]);
}

#[test]
fn a_bulk_that_fails_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    store.upsert(&plain("a", "x")).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER stop BEFORE INSERT ON mark WHEN NEW.article = 3 BEGIN SELECT raise(ABORT, 'no'); END",
        )
        .unwrap();
    assert!(store.upsert_all(&[plain("b", "x"), plain("c", "x"), plain("d", "x")]).is_err());
    assert_eq!(store.counts().unwrap().all, 1);
    assert_eq!(store.view(&View::All, Sort::Newest, time(0), None).unwrap().len(), 1);
}
