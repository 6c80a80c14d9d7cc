//! Where the border between key and value is in rows that have lost it: by known labels, definiteness and agreement,
//! what begins values, the body of the article, and the other rows. Precision comes first: rows that do not look like a
//! table are none, and a row whose border is not clear stays whole.

use std::collections::HashMap;

use super::concepts::is_label;
use super::meaning::is_country;
use super::vocabulary::{GENERIC, HEADER_ENTITIES, HEADER_KEYS, HEADER_VALUES, LINKS, NO_ROWS, STARTERS};
use crate::article::TableKind;
use crate::text::fold::fold;

/// Words of a key, at the most.
const MOST_KEY: usize = 6;
/// By how much the best border must beat none at all.
const LEAST_SCORE: f32 = 1.0;

/// What was found of a row. Positions are bytes in the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    /// A header row, and where its second cell begins.
    Header(usize),
    /// Where the value begins.
    At(usize),
    /// A row of several cells: where each but the last ends.
    Cells(Vec<usize>),
    /// Not clear: the row stays whole.
    None,
}

/// A word of a row.
#[derive(Clone, Debug)]
struct Word<'r> {
    text: &'r str,
    folded: String,
    start: usize,
}

/// Whether a line is a header row: two to four words, the last from a small closed set.
pub(crate) fn is_header(line: &str) -> bool {
    let words = words(line);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let known_first = HEADER_KEYS.contains(&first.folded) || HEADER_ENTITIES.contains(&first.folded);
    let known_last = HEADER_VALUES.contains(&last.folded);
    match words.len() {
        2 => {
            (known_last && is_definite(first))
                || (known_first && is_definite(last))
                || (known_first && known_last)
        }
        3 | 4 => known_first && known_last,
        _ => false,
    }
}

/// Whether a line begins with a label or a head of one.
pub(crate) fn begins_key(line: &str) -> bool {
    let words = words(line);
    (1..=3).any(|many| is_label(&joined(&words, many)))
        || words.first().is_some_and(|first| GENERIC.contains(&first.folded))
}

/// Whether a whole line is a key: a known label, or a head of keys and a word or two of its own.
pub(crate) fn is_whole_key(line: &str) -> bool {
    let words = words(line);
    let last = words.last().is_some_and(|word| GENERIC.contains(&word.folded));
    is_label(line)
        || ((2..=3).contains(&words.len())
            && !last
            && !line.chars().any(char::is_numeric)
            && words.first().is_some_and(|first| GENERIC.contains(&first.folded)))
}

/// Whether a text is the last cell of header rows.
pub(crate) fn is_header_word(text: &str) -> bool {
    let words = words(text);
    words.len() <= 3 && words.iter().any(|word| HEADER_VALUES.contains(&word.folded))
}

/// Whether two texts name the columns of a table of keys and values, by their words; `figures` says that most values
/// below have digits, so that a label of what is counted names the column too.
pub(crate) fn names_columns(key: &str, value: &str, figures: bool) -> bool {
    let (keys, values) = (words(key), words(value));
    if keys.is_empty() || values.is_empty() || keys.len() > 4 || values.len() > 4 {
        return false;
    }
    let first = keys
        .first()
        .is_some_and(|word| HEADER_KEYS.contains(&word.folded) || HEADER_ENTITIES.contains(&word.folded));
    let last = values.iter().any(|word| HEADER_VALUES.contains(&word.folded));
    let head = values.first().is_some_and(|word| GENERIC.contains(&word.folded));
    // «النوع | السعر» names columns; «نوع العملية | السعر» might, where the values are figures.
    (first && last) || (figures && (last || (first && head)) && !is_label(key)) || (figures && first && last)
}

/// The borders of rows, as many rows as the table has; `None` where they are no table.
pub(crate) fn find(rows: &[&str], body: &BodyText, with_header: bool) -> Option<Vec<Border>> {
    let all: Vec<Vec<Word<'_>>> = rows.iter().map(|row| words(row)).collect();
    let first = all.first()?.first()?;
    let entities = with_header && HEADER_ENTITIES.contains(&first.folded);
    if with_header && let Some(columns) = grid(&all) {
        return Some(columns);
    }
    let heads = repeated_heads(&all);
    let mut borders = Vec::new();
    let mut sure = 0;
    for (at, words) in all.iter().enumerate() {
        if is_header(rows.get(at)?) && (with_header || at > 0) {
            borders.push(Border::Header(words.last()?.start));
            continue;
        }
        if NO_ROWS.contains(&words.first()?.folded) {
            break;
        }
        match best(words, body, &heads, entities) {
            Some((border, score)) if score >= LEAST_SCORE => {
                sure += usize::from(score >= 3.0);
                borders.push(Border::At(words.get(border)?.start));
            }
            _ => borders.push(Border::None),
        }
    }
    let found = borders.iter().filter(|border| matches!(border, Border::At(_))).count();
    let rows_found = borders.iter().filter(|border| !matches!(border, Border::Header(_))).count();
    let enough =
        if with_header { found * 2 >= rows_found } else { is_table_without_header(&all, sure, rows_found) };
    (enough && found > 0).then_some(borders)
}

/// Pairs where no row has three cells or more.
pub(crate) fn kind(borders: &[Border]) -> TableKind {
    if borders.iter().any(|border| matches!(border, Border::Cells(_))) {
        TableKind::Grid
    } else {
        TableKind::KeyValue
    }
}

/// Without a header most rows must be sure by themselves, and begin as keys do.
fn is_table_without_header(rows: &[Vec<Word<'_>>], sure: usize, many: usize) -> bool {
    let keyed = rows.iter().filter(|words| {
        let label = (1..=3).any(|count| is_label(&joined(words, count)));
        let head = words.first().is_some_and(|first| GENERIC.contains(&first.folded));
        label || head
    });
    let valued = rows.iter().filter(|words| words.iter().skip(1).any(|word| is_figure(word.text)));
    let (keyed, valued) = (keyed.count(), valued.count());
    sure * 3 >= many * 2 && (keyed * 2 >= many || (keyed >= 2 && valued * 2 >= many))
}

/// Rows of three cells and more: a name and the same number of figures in each.
fn grid(rows: &[Vec<Word<'_>>]) -> Option<Vec<Border>> {
    let figures = |words: &[Word<'_>]| words.iter().rev().take_while(|word| is_number(word.text)).count();
    let header_columns = rows.first()?.len();
    let body = rows.get(1..)?;
    let many = body.iter().map(|row| figures(row)).min()?;
    if many < 2 || header_columns < 2 || body.len() < 2 {
        return None;
    }
    let ends = |words: &[Word<'_>], last: usize| -> Option<Border> {
        let from = words.len().checked_sub(last)?;
        (from > 0).then(|| Border::Cells(words.iter().skip(from).map(|word| word.start).collect()))
    };
    let mut borders = vec![ends(rows.first()?, many.min(header_columns - 1))?];
    for row in body {
        borders.push(ends(row, many)?);
    }
    Some(borders)
}

/// How often each first word, and each two, begin rows.
fn repeated_heads(rows: &[Vec<Word<'_>>]) -> HashMap<String, usize> {
    let mut heads = HashMap::new();
    for words in rows {
        for many in 1..=3 {
            if words.len() > many {
                *heads.entry(folded(words, many)).or_default() += 1;
            }
        }
    }
    heads
}

/// The best border of a row (the index of the value's first word), and how much speaks for it.
fn best(
    words: &[Word<'_>],
    body: &BodyText,
    heads: &HashMap<String, usize>,
    entities: bool,
) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for border in 1..words.len().min(MOST_KEY + 1) {
        let score = score(words, border, body, heads, entities);
        if best.is_none_or(|(_, other)| score > other) {
            best = Some((border, score));
        }
    }
    best
}

fn score(
    words: &[Word<'_>],
    border: usize,
    body: &BodyText,
    heads: &HashMap<String, usize>,
    entities: bool,
) -> f32 {
    let (Some(first), Some(last), Some(value)) = (words.first(), words.get(border - 1), words.get(border))
    else {
        return f32::MIN;
    };
    let mut score = grammar(words, border);
    if is_label(&joined(words, border)) {
        // A label that goes on with an adjective of its own is another label: الجهة, and الجهة المشرفة.
        let nisba = value.folded.ends_with('ي');
        let goes_on = is_definite(first)
            && is_definite(value)
            && !nisba
            && agree(first, value)
            && words.len() > border + 1;
        score += if goes_on { 1.0 } else { 4.0 + border as f32 };
    }
    if value.folded.starts_with("لل") && words.len() > border + 1 {
        // «for the …» belongs to the key: آخر موعد للتقديم.
        score -= 7.0;
    }
    if entities {
        score += if is_country(&joined(words, border)) { 6.0 } else { 0.0 };
        score +=
            if is_figure(value.text) && !words.iter().skip(border + 1).any(|word| word.text.ends_with('%')) {
                2.0
            } else {
                0.0
            };
    }
    if border == 1 && GENERIC.contains(&first.folded) {
        score -= 5.0;
    }
    if LINKS.contains(&last.folded) || last.text.ends_with(['،', ',', '–', '-']) {
        score -= 4.0;
    }
    if is_figure(value.text) || value.text.starts_with(['«', '"', '(', '+', '$', '€']) {
        let is_first_figure = !words.iter().take(border).skip(1).any(|word| is_figure(word.text));
        let bracket_in_key = value.text.starts_with('(')
            && words.len() > border + 1
            && !words.last().is_some_and(|last| last.text.ends_with(')'));
        score += if bracket_in_key {
            -1.0
        } else if is_first_figure {
            2.5
        } else {
            -1.5
        };
    } else if STARTERS.contains(&value.folded) {
        score += 1.5;
    }
    if opens_bracket(words, border) {
        score -= 6.0;
    }
    let repeated = heads.get(&folded(words, border)).copied().unwrap_or(0);
    if repeated > 1 {
        // The same head in several rows is a part of each key, and not all of it.
        score -= 2.0;
    }
    if border >= 2 && heads.get(&folded(words, border - 1)).copied().unwrap_or(0) > 1 {
        score += 1.5;
    }
    score += body.cohesion(words, border);
    score - border as f32 * 0.15
}

/// Definiteness and agreement: a definite head takes definite adjectives that agree in gender; an indefinite one runs on
/// as idafa until a definite noun closes it.
fn grammar(words: &[Word<'_>], border: usize) -> f32 {
    let Some(first) = words.first() else { return 0.0 };
    if is_latin(first.text) {
        let all_latin = words.iter().take(border).all(|word| is_latin(word.text));
        return if all_latin && border == 1 { 1.0 } else { 0.0 };
    }
    if !is_arabic(first.text) {
        return 0.0;
    }
    let expected = if is_definite(first) {
        let agreeing =
            words.iter().skip(1).take_while(|word| is_definite(word) && agree(first, word)).count();
        let latin =
            words.iter().skip(1 + agreeing.min(1)).take_while(|word| is_latin_name(word.text)).count();
        let rest_is_latin = words.iter().skip(1).all(|word| !is_arabic(word.text));
        1 + agreeing.min(2) + if rest_is_latin { 0 } else { latin.min(1) }
    } else {
        match words.iter().skip(1).position(is_definite) {
            // An adjective behind the idafa belongs to it where a value is left behind it: عدد الدول المشاركة سبع دول.
            Some(closing) if closing < 3 => {
                let noun = words.get(closing + 1).unwrap_or(first);
                let adjective = words.get(closing + 2).filter(|_| words.len() > closing + 3);
                let belongs =
                    adjective.is_some_and(|own| is_definite(own) && (agree(noun, own) || agree(first, own)));
                closing + 2 + usize::from(belongs)
            }
            _ => 2,
        }
    };
    match border.abs_diff(expected) {
        0 => 3.0,
        1 => 0.5,
        _ => -1.0,
    }
}

/// Whether an adjective agrees with a noun in gender: both end in ta marbuta (or a sound feminine plural), or neither.
fn agree(noun: &Word<'_>, adjective: &Word<'_>) -> bool {
    let feminine = |word: &Word<'_>| {
        let bare = word.text.trim_end_matches(|c: char| !c.is_alphabetic());
        bare.ends_with(['ة', 'ه', 'ى']) || bare.ends_with("ات") || bare.ends_with("اء")
    };
    let broken_plural = |word: &Word<'_>| {
        // Plurals of things take feminine adjectives: المشاريع المشتركة, الأوراق المطلوبة, الوثائق المطلوبة.
        let bare = word.folded.trim_start_matches("ال");
        bare.chars().count() >= 5 && !feminine(word)
    };
    let adjectival = {
        let bare = adjective.folded.trim_start_matches("ال");
        let count = bare.chars().count();
        bare.starts_with('م') && count >= 4
            || bare.ends_with("يه")
            || bare.ends_with('ي')
            || [
                "سابق",
                "سابقه",
                "جديد",
                "جديده",
                "قادم",
                "قادمه",
                "حالي",
                "حاليه",
                "ناقل",
                "ناقله",
                "اول",
                "اولي",
                "ثاني",
                "ثانيه",
                "ثالث",
                "ثالثه",
                "نهايي",
                "ساخن",
                "علمي",
                "فني",
                "حراري",
                "حراريه",
                "كلي",
            ]
            .contains(&bare)
    };
    // Elatives have one form for both.
    let elative = ["اقصي", "ادني", "اعلي", "اكبر"].contains(&adjective.folded.trim_start_matches("ال"));
    elative
        || adjectival
            && (feminine(noun) == feminine(adjective) || (broken_plural(noun) && feminine(adjective)))
}

fn is_definite(word: &Word<'_>) -> bool {
    let bare = word.folded.trim_start_matches(|c: char| !c.is_alphabetic());
    bare.starts_with("ال") && bare.chars().count() > 3
}

fn is_arabic(text: &str) -> bool {
    text.chars().any(crate::text::is_rtl_char)
}

fn is_latin(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_alphabetic())
}

/// A short Latin name in capitals that may belong to a key: CPU, GPU.
fn is_latin_name(text: &str) -> bool {
    text.len() <= 4 && text.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a word begins with a digit or a Latin letter.
fn is_figure(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_numeric() || c.is_ascii_alphabetic())
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    digits > 0
        && text.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | ':' | '-' | '+' | '%' | '٫' | '٬'))
}

/// Whether a border stands inside brackets.
fn opens_bracket(words: &[Word<'_>], border: usize) -> bool {
    let count = |c: char| words.iter().take(border).map(|word| word.text.matches(c).count()).sum::<usize>();
    count('(') > count(')') || count('«') > count('»')
}

fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(from) = rest.find(|c: char| !c.is_whitespace()) {
        let behind = rest.get(from..).unwrap_or("");
        let end = behind.find(char::is_whitespace).unwrap_or(behind.len());
        let text = behind.get(..end).unwrap_or("");
        let start = line.len() - behind.len();
        rest = behind.get(end..).unwrap_or("");
        // Bullets and emoji before a key are no words of it.
        if words.is_empty() && !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        words.push(Word {
            text,
            folded: fold(text).trim_matches(|c: char| !c.is_alphanumeric()).to_owned(),
            start,
        });
    }
    words
}

/// The first `many` words as text.
fn joined(words: &[Word<'_>], many: usize) -> String {
    let texts: Vec<&str> = words.iter().take(many).map(|word| word.text).collect();
    if texts.len() < many { String::new() } else { texts.join(" ") }
}

fn folded(words: &[Word<'_>], many: usize) -> String {
    words.iter().take(many).map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Bytes of an article that are looked at for what stands together in it.
const MOST_BODY: usize = 128 << 10;
/// Characters from which a line is a line of the body, and no row.
const BODY_LINE: usize = 60;

/// The words of the article around the rows: two that stand together there should not be cut.
pub(crate) struct BodyText {
    pairs: HashMap<(String, String), usize>,
    text: String,
}

impl BodyText {
    /// The long lines of an article, made once for all its tables.
    pub(crate) fn new<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut pairs: HashMap<(String, String), usize> = HashMap::new();
        let mut text = String::new();
        for line in lines.filter(|line| line.chars().nth(BODY_LINE).is_some()) {
            if text.len() > MOST_BODY {
                break;
            }
            let words = words(line);
            for pair in words.windows(2) {
                if let [a, b] = pair {
                    *pairs.entry((a.folded.clone(), b.folded.clone())).or_default() += 1;
                }
            }
            for word in &words {
                text.push(' ');
                text.push_str(&word.folded);
            }
            text.push_str(" .");
        }
        Self { pairs, text }
    }

    /// What the body says of a border: for a value that stands in it whole, against cutting two words that stand
    /// together in it.
    fn cohesion(&self, words: &[Word<'_>], border: usize) -> f32 {
        let (Some(last), Some(value)) = (words.get(border - 1), words.get(border)) else { return 0.0 };
        let cut = self.pairs.contains_key(&(last.folded.clone(), value.folded.clone()));
        let rest: Vec<&str> = words.iter().skip(border).map(|word| word.folded.as_str()).collect();
        let whole = rest.len() >= 2 && self.text.contains(&format!(" {} ", rest.join(" ")));
        f32::from(u8::from(whole)) * 1.5 - f32::from(u8::from(cut)) * 1.5
    }
}
