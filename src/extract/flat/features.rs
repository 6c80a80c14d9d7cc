//! What a border between key and value is judged by, and what a line is judged by that may be a row: word classes,
//! agreement, known labels, the body, and the other rows. The same for training and for reading.

use std::collections::HashMap;

use super::body::BodyText;
use super::model::{Sink, hash};
use super::words::{Word, agree, goes_with_the_last, is_rtl, joined};
use crate::extract::facts::concepts::is_folded_label;
use crate::extract::facts::folded_country;
use crate::extract::facts::vocabulary::{GENERIC, NO_ROWS};
use crate::text::is_alphabetic;

/// Words of a key, at the most.
pub(crate) const MOST_KEY: usize = 7;

/// What kind of header stands over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// None.
    None,
    /// The keys are names of fields.
    Fields,
    /// The keys are names of things.
    Things,
}

impl Head {
    fn name(self) -> &'static str {
        match self {
            Self::None => "n",
            Self::Fields => "f",
            Self::Things => "t",
        }
    }
}

/// What the rows of a block have in common.
pub(crate) struct Block<'b> {
    pub body: &'b BodyText,
    pub head: Head,
    /// How often each one to three first words begin rows.
    heads: HashMap<u64, usize>,
    rows: usize,
    /// Of ten rows, how many have a figure, a known head, a definite first word, a final figure.
    figures: usize,
    keyed: usize,
    definite: usize,
    /// Of ten rows, how many end in the letter that most end in.
    rhyme: usize,
    /// Of ten rows, how many have about the mean length.
    even: usize,
    /// Of ten rows, how many end in a bare figure.
    final_figures: usize,
    /// Of ten rows, how many begin with a given name.
    names: usize,
    /// Words of a row, on average.
    words: usize,
    language: &'static str,
}

impl<'b> Block<'b> {
    /// What some rows, without their header, have in common.
    pub(crate) fn new(rows: &[&[Word<'_>]], body: &'b BodyText, head: Head) -> Self {
        let mut heads: HashMap<u64, usize> = HashMap::new();
        for words in rows {
            for many in 1..=3.min(words.len().saturating_sub(1)) {
                *heads.entry(key(words.get(..many).unwrap_or(&[]))).or_default() += 1;
            }
        }
        let tenth = |is: &dyn Fn(&[Word<'_>]) -> bool| {
            rows.iter().filter(|words| is(words)).count() * 10 / rows.len().max(1)
        };
        let length =
            |words: &[Word<'_>]| words.iter().map(|word| word.text.chars().count() + 1).sum::<usize>();
        let mean = rows.iter().map(|words| length(words)).sum::<usize>() / rows.len().max(1);
        let mut ends: HashMap<char, usize> = HashMap::new();
        for last in rows.iter().filter_map(|words| words.last()?.folded.chars().next_back()) {
            *ends.entry(last).or_default() += 1;
        }
        let most_ends = ends.values().copied().max().unwrap_or(0);
        Self {
            body,
            head,
            heads,
            rows: rows.len(),
            figures: tenth(&|words| words.iter().skip(1).any(Word::has_digit)),
            keyed: tenth(&begins_key),
            definite: tenth(&|words| words.first().is_some_and(Word::is_definite)),
            names: tenth(&|words| words.first().is_some_and(|first| first.class == "name")),
            rhyme: most_ends * 10 / rows.len().max(1),
            even: tenth(&|words| length(words).abs_diff(mean) * 5 <= mean),
            final_figures: tenth(&|words| {
                words.len() > 1 && words.last().is_some_and(|last| last.class == "num")
            }),
            words: rows.iter().map(|words| words.len()).sum::<usize>() / rows.len().max(1),
            language: language(rows),
        }
    }

    fn repeated(&self, words: &[Word<'_>]) -> usize {
        self.heads.get(&key(words)).copied().unwrap_or(0)
    }
}

fn key(words: &[Word<'_>]) -> u64 {
    hash(words.iter().map(|word| word.folded.as_str()))
}

/// Whether a row begins with a known label or a head of labels.
pub(crate) fn begins_key(words: &[Word<'_>]) -> bool {
    words.first().is_some_and(|first| GENERIC.contains(&first.folded))
        || (1..=3).any(|many| words.get(..many).is_some_and(|own| is_folded_label(&joined(own))))
}

fn language(rows: &[&[Word<'_>]]) -> &'static str {
    let mut latin = 0;
    let mut rtl = 0;
    for word in rows.iter().filter_map(|words| words.first()) {
        if word.text.chars().any(|c| ('\u{590}'..='\u{5FF}').contains(&c)) {
            return "he";
        }
        if is_rtl(word.text) {
            rtl += 1;
        } else if !word.has_digit() {
            latin += 1;
        }
    }
    let persian =
        |word: &Word<'_>| word.text.contains(['پ', 'چ', 'ژ', 'گ', 'ی', 'ک', '\u{200C}', '۰', '۱', '۲']);
    if latin > rtl {
        "la"
    } else if rows.iter().any(|words| words.iter().any(persian)) {
        "fa"
    } else {
        "ar"
    }
}

fn few(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6+"].get(number.min(6)).copied().unwrap_or("0")
}

fn yes(is: bool) -> &'static str {
    if is { "y" } else { "n" }
}

/// Where a border may stand: not behind a word that needs the next one, not between the day and its date, not inside
/// brackets; but somewhere.
pub(crate) fn borders(words: &[Word<'_>]) -> Vec<usize> {
    let all = 1..words.len().min(MOST_KEY + 1);
    let mut open = words.first().map_or(0, |first| depth(first.text));
    let mut fit = Vec::new();
    for at in all.clone() {
        let (Some(last), Some(next)) = (words.get(at - 1), words.get(at)) else { break };
        let clock = at > 1 && matches!(last.folded.as_str(), "الساعه" | "ساعت");
        let day = (last.class == "date" || clock) && next.has_digit();
        let range = last.has_digit() && matches!(next.folded.as_str(), "الي" | "حتي" | "تا" | "to" | "عد");
        // «12 ديسمبر», «20 و 21»: the halves of a date, the parts of a pair.
        let date = last.class == "num" && last.folded.chars().count() <= 2 && next.class == "date";
        let pair = matches!(next.folded.as_str(), "و" | "and" | "et");
        let in_name = in_country(words, at);
        let apart = !in_name && last.class != "link" && last.class != "hour" && !goes_with_the_last(next);
        if open <= 0 && apart && !day && !range && !date && !pair {
            fit.push(at);
        }
        open += depth(next.text);
    }
    if fit.is_empty() { all.collect() } else { fit }
}

/// Whether a border would stand inside the name of a country: «الإمارات العربية | المتحدة».
fn in_country(words: &[Word<'_>], at: usize) -> bool {
    const MOST_NAME: usize = 3;
    (at.saturating_sub(MOST_NAME - 1)..at).any(|from| {
        (at + 1..=from + MOST_NAME)
            .any(|end| words.get(from..end).is_some_and(|own| folded_country(&joined(own)).is_some()))
    })
}

/// The features of a border: the key is the first `at` words, the value the rest; `lengths` as of [`label_lengths`].
pub(crate) fn border(words: &[Word<'_>], at: usize, lengths: u16, block: &Block<'_>, sink: &mut dyn Sink) {
    let (Some(first), Some(last), Some(next)) = (words.first(), words.get(at - 1), words.get(at)) else {
        return;
    };
    let language = block.language;
    let own = words.get(..at).unwrap_or(&[]);
    let value = words.get(at..).unwrap_or(&[]);
    let after = words.get(at + 1).map_or("$", |word| word.class);
    let before = at.checked_sub(2).and_then(|before| words.get(before)).map_or("^", |word| word.class);
    let many = few(at);
    let left = few(value.len());
    sink.add(&["len", language, many]);
    sink.add(&["len head", block.head.name(), many]);
    sink.add(&["left", left, many]);
    sink.add(&["cut", language, last.class, next.class]);
    sink.add(&["last", language, last.class, many]);
    sink.add(&["next", language, next.class, many]);
    sink.add(&["next left", next.class, left]);
    sink.add(&["next two", next.class, after]);
    sink.add(&["last two", before, last.class]);
    sink.add(&["last two next", before, last.class, next.class]);
    sink.add(&["last next two", last.class, next.class, after]);
    sink.add(&["first", language, first.class, many]);
    let pattern: Vec<&str> = own.iter().map(|word| word.class).collect();
    let pattern = pattern.join(" ");
    sink.add(&["pattern", &pattern]);
    sink.add(&["pattern next", &pattern, next.class]);
    sink.add(&["last word", &last.folded]);
    sink.add(&["next word", &next.folded]);
    sink.add(&["first word", &first.folded, many]);
    agreement(words, at, sink);
    labels(words, at, lengths, sink);
    figures(words, at, block, sink);
    others(own, value, block, sink);
}

fn agreement(words: &[Word<'_>], at: usize, sink: &mut dyn Sink) {
    let (Some(first), Some(last), Some(next)) = (words.first(), words.get(at - 1), words.get(at)) else {
        return;
    };
    let definite = (last.is_definite(), next.is_definite());
    let left = few(words.len() - at);
    if definite == (true, true) {
        let with_last = agree(last, next);
        sink.add(&["agree last", yes(with_last), yes(at == 1), left]);
        // «الجولة الخامسة», «المدينة الصناعية» behind a key: a noun and an adjective of its own.
        let phrase = words.get(at + 1).is_some_and(|after| after.is_definite() && agree(next, after));
        sink.add(&["own phrase", yes(phrase), yes(with_last), yes(agree(first, next))]);
        if at > 1 {
            sink.add(&["agree first", yes(agree(first, next)), yes(with_last)]);
        }
    }
    if at > 1 && definite.0 {
        let noun = words.get(at - 2).unwrap_or(first);
        if noun.is_definite() {
            sink.add(&["agreed", yes(agree(noun, last)), next.class]);
        } else {
            sink.add(&[
                "idafa closed",
                few(at),
                yes(next.is_definite() && agree(last, next)),
                yes(next.is_definite()),
            ]);
        }
    }
    if !definite.0 && definite.1 {
        // An indefinite noun before a definite one is idafa as a rule.
        sink.add(&["idafa cut", yes(at == 1), last.class, left]);
    }
    if !definite.0 && !definite.1 {
        sink.add(&["open", few(at), yes(first.is_definite()), left]);
    }
}

/// Which numbers of first words are known labels: bit *n* says it of *n* words.
pub(crate) fn label_lengths(words: &[Word<'_>]) -> u16 {
    let is = |many: &usize| words.get(..*many).is_some_and(|own| is_folded_label(&joined(own)));
    (1..=MOST_KEY + 2).filter(is).fold(0, |bits, many| bits | 1 << many)
}

fn labels(words: &[Word<'_>], at: usize, lengths: u16, sink: &mut dyn Sink) {
    let Some(first) = words.first() else { return };
    let label = |many: usize| lengths >> many & 1 == 1;
    let is = label(at);
    let longer = (at + 1..=at + 2).any(|many| many < words.len() && label(many));
    let shorter = (1..at).rev().find(|many| label(*many));
    let goes_on = match (words.get(at - 1), words.get(at)) {
        (Some(last), Some(next)) => {
            last.is_definite() && next.is_definite() && agree(last, next) && words.len() > at + 1
        }
        _ => false,
    };
    if is {
        sink.add(&["label", few(at), yes(longer), yes(goes_on)]);
    } else if longer {
        sink.add(&["label cut", few(at)]);
    }
    if let Some(shorter) = shorter {
        sink.add(&["label run over", few(shorter), few(at - shorter), yes(is)]);
    }
    let generic = GENERIC.contains(&first.folded);
    if generic {
        sink.add(&["generic", few(at)]);
    }
}

fn figures(words: &[Word<'_>], at: usize, block: &Block<'_>, sink: &mut dyn Sink) {
    let (Some(last), Some(next)) = (words.get(at - 1), words.get(at)) else { return };
    let own = words.get(..at).unwrap_or(&[]);
    let value = words.get(at..).unwrap_or(&[]);
    let in_key = own.iter().skip(1).filter(|word| word.has_digit()).count();
    let later = value.iter().skip(1).any(Word::has_digit);
    let share = few(block.figures / 3);
    if next.has_digit() {
        sink.add(&["figure", block.head.name(), few(in_key), yes(later), share]);
    } else if later {
        sink.add(&["figure later", block.head.name(), share, next.class]);
    }
    if in_key > 0 {
        sink.add(&["figure in key", yes(next.has_digit()), yes(later), block.head.name()]);
    }
    // A column of bare figures: each is the last word of its row.
    if next.has_digit() && value.len() == 1 {
        sink.add(&["final figure", few(block.final_figures / 2), few(in_key)]);
    } else if block.final_figures > 7 {
        sink.add(&["not the final figure", few(value.len())]);
    }
    if own.len() >= 2 && !is_rtl(last.text) && last.text.chars().any(is_alphabetic) {
        // «كرت الشاشة GPU», «قناة العرض MBC»: a Latin word behind others.
        let mixed = own.first().is_some_and(|first| is_rtl(first.text));
        sink.add(&["latin tail", yes(mixed), last.class, next.class, few(value.len())]);
    }
    let opens = own.iter().map(|word| depth(word.text)).sum::<i32>() > 0;
    if opens {
        sink.add(&["bracket open"]);
    }
    if next.text.starts_with('(') {
        let closes_row = words.last().is_some_and(|last| last.text.ends_with(')'));
        sink.add(&["bracket next", yes(closes_row)]);
    }
    if last.text.ends_with(')') {
        sink.add(&["bracket closed", yes(next.has_digit())]);
    }
    if last.text.ends_with(['،', ',', ':', '–', '-']) {
        sink.add(&["list cut"]);
    }
}

fn depth(text: &str) -> i32 {
    text.chars()
        .map(|c| match c {
            '(' | '«' | '[' => 1,
            ')' | '»' | ']' => -1,
            _ => 0,
        })
        .sum()
}

/// What the body and the other rows say.
fn others(own: &[Word<'_>], value: &[Word<'_>], block: &Block<'_>, sink: &mut dyn Sink) {
    let (Some(last), Some(next)) = (own.last(), value.first()) else { return };
    let together = block.body.has(&[last.clone(), next.clone()]);
    let whole = value.len() >= 2 && block.body.has(value);
    sink.add(&["body cut", yes(together), yes(whole)]);
    if own.len() >= 2 {
        sink.add(&["body key", yes(block.body.has(own))]);
    }
    let grown = [own, std::slice::from_ref(next)].concat();
    sink.add(&["body grown", yes(block.body.has(&grown)), few(own.len())]);
    let repeated = block.repeated(own) > 1;
    let shorter = own.len() >= 2 && block.repeated(own.get(..own.len() - 1).unwrap_or(&[])) > 1;
    sink.add(&["repeated", yes(repeated), yes(shorter), few(own.len())]);
    if repeated {
        // Keys differ: what several rows begin with is seldom the whole key.
        sink.add(&["shared", block.head.name(), few(block.repeated(own)), next.class]);
    }
    let of_country = value.len() <= 4 && folded_country(&joined(value)).is_some();
    if block.head == Head::Things {
        sink.add(&["thing", yes(folded_country(&joined(own)).is_some()), yes(of_country)]);
    }
    if of_country {
        sink.add(&["country", few(own.len()), yes(block.head == Head::Things)]);
    }
}

/// Whether a line begins with «and» and a verb: «وتتوفر», «ويعقد», «ونصحت», and not with a noun such as «وزن».
pub(crate) fn goes_on(words: &[Word<'_>]) -> bool {
    let Some(first) = words.first() else { return false };
    let long = first.folded.chars().count() >= 4;
    long && words.len() >= 3
        && ["وي", "وت", "ونص", "وقا", "واك", "واو", "واض", "واش"]
            .iter()
            .any(|verb| first.folded.starts_with(verb))
}

/// The features of a line that may be a row; `best` is the score of its best border.
pub(crate) fn line(words: &[Word<'_>], text: &str, block: &Block<'_>, best: f32, sink: &mut dyn Sink) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let second = words.get(1).map_or("$", |word| word.class);
    let head = block.head.name();
    let keyed = begins_key(words);
    let digit = words.iter().skip(1).any(Word::has_digit);
    sink.add(&["bias", head]);
    sink.add(&["many", few(words.len())]);
    sink.add(&["first", first.class, second]);
    sink.add(&["first class", first.class]);
    sink.add(&["last class", last.class]);
    sink.add(&["first word", &first.folded]);
    sink.add(&["keyed", yes(keyed), few(block.keyed / 2)]);
    sink.add(&["digit", yes(digit), few(block.figures / 2)]);
    sink.add(&["keys and figures", few(block.keyed / 3), few(block.figures / 3), head]);
    sink.add(&["definite", few(block.definite / 2), yes(first.is_definite())]);
    sink.add(&["rhyme", few(block.rhyme / 2), few(block.even / 2)]);
    sink.add(&["words", few(block.words)]);
    sink.add(&["rows", few(block.rows.min(6) / 2), head]);
    let ends = text.chars().next_back();
    let stop = matches!(ends, Some('.' | '!' | '؟' | '?' | ':' | '،' | ';' | '…'));
    sink.add(&["stop", yes(stop)]);
    sink.add(&["in body", yes(block.body.has(words))]);
    if words.iter().any(|word| NO_ROWS.contains(&word.folded)) {
        sink.add(&["no row", yes(NO_ROWS.contains(&first.folded))]);
    }
    if first.folded.starts_with('و') && first.folded.chars().count() > 3 {
        // «وتتوفر», «ويعقد»: a sentence goes on. «وزن», «وقت» are nouns.
        let verb = ["وي", "وت", "ون", "وا"].iter().any(|prefix| first.folded.starts_with(prefix));
        sink.add(&["and", yes(verb), yes(words.len() > 5)]);
    }
    sink.add(&["names", few(block.names / 2), yes(first.class == "name"), few(block.figures / 4)]);
    let score = |word: &Word<'_>| {
        word.text.split_once('-').is_some_and(|(a, b)| a.parse::<u8>().is_ok() && b.parse::<u8>().is_ok())
    };
    if words.len() >= 3 && words.get(1..words.len() - 1).is_some_and(|inner| inner.iter().any(score)) {
        sink.add(&["score inside"]);
    }
    let ahead = (best / 2.0).clamp(-3.0, 6.0) as i32;
    sink.add(&["best", &ahead.to_string()]);
    if first.has_digit() {
        sink.add(&["begins with a figure"]);
    }
    if words.iter().any(|word| word.class == "country") {
        sink.add(&["has country"]);
    }
}
