//! Any bytes as an export of a library: what is read is in order, and each line is an article or one sentence.

#![no_main]

use khabar::article::Origin;
use khabar::ingest::export_lines;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let now = "2026-11-27T00:00:00Z".parse().unwrap();
    let (mut articles, mut sentences) = (0, 0);
    export_lines(bytes, now, &mut |outcome| match outcome {
        Ok(exported) => {
            articles += 1;
            let entry = &exported.incoming.entry;
            for text in [&entry.title, &entry.source, &entry.author, &entry.language].into_iter().flatten() {
                assert!(!text.chars().any(char::is_control) && text.chars().count() <= 1001, "{text:?}");
            }
            let latest = "2026-11-29T00:00:00Z".parse().unwrap();
            for time in [entry.published, exported.received].into_iter().flatten() {
                assert!(time.as_second() >= 0 && time <= latest, "{time}");
            }
            let origin = &exported.incoming.origin;
            assert!(matches!(origin, Origin::File(_)) || !origin.key().chars().any(char::is_control));
            assert!(exported.marks.tags.iter().all(|tag| !tag.chars().any(char::is_control)));
        }
        Err(error) => {
            sentences += 1;
            assert!(!error.to_string().is_empty());
        }
    });
    let lines = bytes.split(|byte| *byte == b'\n').count();
    assert!(articles + sentences <= lines && sentences <= 101);
});
