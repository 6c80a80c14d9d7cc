//! A newsboat user moves in: with a cache that newsboat 2.21 made of an invented feed (one article read, one read and
//! without markup, one flagged, one deleted, one that a rule hides).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::path::{Path, PathBuf};

use khabar::article::{ArticleId, Verb};
use khabar::ingest::{Newsboat, newsboat_texts};
use khabar::query::View;
use khabar::runtime::{MovedIn, move_in};
use khabar::store::{JournalContext, Sort, Store};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/newsboat")
}

fn now() -> jiff::Timestamp {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

fn moved(store: &mut Store) -> MovedIn {
    let newsboat = Newsboat::find(Some(&folder()), &|_| None).unwrap();
    let moved = move_in(store, &newsboat, "test", now(), &mut |_| {}).unwrap();
    // It is listed, and read behind.
    khabar::runtime::rederive(store, &mut |_, _| ()).unwrap();
    moved
}

fn titles(store: &Store, view: &View) -> Vec<String> {
    let ids = store.view(view, Sort::Newest, now(), None).unwrap();
    store.headlines(&ids).unwrap().into_iter().map(|line| line.title).collect()
}

#[test]
fn feeds_articles_read_marks_flags_and_rules_come_over() {
    let mut store = Store::open_in_memory().unwrap();
    let moved = moved(&mut store);
    assert_eq!((moved.articles.new, moved.read, moved.flagged, moved.rules), (4, 1, 1, 1));
    assert_eq!((moved.feeds_added, moved.left.len()), (1, 1), "{:?}", moved.left);
    let feed = &store.feeds().unwrap()[0].subscription;
    assert_eq!(feed.address, "https://coast.example/feed.xml");
    assert_eq!(
        (feed.settings.name.as_deref(), feed.settings.folder.as_slice()),
        (Some("Coast Wire"), ["coast".to_owned()].as_slice())
    );
    // What was read there is done here; what was deleted there is not here; what a rule hides is muted.
    assert_eq!(
        titles(&store, &View::Inbox),
        ["Ferry timetable changes in December", "افتتاح الجسر العائم أمام المشاة"]
    );
    assert_eq!(titles(&store, &View::Bookmarks), ["Ferry timetable changes in December"]);
    let flagged = store.view(&View::Bookmarks, Sort::Newest, now(), None).unwrap()[0];
    let marks = store.headlines(&[flagged]).unwrap()[0].marks.clone();
    assert_eq!(marks.tags.into_iter().collect::<Vec<_>>(), ["flag A", "flag s"]);
    let stored = store.article(flagged).unwrap().unwrap();
    assert_eq!(stored.article.url.as_deref(), Some("https://a.example/3"));
    assert_eq!(stored.article.links.len(), 1, "it is read as any other");
}

#[test]
fn moving_in_again_changes_nothing_that_was_done_here() {
    let mut store = Store::open_in_memory().unwrap();
    moved(&mut store);
    let query = View::Query(khabar::query::parse("markup").unwrap());
    let read: Vec<ArticleId> = store.view(&query, Sort::Newest, now(), None).unwrap();
    assert_eq!(read.len(), 1);
    let context = JournalContext { session: "s", view: "v", now: now() };
    store.apply(&Verb::Undone, &read, &context).unwrap();
    let before = titles(&store, &View::Inbox);
    assert_eq!(before.len(), 3);
    let again = moved(&mut store);
    assert_eq!((again.articles.new, again.articles.unchanged, again.read, again.feeds_known), (0, 4, 0, 1));
    assert_eq!(titles(&store, &View::Inbox), before);
}

#[test]
fn what_is_no_cache_is_one_sentence() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("cache.db"), "no database at all, only words").unwrap();
    let newsboat = Newsboat::find(Some(home.path()), &|_| None).unwrap();
    let mut store = Store::open_in_memory().unwrap();
    let error = move_in(&mut store, &newsboat, "test", now(), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("could not read newsboat's articles") && error.lines().count() == 1, "{error}");
    let nothing = tempfile::tempdir().unwrap();
    assert!(Newsboat::find(Some(nothing.path()), &|_| None).is_err());
}

#[test]
fn it_is_found_where_newsboat_keeps_it() {
    let home = tempfile::tempdir().unwrap();
    let path = |part: &str| home.path().join(part);
    std::fs::create_dir_all(path(".newsboat")).unwrap();
    std::fs::write(path(".newsboat/urls"), "").unwrap();
    let get = |name: &str| (name == "HOME").then(|| home.path().display().to_string());
    assert_eq!(Newsboat::find(None, &get).unwrap().urls, path(".newsboat/urls"));
    std::fs::create_dir_all(path(".config/newsboat")).unwrap();
    std::fs::write(path(".config/newsboat/urls"), "").unwrap();
    let found = Newsboat::find(None, &get).unwrap();
    assert_eq!(
        (found.urls, found.cache),
        (path(".config/newsboat/urls"), path(".local/share/newsboat/cache.db"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_settings_are_read(urls in "[ -~\n\"\\\\#~!ا-ي]{0,200}", config in "(ignore-article |\"\\*\" |\"title =~ |\\\\\"|[a-z \n]){0,40}") {
        let settings = newsboat_texts(&urls, &config);
        for feed in &settings.feeds {
            prop_assert!(!feed.address.is_empty());
        }
    }
}
