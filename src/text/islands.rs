//! Islands: what readers want whole and left-to-right in right-to-left text (UAX #9, HL4): phone numbers, addresses of
//! pages and mail, handles and Latin tags, `C++` `C#` `.NET`, ISO dates and time stamps. Ranges, scores, percentages and
//! currencies stay with the algorithm: readers expect them from the right.

use std::ops::Range;

/// Digits that make a phone number, at the least.
const PHONE_DIGITS: usize = 7;
/// Years, as they stand in ranges («2020-2021»), which are no phone numbers.
const YEARS: std::ops::RangeInclusive<u32> = 1200..=2199;

/// The islands of `text` (byte ranges, in order, apart).
pub(super) fn islands(text: &str) -> Vec<Range<usize>> {
    let mut islands: Vec<Range<usize>> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if may_start_digits(*byte) && starts_digits(text, at) {
            let end = phone(text, at);
            islands.extend(end.map(|end| at..end));
            at = end.unwrap_or_else(|| digits_end(text, at));
            continue;
        }
        if !starts_run(*byte) {
            at += 1;
            continue;
        }
        let run = at..run_end(bytes, at);
        match island_in(text, run.clone()) {
            Some(island) if !island.is_empty() => {
                at = island.end.max(at + 1);
                islands.push(island);
            }
            _ => at = run.end.max(at + 1),
        }
    }
    islands
}

/// Whether an island may begin with this byte: printable ASCII.
fn starts_run(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

/// Whether Arabic-Indic digits (U+0660–0669, U+06F0–06F9) may begin with this byte.
fn may_start_digits(byte: u8) -> bool {
    matches!(byte, 0xD9 | 0xDB)
}

/// A digit of a telephone number, as ASCII writes it.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => char::from_digit(u32::from(c) & 0xF, 10),
        _ => None,
    }
}

fn run_end(bytes: &[u8], from: usize) -> usize {
    let length = bytes.iter().skip(from).take_while(|byte| byte.is_ascii_graphic()).count();
    from + length
}

/// The first island that begins in a run of printable ASCII.
fn island_in(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let whole = text.get(run.clone())?;
    // What stands before and behind is punctuation of the sentence, not of the island.
    let body = whole.trim_start_matches(['(', '[', '{', '<', '"', '\'', '-', '*', ',', ';', ':']);
    let start = run.end - body.len();
    let body = trim_end(body);
    if body.is_empty() {
        return None;
    }
    if let Some(end) = phone(text, start) {
        return Some(start..end);
    }
    if let Some(end) = date_time(text, start, body) {
        return Some(start..end);
    }
    (is_address(body) || is_handle(body) || is_name_with_signs(body)).then(|| start..start + body.len())
}

/// Cuts the punctuation that ends a sentence or closes a bracket which the run did not open.
fn trim_end(run: &str) -> &str {
    let mut run = run;
    while let Some(last) = run.chars().next_back() {
        let closes = match last {
            ')' => run.matches(')').count() > run.matches('(').count(),
            ']' => run.matches(']').count() > run.matches('[').count(),
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '>' | '}' => true,
            _ => false,
        };
        if !closes {
            break;
        }
        run = run.strip_suffix(last).unwrap_or("");
    }
    run
}

/// Whether a word is an address, a handle or a Latin tag, with what punctuation stands around it.
pub(super) fn is_no_word(word: &str) -> bool {
    let Some(start) = word.bytes().position(starts_run) else { return false };
    let run = start..run_end(word.as_bytes(), start);
    let body = word.get(run).unwrap_or("").trim_start_matches(['(', '[', '"', '\'', '<']);
    let body = trim_end(body);
    is_address(body) || is_handle(body)
}

/// Addresses: `scheme://…`, `www.…`, `name@host.tld`, `host.tld/path`.
fn is_address(run: &str) -> bool {
    if let Some((scheme, rest)) = run.split_once("://") {
        return !rest.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    }
    if let Some((name, host)) = run.split_once('@') {
        return !name.is_empty() && is_host(host);
    }
    let host = run.split(['/', '?', '#']).next().unwrap_or("");
    (run.starts_with("www.") || run.len() > host.len()) && is_host(host)
}

/// Whether `host` is labels parted by dots, the last one of letters.
fn is_host(host: &str) -> bool {
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    host.split('.').all(is_label) && last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `@handle` and `#tag`, in Latin letters.
fn is_handle(run: &str) -> bool {
    let Some(name) = run.strip_prefix(['@', '#']) else { return false };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().any(|byte| byte.is_ascii_alphabetic()) && name.bytes().all(is_name)
}

/// `C++`, `C#`, `.NET`: letters that a sign belongs to.
fn is_name_with_signs(run: &str) -> bool {
    let letters = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_letter = run.bytes().any(|byte| byte.is_ascii_alphabetic());
    let behind = run.trim_end_matches(['+', '#']);
    (has_letter && behind.len() < run.len() && letters(behind))
        || (has_letter && run.strip_prefix('.').is_some_and(letters))
}

/// The end of an ISO date or time stamp (ISO 8601: `2026-11-24`, `2026-11-24T09:00:00Z`, `2026-11-24 09:00`) at
/// `start`; `body` is the run there.
fn date_time(text: &str, start: usize, body: &str) -> Option<usize> {
    if !is_date(body.get(..10)?) {
        return None;
    }
    let rest = body.get(10..)?;
    let is_time = |text: &str| {
        let time = text.trim_end_matches('Z');
        time.len() >= 5
            && time
                .split([':', '.', '+', '-'])
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(time) = rest.strip_prefix('T') {
        return is_time(time).then_some(start + body.len());
    }
    if !rest.is_empty() {
        return None;
    }
    // The time may stand behind one space.
    let after = text.get(start + 10..)?;
    let next = after.strip_prefix(' ').unwrap_or("");
    let length = next.bytes().take_while(u8::is_ascii_graphic).count();
    let time = trim_end(next.get(..length)?);
    if time.contains(':') && is_time(time) { Some(start + 11 + time.len()) } else { Some(start + 10) }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Whether a digit stands at byte `at`.
fn starts_digits(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| digit(c).is_some())
}

/// The end of the digits at byte `at`.
fn digits_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    rest.find(|c| digit(c).is_none()).map_or(text.len(), |length| at + length.max(1))
}

/// The end of a phone number that begins at `start`: groups of digits parted by single `-` or spaces. With spaces only
/// behind `+` or `00`, or where there are three groups; never a range of years or of round numbers.
fn phone(text: &str, start: usize) -> Option<usize> {
    let plus = text.get(start..)?.starts_with('+');
    let mut groups: Vec<String> = Vec::new();
    let mut end = start + usize::from(plus);
    let mut spaces = false;
    while starts_digits(text, end) {
        let after = digits_end(text, end);
        groups.push(text.get(end..after)?.chars().filter_map(digit).collect());
        end = after;
        if !starts_digits(text, end + 1) {
            break;
        }
        match text.as_bytes().get(end) {
            Some(b'-') => end += 1,
            Some(b' ') if plus || groups.first().is_some_and(|group| group.starts_with('0')) => {
                spaces = true;
                end += 1;
            }
            _ => break,
        }
    }
    let ends_word = !text
        .get(end..)?
        .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '/' | '\u{66A}'));
    let digits: usize = groups.iter().map(String::len).sum();
    let enough = (PHONE_DIGITS..=15).contains(&digits) && ends_word;
    let plausible = match groups.as_slice() {
        [_] => plus,
        [first, second] if !plus && !spaces => {
            let round = |group: &String| group.ends_with("00");
            let year = |group: &String| group.parse().is_ok_and(|year| YEARS.contains(&year));
            let is_range = (year(first) && year(second)) || (round(first) && round(second));
            !is_range && second.len() >= 3
        }
        [] => false,
        _ => true,
    };
    let date = groups.len() == 3 && !plus && groups.iter().map(|group| group.len()).eq([4, 2, 2]);
    (enough && plausible && !date).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = islands(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expect, "in {text}");
    }

    #[test]
    fn what_readers_want_whole_is_an_island() {
        check(
            "للحجز: +965 2222-3333 أو https://kw.gov/ar?id=7.",
            &["+965 2222-3333", "https://kw.gov/ar?id=7"],
        );
        check("راسلونا على news@example.org، أو @khabar_news", &["news@example.org", "@khabar_news"]);
        check("لغة C++ ولغة C# ومنصة .NET (C++)", &["C++", "C#", ".NET", "C++"]);
        check("في 2026-11-24 09:30 وفي 2026-11-24T09:30:00Z.", &["2026-11-24 09:30", "2026-11-24T09:30:00Z"]);
        check(
            "الوسم #Kuwait2035 والموقع kw.gov/ar والخط 050 123 4567",
            &["#Kuwait2035", "kw.gov/ar", "050 123 4567"],
        );
        check("هاتف 2222-3333", &["2222-3333"]);
        check(
            "تلفن ۰۲۱-۲۲۳۳۴۴۵۵ و ٢٢٢٢-٣٣٣٣ و +٩٦٥ ٢٢٢٢ ٣٣٣٣",
            &["۰۲۱-۲۲۳۳۴۴۵۵", "٢٢٢٢-٣٣٣٣", "+٩٦٥ ٢٢٢٢ ٣٣٣٣"],
        );
        check("(https://a.example/x_(y))", &["https://a.example/x_(y)"]);
    }

    #[test]
    fn what_readers_expect_from_the_right_is_none() {
        for text in [
            "فازت 3-1 (90+4')",
            "خصم 15% وسعر 20$",
            "موسم 2025-2026 وبين 1990-1995",
            "من 1000-2000 دينار",
            "نسخة 16.4 ورؤية 2035",
            "اتفاق GPT-5.2 بين A/B",
            "عدد 1,250,000.50",
            "وسم #العودة",
            "فازت ٣-١ في ٢٠٢٥-٢٠٢٦ بنسبة ٢٥٪",
            "في ٢٠٢٦-٠٥-١٢ ۱۴۰۵/۰۲/۲۲",
        ] {
            check(text, &[]);
        }
    }
}
