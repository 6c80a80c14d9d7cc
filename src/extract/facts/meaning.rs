//! What a value means, where that is sure: a country, a day, *to be announced*, a number with its unit, a list.

use jiff::civil::Date;

use super::countries::country;
use crate::article::Normalized;
use crate::text::fold::fold;

/// Months by their folded Arabic names (Egypt and Gulf, Levant and Iraq).
const MONTHS: &[(&str, i8)] = &[
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("ابريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يونيه", 6),
    ("يوليو", 7),
    ("يوليه", 7),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("شباط", 2),
    ("اذار", 3),
    ("نيسان", 4),
    ("ايار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("اب", 8),
    ("ايلول", 9),
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
];

/// Phrases that say that something is to be announced.
const LATER: &[&str] = &[
    "موعد لاحق",
    "وقت لاحق",
    "لاحقا",
    "في حينه",
    "لم يحدد بعد",
    "لم يعلن بعد",
    "غير محدد",
    "قيد التحديد",
    "يتم التنسيق",
    "قريبا",
    "بانتظار التاكيد",
    "متعاقبا",
    "اعلام نشده",
    "a preciser",
    "to be announced",
    "tba",
];

/// What a value means; `concept` is its key's.
pub(in crate::extract) fn meaning(value: &str, concept: Option<&str>) -> Vec<Normalized> {
    let mut found = Vec::new();
    let outside = value.split(['(', '（']).next().unwrap_or(value).trim();
    if let Some(code) = country(outside) {
        found.push(Normalized::Country(code.to_owned()));
    }
    found.extend(date(value).map(Normalized::Date));
    let text = fold(value);
    if LATER.iter().any(|phrase| text.contains(&fold(phrase))) {
        found.push(Normalized::ToBeAnnounced);
    }
    if found.is_empty() {
        found.extend(quantity(value));
    }
    if found.is_empty() && !matches!(concept, Some("date" | "time")) {
        found.extend(list(value));
    }
    found
}

/// A day written as `2026-11-24`, or as a day, a month's name and a year.
fn date(value: &str) -> Option<Date> {
    let text = fold(value);
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '،' | ',' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    if let Some(date) = words.iter().find_map(|word| word.parse::<Date>().ok()) {
        return Some(date);
    }
    words.windows(3).find_map(|three| {
        let [day, month, year] = three else { return None };
        let month = MONTHS.iter().find(|(name, _)| name == month)?.1;
        let year: i16 = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
        Date::new(year, month, day.parse().ok()?).ok()
    })
}

/// A number and what stands behind it.
fn quantity(value: &str) -> Option<Normalized> {
    let text = fold(value);
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let (digits, unit) = text.split_at_checked(length)?;
    let digits = digits.trim_end_matches(['.', ',']);
    // A comma parts thousands here; what could be either is left alone.
    let plain = digits.replace(',', "");
    let groups_fit = !digits.contains(',')
        || digits.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|own| own.len() == 3));
    let number: f64 = plain.parse().ok().filter(|_| groups_fit && !digits.is_empty())?;
    let unit = unit.trim();
    let is_unit =
        unit.chars().next().is_none_or(|c| c.is_alphabetic() || matches!(c, '%' | '٪' | '°' | '$' | '€'));
    (is_unit && unit.split_whitespace().count() <= 3).then(|| Normalized::Quantity {
        number,
        unit: value.trim_start_matches(|c: char| c.is_numeric() || ".,٫٬".contains(c)).trim().to_owned(),
    })
}

/// Items parted by commas.
fn list(value: &str) -> Option<Normalized> {
    let items: Vec<String> = value
        .split(['،', ';', '؛'])
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect();
    (items.len() >= 2).then_some(Normalized::List(items))
}
