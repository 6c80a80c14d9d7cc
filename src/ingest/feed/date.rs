//! Dates of entries, as feeds write them: RFC 3339, RFC 2822, and what is near them. What cannot be read, or is out of
//! reason, is no date.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// How far ahead of the clock a date may lie: time zones, and clocks that are not set.
const AHEAD: SignedDuration = SignedDuration::from_hours(25);
/// Seconds since 1970 before which a date stands for none (programs that do not know write 0).
const FIRST: i64 = 86_400;

/// Months by the first letters of their names; the Arabic ones of both the Levant and the rest.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("janv", 1),
    ("fév", 2),
    ("avr", 4),
    ("mai", 5),
    ("juin", 6),
    ("juil", 7),
    ("aoû", 8),
    ("déc", 12),
    ("mär", 3),
    ("okt", 10),
    ("dez", 12),
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("أبريل", 4),
    ("ابريل", 4),
    ("إبريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يوليو", 7),
    ("أغسطس", 8),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("أكتوبر", 10),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("جانفي", 1),
    ("فيفري", 2),
    ("أفريل", 4),
    ("ماي", 5),
    ("جوان", 6),
    ("جويلية", 7),
    ("أوت", 8),
    ("آذار", 3),
    ("نيسان", 4),
    ("أيار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("آب", 8),
    ("أيلول", 9),
    ("شباط", 2),
];

/// Zones by name (RFC 2822, 4.3, and those that feeds use), in hours from UTC.
const ZONES: &[(&str, i8)] = &[
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 1),
    ("cet", 1),
    ("west", 1),
    ("cest", 2),
    ("eet", 2),
    ("sast", 2),
    ("eest", 3),
    ("msk", 3),
    ("gst", 4),
    ("jst", 9),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// The time that `text` names; where it is in reason, seen from `now`.
pub(super) fn parse(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    let strict = text.parse::<Timestamp>().ok().or_else(|| {
        let rfc_2822 = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
        rfc_2822.parse_timestamp(text).ok()
    });
    strict.or_else(|| Loose::read(text)?.timestamp()).filter(|time| in_reason(*time, now))
}

/// Whether an entry can have been published then.
fn in_reason(time: Timestamp, now: Timestamp) -> bool {
    time.as_second() >= FIRST && time.duration_since(now) <= AHEAD
}

/// A date as it is being put together of its words.
#[derive(Default)]
struct Loose {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    afternoon: Option<bool>,
    offset: Option<Offset>,
}

impl Loose {
    /// Reads the words of a date in any order.
    fn read(text: &str) -> Option<Self> {
        let mut date = Self::default();
        let text = western(text);
        for word in text.split([' ', ',', '\t', '\n', '(', ')']).filter(|word| !word.is_empty()) {
            // 2024-05-01T10:00, also where the T is a word of its own.
            match word.split_once(['T', 't']).filter(|(day, _)| day.starts_with(|c: char| c.is_ascii_digit()))
            {
                Some((day, time)) => {
                    date.word(day)?;
                    date.word(time)?;
                }
                None => date.word(word)?,
            }
        }
        Some(date)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let first = word.chars().next();
        if word.is_empty() {
            return Some(());
        }
        if word.contains(':') {
            return self.clock(word);
        }
        match first {
            Some('+' | '-') => self.offset = self.offset.or_else(|| offset(word)),
            Some(c) if c.is_ascii_digit() => return self.numbers(word),
            _ => self.name(word),
        }
        Some(())
    }

    /// `10:20:30.5`, with a zone behind it or not.
    fn clock(&mut self, word: &str) -> Option<()> {
        if let (true, Some(offset)) = (word.starts_with(['+', '-']), offset(word)) {
            self.offset = Some(offset);
            return Some(());
        }
        let end = word.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(word.len());
        let (clock, zone) = word.split_at_checked(end)?;
        let mut parts = clock.split(':');
        let mut part = || parts.next().and_then(|part| part.split('.').next()?.parse::<i8>().ok());
        let hour = part()?;
        let (minute, second) = (part().unwrap_or(0), part().unwrap_or(0));
        // 24:00 is the start of a day; a leap second is the second before.
        self.time = Some(Time::new(hour % 24, minute, second.min(59), 0).ok()?);
        if zone.starts_with(['+', '-']) {
            self.offset = offset(zone);
        } else if !zone.is_empty() {
            self.name(zone);
        }
        Some(())
    }

    /// A month, a zone, «AM»; a weekday and all else says nothing.
    fn name(&mut self, word: &str) {
        let word = word.to_lowercase();
        let word = word.trim_end_matches('.');
        match word {
            "am" | "ص" => self.afternoon = Some(false),
            "pm" | "م" => self.afternoon = Some(true),
            _ => {}
        }
        if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == word) {
            self.offset = Some(Offset::constant(*hours));
            return;
        }
        let known = MONTHS.iter().filter(|(name, _)| word.starts_with(name));
        if let (Some((_, month)), None) = (known.max_by_key(|(name, _)| name.len()), self.month) {
            self.month = Some(*month);
        }
    }

    /// A day, a year, or both with the month between them.
    fn numbers(&mut self, word: &str) -> Option<()> {
        let parts: Vec<&str> = word.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
        match *parts.as_slice() {
            [one] if one.len() == 8 && one.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.year = one.get(..4)?.parse().ok();
                self.month = one.get(4..6)?.parse().ok();
                self.day = one.get(6..)?.parse().ok();
            }
            [one] => {
                let digits = one.trim_end_matches(|c: char| c.is_alphabetic());
                let number: i16 = digits.parse().ok()?;
                if self.day.is_none() && number <= 31 && digits.len() <= 2 {
                    self.day = i8::try_from(number).ok();
                } else {
                    self.year = Some(if digits.len() <= 2 { 2000 + number } else { number });
                }
            }
            [first, month, last] => {
                let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
                let number: i16 = year.parse().ok()?;
                self.year = Some(if year.len() <= 2 { 2000 + number } else { number });
                let (day, number): (i8, Option<i8>) = (day.parse().ok()?, month.parse().ok());
                match number {
                    None => self.name(month),
                    Some(month) => self.month = Some(month),
                }
                self.day = Some(day);
                // 05/28/2024 can only be the American order.
                if let (Some(month @ 13..), 1..=12) = (self.month, day) {
                    (self.month, self.day) = (Some(day), Some(month));
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn timestamp(&self) -> Option<Timestamp> {
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let mut time = self.time.unwrap_or_default();
        match self.afternoon {
            Some(true) if time.hour() < 12 => time = Time::new(time.hour() + 12, time.minute(), 0, 0).ok()?,
            Some(false) if time.hour() == 12 => time = Time::new(0, time.minute(), 0, 0).ok()?,
            _ => {}
        }
        let zone = TimeZone::fixed(self.offset.unwrap_or(Offset::UTC));
        zone.to_timestamp(date.to_datetime(time)).ok()
    }
}

/// `+0300`, `+03:00`, `+03`.
fn offset(word: &str) -> Option<Offset> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes): (i32, i32) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    let seconds = hours * 3600 + minutes * 60;
    Offset::from_seconds(if word.starts_with('-') { -seconds } else { seconds }).ok()
}

/// Arabic and Persian digits as those of ASCII; the Arabic comma as a space.
fn western(text: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    text.chars()
        .map(|c| match c {
            '\u{660}'..='\u{669}' => digit(c, '\u{660}'),
            '\u{6f0}'..='\u{6f9}' => digit(c, '\u{6f0}'),
            '،' => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_feeds_write_them() {
        let now: Timestamp = "2026-11-27T00:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("2024-05-01T10:20:30Z", "2024-05-01T10:20:30Z"),
            ("2024-05-01T10:20:30+03:00", "2024-05-01T07:20:30Z"),
            ("2024-05-01T10:20:30+0300", "2024-05-01T07:20:30Z"),
            ("2024-05-01T10:20:30", "2024-05-01T10:20:30Z"),
            ("2024-05-01 10:20", "2024-05-01T10:20:00Z"),
            ("2024-05-01", "2024-05-01T00:00:00Z"),
            ("20240501T102030Z", "2024-05-01T10:20:30Z"),
            ("20240501", "2024-05-01T00:00:00Z"),
            ("Wed, 01 May 2024 10:20:30 GMT", "2024-05-01T10:20:30Z"),
            ("Mon, 01 May 2024 10:20:30 +0300", "2024-05-01T07:20:30Z"),
            ("Wednesday, 1 May 2024 10:20:30 EST", "2024-05-01T15:20:30Z"),
            ("1 May 24 10:20 UTC", "2024-05-01T10:20:00Z"),
            ("May 1, 2024 10:20 PM", "2024-05-01T22:20:00Z"),
            ("Wed May 01 10:20:30 UTC 2024", "2024-05-01T10:20:30Z"),
            ("Wed, 01 May 2024 24:00:00 GMT", "2024-05-01T00:00:00Z"),
            ("01/05/2024 10:20:30", "2024-05-01T10:20:30Z"),
            ("05/28/2024", "2024-05-28T00:00:00Z"),
            ("01-May-2024", "2024-05-01T00:00:00Z"),
            ("١ مايو ٢٠٢٤ ١٠:٢٠", "2024-05-01T10:20:00Z"),
            ("الأربعاء، 1 أيار 2024", "2024-05-01T00:00:00Z"),
            ("mer. 1 août 2024 10:20:30 +0200", "2024-08-01T08:20:30Z"),
            // Out of reason: unknown, far ahead, before there were feeds.
            ("9999-12-31T23:59:59Z", ""),
            ("Fri, 31 Dec 9999 23:59:59 GMT", ""),
            ("2026-11-29T00:00:00Z", ""),
            ("2026-11-27T20:00:00Z", "2026-11-27T20:00:00Z"),
            ("1970-01-01T00:00:00Z", ""),
            ("0001-01-01T00:00:00", ""),
            ("yesterday", ""),
            ("31 Feb 2024", ""),
            ("", ""),
        ] {
            let read = parse(text, now).map(|time| time.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{text}");
        }
    }
}
