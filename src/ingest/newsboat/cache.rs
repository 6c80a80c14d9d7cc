//! newsboat's cache database (SQLite, versions 2.10 to 2.40), read-only.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Row};

use super::super::{Incoming, IngestError, body};
use crate::article::{Entry, Format, Origin, is_followed};
use crate::text::Direction;

/// Articles that newsboat shows; those deleted there are gone here too.
const ITEMS: &str = "SELECT i.guid, i.feedurl, i.title, i.author, i.url, i.pubDate, i.content, i.unread, \
                     coalesce(i.flags, ''), f.title, f.is_rtl FROM rss_item i \
                     LEFT JOIN rss_feed f ON f.rssurl = i.feedurl WHERE i.deleted = 0 ORDER BY i.feedurl, i.pubDate DESC";

/// What the person did to an article in newsboat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsboatMark {
    /// The article.
    pub origin: Origin,
    /// It was read.
    pub read: bool,
    /// Its flags: letters.
    pub flags: String,
}

/// Reads the articles of a cache: each, and each thing that could not be read, goes to `sink`.
pub fn read_newsboat(path: &Path, sink: &mut dyn FnMut(Result<Incoming, IngestError>)) {
    let read = each(path, &mut |row| {
        sink(Ok(incoming(row)?));
        Ok(())
    });
    if let Err(error) = read {
        sink(Err(error));
    }
}

/// What was done to the articles of a cache: of those that were read or flagged.
///
/// # Errors
/// Where the cache cannot be read.
pub fn newsboat_marks(path: &Path) -> Result<Vec<NewsboatMark>, IngestError> {
    let mut marks = Vec::new();
    each(path, &mut |row| {
        let mark =
            NewsboatMark { origin: origin(row)?, read: row.get::<_, i64>(7)? == 0, flags: text(row, 8)? };
        if mark.read || !mark.flags.is_empty() {
            marks.push(mark);
        }
        Ok(())
    })?;
    Ok(marks)
}

/// Hands on each row of a cache.
fn each(path: &Path, take: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<()>) -> Result<(), IngestError> {
    let mut read = || -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        let mut statement = connection.prepare(ITEMS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    };
    read().map_err(|error| IngestError::Newsboat {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

/// A text, also one that is no UTF-8.
fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    let value = row.get_ref(column)?;
    Ok(match value.as_bytes_or_null() {
        Ok(Some(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    })
}

fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn origin(row: &Row<'_>) -> rusqlite::Result<Origin> {
    Ok(Origin::Feed { feed: text(row, 1)?, guid: text(row, 0)? })
}

fn incoming(row: &Row<'_>) -> rusqlite::Result<Incoming> {
    let (content, url) = (text(row, 6)?, text(row, 4)?);
    let is_rtl = row.get::<_, Option<i64>>(10)?.unwrap_or(0) == 1;
    let published: i64 = row.get(5)?;
    let entry = Entry {
        title: one_line(&text(row, 2)?),
        source: one_line(&text(row, 9)?),
        author: one_line(&text(row, 3)?),
        published: Timestamp::from_second(published).ok().filter(|_| published > 0),
        direction: is_rtl.then_some(Direction::Rtl),
        url: is_followed(&url).then_some(url),
        ..Entry::default()
    };
    let format = if content.contains('<') { Format::Html } else { Format::Text };
    Ok(Incoming { origin: origin(row)?, entry, body: body(content.into_bytes(), format), modified: None })
}
