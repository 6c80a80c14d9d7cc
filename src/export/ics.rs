//! Follow-ups as iCalendar (RFC 5545): a to-do an article, due on its day. Own code: the format's text, folding and
//! escaping are a page, and what a crate would add (recurrence, alarms, time zones) is not needed.

use jiff::Timestamp;

use super::harmless;
use crate::article::{Headline, Origin};

/// Octets of a content line, its end apart (RFC 5545, 3.1).
const LINE: usize = 75;

/// What stands before the to-dos.
pub fn begin() -> String {
    let mut lines = Lines::default();
    lines.property("BEGIN", "VCALENDAR");
    lines.property("VERSION", "2.0");
    lines.property("PRODID", concat!("-//khabar//khabar ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.0
}

/// What stands behind them.
pub fn end() -> String {
    let mut lines = Lines::default();
    lines.property("END", "VCALENDAR");
    lines.0
}

/// A bookmarked article as a to-do: its title, its note, its address, its tags, its day. `origin` makes its identity, so
/// that a calendar that takes it twice has it once; `now` is when it was made.
pub fn to_do(headline: &Headline, origin: &Origin, url: Option<&str>, now: Timestamp) -> String {
    let mut lines = Lines::default();
    let bookmark = headline.marks.bookmark.as_ref();
    lines.property("BEGIN", "VTODO");
    lines.property("UID", &text(&format!("khabar:{}", origin.key())));
    lines.property("DTSTAMP", &now.strftime("%Y%m%dT%H%M%SZ").to_string());
    lines.property("SUMMARY", &text(&headline.title));
    if let Some(note) = bookmark.and_then(|bookmark| bookmark.note.as_deref()) {
        lines.property("DESCRIPTION", &text(note));
    }
    if let Some(day) = bookmark.and_then(|bookmark| bookmark.due) {
        lines.property("DUE;VALUE=DATE", &day.strftime("%Y%m%d").to_string());
    }
    // A URI is not escaped (3.3.13), and has no control characters.
    if let Some(url) = url.filter(|url| url.chars().all(|c| c.is_ascii_graphic())) {
        lines.property("URL", url);
    }
    let tags: Vec<String> = headline.marks.tags.iter().map(|tag| text(tag)).collect();
    if !tags.is_empty() {
        lines.property("CATEGORIES", &tags.join(","));
    }
    lines.property("STATUS", "NEEDS-ACTION");
    lines.property("END", "VTODO");
    lines.0
}

/// Content lines.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Adds a property, folded: a line has at most 75 octets, the next begins with a space, and no character is cut.
    fn property(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for part in [name, ":", value] {
            for c in part.chars() {
                if octets + c.len_utf8() > LINE {
                    self.0.push_str("\r\n ");
                    octets = 1;
                }
                self.0.push(c);
                octets += c.len_utf8();
            }
        }
        self.0.push_str("\r\n");
    }
}

/// A TEXT value (3.3.11): backslash, semicolon, comma and line feed are escaped; no other control character is in it.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in harmless(value.trim()).chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Bookmark, Marks};

    fn headline(title: &str, note: Option<&str>, due: Option<&str>) -> Headline {
        Headline {
            id: ArticleId(1),
            title: title.into(),
            source: None,
            published: Timestamp::UNIX_EPOCH,
            direction: None,
            language: None,
            marks: Marks {
                bookmark: Some(Bookmark {
                    note: note.map(str::to_owned),
                    due: due.map(|day| day.parse().unwrap()),
                }),
                tags: ["الخليج".to_owned(), "a,b".to_owned()].into(),
                ..Marks::default()
            },
            facts: 0,
            words: 0,
        }
    }

    #[test]
    fn a_follow_up_is_a_to_do() {
        let origin = Origin::Url("https://a.example/1".into());
        let line = headline("الكويت; الصين", Some("call,\nthen \\ wait\u{1b}[2J"), Some("2026-12-01"));
        let to_do = to_do(&line, &origin, Some("https://a.example/1"), Timestamp::UNIX_EPOCH);
        assert_eq!(
            to_do,
            "BEGIN:VTODO\r\nUID:khabar:url:https://a.example/1\r\nDTSTAMP:19700101T000000Z\r\n\
             SUMMARY:الكويت\\; الصين\r\nDESCRIPTION:call\\,\\nthen \\\\ wait[2J\r\nDUE;VALUE=DATE:20261201\r\n\
             URL:https://a.example/1\r\nCATEGORIES:a\\,b,الخليج\r\nSTATUS:NEEDS-ACTION\r\nEND:VTODO\r\n"
        );
        assert!(begin().starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//khabar//"));
        assert_eq!(end(), "END:VCALENDAR\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let title = "خبر طويل ".repeat(40);
        let origin = Origin::File("/a".into());
        let to_do = to_do(&headline(&title, None, None), &origin, None, Timestamp::UNIX_EPOCH);
        assert!(to_do.split("\r\n").all(|line| line.len() <= LINE));
        let unfolded = to_do.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}\r\n", title.trim())));
        assert!(!to_do.contains("DUE"));
    }
}
