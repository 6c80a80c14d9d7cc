//! Exports of a library, read: JSON Lines as `khabar export --format json` prints them, an article a line. A body comes back
//! byte for byte, with what was declared of it, where it came from and what the person had decided. Lines of other programs
//! with a title and a text are read, too. A line that cannot be read is one sentence with its number, and the rest is read.
//! An export is as little trusted as any file: its addresses, dates and names are believed as far as a feed's are.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::feed::one_line;
use super::limits::{ADDRESS_BYTES, NAME_CHARACTERS, TITLE_CHARACTERS};
use super::sniff::{Kind, kind};
use super::{Incoming, IngestError, body};
use crate::article::{Body, Bookmark, Entry, Format, Marks, Origin, is_followed, tags_of};
use crate::text::Direction;

/// Bytes of a line that is read.
const LINE_BYTES: usize = 32 << 20;
/// Bytes of a file that are looked at, to know what it is.
const HEAD: u64 = 4096;
/// Lines that cannot be read and are told one by one.
const TOLD: usize = 100;
/// Characters of a note that are kept.
const NOTE_CHARACTERS: usize = 10_000;
/// Bytes of a path or an id that tells an article from others.
const ORIGIN_BYTES: usize = 8_192;
/// Tags of an article that are kept.
const TAGS: usize = 200;

/// An article of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// What comes in.
    pub incoming: Incoming,
    /// When it had come in, where the export says.
    pub received: Option<Timestamp>,
    /// What the person had decided of it.
    pub marks: Marks,
}

/// An export that is to be read, a line at a time: it may be larger than memory.
pub struct Export {
    name: String,
    lines: Box<dyn BufRead + Send>,
    standard_input: bool,
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Export {
    /// The file at `path`, where it is an export; nothing where it is something else or cannot be read.
    pub fn of_file(path: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        let mut head = Vec::new();
        let mut file = File::open(path).ok()?;
        Read::by_ref(&mut file).take(HEAD).read_to_end(&mut head).ok()?;
        let lines = Box::new(BufReader::new(Cursor::new(head.clone()).chain(file)));
        let name = path.display().to_string();
        (kind(Some(path), &head) == Kind::Export).then_some(Self { name, lines, standard_input: false })
    }

    /// Standard input, where its first bytes are an export's; else the bytes again.
    ///
    /// # Errors
    /// The bytes, where they are something else.
    pub fn of_standard_input(head: Vec<u8>) -> Result<Self, Vec<u8>> {
        if kind(None, &head) != Kind::Export {
            return Err(head);
        }
        let lines = Box::new(BufReader::new(Cursor::new(head).chain(io::stdin())));
        Ok(Self { name: "standard input".to_owned(), lines, standard_input: true })
    }

    /// Whether it comes by standard input.
    pub fn is_standard_input(&self) -> bool {
        self.standard_input
    }

    /// Reads it: each article, and each line that is none, goes to `sink`. No date is believed that is later than `now`.
    pub fn read(self, now: Timestamp, sink: &mut dyn FnMut(Result<Exported, IngestError>)) {
        read_lines(&self.name, self.lines, now, sink);
    }
}

/// Reads the lines of an export that is in memory, for tests that feed it anything.
#[doc(hidden)]
pub fn export_lines(bytes: &[u8], now: Timestamp, sink: &mut dyn FnMut(Result<Exported, IngestError>)) {
    read_lines("export", bytes, now, sink);
}

/// Reads the lines of an export.
pub(super) fn read_lines(
    name: &str,
    mut lines: impl BufRead,
    now: Timestamp,
    sink: &mut dyn FnMut(Result<Exported, IngestError>),
) {
    let (mut number, mut bad) = (0_usize, 0_usize);
    let mut line = Vec::new();
    loop {
        number += 1;
        let outcome = match next_line(&mut lines, &mut line) {
            Ok(Step::End) => break,
            Ok(Step::TooLong) => Err(format!(
                "it has more than {} MB, and lines of at most so many are read",
                LINE_BYTES >> 20
            )),
            Ok(Step::Line) => {
                let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
                if text.is_empty() {
                    continue;
                }
                exported(text, now)
            }
            Err(error) => {
                let reason = error.to_string().split(" (os error").next().unwrap_or_default().to_owned();
                return sink(Err(IngestError::Unreadable { path: name.to_owned(), reason }));
            }
        };
        match outcome {
            Ok(exported) => sink(Ok(exported)),
            Err(reason) => {
                bad += 1;
                if bad <= TOLD {
                    sink(Err(IngestError::ExportLine { path: name.to_owned(), line: number, reason }));
                }
            }
        }
    }
    if bad > TOLD {
        sink(Err(IngestError::ExportLines { path: name.to_owned(), more: bad - TOLD }));
    }
}

/// What was read of a file of lines.
enum Step {
    Line,
    TooLong,
    End,
}

/// Reads the next line into `line`; of one that is too long nothing is kept.
fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Step> {
    line.clear();
    let most = u64::try_from(LINE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let read = Read::by_ref(lines).take(most).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(Step::End);
    }
    if read <= LINE_BYTES || line.ends_with(b"\n") {
        return Ok(Step::Line);
    }
    line.clear();
    line.shrink_to(1 << 20);
    loop {
        let some = lines.fill_buf()?;
        let (passed, ended) = match some.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (some.len(), some.is_empty()),
        };
        lines.consume(passed);
        if ended {
            return Ok(Step::TooLong);
        }
    }
}

/// The article of a line.
///
/// # Errors
/// What is wrong with it.
fn exported(line: &[u8], now: Timestamp) -> Result<Exported, String> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| format!("it is no JSON at column {}", error.column().max(1)))?;
    let Value::Object(mut own) = value else { return Err("it is no object".to_owned()) };
    let declared = match own.remove("declared") {
        Some(Value::Object(declared)) => Some(declared),
        _ => None,
    };
    let body = body_of(&mut own)?;
    let entry = entry_of(declared.as_ref().unwrap_or(&own), now);
    let origin = origin_of(&own, &entry, &body)?;
    let received = time(&own, "received", now);
    Ok(Exported {
        marks: marks_of(&own),
        incoming: Incoming { origin, entry, body, modified: None },
        received,
    })
}

/// The body as it came, else the text.
fn body_of(own: &mut Map<String, Value>) -> Result<Body, String> {
    let (bytes, format) = match own.remove("body") {
        Some(Value::Object(mut own)) => {
            let format = match own.get("format").and_then(Value::as_str) {
                Some("text") => Format::Text,
                Some("html") => Format::Html,
                Some("markdown") => Format::Markdown,
                _ => return Err("its body is neither text, html nor markdown".to_owned()),
            };
            let bytes = match (own.remove("text"), own.remove("base64")) {
                (Some(Value::String(text)), _) => text.into_bytes(),
                (_, Some(Value::String(text))) => {
                    STANDARD.decode(text).map_err(|_| "its body is no base64".to_owned())?
                }
                _ => return Err("its body has no text".to_owned()),
            };
            (bytes, format)
        }
        _ => match own.remove("text") {
            Some(Value::String(text)) => (text.into_bytes(), Format::Text),
            _ => {
                return Err(
                    "it has no text; give what `khabar export --format json` printed, not a list or facts"
                        .to_owned(),
                );
            }
        },
    };
    Ok(body(bytes, format))
}

fn entry_of(own: &Map<String, Value>, now: Timestamp) -> Entry {
    let name = |member: &str, most: usize| {
        text(own, member).map(|text| one_line(text, most)).filter(|name| !name.is_empty())
    };
    Entry {
        title: name("title", TITLE_CHARACTERS),
        source: name("source", NAME_CHARACTERS),
        author: name("author", NAME_CHARACTERS),
        published: time(own, "published", now),
        language: name("language", NAME_CHARACTERS),
        direction: direction(own, "direction"),
        url: text(own, "url").filter(|url| url.len() <= ADDRESS_BYTES && is_followed(url)).map(str::to_owned),
        charset: name("charset", NAME_CHARACTERS),
    }
}

/// Where it came from; without a word of that, its address, else what it says.
fn origin_of(own: &Map<String, Value>, entry: &Entry, body: &Body) -> Result<Origin, String> {
    let Some(origin) = own.get("origin") else {
        return Ok(entry.url.clone().map_or_else(|| Origin::Stdin(body.hash.clone()), Origin::Url));
    };
    let part = |member: &str| origin.get(member).and_then(Value::as_str);
    let found = match (part("file"), part("feed"), part("guid"), part("url"), part("stdin")) {
        (Some(path), ..) => Origin::File(path.to_owned()),
        (_, Some(feed), Some(guid), ..) => Origin::Feed { feed: feed.to_owned(), guid: guid.to_owned() },
        (_, _, _, Some(url), _) if is_followed(url) => Origin::Url(url.to_owned()),
        (.., Some(_)) => Origin::Stdin(body.hash.clone()),
        _ => return Err("its origin is none that is known".to_owned()),
    };
    let key = found.key();
    // A file's name may hold anything; what a feed or an address is called does not.
    let bad = key.len() > ORIGIN_BYTES
        || key.contains('\0')
        || (!matches!(found, Origin::File(_)) && key.chars().any(char::is_control));
    if bad { Err("its origin is none that is known".to_owned()) } else { Ok(found) }
}

fn marks_of(own: &Map<String, Value>) -> Marks {
    let is = |member: &str| own.get(member).and_then(Value::as_bool);
    let note = text(own, "note").map(|note| {
        note.chars().filter(|c| !c.is_control() || *c == '\n').take(NOTE_CHARACTERS).collect::<String>()
    });
    let due = text(own, "due").and_then(|day| day.parse().ok());
    let tags = own.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    Marks {
        read: is("unread") == Some(false),
        done: is("done") == Some(true),
        archived: is("archived") == Some(true),
        muted: is("muted") == Some(true),
        bookmark: (is("bookmarked") == Some(true))
            .then(|| Bookmark { note: note.filter(|note| !note.is_empty()), due }),
        direction: direction(own, "direction_set"),
        tags: tags.take(TAGS).flat_map(|tag| tags_of(&one_line(tag, NAME_CHARACTERS))).collect(),
        apart: is("apart") == Some(true),
    }
}

fn text<'a>(own: &'a Map<String, Value>, member: &str) -> Option<&'a str> {
    own.get(member)?.as_str()
}

fn direction(own: &Map<String, Value>, member: &str) -> Option<Direction> {
    match text(own, member)? {
        "rtl" => Some(Direction::Rtl),
        "ltr" => Some(Direction::Ltr),
        _ => None,
    }
}

/// A time that can be true: none before 1970 and none of the days to come.
fn time(own: &Map<String, Value>, member: &str, now: Timestamp) -> Option<Timestamp> {
    let time: Timestamp = text(own, member)?.parse().ok()?;
    let latest = now.saturating_add(SignedDuration::from_hours(48)).unwrap_or(now);
    (Timestamp::UNIX_EPOCH..=latest).contains(&time).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text comes to: the titles, and the sentences.
    fn read(text: &[u8]) -> (Vec<Exported>, Vec<String>) {
        let (mut found, mut said) = (Vec::new(), Vec::new());
        let now = "2026-11-27T00:00:00Z".parse().unwrap();
        read_lines("e.jsonl", text, now, &mut |outcome| match outcome {
            Ok(exported) => found.push(exported),
            Err(error) => said.push(error.to_string()),
        });
        (found, said)
    }

    #[test]
    fn each_bad_line_costs_a_sentence_with_its_number() {
        let text = b"\xef\xbb\xbf{\"title\":\"a\",\"text\":\"a\\n\\nb\"}\n\n[1]\n{\"id\":1,\n{\"id\":1,\"title\":\"x\"}\n\
                     {\"body\":{\"format\":\"exe\",\"text\":\"\"}}\n{\"body\":{\"format\":\"html\",\"base64\":\"!\"}}\n\
                     {\"text\":\"x\",\"origin\":{\"url\":\"javascript:alert(1)\"}}\n{\"text\":\"last\"}";
        let (found, said) = read(text);
        assert_eq!(found.len(), 2);
        let numbers: Vec<&str> =
            said.iter().map(|said| said.split("line ").nth(1).unwrap().split(' ').next().unwrap()).collect();
        assert_eq!(numbers, ["3", "4", "5", "6", "7", "8"], "{said:?}");
        assert!(said[2].contains("it has no text; give what"), "{said:?}");
    }

    #[test]
    fn what_a_hostile_line_says_is_believed_as_a_feed_is() {
        let line = r#"{"text":"x","title":"a\u001b[2J\nb","url":"file:///etc/passwd","published":"9999-01-01T00:00:00Z","received":"9999-01-01T00:00:00Z","bookmarked":true,"note":"n\u001b]0;t\u0007","due":"soon","tags":["a\u0000b, c",7],"direction":"up","unread":"no"}"#;
        let (found, said) = read(line.as_bytes());
        assert!(said.is_empty(), "{said:?}");
        let Exported { incoming, received, marks } = &found[0];
        assert_eq!(incoming.entry.title.as_deref(), Some("a [2J b"));
        assert_eq!((&incoming.entry.url, incoming.entry.published, *received), (&None, None, None));
        assert!(matches!(incoming.origin, Origin::Stdin(_)));
        assert_eq!(marks.bookmark, Some(Bookmark { note: Some("n]0;t".into()), due: None }));
        assert_eq!((marks.tags.clone(), marks.read), (tags_of("a b,c"), false));
    }

    #[test]
    fn depth_length_and_number_of_bad_lines_have_limits() {
        let mut text = vec![b'['; 100_000];
        text.push(b'\n');
        text.extend(std::iter::repeat_n(b'x', LINE_BYTES + 5));
        text.extend(b"\n{\"text\":\"good\"}\n");
        text.extend(b"?\n".repeat(TOLD + 40));
        let (found, said) = read(&text);
        assert_eq!((found.len(), said.len()), (1, TOLD + 1));
        assert!(said[1].contains("line 2 ") && said[1].contains("32 MB"), "{}", said[1]);
        assert!(said[TOLD].contains("42 more lines"), "{}", said[TOLD]);
    }
}
