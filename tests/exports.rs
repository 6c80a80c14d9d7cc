//! `khabar export --format json` and back: what was exported comes in as it went, and what is there already stays.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod commanded;

use std::path::Path;

use commanded::khabar;
use serde_json::Value;

/// Standard output of a command that goes well and says nothing else.
fn out(home: &Path, arguments: &[&str], input: &[u8]) -> String {
    let output = khabar(home, arguments, input);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// All articles of an export, each without its number, in an order that does not depend on it.
fn articles(export: &str) -> Vec<Value> {
    let mut articles: Vec<Value> = export.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for article in &mut articles {
        article.as_object_mut().unwrap().remove("id").unwrap();
    }
    articles.sort_by_key(|article| article["origin"].to_string());
    articles
}

const ALL: &[&str] = &["export", "in:all", "--format", "json"];

#[test]
fn what_was_exported_comes_in_as_it_went() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (first.path(), second.path());
    // Text, HTML, Markdown and feeds; UTF-8, UTF-16 and Windows-1256.
    out(first, &["import", "sample-data"], b"");
    for verb in [
        &["done", "1"][..],
        &["archive", "2"],
        &["read", "3"],
        &["bookmark", "4", "--note", "سؤال: متى؟", "--due", "2026-12-01"],
        &["bookmark", "5"],
        &["tag", "6", "--name", "قمة, kuwait"],
    ] {
        out(first, verb, b"");
    }
    let export = out(first, ALL, b"");
    let went = articles(&export);
    assert!(went.len() > 35, "{}", went.len());
    assert!(went.iter().any(|article| article["body"]["base64"].is_string()));

    let file = second.join("export.jsonl");
    std::fs::write(&file, &export).unwrap();
    let said = out(second, &["import", file.to_str().unwrap()], b"");
    assert!(said.starts_with(&format!("{} new, 0 updated, 0 unchanged, 0 failed\n", went.len())), "{said}");
    assert!(said.contains("6 are marked as the export says"), "{said}");
    let came = articles(&out(second, ALL, b""));
    for (went, came) in went.iter().zip(&came) {
        assert_eq!(went, came);
    }
    assert_eq!(went.len(), came.len());

    // What is there is left as it is: what was decided since stays, and nothing is there twice.
    let noted = out(second, &["list", "is:bookmarked has:due", "--json"], b"");
    let id = serde_json::from_str::<Value>(&noted).unwrap()["id"].to_string();
    out(second, &["bookmark", &id, "--note", "another"], b"");
    out(second, &["tag", &id, "--name", "new"], b"");
    let before = articles(&out(second, ALL, b""));
    let said = out(second, &["import", "-"], export.as_bytes());
    assert_eq!(said, format!("0 new, 0 updated, {} unchanged, 0 failed\n", went.len()));
    assert_eq!(articles(&out(second, ALL, b"")), before);

    // The marks are one change, which can be taken back.
    let third = tempfile::tempdir().unwrap();
    out(third.path(), &["import", "-"], export.as_bytes());
    out(third.path(), &["undo"], b"");
    assert_eq!(out(third.path(), &["list", "is:bookmarked", "--json"], b""), "");
}

#[test]
fn a_bad_line_costs_a_sentence_and_the_rest_comes_in() {
    let home = tempfile::tempdir().unwrap();
    let lines = "{\"id\":1,\"title\":\"First\",\"text\":\"First\\n\\nWords.\"}\n{\"id\":2,\"title\":\n\
                 {\"id\":3,\"title\":\"Evil\\u001b]0;x\\u0007\",\"text\":\"a\\u001b[2Jb\",\"url\":\"javascript:x\",\
                 \"origin\":{\"file\":\"/x\\u001b[2J\"},\"tags\":[\"\\u001b[31m\"],\"bookmarked\":true}\n\
                 {\"id\":4,\"title\":\"A list's line\"}\n";
    let output = khabar(home.path(), &["import", "-"], lines.as_bytes());
    let said = String::from_utf8(output.stderr).unwrap();
    let said: Vec<&str> = said.lines().collect();
    assert!(output.status.success() && said.len() == 2, "{said:?}");
    assert!(
        said[0].starts_with("khabar: could not read line 2 of standard input: it is no JSON"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("khabar: could not read line 4 of standard input: it has no text"),
        "{said:?}"
    );
    for printed in [&["list"][..], &["list", "--json"], &["show", "2"], ALL] {
        let printed = out(home.path(), printed, b"");
        assert!(!printed.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{printed:?}");
    }
}
