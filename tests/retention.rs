//! Retention: what is dealt with goes after a while, and nothing else ever does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod store_support;

use std::collections::BTreeSet;

use khabar::article::{ArticleId, Bookmark, FeedSettings, Origin, Subscription, Verb};
use khabar::query::{View, parse};
use khabar::store::{JournalContext, Retention, Sort, Store, Upsert};
use store_support::{plain, time};

const DAY: i64 = 24 * 3600;

/// A library of so many articles, a day apart, the oldest first.
fn library(many: i64) -> (Store, Vec<ArticleId>) {
    let mut store = Store::open_in_memory().unwrap();
    let ids = (0..many).map(|at| {
        let mut new = plain(&format!("{at}.txt"), &format!("خبر {at}\n\nنص الخبر رقم {at}"));
        new.article.published = Some(time(at * DAY));
        store.upsert(&new).unwrap().id()
    });
    let ids = ids.collect();
    (store, ids)
}

fn apply(store: &mut Store, verb: &Verb, ids: &[ArticleId]) {
    let context = JournalContext { session: "s", view: "v", now: time(0) };
    store.apply(verb, ids, &context).unwrap();
}

fn all(store: &Store) -> BTreeSet<ArticleId> {
    let sql = View::Query(parse("نص").unwrap());
    store.view(&sql, Sort::Newest, time(0), None).unwrap().into_iter().collect()
}

fn days(days: u32) -> Retention {
    Retention { days: Some(days), articles: None }
}

#[test]
fn only_what_is_dealt_with_goes() {
    let (mut store, ids) = library(8);
    // 0 done; 1 unread; 2 read; 3 done and bookmarked; 4 done and tagged; 5 archived; 6 done with a note; 7 done, new.
    apply(&mut store, &Verb::Done, &[ids[0], ids[3], ids[4], ids[6], ids[7]]);
    apply(&mut store, &Verb::Read, &[ids[2]]);
    apply(&mut store, &Verb::Bookmark(Bookmark::default()), &[ids[3]]);
    apply(&mut store, &Verb::Bookmark(Bookmark { note: Some("x".into()), due: None }), &[ids[6]]);
    apply(&mut store, &Verb::Tag { add: BTreeSet::from(["t".into()]), remove: BTreeSet::new() }, &[ids[4]]);
    apply(&mut store, &Verb::Archive, &[ids[5]]);
    assert_eq!(store.expire(&days(30), time(36 * DAY)).unwrap(), 1);
    assert_eq!(all(&store), ids[1..].iter().copied().collect());
    assert_eq!(store.counts().unwrap().all, 7);
    assert!(store.article(ids[0]).unwrap().is_none());
    assert_eq!(store.expire(&days(30), time(36 * DAY)).unwrap(), 0, "nothing more to do");
    assert_eq!(store.expire(&Retention::default(), time(9999 * DAY)).unwrap(), 0, "no rule, nothing goes");
}

#[test]
fn what_is_gone_does_not_come_back_and_undo_passes_over_it() {
    let (mut store, ids) = library(2);
    apply(&mut store, &Verb::Done, &ids);
    assert_eq!(store.expire(&days(1), time(90 * DAY)).unwrap(), 2);
    let again = plain("0.txt", "خبر 0\n\nنص الخبر رقم 0");
    assert_eq!(store.upsert(&again).unwrap(), Upsert::Unchanged(ids[0]));
    let changed = plain("0.txt", "خبر 0\n\nنص آخر");
    assert_eq!(store.upsert(&changed).unwrap(), Upsert::Unchanged(ids[0]));
    assert!(all(&store).is_empty());
    let context = JournalContext { session: "s", view: "v", now: time(0) };
    assert_eq!(store.undo(&context).unwrap().unwrap().skipped, 2);
}

#[test]
fn of_more_than_are_kept_the_oldest_dealt_with_go() {
    let (mut store, ids) = library(6);
    apply(&mut store, &Verb::Done, &[ids[0], ids[2], ids[3], ids[5]]);
    let rules = Retention { days: None, articles: Some(4) };
    assert_eq!(store.expire(&rules, time(7 * DAY)).unwrap(), 2);
    assert_eq!(all(&store), [ids[1], ids[3], ids[4], ids[5]].into());
    let rules = Retention { days: None, articles: Some(1) };
    assert_eq!(store.expire(&rules, time(7 * DAY)).unwrap(), 2, "what waits stays, whatever the number");
}

#[test]
fn a_feeds_own_days_come_first() {
    let mut store = Store::open_in_memory().unwrap();
    let feed = |address: &str, keep_days| Subscription {
        address: address.into(),
        settings: FeedSettings { keep_days, ..FeedSettings::default() },
        ..Subscription::default()
    };
    store
        .subscribe(
            &[feed("https://short.example/", Some(2)), feed("https://long.example/", Some(90))],
            time(0),
        )
        .unwrap();
    let mut ids = Vec::new();
    for address in ["https://short.example/", "https://long.example/", "https://other.example/"] {
        let mut new = plain(address, &format!("خبر\n\nنص من {address}"));
        new.origin = Origin::Feed { feed: address.into(), guid: "1".into() };
        new.article.published = Some(time(0));
        ids.push(store.upsert(&new).unwrap().id());
    }
    apply(&mut store, &Verb::Done, &ids);
    assert_eq!(store.expire(&days(30), time(10 * DAY)).unwrap(), 1);
    assert_eq!(all(&store), [ids[1], ids[2]].into());
    assert_eq!(store.expire(&days(30), time(40 * DAY)).unwrap(), 1);
    assert_eq!(all(&store), [ids[1]].into());
}
