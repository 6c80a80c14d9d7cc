//! Conformance: Unicode's own test files, run whole, and recordings of GNU FriBidi, against the functions that the
//! reader draws with. `data/` holds the files compressed; docs/licences.md says where they come from.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and says how many lines it ran"
)]

mod bidi;
mod breaks;
mod fribidi;

use std::path::Path;

/// A file of `data/`, unpacked.
fn unpacked(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/data").join(name);
    let packed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8(zstd::decode_all(packed.as_slice()).unwrap()).unwrap()
}

/// The lines of a test file that hold a case, with their numbers, without comments.
fn cases(file: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.lines().enumerate().map(|(at, line)| (at + 1, line.split('#').next().unwrap().trim()));
    lines.filter(|(_, line)| !line.is_empty())
}

/// Characters from their code points in hexadecimal, parted by spaces.
fn text_of(codes: &str) -> String {
    codes.split_ascii_whitespace().map(|code| u32::from_str_radix(code, 16).unwrap()).map(char_of).collect()
}

fn char_of(code: u32) -> char {
    char::from_u32(code).unwrap_or_else(|| panic!("U+{code:04X} is no scalar value"))
}

/// What came of a file: says it, and fails with the first lines that did not pass.
fn judge(name: &str, run: usize, failed: &[String]) {
    println!("{name}: {run} run, {} passed", run - failed.len());
    let shown = failed.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    assert!(failed.is_empty(), "{} of {run} of {name} failed:\n{shown}", failed.len());
}
