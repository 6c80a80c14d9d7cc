//! Header rows of flattened tables: two short names of columns with one space between them. The best sign that rows
//! follow, so it must be one: words of small closed sets, or names over rows that all have figures.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::features::{Head, begins_key};
use super::words::{Word, agree, joined, words};
use crate::extract::facts::concepts::{is_folded_label, is_label};
use crate::extract::facts::vocabulary::{GENERIC, HEADER_ENTITIES, HEADER_KEYS, HEADER_VALUES};

/// Rows below a header that only figures make one, at the least.
const LEAST_ROWS: usize = 3;

fn known_first(word: &Word<'_>) -> bool {
    // «نوع» heads keys in Arabic; in Persian and bare it names a column, which only `by_words` asks for.
    HEADER_KEYS.contains(&word.folded) || HEADER_ENTITIES.contains(&word.folded)
}

fn known_last(word: &Word<'_>) -> bool {
    HEADER_VALUES.contains(&word.folded)
}

/// Whether a line is a header row by its words alone.
pub(crate) fn is_header(line: &str) -> bool {
    by_words(&words(line)).is_some()
}

/// Where the second cell of a header row begins, by its words alone: the index of a word.
fn by_words(words: &[Word<'_>]) -> Option<usize> {
    let (first, last) = (words.first()?, words.last()?);
    if words.iter().any(|word| word.has_digit())
        || words.len() > 4
        || last.text.ends_with([':', '.', '؟', '?', '!'])
    {
        return None;
    }
    match words.len() {
        2 => {
            let latin = first.text.is_ascii() && known_first(first) && known_last(last);
            // «الفريق الفائز» is one name.
            let fits =
                (known_last(last) && first.is_definite() && (known_first(first) || !agree(first, last)))
                    || (known_first(first) && last.is_definite() && !agree(first, last))
                    || ((known_first(first) || first.folded == "نوع") && known_last(last));
            (latin || fits).then_some(1)
        }
        3 | 4 => {
            // «القضية الأبرز التفاصيل», «العنصر الوصف المختصر».
            // «نوع الوقود السعر»: a head of names and what it is a kind of.
            let at = words.iter().skip(1).position(known_last)? + 1;
            let head = matches!(first.folded.as_str(), "نوع" | "اسم") && at == 2 && words.len() == 3;
            let fits =
                known_first(first) || head || (at + 1 == words.len() && first.is_definite() && at == 1);
            fits.then_some(at)
        }
        _ => None,
    }
}

/// The header that row `at` of a block is: where its second cell begins (the index of a word), and what its keys are.
pub(crate) fn header_at(rows: &[Vec<Word<'_>>], at: usize) -> Option<(usize, Head)> {
    let own = rows.get(at)?;
    let rest = rows.get(at + 1..)?;
    let things = |first: &Word<'_>| {
        if HEADER_ENTITIES.contains(&first.folded) { Head::Things } else { Head::Fields }
    };
    if let Some(border) = by_words(own) {
        // A name of things and another noun: a header over names, but «المدينة القاهرة» over labels is a row.
        let sure = own.last().is_some_and(known_last);
        let labels = rest.iter().take(12).filter(|words| begins_key(words)).count();
        if sure || labels * 3 <= rest.len().min(12) {
            return Some((border, things(own.first()?)));
        }
    }
    let has_figure = |words: &[Word<'_>]| words.iter().skip(1).any(Word::has_digit);
    let below: Vec<bool> = rest.iter().take(12).map(|words| has_figure(words)).collect();
    let many = below.iter().filter(|figure| **figure).count();
    let all_figures = many >= LEAST_ROWS && many * 10 >= below.len() * 8;
    let bare = (2..=5).contains(&own.len())
        && own.iter().all(|word| !word.has_digit() && !word.text.ends_with(['،', ':', '.', ')', '؟', '!']));
    if !all_figures || !bare || (at > 0 && !known_first(own.first()?)) {
        return None;
    }
    // A second head of names inside: «نوع الخدمة | قيمة الرسوم», «الكلية | الحد الأدنى».
    let named =
        |word: &Word<'_>| GENERIC.contains(&word.folded) || known_last(word) || GENERIC.contains(word.bare());
    let inside = own.iter().skip(1).position(named).map(|inside| inside + 1);
    let first = own.first()?;
    if known_first(first) {
        return Some((inside.unwrap_or(1), Head::Things));
    }
    let is_field = (1..=3).any(|many| own.get(..many).is_some_and(|own| is_folded_label(&joined(own))));
    inside
        .filter(|inside| !is_field && (*inside > 1 || first.is_definite()))
        .map(|inside| (inside, Head::Things))
}

/// Keys of fields that stand in the marked rows (`train` writes them), folded. Only for rows whose borders are seen: what
/// judges flattened rows must not know the keys that it was trained on.
static KEYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("keys.txt").lines().collect());

/// Whether a whole line is a key: a known one, or a head of keys and a word or two of its own.
pub(crate) fn is_whole_key(line: &str) -> bool {
    let words = words(line);
    let generic = |word: Option<&Word<'_>>| word.is_some_and(|word| GENERIC.contains(&word.folded));
    let bare = !words.iter().any(Word::has_digit);
    is_label(line)
        || KEYS.contains(joined(&words).as_str())
        || ((2..=3).contains(&words.len()) && bare && generic(words.first()) && !generic(words.last()))
}

/// Whether a line begins with a known label or a head of labels.
pub(crate) fn line_begins_key(line: &str) -> bool {
    begins_key(&words(line))
}

/// Whether a text is the last cell of header rows.
pub(crate) fn is_header_word(text: &str) -> bool {
    let words = words(text);
    words.len() <= 3 && words.iter().any(known_last)
}

/// Whether two texts name the columns of a table of keys and values, by their words; `figures` says that most values
/// below have digits, so that a label of what is counted names the column too.
pub(crate) fn names_columns(key: &str, value: &str, figures: bool) -> bool {
    let (keys, values) = (words(key), words(value));
    if keys.is_empty() || values.is_empty() || keys.len() > 4 || values.len() > 4 {
        return false;
    }
    let first = keys.first().is_some_and(known_first);
    let last = values.iter().any(known_last);
    let head = values.first().is_some_and(|word| GENERIC.contains(&word.folded));
    (first && last) || (figures && (last || (first && head)) && !is_label(key))
}
