//! Nothing acknowledged is lost: the real program is killed at any moment of import, reading behind, verbs and upgrade, and
//! the library opens with all that it had said was done. A few dozen kills here; `tests/scale/crash` does hundreds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use khabar::article::ArticleId;
use khabar::query::{Sort, View};
use khabar::store::Store;

/// Kills of each kind; `KHABAR_KILLS` asks for more.
fn kills() -> u32 {
    std::env::var("KHABAR_KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(5)
}

/// Moments that differ, the same at every run (a linear congruential generator).
struct Moments(u64);

impl Moments {
    fn next(&mut self, most: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        most.mul_f64((self.0 >> 40) as f64 / f64::from(1 << 24))
    }
}

fn spawn(home: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(arguments)
        .env("KHABAR_HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it run to its end; its lines.
fn run(home: &Path, arguments: &[&str]) -> Vec<String> {
    let output = spawn(home, arguments).wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Kills it after a while, and returns the lines that it had printed whole.
fn run_and_kill(home: &Path, arguments: &[&str], after: Duration) -> Vec<String> {
    let mut child = spawn(home, arguments);
    let out = child.stdout.take().unwrap();
    let lines = std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).collect());
    // The moment of the kill is what is tested: nothing else waits for this.
    std::thread::sleep(after);
    let _ = child.kill();
    child.wait().unwrap();
    lines.join().unwrap()
}

/// A feed file of so many entries, each with a word of its own.
fn feed(path: &Path, name: &str, entries: usize) {
    let items: String = (0..entries)
        .map(|at| {
            let text = format!("<p>الكويت والصين {name}{at} تعقدان جولة من المشاورات السياسية في الكويت.</p>").repeat(12);
            format!("<item><title>خبر {name}{at}</title><guid>urn:{name}:{at}</guid><description><![CDATA[{text}]]></description></item>")
        })
        .collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{name}</title>{items}</channel></rss>"
    );
    fs::write(path.join(format!("{name}.xml")), feed).unwrap();
}

fn library(home: &Path) -> std::path::PathBuf {
    home.join("data").join("library.db")
}

/// Opens the library as it was left, and sees that its pages are sound.
fn open(home: &Path) -> Store {
    let store = Store::open(&library(home)).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    store
}

#[test]
fn an_import_that_is_killed_is_whole_and_goes_on() {
    let feeds = tempfile::tempdir().unwrap();
    for name in ["a", "b", "c"] {
        feed(feeds.path(), name, 300);
    }
    let folder = feeds.path().to_str().unwrap();
    let mut moments = Moments(1);
    for _ in 0..kills() {
        let home = tempfile::tempdir().unwrap();
        let mut acknowledged = 0;
        for _ in 0..3 {
            let said =
                run_and_kill(home.path(), &["import", folder], moments.next(Duration::from_millis(400)));
            if let Some(line) = said.first() {
                assert!(line.ends_with("0 failed"), "{line}");
                acknowledged = 900;
            }
            if library(home.path()).exists() {
                let counts = open(home.path()).counts().unwrap();
                assert!(counts.all >= acknowledged && counts.all == counts.inbox, "{counts:?}");
            }
        }
        // Whoever comes next does the rest: once each, read and found.
        run(home.path(), &["import", folder]);
        assert_eq!(open(home.path()).counts().unwrap().all, 900);
        assert_eq!(run(home.path(), &["list", "in:all", "المشاورات"]).len(), 900);
        assert_eq!(run(home.path(), &["list", "in:all", "b299"]).len(), 1);
    }
}

#[test]
fn verbs_that_were_said_to_be_done_are_done() {
    let feeds = tempfile::tempdir().unwrap();
    feed(feeds.path(), "a", 40);
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &["import", feeds.path().to_str().unwrap()]);
    let ids: Vec<String> = (1..=40).map(|id| id.to_string()).collect();
    let mut moments = Moments(2);
    let (mut done, mut changes) = (false, 0_u32);
    for kill in 0..kills() * 4 {
        // All of them at once, then all of them back: a verb is whole or not there.
        let verb = if done { "undone" } else { "done" };
        let mut arguments = vec![verb];
        arguments.extend(ids.iter().map(String::as_str));
        let said = run_and_kill(home.path(), &arguments, moments.next(Duration::from_millis(30)));
        let inbox = open(home.path()).counts().unwrap().inbox;
        assert!(inbox == 0 || inbox == 40, "kill {kill}: {inbox} in the inbox");
        if !said.is_empty() {
            assert_eq!(inbox == 0, !done, "kill {kill}: said to be {verb}");
            changes += 1;
        }
        done = inbox == 0;
    }
    println!("{changes} acknowledged changes, none lost");
    // And the journal takes all of it back, one by one.
    let mut store = open(home.path());
    let context = khabar::store::JournalContext { session: "s", view: "v", now: jiff::Timestamp::UNIX_EPOCH };
    let mut undone = 0;
    while store.undo(&context).unwrap().is_some() {
        undone += 1;
    }
    assert!(undone >= changes, "{undone} of {changes}");
    assert_eq!(store.counts().unwrap().inbox, 40);
}

#[test]
fn an_upgrade_that_is_killed_is_done_or_not_begun() {
    // A library of the first schema, with what the first program wrote.
    let first = tempfile::tempdir().unwrap();
    let old = first.path().join("old.db");
    let raw = rusqlite::Connection::open(&old).unwrap();
    raw.execute_batch(include_str!("../src/store/migrations/0001_first_light.sql")).unwrap();
    raw.execute_batch(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) \
         INSERT INTO body SELECT i, randomblob(32), 0, zeroblob(9) FROM n;\
         INSERT INTO article (id, body, format, received) SELECT id, id, 0, id FROM body;\
         INSERT INTO entry SELECT id, '{\"title\":\"خبر\"}' FROM article;\
         INSERT INTO origin SELECT 0, 0, '/' || id, id FROM article;\
         INSERT INTO headline SELECT id, 'خبر ' || id, NULL, 'ar', 1, 0, 1, 1 FROM article;\
         INSERT INTO search (rowid, text) SELECT id, 'خبر' FROM article;\
         INSERT INTO mark (article, at, rank, inbox, read, done, archived, muted, bookmarked, note) \
           SELECT id, id, 0, id % 2, 1, 1 - id % 2, 0, 0, id % 3 = 0, CASE WHEN id % 3 = 0 THEN 'note' END FROM article;\
         PRAGMA application_id = 1263026770; PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(raw);
    let mut moments = Moments(3);
    for _ in 0..kills() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("data")).unwrap();
        fs::copy(&old, library(home.path())).unwrap();
        run_and_kill(home.path(), &["list", "in:all"], moments.next(Duration::from_millis(60)));
        let store = open(home.path());
        let counts = store.counts().unwrap();
        assert_eq!((counts.all, counts.inbox, counts.bookmarked), (3000, 1500, 1000));
        let last = store.view(&View::Bookmarks, Sort::Newest, jiff::Timestamp::UNIX_EPOCH, Some(1)).unwrap();
        assert_eq!(last, [ArticleId(3000)]);
    }
}
