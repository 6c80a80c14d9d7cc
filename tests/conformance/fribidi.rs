//! Order and shaping against recordings of GNU FriBidi, with the islands off and harakat shown. Where the reader draws
//! otherwise on purpose, `data/explained.txt` lists the line with the reasons; `record-fribidi.sh` makes the recordings.

use std::collections::HashMap;

use khabar::text::{self, Base, Direction, Harakat, Options};

/// A line in a base direction, R or L.
type Key<'f> = (&'f str, &'f str);

fn drawn((direction, line): Key<'_>) -> String {
    let direction = if direction == "R" { Direction::Rtl } else { Direction::Ltr };
    let base = Base::Fixed(direction);
    let options = Options { base, islands: false, harakat: Harakat::Shown, ..Options::default() };
    text::analyse(line, &options).whole_line().to_visual_string()
}

/// The lines of a file that are no comments, cut at their tabs.
fn rows(file: &str) -> impl Iterator<Item = Vec<&str>> {
    file.lines().filter(|line| !line.starts_with("# ")).map(|line| line.split('\t').collect())
}

/// Whether a reason may hold for a line: what it speaks about stands in it.
fn may_hold(reason: &str, line: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}');
    match reason {
        "hamza" => line.contains('\u{621}'),
        "ae" => line.contains('\u{6D5}'),
        "borrowed" => line.contains(['ڕ', 'ڵ', 'ێ', 'ښ', 'ځ', 'ړ', 'ڪ']),
        "marked-lam-alef" => line.split('ل').skip(1).any(|rest| {
            let behind = rest.trim_start_matches(is_mark);
            behind.len() < rest.len() && behind.starts_with(['ا', 'أ', 'إ', 'آ'])
        }),
        "expanded" => line.contains('ﷺ'),
        other => panic!("{other} is no reason"),
    }
}

#[test]
fn lines_are_drawn_as_fribidi_draws_them_or_it_is_said_why_not() {
    let recorded = include_str!("data/fribidi.txt");
    let explained = include_str!("data/explained.txt");
    let mut listed: HashMap<Key<'_>, (&str, &str)> =
        rows(explained).map(|row| ((row[0], row[2]), (row[1], row[3]))).collect();
    let (mut run, mut equal, mut said) = (0, 0, 0);
    for row in rows(recorded) {
        let (key, theirs) = ((row[0], row[1]), row[2]);
        let own = drawn(key);
        run += 1;
        match listed.remove(&key) {
            None => {
                assert_eq!(own, theirs, "{} {} is drawn otherwise, and nothing says why", key.0, key.1);
                equal += 1;
            }
            Some((reasons, expect)) => {
                assert_eq!(own, expect, "{} {}", key.0, key.1);
                assert_ne!(own, theirs, "{} {} is drawn alike: take it off the list", key.0, key.1);
                assert!(reasons.split(',').all(|reason| may_hold(reason, key.1)), "{reasons}: {}", key.1);
                said += 1;
            }
        }
    }
    println!("GNU FriBidi: {run} lines, {equal} equal, {said} explained");
    assert!(listed.is_empty(), "lines that were not recorded are explained: {:?}", listed.keys());
    assert!(run >= 660, "{run} lines are too few");
}
