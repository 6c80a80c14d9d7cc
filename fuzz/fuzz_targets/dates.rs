//! Any text as the values of facts: dates, times, money, numbers, in Arabic and in Persian.

#![no_main]

mod sound;

use khabar::article::{Entry, Format};

libfuzzer_sys::fuzz_target!(|value: &str| {
    let value = value.replace('\n', " ");
    let text = format!("خبر\n\nالبند\tالتفاصيل\nالتاريخ\t{value}\nالوقت\t{value}\nالسعر\t{value}\nالموعد\t{value}\n");
    let published = "2026-11-24T12:00:00Z".parse().ok();
    for language in ["ar", "fa"] {
        let entry = Entry { published, language: Some(language.to_owned()), ..Entry::default() };
        sound::check(text.as_bytes(), Format::Text, &entry);
    }
});
