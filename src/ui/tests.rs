//! Frames as plain text, taken from states. Right-to-left rows are in visual order, as a terminal's cells hold them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::app::*;
use crate::article::{Article, ArticleId, Block, BlockKind, Evidence, Fact, Headline, Marks, Method, Span};
use crate::frame::Frame;
use crate::query::View;
use crate::text::Direction;

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn headline(id: i64, title: &str, source: &str, hours: i64, marks: Marks) -> Headline {
    Headline {
        id: ArticleId(id),
        title: title.to_owned(),
        source: Some(source.to_owned()),
        published: now() - jiff::Span::new().hours(hours),
        direction: None,
        language: None,
        marks,
        facts: 1,
        words: 300,
    }
}

fn article() -> (Article, Vec<Fact>) {
    let text =
        "مشاورات الكويت والصين\n\nشهدت بكين انعقاد الجولة الخامسة 2023 (السلام).\n\nالدولة المستضيفة الصين";
    let part = |needle: &str| {
        let start = text.find(needle).unwrap();
        Span::new(start, start + needle.len())
    };
    let block = |needle: &str| Block { kind: BlockKind::Paragraph, span: part(needle), direction: None };
    let article = Article {
        text: text.to_owned(),
        title: part("مشاورات الكويت والصين"),
        blocks: vec![block("شهدت بكين انعقاد الجولة الخامسة 2023 (السلام)."), block("الدولة المستضيفة الصين")],
        ..Article::default()
    };
    let evidence = Evidence {
        key: part("الدولة المستضيفة"),
        value: part("الصين"),
        row: part("الدولة المستضيفة الصين"),
        table: None,
        sentence: None,
    };
    let fact = Fact {
        key: "الدولة المستضيفة".to_owned(),
        value: "الصين".to_owned(),
        concept: None,
        normalized: Vec::new(),
        evidence,
        method: Method::Flattened,
        confidence: 1.0,
    };
    (article, vec![fact])
}

/// A reader of `columns`×`rows` with three articles, the first previewed or open.
fn state(columns: u16, rows: u16, open: bool, direction: Direction) -> State {
    let settings = Settings { direction: Some(direction), ..Settings::default() };
    let mut state = State::new((columns, rows), now(), TimeZone::UTC, settings, Library::Own);
    state.start(None);
    let read = Marks { read: true, ..Marks::default() };
    let done = Marks { read: true, done: true, bookmark: Some(Default::default()), ..Marks::default() };
    let headlines = vec![
        headline(1, "مشاورات الكويت والصين", "وكالة", 2, Marks::default()),
        headline(2, "Ministers met in Vienna", "Agency", 30, read),
        headline(3, "انفراجة", "Agency", 2000, done),
    ];
    let ids = headlines.iter().map(|line| line.id).collect();
    let first = headlines[0].clone();
    let loaded =
        ViewLoaded { view: View::Inbox, ids, headlines, complete: true, reason: LoadReason::Start(None) };
    state.update(Event::ViewLoaded(loaded), now());
    state.update(Event::Counts(Counts { inbox: 2, unread: 1, bookmarks: 1, archive: 0, all: 3 }), now());
    if open {
        state.update(Event::Key(Key::plain(KeyCode::Enter)), now());
    }
    if state.wanted.is_some() {
        let (article, facts) = article();
        let loaded =
            Loaded { article: Arc::new(article), facts: facts.into(), headline: first, position: None };
        state.update(Event::ArticleLoaded(ArticleId(1), Some(Box::new(loaded))), now());
    }
    state
}

fn drawn(state: &mut State) -> Frame {
    state.arrange();
    let mut frame = Frame::new(state.size.0, state.size.1);
    view(state, &Theme::colours(), &mut frame);
    frame
}

#[test]
fn show_me() {
    for (columns, rows, open, direction) in [
        (140, 12, false, Direction::Ltr),
        (80, 10, false, Direction::Ltr),
        (80, 12, true, Direction::Ltr),
        (50, 18, true, Direction::Ltr),
        (140, 12, false, Direction::Rtl),
    ] {
        println!("{}", drawn(&mut state(columns, rows, open, direction)).to_text());
    }
}
