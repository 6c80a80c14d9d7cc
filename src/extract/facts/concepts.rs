//! Concepts: the names that keys of all languages share, from one data file.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold::fold;
use crate::text::is_alphanumeric;

/// Folded labels and their concepts.
static LABELS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut labels = HashMap::new();
    for line in include_str!("concepts.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some((concept, all)) = line.split_once(':') {
            for label in all.split('|') {
                labels.entry(folded(label)).or_insert(concept.trim());
            }
        }
    }
    labels
});

/// The labels of each concept.
static OF_CONCEPTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("concepts.txt").lines().filter(|line| !line.starts_with('#'));
    let own = lines.filter_map(|line| line.split_once(':'));
    own.map(|(concept, all)| (concept.trim(), all.split('|').map(str::trim).collect())).collect()
});

/// The labels of a concept, in all languages.
pub(in crate::extract) fn labels(concept: &str) -> Vec<&'static str> {
    OF_CONCEPTS.get(concept).cloned().unwrap_or_default()
}

/// Labels that mean several things; what the value is decides, else there is no concept.
const AMBIGUOUS: &[(&str, &str, &str)] =
    &[("الموقع", "website", "venue"), ("الموعد", "time", "date"), ("بطولة", "competition", "")];

/// The concept of a key, where it has one.
pub(in crate::extract) fn concept(key: &str, value: &str) -> Option<&'static str> {
    let key = folded(key);
    for (label, if_so, else_so) in AMBIGUOUS {
        if folded(label) == key {
            let is = match *if_so {
                "website" => value.contains('.') && value.is_ascii(),
                "time" => value.contains(':') && !value.contains(' '),
                _ => false,
            };
            return Some(if is { if_so } else { else_so }).copied().filter(|concept| !concept.is_empty());
        }
    }
    LABELS.get(&key).copied()
}

/// Whether a text is a known label.
pub(in crate::extract) fn is_label(words: &str) -> bool {
    LABELS.contains_key(&folded(words))
}

/// Whether a text that is folded already, its words parted by one space, is a known label.
pub(in crate::extract) fn is_folded_label(words: &str) -> bool {
    LABELS.contains_key(words)
}

/// A label without emoji and punctuation, folded.
pub(in crate::extract) fn folded(label: &str) -> String {
    fold(label)
        .split(|c: char| !is_alphanumeric(c) && c != '-')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
