//! How domain types stand in rows: small JSON with names that stay. The domain's own types are not `Serialize`,
//! so they can change without the library. Knows no SQL.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::article::{Bookmark, Entry, Evidence, Format, Marks, Method, Span};
use crate::text::Direction;

/// Reads a row's JSON; what cannot be read is damage.
pub(super) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Damaged)
}

/// Writes a row's JSON.
pub(super) fn write<T: Serialize>(row: &T) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::Fault(error.to_string()))
}

/// A time as microseconds.
pub(super) fn time_in(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// The time of microseconds.
pub(super) fn time_out(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|_| StoreError::Damaged)
}

/// A direction as a number.
pub(super) fn direction_in(direction: Option<Direction>) -> Option<i64> {
    direction.map(|direction| match direction {
        Direction::Ltr => 0,
        Direction::Rtl => 1,
    })
}

/// The direction of a number.
pub(super) fn direction_out(number: Option<i64>) -> Result<Option<Direction>, StoreError> {
    match number {
        None => Ok(None),
        Some(0) => Ok(Some(Direction::Ltr)),
        Some(1) => Ok(Some(Direction::Rtl)),
        Some(_) => Err(StoreError::Damaged),
    }
}

/// A format as a number.
pub(super) fn format_in(format: Format) -> i64 {
    match format {
        Format::Text => 0,
        Format::Html => 1,
        Format::Markdown => 2,
    }
}

/// The format of a number.
pub(super) fn format_out(number: i64) -> Result<Format, StoreError> {
    match number {
        0 => Ok(Format::Text),
        1 => Ok(Format::Html),
        2 => Ok(Format::Markdown),
        _ => Err(StoreError::Damaged),
    }
}

/// A method as a number.
pub(super) fn method_in(method: Method) -> i64 {
    match method {
        Method::Html => 0,
        Method::Delimited => 1,
        Method::Flattened => 2,
        Method::Person => 3,
    }
}

/// The method of a number.
pub(super) fn method_out(number: i64) -> Result<Method, StoreError> {
    match number {
        0 => Ok(Method::Html),
        1 => Ok(Method::Delimited),
        2 => Ok(Method::Flattened),
        3 => Ok(Method::Person),
        _ => Err(StoreError::Damaged),
    }
}

/// [`Entry`], with times as RFC 3339.
#[derive(Serialize, Deserialize)]
pub(super) struct EntryRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    charset: Option<String>,
}

impl From<&Entry> for EntryRow {
    fn from(entry: &Entry) -> Self {
        Self {
            title: entry.title.clone(),
            source: entry.source.clone(),
            author: entry.author.clone(),
            published: entry.published.map(|time| time.to_string()),
            language: entry.language.clone(),
            direction: direction_in(entry.direction),
            url: entry.url.clone(),
            charset: entry.charset.clone(),
        }
    }
}

impl EntryRow {
    /// The entry again.
    pub(super) fn entry(self) -> Result<Entry, StoreError> {
        Ok(Entry {
            title: self.title,
            source: self.source,
            author: self.author,
            published: instant(self.published)?,
            language: self.language,
            direction: direction_out(self.direction)?,
            url: self.url,
            charset: self.charset,
        })
    }
}

/// The time of an RFC 3339 text.
pub(super) fn instant(text: Option<String>) -> Result<Option<Timestamp>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Damaged)).transpose()
}

/// [`Marks`], as the journal keeps them; what is not set is not written.
#[derive(Serialize, Deserialize)]
pub(super) struct MarksRow {
    #[serde(default, skip_serializing_if = "is_false")]
    read: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    done: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    archived: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    muted: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bookmark: Option<BookmarkRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<i64>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    tags: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    apart: bool,
}

/// [`Bookmark`], with its day as ISO 8601.
#[derive(Serialize, Deserialize)]
struct BookmarkRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl From<&Marks> for MarksRow {
    fn from(marks: &Marks) -> Self {
        Self {
            read: marks.read,
            done: marks.done,
            archived: marks.archived,
            muted: marks.muted,
            bookmark: marks.bookmark.as_ref().map(|bookmark| BookmarkRow {
                note: bookmark.note.clone(),
                due: bookmark.due.map(|day| day.to_string()),
            }),
            direction: direction_in(marks.direction),
            tags: marks.tags.clone(),
            apart: marks.apart,
        }
    }
}

impl MarksRow {
    /// The marks again.
    pub(super) fn marks(self) -> Result<Marks, StoreError> {
        let bookmark = match self.bookmark {
            Some(row) => Some(Bookmark { note: row.note, due: day(row.due)? }),
            None => None,
        };
        Ok(Marks {
            read: self.read,
            done: self.done,
            archived: self.archived,
            muted: self.muted,
            bookmark,
            direction: direction_out(self.direction)?,
            tags: self.tags,
            apart: self.apart,
        })
    }
}

/// The day of an ISO 8601 text.
pub(super) fn day(text: Option<String>) -> Result<Option<Date>, StoreError> {
    text.map(|text| text.parse().map_err(|_| StoreError::Damaged)).transpose()
}

/// A span as two numbers.
pub(super) type Pair = (usize, usize);

/// A span's numbers.
pub(super) fn pair(span: Span) -> Pair {
    (span.start, span.end)
}

/// The span of two numbers.
pub(super) fn span(pair: Pair) -> Span {
    Span::new(pair.0, pair.1)
}

/// [`Evidence`]: key, value, row, table and row index, sentence, contradiction.
#[derive(Serialize, Deserialize)]
pub(super) struct EvidenceRow(
    Pair,
    Pair,
    Pair,
    Option<Pair>,
    Option<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<Pair>,
);

impl From<&Evidence> for EvidenceRow {
    fn from(evidence: &Evidence) -> Self {
        Self(
            pair(evidence.key),
            pair(evidence.value),
            pair(evidence.row),
            evidence.table,
            evidence.sentence.map(pair),
            evidence.contradiction.map(pair),
        )
    }
}

impl EvidenceRow {
    /// The evidence again.
    pub(super) fn evidence(self) -> Evidence {
        Evidence {
            key: span(self.0),
            value: span(self.1),
            row: span(self.2),
            table: self.3,
            sentence: self.4.map(span),
            contradiction: self.5.map(span),
        }
    }
}
