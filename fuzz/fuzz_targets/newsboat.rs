//! Any text is read as newsboat's list of feeds and as its configuration.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let settings = khabar::ingest::newsboat_texts(text, text);
    assert!(settings.feeds.iter().all(|feed| !feed.address.is_empty()));
});
