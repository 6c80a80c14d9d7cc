//! How long a library takes to answer: windows, searches, letters of a filter. `KHABAR_LIBRARY=FILE cargo bench --bench
//! library` asks a library of your own; `tests/scale/run` makes one of 100,000 articles. `-- WORDS` asks the questions that hold
//! these words alone. A line a question: median and largest of its runs in milliseconds, and the processor's work for one of them,
//! which other programs do not change. What is asked again finds the orders that were kept of the first
//! answer, as a reader does.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench may panic, and prints"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use khabar::query::{BoardQuery, Sort, View, parse};
use khabar::store::Store;

/// Lines of a window.
const WINDOW: usize = 200;
/// Runs of each question.
const RUNS: usize = 15;

fn main() {
    let Some(path) = std::env::var_os("KHABAR_LIBRARY").map(PathBuf::from) else {
        println!("KHABAR_LIBRARY names the library to ask; tests/scale/run makes one");
        return;
    };
    let began = Instant::now();
    let store = Store::open(&path).unwrap();
    println!("open {:.2} ms", milliseconds(began.elapsed()));
    let counts = store.counts().unwrap();
    println!("{} articles, {} unread", counts.all, counts.unread);
    let now = Timestamp::now();
    let windows: [(&str, View, Sort); 5] = [
        ("inbox", View::Inbox, Sort::Newest),
        ("unread", View::Unread, Sort::Newest),
        ("bookmarks", View::Bookmarks, Sort::Newest),
        ("bookmarks by day", View::Bookmarks, Sort::Due),
        ("all, oldest first", View::All, Sort::Oldest),
    ];
    for (name, view, sort) in windows {
        time(name, || store.first_window(&view, sort, now, WINDOW).unwrap().len());
    }
    for query in [
        "زمردة",
        "zircon",
        "ياقوت",
        "quartz",
        "الكويت",
        "حكومة",
        "the",
        "في",
        "وزير الصحة",
        "\"مجلس الأمة\"",
        "الكويت -الصين",
        "quart*",
        "is:unread lang:ar",
        "feed:feed",
        "has:facts",
    ] {
        let view = View::Query(parse(query).unwrap());
        time(&format!("search {query}"), || {
            store.first_window(&view, Sort::Best, now, WINDOW).unwrap().len()
        });
    }
    for word in ["زمردة", "الكويت", "quartz"] {
        let letters: Vec<char> = word.chars().collect();
        for many in 1..=letters.len() {
            let begun: String = letters[..many].iter().collect();
            let view = View::Query(parse(&format!("is:unread {begun}*")).unwrap());
            time(&format!("filter {begun}*"), || {
                store.first_window(&view, Sort::Best, now, WINDOW).unwrap().len()
            });
        }
    }
    for (name, sort) in [("source", Sort::Source), ("title", Sort::Title), ("day", Sort::Due)] {
        time(&format!("inbox by {name}"), || {
            store.first_window(&View::Inbox, sort, now, WINDOW).unwrap().len()
        });
    }
    time("sources", || store.sources().unwrap().len());
    time("stories", || store.stories().unwrap().len());
    time("board", || {
        let board = BoardQuery { view: View::Inbox, ..BoardQuery::default() };
        let ids = store.board_articles(&board, now).unwrap();
        ids.len() + store.board_columns(&View::Inbox, now, 60).unwrap().len()
    });
    time("whole inbox", || store.view(&View::Inbox, Sort::Newest, now, None).unwrap().len());
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Nanoseconds that this thread has had the processor for; Linux tells it.
fn worked() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or(0.0)
}

/// Asks some times; the first, which finds nothing in memory, is told apart.
fn time(name: &str, ask: impl Fn() -> usize) {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if !wanted.iter().all(|word| name.contains(word)) {
        return;
    }
    let once = || {
        let began = Instant::now();
        let found = ask();
        (milliseconds(began.elapsed()), found)
    };
    let (first, found) = once();
    let work = worked();
    let mut times: Vec<f64> = (0..RUNS).map(|_| once().0).collect();
    let work = (worked() - work) / 1e6 / RUNS as f64;
    times.sort_by(f64::total_cmp);
    println!(
        "{name}: {:.2} ms (first {first:.2}, largest {:.2}; work {work:.2}), {found} lines",
        times[RUNS / 2],
        times[RUNS - 1],
    );
}
