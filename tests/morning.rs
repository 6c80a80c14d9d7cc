//! A morning: three hundred articles decided on the real program, with follow-ups, tags, undo, and a line that drops in the
//! middle; the keys that it takes, and that every article is as it was meant to be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use khabar::article::{ArticleId, Bookmark, Marks, tags_of};
use khabar::query::View;
use khabar::store::{Sort, Store};
use rustix::process::Signal;
use support::{Answers, Pty};

/// Articles of the morning.
const ARTICLES: usize = 300;

/// Keys that were pressed, by what they are for.
#[derive(Debug, Default)]
struct Keys {
    verbs: usize,
    moving: usize,
    paging: usize,
    typed: usize,
}

/// What is meant with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// Dropped.
    Done,
    /// Opened, read to the end of its first pages, then dropped in the reader.
    Read,
    /// Kept apart.
    Archive,
    /// Tagged, then dropped.
    Tag,
    /// For follow-up.
    Bookmark,
    /// For follow-up, in so many days.
    In(usize),
    /// For follow-up with a note, tomorrow.
    Note,
}

/// What is meant with the article of a row, from 0: forty bookmarks, twelve of them with a day, eight tags.
fn plan(row: usize) -> Plan {
    match row % 75 {
        3 => Plan::Note,
        20 => Plan::In(1),
        41 => Plan::In(3),
        7 | 19 | 30 | 44 | 52 | 60 | 68 => Plan::Bookmark,
        11 | 48 => Plan::Tag,
        25 => Plan::Archive,
        14 | 36 | 57 => Plan::Read,
        _ => Plan::Done,
    }
}

/// A person at the keyboard.
struct Person {
    pty: Pty,
    keys: Keys,
    /// Whether a tag was typed already, so that the last one can be put on again.
    tagged: bool,
}

impl Person {
    fn verb(&mut self, keys: &str) {
        self.keys.verbs += keys.chars().count();
        self.pty.send(keys);
    }

    fn moving(&mut self, keys: &str) {
        self.keys.moving += keys.chars().count();
        self.pty.send(keys);
    }

    fn paging(&mut self, keys: &str) {
        self.keys.paging += keys.chars().count();
        self.pty.send(keys);
    }

    /// A line of a prompt, and its Enter.
    fn line(&mut self, text: &str) {
        self.keys.typed += text.chars().count() + 1;
        self.pty.send(&format!("{text}\r"));
    }

    /// Decides the articles of these rows, in their order; the cursor is on the first.
    fn decide(&mut self, rows: std::ops::Range<usize>) {
        let mut row = rows.start;
        while row < rows.end {
            // A run that is dropped goes with one count; short ones go key by key.
            let run = (row..rows.end).take_while(|row| plan(*row) == Plan::Done).count().min(9);
            if run >= 3 {
                self.verb(&format!("{run}d"));
                row += run;
                continue;
            }
            match plan(row) {
                Plan::Done => self.verb("d"),
                Plan::Archive => self.verb("a"),
                Plan::Bookmark => self.verb("b"),
                Plan::In(1) => self.verb("s"),
                Plan::In(days) => self.verb(&format!("{days}s")),
                Plan::Tag if !self.tagged => {
                    self.tagged = true;
                    self.verb("t");
                    self.line("الكويت");
                    self.verb("d");
                }
                Plan::Tag => self.verb("Td"),
                Plan::Note => {
                    self.verb("B");
                    self.line("اتصل بالوزارة");
                    self.line("غداً");
                }
                Plan::Read => {
                    self.moving("\r");
                    self.paging("  ");
                    self.verb("d");
                    self.moving("q");
                }
            }
            row += 1;
        }
    }

    /// Waits until the status line says which row of how many the cursor is on.
    fn at(&mut self, row: usize, many: usize) {
        self.pty.wait_text(&format!("{}/{many}", row + 1));
    }
}

/// The articles, an hour apart, the newest first; every other one in Arabic. They are long enough to be paged.
fn bring(home: &Path) {
    let folder = home.join("news");
    std::fs::create_dir_all(&folder).unwrap();
    let newest: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    for row in 0..ARTICLES {
        let when = newest - i64::try_from(row).unwrap().hours();
        let (title, sentence) = if row % 2 == 0 {
            (
                format!("خبر {row:03} من الصباح"),
                "شهدت العاصمة انعقاد الجولة الخامسة من المشاورات بين الوزارتين. ",
            )
        } else {
            (
                format!("Item {row:03} of the morning"),
                "The ministries held the fifth round of their talks today. ",
            )
        };
        let text = format!("{title}\nSource: Agency {}\nDate: {when}\n\n{}\n", row % 5, sentence.repeat(60));
        std::fs::write(folder.join(format!("{row:03}.txt")), text).unwrap();
    }
    let import = Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(["import", folder.to_str().unwrap()])
        .env("KHABAR_HOME", home)
        .output()
        .unwrap();
    assert!(import.status.success(), "{import:?}");
}

/// The day that it is now, where the program takes it from.
fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::UTC).date()
}

/// What the marks of each article must be, by row, where every day was told on `today`.
fn expected(today: Date) -> Vec<Marks> {
    (0..ARTICLES)
        .map(|row| {
            let dropped = Marks { read: true, done: true, ..Marks::default() };
            let due = |days: usize, note: Option<&str>| Marks {
                bookmark: Some(Bookmark {
                    note: note.map(str::to_owned),
                    due: Some(today + i64::try_from(days).unwrap().days()),
                }),
                ..Marks::default()
            };
            match plan(row) {
                Plan::Done | Plan::Read => dropped,
                Plan::Archive => Marks { archived: true, ..dropped },
                Plan::Tag => Marks { tags: tags_of("الكويت"), ..dropped },
                Plan::Bookmark => Marks { bookmark: Some(Bookmark::default()), ..Marks::default() },
                Plan::In(days) => due(days, None),
                Plan::Note => due(1, Some("اتصل بالوزارة")),
            }
        })
        .collect()
}

#[test]
fn three_hundred_articles_take_little_more_than_a_key_each() {
    let home = tempfile::tempdir().unwrap();
    bring(home.path());
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    std::fs::write(
        home.path().join("config/config.toml"),
        "[time]\nzone = \"UTC\"\n[ui]\ndirection = \"ltr\"\n",
    )
    .unwrap();
    let began = today();
    let start = |home: &Path| Pty::spawn(home, &[], 80, 24, Answers::Xterm);
    let mut person = Person { pty: start(home.path()), keys: Keys::default(), tagged: false };
    person.at(0, ARTICLES);

    person.decide(0..100);
    person.at(100, ARTICLES);
    // A slip, taken back.
    person.verb("5d");
    person.pty.wait_text("5 done · u undoes");
    person.verb("u");
    person.pty.wait_text("undone: 5 done in Inbox");
    person.at(100, ARTICLES);
    person.decide(100..160);
    person.at(160, ARTICLES);

    // The line drops.
    person.pty.signal(Signal::HUP);
    assert_eq!(person.pty.wait_exit(), 128 + 1);
    person.pty = start(home.path());
    let kept = (0..160).filter(|row| matches!(plan(*row), Plan::Bookmark | Plan::In(_) | Plan::Note)).count();
    let left = kept + ARTICLES - 160;
    person.at(kept, left);
    // The last change of the earlier session is named, undone, and made again.
    person.verb("u");
    person.pty.wait_text("again to undo: ");
    person.verb("u");
    person.pty.wait_text("undone: ");
    person.verb("U");
    person.pty.wait_text("again to redo: ");
    person.verb("U");
    person.pty.wait_text("redone: ");
    // It stands dimmed where it was; the next one is meant.
    person.at(kept, left + 1);
    person.moving("j");
    person.decide(160..ARTICLES);
    person.at(left, left + 1);
    person.pty.send("q");
    assert_eq!(person.pty.wait_exit(), 0);

    // A day that was told before midnight counts from the day before: every article is of one of the days that it lasted.
    let days = [began, today()];
    let store = Store::open(&home.path().join("data/library.db")).unwrap();
    let ids = store.view(&View::All, Sort::Newest, Timestamp::now(), None).unwrap();
    let found: BTreeMap<ArticleId, Marks> =
        ids.iter().map(|id| (*id, store.marks(*id).unwrap().unwrap())).collect();
    assert_eq!(ids.len(), ARTICLES);
    let expected = days.map(expected);
    for (row, id) in ids.iter().enumerate() {
        let meant: Vec<&Marks> = expected.iter().map(|rows| &rows[row]).collect();
        assert!(meant.contains(&&found[id]), "row {row}, {:?}: {:?}, not {meant:?}", plan(row), found[id]);
    }
    let many = |wanted: fn(&Marks) -> bool| found.values().filter(|marks| wanted(marks)).count();
    assert_eq!(many(|marks| marks.bookmark.is_some()), 40);
    assert_eq!(many(|marks| marks.bookmark.as_ref().is_some_and(|own| own.due.is_some())), 12);
    assert_eq!(many(|marks| !marks.tags.is_empty()), 8);
    let Keys { verbs, moving, paging, typed } = person.keys;
    println!("{verbs} verb keys, {moving} moving, {paging} paging, {typed} typed in prompts");
    assert!((verbs + moving) * 10 <= ARTICLES * 12, "{:?} for {ARTICLES} articles", person.keys);
}
