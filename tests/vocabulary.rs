//! The names that a query can ask for and those that extraction gives are the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use khabar::article::CONCEPTS;
use khabar::query::{Term, parse};

#[test]
fn every_concept_of_the_labels_can_be_asked_for_by_its_name() {
    let labels = include_str!("../src/extract/facts/concepts.txt").lines();
    for line in labels.filter(|line| !line.starts_with('#')) {
        let Some((name, _)) = line.split_once(':') else { continue };
        assert!(CONCEPTS.contains(&name), "{name} is not in article::CONCEPTS");
    }
    assert!(CONCEPTS.is_sorted());
    for name in CONCEPTS {
        let query = parse(&format!("{name}:x")).unwrap();
        let asks = match &query.clauses[0].term {
            Term::Concept { concept, .. } => concept == name,
            // The source of an article is not the source that a fact names: that is asked as fact:"المصدر"=….
            Term::Source(_) => name == "source",
            _ => false,
        };
        assert!(asks, "{name}");
    }
}
