//! Trains the models of flattened rows and writes their weights: `cargo run --release --example train-borders`. First
//! it says what five-fold cross-validation by article gives. Further files of marked articles may be named: they are
//! only read with the weights that were learned, never learned from.

#![allow(clippy::print_stdout, reason = "it reports to the terminal")]

use std::path::Path;

use khabar::extract::train::{Counts, Marked, evaluate, marked, train};

const FOLDS: usize = 5;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/flat");
    let mut articles: Vec<Marked> = Vec::new();
    for name in ["rows-ar.txt", "rows-ar-2.txt", "rows-other.txt", "not-rows.txt"] {
        articles.extend(marked(&std::fs::read_to_string(folder.join(name))?));
    }
    let mut all = Counts::default();
    for fold in 0..FOLDS {
        let part = |held: bool| -> Vec<Marked> {
            let own = articles.iter().enumerate().filter(|(at, _)| (at % FOLDS == fold) == held);
            own.map(|(_, article)| article.clone()).collect()
        };
        let counts = evaluate(&part(true), &train(&part(false)));
        all.right += counts.right;
        all.read += counts.read;
        all.marked += counts.marked;
        all.borders += counts.borders;
        all.from_none += counts.from_none;
        all.none += counts.none;
    }
    report("five folds, by article", all);
    let weights = train(&articles);
    for path in std::env::args().skip(1) {
        report(&path, evaluate(&marked(&std::fs::read_to_string(&path)?), &weights));
    }
    std::fs::write(folder.join("borders.txt"), weights.borders)?;
    std::fs::write(folder.join("lines.txt"), weights.lines)
}

fn report(name: &str, counts: Counts) {
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
