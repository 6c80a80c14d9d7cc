//! UAX #29 (clusters) and UAX #14 (line breaks).

use khabar::text;

use super::{cases, char_of, judge, unpacked};

/// A case: its text, and the bytes at which there is a boundary, without 0 and the end.
fn case(line: &str) -> (String, Vec<usize>) {
    let (mut text, mut boundaries) = (String::new(), Vec::new());
    for item in line.split_ascii_whitespace() {
        match item {
            "÷" => boundaries.push(text.len()),
            "×" => {}
            code => text.push(char_of(u32::from_str_radix(code, 16).unwrap())),
        }
    }
    boundaries.retain(|at| *at > 0 && *at < text.len());
    (text, boundaries)
}

fn run(name: &str, file: &str, boundaries: impl Fn(&str) -> Vec<usize>) {
    let file = unpacked(file);
    let mut failed = Vec::new();
    let mut run = 0;
    for (number, line) in cases(&file) {
        let (text, expect) = case(line);
        run += 1;
        let own = boundaries(&text);
        if own != expect {
            failed.push(format!("line {number}: {line}: {own:?}, not {expect:?}"));
        }
    }
    judge(name, run, &failed);
}

#[test]
fn grapheme_break_test_passes_whole() {
    run("GraphemeBreakTest.txt 17.0.0", "GraphemeBreakTest-17.0.0.txt.zst", |text| {
        text::clusters(text).map(|(at, _)| at).filter(|at| *at > 0).collect()
    });
}

#[test]
fn line_break_test_passes_whole() {
    run("LineBreakTest.txt 17.0.0", "LineBreakTest-17.0.0.txt.zst", text::opportunities);
}
