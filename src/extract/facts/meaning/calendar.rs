//! Months by their names in the four Arabic sets, Persian, English, French and Hebrew, the Hijri and the Persian months;
//! and days of those two calendars as Gregorian ones. Hijri days are of the Umm al-Qura calendar; where the moon is
//! sighted, a day may differ by one.

use icu_calendar::cal::Hijri;
use icu_calendar::{Date as AnyDate, Iso};
use jiff::civil::Date;

/// A calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Gregorian,
    Hijri,
    Persian,
}

/// Months by number, folded.
const GREGORIAN: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "جانفي", "january", "jan", "janvier", "ינואר", "ژانويه"],
    &["فبراير", "شباط", "فيفري", "february", "feb", "fevrier", "février", "פברואר", "فوريه"],
    &["مارس", "اذار", "march", "mar", "mars", "מרץ", "מרס"],
    &["ابريل", "نيسان", "افريل", "april", "apr", "avril", "אפריל", "اوريل"],
    &["مايو", "ايار", "ماي", "may", "mai", "מאי", "مه"],
    &["يونيو", "يونيه", "حزيران", "جوان", "june", "jun", "juin", "יוני", "ژوءن"],
    &["يوليو", "يوليه", "تموز", "جويليه", "يوليوز", "july", "jul", "juillet", "יולי", "ژوءيه"],
    &["اغسطس", "اب", "اوت", "غشت", "august", "aug", "aout", "août", "אוגוסט"],
    &["سبتمبر", "ايلول", "شتنبر", "september", "sept", "sep", "septembre", "ספטמבר", "سپتامبر"],
    &["اكتوبر", "تشرين الاول", "october", "oct", "octobre", "אוקטובר", "اكتبر"],
    &["نوفمبر", "تشرين الثاني", "نونبر", "november", "nov", "novembre", "נובמבר", "نوامبر"],
    &["ديسمبر", "كانون الاول", "دجنبر", "december", "dec", "decembre", "décembre", "דצמבר", "دسامبر"],
];
const HIJRI: [&[&str]; 12] = [
    &["محرم", "المحرم"],
    &["صفر"],
    &["ربيع الاول", "ربيع اول"],
    &["ربيع الاخر", "ربيع الثاني", "ربيع ثاني"],
    &["جمادي الاولي", "جمادي الاول"],
    &["جمادي الاخره", "جمادي الثانيه", "جمادي الثاني", "جمادي الاخر"],
    &["رجب"],
    &["شعبان"],
    &["رمضان"],
    &["شوال"],
    &["ذو القعده", "ذي القعده", "ذوالقعده", "ذيالقعده"],
    &["ذو الحجه", "ذي الحجه", "ذوالحجه"],
];
const PERSIAN: [&[&str]; 12] = [
    &["فروردين"],
    &["ارديبهشت"],
    &["خرداد"],
    &["تير"],
    &["مرداد", "امرداد"],
    &["شهريور"],
    &["مهر"],
    &["ابان"],
    &["اذر"],
    &["دي"],
    &["بهمن"],
    &["اسفند"],
];

/// The month that some folded words begin with: its calendar, its number, the words it takes. In Persian text «آذر» is
/// the Persian month.
pub(super) fn month(first: &str, second: &str, persian: bool) -> Option<(Calendar, i8, usize)> {
    let two = format!("{first} {second}");
    let look = |calendar: Calendar, months: &[&[&str]; 12]| {
        months.iter().zip(1_i8..).find_map(|(names, number)| {
            if names.contains(&two.as_str()) {
                Some((calendar, number, 2))
            } else if names.contains(&first) {
                Some((calendar, number, 1))
            } else {
                None
            }
        })
    };
    // «במרץ»: the preposition is a letter of the word.
    let bare =
        first.strip_prefix('ב').filter(|_| first.chars().any(|c| ('\u{590}'..='\u{5FF}').contains(&c)));
    let hebrew = || {
        let bare = bare?;
        GREGORIAN
            .iter()
            .zip(1_i8..)
            .find(|(names, _)| names.contains(&bare))
            .map(|(_, number)| (Calendar::Gregorian, number, 1))
    };
    if persian && let Some(found) = look(Calendar::Persian, &PERSIAN) {
        return Some(found);
    }
    look(Calendar::Gregorian, &GREGORIAN).or_else(|| look(Calendar::Hijri, &HIJRI)).or_else(hebrew)
}

/// A day of a calendar as a Gregorian one; `None` where there is no such day.
pub(super) fn day(calendar: Calendar, year: i16, month: i8, day: i8) -> Option<Date> {
    let (own_month, own_day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let iso = match calendar {
        Calendar::Gregorian => return Date::new(year, month, day).ok(),
        Calendar::Hijri => AnyDate::try_new_hijri_with_calendar(
            i32::from(year),
            own_month,
            own_day,
            Hijri::new_umm_al_qura(),
        )
        .ok()?
        .to_calendar(Iso),
        Calendar::Persian => {
            AnyDate::try_new_persian(i32::from(year), own_month, own_day).ok()?.to_calendar(Iso)
        }
    };
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    let month = i8::try_from(iso.month().ordinal).ok()?;
    Date::new(year, month, i8::try_from(iso.day_of_month().0).ok()?).ok()
}

/// The first and the last day of a month.
pub(super) fn month_of(calendar: Calendar, year: i16, month: i8) -> Option<(Date, Date)> {
    let first = day(calendar, year, month, 1)?;
    let last = (28..=31).rev().find_map(|last| day(calendar, year, month, last));
    // Months that are no Gregorian ones have 29 to 31 days.
    Some((first, last?))
}

/// The first and the last day of a year.
pub(super) fn year_of(calendar: Calendar, year: i16) -> Option<(Date, Date)> {
    let first = day(calendar, year, 1, 1)?;
    let next = day(calendar, year.checked_add(1)?, 1, 1)?;
    Some((first, next.yesterday().ok()?))
}

/// The year of a calendar that a Gregorian day lies in.
pub(super) fn year_at(calendar: Calendar, date: Date) -> i16 {
    match calendar {
        Calendar::Gregorian => date.year(),
        // A Hijri year is shorter by eleven days; close enough to begin a search from.
        Calendar::Hijri => ((i32::from(date.year()) - 622) * 33 / 32).try_into().unwrap_or(0),
        Calendar::Persian => {
            date.year() - 622 + i16::from(date.month() > 3 || (date.month() == 3 && date.day() > 20))
        }
    }
}
