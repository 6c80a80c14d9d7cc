//! The words of a flattened row, and what can be told of each without a dictionary: script, definiteness, gender,
//! number, and the small closed sets of `facts::vocabulary`.

use crate::extract::facts::vocabulary::{DATES, GENERIC, LINKS, NAMES, NUMBERS, STARTERS, UNITS};
use crate::extract::facts::{folded_country, folded_nationality};
use crate::text::fold::fold;
use crate::text::{is_alphabetic, is_alphanumeric, is_number};

/// A word of a row.
#[derive(Clone, Debug)]
pub(crate) struct Word<'r> {
    /// As printed.
    pub text: &'r str,
    /// Folded, without punctuation at its ends.
    pub folded: String,
    /// Its first byte in the row.
    pub start: usize,
    /// What kind of word it is; a short name that features are made of.
    pub class: &'static str,
}

impl Word<'_> {
    /// Whether it is an Arabic word with the article.
    pub(crate) fn is_definite(&self) -> bool {
        // «ألمانيا» folds to the same beginning; only a bare alef is the article's.
        let letters = self.text.trim_start_matches(|c: char| !is_alphabetic(c));
        letters.starts_with('ا') && self.folded.starts_with("ال") && self.folded.chars().count() > 3
    }

    /// Whether it has a digit.
    pub(crate) fn has_digit(&self) -> bool {
        self.text.chars().any(is_number)
    }

    /// The word without the article.
    pub(crate) fn bare(&self) -> &str {
        self.folded.strip_prefix("ال").unwrap_or(&self.folded)
    }
}

/// The words of a row; bullets and emoji before the first are none.
pub(crate) fn words(line: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    for text in line.split(char::is_whitespace) {
        let start = at;
        at += text.len() + 1;
        // White space of several bytes is rare: count from the text itself.
        let start = if line.get(start..).is_some_and(|rest| rest.starts_with(text)) && !text.is_empty() {
            start
        } else {
            (text.as_ptr() as usize).saturating_sub(line.as_ptr() as usize)
        };
        if text.is_empty() || (words.is_empty() && !text.chars().any(is_alphanumeric)) {
            continue;
        }
        let folded = fold(text).trim_matches(|c: char| !is_alphanumeric(c)).to_owned();
        // At the head of a row «درجة» is what is told of, not a unit.
        let head = words.is_empty() && GENERIC.contains(&folded);
        let class = if head { "generic" } else { class(text, &folded) };
        // «الثامنة مساء», «السادسة والنصف»: an hour, and no adjective.
        if let Some(hour) = words.last_mut().filter(|hour| is_hour(&hour.folded))
            && (PARTS_OF_HOURS.contains(&folded.as_str()))
        {
            hour.class = "hour";
        }
        words.push(Word { text, folded, start, class });
    }
    words
}

/// What stands behind an hour in words.
const PARTS_OF_HOURS: &[&str] =
    &["مساء", "صباحا", "ظهرا", "عصرا", "ليلا", "فجرا", "والنصف", "والربع", "والثلث", "عشره", "الا", "بتوقيت"];

/// Whether a word is a year of our time, in any of the three calendars.
fn is_year(folded: &str) -> bool {
    folded.chars().count() == 4 && ["13", "14", "19", "20"].iter().any(|century| folded.starts_with(century))
}

fn is_hour(folded: &str) -> bool {
    const HOURS: [&str; 11] = [
        "الواحده",
        "الثانيه",
        "الثالثه",
        "الرابعه",
        "الخامسه",
        "السادسه",
        "السابعه",
        "الثامنه",
        "التاسعه",
        "العاشره",
        "الحاديه",
    ];
    HOURS.contains(&folded)
}

/// Whether a word cannot begin a value: «التي», «والهرسك», «وفهد».
pub(crate) fn goes_with_the_last(word: &Word<'_>) -> bool {
    const RELATIVE: [&str; 6] = ["التي", "الذي", "الذين", "که", "qui", "which"];
    let and = || {
        let rest = word.folded.strip_prefix('و')?;
        let joins = (rest.starts_with("ال") && rest.chars().count() > 4)
            || NAMES.contains(rest)
            || folded_country(rest).is_some();
        Some(joins)
    };
    RELATIVE.contains(&word.folded.as_str()) || and() == Some(true)
}

/// Words as folded text.
pub(crate) fn joined(words: &[Word<'_>]) -> String {
    let mut text = String::with_capacity(words.iter().map(|word| word.folded.len() + 1).sum());
    for word in words.iter().filter(|word| !word.folded.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.folded);
    }
    text
}

/// The folded words of a line of the body.
pub(crate) fn folded_words(line: &str) -> Vec<String> {
    fold(line)
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !is_alphanumeric(c)).to_owned())
        .collect()
}

/// Whether a text holds letters that run from right to left.
pub(crate) fn is_rtl(text: &str) -> bool {
    text.chars().any(crate::text::is_rtl_char)
}

fn class(text: &str, folded: &str) -> &'static str {
    let Some(first) = text.chars().next() else { return "-" };
    if folded.is_empty() {
        return if matches!(first, '–' | '—' | '-' | '−') { "dash" } else { "sign" };
    }
    if text.trim_start_matches(['+', '-', '~', '$', '€', '£', '≈', '(']).starts_with(is_number) {
        return match text.starts_with('(') {
            true => "(num",
            false if is_year(folded) => "year",
            false => "num",
        };
    }
    if first == '(' || first == '[' {
        return "(";
    }
    if matches!(first, '«' | '"' | '“' | '„' | '\'') {
        return "«";
    }
    if first.is_ascii_alphabetic() || matches!(first, '\u{C0}'..='\u{24F}') {
        return if first.is_lowercase() && LINKS.contains(folded) { "link" } else { latin(text) };
    }
    if DATES.contains(folded) {
        return "date";
    }
    if NUMBERS.contains(folded) {
        return "nword";
    }
    if UNITS.contains(folded) {
        return "unit";
    }
    if LINKS.contains(folded) {
        return "link";
    }
    if GENERIC.contains(folded) {
        return "generic";
    }
    if STARTERS.contains(folded) {
        return "starter";
    }
    if NAMES.contains(folded) {
        return "name";
    }
    if folded_country(folded).is_some() {
        return "country";
    }
    if (folded.ends_with('ي') || folded.ends_with('ه')) && folded_nationality(folded).is_some() {
        return if folded.starts_with("ال") { "Dnat" } else { "Inat" };
    }
    if ('\u{590}'..='\u{5FF}').contains(&first) {
        return hebrew(folded);
    }
    arabic(text, folded)
}

fn latin(text: &str) -> &'static str {
    let bare = text.trim_end_matches(|c: char| !is_alphanumeric(c));
    if bare.len() <= 5 && bare.chars().all(|c| c.is_ascii_uppercase()) {
        "ABC"
    } else if text.chars().any(is_number) {
        "abc1"
    } else if text.chars().next().is_some_and(char::is_uppercase) {
        "Abc"
    } else {
        "abc"
    }
}

fn hebrew(folded: &str) -> &'static str {
    match (folded.starts_with('ה'), folded.chars().next()) {
        (true, _) => "heD",
        (_, Some('ב' | 'ל' | 'מ')) if folded.chars().count() > 3 => "heP",
        _ if folded.ends_with("ים") || folded.ends_with("ות") => "heS",
        _ => "heI",
    }
}

/// Definiteness (D definite, L with لِل, P with a particle, V begins as a verb does, I none), then the ending.
fn arabic(text: &str, folded: &str) -> &'static str {
    let end = text.trim_end_matches(|c: char| !is_alphabetic(c));
    let accusative = text.contains('\u{64B}') || (folded.ends_with('ا') && folded.chars().count() > 3);
    let kind = if end.ends_with(['ة']) {
        0
    } else if folded.ends_with("ات") {
        1
    } else if folded.ends_with("ين") || folded.ends_with("ون") {
        2
    } else if folded.ends_with('ي') {
        3
    } else if accusative {
        4
    } else if folded.starts_with("الم") || folded.starts_with('م') {
        5
    } else {
        6
    };
    const D: [&str; 7] = ["Df", "Dt", "Dp", "Dy", "Da", "Dk", "D"];
    const L: [&str; 7] = ["L", "L", "L", "L", "L", "L", "L"];
    const P: [&str; 7] = ["Pf", "P", "P", "P", "P", "P", "P"];
    const V: [&str; 7] = ["Vf", "V", "V", "Vy", "Va", "V", "V"];
    const I: [&str; 7] = ["If", "It", "Ip", "Iy", "Ia", "Ik", "I"];
    let long = folded.chars().count() > 3;
    let article = end.trim_start_matches(|c: char| !is_alphabetic(c)).starts_with('ا');
    let set = if folded.starts_with("ال") && long && article {
        D
    } else if folded.starts_with("لل") && long {
        L
    } else if ["بال", "وال", "كال", "فال"].iter().any(|prefix| folded.starts_with(prefix)) && long
    {
        P
    } else if folded.starts_with('ي') && long {
        V
    } else {
        I
    };
    set.get(kind).copied().unwrap_or("I")
}

/// Adjectives that have no ending to know them by.
const ADJECTIVES: &[&str] = &[
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
    "رابع",
    "رابعه",
    "خامس",
    "خامسه",
    "سادس",
    "سادسه",
    "اخير",
    "اخيره",
    "نهايي",
    "نهاييه",
    "ساخن",
    "كلي",
    "كامل",
    "كامله",
    "عام",
    "عامه",
    "خاص",
    "خاصه",
    "رسمي",
    "اساسي",
    "رييس",
    "رييسه",
    "تالي",
    "تاليه",
    "لاحق",
    "لاحقه",
    "ماضي",
    "ماضيه",
    "كبير",
    "كبيره",
    "صغير",
    "صغيره",
    "دايم",
    "دايمه",
    "عاجل",
    "عاجله",
    "قصوي",
    "دنيا",
    "عليا",
    "كبري",
    "صغري",
    "فايز",
    "فايزه",
    "شامل",
    "شامله",
    "واجب",
    "واجبه",
    "لازم",
    "لازمه",
    "باقي",
    "باقيه",
    "احتياطي",
    "ختاميه",
];
/// Elatives have one form for both genders.
const ELATIVES: &[&str] = &["اقصي", "ادني", "اعلي", "اكبر", "ابرز", "اهم", "افضل", "اقل", "اكثر", "اصغر"];

/// Whether an adjective may belong to a noun: its form is that of one, and it agrees in gender.
pub(crate) fn agree(noun: &Word<'_>, adjective: &Word<'_>) -> bool {
    let feminine = |word: &Word<'_>| {
        word.folded.ends_with('ه')
            || word.folded.ends_with("ات")
            || word.text.ends_with('ى')
            || word.folded.ends_with("اء")
    };
    let bare = adjective.bare();
    let count = bare.chars().count();
    let form = bare.starts_with('م') && count >= 4
        || bare.ends_with("يه")
        || bare.ends_with('ي')
        || ADJECTIVES.contains(&bare)
        || ELATIVES.contains(&bare);
    // Plurals of things take feminine adjectives: المشاريع المشتركة, الأوراق المطلوبة.
    let broken_plural = noun.bare().chars().count() >= 4 && !feminine(noun);
    ELATIVES.contains(&bare)
        || (form && (feminine(noun) == feminine(adjective) || (broken_plural && feminine(adjective))))
}
