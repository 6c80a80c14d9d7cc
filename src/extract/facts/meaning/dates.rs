//! Days and periods: numeric dates, days with a month's name, pairs of month names («أيلول/سبتمبر»), ranges, months,
//! years, and what counts from the day of publication («غدا», «بعد ثلاثة أيام», «الأسبوع المقبل»). A date without a year
//! is the nearest one to the day of publication; without that it stays text. Numbers stand as day, month, year unless
//! the year stands first.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::calendar::{Calendar, day, month, month_of, year_at, year_of};
use super::numbers::number;
use super::{Context, Word};
use crate::article::Normalized;

/// The words of a date, in order.
struct Reader<'w> {
    words: &'w [Word<'w>],
    context: &'w Context,
}

/// A day and month, perhaps without its year.
#[derive(Clone, Copy, Debug)]
struct Partial {
    calendar: Calendar,
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
}

/// The one day or period that a value says; more than one is none.
pub(super) fn date(words: &[Word<'_>], concept: Option<&str>, context: &Context) -> Option<Normalized> {
    let reader = Reader { words, context };
    let spans = reader.absolute();
    match spans.as_slice() {
        [(from, to)] => return Some(normalized(*from, *to)),
        // «14 ربيع الأول 1447 الموافق 6 سبتمبر 2025», «من 1 مارس إلى 5 أبريل»
        [(from, one), (two, to)] => {
            let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.folded.as_str()));
            if has(&["الموافق", "الموافقه", "موافق", "مطابق", "برابر"]) {
                let gregorian = words.iter().any(|word| matches!(word.folded.as_str(), "م" | "ميلاديه"));
                return Some(if gregorian || from.duration_until(*two).as_hours().abs() <= 72 {
                    normalized(*two, *to)
                } else {
                    normalized(*from, *one)
                });
            }
            let spans = has(&["الي", "حتي", "–", "-", "—", "تا", "to", "until", "au", "עד"]);
            return (spans && from == one && two == to && from < two).then(|| normalized(*from, *to));
        }
        [] => {}
        _ => return None,
    }
    reader.relative().or_else(|| reader.year(concept)).map(|(from, to)| normalized(from, to))
}

fn normalized(from: Date, to: Date) -> Normalized {
    if from == to { Normalized::Date(from) } else { Normalized::Period { from, to } }
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    /// Days and months with their names or numbers, as far as the year is known.
    fn absolute(&self) -> Vec<(Date, Date)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            if let Some(date) = self.numeric(at) {
                found.push((date, date));
                at += 1;
            } else if let Some((spans, used)) = self.named(at) {
                found.extend(spans);
                at += used;
            } else {
                at += 1;
            }
        }
        found.dedup();
        found
    }

    /// `2026-11-24`, `24/11/2026`, `1447/05/04هـ`.
    fn numeric(&self, at: usize) -> Option<Date> {
        let word = self.word(at);
        let hijri = word.ends_with('ه') || matches!(self.word(at + 1), "ه" | "هجريه" | "هجري" | "هـ");
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let sign = ['-', '/', '.'].into_iter().find(|sign| bare.matches(*sign).count() == 2)?;
        let mut parts = bare.split(sign).map(|part| part.parse::<i16>().ok().filter(|_| part.len() <= 4));
        let (a, b, c) = (parts.next()??, parts.next()??, parts.next()??);
        let (year, month, own) = if a > 31 { (a, b, c) } else { (c, b, a) };
        let year = if (0..100).contains(&year) && a <= 31 && sign != '.' { year + 2000 } else { year };
        let calendar = match year {
            1300..=1600 if hijri || !self.context.persian => Calendar::Hijri,
            1300..=1600 => Calendar::Persian,
            1800..=2200 => Calendar::Gregorian,
            _ => return None,
        };
        day(calendar, year, i8::try_from(month).ok()?, i8::try_from(own).ok()?)
    }

    /// A month's name with the day before or behind it, perhaps two days, perhaps the year.
    fn named(&self, at: usize) -> Option<(Vec<(Date, Date)>, usize)> {
        let (calendar, number, taken) = self.month_at(at)?;
        let mut used = taken;
        // «أيلول/سبتمبر», «أيلول (سبتمبر)» stand as one word or two.
        if self.month_at(at + used).is_some_and(|(_, other, _)| other == number) {
            used += self.month_at(at + used).map_or(0, |(.., more)| more);
        }
        let mut year = self.year_word(at + used);
        if year.is_some() {
            used += 1;
        } else if matches!(self.word(at + used), "من" | "لعام" | "عام" | "سنه" | "لسنه" | "de")
        {
            // «5 مايو من العام 2026»
            let skip = (1..=2).find(|skip| self.year_word(at + used + skip).is_some());
            if let Some(skip) = skip {
                year = self.year_word(at + used + skip);
                used += skip + 1;
            }
        }
        let days = self.days_before(at);
        let days = if days.is_empty() { self.day_behind(at + taken) } else { days };
        if days.is_empty() && !self.may_be_month(at, year) {
            return None;
        }
        let calendar = match (calendar, year) {
            (Calendar::Gregorian, Some(1300..=1600)) => return None,
            (other, _) => other,
        };
        let year = if days.len() == 1 && self.day_behind(at + taken).len() == 1 && year.is_none() {
            // «November 24, 2026»
            let year = self.year_word(at + taken + 1);
            if year.is_some() {
                used = used.max(taken + 2);
            }
            year
        } else {
            year
        };
        let resolve = |own: Option<i8>| self.resolved(Partial { calendar, year, month: number, day: own });
        let spans = match days.as_slice() {
            [] => {
                let (from, to) = resolve(None)?;
                vec![self.part_of(at, from, to)]
            }
            [own] => vec![resolve(Some(*own))?],
            [from, to] => {
                let (from, _) = resolve(Some(*from))?;
                let (to, _) = self.resolved(Partial {
                    calendar,
                    year: Some(year.unwrap_or_else(|| self.year_near(calendar, from))),
                    month: number,
                    day: Some(*to),
                })?;
                (from <= to).then_some(vec![(from, to)])?
            }
            _ => return None,
        };
        Some((spans, used))
    }

    /// A month's name at a word; «أيلول/سبتمبر» and «نوفمبر/تشرين الثاني» are the first of them.
    fn month_at(&self, at: usize) -> Option<(Calendar, i8, usize)> {
        let word = self.word(at);
        let (first, joined) = word.split_once('/').unwrap_or((word, ""));
        let first = first.trim_end_matches('.');
        // «كانون الثاني/يناير»: the first name has two words.
        let second = self.word(at + 1);
        let second = second.split_once('/').map_or(second, |(second, _)| second);
        let found = month(first, second, self.context.persian)?;
        // «نوفمبر/تشرين الثاني»: the second name has a word more.
        let more = !joined.is_empty()
            && month(joined, self.word(at + 1), false).is_some_and(|(.., taken)| taken == 2);
        Some((found.0, found.1, found.2 + usize::from(more)))
    }

    /// A month without a day is one where its year is said, or a word before it says that it is one («في»), or it is the
    /// whole value. «مارس» and «رجب» are words and names too.
    fn may_be_month(&self, at: usize, year: Option<i16>) -> bool {
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        year.is_some()
            || self.words.len() == 1
            || matches!(
                before,
                "شهر"
                    | "في"
                    | "مطلع"
                    | "بدايه"
                    | "اواءل"
                    | "منتصف"
                    | "اواخر"
                    | "نهايه"
                    | "خلال"
                    | "بحلول"
                    | "قبل"
            )
    }

    /// One or two days before a month: «22», «6–7», «4 – 13», «12 to 15», «12 au 15».
    fn days_before(&self, at: usize) -> Vec<i8> {
        let at = if matches!(at.checked_sub(1).map(|at| self.word(at)), Some("من" | "of" | "de" | "شهر"))
        {
            at - 1
        } else {
            at
        };
        let Some(last) = at.checked_sub(1).map(|at| self.word(at)) else { return Vec::new() };
        for sign in ['-', '/', '،', ','] {
            if let Some((from, to)) = last.split_once(sign)
                && let (Some(from), Some(to)) = (day_number(from), day_number(to))
            {
                return vec![from, to];
            }
        }
        let Some(to) = day_number(last) else { return Vec::new() };
        let link = at.checked_sub(2).map_or("", |at| self.word(at));
        let from = at.checked_sub(3).and_then(|at| day_number(self.word(at)));
        match from.filter(|_| {
            matches!(
                link,
                "–" | "-" | "—" | "−" | "الي" | "حتي" | "تا" | "to" | "au" | "و" | "and" | "et" | "עד"
            )
        }) {
            Some(from) => vec![from, to],
            None => vec![to],
        }
    }

    /// The day behind an English month: «November 24».
    fn day_behind(&self, at: usize) -> Vec<i8> {
        let latin = at.checked_sub(1).is_some_and(|at| self.word(at).is_ascii());
        day_number(self.word(at)).filter(|_| latin).into_iter().collect()
    }

    fn year_word(&self, at: usize) -> Option<i16> {
        let word = self.word(at).trim_end_matches(['ه', 'م', 'ـ']);
        word.parse::<i16>().ok().filter(|year| word.len() == 4 && matches!(year, 1300..=1600 | 1700..=2300))
    }

    /// The days of a date; where its year is not said, those nearest to the day of publication.
    fn resolved(&self, own: Partial) -> Option<(Date, Date)> {
        let at = |year: i16| match own.day {
            Some(number) => day(own.calendar, year, own.month, number).map(|day| (day, day)),
            None => month_of(own.calendar, year, own.month),
        };
        if let Some(year) = own.year {
            let fits = match own.calendar {
                Calendar::Gregorian => year > 1600,
                Calendar::Hijri | Calendar::Persian => year <= 1600,
            };
            return at(year).filter(|_| fits);
        }
        let published = self.context.published?;
        let near = year_at(own.calendar, published);
        (near - 1..=near + 1)
            .filter_map(at)
            .min_by_key(|(from, _)| published.duration_until(*from).as_hours().abs())
    }

    /// The year of a calendar that a day was resolved to.
    fn year_near(&self, calendar: Calendar, date: Date) -> i16 {
        let near = year_at(calendar, date);
        let holds =
            |year: &i16| year_of(calendar, *year).is_some_and(|(from, to)| from <= date && date <= to);
        (near - 1..=near + 1).find(holds).unwrap_or(near)
    }

    /// «مطلع», «منتصف», «أواخر» before a month: a third of it.
    fn part_of(&self, at: usize, from: Date, to: Date) -> (Date, Date) {
        let at = at.checked_sub(1).filter(|at| self.word(*at) == "شهر").unwrap_or(at);
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        third(before, from, to)
    }

    /// A lone year: «عام 2030», «سنة 2019», or the whole value where the key asks for a date.
    fn year(&self, concept: Option<&str>) -> Option<(Date, Date)> {
        let asked = matches!(
            concept,
            Some("date" | "release" | "start" | "deadline" | "next_round" | "previous_round")
        );
        let at = (0..self.words.len()).find(|at| self.year_word(*at).is_some())?;
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        let said =
            matches!(before, "عام" | "سنه" | "العام" | "السنه" | "لعام" | "سال" | "en" | "in" | "année");
        let whole = self.words.len() == 1 && asked;
        if !(said && self.words.len() <= 3 || whole) {
            return None;
        }
        let year = self.year_word(at)?;
        let calendar = match year {
            1700.. => Calendar::Gregorian,
            _ if self.context.persian => Calendar::Persian,
            _ if self.words.get(at).is_some_and(|word| word.folded.ends_with('ه'))
                || self.word(at + 1) == "ه" =>
            {
                Calendar::Hijri
            }
            _ => return None,
        };
        year_of(calendar, year)
    }

    /// What counts from the day of publication.
    fn relative(&self) -> Option<(Date, Date)> {
        let today = self.context.published?;
        let days = |many: i64| today.checked_add(many.days()).ok().map(|day| (day, day));
        let all = self.words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>();
        let two = (self.word(0), self.word(1));
        match two {
            ("بعد", "غد") | ("پس", "فردا") | ("بعد", "غدا") => return days(2),
            ("امس", "الاول") | ("اول", "امس") => return days(-2),
            _ => {}
        }
        if all.first() == Some(&"اول") && all.get(2) == Some(&"امس") {
            return days(-2);
        }
        let (first, second) = two;
        match first {
            "اليوم" | "الليله" | "امروز" | "today" | "tonight" | "היום" => {
                return days(0);
            }
            "غدا" | "بكره" | "فردا" | "tomorrow" | "demain" | "מחר" => return days(1),
            "امس" | "البارحه" | "ديروز" | "yesterday" | "hier" | "אתמול" => {
                return days(-1);
            }
            "aujourd'hui" | "aujourd’hui" => return days(0),
            _ => {}
        }
        self.counted().or_else(|| self.unit(first, second, today)).or_else(|| {
            // «مساء غد», «صباح اليوم», «مطلع الأسبوع المقبل», «نهاية الشهر الجاري»
            match (first, second) {
                ("مساء" | "صباح" | "ظهر" | "فجر" | "عصر" | "ليله" | "يوم", "غد" | "الغد") => {
                    days(1)
                }
                ("مساء" | "صباح" | "ظهر" | "فجر" | "عصر", "اليوم") => days(0),
                ("مساء" | "صباح" | "ظهر" | "فجر" | "عصر", "امس") => days(-1),
                _ => {
                    let (from, to) = self.unit(second, self.word(2), today)?;
                    let part = third(first, from, to);
                    (part != (from, to)).then_some(part)
                }
            }
        })
    }

    /// «بعد ثلاثة أيام», «قبل أسبوعين», «خلال شهر», «في غضون أسبوع», «منذ سنتين».
    fn counted(&self) -> Option<(Date, Date)> {
        let today = self.context.published?;
        let (sign, within, mut at) = match (self.word(0), self.word(1)) {
            ("بعد", _) | ("dans", _) | ("in", _) => (1, false, 1),
            ("قبل" | "منذ", _) => (-1, false, 1),
            ("خلال", _) | ("within", _) => (1, true, 1),
            ("في", "غضون") => (1, true, 2),
            _ => return None,
        };
        let mut many = 1;
        if let Some((number, used)) = number(self.words.get(at..)?) {
            if number.fract() != 0.0 || !(1.0..=1000.0).contains(&number) {
                return None;
            }
            many = number as i64;
            at += used;
        }
        let (unit, times) = unit(self.word(at))?;
        if at + 1 != self.words.len() {
            return None;
        }
        let many = many.checked_mul(times)?.checked_mul(sign)?;
        let by = match unit {
            Unit::Day => many.days(),
            Unit::Week => many.weeks(),
            Unit::Month => many.months(),
            Unit::Year => many.years(),
        };
        let end = today.checked_add(by).ok()?;
        Some(if within { (today, end) } else { (end, end) })
    }

    /// «الأسبوع المقبل», «الشهر الجاري», «العام الماضي», «next month»; a day of the week with «المقبل».
    fn unit(&self, first: &str, second: &str, today: Date) -> Option<(Date, Date)> {
        let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
        let (noun, step) = match (step(&bare(second)), step(first)) {
            (Some(step), _) => (bare(first), step),
            (None, Some(step)) => (second.to_owned(), step),
            _ => return None,
        };
        if let Some(weekday) = weekday(first) {
            return match step {
                1 => after(today, weekday).map(|day| (day, day)),
                _ => None,
            };
        }
        let shifted = |by: Span| today.checked_add(by).ok();
        match noun.as_str() {
            "اسبوع" | "هفته" | "week" | "semaine" => {
                // Sunday to Saturday where Arabic is written; Monday to Sunday in the rest.
                let first =
                    if noun == "week" || noun == "semaine" { Weekday::Monday } else { Weekday::Sunday };
                let since = i64::from(today.weekday().since(first));
                let from = shifted((step * 7 - since).days())?;
                Some((from, from.checked_add(6.days()).ok()?))
            }
            "شهر" | "ماه" | "month" | "mois" => {
                let day = shifted(step.months())?;
                Some((day.first_of_month(), day.last_of_month()))
            }
            "عام" | "سنه" | "سال" | "year" => {
                let day = shifted(step.years())?;
                Some((day.first_of_year(), day.last_of_year()))
            }
            _ => None,
        }
    }
}

fn day_number(word: &str) -> Option<i8> {
    let word = word
        .strip_suffix("st")
        .or_else(|| word.strip_suffix("nd"))
        .or_else(|| word.strip_suffix("rd"))
        .or_else(|| word.strip_suffix("th"))
        .unwrap_or(word);
    let word = word.strip_suffix("er").unwrap_or(word);
    word.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && word.len() <= 2)
}

/// The third of a span that a word names.
fn third(word: &str, from: Date, to: Date) -> (Date, Date) {
    let days = from.until(to).map_or(0, |span| span.get_days()) + 1;
    let at = |days: i32| from.checked_add(i64::from(days).days()).unwrap_or(to);
    match word {
        "مطلع" | "بدايه" | "اواءل" | "اوايل" | "early" | "début" => {
            (from, at((days / 3 - 1).max(0)))
        }
        "منتصف" | "mid" | "mi" => (at(days / 3), at((days * 2 / 3 - 1).max(0))),
        "اواخر" | "نهايه" | "late" | "fin" | "پايان" => (at(days * 2 / 3), to),
        _ => (from, to),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A unit of time, and how many of it a dual is.
fn unit(word: &str) -> Option<(Unit, i64)> {
    Some(match word {
        "يوم" | "يوما" | "ايام" | "روز" | "day" | "days" | "jours" => (Unit::Day, 1),
        "يومين" | "يومان" => (Unit::Day, 2),
        "اسبوع" | "اسبوعا" | "اسابيع" | "هفته" | "week" | "weeks" | "semaines" => {
            (Unit::Week, 1)
        }
        "اسبوعين" | "اسبوعان" => (Unit::Week, 2),
        "شهر" | "شهرا" | "اشهر" | "شهور" | "ماه" | "month" | "months" | "mois" => {
            (Unit::Month, 1)
        }
        "شهرين" | "شهران" => (Unit::Month, 2),
        "عام" | "عاما" | "اعوام" | "سنه" | "سنوات" | "سال" | "year" | "years" | "ans" => {
            (Unit::Year, 1)
        }
        "عامين" | "عامان" | "سنتين" | "سنتان" => (Unit::Year, 2),
        _ => return None,
    })
}

/// The next one, this one, the last one.
fn step(word: &str) -> Option<i64> {
    Some(match word {
        "مقبل" | "مقبله" | "قادم" | "قادمه" | "اينده" | "next" | "prochain" | "prochaine" => {
            1
        }
        "جاري" | "جاريه" | "حالي" | "حاليه" | "جاري\u{200c}" | "this" => 0,
        "ماضي" | "ماضيه" | "منصرم" | "منصرمه" | "فاءت" | "فاءته" | "گذشته" | "last" | "dernier"
        | "dernière" => -1,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "الاحد" | "sunday" | "dimanche" => Weekday::Sunday,
        "الاثنين" | "monday" | "lundi" => Weekday::Monday,
        "الثلاثاء" | "tuesday" | "mardi" => Weekday::Tuesday,
        "الاربعاء" | "wednesday" | "mercredi" => Weekday::Wednesday,
        "الخميس" | "thursday" | "jeudi" => Weekday::Thursday,
        "الجمعه" | "friday" | "vendredi" => Weekday::Friday,
        "السبت" | "saturday" | "samedi" => Weekday::Saturday,
        _ => return None,
    })
}

/// The first such weekday after a day.
fn after(today: Date, weekday: Weekday) -> Option<Date> {
    (1..=7_i64).filter_map(|ahead| today.checked_add(ahead.days()).ok()).find(|day| day.weekday() == weekday)
}
