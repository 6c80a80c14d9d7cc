//! Laws of the text engine, for any text: nothing is lost, widths are exact, reordering is a permutation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use khabar::text::{self, Base, Direction, Harakat, Options, Paragraph, analyse, fold, width};
use proptest::prelude::*;

/// Text of the scripts that matter here: letters, marks, digits, brackets, joiners, bidi controls, white space, emoji.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[ابتةجحخدذرزسشصضطظعغفقكلمنهويىآأإؤئء]{1,6}",
        2 => "(لا|لأ|ال|لَا|لّا|السَّلام|ﺍﻟﺴﻼﻡ|ﷲ|گچپژیک|ڕڵێە)",
        2 => "[\u{64B}-\u{652}\u{670}\u{640}]{1,2}",
        2 => "[אבגדהוזחטיכלמנסעפצקרשתםןץףך]{1,5}",
        1 => "[\u{5B0}-\u{5BC}]",
        3 => "[a-zA-Zé]{1,7}",
        3 => "[0-9٠-٩۰-۹]{1,4}",
        3 => "[ .,:;!?()\\[\\]{}<>«»\"'/%$+*-]{1,2}",
        1 => "[\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{61c}\u{ad}\u{feff}\u{6dd}\u{600}]",
        1 => "(🇰🇼|👩‍👩‍👧|❤️|漢字|한국|क्षि|e\u{301})",
        1 => "[\t\n\r\u{0}\u{1b}\u{7f}\u{9b}]",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_options() -> impl Strategy<Value = Options> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(rtl, islands, shown, shape)| {
        Options {
            base: Base::Fixed(if rtl { Direction::Rtl } else { Direction::Ltr }),
            islands,
            harakat: if shown { Harakat::Shown } else { Harakat::Hidden },
            shape,
        }
    })
}

/// The letters and digits of a text, whatever form they are drawn in.
fn letters(text: &str) -> Vec<char> {
    let folded = fold::fold(text);
    let mut letters: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// The letters that the whole line draws. Letters without forms borrow another's: they are read from the source.
fn drawn_letters(text: &str, paragraph: &Paragraph) -> Vec<char> {
    let line = paragraph.whole_line();
    let mut spans: Vec<_> = line.cells().map(|cell| cell.source()).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut drawn: Vec<char> =
        spans.iter().flat_map(|span| fold::fold(&text[span.clone()]).chars().collect::<Vec<_>>()).collect();
    drawn.retain(|c| c.is_alphanumeric());
    drawn.sort_unstable();
    drawn
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clusters_tile_the_text(text in any_text(), options in any_options()) {
        let paragraph = analyse(&text, &options);
        let mut end = 0;
        for cluster in paragraph.clusters() {
            let own = cluster.source();
            // The letters of an expanded ligature all stand for its bytes.
            let expanded = text.contains(['ﷲ', 'ﻼ']) && own.start <= end && own.end >= end;
            prop_assert!(own.start == end || expanded, "{own:?} after {end}");
            prop_assert!(text.get(own.clone()).is_some(), "{own:?} cuts a character");
            end = end.max(own.end);
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn clusters_are_those_of_the_standard(text in any_text()) {
        use unicode_segmentation::UnicodeSegmentation;
        let own: Vec<_> = text::clusters(&text).collect();
        prop_assert_eq!(own, text.grapheme_indices(true).collect::<Vec<_>>());
    }

    #[test]
    fn no_letter_is_lost(text in any_text(), options in any_options()) {
        // Each letter of an expanded ligature stands for all of its bytes: they would be counted again and again.
        let text = text.replace('ﷲ', "الله").replace('ﻼ', "لا");
        let paragraph = analyse(&text, &options);
        prop_assert_eq!(drawn_letters(&text, &paragraph), letters(&text));
    }

    #[test]
    fn what_is_drawn_folds_to_what_was_written(text in "[ابتجحخدرسشعفقكلمنهويأإآؤئةى ]{0,40}", options in any_options()) {
        let line = analyse(&text, &options).whole_line();
        prop_assert_eq!(letters(&line.to_visual_string()), letters(&text));
    }

    #[test]
    fn widths_are_exact(text in any_text(), options in any_options()) {
        let paragraph = analyse(&text, &options);
        let line = paragraph.whole_line();
        let cells: usize = line.cells().map(|cell| cell.width()).sum();
        prop_assert_eq!(cells, line.width());
        prop_assert_eq!(paragraph.width(), line.width());
        prop_assert!(line.cells().all(|cell| (1..=2).contains(&cell.width()) && !cell.glyph().is_empty()));
        if options.harakat == Harakat::Hidden && options.shape {
            prop_assert_eq!(width(&text), line.width());
        }
    }

    #[test]
    fn reordering_is_a_permutation(text in any_text(), options in any_options()) {
        let paragraph = analyse(&text, &options);
        let line = paragraph.whole_line();
        let mut drawn: Vec<_> = line.cells().map(|cell| (cell.source().start, cell.source().end)).collect();
        let mut written: Vec<_> = paragraph.clusters().iter().filter(|cluster| cluster.width() > 0)
            .map(|cluster| (cluster.source().start, cluster.source().end)).collect();
        drawn.sort_unstable();
        written.sort_unstable();
        prop_assert_eq!(drawn, written);
    }

    #[test]
    fn columns_lead_to_bytes_and_back(text in any_text(), options in any_options()) {
        let line = analyse(&text, &options).whole_line();
        for column in 0..line.width() {
            let source = line.source_at(column).unwrap();
            prop_assert!(line.columns_of(source).iter().any(|columns| columns.contains(&column)));
        }
    }

    #[test]
    fn lines_fit_and_tile(text in any_text(), options in any_options(), columns in 0usize..30) {
        let paragraph = analyse(&text, &options);
        let mut end = 0;
        for range in paragraph.break_lines(columns) {
            prop_assert_eq!(range.start, end);
            end = range.end;
            let line = paragraph.line(range.clone());
            let is_seen = |cluster: &&khabar::text::Cluster| cluster.width() > 0 && !cluster.is_space();
            let visible = paragraph.clusters()[range].iter().filter(is_seen).count();
            prop_assert!(line.width() <= columns.max(1) || visible == 1, "{} > {columns}", line.width());
        }
        prop_assert_eq!(end, paragraph.clusters().len());
    }

    #[test]
    fn what_is_cut_fits(text in any_text(), options in any_options(), columns in 0usize..30) {
        let paragraph = analyse(&text, &options);
        let line = paragraph.truncated(columns);
        prop_assert!(line.width() <= columns);
        prop_assert!(paragraph.width() > columns || line.width() == paragraph.width());
    }

    #[test]
    fn nothing_drawn_is_a_control(text in any::<String>(), options in any_options()) {
        let drawn = analyse(&text, &options).whole_line().to_visual_string();
        let is_harmless = |c: char| {
            let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            !c.is_control() && !turns && c != '\u{feff}'
        };
        prop_assert!(drawn.chars().all(is_harmless));
    }

    #[test]
    fn folding_twice_is_folding_once_and_matches_have_sources(text in any_text()) {
        let once = fold::fold(&text);
        prop_assert_eq!(&fold::fold(&once), &once);
        for token in fold::tokens(&text) {
            prop_assert!(text.get(token.source.clone()).is_some_and(|own| !own.is_empty()));
        }
    }
}
