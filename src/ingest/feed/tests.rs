//! Laws of feed documents that need the room's inside; documents of all kinds and faults are in `tests/feeds`.

use super::*;

fn read(bytes: &[u8]) -> (Vec<Incoming>, Result<FeedRead, IngestError>) {
    let now = "2026-11-27T00:00:00Z".parse().unwrap();
    let document =
        Document { name: "https://a.example/feed", bytes, charset: None, address: None, now, modified: None };
    let mut entries = Vec::new();
    let read = read_feed(&document, &Limits::default(), &mut |incoming| entries.push(incoming));
    (entries, read)
}

const HEAD: &str = "<rss version=\"2.0\"><channel><title>T</title>";

#[test]
fn a_document_cut_anywhere_gives_its_whole_entries() {
    let items: String = (0..5)
        .map(|n| format!("<item><title>خبر {n}</title><guid>g{n}</guid><description><![CDATA[<p>نص {n}</p>]]></description></item>"))
        .collect();
    let whole = format!("{HEAD}{items}</channel></rss>");
    for cut in (HEAD.len()..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
        let part = &whole[..cut];
        let expected = part.matches("</item>").count();
        let (entries, read) = read(part.as_bytes());
        assert_eq!(entries.len(), expected, "{part}");
        assert!(read.is_ok() || expected == 0, "{read:?}");
        for (n, entry) in entries.iter().enumerate() {
            assert_eq!(entry.entry.title.as_deref(), Some(format!("خبر {n}").as_str()));
            assert_eq!(entry.body.bytes, format!("<p>نص {n}</p>").into_bytes());
        }
    }
}

#[test]
fn one_damaged_entry_costs_only_itself() {
    let good = "<item><title>good</title></item>";
    for bad in [
        "<item><title>bad</title><description>a </ b</description></item>",
        "<item><title>bad<!-- never ended</title></item>",
        "<item><title>bad</titel><b><i></item>",
        "<item><title>bad & worse &undefined; </title></item>",
        "<item><title>bad <<< </title></item>",
        "<item><",
    ] {
        let (entries, _) = read(format!("{HEAD}{good}{bad}{good}{good}</channel></rss>").as_bytes());
        let whole = entries.iter().filter(|entry| entry.entry.title.as_deref() == Some("good")).count();
        assert!(whole >= 1, "{bad}: {entries:?}");
    }
}

#[test]
fn entities_are_characters_and_nothing_else() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel>\
                <item><title>&b; &x; &copy; &#1575; &amp;</title></item></channel></rss>";
    let (entries, _) = read(bomb.as_bytes());
    assert_eq!(entries[0].entry.title.as_deref(), Some("&b; &x; © ا &"));
}

#[test]
fn more_entries_than_are_read_are_left_out_with_a_word() {
    let items = "<item><title>t</title><guid>x</guid></item>".repeat(3);
    let many: String = (0..200).map(|n| items.replace('x', &format!("{n}-"))).collect();
    let limits = Limits { entries: 50, ..Limits::default() };
    let text = format!("{HEAD}{many}</channel></rss>");
    let now = Timestamp::UNIX_EPOCH;
    let document =
        Document { name: "f", bytes: text.as_bytes(), charset: None, address: None, now, modified: None };
    let mut count = 0;
    let read = read_feed(&document, &limits, &mut |_| count += 1).unwrap();
    assert!(count <= 50);
    assert!(read.warnings.iter().any(|said| said.contains("more than 50 entries")), "{:?}", read.warnings);
}

#[test]
fn people_are_their_names() {
    for (text, name) in [
        ("desk@news.example (Layla Hasan)", "Layla Hasan"),
        ("Layla Hasan <desk@news.example>", "Layla Hasan"),
        ("ليلى حسن", "ليلى حسن"),
        ("desk@news.example", "desk@news.example"),
        ("Layla (Kuwait)", "Layla (Kuwait)"),
    ] {
        assert_eq!(person(text), name);
    }
}

#[test]
fn documents_made_to_take_long_do_not() {
    // Each would take minutes where a place that cannot be read, or a text, cost a look at all of the document.
    let sections = format!("{HEAD}{}", "<item><![CDATA[".repeat(200_000));
    let comments = format!("{HEAD}{}", "<item><!-- ".repeat(200_000));
    let spaces = format!("{HEAD}<item><title>{}</title></item></channel></rss>", " &#32;".repeat(500_000));
    let deep = format!("{HEAD}<item>{}</item></channel></rss>", "<a>".repeat(500_000));
    let ends = format!("{HEAD}<item>{}</item></channel></rss>", "</a>".repeat(500_000));
    let spread = format!("<rss {}><channel><item/></channel></rss>", "xmlns:a='b' ".repeat(100_000));
    for text in [sections, comments, spaces, deep, ends, spread] {
        let (entries, _) = read(text.as_bytes());
        assert!(entries.len() <= 1);
    }
    let json = format!("{{\"items\":[{}]}}", "[],".repeat(2 << 20));
    let (_, read) = read(json.as_bytes());
    assert!(read.unwrap_err().to_string().contains("JSON of more than 4 MB"));
}
