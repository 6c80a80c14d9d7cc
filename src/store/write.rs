//! What comes in: articles, told new from updated from unchanged, and derivations made again. Marks are never
//! changed here (`journal.rs` alone does that). Reading is in `read.rs`.

use std::time::Instant;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::content::{Packed, pack_article};
use super::read::count;
use super::rows::{self, EntryRow, direction_in, format_in, time_in};
use super::{NewArticle, Rederived, Remade, Store, StoreError, Upsert, facts, mutes, pack};
use crate::article::{Article, ArticleId, Body, BodyHash, Entry, Fact, Origin};

/// Characters of text that stand for a title where an article has none.
const TITLE_CHARACTERS: usize = 80;

impl Store {
    /// Takes an article in: new, updated (its marks and its earlier body are kept) or unchanged.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing of it is.
    pub fn upsert(&mut self, incoming: &NewArticle) -> Result<Upsert, StoreError> {
        let transaction = self.write()?;
        let outcome = upsert(&transaction, incoming)?;
        transaction.commit()?;
        Ok(outcome)
    }

    /// Takes articles in, in one transaction.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn upsert_all(&mut self, incoming: &[NewArticle]) -> Result<Vec<Upsert>, StoreError> {
        let transaction = self.write()?;
        let outcomes: Result<Vec<Upsert>, StoreError> =
            incoming.iter().map(|article| upsert(&transaction, article)).collect();
        let outcomes = outcomes?;
        transaction.commit()?;
        Ok(outcomes)
    }

    /// Whether the library holds just this body and declaration for `origin`, made by this extractor or a newer one, at
    /// this rank: then it need not be extracted to be found unchanged.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn is_current(
        &self,
        origin: &Origin,
        entry: &Entry,
        body: &Body,
        extractor_version: u32,
        rank: Option<i64>,
    ) -> Result<bool, StoreError> {
        let Some(id) = find_origin(&self.connection, origin)? else { return Ok(false) };
        let entry = rows::write(&EntryRow::from(entry))?;
        let mut known = self.connection.prepare_cached(
            "SELECT 1 FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
             JOIN headline h ON h.article = a.id JOIN mark m ON m.article = a.id \
             WHERE a.id = ?1 AND b.hash = ?2 AND a.format = ?3 AND e.entry = ?4 AND h.extractor >= ?5 \
             AND (?6 IS NULL OR m.rank = ?6)",
        )?;
        let hash = hash_bytes(&body.hash);
        Ok(known.exists(params![id.0, hash, format_in(body.format), entry, extractor_version, rank])?)
    }

    /// Lets one more origin lead to an article; an origin that already leads somewhere stays.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn add_origin(&mut self, id: ArticleId, origin: &Origin) -> Result<(), StoreError> {
        let transaction = self.write()?;
        if exists(&transaction, id)? {
            insert_origin(&transaction, id.0, origin)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Puts what an extractor made again of stored bodies in the place of what was derived before, in one short
    /// transaction; marks, corrections and bodies stay. Passed over are articles that are not there, that meanwhile have
    /// another body or declaration than it was made of, or that were made by this extractor or a newer one already.
    /// It is not waited until the disk has it: what is lost in a power cut is made again.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn rederive(&mut self, made: &[Remade]) -> Result<Rederived, StoreError> {
        // All that can be done before others are kept from writing.
        let mut packed = Vec::with_capacity(made.len());
        for again in made {
            packed.push(pack_article(&again.derived.article, &again.body.bytes)?);
        }
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let done = self.put_again(made, &packed);
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        done
    }

    fn put_again(&mut self, made: &[Remade], packed: &[Packed]) -> Result<Rederived, StoreError> {
        let transaction = self.write()?;
        let start = Instant::now();
        let mut written = 0;
        for (again, packed) in made.iter().zip(packed) {
            let derived = &again.derived;
            if !is_made_of(&transaction, again)? {
                continue;
            }
            Derived::of(&derived.article, &derived.facts, derived.extractor_version, &derived.folded).put(
                &transaction,
                again.id.0,
                packed,
            )?;
            date(&transaction, again.id, derived.article.published)?;
            written += 1;
        }
        transaction.commit()?;
        Ok(Rederived { written, held: start.elapsed() })
    }

    /// A transaction that has the right to write from its start, so that it never fails half-way for being late.
    pub(super) fn write(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// Whether the library has article `id`.
pub(super) fn exists(connection: &Connection, id: ArticleId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([id.0])?)
}

/// Whether an article still is what `again` was made of, and was made by an earlier extractor.
fn is_made_of(connection: &Connection, again: &Remade) -> Result<bool, StoreError> {
    let mut same = connection.prepare_cached(
        "SELECT 1 FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
         JOIN headline h ON h.article = a.id \
         WHERE a.id = ?1 AND b.hash = ?2 AND a.format = ?3 AND e.entry = ?4 AND h.extractor < ?5",
    )?;
    let entry = rows::write(&EntryRow::from(&again.entry))?;
    let (hash, format) = (hash_bytes(&again.body.hash), format_in(again.body.format));
    Ok(same.exists(params![again.id.0, hash, format, entry, again.derived.extractor_version])?)
}

/// Lets windows order an article by when it was published, where that is known.
fn date(
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

/// Takes one article in.
fn upsert(transaction: &Transaction<'_>, incoming: &NewArticle) -> Result<Upsert, StoreError> {
    let entry = rows::write(&EntryRow::from(&incoming.entry))?;
    match find_origin(transaction, &incoming.origin)? {
        Some(id) => update(transaction, id, incoming, &entry),
        None => insert(transaction, incoming, &entry),
    }
}

/// Takes in an article that was not known.
fn insert(transaction: &Transaction<'_>, incoming: &NewArticle, entry: &str) -> Result<Upsert, StoreError> {
    let body = put_body(transaction, &incoming.body)?;
    transaction
        .prepare_cached("INSERT INTO article (body, format, received, modified) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            body,
            format_in(incoming.body.format),
            time_in(incoming.received),
            incoming.modified.map(time_in)
        ])?;
    let id = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO entry (article, entry) VALUES (?1, ?2)")?
        .execute(params![id, entry])?;
    insert_origin(transaction, id, &incoming.origin)?;
    derived_of(incoming).put(transaction, id, &pack_article(&incoming.article, &incoming.body.bytes)?)?;
    transaction
        .prepare_cached(
            "INSERT INTO mark (article, at, rank, inbox, read, done, archived, muted, bookmarked) \
             VALUES (?1, ?2, ?3, 1, 0, 0, 0, 0, 0)",
        )?
        .execute(params![
            id,
            time_in(incoming.article.published.unwrap_or(incoming.received)),
            incoming.rank.unwrap_or(0)
        ])?;
    mutes::on_arrival(transaction, ArticleId(id), incoming)?;
    Ok(Upsert::New(ArticleId(id)))
}

/// Takes in an article that is known.
fn update(
    transaction: &Transaction<'_>,
    id: ArticleId,
    incoming: &NewArticle,
    entry: &str,
) -> Result<Upsert, StoreError> {
    if let Some(rank) = incoming.rank {
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
                same_body: row.get::<_, Vec<u8>>(0)? == hash_bytes(&incoming.body.hash)
                    && row.get::<_, i64>(1)? == format_in(incoming.body.format),
                entry: row.get(2)?,
                extractor: row.get(3)?,
                body: row.get(4)?,
                format: row.get(1)?,
                since: row.get::<_, Option<i64>>(6)?.map_or_else(|| row.get(5), Ok)?,
            })
        })?;
    let unchanged = known.same_body && known.entry == entry;
    if unchanged && known.extractor >= incoming.extractor_version {
        return Ok(Upsert::Unchanged(id));
    }
    derived_of(incoming).put(transaction, id.0, &pack_article(&incoming.article, &incoming.body.bytes)?)?;
    date(transaction, id, incoming.article.published)?;
    if unchanged {
        return Ok(Upsert::Unchanged(id));
    }
    if !known.same_body {
        transaction
            .prepare_cached(
                "INSERT INTO revision (article, ordinal, body, format, entry, received) VALUES (?1, \
                 (SELECT coalesce(max(ordinal), 0) + 1 FROM revision WHERE article = ?1), ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id.0, known.body, known.format, known.entry, known.since])?;
    }
    let body = put_body(transaction, &incoming.body)?;
    transaction
        .prepare_cached(
            "UPDATE article SET body = ?2, format = ?3, updated = ?4, modified = coalesce(?5, modified) WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            body,
            format_in(incoming.body.format),
            time_in(incoming.received),
            incoming.modified.map(time_in)
        ])?;
    transaction
        .prepare_cached("UPDATE entry SET entry = ?2 WHERE article = ?1")?
        .execute(params![id.0, entry])?;
    Ok(Upsert::Updated(id))
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

/// The row of a body, put there if it is not.
fn put_body(transaction: &Transaction<'_>, body: &Body) -> Result<i64, StoreError> {
    let hash = hash_bytes(&body.hash);
    let known = transaction
        .prepare_cached("SELECT id FROM body WHERE hash = ?1")?
        .query_row([&hash], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    transaction
        .prepare_cached("INSERT INTO body (hash, size, packed) VALUES (?1, ?2, ?3)")?
        .execute(params![hash, count(body.bytes.len()), pack::pack(&body.bytes, b"")?])?;
    Ok(transaction.last_insert_rowid())
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
fn insert_origin(transaction: &Transaction<'_>, id: i64, origin: &Origin) -> Result<(), StoreError> {
    let (kind, address, name) = origin_parts(origin);
    let feed = if address.is_empty() { 0 } else { id_of_name(transaction, "feed", "address", address)? };
    transaction
        .prepare_cached("INSERT OR IGNORE INTO origin (kind, feed, name, article) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, feed, name, id])?;
    Ok(())
}

/// The id of a name in a table of names, put there if it is not.
pub(super) fn id_of_name(
    transaction: &Transaction<'_>,
    table: &str,
    column: &str,
    name: &str,
) -> Result<i64, StoreError> {
    let known = transaction
        .prepare_cached(&format!("SELECT id FROM {table} WHERE {column} = ?1"))?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    transaction.prepare_cached(&format!("INSERT INTO {table} ({column}) VALUES (?1)"))?.execute([name])?;
    Ok(transaction.last_insert_rowid())
}

/// What was derived of a body, to be written.
struct Derived<'a> {
    article: &'a Article,
    facts: &'a [Fact],
    extractor: u32,
    folded: &'a str,
}

/// The derived part of what came in.
fn derived_of(incoming: &NewArticle) -> Derived<'_> {
    Derived::of(&incoming.article, &incoming.facts, incoming.extractor_version, &incoming.folded)
}

impl<'a> Derived<'a> {
    fn of(article: &'a Article, facts: &'a [Fact], extractor: u32, folded: &'a str) -> Self {
        Self { article, facts, extractor, folded }
    }

    /// Writes it in the place of what was there.
    fn put(&self, transaction: &Transaction<'_>, id: i64, packed: &Packed) -> Result<(), StoreError> {
        let article = self.article;
        let source = match &article.source {
            Some(name) => Some(id_of_name(transaction, "source", "name", name)?),
            None => None,
        };
        let facts = facts::put(transaction, id, self.facts, &article.text)?;
        let replaced = transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO headline \
                 (article, title, source, language, direction, facts, words, extractor) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                title_of(article),
                source,
                article.language,
                direction_in(article.direction),
                count(facts),
                count(article.text.split_whitespace().count()),
                self.extractor
            ])?;
        debug_assert_eq!(replaced, 1);
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO content (article, text, size, packed) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, count(packed.text), count(packed.size), packed.frame])?;
        transaction.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([id])?;
        transaction
            .prepare_cached("INSERT INTO search (rowid, text) VALUES (?1, ?2)")?
            .execute(params![id, self.folded])?;
        Ok(())
    }
}

/// The title that a list shows, on one line: the article's own, else the first words of its text.
pub(super) fn title_of(article: &Article) -> String {
    let title = article.title_text();
    let has_title = !title.trim().is_empty();
    let mut shown = String::new();
    let mut characters = 0;
    for word in if has_title { title } else { &article.text }.split_whitespace() {
        characters += word.chars().count() + 1;
        if !has_title && characters > TITLE_CHARACTERS && !shown.is_empty() {
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.extend(word.chars().take(if has_title { usize::MAX } else { TITLE_CHARACTERS }));
    }
    shown
}
