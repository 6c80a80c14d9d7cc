//! From bytes to text: by byte-order mark, by what was declared, else by a guess (chardetng, made for web pages). What
//! comes out is canonical: LF, control characters out, otherwise as it came.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::article::Warning;

/// Bytes of an HTML document in which its own declaration is looked for. WHATWG says 1024, browsers look on to the end of
/// the head, and pages rely on that.
const PRESCAN: usize = 16 << 10;
/// Letters of two bytes and more for each damaged place, from which a text is UTF-8 with some damage: in the old code
/// pages such sequences hardly ever come about.
const SOUND: usize = 4;

/// The text of `bytes`, canonical. `declared` is a label from outside; `html` allows a declaration inside.
pub fn decode(bytes: &[u8], declared: Option<&str>, html: bool, warnings: &mut Vec<Warning>) -> String {
    let (encoding, skip) = encoding_of(bytes, declared, html);
    let rest = bytes.get(skip..).unwrap_or(&[]);
    let (text, bad) = encoding.decode_without_bom_handling(rest);
    if bad {
        warnings.push(Warning(format!(
            "some bytes are no {}: they are shown as \u{FFFD}; the file may be damaged",
            encoding.name()
        )));
    }
    canonical(&text)
}

/// The encoding, and the bytes of its mark.
fn encoding_of(bytes: &[u8], declared: Option<&str>, html: bool) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    if let Some(utf_16) = utf_16_without_mark(bytes) {
        return (utf_16, 0);
    }
    if is_utf_8(bytes) {
        return (UTF_8, 0);
    }
    let inside = html.then(|| bytes.get(..bytes.len().min(PRESCAN)).and_then(html_label)).flatten();
    let label = declared.map(str::as_bytes).and_then(Encoding::for_label).or(inside);
    // A wrong declaration of UTF-8 is common; its damage was found to be too much above. So is one of Latin-1, left by a
    // program that made the page.
    if let Some(encoding) = label.filter(|encoding| *encoding != UTF_8) {
        let latin = encoding == encoding_rs::WINDOWS_1252;
        return (if latin { arabic(bytes, encoding) } else { encoding }, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (arabic(bytes, detector.guess(None, Utf8Detection::Deny)), 0)
}

/// Whether bytes are UTF-8, perhaps with a little damage in the middle.
fn is_utf_8(bytes: &[u8]) -> bool {
    let (mut bad, mut long) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || long >= bad * SOUND
}

/// UTF-16 without a mark: every other byte of the start is small, and the others are not.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes
        .get(..bytes.len().min(512))
        .filter(|sample| sample.len() >= 8 && bytes.len().is_multiple_of(2))?;
    // Latin, Hebrew and Arabic stand in rows 0, 5 and 6 of the BMP.
    let is_high = |byte: u8| matches!(byte, 0 | 5 | 6 | 0x20);
    let share = |from: usize| {
        let own = sample.iter().skip(from).step_by(2);
        own.filter(|byte| is_high(**byte)).count() * 100 / (sample.len() / 2)
    };
    let zeros = sample.contains(&0);
    match (share(0), share(1)) {
        (_, low) if zeros && low >= 95 && share(0) < 60 => Some(UTF_16LE),
        (high, _) if zeros && high >= 95 && share(1) < 60 => Some(UTF_16BE),
        _ => None,
    }
}

/// The label in `<meta charset=…>`, `<meta … content="…charset=…">` or `<?xml … encoding=…?>`.
fn html_label(head: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declared = |tag: &str, name: &str| {
        let start = tag.find(name)? + name.len();
        let rest = tag.get(start..)?.trim_start().strip_prefix('=')?.trim_start();
        let label: String = rest
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
            .collect();
        Encoding::for_label(label.as_bytes())
    };
    // Scripts and links have a charset too, which is not the page's.
    text.split('<').find_map(|tag| match tag {
        tag if tag.starts_with("meta") => declared(tag, "charset"),
        tag if tag.starts_with("?xml") => declared(tag, "encoding"),
        _ => None,
    })
}

/// Settles a guess between the two Arabic code pages by which gives more Arabic letters and fewer oddities; other
/// guesses stay unless Arabic is far likelier.
fn arabic(bytes: &[u8], guess: &'static Encoding) -> &'static Encoding {
    let score = |encoding: &'static Encoding| -> i64 {
        let sample = bytes.get(..bytes.len().min(1 << 16)).unwrap_or(&[]);
        let (text, bad) = encoding.decode_without_bom_handling(sample);
        let points: i64 = text.chars().map(letter_points).sum();
        if bad { points / 2 - 1 } else { points }
    };
    let pages = [encoding_rs::WINDOWS_1256, encoding_rs::ISO_8859_6];
    let best = pages.into_iter().max_by_key(|page| score(page));
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    match best {
        Some(best) if pages.contains(&guess) => best,
        Some(best)
            if high >= 8
                && score(best) > i64::try_from(high).unwrap_or(i64::MAX) * 2
                && score(guess) < score(best) =>
        {
            best
        }
        _ => guess,
    }
}

/// How much a character speaks for Arabic text: the letters of news much, what stands rarely in it against.
fn letter_points(c: char) -> i64 {
    match c {
        'ا' | 'ل' | 'ي' | 'م' | 'ن' | 'و' | 'ر' | 'ت' | 'ب' | 'ة' | 'ع' | 'د' | 'س' | 'ف' | 'ه' => {
            3
        }
        '\u{621}'..='\u{64A}' => 2,
        '،' | '؛' | '؟' | '«' | '»' => 2,
        '\u{64B}'..='\u{652}' => 0,
        c if c.is_ascii() => 0,
        _ => -3,
    }
}

/// Line ends as LF, control characters out.
fn canonical(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\n' | '\t' => clean.push(c),
            '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\u{FEFF}' if clean.is_empty() => {}
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}
