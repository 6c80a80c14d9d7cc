//! Saved pages of many shapes: title, byline, day, language, direction, address and blocks of each are as its
//! expectation says, and of all words of main text nearly all are kept, with hardly one of what stands around.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and the table is for people"
)]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use khabar::article::{Article, Block, BlockKind, Body, BodyHash, Entry, Format};
use khabar::extract::extract;
use khabar::text::{Direction, fold};

/// What a page must become.
struct Expected {
    said: HashMap<String, String>,
    blocks: Vec<String>,
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    paths.sort();
    paths
}

fn expected(page: &Path) -> Expected {
    let text = fs::read_to_string(page.with_extension("expect")).unwrap();
    assert!(text.starts_with("; Invented"), "{} does not say where it is from", page.display());
    let (said, blocks) = text.split_once("=====\n").unwrap();
    let said = said.lines().filter(|line| !line.starts_with(';')).map(|line| {
        let (key, value) = line.split_once(':').unwrap();
        (key.to_owned(), value.trim().to_owned())
    });
    Expected { said: said.collect(), blocks: blocks.lines().map(str::to_owned).collect() }
}

fn read(page: &Path) -> Article {
    let body = Body { bytes: fs::read(page).unwrap(), format: Format::Html, hash: BodyHash(String::new()) };
    extract(&Entry::default(), &body).article
}

/// A block as an expectation writes it.
fn written(article: &Article, block: &Block) -> String {
    let text = block.span.of(&article.text);
    let text = match block.kind {
        BlockKind::Code => text.replace('\n', "⏎"),
        BlockKind::Table(_) => text.replace('\t', " | ").replace('\n', " || "),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let kind = match block.kind {
        BlockKind::Paragraph => "P".to_owned(),
        BlockKind::Heading(level) => format!("H{level}"),
        BlockKind::Item { depth, number: None } => format!("L{depth}"),
        BlockKind::Item { number: Some(number), .. } => format!("N{number}."),
        BlockKind::Continued { depth } => format!("+{depth}"),
        BlockKind::Quote => "Q".to_owned(),
        BlockKind::Code => "C".to_owned(),
        BlockKind::Table(_) => "T".to_owned(),
        BlockKind::Caption => "F".to_owned(),
        BlockKind::Figure => "I".to_owned(),
        BlockKind::Note(number) => format!("[{number}]"),
        BlockKind::Rule => "-".to_owned(),
    };
    format!("{kind} {text}")
}

/// The words of blocks, as often as they stand there.
fn words(blocks: &[String]) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for block in blocks {
        let text = block.split_once(' ').map_or("", |(_, text)| text).replace('⏎', " ");
        for token in fold::tokens(&text) {
            *words.entry(token.text).or_insert(0) += 1;
        }
    }
    words
}

/// Words expected, words found, words in both.
fn score(expected: &[String], found: &[String]) -> (usize, usize, usize) {
    let (expected, found) = (words(expected), words(found));
    let both = expected.iter().map(|(word, many)| *found.get(word).unwrap_or(&0).min(many)).sum();
    (expected.values().sum(), found.values().sum(), both)
}

fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

#[test]
fn every_page_is_read_as_expected() {
    let mut wrong = Vec::new();
    let (mut all_expected, mut all_found, mut all_both) = (0, 0, 0);
    println!("{:36} {:>6} {:>7} {:>9}", "page", "words", "kept %", "around %");
    for page in pages() {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let (article, expected) = (read(&page), expected(&page));
        let found: Vec<String> = article.blocks.iter().map(|block| written(&article, block)).collect();
        let (want, have, both) = score(&expected.blocks, &found);
        println!("{name:36} {want:>6} {:>7.2} {:>9.2}", percent(both, want), percent(have - both, have));
        all_expected += want;
        all_found += have;
        all_both += both;
        let direction = article.direction.map_or("", |direction| match direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        });
        let said = [
            ("title", article.title_text().to_owned()),
            ("date", article.published.map(|time| time.to_string()).unwrap_or_default()),
            ("language", article.language.clone().unwrap_or_default()),
            ("direction", direction.to_owned()),
            ("author", article.author.clone().unwrap_or_default()),
            ("url", article.url.clone().unwrap_or_default()),
        ];
        for (key, found) in said {
            if found != expected.said[key] {
                wrong.push(format!("{name}: {key} is «{found}», expected «{}»", expected.said[key]));
            }
        }
        if found != expected.blocks {
            for line in found.iter().filter(|line| !expected.blocks.contains(line)) {
                wrong.push(format!("{name}: + {line}"));
            }
            for line in expected.blocks.iter().filter(|line| !found.contains(line)) {
                wrong.push(format!("{name}: - {line}"));
            }
            wrong.push(format!("{name}: blocks or their order are not as expected"));
        }
    }
    let (kept, around) = (percent(all_both, all_expected), percent(all_found - all_both, all_found));
    println!("{:36} {all_expected:>6} {kept:>7.2} {around:>9.2}", "all");
    assert!(pages().len() >= 20);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(kept >= 98.0 && around <= 3.0, "kept {kept:.2} %, around {around:.2} %");
}

#[test]
fn the_scorer_sees_what_is_missing_and_what_is_too_much() {
    let blocks = |text: &[&str]| text.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let expected = blocks(&["P one two three two", "H2 four"]);
    assert_eq!(score(&expected, &expected), (5, 5, 5));
    assert_eq!(score(&expected, &blocks(&["P one two three"])), (5, 3, 3));
    assert_eq!(score(&expected, &blocks(&["P one two three two four five five"])), (5, 7, 5));
}
