//! UAX #14: the reader's break opportunities. UAX #29: the clusters of a paragraph of the reader.

use std::collections::BTreeMap;

use khabar::text::{Base, Direction, Options, analyse, line_break_opportunities};
use unicode_segmentation::UnicodeSegmentation;

use super::{data, lines};

/// A line of a break test: the text, and the bytes between which a break is allowed (`÷`), the ends left out.
fn case(line: &str) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut breaks = Vec::new();
    for part in line.split_whitespace() {
        match part {
            "÷" => breaks.push(text.len()),
            "×" => {}
            point => text.push(char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap()),
        }
    }
    breaks.retain(|at| *at > 0 && *at < text.len());
    (text, breaks)
}

/// Why a line of LineBreakTest.txt comes out otherwise.
fn line_break_reason(line: &str) -> Option<&'static str> {
    let points: Vec<&str> =
        line.split_whitespace().filter(|part| !matches!(*part, "÷" | "×" | "0308")).collect();
    let any = |of: &[&str]| points.iter().any(|point| of.contains(point));
    if any(&["0E31", "102C", "0E01"]) {
        Some("scripts without spaces: broken between clusters, without a dictionary (LB1 leaves it open)")
    } else if any(&["1B05", "1B50", "1BF2", "1B44", "11003"]) {
        Some("Brahmic aksaras (LB28a): ICU4X breaks between them as between letters")
    } else if any(&["1F8FF", "EFFFD"]) {
        Some("code points that Unicode has reserved")
    } else if points.len() == 2 && any(&["232A", "007D", "0029", "2329", "0028"]) {
        Some("a bracket next to a sign of money or percent (LB25): kept together, as before Unicode 16")
    } else if points.len() == 2 && any(&["002F"]) {
        Some("a slash before a digit (LB25): kept together, as before Unicode 16")
    } else if points.iter().any(|point| point.starts_with('4') || point.starts_with('5') || *point == "83B1")
        && any(&["201C", "FF1A"])
    {
        Some("quotation marks between Han characters (LB19a)")
    } else if any(&["002E"]) && any(&["0033", "0037"]) {
        Some("a number that begins with its point, behind a space (LB15c)")
    } else if any(&["005C"]) {
        Some("a backslash before a bracket (LB30): kept together")
    } else if any(&["05BE", "2254"]) {
        Some("Hebrew letters with a suffix that is written alone, or in a formula")
    } else if any(&["200F"]) {
        Some("a mark of direction before a hyphen, which counts as a letter there (LB10)")
    } else {
        None
    }
}

#[test]
fn line_break_test() {
    let file = data("LineBreakTest.txt");
    let mut count = 0;
    let mut otherwise: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines(&file) {
        let (text, expected) = case(line);
        count += 1;
        let found = line_break_opportunities(&text);
        if found != expected {
            let reason = line_break_reason(line);
            let reason = reason.unwrap_or_else(|| panic!("{line}: broken at {found:?}, not at {expected:?}"));
            *otherwise.entry(reason).or_default() += 1;
        }
    }
    let many: usize = otherwise.values().sum();
    println!("LineBreakTest.txt: {count} lines, {} pass, {many} otherwise: {otherwise:#?}", count - many);
    assert_eq!((count, many), (19_338, 279), "a change here is looked at");
}

/// Why the reader cuts a line of GraphemeBreakTest.txt into other clusters.
fn cluster_reason(text: &str, starts: &[usize], expected: &[usize]) -> Option<&'static str> {
    if text.chars().any(char::is_control) {
        Some(
            "controls are out before a paragraph is analysed; what follows one here is cut as if it were not there",
        )
    } else if text.contains(['\u{600}', '\u{6DD}']) {
        Some("a sign that holds a number gets a cell of its own: terminals give it none, or one")
    } else if expected.iter().all(|at| starts.contains(at)) {
        Some("a cluster wider than a cell can hold is cut before its spacing characters")
    } else {
        None
    }
}

#[test]
fn grapheme_break_test() {
    let file = data("GraphemeBreakTest.txt");
    let mut count = 0;
    let mut otherwise: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines(&file) {
        let (text, expected) = case(line);
        count += 1;
        let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).skip(1).collect();
        assert_eq!(starts, expected, "{line}");
        let options = Options { base: Base::Fixed(Direction::Ltr), ..Options::default() };
        let paragraph = analyse(&text, &options);
        let starts: Vec<usize> =
            paragraph.clusters().iter().map(|cluster| cluster.source().start).skip(1).collect();
        if starts != expected {
            let reason = cluster_reason(&text, &starts, &expected);
            let reason =
                reason.unwrap_or_else(|| panic!("{line}: clusters at {starts:?}, not at {expected:?}"));
            *otherwise.entry(reason).or_default() += 1;
        }
    }
    let many: usize = otherwise.values().sum();
    println!(
        "GraphemeBreakTest.txt: {count} lines, all pass; of the reader's cells {many} otherwise: {otherwise:#?}"
    );
    assert_eq!((count, many), (766, 116), "a change here is looked at");
}
