//! Any bytes as a feed document, with any header: what is read is in order, and nothing that drives a terminal or runs is
//! declared.

#![no_main]

use khabar::ingest::{Document, Incoming, Limits, address_of, read_feed};
use libfuzzer_sys::fuzz_target;

/// What must hold of every entry.
fn check(incoming: &Incoming) {
    let entry = &incoming.entry;
    for text in [&entry.title, &entry.author, &entry.source, &entry.language].into_iter().flatten() {
        assert!(!text.chars().any(char::is_control) && text.chars().count() <= 1001, "{text:?}");
    }
    if let Some(url) = &entry.url {
        assert!((url.starts_with("http://") || url.starts_with("https://")) && url.len() < 65_536, "{url}");
    }
    if let Some(published) = entry.published {
        assert!((86_400..=1_795_830_000).contains(&published.as_second()), "{published}");
    }
    assert!(!incoming.origin.key().chars().any(|c| c.is_control()));
}

fuzz_target!(|bytes: &[u8]| {
    let charset = match bytes.first() {
        Some(0..=63) => Some("windows-1256"),
        Some(64..=90) => Some("utf-16"),
        Some(91..=99) => Some("no such charset"),
        _ => None,
    };
    let address = address_of("https://a.example/dir/feed").unwrap();
    let document = Document {
        name: "https://a.example/dir/feed",
        bytes,
        charset,
        address: Some(&address),
        now: "2026-11-27T00:00:00Z".parse().unwrap(),
        modified: None,
    };
    let limits = Limits { entries: 50, ..Limits::default() };
    let mut entries = 0;
    let read = read_feed(&document, &limits, &mut |incoming| {
        check(&incoming);
        entries += 1;
    });
    if let Ok(read) = read {
        assert!(read.entries == entries && entries <= 50);
    }
});
