//! Times of day: digits with a colon, hours with «صباحا» and «مساء», `am` and `pm`, French `20h30`, hours in words with
//! their quarters; and the zone where it is said and has the same distance from UTC all year.

use jiff::civil::Time;

use super::Word;
use crate::article::Normalized;
use crate::text::fold::fold;

/// Minutes east of UTC of zones without summer time, by how the press names them («بتوقيت …»), folded.
const ZONES: &[(&str, i16)] = &[
    ("غرينتش", 0),
    ("جرينتش", 0),
    ("gmt", 0),
    ("utc", 0),
    ("مكه", 180),
    ("السعوديه", 180),
    ("الرياض", 180),
    ("الكويت", 180),
    ("الدوحه", 180),
    ("قطر", 180),
    ("بغداد", 180),
    ("العراق", 180),
    ("البحرين", 180),
    ("المنامه", 180),
    ("عدن", 180),
    ("صنعاء", 180),
    ("الاردن", 180),
    ("عمان", 180),
    ("دمشق", 180),
    ("سوريا", 180),
    ("اسطنبول", 180),
    ("موسكو", 180),
    ("الامارات", 240),
    ("ابوظبي", 240),
    ("ابو ظبي", 240),
    ("دبي", 240),
    ("مسقط", 240),
    ("سلطنه عمان", 240),
    ("تونس", 60),
    ("الجزاير", 60),
    ("الجزاءر", 60),
    ("طرابلس", 120),
    ("ليبيا", 120),
    ("الخرطوم", 120),
    ("طهران", 210),
    ("تهران", 210),
];

/// Hours in words, folded: «الثامنة», «الثامنة والنصف».
const HOURS: &[(&str, i8)] = &[
    ("الواحده", 1),
    ("الثانيه", 2),
    ("الثالثه", 3),
    ("الرابعه", 4),
    ("الخامسه", 5),
    ("السادسه", 6),
    ("السابعه", 7),
    ("الثامنه", 8),
    ("التاسعه", 9),
    ("العاشره", 10),
];

/// The part of the day that a word says.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Noon,
    Evening,
    Night,
}

fn half(word: &str) -> Option<Half> {
    Some(match word {
        "صباحا" | "صباح" | "فجرا" | "ص" | "am" | "a.m" | "بامداد" | "صبح" | "בבוקר" | "ضحي" => {
            Half::Morning
        }
        "ظهرا" | "ظهر" | "الظهر" => Half::Noon,
        "عصرا" | "عصر" | "مساء" | "مساءا" | "م" | "pm" | "p.m" | "بعدازظهر" | "מערב" | "בערב" => {
            Half::Evening
        }
        "ليلا" | "ليل" | "شب" => Half::Night,
        _ => return None,
    })
}

/// The hour of 24 of an hour of 12.
fn of_day(hour: i8, half: Option<Half>) -> Option<i8> {
    Some(match half {
        None => hour,
        Some(_) if hour > 12 => hour,
        Some(Half::Morning) => hour % 12,
        Some(Half::Noon) => {
            if (1..=4).contains(&hour) {
                hour + 12
            } else {
                hour
            }
        }
        Some(Half::Evening) => hour % 12 + 12,
        Some(Half::Night) => match hour {
            12 => 0,
            1..=4 => hour,
            _ => hour + 12,
        },
    })
    .filter(|hour| (0..24).contains(hour))
}

/// The one time that a value says. Two times are a span of them, and no time.
pub(super) fn time(value: &str, words: &[Word<'_>], concept: Option<&str>) -> Option<Normalized> {
    let mut found: Vec<Time> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
        let before =
            at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |before| before.folded.as_str());
        let asked =
            matches!(before, "الساعه" | "ساعت" | "السّاعه" | "at" | "à" | "בשעה") || concept == Some("time");
        found.extend(digits(&word.folded, next, asked, before));
        found.extend(in_words(words, at, concept == Some("time")));
    }
    let [time] = found.as_slice() else { return None };
    Some(Normalized::Time { time: *time, offset: offset(value) })
}

/// `7:45`, `20:30`, `9` before «مساء», `3pm`, `20h`, `18h30`.
fn digits(word: &str, next: &str, asked: bool, before: &str) -> Option<Time> {
    let (bare, glued) = ["pm", "am", "p.m", "a.m"]
        .into_iter()
        .find_map(|end| word.strip_suffix(end).map(|bare| (bare, half(end))))
        .unwrap_or((word, None));
    let half = glued.or_else(|| half(next));
    let (hour, minute, marked) =
        if let Some((hour, minute)) = bare.split_once(':').or_else(|| bare.split_once('h')) {
            let minute = if minute.is_empty() { "0" } else { minute };
            (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?, true)
        } else {
            (bare.parse::<i8>().ok()?, 0, false)
        };
    // A bare number is an hour only where something says so, and none of a list of them.
    let said = marked || half.is_some() || (asked && matches!(before, "الساعه" | "ساعت" | "at" | "à"));
    if !said || hour < 0 {
        return None;
    }
    Time::new(of_day(hour, half)?, minute, 0, 0).ok()
}

/// «الثامنة مساء», «الثامنة والنصف صباحا», «الحادية عشرة إلا ربعا ليلا».
fn in_words(words: &[Word<'_>], at: usize, asked: bool) -> Option<Time> {
    let word = |ahead: usize| words.get(at + ahead).map_or("", |word| word.folded.as_str());
    let (mut hour, mut ahead) = match (word(0), word(1)) {
        ("الحاديه", "عشره") => (11, 2),
        ("الثانيه", "عشره") => (12, 2),
        (own, _) => (HOURS.iter().find(|(name, _)| *name == own)?.1, 1),
    };
    let mut minute = 0;
    match (word(ahead), word(ahead + 1)) {
        ("والنصف", _) => (minute, ahead) = (30, ahead + 1),
        ("والربع", _) => (minute, ahead) = (15, ahead + 1),
        ("والثلث", _) => (minute, ahead) = (20, ahead + 1),
        ("الا", "ربعا" | "الربع" | "ربع") => (hour, minute, ahead) = (hour - 1, 45, ahead + 2),
        ("الا", "ثلثا" | "الثلث" | "ثلث") => (hour, minute, ahead) = (hour - 1, 40, ahead + 2),
        _ => {}
    }
    let half = half(word(ahead));
    let said = half.is_some() || (asked && words.len() == ahead);
    if !said || hour < 1 {
        return None;
    }
    Time::new(of_day(hour, half)?, minute, 0, 0).ok()
}

/// The zone behind «بتوقيت», or an English or French abbreviation.
fn offset(value: &str) -> Option<i16> {
    let text = fold(value);
    let named = ["بتوقيت ", "توقيت ", "به وقت "].iter().find_map(|mark| {
        let at = text.find(mark)? + mark.len();
        let rest = text.get(at..)?;
        ZONES.iter().filter(|(name, _)| rest.starts_with(name)).max_by_key(|(name, _)| name.len())
    });
    named
        .or_else(|| {
            let last = text.split_whitespace().next_back()?;
            ZONES.iter().find(|(name, _)| *name == last && name.is_ascii())
        })
        .map(|(_, offset)| *offset)
}
