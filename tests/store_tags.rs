//! Tags, and what is silenced: journaled, undone, asked for, and kept from coming in.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at its first surprise"
)]

mod store_support;

use khabar::article::*;
use khabar::query::{Mute, View, parse};
use khabar::store::*;
use store_support::*;

fn library(titles: &[&str]) -> (Store, Vec<ArticleId>) {
    let mut store = Store::open_in_memory().unwrap();
    let ids = titles.iter().map(|title| bring(&mut store, title)).collect();
    (store, ids)
}

fn bring(store: &mut Store, title: &str) -> ArticleId {
    store.upsert(&plain(title, title)).unwrap().id()
}

fn tag(add: &str, remove: &str) -> Verb {
    Verb::Tag { add: tags_of(add), remove: tags_of(remove) }
}

fn tags(store: &Store, id: ArticleId) -> Vec<String> {
    store.marks(id).unwrap().unwrap().tags.into_iter().collect()
}

#[test]
fn tags_stand_in_marks_headlines_queries_and_counts() {
    let (mut store, ids) = library(&["a", "b", "c"]);
    store.apply(&tag("قمة الكويت, china", ""), &ids[..2], &context(1)).unwrap();
    store.apply(&tag("", "china"), &ids[..1], &context(2)).unwrap();
    assert_eq!(tags(&store, ids[0]), ["قمة الكويت"]);
    let headline = store.headlines(&ids[1..2]).unwrap().remove(0);
    assert_eq!(headline.marks.tags, tags_of("china, قمة الكويت"));
    assert_eq!(store.article(ids[1]).unwrap().unwrap().marks.tags.len(), 2);
    let mut kuwait = found(&store, "tag:\"قِمّة الكويت\"");
    kuwait.sort_unstable();
    assert_eq!(kuwait, ids[..2]);
    assert_eq!(found(&store, "tag:China"), ids[1..2]);
    assert_eq!(found(&store, "-is:tagged"), ids[2..]);
    assert_eq!(found(&store, "tag:nowhere"), []);
    let counted: Vec<(String, usize)> =
        store.tags().unwrap().into_iter().map(|tag| (tag.name, tag.articles)).collect();
    assert_eq!(counted, [("china".to_owned(), 1), ("قمة الكويت".to_owned(), 2)]);
}

#[test]
fn undo_of_a_tag_leaves_those_that_were_put_on_since() {
    let (mut store, ids) = library(&["a"]);
    store.apply(&tag("one, two", ""), &ids, &context(1)).unwrap();
    store.apply(&tag("three", ""), &ids, &context(2)).unwrap();
    store.undo(&context(3)).unwrap();
    assert_eq!(tags(&store, ids[0]), ["one", "two"]);
    store.redo(&context(4)).unwrap();
    assert_eq!(tags(&store, ids[0]), ["one", "three", "two"]);
    store.undo(&context(5)).unwrap();
    store.undo(&context(6)).unwrap();
    assert_eq!(tags(&store, ids[0]), Vec::<String>::new());
    assert_eq!(found(&store, "is:tagged"), []);
    assert_eq!(store.tags().unwrap(), []);
}

#[test]
fn a_mute_silences_now_and_on_arrival_until_its_time_and_undo_brings_all_back() {
    let (mut store, ids) = library(&["قرعة كأس العالم", "نتائج الجولة", "كأس العالم: المنتخبات"]);
    let mute = Mute::Topic("كأس العالم".to_owned());
    let applied = store.mute(&mute, time(1_000), &context(1)).unwrap();
    assert_eq!(applied.changed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[0], ids[2]]);
    let inbox = |store: &Store| store.view(&View::Inbox, Sort::Newest, time(0), None).unwrap();
    assert_eq!(inbox(&store), [ids[1]]);
    let late = bring(&mut store, "جدول كأس العالم");
    let other = bring(&mut store, "كأس آسيا");
    let marks = store.marks(late).unwrap().unwrap();
    assert!(marks.muted && marks.done && marks.read);
    assert_eq!(store.counts().unwrap().inbox, 2);
    assert!(store.marks(other).unwrap().unwrap().in_inbox());
    let mut after = plain("later", "بعد كأس العالم");
    after.received = time(2_000);
    let after = store.upsert(&after).unwrap().id();
    assert!(store.marks(after).unwrap().unwrap().in_inbox(), "its time is over");
    let undone = store.undo(&context(2)).unwrap().unwrap();
    assert_eq!((undone.entry.verb.as_str(), undone.changed.len(), undone.skipped), ("mute", 3, 0));
    assert_eq!(store.counts().unwrap().inbox, 6);
    let through = bring(&mut store, "ملاعب كأس العالم");
    assert!(store.marks(through).unwrap().unwrap().in_inbox(), "undone, it lets through");
    store.redo(&context(3)).unwrap();
    assert!(store.marks(late).unwrap().unwrap().muted);
    let again = bring(&mut store, "تذاكر كأس العالم");
    assert!(store.marks(again).unwrap().unwrap().muted, "redone, it silences");
    store.undo(&context(4)).unwrap();
    assert!(!store.marks(again).unwrap().unwrap().muted, "also what came after redo");
}

#[test]
fn a_mute_is_lifted_and_lifting_is_undone_as_any_change() {
    let (mut store, ids) = library(&["كأس العالم في الدوحة", "خبر آخر", "قرعة كأس العالم"]);
    let mute = Mute::Topic("كأس العالم".to_owned());
    store.mute(&mute, time(1_000), &context(1)).unwrap();
    let other = store.mute(&Mute::Source("وكالة".to_owned()), time(500), &context(1)).unwrap().entry.unwrap();
    let in_force = store.mutes(time(10)).unwrap();
    let named: Vec<(&Mute, usize)> = in_force.iter().map(|own| (&own.mute, own.articles)).collect();
    assert_eq!(named, [(&Mute::Source("وكالة".to_owned()), 0), (&mute, 2)], "the first to end first");
    assert_eq!(store.mutes(time(600)).unwrap().len(), 1, "one has ended");
    // One of them was taken up again since; it stays as the person left it.
    store.apply(&Verb::Bookmark(Bookmark::default()), &ids[..1], &context(2)).unwrap();
    store.apply(&Verb::Undone, &ids[2..], &context(2)).unwrap();
    let entry = in_force[1].entry;
    let lifted = store.lift(entry, &context(3)).unwrap().unwrap();
    assert_eq!(lifted.changed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids[..1]);
    let marks = store.marks(ids[0]).unwrap().unwrap();
    assert!(
        !marks.muted && !marks.done && marks.bookmark.is_some(),
        "what was done besides stays: {marks:?}"
    );
    assert_eq!(store.lift(entry, &context(3)).unwrap(), None, "it is in force no more");
    let passes = bring(&mut store, "هداف كأس العالم");
    assert!(store.marks(passes).unwrap().unwrap().in_inbox());
    // Undo of the lifting mutes again, redo lifts again.
    let undone = store.undo(&context(4)).unwrap().unwrap();
    assert_eq!((undone.entry.verb.as_str(), undone.changed.len()), ("unmute", 1));
    let silenced = bring(&mut store, "نهائي كأس العالم");
    assert!(store.marks(silenced).unwrap().unwrap().muted && store.marks(ids[0]).unwrap().unwrap().muted);
    store.redo(&context(5)).unwrap().unwrap();
    assert_eq!(store.mutes(time(10)).unwrap().iter().map(|own| own.entry).collect::<Vec<_>>(), [other]);
    assert!(store.marks(ids[0]).unwrap().unwrap().in_inbox());
}

#[test]
fn tags_of_names_are_asked_whatever_their_letters() {
    let (mut store, ids) = library(&["a"]);
    store.apply(&tag("O'Neil \"x\"; DROP TABLE tag", ""), &ids, &context(1)).unwrap();
    assert_eq!(store.tags().unwrap().len(), 1);
    let view = View::Query(parse("tag:\"o'neil\" is:tagged").unwrap());
    assert_eq!(store.view(&view, Sort::Newest, time(0), None).unwrap(), []);
}

#[test]
fn follow_ups_are_due_when_their_day_has_come() {
    let (mut store, ids) = library(&["a", "b", "c", "d"]);
    for (id, day) in ids.iter().zip(["2026-11-23", "2026-11-24", "2026-11-25"]) {
        store.apply(&Verb::Due(Some(day.parse().unwrap())), &[*id], &context(1)).unwrap();
    }
    store.apply(&Verb::Bookmark(Bookmark::default()), &ids[3..], &context(2)).unwrap();
    assert_eq!(store.many_due("2026-11-24".parse().unwrap()).unwrap(), 2);
    let by_day = store.view(&View::Bookmarks, Sort::Due, time(0), None).unwrap();
    assert_eq!(by_day, ids, "by their day, those without one last");
    store.apply(&Verb::FollowedUp, &ids[..1], &context(3)).unwrap();
    assert_eq!(store.many_due("2026-11-24".parse().unwrap()).unwrap(), 1);
    store.undo(&context(4)).unwrap();
    assert_eq!(store.many_due("2026-11-24".parse().unwrap()).unwrap(), 2);
}

#[test]
fn views_are_sorted_by_source_and_title() {
    let mut store = Store::open_in_memory().unwrap();
    let mut bring = |title: &str, source: Option<&str>| {
        let mut incoming = plain(title, title);
        incoming.article.source = source.map(str::to_owned);
        store.upsert(&incoming).unwrap().id()
    };
    let b = bring("beta", Some("Zeitung"));
    let a = bring("Alpha", None);
    let c = bring("gamma", Some("Agency"));
    let d = bring("delta", Some("Agency"));
    let sorted = |sort| store.view(&View::Inbox, sort, time(0), None).unwrap();
    assert_eq!(sorted(Sort::Title), [a, b, d, c]);
    assert_eq!(sorted(Sort::Source), [c, d, b, a], "what has no source comes last");
    let window = store.first_window(&View::Inbox, Sort::Source, time(0), 9).unwrap();
    assert_eq!(window.iter().map(|line| line.id).collect::<Vec<_>>(), [c, d, b, a]);
    assert_eq!(found(&store, "source:=agency"), [c, d]);
    assert_eq!(found(&store, "source:=agen"), []);
    let counted: Vec<(String, usize, usize)> =
        store.sources().unwrap().into_iter().map(|one| (one.name, one.articles, one.inbox)).collect();
    assert_eq!(counted, [("Agency".to_owned(), 2, 2), ("Zeitung".to_owned(), 1, 1)]);
    assert_eq!(store.first_unread(&[a, b]).unwrap(), Some(a));
    let runs = [&[c, d, b, a][..], &[a, b], &[b, d, c], &[]].map(|ids| store.source_run(ids).unwrap());
    assert_eq!(runs, [2, 1, 1, 0]);
}
