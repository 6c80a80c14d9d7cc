//! Whether pairs of texts look like a summary table: short keys that are names of fields, short values, no sentences, no
//! speech. For rows whose delimiter also stands in prose (colon, dash) and for cells that stand a line each.

use super::facts::is_announced_later;
use super::facts::vocabulary::{NETWORKS, SAYING, SPEECH};
use super::flat::header;
use super::flat::words::words;
use crate::text::fold::fold;
use crate::text::is_number;

/// Words that number the parts of a statement.
const ORDINALS: &[&str] = &[
    "اولا",
    "ثانيا",
    "ثالثا",
    "رابعا",
    "خامسا",
    "سادسا",
    "نخست",
    "دوم",
    "سوم",
    "first",
    "second",
    "third",
    "premierement",
    "deuxiemement",
];
/// Heads of parts that are told in order.
const STEPS: &[&str] = &[
    "الخطوه",
    "المرحله",
    "السوال",
    "الفصل",
    "step",
    "question",
    "etape",
    "س",
    "ج",
    "q",
    "a",
    "كام",
    "مرحله",
];

/// Whether a text has a digit.
pub(super) fn has_digit(text: &str) -> bool {
    text.chars().any(is_number)
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '؟', '?', '…'])
}

/// Whether a text is speech: it stands in quotation marks.
fn is_quoted(text: &str) -> bool {
    let speaks = text.split_whitespace().count() > 2 || ends_sentence(text);
    text.starts_with(['«', '"', '“', '„']) && speaks
}

/// How surely the delimiter of pairs marks cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// It stands behind labels, and behind the names of who speaks.
    Colon,
    /// It stands between the parts of any sentence.
    Dash,
    /// It stands between the halves of a verse too.
    Spaces,
}

/// Whether pairs are a summary.
pub(super) fn is_summary(pairs: &[Vec<&str>], by: By) -> bool {
    let many = pairs.len();
    let keys = || pairs.iter().filter_map(|pair| pair.first().copied());
    let values = || pairs.iter().filter_map(|pair| pair.get(1).copied());
    let count = |found: usize| found * 2 < many;
    let sentences =
        values().filter(|value| ends_sentence(value) && value.split_whitespace().count() > 4).count();
    let quoted = values().filter(|value| is_quoted(value)).count();
    let told = keys()
        .filter(|key| {
            let first = fold(key);
            let first = first.split_whitespace().next().unwrap_or("");
            ORDINALS.contains(&first) || STEPS.contains(&first) || first.chars().all(is_number)
        })
        .count();
    let long: usize = values().map(|value| value.chars().count()).sum();
    // Who speaks in turn is named again and again; a field is not.
    let mut distinct: Vec<&str> = keys().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let known = keys().filter(|key| header::line_begins_key(key)).count();
    let figures = values().filter(|value| has_digit(value)).count();
    let keyed = known * 3 >= many || figures * 2 >= many;
    let for_fields: i32 = keys().zip(values()).map(|(key, value)| for_field(key, value)).sum();
    count(sentences)
        && count(quoted)
        && told * 2 <= many
        && (told == 0 || figures * 2 >= many)
        && long / many.max(1) <= 70
        && distinct.len() * 10 >= many * 7
        && (by != By::Dash || keyed)
        && for_fields > 0
}

/// What speaks for a pair being a field and its value, and not a person and a saying, a newspaper and its headline, the
/// halves of a verse; in quarters of a sure sign.
fn for_field(key: &str, value: &str) -> i32 {
    let (keys, values) = (words(key), words(value));
    let typed = values.iter().any(|word| {
        word.has_digit()
            || matches!(word.class, "date" | "nword" | "unit" | "country" | "Inat" | "Dnat" | "ABC" | "abc1")
    });
    let mut sum = 1;
    if header::is_whole_key(key) {
        sum += 8;
    } else if header::line_begins_key(key) {
        sum += 4;
    }
    if typed {
        sum += 4;
    }
    match values.len() {
        0..=3 => sum += 2,
        4..=5 => {}
        6..=8 => sum -= 2,
        _ => sum -= 4,
    }
    let spoken = values.iter().filter(|word| SPEECH.contains(&word.folded)).count();
    // «يبحث», «يحذرون»; «يعلن لاحقا» is a value.
    let verb = values.len() >= 3
        && values.iter().any(|word| matches!(word.class, "V" | "Vf" | "Va"))
        && !is_announced_later(value);
    if spoken > 0 || verb || value.ends_with(['؟', '?', '!']) {
        sum -= 6;
    }
    let first = keys.first();
    let person = first.is_some_and(|word| word.class == "name" || SAYING.contains(&word.folded));
    if person && !typed {
        sum -= 4;
    }
    if first.is_some_and(|word| NETWORKS.contains(&word.folded)) {
        sum -= 12;
    }
    sum
}

/// Whether the first of some rows of two cells is their header.
pub(super) fn is_header_pair(rows: &[Vec<&str>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let (Some(key), Some(value)) = (first.first(), first.get(1)) else { return false };
    if key.is_empty() || value.is_empty() {
        return key.is_empty() && value.is_empty();
    }
    if has_digit(key) || has_digit(value) || ends_sentence(value) {
        return false;
    }
    let figures = rest.iter().filter(|row| row.get(1).is_some_and(|value| has_digit(value))).count();
    header::names_columns(key, value, figures * 3 >= rest.len() * 2)
}
