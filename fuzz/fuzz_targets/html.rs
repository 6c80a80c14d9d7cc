//! Any bytes as an article of Html.

#![no_main]

mod sound;

use khabar::article::{Entry, Format};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sound::check(bytes, Format::Html, &Entry::default());
});
