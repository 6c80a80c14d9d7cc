//! What comes in, as it comes in: bodies, declarations, origins, revisions, and the marks that a new article begins with.
//! Tells new from updated from unchanged. What is derived of it is written by `write.rs` at once, or is left to background
//! work (`stage.rs`).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::read::count;
use super::rows::{format_in, time_in};
use super::write::id_of_name;
use super::{StoreError, Upsert, pack, retention};
use crate::article::{ArticleId, Body, BodyHash, Format, Origin};

/// A body as a library keeps it. Making it costs most of the time that storing one does, needs no library, and is done
/// before others are kept from writing.
#[derive(Clone, Debug)]
pub struct PackedBody {
    pub(super) hash: Vec<u8>,
    pub(super) format: Format,
    pub(super) size: usize,
    pub(super) packed: Vec<u8>,
}

impl PackedBody {
    /// Packs a body.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn of(body: &Body) -> Result<Self, StoreError> {
        Ok(Self {
            hash: hash_bytes(&body.hash),
            format: body.format,
            size: body.bytes.len(),
            packed: pack::pack(&body.bytes, b"")?,
        })
    }

    /// Bytes that it had before it was packed.
    pub fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(u64::MAX)
    }
}

/// An article on its way into the tables.
pub(super) struct Arrival<'a> {
    pub(super) origin: &'a Origin,
    /// The declaration's JSON.
    pub(super) entry: &'a str,
    pub(super) body: &'a PackedBody,
    /// When it was published, where that is known yet.
    pub(super) published: Option<Timestamp>,
    pub(super) received: Timestamp,
    pub(super) modified: Option<Timestamp>,
    pub(super) rank: Option<i64>,
}

/// What became of an arrival.
pub(super) struct Placed {
    pub(super) upsert: Upsert,
    /// Whether it has another body than before.
    pub(super) other_body: bool,
    /// The extractor that its present headline is of; 0 for a new article.
    pub(super) extractor: u32,
}

impl Arrival<'_> {
    /// Puts it where it belongs.
    pub(super) fn place(&self, transaction: &Transaction<'_>) -> Result<Placed, StoreError> {
        match find_origin(transaction, self.origin)? {
            // Retention let it go; what still lists it does not bring it back.
            Some(id) if retention::is_gone(transaction, id)? => {
                Ok(Placed { upsert: Upsert::Unchanged(id), other_body: false, extractor: u32::MAX })
            }
            Some(id) => self.place_again(transaction, id),
            None => self.place_new(transaction),
        }
    }

    fn place_new(&self, transaction: &Transaction<'_>) -> Result<Placed, StoreError> {
        let body = put_body(transaction, self.body)?;
        transaction
            .prepare_cached("INSERT INTO article (body, format, received, modified) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                body,
                format_in(self.body.format),
                time_in(self.received),
                self.modified.map(time_in)
            ])?;
        let id = transaction.last_insert_rowid();
        transaction
            .prepare_cached("INSERT INTO entry (article, entry) VALUES (?1, ?2)")?
            .execute(params![id, self.entry])?;
        insert_origin(transaction, id, self.origin)?;
        transaction
            .prepare_cached(
                "INSERT INTO mark (article, at, rank, inbox, read, done, archived, muted, bookmarked) \
                 VALUES (?1, ?2, ?3, 1, 0, 0, 0, 0, 0)",
            )?
            .execute(params![id, time_in(self.published.unwrap_or(self.received)), self.rank.unwrap_or(0)])?;
        Ok(Placed { upsert: Upsert::New(ArticleId(id)), other_body: true, extractor: 0 })
    }

    fn place_again(&self, transaction: &Transaction<'_>, id: ArticleId) -> Result<Placed, StoreError> {
        if let Some(rank) = self.rank {
            transaction
                .prepare_cached("UPDATE mark SET rank = ?2 WHERE article = ?1 AND rank <> ?2")?
                .execute(params![id.0, rank])?;
        }
        let known: Known = transaction
            .prepare_cached(
                "SELECT b.hash, a.format, e.entry, h.extractor, a.body, a.received, a.updated \
                 FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
                 JOIN headline h ON h.article = a.id WHERE a.id = ?1",
            )?
            .query_row([id.0], |row| {
                Ok(Known {
                    same_body: row.get::<_, Vec<u8>>(0)? == self.body.hash
                        && row.get::<_, i64>(1)? == format_in(self.body.format),
                    entry: row.get(2)?,
                    extractor: row.get(3)?,
                    body: row.get(4)?,
                    format: row.get(1)?,
                    since: row.get::<_, Option<i64>>(6)?.map_or_else(|| row.get(5), Ok)?,
                })
            })?;
        let extractor = known.extractor;
        if known.same_body && known.entry == self.entry {
            return Ok(Placed { upsert: Upsert::Unchanged(id), other_body: false, extractor });
        }
        if !known.same_body {
            transaction
                .prepare_cached(
                    "INSERT INTO revision (article, ordinal, body, format, entry, received) VALUES (?1, \
                     (SELECT coalesce(max(ordinal), 0) + 1 FROM revision WHERE article = ?1), ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id.0, known.body, known.format, known.entry, known.since])?;
        }
        let body = put_body(transaction, self.body)?;
        transaction
            .prepare_cached(
                "UPDATE article SET body = ?2, format = ?3, updated = ?4, modified = coalesce(?5, modified) \
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                body,
                format_in(self.body.format),
                time_in(self.received),
                self.modified.map(time_in)
            ])?;
        transaction
            .prepare_cached("UPDATE entry SET entry = ?2 WHERE article = ?1")?
            .execute(params![id.0, self.entry])?;
        Ok(Placed { upsert: Upsert::Updated(id), other_body: !known.same_body, extractor })
    }
}

/// What is known of an article that comes in again.
struct Known {
    same_body: bool,
    entry: String,
    extractor: u32,
    body: i64,
    format: i64,
    since: i64,
}

/// Lets windows order an article by when it was published, where that is known.
pub(super) fn date(
    transaction: &Transaction<'_>,
    id: ArticleId,
    published: Option<Timestamp>,
) -> Result<(), StoreError> {
    if let Some(published) = published {
        transaction
            .prepare_cached("UPDATE mark SET at = ?2 WHERE article = ?1 AND at <> ?2")?
            .execute(params![id.0, time_in(published)])?;
    }
    Ok(())
}

/// The row of a body, put there if it is not.
fn put_body(transaction: &Transaction<'_>, body: &PackedBody) -> Result<i64, StoreError> {
    let put = transaction
        .prepare_cached(
            "INSERT INTO body (hash, size, packed) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING",
        )?
        .execute(params![body.hash, count(body.size), body.packed])?;
    if put == 1 {
        return Ok(transaction.last_insert_rowid());
    }
    let known = transaction
        .prepare_cached("SELECT id FROM body WHERE hash = ?1")?
        .query_row([&body.hash], |row| row.get(0))?;
    Ok(known)
}

/// A hash as 32 bytes; as its own letters where it is not one.
pub(super) fn hash_bytes(hash: &BodyHash) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hash.0.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    bytes.filter(|bytes| bytes.len() == 32).unwrap_or_else(|| hash.0.clone().into_bytes())
}

/// The parts of an origin's key; the feed's address apart.
fn origin_parts(origin: &Origin) -> (i64, &str, &str) {
    match origin {
        Origin::File(path) => (0, "", path),
        Origin::Feed { feed, guid } => (1, feed, guid),
        Origin::Url(url) => (2, "", url),
        Origin::Stdin(hash) => (3, "", &hash.0),
    }
}

/// The article that an origin leads to.
pub(super) fn find_origin(connection: &Connection, origin: &Origin) -> Result<Option<ArticleId>, StoreError> {
    let (kind, address, name) = origin_parts(origin);
    let feed: Option<i64> = if address.is_empty() {
        Some(0)
    } else {
        connection
            .prepare_cached("SELECT id FROM feed WHERE address = ?1")?
            .query_row([address], |row| row.get(0))
            .optional()?
    };
    let Some(feed) = feed else { return Ok(None) };
    Ok(connection
        .prepare_cached("SELECT article FROM origin WHERE kind = ?1 AND feed = ?2 AND name = ?3")?
        .query_row(params![kind, feed, name], |row| row.get(0).map(ArticleId))
        .optional()?)
}

/// Writes an origin down.
pub(super) fn insert_origin(
    transaction: &Transaction<'_>,
    id: i64,
    origin: &Origin,
) -> Result<(), StoreError> {
    let (kind, address, name) = origin_parts(origin);
    let feed = if address.is_empty() { 0 } else { id_of_name(transaction, "feed", "address", address)? };
    transaction
        .prepare_cached("INSERT OR IGNORE INTO origin (kind, feed, name, article) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, feed, name, id])?;
    Ok(())
}
