//! Frames as plain text, taken from states. Right-to-left rows are in visual order, as a terminal's cells hold them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::app::*;
use crate::article::{
    Article, ArticleId, Block, BlockKind, Evidence, Fact, FeedId, FeedState, Headline, Marks, Method,
    NextTry, Span,
};
use crate::frame::Frame;
use crate::query::{Sort, View};
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
        contradiction: None,
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
    let ids: Vec<ArticleId> = headlines.iter().map(|line| line.id).collect();
    let first = headlines[0].clone();
    let loaded = ViewLoaded {
        view: View::Inbox,
        sort: Sort::Newest,
        many: ids.len(),
        ids,
        headlines,
        complete: true,
        stories: Vec::new(),
        reason: LoadReason::Start(None),
    };
    state.update(Event::ViewLoaded(loaded), now());
    state.update(
        Event::Counts(Counts { inbox: 2, unread: 1, bookmarks: 1, due: 0, archive: 0, all: 3 }),
        now(),
    );
    if open {
        state.update(Event::Key(Key::plain(KeyCode::Enter)), now());
    }
    if state.wanted.is_some() {
        let (article, facts) = article();
        let loaded = Loaded {
            article: Arc::new(article),
            facts: facts.into(),
            headline: first,
            position: None,
            changed: None,
        };
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

/// Compares a frame with the one kept under `tests/frames`; `UPDATE_FRAMES=1` writes it anew, to be looked at.
fn check(name: &str, frame: &Frame) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frames").join(name);
    let drawn = frame.to_text();
    if std::env::var_os("UPDATE_FRAMES").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert_eq!(drawn, kept, "{name} is drawn otherwise:\n{drawn}");
}

#[test]
fn the_three_widths_and_the_mirror_image() {
    for (name, columns, rows, open, direction) in [
        ("wide.txt", 140, 12, false, Direction::Ltr),
        ("wide-mirrored.txt", 140, 12, false, Direction::Rtl),
        ("medium-list.txt", 80, 10, false, Direction::Ltr),
        ("medium-reader.txt", 80, 12, true, Direction::Ltr),
        ("narrow-reader.txt", 50, 18, true, Direction::Ltr),
        ("small-list.txt", 40, 10, false, Direction::Rtl),
        ("too-small.txt", 10, 3, false, Direction::Ltr),
    ] {
        check(name, &drawn(&mut state(columns, rows, open, direction)));
    }
}

#[test]
fn follow_ups_show_their_day_and_note() {
    for (name, columns, direction) in
        [("follow-ups.txt", 80, Direction::Ltr), ("follow-ups-mirrored.txt", 60, Direction::Rtl)]
    {
        let mut state = state(columns, 10, false, direction);
        state.update(Event::Key(Key::char('g')), now());
        state.update(Event::Key(Key::char('b')), now());
        let marked = |note: Option<&str>, due: Option<&str>| Marks {
            bookmark: Some(crate::article::Bookmark {
                note: note.map(str::to_owned),
                due: due.map(|day| day.parse().unwrap()),
            }),
            ..Marks::default()
        };
        let headlines = vec![
            headline(
                1,
                "مشاورات الكويت والصين",
                "وكالة",
                2,
                marked(Some("اتصل بالسفارة"), Some("2026-11-20")),
            ),
            headline(2, "Ministers met in Vienna", "Agency", 30, marked(None, Some("2026-11-24"))),
            headline(3, "انفراجة", "Agency", 2000, marked(Some("ask for the text"), Some("2027-01-15"))),
            headline(4, "Halyard 2.0", "Agency", 20, marked(None, None)),
        ];
        let ids: Vec<ArticleId> = headlines.iter().map(|line| line.id).collect();
        let (view, sort) = (View::Bookmarks, Sort::Due);
        let reason = LoadReason::Enter;
        let loaded = ViewLoaded {
            view,
            sort,
            many: ids.len(),
            ids,
            headlines,
            complete: true,
            stories: Vec::new(),
            reason,
        };
        state.update(Event::ViewLoaded(loaded), now());
        check(name, &drawn(&mut state));
    }
}

#[test]
fn the_palette_and_the_lists_of_views() {
    let mut state = state(80, 16, false, Direction::Ltr);
    state.update(Event::Key(Key::char(':')), now());
    state.update(Event::Paste("done".to_owned()), now());
    check("palette.txt", &drawn(&mut state));
    state.update(Event::Key(Key::plain(KeyCode::Esc)), now());
    state.update(Event::Key(Key::char('g')), now());
    state.update(Event::Key(Key::char('s')), now());
    let row = |name: &str, articles, inbox| PlaceRow {
        name: name.to_owned(),
        articles,
        inbox,
        feed: None,
        mute: None,
    };
    let rows = vec![row("BBC عربي", 120, 12), row("وكالة الأنباء", 9, 0), row("Agency", 3, 3)];
    state.update(Event::PlacesLoaded(PlaceKind::Sources, rows), now());
    check("sources.txt", &drawn(&mut state));
}

#[test]
fn the_feeds_and_what_went_wrong_with_the_one_under_the_cursor() {
    let mut state = state(80, 14, false, Direction::Ltr);
    state.update(Event::Key(Key::char('!')), now());
    let ago = |hours| now().checked_sub(jiff::SignedDuration::from_hours(hours)).unwrap();
    let error = "could not fetch https://qanat.example/feed: the server answered 503 (Service Unavailable); nothing is lost, it is tried again by itself";
    let row = |name: &str, articles, inbox, own: FeedState, next| {
        let address = "https://qanat.example/feed".to_owned();
        let feed = FeedRow { id: FeedId(1), address, state: own, next };
        PlaceRow { name: name.to_owned(), articles, inbox, feed: Some(Box::new(feed)), mute: None }
    };
    let failing = FeedState {
        failures: 3,
        succeeded: Some(ago(50)),
        error: Some(error.to_owned()),
        ..FeedState::default()
    };
    let fine = FeedState { succeeded: Some(ago(1)), ..FeedState::default() };
    let later = NextTry::At(now().checked_add(jiff::SignedDuration::from_hours(8)).unwrap());
    let rows = vec![
        row("قناة الأخبار", 120, 12, failing, later),
        row("Coast Agency", 9, 0, fine, NextTry::Now),
        row("New", 0, 0, FeedState::default(), NextTry::Now),
    ];
    state.update(Event::PlacesLoaded(PlaceKind::Feeds, rows), now());
    check("feeds.txt", &drawn(&mut state));
}

#[test]
fn hits_of_a_search_are_lit_in_the_list() {
    let mut state = state(80, 10, false, Direction::Ltr);
    state.update(Event::Key(Key::char('/')), now());
    state.update(Event::Paste("كويت".to_owned()), now());
    state.update(Event::Key(Key::plain(KeyCode::Enter)), now());
    let view = state.list.view.clone();
    let headlines = vec![headline(1, "مشاورات الكويت والصين", "وكالة", 2, Marks::default())];
    let (ids, sort, reason) = (vec![ArticleId(1)], view.sort(), LoadReason::Enter);
    let loaded = ViewLoaded {
        view,
        sort,
        many: ids.len(),
        ids,
        headlines,
        complete: true,
        stories: Vec::new(),
        reason,
    };
    state.update(Event::ViewLoaded(loaded), now());
    let frame = drawn(&mut state);
    let theme = Theme::colours();
    let lit: String = frame
        .buffer
        .content
        .iter()
        .filter(|cell| Some(cell.bg) == theme.hit.bg)
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(lit, "ﺖﻳﻮﻜﻟﺍ", "the word with its article, from left to right");
}

#[test]
fn help_is_made_from_the_table_of_actions() {
    let mut state = state(80, 110, false, Direction::Ltr);
    for _ in 0..2 {
        state.update(Event::Key(Key::char('?')), now());
    }
    let frame = drawn(&mut state).to_text();
    for info in crate::app::actions::ACTIONS {
        assert!(frame.contains(info.help), "{} is missing:\n{frame}", info.name);
    }
    check("help.txt", &drawn(&mut state));
}

#[test]
fn drawing_twice_gives_the_same_cells_and_changes_nothing() {
    for direction in [Direction::Ltr, Direction::Rtl] {
        let mut state = state(140, 20, true, direction);
        assert_eq!(drawn(&mut state), drawn(&mut state));
    }
}

#[test]
fn no_cell_holds_more_than_it_can_show() {
    for columns in [10, 16, 40, 79, 80, 119, 120, 200] {
        for rows in [1, 4, 6, 24] {
            for open in [false, true] {
                let frame = drawn(&mut state(columns, rows, open, Direction::Rtl));
                assert_eq!(frame.buffer.content.len(), usize::from(columns) * usize::from(rows));
                for cell in &frame.buffer.content {
                    assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
                }
            }
        }
    }
}

#[test]
fn the_prompt_shows_its_caret_where_the_next_letter_goes() {
    let mut state = state(80, 12, true, Direction::Ltr);
    state.update(Event::Key(Key::char('/')), now());
    state.update(Event::Paste("سلام".to_owned()), now());
    let frame = drawn(&mut state);
    let caret = frame.caret.unwrap();
    assert!(caret.visible);
    assert_eq!((caret.position.x, caret.position.y), (1, 11), "left of the last letter");
    assert!(frame.to_text().lines().last().unwrap().starts_with("/ﻡﻼﺳ"));
}

#[test]
fn a_prompt_longer_than_the_row_shows_the_part_around_its_caret() {
    let mut state = state(40, 12, true, Direction::Ltr);
    state.update(Event::Key(Key::char('/')), now());
    let words: Vec<String> = (100..140).map(|number| number.to_string()).collect();
    state.update(Event::Paste(words.join(" ")), now());
    let row = |state: &mut State| drawn(state).to_text().lines().last().unwrap().to_owned();
    assert!(row(&mut state).ends_with("138 139"), "{}", row(&mut state));
    for _ in 0..80 {
        state.update(Event::Key(Key::plain(KeyCode::Left)), now());
    }
    let caret = drawn(&mut state).caret.unwrap().position.x;
    let shown = row(&mut state);
    assert!((1..39).contains(&caret) && shown.contains("120"), "{shown} at {caret}");
    state.update(Event::Key(Key::plain(KeyCode::Home)), now());
    assert!(row(&mut state).starts_with("/100 101"), "{}", row(&mut state));
}

#[test]
fn the_doctor_shows_a_line_for_each_way() {
    let mut state = state(80, 24, false, Direction::Ltr);
    state.update(Event::Key(Key::char('g')), now());
    state.update(Event::Key(Key::char('q')), now());
    let lines = vec![("terminal".to_owned(), "xterm(379)".to_owned())];
    state.update(Event::Examined(crate::app::Examined { lines, ..Default::default() }), now());
    let frame = drawn(&mut state);
    assert_eq!(frame.samples.len(), crate::app::SAMPLES.len() - 1, "none by colours that are not known");
    check("doctor.txt", &frame);
    state.update(Event::Key(Key::char('G')), now());
    assert_eq!(drawn(&mut state).samples.len(), 6, "a page that fits does not scroll");
    let lines = (0..20).map(|at| (format!("answer {at}"), String::new())).collect();
    state.update(Event::Examined(crate::app::Examined { lines, ..Default::default() }), now());
    assert!(!drawn(&mut state).to_text().contains("answer 19"));
    state.update(Event::Key(Key::char('G')), now());
    let frame = drawn(&mut state);
    assert!(frame.to_text().contains("answer 19") && frame.samples.is_empty(), "{}", frame.to_text());
}

#[test]
fn matches_are_lit_in_the_cells_where_they_stand() {
    let mut state = state(80, 12, true, Direction::Ltr);
    state.update(Event::Key(Key::char('/')), now());
    state.update(Event::Paste("السلام".to_owned()), now());
    state.update(Event::Key(Key::plain(KeyCode::Enter)), now());
    let frame = drawn(&mut state);
    let theme = Theme::colours();
    let lit: String = frame
        .buffer
        .content
        .iter()
        .filter(|cell| Some(cell.bg) == theme.hit_current.bg)
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(lit, "ﻡﻼﺴﻟﺍ");
}

#[test]
fn the_selected_row_holds_the_cursor_and_its_title_is_not_restyled() {
    let mut state = state(80, 10, false, Direction::Ltr);
    let before = drawn(&mut state);
    state.update(Event::Key(Key::char('j')), now());
    let after = drawn(&mut state);
    assert_eq!(after.caret.map(|caret| caret.position.y), Some(2));
    let changed = before.buffer.content.iter().zip(&after.buffer.content).filter(|(a, b)| a != b).count();
    assert!(changed <= 14, "{changed} cells for one row down");
}

#[test]
fn days_to_come_back_are_short() {
    let today = "2026-11-24".parse().unwrap();
    for (day, expect) in [
        ("2026-11-24", "today"),
        ("2026-11-25", "1d"),
        ("2026-12-07", "13d"),
        ("2026-12-08", "08 Dec"),
        ("2027-01-15", "15 Jan"),
        ("2028-01-15", "2028"),
        ("2026-11-20", "-4d"),
        ("2026-08-10", "10 Aug"),
        ("2020-08-10", "2020"),
    ] {
        assert_eq!(super::list::day(day.parse().unwrap(), today), expect, "{day}");
    }
}

#[test]
fn ages_are_short() {
    let now = now();
    let check = |seconds: i64, expect: &str| {
        let then = now - jiff::Span::new().seconds(seconds);
        assert_eq!(super::list::age(then, now), expect);
    };
    check(-100, "now");
    check(59, "now");
    check(60, "1m");
    check(7200, "2h");
    check(3 * 86_400, "3d");
    check(100 * 86_400, "14w");
    check(3000 * 86_400, "8y");
}

#[test]
fn a_sentence_goes_from_left_to_right_whatever_titles_it_quotes() {
    let mut state = state(80, 10, false, Direction::Rtl);
    for (said, begins) in [
        (
            Event::Said(
                "undone: done: \u{2068}مشاورات الكويت والصين في بكين\u{2069} (1 changed since)".to_owned(),
            ),
            "undone: done:",
        ),
        (
            Event::CannotRead("\u{2068}مشاورات الكويت والصين في بكين\u{2069} cannot be read".to_owned()),
            "ﻦﻴﻜﺑ",
        ),
    ] {
        state.update(said, now());
        let frame = drawn(&mut state);
        let row: String =
            frame.buffer.content.rchunks(80).next().unwrap().iter().map(|cell| cell.symbol()).collect();
        let row = row.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        assert!(row.starts_with(begins), "{row}");
    }
}
