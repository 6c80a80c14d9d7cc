//! Break opportunities (UAX #14), by ICU4X, with two of its newer rules added: hyphens before a word (LB20a) and between
//! Hebrew letters (LB21a), which Arabic and Hebrew news is full of. What else is otherwise than in Unicode 17.0 stands in
//! tests/conformance/breaks.rs.

use icu_properties::props::LineBreak;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

static CLASSES: CodePointMapDataBorrowed<'static, LineBreak> = CodePointMapData::<LineBreak>::new();

/// The bytes of `text` before which a line may begin, in order; neither 0 nor its length.
pub fn opportunities(text: &str) -> Vec<usize> {
    // Scripts without spaces between words (Thai, Khmer …) break between clusters where they must: their dictionaries
    // weigh more than the rest of the program.
    let segmenter: LineSegmenterBorrowed<'static> =
        LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut breaks: Vec<usize> =
        segmenter.segment_str(text).filter(|at| *at > 0 && *at < text.len()).collect();
    for (at, hyphen) in text.match_indices(['-', '\u{5BE}', '\u{2010}']) {
        let after = at + hyphen.len();
        // Marks on the hyphen go with it (LB9).
        let rest = text.get(after..).unwrap_or("").trim_start_matches(is_mark);
        let place = text.len() - rest.len();
        let Some(next) = rest.chars().next().map(class) else { continue };
        let before = text.get(..at).unwrap_or("").trim_end_matches(is_mark).chars().next_back().map(class);
        let found = breaks.binary_search(&place);
        match (before, next) {
            (Some(LineBreak::HebrewLetter), LineBreak::HebrewLetter) => {
                if let Err(slot) = found {
                    breaks.insert(slot, place);
                }
            }
            (
                None
                | Some(
                    LineBreak::Space
                    | LineBreak::ZWSpace
                    | LineBreak::Glue
                    | LineBreak::ContingentBreak
                    | LineBreak::MandatoryBreak,
                ),
                LineBreak::Alphabetic | LineBreak::HebrewLetter | LineBreak::Ambiguous | LineBreak::Unknown,
            ) => {
                if let Ok(slot) = found {
                    breaks.remove(slot);
                }
            }
            _ => {}
        }
    }
    breaks
}

fn class(c: char) -> LineBreak {
    CLASSES.get(c)
}

fn is_mark(c: char) -> bool {
    matches!(class(c), LineBreak::CombiningMark | LineBreak::ZWJ)
}
