//! The seed and the sample data, whole: what is read of them, from the file to the facts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::path::Path;

use khabar::article::{Body, BodyHash, Entry, Format, Normalized, TableKind};
use khabar::extract::{Extracted, extract};
use khabar::ingest::{Incoming, Limits, read_path};
use khabar::text::{Direction, direction_of};

fn read(path: &str) -> Vec<(Incoming, Extracted)> {
    let mut articles = Vec::new();
    read_path(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &Limits::default(), &mut |incoming| {
        let incoming = incoming.unwrap();
        let extracted = extract(&incoming.entry, &incoming.body);
        articles.push((incoming, extracted));
    });
    articles
}

fn facts(path: &str) -> Vec<(String, String)> {
    let articles = read(path);
    articles
        .iter()
        .flat_map(|(_, own)| own.facts.iter().map(|fact| (fact.key.clone(), fact.value.clone())))
        .collect()
}

const SEED: &str = "seeds/000_b4d0be8530039662.txt";

#[test]
fn the_seed_has_exactly_its_four_facts() {
    let expect = [
        ("الدولة المستضيفة", "الصين"),
        ("موضوع المشاورات", "تعزيز التعاون والشراكة الاستراتيجية"),
        ("أبرز المشاريع", "ميناء مبارك الكبير، مشاريع الطاقة والمياه"),
        ("الدورة المقبلة", "الكويت (موعد لاحق)"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(facts(SEED), expect);
    let copy = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/00-kuwait-china-consultations.txt"),
    );
    assert_eq!(copy.unwrap(), std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(SEED)).unwrap());
}

#[test]
fn the_seeds_facts_stand_where_they_say_and_mean_what_they_say() {
    let (_, seed) = read(SEED).remove(0);
    let text = &seed.article.text;
    for fact in &seed.facts {
        assert_eq!(fact.evidence.value.of(text), fact.value);
        assert_eq!(fact.evidence.row.of(text), format!("{} {}", fact.key, fact.value));
    }
    let concepts: Vec<_> = seed.facts.iter().map(|fact| fact.concept.as_deref().unwrap_or("")).collect();
    assert_eq!(concepts, ["host_country", "topic", "projects", "next_round"]);
    assert_eq!(seed.facts[0].normalized, [Normalized::Country("CN".to_owned())]);
    assert_eq!(seed.facts[3].normalized, [Normalized::Country("KW".to_owned()), Normalized::ToBeAnnounced]);
    assert!(matches!(&seed.facts[2].normalized[..], [Normalized::List(items)] if items.len() == 2));
}

#[test]
fn every_sample_is_read_with_title_language_and_direction() {
    let samples = read("sample-data");
    assert!(samples.len() >= 25, "{}", samples.len());
    for (incoming, own) in &samples {
        let title = own.article.title_text();
        assert!(!title.is_empty(), "{:?}", incoming.origin);
        assert_eq!(own.warnings, [], "{title}");
        assert!(!own.article.text.contains('\u{fffd}'), "{title}");
        assert!(!own.article.blocks.is_empty(), "{title}");
        let rtl = !matches!(own.article.language.as_deref(), Some("en"));
        let expect = if rtl { Direction::Rtl } else { Direction::Ltr };
        assert_eq!(direction_of(&own.article.text), Some(expect), "{title}");
        // The seed says nothing of itself; all else says that it is invented.
        let source = own.article.source.clone().unwrap_or_default();
        let says = ["مُختلَق", "مختلق", "invented", "ساختگی", "فرضی", "בדויה", "دروستکراو"]
            .iter()
            .any(|word| source.contains(word));
        assert!(says || incoming.origin.key().contains("/00-"), "{title}: {source}");
    }
    let mut languages: Vec<_> =
        samples.iter().filter_map(|(_, own)| own.article.language.as_deref()).collect();
    languages.sort_unstable();
    languages.dedup();
    assert_eq!(languages, ["ar", "ckb", "en", "fa", "he", "ur"]);
    assert!(samples.iter().any(|(_, own)| own.article.text.len() > 50_000));
    assert!(samples.iter().any(|(_, own)| own.article.title_text().split_whitespace().count() == 1));
    assert!(samples.iter().any(|(_, own)| own.article.title_text().split_whitespace().count() >= 30));
}

#[test]
fn the_samples_give_just_their_facts() {
    let expected = include_str!("data/sample-facts.jsonl");
    let samples = read("sample-data");
    assert_eq!(expected.lines().count(), samples.len());
    for (line, (incoming, own)) in expected.lines().zip(&samples) {
        let expected: serde_json::Value = serde_json::from_str(line).unwrap();
        let path = expected["path"].as_str().unwrap();
        assert!(incoming.origin.key().contains(path), "{path} is not {:?}", incoming.origin);
        let expected: Vec<(&str, &str)> = expected["facts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fact| (fact["key"].as_str().unwrap(), fact["value"].as_str().unwrap()))
            .collect();
        let found: Vec<(&str, &str)> =
            own.facts.iter().map(|fact| (fact.key.as_str(), fact.value.as_str())).collect();
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn the_league_stays_a_table() {
    let (_, league) = read("sample-data/11-coast-league.html").remove(0);
    assert_eq!(league.article.tables.len(), 1);
    let table = &league.article.tables[0];
    assert_eq!((table.kind, table.rows.len(), table.rows[0].cells.len()), (TableKind::Grid, 7, 5));
    assert!(table.rows[0].cells.iter().all(|cell| cell.header));
}

#[test]
fn a_feed_gives_an_article_an_entry() {
    let feed = read("sample-data/07-khabar-briefs.rss");
    assert_eq!(feed.len(), 7);
    let (first, own) = &feed[0];
    assert_eq!(own.article.title_text(), "افتتاح الجسر العائم في خور الدانة أمام المشاة والدراجات");
    assert!(first.entry.author.is_some() && first.entry.published.is_some() && own.article.url.is_some());
    let keys: std::collections::HashSet<String> = feed.iter().map(|(own, _)| own.origin.key()).collect();
    assert_eq!(keys.len(), 7, "each has an identity of its own");
    assert_eq!(read("sample-data/21-two-languages.atom").len(), 5);
}

/// What a case file says: the body, its format by the file's name, and what must come out of it.
fn case(path: &Path) -> (Format, String, Vec<String>) {
    let file = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let format = match name.trim_end_matches(".case").rsplit('.').next().unwrap() {
        "txt" => Format::Text,
        "html" => Format::Html,
        "md" => Format::Markdown,
        other => panic!("{name}: no format {other}"),
    };
    let says = file
        .lines()
        .next()
        .is_some_and(|line| line.starts_with("; Invented") || line.starts_with("; Source:"));
    assert!(says, "{name} does not say where it is from");
    let body: String =
        file.lines().skip_while(|line| line.starts_with(';')).map(|line| format!("{line}\n")).collect();
    let (body, expect) = body.split_once("=====\n").unwrap_or_else(|| panic!("{name} expects nothing"));
    (format, body.to_owned(), expect.lines().map(str::to_owned).collect())
}

#[test]
fn every_case_gives_just_its_facts_and_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut none = 0;
    let mut wrong = Vec::new();
    for path in &paths {
        let (format, text, expect) = case(path);
        none += usize::from(expect.is_empty());
        let body = Body { bytes: text.into_bytes(), format, hash: BodyHash(String::new()) };
        let own = extract(&Entry::default(), &body);
        let mut found: Vec<String> =
            own.facts.iter().map(|fact| format!("{} = {}", fact.key, fact.value)).collect();
        for table in own.article.tables.iter().filter(|table| table.kind == TableKind::Grid) {
            for row in &table.rows {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.span.of(&own.article.text)).collect();
                found.push(format!("table: {}", cells.join(" | ")));
            }
        }
        if found != expect {
            wrong.push(format!("{}\n  found    {found:#?}\n  expected {expect:#?}", path.display()));
        }
    }
    assert!(paths.len() >= 60 && none >= 20, "{} cases, {none} without facts", paths.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
