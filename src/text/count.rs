//! How many words a text has, as people count them: between white space, and a character each where a script has none.

use super::chars::is_alphanumeric;

/// Words of a text: what stands between white space and has a letter or a digit. Of scripts that put no space between words
/// (Han, Hiragana, Katakana) each character counts, as studies of reading count them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().map(words_of_chunk).sum()
}

fn words_of_chunk(chunk: &str) -> usize {
    // The letters of these scripts begin with bytes from E2 (U+2E80).
    if chunk.bytes().all(|byte| byte < 0xE2) {
        return usize::from(chunk.chars().any(is_alphanumeric));
    }
    let (mut alone, mut run, mut in_run) = (0, 0, false);
    for c in chunk.chars() {
        let unspaced = is_unspaced(c);
        alone += usize::from(unspaced);
        let goes_on = !unspaced && is_alphanumeric(c);
        // A word of another script inside; its own punctuation does not part it.
        run += usize::from(goes_on && !in_run);
        in_run = goes_on || (in_run && !unspaced);
    }
    alone + run
}

/// Whether a character is of a script without spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_people_count_them() {
        let check = |text: &str, expect: usize| assert_eq!(words(text), expect, "{text}");
        check("", 0);
        check("وقال الوزير: «اتفقنا» — أمس، ٣ مرات.", 6);
        check("می‌شود؛ well-known isn't — 3.5 % …", 4);
        check("東京は、雨です。", 6);
        check("東京 Olympics2020と the “end”", 6);
        check("한국어 신문", 2);
        check("C++ «Rust»", 2);
    }
}
