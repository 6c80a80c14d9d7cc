//! What single characters are, for this room: direction, joining, marks, what is drawn and what is not.

use icu_properties::props::JoiningType;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use unicode_bidi::BidiClass;

use super::levels::bidi_class;

static JOINING: CodePointMapDataBorrowed<'static, JoiningType> = CodePointMapData::<JoiningType>::new();

/// Drawn in place of the signs that hold numbers (U+0600–0605, U+06DD, U+08E2), which take no cell on some terminals
/// and one on others.
pub(super) const SIGN: char = '\u{25CB}';
/// Drawn under a mark that has no letter.
pub(super) const MARK_BASE: char = '\u{25CC}';

/// The Joining_Type of a character (Unicode 9.2, ArabicShaping.txt).
pub(super) fn joining_type(c: char) -> JoiningType {
    if c.is_ascii() { JoiningType::NonJoining } else { JOINING.get(c) }
}

/// Whether a character is Alphabetic (UAX #44), as `char::is_alphabetic` says, without a table for ASCII and Arabic.
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{620}'..='\u{64A}' => true,
        c => c.is_alphabetic(),
    }
}

/// Whether a character is a number (General_Category N), as `char::is_numeric` says, without a table for ASCII and Arabic.
pub fn is_number(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_digit(),
        '\u{620}'..='\u{65F}' => false,
        '\u{660}'..='\u{669}' => true,
        c => c.is_numeric(),
    }
}

/// Whether a character is one or the other.
pub fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || is_number(c)
}

/// Whether a character is a letter of a right-to-left script, or a presentation form of one (UAX #9: R or AL).
pub fn is_rtl_char(c: char) -> bool {
    u32::from(c) >= 0x590 && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Whether a terminal that reorders by itself may move a character, or what stands beside it: right-to-left letters, and
/// Arabic-Indic digits, between which a blank is right-to-left (UAX #9: R, AL, AN; N1).
pub fn is_reordered_char(c: char) -> bool {
    u32::from(c) >= 0x590 && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

/// Whether a character embeds, overrides or isolates, or is a mark of direction (UAX #9, 2).
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes part in levels, joining and breaking and is then not drawn: bidi controls, joiners,
/// variation selectors and other default-ignorable characters.
pub(super) fn is_ignorable(c: char) -> bool {
    is_bidi_control(c)
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is a sign that holds a number: drawn as [`SIGN`].
pub(super) fn is_number_sign(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{890}' | '\u{891}' | '\u{8E2}' | '\u{70F}')
}

/// Whether a character is a harakah, a Quranic mark or a Hebrew point: what [`Harakat`](super::Harakat) is about.
pub(super) fn is_haraka(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{898}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}'
        | '\u{8E3}'..='\u{8FF}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}'
        | '\u{5C7}')
}

/// Whether a character is a regional indicator; two of them are a flag.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_are_those_of_the_tables() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_number(c), c.is_numeric(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
