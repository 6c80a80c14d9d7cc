//! The commands of the real program: what they print, what they say of bad input, and how they exit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod commanded;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use commanded::khabar;
use serde_json::Value;

const SEED: &str = "seeds/000_b4d0be8530039662.txt";

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Expects failure with one sentence on standard error, and nothing on standard output but perhaps a summary.
fn assert_sentence(output: &Output, part: &str) {
    assert_ended(output, 1, part);
}

/// The same of a command line that cannot be used.
fn assert_usage(output: &Output, part: &str) {
    assert_ended(output, 2, part);
}

fn assert_ended(output: &Output, code: i32, part: &str) {
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.starts_with("khabar: ") && error.contains(part), "{error}");
}

#[test]
fn facts_of_the_seed_are_four_objects_with_evidence() {
    let home = tempfile::tempdir().unwrap();
    let output = khabar(home.path(), &["facts", "--json", SEED], b"");
    let printed = lines(&output);
    assert_eq!((printed.len(), output.status.code()), (1, Some(0)));
    assert_eq!(printed[0]["path"], SEED);
    let facts = printed[0]["facts"].as_array().unwrap();
    let pairs: Vec<(&str, &str)> =
        facts.iter().map(|fact| (fact["key"].as_str().unwrap(), fact["value"].as_str().unwrap())).collect();
    assert_eq!(
        pairs,
        [
            ("الدولة المستضيفة", "الصين"),
            ("موضوع المشاورات", "تعزيز التعاون والشراكة الاستراتيجية"),
            ("أبرز المشاريع", "ميناء مبارك الكبير، مشاريع الطاقة والمياه"),
            ("الدورة المقبلة", "الكويت (موعد لاحق)"),
        ]
    );
    assert!(facts.iter().all(|fact| fact["evidence"]["start"].is_u64()));
    assert!(!home.path().join("data").exists(), "files are read without storing them");
}

#[test]
fn the_same_file_twice_is_one_article_and_a_changed_one_keeps_its_marks() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.txt");
    let import = || lines(&khabar(home.path(), &["import", "--json", file.to_str().unwrap()], b"")).remove(0);
    fs::write(&file, "عنوان\n\nنص الخبر الأول.\n").unwrap();
    assert_eq!(import()["new"], 1);
    assert_eq!(import()["unchanged"], 1);
    khabar(home.path(), &["bookmark", "1", "--note", "متابعة", "--due", "2026-12-01"], b"");
    fs::write(&file, "عنوان\n\nنص الخبر بعد التعديل.\n").unwrap();
    assert_eq!(import()["updated"], 1);
    let listed = lines(&khabar(home.path(), &["list", "--json"], b""));
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["bookmarked"], &listed[0]["due"]),
        (&Value::Bool(true), &Value::from("2026-12-01"))
    );
    let shown = out(&khabar(home.path(), &["show", "1"], b""));
    assert!(shown.contains("بعد التعديل"), "{shown}");
}

#[test]
fn verbs_are_journaled_and_undone_in_order() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", "sample-data"], b"");
    let inbox = || lines(&khabar(home.path(), &["list", "--json"], b"")).len();
    let all = inbox();
    khabar(home.path(), &["done", "1", "2", "3"], b"");
    assert_eq!(inbox(), all - 3);
    khabar(home.path(), &["bookmark", "4"], b"");
    let undone = lines(&khabar(home.path(), &["undo", "--json"], b""));
    assert_eq!((&undone[0]["undone"], &undone[0]["changed"]), (&Value::from("bookmark"), &Value::from(1)));
    let undone = lines(&khabar(home.path(), &["undo", "--json"], b""));
    assert_eq!((&undone[0]["undone"], &undone[0]["changed"]), (&Value::from("done"), &Value::from(3)));
    assert_eq!(inbox(), all);
    assert_sentence(&khabar(home.path(), &["undo"], b""), "the journal has none");
}

#[test]
fn lists_take_queries() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", "sample-data"], b"");
    let many =
        |query: &[&str]| lines(&khabar(home.path(), &[&["list", "--json"], query].concat(), b"")).len();
    assert_eq!(many(&["lang:he"]), 1);
    assert_eq!(many(&["is:bookmarked"]), 0);
    assert!(many(&["الكويت"]) >= 1);
    assert_eq!(many(&["المكتبة", "lang:ar"]), many(&["المكتبه", "lang:ar"]), "words are folded");
    assert!(many(&["has:facts"]) >= 10);
    assert_usage(&khabar(home.path(), &["list", "is:nothing"], b""), "one of unread");
}

#[test]
fn bad_input_gets_one_sentence_and_the_rest_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("nothing")).unwrap();
    fs::write(path("empty.txt"), "  \n").unwrap();
    fs::write(path("binary.txt"), [0u8, 1, 2, 0, 0, 255, 3]).unwrap();
    fs::write(path("picture.txt"), b"\x89PNG\r\n\x1a\n....").unwrap();
    fs::write(path("cut.rss"), "<?xml version='1.0'?><rss><channel><title>x").unwrap();
    fs::File::create(path("huge.txt")).unwrap().set_len(200 << 20).unwrap();
    for (name, part) in [
        ("gone.txt", "could not find"),
        ("nothing", "found no article in the folder"),
        ("empty.txt", "is empty"),
        ("binary.txt", "is no text"),
        ("picture.txt", "an image"),
        ("cut.rss", "feed"),
        ("huge.txt", "200 MB, and files of at most 64 MB are read"),
    ] {
        assert_sentence(&khabar(home.path(), &["import", &path(name)], b""), part);
        assert_sentence(&khabar(home.path(), &[&path(name)], b""), part);
    }
    fs::write(path("good.txt"), "Good\n\nThe rest goes on.\n").unwrap();
    let output = khabar(home.path(), &["import", "--json", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0));
    let summary = &lines(&output)[0];
    assert_eq!(summary["new"], 1);
    assert_eq!(summary["failed"].as_array().unwrap().len(), 5);
}

#[test]
fn hostile_text_reaches_no_terminal() {
    let home = tempfile::tempdir().unwrap();
    let hostile = "Ti\u{1b}]0;owned\u{7}tle\n\n\u{1b}[2Jbody \u{202e}evil\u{9b}31m \u{8}\n";
    for arguments in [
        &["-"][..],
        &["facts", "-"],
        &["import", "-"],
        &["list"],
        &["show", "1"],
        &["show", "1", "--width", "40"],
        &["list", "--json"],
    ] {
        let output = khabar(home.path(), arguments, hostile.as_bytes());
        for text in [out(&output), String::from_utf8(output.stderr.clone()).unwrap()] {
            let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(bad, None, "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn a_library_that_cannot_be_used_is_left_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", SEED], b"");
    let library = home.path().join("data/library.db");
    fs::write(&library, b"this is no library").unwrap();
    for name in ["library.db-wal", "library.db-shm"] {
        let _ = fs::remove_file(library.with_file_name(name));
    }
    for arguments in [&["list"][..], &["import", SEED], &["done", "1"], &["undo"], &[]] {
        assert_sentence(&khabar(home.path(), arguments, b""), "damaged");
    }
    assert_eq!(fs::read(&library).unwrap(), b"this is no library");
}

#[test]
fn articles_that_are_not_there_are_named_and_the_others_done() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", SEED], b"");
    assert_sentence(&khabar(home.path(), &["show", "77"], b""), "article 77");
    let output = khabar(home.path(), &["done", "1", "77"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("article 77"));
    assert_usage(&khabar(home.path(), &["bookmark", "1", "--due", "soon"], b""), "next monday");
    assert_eq!(khabar(home.path(), &["done", "one"], b"").status.code(), Some(2), "bad usage");
}

#[test]
fn a_number_is_an_article_and_a_path_a_file() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", "sample-data/01-infraja.txt"], b"");
    assert!(out(&khabar(home.path(), &["show", "1"], b"")).starts_with("انفراجة"));
    assert_sentence(&khabar(home.path(), &["show", "./1"], b""), "could not find");
    assert!(out(&khabar(home.path(), &["show", SEED], b"")).contains("شهدت العاصمة"));
}

#[test]
fn a_width_lays_out_in_visual_order() {
    let home = tempfile::tempdir().unwrap();
    let shown = out(&khabar(home.path(), &["show", SEED, "--width", "60"], b""));
    assert!(shown.contains("(ﻖﺣﻻ ﺪﻋﻮﻣ) ﺖﻳﻮﻜﻟﺍ"), "{shown}");
    for line in shown.lines() {
        let cells = line.chars().filter(|c| !('\u{64B}'..='\u{652}').contains(c)).count();
        assert!(cells <= 60, "{line}");
    }
}

#[test]
fn without_a_terminal_the_reader_is_a_listing() {
    let home = tempfile::tempdir().unwrap();
    let output = khabar(home.path(), &["sample-data"], b"");
    let listing = out(&output);
    assert!(listing.lines().next().unwrap().contains("مشاورات مثمرة"), "{listing}");
    assert_eq!(listing.lines().count(), 41);
    let piped = khabar(home.path(), &["-"], "خبر من الأنبوب\n\nنص.\n".as_bytes());
    assert!(out(&piped).contains("خبر من الأنبوب"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(["facts", "--json", "sample-data"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("KHABAR_HOME", home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"");
}

#[test]
fn a_mistake_in_the_configuration_names_its_line() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("config")).unwrap();
    fs::write(home.path().join("config/config.toml"), "[ui]\nmeasure = 60\ndirektion = \"rtl\"\n").unwrap();
    assert_sentence(&khabar(home.path(), &[], b""), "line 3");
}

#[test]
fn what_an_earlier_extractor_read_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", SEED], b"");
    let again = || out(&khabar(home.path(), &["rederive", "--json"], b""));
    assert_eq!(again(), "{\"rederived\":0}\n");
    let library = walk(home.path(), "library.db");
    let raw = rusqlite::Connection::open(library).unwrap();
    raw.execute_batch("UPDATE headline SET extractor = 0, facts = 0; DELETE FROM fact").unwrap();
    assert_eq!(again(), "{\"rederived\":1}\n");
    let facts = lines(&khabar(home.path(), &["facts", "--json"], b""));
    assert_eq!(facts[0]["facts"].as_array().unwrap().len(), 4);
}

/// The file of that name somewhere below `folder`.
fn walk(folder: &Path, name: &str) -> std::path::PathBuf {
    let found = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    found.map(walkdir::DirEntry::into_path).find(|path| path.ends_with(name)).unwrap()
}

#[test]
fn facts_of_many_articles_are_a_board() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", SEED], b"");
    let other = home.path().join("b.txt");
    let rows = "العنوان\tالتفاصيل\nالدولة المستضيفة\tالهند\nأبرز المشاريع\t=1+1\n";
    fs::write(&other, format!("خبر ثان، طويل\n\nنص الخبر.\n\n{rows}")).unwrap();
    khabar(home.path(), &["import", other.to_str().unwrap()], b"");
    let rows = |arguments: &[&str]| -> Vec<Vec<String>> {
        let output = khabar(home.path(), &[&["facts", "--csv"], arguments].concat(), b"");
        assert_eq!(output.status.code(), Some(0));
        let text = out(&output);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let stored = rows(&[]);
    assert_eq!(stored[0][..6], ["id", "title", "source", "published", "host_country", "projects"]);
    assert_eq!(stored.len(), 3);
    let of = |id: &str, rows: &[Vec<String>]| rows.iter().find(|row| row[0] == id).unwrap()[4..].to_vec();
    assert_eq!(of("1", &stored)[0], "الصين");
    assert_eq!(
        of("2", &stored)[..2],
        ["الهند".to_owned(), "'=1+1".to_owned()],
        "nothing that a spreadsheet would run"
    );
    let chosen = rows(&["--query", "host:india", "--columns", "next_round,host"]);
    assert_eq!(chosen[0][4..], ["next_round", "host_country"]);
    assert_eq!((chosen.len(), of("2", &chosen)), (2, vec![String::new(), "الهند".to_owned()]));
    let files = rows(&["--columns", "host,الدورة المقبلة", SEED]);
    assert_eq!(files[0][..1], ["path"]);
    assert_eq!(of(SEED, &files), ["الصين", "الكويت (موعد لاحق)"]);
    let json = lines(&khabar(home.path(), &["facts", "--json", "--columns", "host", SEED], b""));
    assert_eq!(json[0]["facts"].as_array().unwrap().len(), 1);
    let bad = khabar(home.path(), &["facts", "--query", "خبر date:>soon"], b"");
    assert_usage(&bad, "\"soon\" is neither a day nor a number: write it as in date:>2026-12-01");
    assert_usage(&bad, "(at character 11 of the query)");
}

#[test]
fn follow_ups_are_due_and_go_out() {
    let home = tempfile::tempdir().unwrap();
    let silent = khabar(home.path(), &["due"], b"");
    assert_eq!(
        (silent.status.code(), out(&silent).as_str()),
        (Some(0), ""),
        "nothing to say in a login script"
    );
    assert!(!home.path().join("data").exists(), "and nothing made");
    khabar(home.path(), &["import", SEED, "sample-data/04-tidal-storage.md"], b"");
    khabar(home.path(), &["bookmark", "1", "--note", "اتصل, ثم اكتب", "--due", "2026-01-02"], b"");
    khabar(home.path(), &["bookmark", "2", "--due", "2999-01-01"], b"");
    let due = out(&khabar(home.path(), &["due"], b""));
    assert!(due.contains("2026-01-02 (") && due.contains("اتصل, ثم اكتب") && !due.contains("2999"), "{due}");
    assert_eq!(lines(&khabar(home.path(), &["due", "--until", "2999-12-31", "--json"], b"")).len(), 2);
    for (query, many) in
        [("due:2026-01", 1), ("due:>2026-12", 1), ("has:due", 2), ("has:note", 1), ("has:due due:<2026", 0)]
    {
        assert_eq!(
            lines(&khabar(home.path(), &["list", query, "--sort", "due", "--json"], b"")).len(),
            many,
            "{query}"
        );
    }
    let calendar = out(&khabar(home.path(), &["export", "--format", "ics"], b""));
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches("BEGIN:VTODO").count(), 2);
    assert!(calendar.contains("DUE;VALUE=DATE:20260102") && calendar.contains("اتصل\\, ثم اكتب"));
    let page = out(&khabar(home.path(), &["export", "in:all", "--format", "html"], b""));
    assert_eq!((page.matches("<article").count(), page.matches("</article>").count()), (2, 2));
    let text = out(&khabar(home.path(), &["export", "--format", "md"], b""));
    assert!(text.starts_with("# ") && text.contains("\n---\n\n# "), "{text}");
    assert_eq!(lines(&khabar(home.path(), &["export", "is:unread", "--format", "json"], b"")).len(), 2);
}

#[test]
fn mutes_are_made_listed_lifted_and_undone() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", "sample-data"], b"");
    let inbox = || lines(&khabar(home.path(), &["list", "--json"], b"")).len();
    let all = inbox();
    let made = lines(&khabar(home.path(), &["mute", "topic", "الكويت", "--hours", "2", "--json"], b""));
    assert_eq!((made[0]["kind"].as_str(), made[0]["name"].as_str()), (Some("topic"), Some("الكويت")));
    let (number, silenced) = (made[0]["mute"].to_string(), made[0]["articles"].as_u64().unwrap());
    assert!(silenced > 0 && inbox() + usize::try_from(silenced).unwrap() == all);
    khabar(home.path(), &["mute", "story", "3"], b"");
    let listed = out(&khabar(home.path(), &["mute", "list"], b""));
    assert!(listed.lines().count() == 2 && listed.contains("topic  الكويت · until "), "{listed}");
    let lifted = lines(&khabar(home.path(), &["mute", "lift", &number, "--json"], b""));
    assert_eq!(
        (lifted[0]["lifted"].to_string(), lifted[0]["articles"].as_u64()),
        (number.clone(), Some(silenced))
    );
    assert_sentence(&khabar(home.path(), &["mute", "lift", &number], b""), "`khabar mute list` prints them");
    assert!(out(&khabar(home.path(), &["undo"], b"")).starts_with("undone: unmute of"));
    assert_eq!(lines(&khabar(home.path(), &["mute", "list", "--json"], b"")).len(), 2);
    assert_usage(&khabar(home.path(), &["mute", "source", " "], b""), "has a name");
}

#[test]
fn a_library_is_copied_and_a_damaged_one_saved() {
    let home = tempfile::tempdir().unwrap();
    khabar(home.path(), &["import", "sample-data"], b"");
    khabar(home.path(), &["bookmark", "3", "--note", "kept"], b"");
    let many = lines(&khabar(home.path(), &["list", "in:all", "--json"], b"")).len();
    let copy = home.path().join("copy.db");
    let copy_name = copy.to_str().unwrap();
    assert_eq!(khabar(home.path(), &["backup", copy_name], b"").status.code(), Some(0));
    assert_sentence(&khabar(home.path(), &["backup", copy_name], b""), "is there already");
    assert!(out(&khabar(home.path(), &["doctor", "--repair"], b"")).contains("the library is sound"));
    // The copy is a library, with all that is in it.
    let other = tempfile::tempdir().unwrap();
    fs::create_dir_all(other.path().join("data")).unwrap();
    fs::copy(&copy, other.path().join("data/library.db")).unwrap();
    assert_eq!(lines(&khabar(other.path(), &["list", "in:all", "--json"], b"")).len(), many);
    // Pages in its middle are overwritten, as a failing disk does.
    let path = other.path().join("data/library.db");
    let mut bytes = fs::read(&path).unwrap();
    for page in (20..bytes.len() / 8192).step_by(7) {
        bytes[page * 8192..(page + 1) * 8192].fill(0x5A);
    }
    fs::write(&path, &bytes).unwrap();
    let repaired = khabar(other.path(), &["doctor", "--repair"], b"");
    assert_eq!(repaired.status.code(), Some(0), "{}", String::from_utf8_lossy(&repaired.stderr));
    assert!(out(&repaired).contains("articles were saved with their marks"), "{}", out(&repaired));
    let kept = lines(&khabar(other.path(), &["list", "in:all", "--json"], b"")).len();
    assert!(kept * 2 >= many, "{kept} of {many}");
    assert!(out(&khabar(other.path(), &["doctor", "--repair"], b"")).contains("the library is sound"));
    let damaged = fs::read_dir(other.path().join("data")).unwrap();
    let is_damaged = |entry: std::io::Result<fs::DirEntry>| {
        entry.unwrap().file_name().to_string_lossy().contains(".damaged-")
    };
    assert!(damaged.into_iter().any(is_damaged), "the damaged file is still there");
}

#[test]
fn completions_and_the_manual_know_the_commands() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&khabar(home.path(), &["completions", shell], b"")).contains("unbookmark"), "{shell}");
    }
    let manual = out(&khabar(home.path(), &["man"], b""));
    assert!(manual.contains(".TH khabar 1") && manual.contains("backup"));
}

#[test]
fn a_search_has_the_exact_spelling_first() {
    let home = tempfile::tempdir().unwrap();
    let feed = home.path().join("feed.xml");
    let item = |title: &str, day: u8| {
        format!(
            "<item><title>{title}</title><guid>{day}</guid><pubDate>{day} Nov 2026 08:00:00 GMT</pubDate><description>{title}</description></item>"
        )
    };
    let items: String =
        [("بالكرة", 9), ("كرة", 7), ("فكرة", 6), ("كره", 8)].map(|(title, day)| item(title, day)).concat();
    fs::write(&feed, format!("<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>"))
        .unwrap();
    khabar(home.path(), &["import", feed.to_str().unwrap()], b"");
    let titles = |arguments: &[&str]| -> Vec<String> {
        lines(&khabar(home.path(), arguments, b""))
            .iter()
            .map(|line| line["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles(&["search", "كرة", "--json"]), ["كرة", "كره", "بالكرة"]);
    assert_eq!(titles(&["list", "كرة", "--json"]), ["بالكرة", "كره", "كرة"]);
    assert_eq!(titles(&["list", "in:all", "--sort", "oldest", "--json"]), ["فكرة", "كرة", "كره", "بالكرة"]);
}
