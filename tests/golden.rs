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

use khabar::article::{Normalized, TableKind};
use khabar::extract::{Extracted, extract};
use khabar::ingest::{Incoming, read_path};
use khabar::text::{Direction, direction_of};

fn read(path: &str) -> Vec<(Incoming, Extracted)> {
    let mut articles = Vec::new();
    read_path(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &mut |incoming| {
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
        let says = ["مُختلَق", "invented", "ساختگی", "فرضی", "בדויה", "داهێنراو"]
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
fn the_samples_give_their_facts() {
    let check = |path: &str, expect: &[(&str, &str)]| {
        let found = facts(path);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, expect, "{path}");
    };
    check("sample-data/07-weather-no-table.txt", &[]);
    check("sample-data/10-kuwait-office.txt", &[]);
    check("sample-data/14-urdu-train.txt", &[]);
    check("sample-data/11-league.html", &[]);
    check(
        "sample-data/05-gold-prices.txt",
        &[
            ("عيار 24", "41.250 ديناراً"),
            ("عيار 22", "37.810 ديناراً"),
            ("عيار 21", "36.100 ديناراً"),
            ("عيار 18", "30.940 ديناراً"),
        ],
    );
    check(
        "sample-data/12-summit.html",
        &[
            ("المدينة المستضيفة", "مرسى الزيتون"),
            ("الدول المشاركة", "18 دولة"),
            ("أبرز المشاريع", "حواجز طبيعية، مرصد للأمواج، صندوق للصيادين"),
            ("الدورة المقبلة", "المغرب (خريف 2027)"),
            ("عدد الجلسات", "24 جلسة"),
            ("عدد المتحدثين", "96 متحدثاً"),
        ],
    );
    check(
        "sample-data/08-corridor.md",
        &[
            ("طول الممر", "210 كم"),
            ("عدد الشجيرات", "1.1 مليون شجيرة"),
            ("التكلفة", "46 مليون دولار"),
            ("المرحلة المقبلة", "ربيع 2027"),
        ],
    );
    check(
        "sample-data/09-vienna-round.txt",
        &[
            ("Host city", "Vienna"),
            ("Participants", "11 countries"),
            ("Topic", "river traffic and winter berths"),
            ("Outcome", "a joint register in four languages"),
            ("Next round", "Bratislava (to be announced)"),
        ],
    );
}

#[test]
fn the_league_stays_a_table() {
    let (_, league) = read("sample-data/11-league.html").remove(0);
    assert_eq!(league.article.tables.len(), 1);
    let table = &league.article.tables[0];
    assert_eq!((table.kind, table.rows.len(), table.rows[0].cells.len()), (TableKind::Grid, 6, 5));
    assert!(table.rows[0].cells.iter().all(|cell| cell.header));
}

#[test]
fn a_feed_gives_an_article_an_entry() {
    let feed = read("sample-data/19-desk.rss");
    assert_eq!(feed.len(), 6);
    let (first, own) = &feed[0];
    assert_eq!(own.article.title_text(), "جسر جديد يصل ضفتي الوادي ويختصر نصف ساعة");
    assert_eq!(first.entry.author.as_deref(), Some("ليلى حداد"));
    assert_eq!(first.entry.published.map(|time| time.to_string()).as_deref(), Some("2026-11-23T04:30:00Z"));
    assert_eq!(own.article.url.as_deref(), Some("https://desk.example/1"));
    let keys: std::collections::HashSet<String> = feed.iter().map(|(own, _)| own.origin.key()).collect();
    assert_eq!(keys.len(), 6, "each has an identity of its own");
    assert_eq!(read("sample-data/20-two-languages.atom").len(), 4);
}
