//! Corrections of facts: a person edits, hides and adds them; they are journaled, are undone at any depth and after a
//! restart, and survive a new derivation. The schema before them is brought up to date without loss.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod store_support;

use khabar::article::*;
use khabar::query::IndexForm;
use khabar::store::*;
use store_support::*;

const TEXT: &str = "خبر\n\nالدولة المستضيفة الصين\nالموعد 2026-12-01\nالسعر 10 دنانير";

/// An article of three facts.
fn incoming() -> NewArticle {
    let mut incoming = plain("a", TEXT);
    let day = Normalized::Date("2026-12-01".parse().unwrap());
    incoming.facts = vec![
        fact(TEXT, "الدولة المستضيفة", "الصين", Some("host_country"), vec![Normalized::Country("CN".into())]),
        fact(TEXT, "الموعد", "2026-12-01", Some("date"), vec![day]),
        fact(TEXT, "السعر", "10 دنانير", Some("price"), vec![]),
    ];
    incoming
}

/// Knows one country and one key.
fn understand(key: &str, value: &str) -> Meaning {
    Meaning {
        concept: (key == "المكان").then(|| "venue".to_owned()),
        normalized: if value == "الكويت" { vec![Normalized::Country("KW".into())] } else { Vec::new() },
    }
}

fn correct(store: &mut Store, id: ArticleId, correction: &Correction) -> Corrected {
    store.correct(id, correction, &understand, &context(1)).unwrap()
}

/// What the facts of an article say, in order.
fn shown(store: &Store, id: ArticleId) -> Vec<(String, String)> {
    let stored = store.article(id).unwrap().unwrap();
    assert_eq!(store.headlines(&[id]).unwrap()[0].facts, stored.facts.len(), "the list counts what is shown");
    stored.facts.into_iter().map(|fact| (fact.key, fact.value)).collect()
}

fn pairs(expect: &[(&str, &str)]) -> Vec<(String, String)> {
    expect.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The fact of that key, as the reader would name it.
fn named(store: &Store, id: ArticleId, key: &str) -> FactRef {
    let facts = store.article(id).unwrap().unwrap().facts;
    FactRef::of(facts.iter().find(|fact| fact.key == key).unwrap())
}

fn edit(store: &Store, id: ArticleId, key: &str, value: &str) -> Correction {
    Correction::Edit { fact: named(store, id, key), key: key.into(), value: value.into() }
}

fn add(key: &str, value: &str) -> Correction {
    Correction::Add { key: key.into(), value: value.into(), evidence: None }
}

const HOST: (&str, &str) = ("الدولة المستضيفة", "الصين");
const DAY: (&str, &str) = ("الموعد", "2026-12-01");
const PRICE: (&str, &str) = ("السعر", "10 دنانير");

#[test]
fn facts_are_edited_hidden_and_added_and_queries_see_it() {
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    let edited = edit(&store, id, HOST.0, "الكويت");
    let corrected = correct(&mut store, id, &edited);
    assert_eq!(corrected.facts, store.article(id).unwrap().unwrap().facts);
    assert_eq!(shown(&store, id), pairs(&[(HOST.0, "الكويت"), DAY, PRICE]), "in its place");
    let first = &corrected.facts[0];
    assert_eq!((first.method, first.concept.as_deref()), (Method::Person, None));
    assert_eq!(first.evidence.row, incoming().facts[0].evidence.row, "an edited fact keeps its evidence");
    assert_eq!(found(&store, "fact:\"الدولة المستضيفة\"=الكويت"), [id]);
    assert_eq!(found(&store, "fact:\"الدولة المستضيفة\"=الصين"), []);
    assert_eq!(found(&store, "host:الصين"), []);

    let hide = Correction::Hide(named(&store, id, PRICE.0));
    correct(&mut store, id, &hide);
    assert_eq!(shown(&store, id), pairs(&[(HOST.0, "الكويت"), DAY]));
    assert_eq!(found(&store, "fact:السعر"), []);

    let evidence = Some(Span::new(0, "خبر".len()));
    let added = Correction::Add { key: "المكان".into(), value: " الكويت\n".into(), evidence };
    let facts = correct(&mut store, id, &added).facts;
    assert_eq!(shown(&store, id), pairs(&[(HOST.0, "الكويت"), DAY, ("المكان", "الكويت")]));
    let last = facts.last().unwrap();
    assert_eq!((last.concept.as_deref(), last.evidence.row), (Some("venue"), Span::new(0, "خبر".len())));
    assert_eq!(last.normalized, [Normalized::Country("KW".into())]);
    assert_eq!(store.derived_facts(id).unwrap(), incoming().facts, "what was derived stays as it was");
}

#[test]
fn what_changes_nothing_is_no_entry() {
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    let stale = FactRef { key: "السعر".into(), value: "9".into(), row: Span::default() };
    for correction in [
        edit(&store, id, HOST.0, HOST.1),
        edit(&store, id, HOST.0, "  "),
        add("", "x"),
        add("x", " \n"),
        Correction::Hide(stale.clone()),
        Correction::Edit { fact: stale, key: "a".into(), value: "b".into() },
    ] {
        assert_eq!(correct(&mut store, id, &correction).entry, None, "{correction:?}");
    }
    assert_eq!(correct(&mut store, ArticleId(99), &add("a", "b")).entry, None);
    assert_eq!(store.undo_candidate().unwrap(), None);
}

#[test]
fn undo_and_redo_walk_through_corrections_and_marks_across_restarts() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    let mut states = vec![shown(&store, id)];
    let steps: [fn(&Store, ArticleId) -> Correction; 6] = [
        |store, id| edit(store, id, HOST.0, "الكويت"),
        |store, id| edit(store, id, HOST.0, "عُمان"),
        |_, _| add("المكان", "الكويت"),
        |store, id| edit(store, id, "المكان", "بيان"),
        |store, id| Correction::Hide(named(store, id, "المكان")),
        |store, id| Correction::Hide(named(store, id, HOST.0)),
    ];
    for step in steps {
        let correction = step(&store, id);
        assert!(correct(&mut store, id, &correction).entry.is_some(), "{correction:?}");
        states.push(shown(&store, id));
        store.apply(&Verb::Open, &[id], &context(2)).unwrap();
    }
    store.apply(&Verb::Done, &[id], &context(2)).unwrap();
    for round in 0..2 {
        drop(store);
        store = Store::open(&path).unwrap();
        let undone = store.undo(&context(3)).unwrap().unwrap();
        assert_eq!((undone.entry.verb.as_str(), undone.changed[0].1.done), ("done", false));
        assert!(!undone.entry.is_of_facts());
        for expect in states.iter().rev().skip(1) {
            let candidate = store.undo_candidate().unwrap().unwrap();
            assert!(candidate.is_of_facts() && candidate.title.is_some(), "{candidate:?}");
            let undone = store.undo(&context(3)).unwrap().unwrap();
            assert_eq!((undone.changed[0].0, undone.skipped), (id, 0), "{}", undone.entry.verb);
            assert_eq!(&shown(&store, id), expect, "round {round}");
        }
        assert_eq!(store.undo(&context(3)).unwrap(), None);
        assert_eq!(store.amendments(id).unwrap(), []);
        drop(store);
        store = Store::open(&path).unwrap();
        for expect in states.iter().skip(1) {
            store.redo(&context(4)).unwrap().unwrap();
            assert_eq!(&shown(&store, id), expect, "round {round}");
        }
        store.redo(&context(4)).unwrap().unwrap();
        assert_eq!(store.redo(&context(4)).unwrap(), None);
    }
    store.undo(&context(5)).unwrap();
    correct(&mut store, id, &add("جديد", "1"));
    assert_eq!(store.redo(&context(5)).unwrap(), None, "a correction spends what could be redone");
}

/// A newer extractor makes the article again: this text, with these facts.
fn derive(store: &mut Store, id: ArticleId, text: &str, facts: &[(&str, &str)]) {
    let (entry, body) = store.body(id).unwrap().unwrap();
    let derived = NewDerived {
        article: plain("a", text).article,
        facts: facts.iter().map(|(key, value)| fact(text, key, value, None, vec![])).collect(),
        extractor_version: store.article(id).unwrap().unwrap().extractor_version + 1,
        index: IndexForm::of(text),
        sketch: Sketch::default(),
    };
    assert_eq!(store.rederive(&[Remade::new(id, entry, body, derived).unwrap()]).unwrap().written, 1);
}

#[test]
fn corrections_survive_a_new_derivation() {
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    for correction in [
        edit(&store, id, HOST.0, "الكويت"),
        Correction::Hide(named(&store, id, PRICE.0)),
        Correction::Add {
            key: "المكان".into(),
            value: "بيان".into(),
            evidence: Some(Span::new(0, "خبر".len())),
        },
    ] {
        correct(&mut store, id, &correction);
    }
    let added = ("المكان", "بيان");
    let moved = format!("سطر جديد قبله\n\n{TEXT}");
    let vowels = "خبر\n\nالدَّولة المستضيفة الصين\nالموعد 2026-12-01\nالسعر 10 دنانير";
    for (why, text, derived, expect) in [
        ("as before", TEXT, &[HOST, DAY, PRICE][..], &[(HOST.0, "الكويت"), DAY, added][..]),
        ("elsewhere in the text", &moved, &[HOST, DAY, PRICE], &[(HOST.0, "الكويت"), DAY, added]),
        ("spelt otherwise", vowels, &[("الدَّولة المستضيفة", "الصين"), PRICE], &[(HOST.0, "الكويت"), added]),
        (
            "another border in the same row",
            TEXT,
            &[("الدولة", "المستضيفة الصين"), DAY, ("السعر 10", "دنانير")],
            &[(HOST.0, "الكويت"), DAY, added],
        ),
        ("no longer found", TEXT, &[DAY], &[DAY, (HOST.0, "الكويت"), added]),
        ("nothing left", "نص آخر", &[], &[(HOST.0, "الكويت"), added]),
        ("there again", TEXT, &[HOST, DAY, PRICE], &[(HOST.0, "الكويت"), DAY, added]),
    ] {
        derive(&mut store, id, text, derived);
        assert_eq!(shown(&store, id), pairs(expect), "{why}");
    }
    derive(&mut store, id, &moved, &[DAY]);
    let facts = store.article(id).unwrap().unwrap().facts;
    assert_eq!(facts[1].evidence.row.of(&moved), "الدولة المستضيفة الصين", "the row is found by its quote");
    assert_eq!(facts[2].evidence.row.of(&moved), "خبر");
    // Undone after all that, the derived facts stand as they are now.
    for _ in 0..3 {
        assert_eq!(store.undo(&context(9)).unwrap().unwrap().skipped, 0);
    }
    assert_eq!(shown(&store, id), pairs(&[DAY]));
}

#[test]
fn of_equal_facts_only_the_one_meant_is_corrected() {
    let text = "السعر 5\nالسعر 5";
    let mut incoming = plain("twice", text);
    let mut second = fact(text, "السعر", "5", None, vec![]);
    let half = "السعر 5\n".len();
    second.evidence.row = second.evidence.row.shifted(half);
    incoming.facts = vec![fact(text, "السعر", "5", None, vec![]), second.clone()];
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming).unwrap().id();
    let correction =
        Correction::Edit { fact: FactRef::of(&second), key: "السعر".into(), value: "6".into() };
    correct(&mut store, id, &correction);
    assert_eq!(shown(&store, id), pairs(&[("السعر", "5"), ("السعر", "6")]));
}

#[test]
fn corrections_stay_when_the_article_comes_again_with_another_body() {
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    let correction = edit(&store, id, HOST.0, "الكويت");
    correct(&mut store, id, &correction);
    let mut changed = incoming();
    changed.body = plain("a", "other bytes").body;
    assert_eq!(store.upsert(&changed).unwrap(), Upsert::Updated(id));
    assert_eq!(shown(&store, id), pairs(&[(HOST.0, "الكويت"), DAY, PRICE]));
}

#[test]
fn amendments_of_another_library_are_adopted_as_one_entry() {
    let mut store = Store::open_in_memory().unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    for correction in [edit(&store, id, HOST.0, "الكويت"), add("المكان", "بيان")] {
        correct(&mut store, id, &correction);
    }
    let mut own = Store::open_in_memory().unwrap();
    own.upsert(&plain("other", "x")).unwrap();
    let kept = own.upsert(&incoming()).unwrap().id();
    own.adopt(kept, &store.amendments(id).unwrap(), &context(1)).unwrap();
    assert_eq!(shown(&own, kept), shown(&store, id));
    assert_eq!(own.adopt(kept, &[], &context(1)).unwrap().entry, None);
    assert!(own.undo(&context(2)).unwrap().unwrap().entry.is_of_facts());
    assert_eq!(shown(&own, kept), pairs(&[HOST, DAY, PRICE]));
}

#[test]
fn a_correction_that_another_process_changed_meanwhile_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let id = store.upsert(&incoming()).unwrap().id();
    let correction = edit(&store, id, HOST.0, "الكويت");
    correct(&mut store, id, &correction);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("UPDATE amendment SET amendment = '{\"now\":{\"key\":\"k\",\"value\":\"v\"}}'", []).unwrap();
    let undone = store.undo(&context(1)).unwrap().unwrap();
    assert_eq!((undone.changed.len(), undone.skipped), (0, 1));
    assert_eq!(store.amendments(id).unwrap().len(), 1);
}

#[test]
fn a_library_of_the_first_schema_is_brought_up_to_date() {
    let home = tempfile::tempdir().unwrap();
    let (new, old) = (home.path().join("new.db"), home.path().join("old.db"));
    let mut store = Store::open(&new).unwrap();
    let id = store.upsert(&rich()).unwrap().id();
    store.apply(&Verb::Bookmark(Bookmark::default()), &[id], &context(1)).unwrap();
    let mut expect = store.article(id).unwrap().unwrap();
    // It is to be read again, for the index.
    expect.extractor_version = 0;
    drop(store);
    let raw = rusqlite::Connection::open(&old).unwrap();
    raw.execute_batch(include_str!("../src/store/migrations/0001_first_light.sql")).unwrap();
    raw.execute("ATTACH ?1 AS new", [new.to_str().unwrap()]).unwrap();
    for table in ["body", "article", "entry", "source", "origin", "headline", "content", "fact_key"] {
        raw.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM new.{table}")).unwrap();
    }
    let marks = "article, at, rank, inbox, read, done, archived, muted, bookmarked, note, due, direction";
    raw.execute_batch(&format!("INSERT INTO mark SELECT {marks} FROM new.mark")).unwrap();
    let columns = "article, ordinal, key, value, concept, normalized, evidence, method, confidence";
    raw.execute_batch(&format!(
        "INSERT INTO fact SELECT {columns} FROM new.fact; INSERT INTO journal SELECT * FROM new.journal; \
         INSERT INTO journal_item SELECT * FROM new.journal_item; \
         PRAGMA application_id = 1263026770; PRAGMA user_version = 1;"
    ))
    .unwrap();
    drop(raw);
    let typed = |path| {
        let raw = rusqlite::Connection::open(path).unwrap();
        let mut statement = raw
            .prepare("SELECT country, day_from, day_to, number, shown, amendment FROM fact ORDER BY article, ordinal")
            .unwrap();
        let row = |row: &rusqlite::Row<'_>| {
            (0..6).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()
        };
        let rows = statement.query_map([], row).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap()
    };
    let mut store = Store::open(&old).unwrap();
    assert_eq!(store.article(id).unwrap().unwrap(), expect);
    assert_eq!(typed(&old), typed(&new), "typed values are as if derived anew");
    assert_eq!(found(&store, "host:cn"), [id]);
    let correction = edit(&store, id, "الدولة المستضيفة", "الكويت");
    correct(&mut store, id, &correction);
    assert_eq!(store.undo(&context(2)).unwrap().unwrap().entry.verb, "edit_fact");
    assert_eq!(store.undo(&context(2)).unwrap().unwrap().entry.verb, "bookmark");
}
