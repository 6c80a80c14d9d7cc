//! Unicode's own tests, whole, against the functions that the reader uses: BidiTest.txt and BidiCharacterTest.txt
//! (UAX #9, Unicode 16.0, the version of unicode-bidi 0.3.18), LineBreakTest.txt (UAX #14) and GraphemeBreakTest.txt
//! (UAX #29; both Unicode 17.0, the version of ICU4X 2.4 and unicode-segmentation 1.13). And lines whose expectations
//! were recorded from GNU FriBidi. The files are as Debian's package `unicode-data` ships them, compressed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod bidi;
mod breaks;
mod fribidi;

/// The text of one of Unicode's files.
fn data(name: &str) -> String {
    let path = format!("{}/tests/conformance/data/{name}.zst", env!("CARGO_MANIFEST_DIR"));
    let bytes = zstd::decode_all(std::fs::File::open(path).unwrap()).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The lines of a file that are no comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}
