//! What of a text from outside may not reach a terminal. Knows characters only.

use std::borrow::Cow;

/// `text` without control characters and bidi controls, so that printing it can neither drive a terminal nor
/// turn the text around it. Line feeds and tabs stay; other line ends become line feeds.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            letter if is_harmful(letter) => {}
            letter => clean.push(letter),
        }
    }
    Cow::Owned(clean)
}

/// Controls (C0, DEL, C1; line feed and tab apart), line and paragraph separators, and the bidi controls of UAX #9.
pub(super) fn is_harmful(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        '\u{2028}' | '\u{2029}' => true,
        letter => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_drives_a_terminal() {
        for (text, expect) in [
            ("خبر\n\tعادي", "خبر\n\tعادي"),
            ("\u{1b}[31mred\u{1b}]0;title\u{7}", "[31mred]0;title"),
            ("a\u{9b}2Jb\u{7f}", "a2Jb"),
            ("\u{202E}evil\u{202C} \u{2067}x\u{2069}\u{200F}\u{61C}", "evil x"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("می\u{200C}شود", "می\u{200C}شود"),
            ("\0", ""),
        ] {
            assert_eq!(harmless(text), expect, "{text:?}");
            assert!(matches!(harmless(expect), Cow::Borrowed(_)), "{expect:?}");
        }
    }
}
