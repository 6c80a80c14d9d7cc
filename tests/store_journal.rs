//! Verbs, undo and redo; across restarts, and by two connections at once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at its first surprise"
)]

mod store_support;

use std::sync::{Arc, Barrier};
use std::thread;

use khabar::article::*;
use khabar::query::View;
use khabar::store::*;
use khabar::text::Direction;
use proptest::prelude::*;
use store_support::*;

/// A library in memory with `count` articles.
fn library(count: usize) -> (Store, Vec<ArticleId>) {
    let mut store = Store::open_in_memory().unwrap();
    let ids = fill(&mut store, count);
    (store, ids)
}

fn fill(store: &mut Store, count: usize) -> Vec<ArticleId> {
    let articles: Vec<NewArticle> = (0..count).map(|n| plain(&format!("{n}"), &format!("خبر {n}"))).collect();
    store.upsert_all(&articles).unwrap().into_iter().map(Upsert::id).collect()
}

fn note(text: &str) -> Verb {
    Verb::Bookmark(Bookmark { note: Some(text.into()), due: Some("2026-12-01".parse().unwrap()) })
}

#[test]
fn a_verb_is_one_entry_and_none_where_nothing_changes() {
    let (mut store, ids) = library(3);
    let applied = store.apply(&Verb::Done, &[ids[0], ids[2], ids[0], ArticleId(99)], &context(5)).unwrap();
    let changed: Vec<ArticleId> = applied.changed.iter().map(|(id, _)| *id).collect();
    assert_eq!((changed, &applied.missing), (vec![ids[0], ids[2]], &vec![ArticleId(99)]));
    assert!(applied.changed.iter().all(|(id, marks)| store.marks(*id).unwrap().as_ref() == Some(marks)));
    let entry = store.undo_candidate().unwrap().unwrap();
    assert_eq!(
        entry,
        JournalEntry {
            id: applied.entry.unwrap(),
            verb: "done".into(),
            count: 2,
            at: time(5),
            session: "s".into(),
            view: "inbox".into(),
            title: None,
        }
    );
    let again = store.apply(&Verb::Done, &[ids[0]], &context(6)).unwrap();
    assert_eq!(again, Applied::default());
    assert_eq!(store.undo_candidate().unwrap(), Some(entry));
    let none = store.apply(&Verb::Done, &[], &context(6)).unwrap();
    assert_eq!(none, Applied::default());
}

#[test]
fn every_verb_can_be_undone_and_redone() {
    for verb in [
        Verb::Read,
        Verb::Done,
        Verb::Archive,
        note("سؤال"),
        Verb::Bookmark(Bookmark::default()),
        Verb::Direction(Some(Direction::Rtl)),
        Verb::Direction(Some(Direction::Ltr)),
    ] {
        let (mut store, ids) = library(2);
        store.apply(&verb, &ids, &context(1)).unwrap();
        let after = store.marks(ids[0]).unwrap().unwrap();
        assert_eq!(after, verb.apply(&Marks::default()));
        let undone = store.undo(&context(2)).unwrap().unwrap();
        assert_eq!((undone.entry.verb.as_str(), undone.skipped), (verb.name(), 0));
        assert_eq!(undone.changed, [(ids[0], Marks::default()), (ids[1], Marks::default())]);
        assert_eq!(store.marks(ids[0]).unwrap(), Some(Marks::default()));
        let redone = store.redo(&context(3)).unwrap().unwrap();
        assert_eq!(redone.entry.id, undone.entry.id);
        assert_eq!(store.marks(ids[0]).unwrap(), Some(after));
    }
    // The verbs that take away, from marks that have all.
    for verb in [Verb::Unread, Verb::Undone, Verb::Unbookmark, Verb::Direction(None), note("another")] {
        let (mut store, ids) = library(1);
        for first in [Verb::Archive, note("سؤال"), Verb::Direction(Some(Direction::Rtl))] {
            store.apply(&first, &ids, &context(1)).unwrap();
        }
        let before = store.marks(ids[0]).unwrap();
        store.apply(&verb, &ids, &context(1)).unwrap();
        assert_ne!(store.marks(ids[0]).unwrap(), before);
        store.undo(&context(2)).unwrap().unwrap();
        assert_eq!(store.marks(ids[0]).unwrap(), before, "{verb:?}");
    }
}

#[test]
fn undo_goes_back_to_the_start_and_redo_to_the_end() {
    let (mut store, ids) = library(3);
    let verbs = [Verb::Done, note("a"), Verb::Archive, Verb::Unread, Verb::Unbookmark];
    let mut states = vec![store.marks(ids[0]).unwrap()];
    for verb in &verbs {
        store.apply(verb, &ids[..1], &context(1)).unwrap();
        states.push(store.marks(ids[0]).unwrap());
    }
    for _ in 0..2 {
        for (back, verb) in verbs.iter().enumerate().rev() {
            let candidate = store.undo_candidate().unwrap().unwrap();
            assert_eq!((candidate.verb.as_str(), candidate.title.as_deref()), (verb.name(), Some("خبر 0")));
            assert_eq!(store.undo(&context(2)).unwrap().unwrap().entry, candidate);
            assert_eq!(store.marks(ids[0]).unwrap(), states[back]);
        }
        assert_eq!(store.undo(&context(2)).unwrap(), None);
        assert_eq!(store.undo_candidate().unwrap(), None);
        for (forward, verb) in verbs.iter().enumerate() {
            assert_eq!(store.redo_candidate().unwrap().unwrap().verb, verb.name());
            store.redo(&context(3)).unwrap().unwrap();
            assert_eq!(store.marks(ids[0]).unwrap(), states[forward + 1]);
        }
        assert_eq!(store.redo(&context(3)).unwrap(), None);
    }
}

#[test]
fn a_new_verb_clears_redo_and_opening_does_not() {
    let (mut store, ids) = library(2);
    store.apply(&Verb::Done, &ids, &context(1)).unwrap();
    store.undo(&context(2)).unwrap();
    store.apply(&Verb::Open, &ids[..1], &context(3)).unwrap();
    assert_eq!(store.redo_candidate().unwrap().unwrap().verb, "done");
    store.apply(&Verb::Done, &[], &context(3)).unwrap();
    assert!(store.redo_candidate().unwrap().is_some(), "a verb that changes nothing clears nothing");
    store.apply(&note("a"), &ids[..1], &context(4)).unwrap();
    assert_eq!(store.redo_candidate().unwrap(), None);
    assert_eq!(store.undo(&context(5)).unwrap().unwrap().entry.verb, "bookmark");
    assert_eq!(store.undo(&context(6)).unwrap(), None, "what was cleared does not come back");
}

#[test]
fn undo_passes_over_opening_and_past_what_opening_changed() {
    let (mut store, ids) = library(1);
    store.apply(&note("a"), &ids, &context(1)).unwrap();
    let opened = store.apply(&Verb::Open, &ids, &context(2)).unwrap();
    assert!(opened.entry.is_some());
    let undone = store.undo(&context(3)).unwrap().unwrap();
    assert_eq!((undone.entry.verb.as_str(), undone.skipped), ("bookmark", 0));
    assert_eq!(undone.changed, [(ids[0], Marks { read: true, ..Marks::default() })]);
    store.redo(&context(4)).unwrap();
    assert!(store.marks(ids[0]).unwrap().unwrap().bookmark.is_some());
}

/// Opening after `Unread` was undone meets marks that opening changed: those are skipped, and counted.
#[test]
fn skipped_articles_are_counted_and_redo_touches_only_what_undo_did() {
    let (mut store, ids) = library(3);
    store.apply(&Verb::Read, &ids, &context(1)).unwrap();
    store.apply(&Verb::Unread, &ids, &context(2)).unwrap();
    store.apply(&Verb::Open, &ids[..1], &context(3)).unwrap();
    let undone = store.undo(&context(4)).unwrap().unwrap();
    assert_eq!((undone.entry.verb.as_str(), undone.entry.count, undone.skipped), ("unread", 3, 1));
    assert_eq!(undone.changed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids[1..]);
    let redone = store.redo(&context(5)).unwrap().unwrap();
    assert_eq!((redone.changed.len(), redone.skipped), (2, 0), "the one that undo left is left");
    assert!(store.marks(ids[0]).unwrap().unwrap().read, "opened after the verb, and it stays so");
    // All skipped: the entry is still passed, so that undo goes on to the one before.
    store.apply(&Verb::Open, &ids[1..], &context(6)).unwrap();
    let undone = store.undo(&context(7)).unwrap().unwrap();
    assert_eq!((undone.changed.len(), undone.skipped), (0, 2));
    assert_eq!(store.undo(&context(8)).unwrap().unwrap().entry.verb, "read");
    assert_eq!(store.marks(ids[0]).unwrap(), Some(Marks::default()));
}

#[test]
fn undo_and_redo_work_after_a_restart_and_name_the_session() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let ids = fill(&mut store, 5);
    let first = JournalContext { session: "monday", view: "?الصين", now: time(1) };
    store.apply(&Verb::Done, &ids, &first).unwrap();
    drop(store);
    let mut store = Store::open(&path).unwrap();
    let entry = store.undo_candidate().unwrap().unwrap();
    assert_eq!((entry.session.as_str(), entry.view.as_str(), entry.count), ("monday", "?الصين", 5));
    assert_eq!(store.undo(&context(2)).unwrap().unwrap().changed.len(), 5);
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.counts().unwrap().inbox, 5);
    assert_eq!(store.redo(&context(3)).unwrap().unwrap().changed.len(), 5);
    assert_eq!(store.counts().unwrap().inbox, 0);
}

#[test]
fn two_connections_see_each_other_and_share_the_journal() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut reader = Store::open(&path).unwrap();
    let mut other = Store::open(&path).unwrap();
    let version = reader.data_version().unwrap();
    assert_eq!(reader.data_version().unwrap(), version);
    let ids = fill(&mut other, 3);
    assert_ne!(reader.data_version().unwrap(), version, "another connection wrote");
    assert_eq!(reader.view(&View::Inbox, Sort::Newest, time(0), None).unwrap(), ids);
    let version = reader.data_version().unwrap();
    reader.apply(&Verb::Done, &ids, &context(1)).unwrap();
    assert_eq!(reader.data_version().unwrap(), version, "its own writing does not count");
    other.apply(&Verb::Unread, &ids[..1], &context(2)).unwrap();
    assert_eq!(reader.undo(&context(3)).unwrap().unwrap().entry.verb, "unread");
    assert_eq!(other.undo(&context(4)).unwrap().unwrap().entry.verb, "done");
    assert_eq!(reader.counts().unwrap().inbox, 3);
}

#[test]
fn many_writers_at_once_lose_nothing() {
    const WRITERS: usize = 4;
    const EACH: usize = 20;
    let home = tempfile::tempdir().unwrap();
    let path = Arc::new(home.path().join("new/library.db"));
    let start = Arc::new(Barrier::new(WRITERS));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (path, start) = (Arc::clone(&path), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                // All of them make the library at once, too.
                let mut store = Store::open(&path).unwrap();
                for number in 0..EACH {
                    let id = store.upsert(&plain(&format!("{writer}-{number}"), "x")).unwrap().id();
                    store.apply(&Verb::Done, &[id], &context(1)).unwrap();
                    if number % 2 == 0 {
                        store.apply(&note("n"), &[id], &context(2)).unwrap();
                    }
                    store.save_position(id, &Anchor::default(), time(1)).unwrap();
                    assert!(!store.first_window(&View::All, Sort::Newest, time(0), 50).unwrap().is_empty());
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let mut store = Store::open(&path).unwrap();
    let counts = store.counts().unwrap();
    assert_eq!((counts.all, counts.inbox, counts.bookmarked), (WRITERS * EACH, 0, WRITERS * EACH / 2));
    let mut undone = 0;
    while let Some(entry) = store.undo(&context(9)).unwrap() {
        assert_eq!(entry.skipped, 0);
        undone += 1;
    }
    assert_eq!(undone, WRITERS * EACH * 3 / 2, "each acknowledged verb is in the journal once");
    assert_eq!(store.counts().unwrap().inbox, WRITERS * EACH);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

/// What a person may do next.
#[derive(Clone, Debug)]
enum Step {
    Do(Verb, Vec<usize>),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    let verb = prop::sample::select(vec![
        Verb::Read,
        Verb::Unread,
        Verb::Done,
        Verb::Undone,
        Verb::Archive,
        note("a"),
        note("b"),
        Verb::Unbookmark,
        Verb::Direction(Some(Direction::Rtl)),
        Verb::Direction(None),
    ]);
    prop_oneof![
        3 => (verb, prop::collection::vec(0..4_usize, 0..5)).prop_map(|(verb, ids)| Step::Do(verb, ids)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// As long as all changes go through it, the journal is a line of states on which one walks back and forth; and
    /// the counts are always what the marks say.
    #[test]
    fn undo_and_redo_walk_a_line_of_states(steps in prop::collection::vec(step(), 0..30)) {
        let (mut store, ids) = library(4);
        let mut line = vec![vec![Marks::default(); 4]];
        let mut at = 0;
        for step in steps {
            match step {
                Step::Do(verb, of) => {
                    let mut next = line[at].clone();
                    for index in &of {
                        next[*index] = verb.apply(&line[at][*index]);
                    }
                    let of: Vec<ArticleId> = of.into_iter().map(|index| ids[index]).collect();
                    let applied = store.apply(&verb, &of, &context(1)).unwrap();
                    prop_assert_eq!(applied.entry.is_some(), next != line[at]);
                    if next != line[at] {
                        line.truncate(at + 1);
                        line.push(next);
                        at += 1;
                    }
                }
                Step::Undo => {
                    let undone = store.undo(&context(2)).unwrap();
                    prop_assert_eq!(undone.as_ref().map(|undone| undone.skipped), (at > 0).then_some(0));
                    at = at.saturating_sub(1);
                }
                Step::Redo => {
                    let redone = store.redo(&context(3)).unwrap();
                    prop_assert_eq!(redone.as_ref().map(|redone| redone.skipped), (at + 1 < line.len()).then_some(0));
                    at = (at + 1).min(line.len() - 1);
                }
            }
            let marks: Vec<Marks> = ids.iter().map(|id| store.marks(*id).unwrap().unwrap()).collect();
            prop_assert_eq!(&marks, &line[at]);
            let counts = store.counts().unwrap();
            prop_assert_eq!(counts.inbox, marks.iter().filter(|marks| marks.in_inbox()).count());
            prop_assert_eq!(counts.unread, marks.iter().filter(|marks| !marks.read && !marks.muted).count());
            prop_assert_eq!(counts.bookmarked, marks.iter().filter(|marks| marks.bookmark.is_some()).count());
            prop_assert_eq!(counts.archived, marks.iter().filter(|marks| marks.archived).count());
        }
    }
}
