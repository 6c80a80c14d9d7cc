//! Articles that come in read already, written: what comes in is told new from updated in `arrival.rs`, what was derived of
//! it is written by `derived.rs`. Marks are never changed here (`journal.rs` alone does that).

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::arrival::{Arrival, PackedBody, Placed, date, find_origin, hash_bytes, insert_origin};
use super::derived::{Derived, Prepared, put_into_index};
use super::index::Spellings;
use super::rows::{self, EntryRow, format_in};
use super::{NewArticle, Store, StoreError, Upsert, mutes, stories};
use crate::article::{ArticleId, Body, Entry, Origin};

impl Store {
    /// Takes an article in: new, updated (its marks and its earlier body are kept) or unchanged.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing of it is.
    pub fn upsert(&mut self, incoming: &NewArticle) -> Result<Upsert, StoreError> {
        let outcomes = self.upsert_all(std::slice::from_ref(incoming))?;
        outcomes.first().copied().ok_or_else(|| StoreError::Fault("an article became nothing".to_owned()))
    }

    /// Takes articles in that were read already, in one transaction.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn upsert_all(&mut self, incoming: &[NewArticle]) -> Result<Vec<Upsert>, StoreError> {
        // All that can be done before others are kept from writing.
        let mut ready = Vec::with_capacity(incoming.len());
        for article in incoming {
            ready.push(Ready {
                incoming: article,
                body: PackedBody::of(&article.body)?,
                entry: rows::write(&EntryRow::from(&article.entry))?,
                prepared: Prepared::of(&article.article, &article.body.bytes)?,
            });
        }
        self.writing(|transaction, spellings| {
            let mut outcomes = Vec::with_capacity(ready.len());
            // One that comes in twice is in the index as it came last.
            let mut written = BTreeMap::new();
            for article in &ready {
                let (upsert, derived) = article.put(transaction)?;
                outcomes.push(upsert);
                written.extend(derived.map(|derived| (upsert.id(), derived)));
            }
            for id in written.keys() {
                stories::compare(transaction, *id)?;
            }
            put_into_index(transaction, spellings, written)?;
            Ok(outcomes)
        })
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

    /// Does something in one transaction, which is taken back where it fails.
    pub(super) fn writing<T>(
        &mut self,
        act: impl FnOnce(&Transaction<'_>, &mut Spellings) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction, &mut self.spellings).and_then(|done| {
            transaction.commit()?;
            Ok(done)
        });
        if done.is_err() {
            // What was noted as written is not.
            self.spellings = Spellings::default();
        }
        done
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

/// An article that was read already, ready to be taken in.
struct Ready<'a> {
    incoming: &'a NewArticle,
    body: PackedBody,
    entry: String,
    prepared: Prepared,
}

impl Ready<'_> {
    /// Takes it in. Returns also what is to go into the index, where anything is.
    fn put(&self, transaction: &Transaction<'_>) -> Result<(Upsert, Option<Derived<'_>>), StoreError> {
        let NewArticle { origin, article, facts, extractor_version, index, sketch, .. } = self.incoming;
        let NewArticle { received, modified, rank, .. } = *self.incoming;
        let published = article.published;
        let arrival =
            Arrival { origin, entry: &self.entry, body: &self.body, published, received, modified, rank };
        let Placed { upsert, extractor, .. } = arrival.place(transaction)?;
        if matches!(upsert, Upsert::Unchanged(_)) && extractor >= *extractor_version {
            return Ok((upsert, None));
        }
        let derived = Derived {
            article,
            facts,
            extractor: *extractor_version,
            index,
            sketch,
            prepared: &self.prepared,
        };
        match upsert {
            Upsert::New(id) => {
                let title = self.prepared.title();
                mutes::on_arrival(transaction, id, title, article.source.as_deref(), received)?;
            }
            _ => date(transaction, upsert.id(), published)?,
        }
        derived.put(transaction, upsert.id(), extractor)?;
        Ok((upsert, Some(derived)))
    }
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
