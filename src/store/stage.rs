//! Articles that come in and are listed before they are read: body, declaration and a headline of what was declared.
//! Facts, structure and search index follow behind, by whoever has an extractor ([`Store::stale`], [`Store::rederive`]).
//! An article that waits has a headline of extractor 0, is not in the index, and has no content where its body is new.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::arrival::{Arrival, date};
use super::derived::Headline;
use super::rows::{self, EntryRow, format_in};
use super::{PackedBody, Store, StoreError, Upsert, index, mutes};
use crate::article::{ArticleId, Entry, Origin};

/// An article that came in and was not read yet.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Where it came from: its identity.
    pub origin: Origin,
    /// What was declared of it; a title is what the list shows until it is read.
    pub entry: Entry,
    /// Its bytes, packed.
    pub body: PackedBody,
    /// Its place in the order given (temporary libraries), from 1.
    pub rank: Option<i64>,
    /// When it came in; the same for all articles of a batch, so that they keep their order.
    pub received: Timestamp,
    /// When its file was last changed.
    pub modified: Option<Timestamp>,
}

impl Store {
    /// Takes articles in, in one transaction, to be read later; what became of each, in their order. An updated one keeps
    /// marks, corrections and its earlier body, and is not found by its old words any more.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn stage(&mut self, staged: &[Staged]) -> Result<Vec<Upsert>, StoreError> {
        let mut entries = Vec::with_capacity(staged.len());
        for article in staged {
            entries.push(rows::write(&EntryRow::from(&article.entry))?);
        }
        self.writing(|transaction, _| {
            let mut outcomes = Vec::with_capacity(staged.len());
            for (Staged { origin, entry, body, rank, received, modified }, json) in
                staged.iter().zip(&entries)
            {
                let placed = Arrival {
                    origin,
                    entry: json,
                    body,
                    published: entry.published,
                    received: *received,
                    modified: *modified,
                    rank: *rank,
                }
                .place(transaction)?;
                outcomes.push(placed.upsert);
                let title = declared_title(entry, origin);
                let id = match placed.upsert {
                    Upsert::Unchanged(_) => continue,
                    Upsert::New(id) => {
                        mutes::on_arrival(transaction, id, title, entry.source.as_deref(), *received)?;
                        id
                    }
                    Upsert::Updated(id) => {
                        date(transaction, id, entry.published)?;
                        if placed.extractor > 0 {
                            index::leave_out(transaction, id.0)?;
                        }
                        if placed.other_body {
                            // It is packed with its body as prefix, which is another one now.
                            transaction
                                .prepare_cached("DELETE FROM content WHERE article = ?1")?
                                .execute([id.0])?;
                        }
                        id
                    }
                };
                let facts = match placed.upsert {
                    Upsert::New(_) => 0,
                    _ => transaction
                        .prepare_cached("SELECT facts FROM headline WHERE article = ?1")?
                        .query_row([id.0], |row| row.get::<_, i64>(0))
                        .optional()?
                        .and_then(|facts| usize::try_from(facts).ok())
                        .unwrap_or(0),
                };
                Headline {
                    title,
                    source: entry.source.as_deref(),
                    language: entry.language.as_deref(),
                    direction: entry.direction,
                    facts,
                    words: 0,
                    extractor: 0,
                }
                .put(transaction, id.0)?;
            }
            Ok(outcomes)
        })
    }

    /// Whether the library holds just this body and declaration for `origin`, at this rank, read or not: then it need not
    /// come in again.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn holds(&self, staged: &Staged) -> Result<bool, StoreError> {
        let Some(id) = self.find_origin(&staged.origin)? else { return Ok(false) };
        let entry = rows::write(&EntryRow::from(&staged.entry))?;
        let mut known = self.connection.prepare_cached(
            "SELECT 1 FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
             JOIN mark m ON m.article = a.id \
             WHERE a.id = ?1 AND b.hash = ?2 AND a.format = ?3 AND e.entry = ?4 AND (?5 IS NULL OR m.rank = ?5)",
        )?;
        let (hash, format) = (&staged.body.hash, format_in(staged.body.format));
        Ok(known.exists(params![id.0, hash, format, entry, staged.rank])?)
    }

    /// Whether an article has come in and was not read yet.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn waits(&self, id: ArticleId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM headline WHERE article = ?1 AND extractor = 0";
        Ok(self.connection.prepare_cached(sql)?.exists([id.0])?)
    }

    /// Whether there is an article that `extractor_version` has not read; an index is asked.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn is_behind(&self, extractor_version: u32) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM headline WHERE extractor < ?1 LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.exists([extractor_version])?)
    }
}

/// What a list shows of an article that was not read: its declared title, else its address or the end of its name.
fn declared_title<'a>(entry: &'a Entry, origin: &'a Origin) -> &'a str {
    let name = match origin {
        Origin::File(path) => path.rsplit('/').next().unwrap_or(path),
        Origin::Feed { guid, .. } => guid,
        Origin::Url(url) => url,
        Origin::Stdin(_) => "standard input",
    };
    entry.title.as_deref().or(entry.url.as_deref()).unwrap_or(name)
}
