//! Trains the models of flattened rows, or says how well they learn.
//!
//! `cargo run --release --example train-borders` learns from all marked articles and writes the weights.
//! `cargo run --release --example train-borders -- --check` only cross-validates: five folds by article, each read with
//! weights that were learned from the other four, and prints what was read otherwise than it is marked. Further files of
//! marked articles may be named: they are read with the weights of all, never learned from.

#![allow(clippy::print_stdout, reason = "it reports to the terminal")]

use std::path::Path;

use khabar::extract::train::{Counts, Marked, evaluate, marked, train};

const FOLDS: usize = 5;
const FILES: [&str; 6] =
    ["rows-ar.txt", "rows-ar-2.txt", "rows-ar-3.txt", "rows-ar-4.txt", "rows-other.txt", "not-rows.txt"];

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/flat");
    let mut articles: Vec<Marked> = Vec::new();
    for name in FILES {
        articles.extend(marked(&std::fs::read_to_string(folder.join(name))?));
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let weights = train(&articles);
    for path in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        report(path, &evaluate(&marked(&std::fs::read_to_string(path)?), &weights));
    }
    if arguments.iter().any(|argument| argument == "--check") {
        let counts = cross_validated(&articles);
        for line in &counts.wrong {
            println!("{line}");
        }
        report("five folds, by article", &counts);
        return Ok(());
    }
    std::fs::write(folder.join("keys.txt"), weights.keys)?;
    std::fs::write(folder.join("borders.txt"), weights.borders)?;
    std::fs::write(folder.join("lines.txt"), weights.lines)
}

/// Each article read with weights that were learned from the other folds.
fn cross_validated(articles: &[Marked]) -> Counts {
    let mut all = Counts::default();
    for fold in 0..FOLDS {
        let part = |held: bool| -> Vec<Marked> {
            let own = articles.iter().enumerate().filter(|(at, _)| (at % FOLDS == fold) == held);
            own.map(|(_, article)| article.clone()).collect()
        };
        all.add(evaluate(&part(true), &train(&part(false))));
    }
    all
}

fn report(name: &str, counts: &Counts) {
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let (precision, recall) = (share(counts.right, counts.read), share(counts.right, counts.marked));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
    println!(
        "{name}: {} rows, precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}; borders of given rows {:.3}; {} false facts of {} articles without rows",
        counts.marked,
        share(counts.borders, counts.marked),
        counts.from_none,
        counts.none
    );
}
