//! What kind of document some bytes are, by their name and by themselves.

use std::path::Path;

use super::feed::looks_like_feed;
use super::opml::looks_like_opml;
use crate::article::Format;

/// Bytes of a document that are looked at.
const HEAD: usize = 2048;

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One article.
    Article(Format),
    /// A feed: RSS, Atom or JSON Feed.
    Feed,
    /// A list of feeds (OPML).
    Feeds,
    /// Articles of a library, one JSON object a line.
    Export,
    /// Nothing that can be read; what it looks like.
    Binary(&'static str),
}

/// Magic numbers of what is no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "an archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
];

/// What kind of document `bytes` are; `path` gives a hint.
pub(super) fn kind(path: Option<&Path>, bytes: &[u8]) -> Kind {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Kind::Binary(kind);
    }
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or(&[]);
    if head.contains(&0) && !is_utf_16(head) {
        return Kind::Binary("binary data");
    }
    let controls = head.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    if controls * 10 > head.len() && !is_utf_16(head) {
        return Kind::Binary("binary data");
    }
    let text = readable(head);
    if text.starts_with('<') && looks_like_opml(&text) {
        return Kind::Feeds;
    }
    if is_feed(&text) {
        return Kind::Feed;
    }
    match extension(path).as_deref() {
        Some("jsonl" | "ndjson") => Kind::Export,
        None | Some("json") if is_export(&text) => Kind::Export,
        Some("md" | "markdown") => Kind::Article(Format::Markdown),
        Some("html" | "htm" | "xhtml") => Kind::Article(Format::Html),
        Some("txt" | "text") => Kind::Article(Format::Text),
        _ if is_html(&text) => Kind::Article(Format::Html),
        _ => Kind::Article(Format::Text),
    }
}

/// Whether a file found in a folder is taken for an article by its name. A file that was named itself always is.
pub(super) fn is_candidate(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let known =
        ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "xml", "rss", "atom", "rdf", "json"];
    !hidden && extension(Some(path)).is_some_and(|own| known.contains(&own.as_str()))
}

/// Whether a file of a folder may be something else than an article without that being worth a word.
pub(super) fn is_doubtful(path: &Path) -> bool {
    extension(Some(path)).is_some_and(|own| matches!(own.as_str(), "json" | "xml"))
}

fn extension(path: Option<&Path>) -> Option<String> {
    Some(path?.extension()?.to_string_lossy().to_ascii_lowercase())
}

/// Whether bytes are UTF-16: a mark, or zeros in every other place only.
fn is_utf_16(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    (even == 0 || odd == 0) && even + odd > 0 && head.len() >= 8 && !has_two_zeros(head)
}

fn has_two_zeros(head: &[u8]) -> bool {
    head.windows(2).any(|pair| pair == [0, 0])
}

/// The head as text, whatever its encoding, for looking at ASCII marks.
fn readable(head: &[u8]) -> String {
    let ascii: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    String::from_utf8_lossy(&ascii).trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start().to_owned()
}

fn is_feed(head: &str) -> bool {
    (head.starts_with('<') && looks_like_feed(head))
        || (head.starts_with('{') && head.contains("jsonfeed.org/version"))
}

/// Whether it begins as the first line of an export does.
fn is_export(head: &str) -> bool {
    head.starts_with("{\"id\":") && head.contains(",\"title\":")
}

fn is_html(head: &str) -> bool {
    let start: String = head.chars().take(500).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.contains("<html")
        || start.contains("<body")
}
