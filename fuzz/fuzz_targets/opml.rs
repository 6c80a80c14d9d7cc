//! Any bytes as a list of feeds: addresses are of the web, and what is read comes back when it is written.

#![no_main]

use khabar::ingest::{read_opml, write_opml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((feeds, _)) = read_opml("list.opml", bytes) else { return };
    for feed in &feeds {
        assert!(feed.address.starts_with("http://") || feed.address.starts_with("https://"), "{feed:?}");
        let settings = &feed.settings;
        let texts = settings.folder.iter().chain(&settings.tags).chain(&settings.name).chain(&feed.title);
        for text in texts {
            assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
    let written = write_opml(&feeds);
    let (again, said) = read_opml("again.opml", written.as_bytes()).unwrap();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(again.len(), feeds.len());
    assert_eq!(write_opml(&again), written);
});
