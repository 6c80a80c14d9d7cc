//! Days as a person writes them, in English and in Arabic: `today`, `+3d`, `next monday`, `2026-12-01`, «غداً», «بعد ٣ أيام»,
//! «الاثنين القادم». One reader for every place that takes a day. Pure: the caller says which day today is.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::text::fold::fold;

/// What was written is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "could not read \u{2068}{0}\u{2069} as a day; write today, tomorrow, +3d, next monday, 2026-12-01, \u{2068}غداً\u{2069} or \u{2068}بعد ٣ أيام\u{2069}"
)]
pub struct NoDay(String);

/// The day that `text` means, seen from `today`. Spelling differences, harakat and the script of digits do not matter. A
/// weekday is the next one after today, with or without «next»; a day and a month without a year is the next such day from
/// today on.
///
/// # Errors
/// Where it is no day, or none that the calendar has.
pub fn parse_day(text: &str, today: Date) -> Result<Date, NoDay> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split([' ', ',', '،', '\u{200c}'])
        .filter(|word| !word.is_empty() && !is_one_of(word, FILLERS))
        .collect();
    named(&words, today)
        .or_else(|| weekday(&words, today))
        .or_else(|| later(&words).and_then(|span| today.checked_add(span).ok()))
        .or_else(|| with_month(&words, today))
        .or_else(|| in_numbers(&words, today))
        .ok_or_else(|| NoDay(text.trim().to_owned()))
}

/// Words that do not say which day.
const FILLERS: &[&str] = &["on", "the", "of", "at", "due", "يوم", "في", "روز"];

/// Days that have a name of their own, by how many days they are away.
const NAMED: &[(i32, &[&str])] = &[
    (-1, &["yesterday", "أمس", "البارحة", "ديروز"]),
    (0, &["today", "tod", "اليوم", "امروز"]),
    (1, &["tomorrow", "tom", "tmr", "tmrw", "غد", "غدا", "الغد", "بكرة", "باكر", "فردا"]),
    (2, &["day after tomorrow", "after tomorrow", "بعد غد", "بعد غدا", "بعد الغد", "بعد بكرة", "پس فردا"]),
];

const MONTH_END: &[&str] = &["end month", "month end", "eom", "نهاية الشهر", "آخر الشهر"];

/// «Next», before its noun or behind it.
const NEXT: &[&str] = &[
    "next",
    "coming",
    "this",
    "القادم",
    "القادمة",
    "المقبل",
    "المقبلة",
    "التالي",
    "التالية",
    "الجاي",
    "هذا",
    "بعد",
    "آینده",
];

/// «In» so much time.
const IN: &[&str] = &["in", "after", "بعد", "خلال"];

const WEEKDAYS: &[(Weekday, &[&str])] = &[
    (Weekday::Monday, &["monday", "mon", "الاثنين", "الإثنين", "اثنين", "دوشنبه"]),
    (Weekday::Tuesday, &["tuesday", "tue", "tues", "الثلاثاء", "ثلاثاء", "الثلاثا", "سه شنبه"]),
    (Weekday::Wednesday, &["wednesday", "wed", "الأربعاء", "اربعاء", "الاربعا", "چهارشنبه"]),
    (Weekday::Thursday, &["thursday", "thu", "thur", "thurs", "الخميس", "خميس", "پنجشنبه"]),
    (Weekday::Friday, &["friday", "fri", "الجمعة", "جمعة", "جمعه"]),
    (Weekday::Saturday, &["saturday", "sat", "السبت", "سبت", "شنبه"]),
    (Weekday::Sunday, &["sunday", "sun", "الأحد", "احد", "یکشنبه"]),
];

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "يناير", "كانون الثاني", "جانفي"],
    &["february", "feb", "فبراير", "شباط", "فيفري"],
    &["march", "mar", "مارس", "آذار"],
    &["april", "apr", "أبريل", "إبريل", "نيسان", "أفريل"],
    &["may", "مايو", "أيار", "ماي"],
    &["june", "jun", "يونيو", "حزيران", "جوان"],
    &["july", "jul", "يوليو", "تموز", "جويلية"],
    &["august", "aug", "أغسطس", "آب", "أوت"],
    &["september", "sep", "sept", "سبتمبر", "أيلول"],
    &["october", "oct", "أكتوبر", "تشرين الأول"],
    &["november", "nov", "نوفمبر", "تشرين الثاني"],
    &["december", "dec", "ديسمبر", "كانون الأول"],
];

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// Words for units; of an Arabic dual, which is two of them by itself, the number.
const UNITS: &[(Unit, i32, &[&str])] = &[
    (Unit::Days, 1, &["d", "day", "days", "ي", "يوم", "يوما", "أيام", "ايام", "روز"]),
    (Unit::Days, 2, &["يومين", "يومان"]),
    (Unit::Weeks, 1, &["w", "wk", "week", "weeks", "أسبوع", "أسبوعا", "أسابيع", "الأسبوع", "هفته"]),
    (Unit::Weeks, 2, &["أسبوعين", "أسبوعان", "fortnight"]),
    (Unit::Months, 1, &["m", "mo", "month", "months", "شهر", "شهرا", "أشهر", "شهور", "الشهر", "ماه"]),
    (Unit::Months, 2, &["شهرين", "شهران"]),
    (
        Unit::Years,
        1,
        &["y", "yr", "year", "years", "سنة", "سنوات", "سنين", "عام", "أعوام", "السنة", "العام", "سال"],
    ),
    (Unit::Years, 2, &["سنتين", "عامين"]),
];

/// Numbers in words.
const NUMBERS: &[(i32, &[&str])] = &[
    (1, &["a", "an", "one", "واحد", "واحدة"]),
    (2, &["two", "اثنين", "اثنان"]),
    (3, &["three", "ثلاثة", "ثلاث"]),
    (4, &["four", "أربعة", "أربع"]),
    (5, &["five", "خمسة", "خمس"]),
    (6, &["six", "ستة", "ست"]),
    (7, &["seven", "سبعة", "سبع"]),
    (8, &["eight", "ثمانية", "ثماني"]),
    (9, &["nine", "تسعة", "تسع"]),
    (10, &["ten", "عشرة", "عشر"]),
];

/// Whether a folded word is one of these.
fn is_one_of(word: &str, any: &[&str]) -> bool {
    any.iter().any(|one| fold(one) == word)
}

/// What a table says of a folded word or words.
fn look_up<T: Copy>(table: &[(T, &[&str])], word: &str) -> Option<T> {
    table.iter().find(|(_, names)| is_one_of(word, names)).map(|(value, _)| *value)
}

fn named(words: &[&str], today: Date) -> Option<Date> {
    let joined = words.join(" ");
    if is_one_of(&joined, MONTH_END) {
        return Some(today.last_of_month());
    }
    let joined = joined.strip_prefix(&fold("اليوم ")).unwrap_or(&joined);
    today.checked_add(look_up(NAMED, joined)?.days()).ok()
}

/// The next day of a week after today.
fn weekday(words: &[&str], today: Date) -> Option<Date> {
    let rest: Vec<&str> = words.iter().copied().filter(|word| !is_one_of(word, NEXT)).collect();
    let day = look_up(WEEKDAYS, &rest.join(" "))?;
    today.nth_weekday(1, day).ok()
}

/// So much time from today: `+3d`, `3 days`, `in a week`, `next month`, «بعد ٣ أيام», «بعد أسبوعين», «الشهر القادم».
fn later(words: &[&str]) -> Option<Span> {
    let joined: String = words.join(" ");
    let text = joined.strip_prefix('+').unwrap_or(&joined);
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    if !digits.is_empty() && (rest.is_empty() == joined.starts_with('+'))
        || !digits.is_empty() && !rest.is_empty()
    {
        let number: i32 = digits.parse().ok()?;
        let (unit, times) = if rest.is_empty() { (Unit::Days, 1) } else { unit_of(rest.trim())? };
        return span(unit, number.checked_mul(times)?);
    }
    let said: Vec<&str> =
        words.iter().copied().filter(|word| !is_one_of(word, IN) && !is_one_of(word, NEXT)).collect();
    let relative = said.len() < words.len();
    match said.as_slice() {
        [one] if relative => match unit_of(one) {
            Some((unit, times)) => span(unit, times),
            None => later(&[one]),
        },
        [number, unit] => {
            let number = number.parse().ok().or_else(|| look_up(NUMBERS, number))?;
            let (unit, times) = unit_of(unit)?;
            span(unit, times.checked_mul(number)?)
        }
        _ => None,
    }
}

fn unit_of(word: &str) -> Option<(Unit, i32)> {
    UNITS.iter().find(|(_, _, names)| is_one_of(word, names)).map(|(unit, times, _)| (*unit, *times))
}

fn span(unit: Unit, number: i32) -> Option<Span> {
    let empty = Span::new();
    match unit {
        Unit::Days => empty.try_days(number),
        Unit::Weeks => empty.try_weeks(number),
        Unit::Months => empty.try_months(number),
        Unit::Years => empty.try_years(number),
    }
    .ok()
}

/// A day with its month in words: `1 december`, `dec 1 2027`, «١ كانون الأول».
fn with_month(words: &[&str], today: Date) -> Option<Date> {
    let (mut numbers, mut names) = (Vec::new(), Vec::new());
    for word in words {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.parse::<i16>() {
            Ok(number) => numbers.push(number),
            Err(_) => names.push(*word),
        }
    }
    let name = names.join(" ");
    let month = (1i8..).zip(MONTHS).find(|(_, any)| is_one_of(&name, any))?.0;
    match *numbers.as_slice() {
        [day] => coming(month, i8::try_from(day).ok()?, today),
        [day, year] if year >= 1000 => Date::new(year, month, i8::try_from(day).ok()?).ok(),
        [year, day] if year >= 1000 => Date::new(year, month, i8::try_from(day).ok()?).ok(),
        _ => None,
    }
}

/// `2026-12-01`, and the day first: `1.12.2026`, `1/12`.
fn in_numbers(words: &[&str], today: Date) -> Option<Date> {
    let [word] = words else { return None };
    let parts: Option<Vec<i16>> = word.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    let small = |number: i16| i8::try_from(number).ok();
    match *parts?.as_slice() {
        [year, month, day] if year >= 1000 => Date::new(year, small(month)?, small(day)?).ok(),
        [day, month, year] if year >= 1000 => Date::new(year, small(month)?, small(day)?).ok(),
        [day, month] => coming(small(month)?, small(day)?, today),
        _ => None,
    }
}

/// The next such day from today on; 29 February may be years away.
fn coming(month: i8, day: i8, today: Date) -> Option<Date> {
    (0..=8).find_map(|years| {
        let year = today.year().checked_add(years)?;
        Date::new(year, month, day).ok().filter(|found| *found >= today)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Tuesday.
    const TODAY: &str = "2026-11-24";

    fn check(text: &str, expect: Option<&str>) {
        let found = parse_day(text, TODAY.parse().unwrap()).ok();
        assert_eq!(found, expect.map(|day| day.parse().unwrap()), "{text}");
    }

    #[test]
    fn english_words() {
        for (text, day) in [
            ("today", "2026-11-24"),
            ("Tomorrow", "2026-11-25"),
            ("tmr", "2026-11-25"),
            ("the day after tomorrow", "2026-11-26"),
            ("yesterday", "2026-11-23"),
            ("+3d", "2026-11-27"),
            ("+3", "2026-11-27"),
            ("3d", "2026-11-27"),
            ("2w", "2026-12-08"),
            ("+1m", "2026-12-24"),
            ("1y", "2027-11-24"),
            ("in 3 days", "2026-11-27"),
            ("in 3d", "2026-11-27"),
            ("three days", "2026-11-27"),
            ("in a week", "2026-12-01"),
            ("next week", "2026-12-01"),
            ("next month", "2026-12-24"),
            ("in a fortnight", "2026-12-08"),
            ("end of month", "2026-11-30"),
            ("monday", "2026-11-30"),
            ("next monday", "2026-11-30"),
            ("tue", "2026-12-01"),
            ("on Friday", "2026-11-27"),
            ("1 december", "2026-12-01"),
            ("December 1st, 2027", "2027-12-01"),
            ("24 nov", "2026-11-24"),
            ("23 nov", "2027-11-23"),
            ("29 feb", "2028-02-29"),
        ] {
            check(text, Some(day));
        }
    }

    #[test]
    fn arabic_words() {
        for (text, day) in [
            ("اليوم", "2026-11-24"),
            ("غداً", "2026-11-25"),
            ("غدًا", "2026-11-25"),
            ("يوم غد", "2026-11-25"),
            ("الغد", "2026-11-25"),
            ("بكره", "2026-11-25"),
            ("بعد غد", "2026-11-26"),
            ("أمس", "2026-11-23"),
            ("بعد ٣ أيام", "2026-11-27"),
            ("بعد 3 ايام", "2026-11-27"),
            ("بعد ثلاثة أيام", "2026-11-27"),
            ("بعد يومين", "2026-11-26"),
            ("بعد أسبوع", "2026-12-01"),
            ("بعد أسبوعين", "2026-12-08"),
            ("الأسبوع القادم", "2026-12-01"),
            ("الاسبوع المقبل", "2026-12-01"),
            ("بعد شهر", "2026-12-24"),
            ("الشهر القادم", "2026-12-24"),
            ("بعد سنة", "2027-11-24"),
            ("نهاية الشهر", "2026-11-30"),
            ("الاثنين", "2026-11-30"),
            ("الإثنين القادم", "2026-11-30"),
            ("يوم الاثنين المقبل", "2026-11-30"),
            ("الجمعة", "2026-11-27"),
            ("الثُّلاثاء", "2026-12-01"),
            ("١ ديسمبر", "2026-12-01"),
            ("١ كانون الأول ٢٠٢٦", "2026-12-01"),
            ("٢٠٢٦-١٢-٠١", "2026-12-01"),
            ("١/١٢/٢٠٢٦", "2026-12-01"),
            ("فردا", "2026-11-25"),
        ] {
            check(text, Some(day));
        }
    }

    #[test]
    fn dates_in_numbers() {
        for (text, day) in [
            ("2026-12-01", "2026-12-01"),
            ("2026/12/1", "2026-12-01"),
            ("1.12.2026", "2026-12-01"),
            ("1/12", "2026-12-01"),
            ("1/11", "2027-11-01"),
        ] {
            check(text, Some(day));
        }
    }

    #[test]
    fn what_is_no_day_says_so() {
        for text in [
            "",
            "  ",
            "soon",
            "قريبا",
            "2026-13-01",
            "2026-02-30",
            "99999999999999999999d",
            "+",
            "d",
            "next",
            "بعد",
            "3",
            "1 2 3 4",
            "30 feb",
            "-3d",
            "3 3d",
        ] {
            check(text, None);
        }
        let error = parse_day("soon", TODAY.parse().unwrap()).unwrap_err().to_string();
        assert!(error.contains("soon") && error.contains("next monday") && error.contains("غداً"), "{error}");
        assert!(parse_day("+9999y", TODAY.parse().unwrap()).is_err());
    }
}
