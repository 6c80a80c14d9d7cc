//! Re-derivation behind a reader and without one, on articles of an extractor before the first.

use std::sync::mpsc::{Receiver, channel};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::app::{Effect, Event, Library};
use crate::article::{Anchor, BodyHash, Bookmark, Correction, Format, Origin, Sketch, Verb};
use crate::extract::understand;
use crate::query::{IndexForm, View, parse};
use crate::runtime::librarian::{Desk, Librarian};
use crate::store::{JournalContext, NewArticle, Sort};

const TEXT: &str = "الكويت والصين\n\nعقدت الجولة في بكين بين البلدين أمس.\n\n\
                    العنوان\tالتفاصيل\nالدولة المستضيفة\tالصين\nالدورة المقبلة\tالكويت\n";

const CONTEXT: JournalContext<'_> = JournalContext { session: "s", view: "v", now: Timestamp::UNIX_EPOCH };

/// Articles as an extractor of version 0 left them: without a title, a word to be found nor a fact.
fn old(store: &mut Store, count: usize) -> Vec<ArticleId> {
    let article = |number: usize| NewArticle {
        origin: Origin::File(format!("/{number}")),
        entry: Entry::default(),
        body: Body { bytes: TEXT.into(), format: Format::Text, hash: BodyHash(format!("{number}")) },
        article: crate::article::Article { text: TEXT.into(), ..Default::default() },
        facts: Vec::new(),
        extractor_version: 0,
        index: IndexForm::default(),
        sketch: Sketch::default(),
        rank: None,
        received: Timestamp::UNIX_EPOCH,
        modified: None,
    };
    (0..count).map(|number| store.upsert(&article(number)).unwrap().id()).collect()
}

fn found(store: &Store, query: &str) -> usize {
    let view = View::Query(parse(query).unwrap());
    store.view(&view, Sort::Newest, Timestamp::UNIX_EPOCH, None).unwrap().len()
}

#[test]
fn everything_old_is_made_again_and_what_the_person_did_is_kept() {
    let mut store = Store::open_in_memory().unwrap();
    let ids = old(&mut store, 70);
    let (id, place) = (ids[3], TEXT.find("بكين").unwrap());
    store.apply(&Verb::Bookmark(Bookmark::default()), &[id], &CONTEXT).unwrap();
    store.save_position(id, &Anchor::at(TEXT, place), Timestamp::UNIX_EPOCH).unwrap();
    let added = Correction::Add {
        key: "الدولة المستضيفة".into(), value: "الكويت".into(), evidence: None
    };
    store.correct(id, &added, &understand, &CONTEXT).unwrap();
    assert_eq!((found(&store, "بكين"), found(&store, "has:facts")), (0, 1));

    let mut told = 0;
    assert_eq!(rederive(&mut store, &mut |articles, _| told += articles).unwrap(), 70);
    assert_eq!(told, 70);
    assert_eq!(store.stale(EXTRACTOR_VERSION, 9).unwrap(), []);
    assert_eq!((found(&store, "بكين"), found(&store, "has:facts"), found(&store, "host:cn")), (70, 70, 70));
    let stored = store.article(id).unwrap().unwrap();
    assert!(stored.marks.bookmark.is_some());
    assert_eq!(stored.facts.len(), 3, "two that were found, one that the person added");
    assert_eq!(stored.facts[2].value, "الكويت");
    let resolved = stored.position.unwrap().resolve(&stored.article.text);
    assert!(stored.article.text[resolved..].starts_with("بكين"));
    assert_eq!(rederive(&mut store, &mut |_, _| ()).unwrap(), 0);
}

#[test]
fn a_run_that_was_ended_goes_on_where_it_was() {
    let mut store = Store::open_in_memory().unwrap();
    let ids = old(&mut store, 5);
    let (deliver, delivered) = channel();
    let mut run = Rederivation::begin(&store, 1, move |made| deliver.send(made).is_ok()).unwrap().unwrap();
    assert!(run.ask(&store));
    run.write(&mut store, &delivered.recv().unwrap()).unwrap();
    assert!(run.ask(&store), "asked for, and never stored");
    drop(run);
    assert_eq!(store.stale(EXTRACTOR_VERSION, 9).unwrap(), ids[1..], "in their order");
    assert_eq!(rederive(&mut store, &mut |_, _| ()).unwrap(), 4);
}

#[test]
fn batches_follow_the_time_that_they_took() {
    let milliseconds = Duration::from_millis;
    for (articles, held, next) in [
        (1, milliseconds(0), 2),
        (4, milliseconds(1), 8),
        (8, HELD, 8),
        (8, HELD * 2, 4),
        (8, milliseconds(900), 1),
        (MOST, milliseconds(1), MOST),
        (0, milliseconds(1), 1),
    ] {
        assert_eq!(next_batch(articles, held), next, "{articles} in {held:?}");
    }
}

/// Waits for the next event that `wanted` takes.
fn wait<T>(events: &Receiver<Event>, wanted: impl Fn(&Event) -> Option<T>) -> T {
    loop {
        if let Some(found) = wanted(&events.recv().unwrap()) {
            return found;
        }
    }
}

#[test]
fn the_librarian_does_it_when_idle_and_says_when_all_is_done() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let ids = old(&mut store, 40);
    let desk = Desk {
        store,
        library: Library::Own,
        own: path.clone(),
        session: "s".into(),
        zone: TimeZone::UTC,
        retention: Default::default(),
        fetch_interval: Default::default(),
    };
    let (sink, events) = channel();
    let librarian = Librarian::start(desk, move |event| drop(sink.send(event)));
    librarian.ask(Effect::LoadCounts);
    wait(&events, |event| matches!(event, Event::Counts(_)).then_some(()));
    wait(&events, |event| matches!(event, Event::LibraryChanged).then_some(()));
    librarian.ask(Effect::LoadArticle(ids[0]));
    let facts = wait(&events, |event| match event {
        Event::ArticleLoaded(_, Some(loaded)) => Some(loaded.facts.len()),
        _ => None,
    });
    assert_eq!(facts, 2);
    // Its own writing is no news from another process.
    librarian.ask(Effect::CheckLibrary);
    librarian.finish();
    assert_eq!(events.iter().count(), 0);
    assert_eq!(Store::open(&path).unwrap().stale(EXTRACTOR_VERSION, 9).unwrap(), []);
}

#[test]
fn what_another_process_leaves_is_taken_up_when_it_ends() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    old(&mut store, 20);
    // A lock goes with the open file: this is as another process has it.
    let other = Store::open(&path).unwrap();
    let right = other.right_to_read_behind().unwrap();
    let desk = Desk {
        store,
        library: Library::Own,
        own: path,
        session: "s".into(),
        zone: TimeZone::UTC,
        retention: Default::default(),
        fetch_interval: Default::default(),
    };
    let (sink, events) = channel();
    let librarian = Librarian::start(desk, move |event| drop(sink.send(event)));
    librarian.ask(Effect::LoadCounts);
    wait(&events, |event| matches!(event, Event::Counts(_)).then_some(()));
    drop(right);
    wait(&events, |event| matches!(event, Event::LibraryChanged).then_some(()));
    librarian.finish();
    assert_eq!(other.stale(EXTRACTOR_VERSION, 9).unwrap(), []);
}

#[test]
fn leaving_the_reader_does_not_wait_for_the_run() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    old(&mut store, 40);
    let desk = Desk {
        store,
        library: Library::Own,
        own: path.clone(),
        session: "s".into(),
        zone: TimeZone::UTC,
        retention: Default::default(),
        fetch_interval: Default::default(),
    };
    let librarian = Librarian::start(desk, |_| ());
    librarian.finish();
    let mut store = Store::open(&path).unwrap();
    rederive(&mut store, &mut |_, _| ()).unwrap();
    assert_eq!(found(&store, "has:facts"), 40, "what was left undone is done later");
}
