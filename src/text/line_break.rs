//! Break opportunities (UAX #14, Unicode 17), by ICU4X.

use std::borrow::Cow;

use icu_properties::props::{GeneralCategory, LineBreak};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

static CLASSES: CodePointMapDataBorrowed<'static, LineBreak> = CodePointMapData::<LineBreak>::new();
static CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> =
    CodePointMapData::<GeneralCategory>::new();

/// The first letter of Thai: before it no script is written without spaces between its words and asks for a dictionary.
const FIRST_COMPLEX: char = '\u{E01}';

/// The bytes of `text` before which a line may begin, in order; neither 0 nor its length.
pub fn opportunities(text: &str) -> Vec<usize> {
    const SEGMENTER: LineSegmenterBorrowed<'static> =
        LineSegmenter::new_17_for_non_complex_scripts(LineBreakOptions::default());
    SEGMENTER.segment_str(&simple(text)).filter(|at| *at > 0 && *at < text.len()).collect()
}

/// LB1: letters of scripts without spaces between words (Thai, Khmer, Lao, Burmese …) count as letters, their marks as
/// marks; where a line of them is full it ends after any cluster. Their dictionaries weigh more than the rest of the
/// program. Each stands for a character of as many bytes.
fn simple(text: &str) -> Cow<'_, str> {
    let is_complex = |c: char| c >= FIRST_COMPLEX && CLASSES.get(c) == LineBreak::ComplexContext;
    // A character from U+0800 on begins with such a byte.
    let may_be_complex = text.bytes().any(|byte| byte >= 0xE0);
    if !may_be_complex || !text.chars().any(is_complex) {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| {
        let is_mark =
            matches!(CATEGORIES.get(c), GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark);
        match (is_complex(c), is_mark, c.len_utf8()) {
            (false, ..) => c,
            (true, true, 4) => '\u{1D165}',
            (true, true, _) => '\u{20D0}',
            (true, false, 4) => '\u{10400}',
            (true, false, _) => '\u{2C00}',
        }
    };
    Cow::Owned(text.chars().map(stand_in).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_letters_and_marks_is_as_long_and_of_their_class() {
        for c in (FIRST_COMPLEX..='\u{1FFFF}').filter(|c| CLASSES.get(*c) == LineBreak::ComplexContext) {
            let text = String::from(c);
            let own: Vec<char> = simple(&text).chars().collect();
            assert_eq!(simple(&text).len(), text.len(), "U+{:04X}", u32::from(c));
            assert!(matches!(CLASSES.get(own[0]), LineBreak::Alphabetic | LineBreak::CombiningMark));
        }
        assert!(('\0'..FIRST_COMPLEX).all(|c| CLASSES.get(c) != LineBreak::ComplexContext));
    }
}
