//! What a value means, where that is sure: countries, days and periods, times, money, percentages, quantities, lists,
//! *to be announced*. What is not sure stays text. Words are matched folded; `numbers`, `dates`, `times` and `money` each
//! read one kind from the words of a value.

mod calendar;
mod dates;
mod money;
mod numbers;
mod times;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use super::countries::{country, nationality, word_of_country};
use crate::article::{Article, Normalized};
use crate::text::fold::fold;
use crate::text::words::Words;
use crate::text::{is_alphabetic, is_alphanumeric, is_number};

/// Bytes of a value that are looked at.
const MOST_VALUE: usize = 2000;
/// Words behind a number and its unit that may say more of them.
const MOST_BEHIND: usize = 3;

/// What is known of the article around a value.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extract) struct Context {
    /// The day on which it was published: relative dates count from it.
    pub published: Option<Date>,
    /// The country that it is about, for currencies that several countries share.
    pub country: Option<&'static str>,
    /// Whether it is in Persian: years of four digits from 1300 on are Persian ones then.
    pub persian: bool,
}

/// What is known of an article for the meaning of its values.
pub(in crate::extract) fn context(article: &Article, words: &Words) -> Context {
    Context {
        published: article.published.map(|time| TimeZone::UTC.to_datetime(time).date()),
        country: about(article, words),
        persian: article.language.as_deref().is_some_and(|tag| tag == "fa" || tag.starts_with("fa-")),
    }
}

/// Bytes of an article in which the countries that it is about are looked for.
const MOST_ABOUT: usize = 6000;

/// The country that an article is about: of those with a currency whose name is shared, the one that is named by far the
/// most, by its name or nationality, or by the domain of its page.
fn about(article: &Article, words: &Words) -> Option<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for word in words.within(0..MOST_ABOUT) {
        let code = word_of_country(word.text);
        if let Some(code) = code.filter(|code| money::shares_a_currency(code)) {
            match counts.iter_mut().find(|(own, _)| *own == code) {
                Some((_, count)) => *count += 1,
                None => counts.push((code, 1)),
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let domain = article.url.as_deref().and_then(|url| Url::parse(url).ok()).and_then(|url| {
        let last = url.host_str()?.rsplit('.').next()?.to_ascii_uppercase();
        money::shared_country(&last)
    });
    match counts.as_slice() {
        [] => domain,
        [(code, _)] => Some(code),
        // Twice as often as any other, else it is not sure.
        [(code, most), (_, second), ..] => (*most >= second * 2).then_some(*code).or(domain),
    }
}

/// Whether words behind a key say the same value of the same kind (`true`), another one (`false`), or none that is sure.
pub(in crate::extract) fn said(
    behind: &str,
    own: &Normalized,
    most: usize,
    context: &Context,
) -> Option<bool> {
    let all = words(behind);
    let near = all.get(..most.min(all.len()))?;
    // «نحو», «أكثر من», «مقابل»: what is not said exactly contradicts nothing; nor does what was before.
    let vague = [
        "نحو",
        "حوالي",
        "قرابه",
        "اكثر",
        "اقل",
        "زهاء",
        "مقابل",
        "مقارنه",
        "سابق",
        "السابق",
        "السابقه",
        "الماضي",
        "الماضيه",
        "من",
        "ارتفع",
        "انخفض",
        "about",
        "over",
        "nearly",
        "environ",
        "حدود",
        "تقريبا",
    ];
    let till = near.iter().position(|word| vague.contains(&word.folded.as_str())).unwrap_or(near.len());
    let near = near.get(..till)?;
    for at in 0..near.len() {
        let rest = near.get(at..)?;
        let found = match own {
            Normalized::Date(_) | Normalized::Period { .. } => dates::date(near, None, context),
            Normalized::Money { .. } => money::money_at(rest, context).map(|(money, _)| money),
            Normalized::Percent(_) => percent_at(rest).map(|(number, _)| Normalized::Percent(number)),
            Normalized::Quantity { unit, .. } if !unit.is_empty() => quantity_at(rest, unit),
            Normalized::Quantity { .. } => {
                numbers::number(rest).map(|(number, _)| Normalized::Quantity { number, unit: String::new() })
            }
            Normalized::Country(_) => {
                country(rest.first()?.folded.as_str()).map(|code| Normalized::Country(code.to_owned()))
            }
            Normalized::Time { .. } | Normalized::ToBeAnnounced | Normalized::List(_) => None,
        };
        if let Some(found) = found {
            return Some(same(&found, own));
        }
    }
    None
}

/// Whether two meanings say the same; a day inside a period is no other day.
fn same(a: &Normalized, b: &Normalized) -> bool {
    match (a, b) {
        (Normalized::Money { amount: a, currency: one }, Normalized::Money { amount: b, currency: two }) => {
            one == two && close(*a, *b)
        }
        (Normalized::Percent(a), Normalized::Percent(b))
        | (Normalized::Quantity { number: a, .. }, Normalized::Quantity { number: b, .. }) => close(*a, *b),
        (Normalized::Date(day), Normalized::Period { from, to })
        | (Normalized::Period { from, to }, Normalized::Date(day)) => from <= day && day <= to,
        (a, b) => a == b,
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 1e-6
}

/// A number and the same first word of its unit.
fn quantity_at(words: &[Word<'_>], unit: &str) -> Option<Normalized> {
    let (number, used) = numbers::number(words)?;
    let unit = fold(unit.split_whitespace().next()?);
    let next = words.get(used)?;
    let (one, two) = (next.folded.trim_end_matches('ا'), unit.trim_end_matches('ا'));
    (one == two).then_some(Normalized::Quantity { number, unit })
}

/// A word of a value: as printed, folded, and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Word<'v> {
    pub text: &'v str,
    pub folded: String,
    pub start: usize,
}

impl Word<'_> {
    /// The byte behind it.
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a value, punctuation off; dashes between numbers are words of their own.
pub(super) fn words(value: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let own = value.get(from..to).unwrap_or("");
        let edge = |c: char| {
            matches!(c, '،' | ',' | '(' | ')' | '[' | ']' | '«' | '»' | '"' | ';' | '؛' | ':' | '•' | '×')
        };
        let text = own.trim_matches(edge).trim_end_matches(['.', '!', '؟']);
        // «د.ك.» and «هـ» keep their dots inside.
        if !text.is_empty() {
            let start = from + own.find(text).unwrap_or(0);
            words.push(Word { text, folded: fold(text), start });
        }
    };
    for (at, c) in value.char_indices() {
        let behind = at + c.len_utf8();
        if c.is_whitespace() {
            push(from, at);
            from = behind;
        } else if matches!(c, '–' | '—' | '−') {
            push(from, at);
            push(at, behind);
            from = behind;
        }
    }
    push(from, value.len());
    words
}

/// Phrases that say that something is to be announced, folded.
static LATER: LazyLock<Vec<String>> = LazyLock::new(|| {
    [
        "موعد لاحق",
        "وقت لاحق",
        "لاحقا",
        "في حينه",
        "في حينها",
        "غير محدد",
        "غير محددة",
        "قيد التحديد",
        "بانتظار التأكيد",
        "يتم التنسيق بشأنه",
        "قريبا",
        "متعاقبا",
        "اعلام نشده",
        "اعلام خواهد شد",
        "à préciser",
        "à confirmer",
        "à déterminer",
        "to be announced",
        "to be confirmed",
        "to be decided",
        "tba",
        "tbc",
        "tbd",
        "יפורסם בהמשך",
        "ייקבע בהמשך",
        "טרם נקבע",
    ]
    .iter()
    .map(|phrase| fold(phrase))
    .collect()
});

/// Whether a value says that it is announced later.
pub(in crate::extract) fn is_announced_later(value: &str) -> bool {
    let folded = fold(value);
    let whole_words = |phrase: &str| {
        folded.match_indices(phrase).any(|(at, found)| {
            let before = folded.get(..at).and_then(|text| text.chars().next_back());
            let after = folded.get(at + found.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(is_alphanumeric) && !after.is_some_and(is_alphanumeric)
        })
    };
    // «لم يحدد بعد», «لم يعلن عنه بعد», «لم يحدد موعدها بعد».
    let not_yet = || {
        let mut words = folded.split_whitespace().map(|word| word.trim_matches(|c: char| !is_alphabetic(c)));
        let said = |word: &str| ["حدد", "علن", "تقرر"].iter().any(|root| word.contains(root));
        words.any(|word| word == "لم")
            && words.next().is_some_and(said)
            && words.take(3).any(|word| word == "بعد")
    };
    LATER.iter().any(|phrase| whole_words(phrase)) || not_yet()
}

/// What a value means, where that is sure.
pub(in crate::extract) fn meaning(value: &str, concept: Option<&str>, context: &Context) -> Vec<Normalized> {
    if value.len() > MOST_VALUE {
        return Vec::new();
    }
    let mut found = Vec::new();
    let outside = value.split(['(', '[']).next().unwrap_or(value).trim();
    let outside = if outside.is_empty() { value } else { outside };
    if let Some(code) = place(outside) {
        found.push(Normalized::Country(code.to_owned()));
    }
    let own = words(outside);
    let date = dates::date(&own, concept, context);
    let dated = date.is_some();
    found.extend(date);
    let timed = times::time(outside, &own, concept);
    let has_time = timed.is_some();
    found.extend(timed);
    if is_announced_later(value) {
        found.push(Normalized::ToBeAnnounced);
    }
    if !dated && !has_time && found.is_empty() {
        found.extend(amount(outside, &own, context));
    }
    if found.is_empty() && !matches!(concept, Some("date" | "time" | "start" | "deadline")) {
        found.extend(list(value));
    }
    found
}

/// The country of a whole value, or of its last part behind a comma («أنطاليا، تركيا» names a place in it: no).
fn place(value: &str) -> Option<&'static str> {
    let value = value.trim_matches(|c: char| !is_alphanumeric(c));
    country(value).or_else(|| nationality(value))
}

/// Money, a percentage, or a number with its unit.
fn amount(value: &str, words: &[Word<'_>], context: &Context) -> Option<Normalized> {
    if let Some(money) = money::money(words, context) {
        return Some(money);
    }
    if let Some((number, used)) = percent_at(words) {
        let rest = words.get(used..).unwrap_or(&[]);
        let more = rest.iter().any(|word| word.text.chars().any(is_number));
        return (rest.len() <= MOST_BEHIND && !more).then_some(Normalized::Percent(number));
    }
    let (number, used) = numbers::number(words)?;
    let rest = words.get(used..).unwrap_or(&[]);
    if rest.iter().any(|word| word.text.chars().any(is_number)) {
        return None;
    }
    let last = words.get(used.checked_sub(1)?)?;
    let next = |ahead: usize| rest.get(ahead).map_or("", |word| word.folded.as_str());
    // A day whose year is not known is no number of months.
    if calendar::month(next(0), next(1), context.persian).is_some() {
        return None;
    }
    let begins = rest.first().map_or(value.len(), |word| word.start);
    let unit = value.get(begins..).unwrap_or("").trim();
    let fits = rest.len() <= MOST_BEHIND
        && unit.chars().next().is_none_or(|c| is_alphabetic(c) || c == '°')
        && !matches!(
            rest.first().map_or("", |word| word.folded.as_str()),
            "الي" | "حتي" | "او" | "to" | "or" | "تا" | "à"
        )
        && last.end() <= value.len();
    fits.then(|| Normalized::Quantity { number, unit: unit.to_owned() })
}

/// A percentage at the beginning of some words, and how many words it takes.
fn percent_at(words: &[Word<'_>]) -> Option<(f64, usize)> {
    let (number, used) = numbers::number(words)?;
    let word = |ahead: usize| words.get(used + ahead).map_or("", |word| word.folded.as_str());
    if words.get(used.checked_sub(1)?)?.text.ends_with(['%', '٪']) {
        return Some((number, used));
    }
    let taken = match (word(0), word(1)) {
        ("%" | "٪" | "بالمءه" | "بالماءه" | "percent" | "درصد" | "אחוז" | "אחוזים", _) => {
            1
        }
        ("في", "المءه" | "الماءه") | ("per" | "pour", "cent") => 2,
        _ => return None,
    };
    Some((number, used + taken))
}

/// Items parted by commas; the comma of a number is none.
fn list(value: &str) -> Option<Normalized> {
    let mut depth = 0_i32;
    let mut items: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, c) in value.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let end = at + c.len_utf8();
        let cuts = match c {
            '،' | ';' | '؛' => true,
            ',' => value.get(end..).is_some_and(|rest| rest.starts_with(' ')),
            _ => false,
        };
        if cuts && depth <= 0 {
            items.push(value.get(from..at).unwrap_or(""));
            from = end;
        }
    }
    items.push(value.get(from..).unwrap_or(""));
    let items: Vec<String> =
        items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    (items.len() >= 2).then_some(Normalized::List(items))
}
