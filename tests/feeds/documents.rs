//! Documents of every generator and fault: `documents/*.case`. Each case says what it is, how it is sent, and what is read of
//! it; `UPDATE_CASES=1` writes that down, to be looked at.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use khabar::ingest::{Document, Incoming, Limits, read_feed};
use url::Url;

/// The line between what is read of a document, and the document.
const RULE: &str = "----------------------------------------\n";

#[test]
fn each_is_read_as_far_as_it_is_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/feeds/documents");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let text = fs::read_to_string(&path).unwrap();
        let mut parts = text.splitn(3, RULE);
        let (head, expected, document) = match (parts.next(), parts.next(), parts.next()) {
            (Some(head), Some(expected), Some(document)) => (head, expected, document),
            (Some(head), Some(document), None) => (head, "", document),
            _ => panic!("{} has no rule", path.display()),
        };
        let read = shown(head, document);
        if read != expected {
            if std::env::var_os("UPDATE_CASES").is_some() {
                fs::write(&path, format!("{head}{RULE}{read}{RULE}{document}")).unwrap();
            } else {
                wrong.push(format!("{}\nexpected:\n{expected}\nread:\n{read}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is read of a document, a line each.
fn shown(head: &str, document: &str) -> String {
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let address = Url::parse(field("address").unwrap_or("https://news.example/feed")).unwrap();
    let bytes = match field("bytes") {
        Some("windows-1256") => encode(document),
        Some("utf-16") => document.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Some(other) => panic!("no way to write {other}"),
        None => document.trim_end_matches('\n').as_bytes().to_vec(),
    };
    let mut text = String::new();
    let document = Document {
        name: address.as_str(),
        bytes: &bytes,
        charset: field("charset"),
        address: Some(&address),
        now: "2026-11-27T00:00:00Z".parse().unwrap(),
        modified: None,
    };
    let mut entries = String::new();
    let read = read_feed(&document, &Limits::default(), &mut |incoming| entry(&mut entries, incoming));
    match read {
        Ok(read) => {
            let head = read.head;
            let _ = writeln!(text, "feed {:?}", head.title.unwrap_or_default());
            for (name, value) in [("site", head.site), ("language", head.language)] {
                if let Some(value) = value {
                    let _ = writeln!(text, "  {name} {value}");
                }
            }
            if let Some(minutes) = head.minutes {
                let _ = writeln!(text, "  fresh for {minutes} minutes");
            }
            text.push_str(&entries);
            for said in read.warnings {
                let _ = writeln!(text, "said: {said}");
            }
        }
        Err(error) => {
            let _ = writeln!(text, "refused: {error}");
        }
    }
    text
}

fn entry(text: &mut String, incoming: Incoming) {
    let Incoming { origin, entry, body, .. } = incoming;
    let id = origin.key();
    let id = id.split_once(' ').unwrap().1;
    let _ = writeln!(text, "entry {:?}", entry.title.unwrap_or_default());
    let _ = writeln!(text, "  id {id}");
    for (name, value) in [
        ("page", entry.url),
        ("date", entry.published.map(|time| time.to_string())),
        ("by", entry.author),
        ("in", entry.source),
        ("language", entry.language),
        ("direction", entry.direction.map(|own| format!("{own:?}"))),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name} {value}");
        }
    }
    let body_text = String::from_utf8_lossy(&body.bytes).into_owned();
    let words: String =
        body_text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    let _ = writeln!(text, "  {:?} {words}", body.format);
}

/// Windows-1256, as far as the cases need it.
fn encode(text: &str) -> Vec<u8> {
    let row = "ءآأؤإئابةتثجحخدذرزسشصض";
    let byte = |c: char| -> u8 {
        if c.is_ascii() {
            return c as u8;
        }
        if let Some(at) = row.chars().position(|own| own == c) {
            return 0xc1 + at as u8;
        }
        match c {
            'ط' => 0xd8,
            'ظ' => 0xd9,
            'ع' => 0xda,
            'غ' => 0xdb,
            'ف' => 0xdd,
            'ق' => 0xde,
            'ك' => 0xdf,
            'ل' => 0xe1,
            'م' => 0xe3,
            'ن' => 0xe4,
            'ه' => 0xe5,
            'و' => 0xe6,
            'ى' => 0xec,
            'ي' => 0xed,
            '،' => 0xa1,
            '«' => 0xab,
            '»' => 0xbb,
            _ => panic!("no byte for {c}"),
        }
    };
    text.chars().map(byte).collect()
}
