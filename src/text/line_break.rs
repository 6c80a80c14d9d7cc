//! Break opportunities (UAX #14), by ICU4X.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

/// The bytes of `text` before which a line may begin, in order; neither 0 nor its length.
pub(super) fn opportunities(text: &str) -> Vec<usize> {
    // Scripts without spaces between words (Thai, Khmer …) break between clusters where they must: their dictionaries
    // weigh more than the rest of the program.
    let segmenter: LineSegmenterBorrowed<'static> =
        LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    segmenter.segment_str(text).filter(|at| *at > 0 && *at < text.len()).collect()
}
