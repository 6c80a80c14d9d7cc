//! What is in a library: an article with all that belongs to it, its body as it came, lines for a list, counts.
//! Which articles a view has is in `window.rs`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::arrival::find_origin;
use super::content::{Packed, unpack_article};
use super::id_set::IdSet;
use super::rows::{self, EntryRow, day, direction_out, format_out, time_out};
use super::{Counts, Revision, Store, StoreError, StoredArticle, facts, pack};
use crate::article::{Anchor, ArticleId, Body, BodyHash, Bookmark, Entry, Headline, Marks, Origin};

/// The tags of an article as JSON; only those of a tagged one are looked up.
macro_rules! tags_of_mark {
    () => {
        "CASE WHEN m.tagged THEN (SELECT json_group_array(t.name) FROM article_tag a JOIN tag t ON t.id = a.tag \
         WHERE a.article = m.article) END"
    };
}

/// The columns of [`marks_of`], from table `m`.
pub(super) const MARKS: &str = concat!(
    "m.read, m.done, m.archived, m.muted, m.bookmarked, m.note, m.due, m.direction, ",
    tags_of_mark!(),
    ", m.apart"
);

/// The columns of [`headline_of`], from tables `m`, `h` and `s`.
pub(super) const HEADLINE: &str = concat!(
    "m.article, h.title, s.name, m.at, h.direction, h.language, h.facts, h.words, ",
    "m.read, m.done, m.archived, m.muted, m.bookmarked, m.note, m.due, m.direction, ",
    tags_of_mark!(),
    ", m.apart"
);

/// The tables of [`HEADLINE`]; marks come first, because they are in the window's order.
pub(super) const HEADLINE_FROM: &str =
    "mark m CROSS JOIN headline h ON h.article = m.article LEFT JOIN source s ON s.id = h.source";

/// Articles that are looked at one by one for the first unread one.
const NEAR: usize = 1_000;

impl Store {
    /// The lines of a list, in the order asked; articles that are not there are left out.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn headlines(&self, ids: &[ArticleId]) -> Result<Vec<Headline>, StoreError> {
        let sql = format!("SELECT {HEADLINE} FROM {HEADLINE_FROM} WHERE m.article = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut headlines = Vec::with_capacity(ids.len());
        for id in ids {
            let mut found = statement.query([id.0])?;
            if let Some(row) = found.next()? {
                headlines.push(headline_of(row)?);
            }
        }
        Ok(headlines)
    }

    /// How many articles there are; a single row is read.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let sql = "SELECT inbox, unread, bookmarked, archived, everything FROM tally";
        let [inbox, unread, bookmarked, archived, all] = self
            .connection
            .prepare_cached(sql)?
            .query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))?;
        Ok(Counts {
            inbox: size(inbox)?,
            unread: size(unread)?,
            bookmarked: size(bookmarked)?,
            archived: size(archived)?,
            all: size(all)?,
        })
    }

    /// An article with its facts, marks and position.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        let sql = format!(
            "SELECT b.packed, b.size, c.packed, c.size, c.text, s.name, h.language, h.direction, h.extractor, \
             a.received, a.updated, p.offset, p.quote, {MARKS} \
             FROM article a JOIN body b ON b.id = a.body JOIN content c ON c.article = a.id \
             JOIN headline h ON h.article = a.id JOIN mark m ON m.article = a.id \
             LEFT JOIN source s ON s.id = h.source LEFT JOIN position p ON p.article = a.id WHERE a.id = ?1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let body = pack::unpack(row.get_ref(0)?.as_blob().map_err(damaged)?, size(row.get(1)?)?, b"")?;
        let packed = Packed { frame: row.get(2)?, size: size(row.get(3)?)?, text: size(row.get(4)?)? };
        let mut article = unpack_article(&packed, &body)?;
        article.source = row.get(5)?;
        article.language = row.get(6)?;
        article.direction = direction_out(row.get(7)?)?;
        let position = match row.get::<_, Option<i64>>(11)? {
            Some(offset) => Some(Anchor { offset: size(offset)?, quote: row.get(12)? }),
            None => None,
        };
        Ok(Some(StoredArticle {
            id,
            article,
            facts: facts::of_article(&self.connection, id)?,
            marks: marks_of(row, 13)?,
            position,
            origin: first_origin(&self.connection, id)?,
            extractor_version: row.get(8)?,
            received: time_out(row.get(9)?)?,
            updated: row.get::<_, Option<i64>>(10)?.map(time_out).transpose()?,
        }))
    }

    /// What was declared of an article, and its bytes as they came.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn body(&self, id: ArticleId) -> Result<Option<(Entry, Body)>, StoreError> {
        let sql = "SELECT e.entry, b.packed, b.size, a.format, b.hash FROM article a \
                   JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id WHERE a.id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        Ok(Some((entry_of(row.get_ref(0)?.as_str().map_err(damaged)?)?, body_of(row, 1)?)))
    }

    /// The bodies that an article had before, oldest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn revisions(&self, id: ArticleId) -> Result<Vec<Revision>, StoreError> {
        let sql = "SELECT r.entry, b.packed, b.size, r.format, b.hash, r.received FROM revision r \
                   JOIN body b ON b.id = r.body WHERE r.article = ?1 ORDER BY r.ordinal";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = statement.query([id.0])?;
        let mut revisions = Vec::new();
        while let Some(row) = found.next()? {
            revisions.push(Revision {
                entry: entry_of(row.get_ref(0)?.as_str().map_err(damaged)?)?,
                body: body_of(row, 1)?,
                since: time_out(row.get(5)?)?,
            });
        }
        Ok(revisions)
    }

    /// The article that an origin leads to.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn find_origin(&self, origin: &Origin) -> Result<Option<ArticleId>, StoreError> {
        find_origin(&self.connection, origin)
    }

    /// How many follow-ups have a day that has come by `today`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn many_due(&self, today: Date) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM mark WHERE bookmarked = 1 AND due <= ?1";
        size(self.connection.prepare_cached(sql)?.query_row([today.to_string()], |row| row.get(0))?)
    }

    /// The first one of these articles that is unread.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn first_unread(&self, ids: &[ArticleId]) -> Result<Option<ArticleId>, StoreError> {
        let (near, far) = ids.split_at_checked(NEAR).unwrap_or((ids, &[]));
        let mut statement =
            self.connection.prepare_cached("SELECT 1 FROM mark WHERE article = ?1 AND read = 0")?;
        for id in near {
            if statement.exists([id.0])? {
                return Ok(Some(*id));
            }
        }
        if far.is_empty() {
            return Ok(None);
        }
        // Where many are read, all that are not are fewer steps than a look at each.
        let mut statement = self.connection.prepare_cached("SELECT article FROM mark WHERE read = 0")?;
        let mut found = statement.query([])?;
        let mut unread = IdSet::default();
        while let Some(row) = found.next()? {
            unread.insert(row.get(0)?);
        }
        Ok(far.iter().find(|id| unread.contains(id.0)).copied())
    }

    /// How many of the first of these articles have the source of the first one.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn source_run(&self, ids: &[ArticleId]) -> Result<usize, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT source FROM headline WHERE article = ?1")?;
        let mut first: Option<Option<i64>> = None;
        for (at, id) in ids.iter().enumerate() {
            let source = statement.query_row([id.0], |row| row.get(0)).optional()?.flatten();
            if *first.get_or_insert(source) != source {
                return Ok(at);
            }
        }
        Ok(ids.len())
    }

    /// The marks of an article.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn marks(&self, id: ArticleId) -> Result<Option<Marks>, StoreError> {
        marks(&self.connection, id)
    }

    /// Articles that an extractor before `extractor_version` made, in the order of their numbers, `limit` at
    /// the most: written in that order they lie close.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn stale(&self, extractor_version: u32, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        let sql = "SELECT article FROM headline WHERE extractor < ?1 ORDER BY article LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows =
            statement.query_map(params![extractor_version, count(limit)], |row| row.get(0).map(ArticleId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The follow-ups that are due until `day`, the earliest first; an index is asked.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn due(&self, day: Date) -> Result<Vec<ArticleId>, StoreError> {
        let sql = "SELECT article FROM mark WHERE due IS NOT NULL AND due <= ?1 AND bookmarked = 1 ORDER BY due, at DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([day.to_string()], |row| row.get(0).map(ArticleId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lets go of the library without writing back a log that others have left: who only looked does not wait for that.
    pub fn leave(self) {
        // Where it cannot be set, leaving takes a little longer.
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// The library's file; none in memory.
    pub fn path(&self) -> Option<PathBuf> {
        self.connection.path().filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// A number that changes when another process, or another connection, has changed the library.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn data_version(&self) -> Result<u64, StoreError> {
        let version: i64 =
            self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok(version.unsigned_abs())
    }

    /// Whether the library's pages are sound: what is wrong with them, nothing where nothing is. It reads the
    /// whole file.
    ///
    /// # Errors
    /// Where it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA quick_check")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut faults = Vec::new();
        for row in rows {
            match row {
                Ok(line) if line == "ok" => {}
                Ok(line) => faults.push(line),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(faults)
    }
}

/// The marks of an article.
pub(super) fn marks(connection: &Connection, id: ArticleId) -> Result<Option<Marks>, StoreError> {
    let sql = format!("SELECT {MARKS} FROM mark m WHERE m.article = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([id.0])?;
    found.next()?.map(|row| marks_of(row, 0)).transpose()
}

/// Marks from the columns of [`MARKS`], the first of which is column `first`.
fn marks_of(row: &Row<'_>, first: usize) -> Result<Marks, StoreError> {
    let bookmark = if row.get(first + 4)? {
        Some(Bookmark { note: row.get(first + 5)?, due: day(row.get(first + 6)?)? })
    } else {
        None
    };
    Ok(Marks {
        read: row.get(first)?,
        done: row.get(first + 1)?,
        archived: row.get(first + 2)?,
        muted: row.get(first + 3)?,
        bookmark,
        direction: direction_out(row.get(first + 7)?)?,
        tags: match row.get::<_, Option<String>>(first + 8)? {
            Some(names) => rows::read(&names)?,
            None => BTreeSet::new(),
        },
        apart: row.get(first + 9)?,
    })
}

/// A list's line from the columns of [`HEADLINE`].
pub(super) fn headline_of(row: &Row<'_>) -> Result<Headline, StoreError> {
    Ok(Headline {
        id: ArticleId(row.get(0)?),
        title: row.get(1)?,
        source: row.get(2)?,
        published: time_out(row.get(3)?)?,
        direction: direction_out(row.get(4)?)?,
        language: row.get(5)?,
        facts: size(row.get(6)?)?,
        words: size(row.get(7)?)?,
        marks: marks_of(row, 8)?,
    })
}

/// A declaration from its JSON.
fn entry_of(json: &str) -> Result<Entry, StoreError> {
    rows::read::<EntryRow>(json)?.entry()
}

/// A body from columns packed, size, format, hash.
fn body_of(row: &Row<'_>, first: usize) -> Result<Body, StoreError> {
    let packed = row.get_ref(first)?.as_blob().map_err(damaged)?;
    let hash: Vec<u8> = row.get(first + 3)?;
    let hash = match hash.len() {
        32 => hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        _ => String::from_utf8(hash).map_err(|_| StoreError::Damaged)?,
    };
    Ok(Body {
        bytes: pack::unpack(packed, size(row.get(first + 1)?)?, b"")?,
        format: format_out(row.get(first + 2)?)?,
        hash: BodyHash(hash),
    })
}

/// Where an article came from first.
fn first_origin(connection: &Connection, id: ArticleId) -> Result<Origin, StoreError> {
    let sql = "SELECT o.kind, o.name, f.address FROM origin o LEFT JOIN feed f ON f.id = o.feed \
               WHERE o.article = ?1 ORDER BY o.kind, o.feed, o.name LIMIT 1";
    let found: Option<(i64, String, Option<String>)> = connection
        .prepare_cached(sql)?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match found {
        Some((0, path, _)) => Ok(Origin::File(path)),
        Some((1, guid, feed)) => Ok(Origin::Feed { feed: feed.unwrap_or_default(), guid }),
        Some((2, url, _)) => Ok(Origin::Url(url)),
        Some((3, hash, _)) => Ok(Origin::Stdin(BodyHash(hash))),
        _ => Err(StoreError::Damaged),
    }
}

/// A number of a row that must be a size.
pub(super) fn size(number: i64) -> Result<usize, StoreError> {
    usize::try_from(number).map_err(|_| StoreError::Damaged)
}

/// A size as a row's number.
pub(super) fn count(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// A column of the wrong type is damage.
fn damaged<E>(_: E) -> StoreError {
    StoreError::Damaged
}
