//! What was derived of bodies, written: of articles that come in read already, and of stored ones read again. What comes in
//! is told new from updated in `arrival.rs`; marks are never changed here (`journal.rs` alone does that).

use std::time::Instant;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::arrival::{Arrival, PackedBody, Placed, date, find_origin, hash_bytes, insert_origin};
use super::content::{Packed, pack_article};
use super::index::{self, Spellings};
use super::read::count;
use super::rows::{self, EntryRow, direction_in, format_in};
use super::{NewArticle, NewDerived, Rederived, Remade, Store, StoreError, Upsert, facts, mutes};
use crate::article::{Article, ArticleId, Body, Entry, Fact, Origin};
use crate::query::IndexForm;
use crate::text::{self, Direction};

/// Characters of text that stand for a title where an article has none.
const TITLE_CHARACTERS: usize = 80;

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
        let mut bodies = Vec::with_capacity(incoming.len());
        for article in incoming {
            bodies.push((PackedBody::of(&article.body)?, rows::write(&EntryRow::from(&article.entry))?));
        }
        self.writing(|transaction, spellings| {
            let mut outcomes = Vec::with_capacity(incoming.len());
            for (article, (body, entry)) in incoming.iter().zip(&bodies) {
                outcomes.push(upsert(transaction, spellings, article, body, entry)?);
            }
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

    /// Puts what an extractor made again of stored bodies in the place of what was derived before, in one short
    /// transaction; marks, corrections and bodies stay. Passed over are articles that are not there, that meanwhile have
    /// another body or declaration than it was made of, or that were made by this extractor or a newer one already.
    /// It is not waited until the disk has it: what is lost in a power cut is made again.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn rederive(&mut self, made: &[Remade]) -> Result<Rederived, StoreError> {
        // All that can be done before others are kept from writing.
        let mut ready = Vec::with_capacity(made.len());
        for again in made {
            let NewDerived { article, facts, extractor_version, index } = &again.derived;
            ready.push(Derived::of(article, facts, *extractor_version, index, &again.body.bytes)?);
        }
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let done = self.put_again(made, &ready);
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        done
    }

    fn put_again(&mut self, made: &[Remade], ready: &[Derived<'_>]) -> Result<Rederived, StoreError> {
        let mut start = Instant::now();
        let written = self.writing(|transaction, spellings| {
            start = Instant::now();
            let mut written = 0;
            // The index takes articles in the order of their numbers at once, others one by one.
            let mut order: Vec<_> = made.iter().zip(ready).collect();
            order.sort_by_key(|(again, _)| again.id);
            for (again, derived) in order {
                if let Some(before) = is_made_of(transaction, again)? {
                    derived.put(transaction, spellings, again.id.0, before)?;
                    date(transaction, again.id, derived.article.published)?;
                    written += 1;
                }
            }
            Ok(written)
        })?;
        Ok(Rederived { written, held: start.elapsed() })
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

/// The extractor of an article's present headline, where the article still is what `again` was made of and that
/// extractor is an earlier one.
fn is_made_of(connection: &Connection, again: &Remade) -> Result<Option<u32>, StoreError> {
    let mut same = connection.prepare_cached(
        "SELECT h.extractor FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
         JOIN headline h ON h.article = a.id \
         WHERE a.id = ?1 AND b.hash = ?2 AND a.format = ?3 AND e.entry = ?4 AND h.extractor < ?5",
    )?;
    let entry = rows::write(&EntryRow::from(&again.entry))?;
    let (hash, format) = (hash_bytes(&again.body.hash), format_in(again.body.format));
    let now = params![again.id.0, hash, format, entry, again.derived.extractor_version];
    Ok(same.query_row(now, |row| row.get(0)).optional()?)
}

/// Takes one article in that was read already.
fn upsert(
    transaction: &Transaction<'_>,
    spellings: &mut Spellings,
    incoming: &NewArticle,
    body: &PackedBody,
    entry: &str,
) -> Result<Upsert, StoreError> {
    let published = incoming.article.published;
    let arrival = Arrival {
        origin: &incoming.origin,
        entry,
        body,
        published,
        received: incoming.received,
        modified: incoming.modified,
        rank: incoming.rank,
    };
    let Placed { upsert, extractor, .. } = arrival.place(transaction)?;
    if matches!(upsert, Upsert::Unchanged(_)) && extractor >= incoming.extractor_version {
        return Ok(upsert);
    }
    let NewArticle { article, facts, extractor_version, index, .. } = incoming;
    Derived::of(article, facts, *extractor_version, index, &incoming.body.bytes)?.put(
        transaction,
        spellings,
        upsert.id().0,
        extractor,
    )?;
    match upsert {
        Upsert::New(id) => {
            mutes::on_arrival(
                transaction,
                id,
                &title_of(article),
                article.source.as_deref(),
                incoming.received,
            )?;
        }
        _ => date(transaction, upsert.id(), published)?,
    }
    Ok(upsert)
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

/// What was derived of a body, ready to be written.
struct Derived<'a> {
    article: &'a Article,
    facts: &'a [Fact],
    extractor: u32,
    index: &'a IndexForm,
    packed: Packed,
    words: usize,
}

impl<'a> Derived<'a> {
    fn of(
        article: &'a Article,
        facts: &'a [Fact],
        extractor: u32,
        index: &'a IndexForm,
        body: &[u8],
    ) -> Result<Self, StoreError> {
        let packed = pack_article(article, body)?;
        let words = text::words(&article.text);
        Ok(Self { article, facts, extractor, index, packed, words })
    }

    /// Writes it in the place of what the extractor `before` made; 0 where none has.
    fn put(
        &self,
        transaction: &Transaction<'_>,
        spellings: &mut Spellings,
        id: i64,
        before: u32,
    ) -> Result<(), StoreError> {
        let article = self.article;
        let facts = facts::put(transaction, id, self.facts, &article.text)?;
        let title = title_of(article);
        let headline = Headline {
            title: &title,
            source: article.source.as_deref(),
            language: article.language.as_deref(),
            direction: article.direction,
            facts,
            words: self.words,
            extractor: self.extractor,
        };
        headline.put(transaction, id)?;
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO content (article, text, size, packed) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, count(self.packed.text), count(self.packed.size), self.packed.frame])?;
        if before > 0 {
            index::leave_out(transaction, id)?;
        }
        if self.extractor == 0 {
            return Ok(());
        }
        index::put(transaction, spellings, id, self.index, &title, article.source.as_deref())
    }
}

/// What a list shows of an article, to be written.
pub(super) struct Headline<'a> {
    pub(super) title: &'a str,
    pub(super) source: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    pub(super) direction: Option<Direction>,
    pub(super) facts: usize,
    pub(super) words: usize,
    pub(super) extractor: u32,
}

impl Headline<'_> {
    /// Writes it in the place of what was there.
    pub(super) fn put(&self, transaction: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
        let source = match self.source {
            Some(name) => Some(id_of_name(transaction, "source", "name", name)?),
            None => None,
        };
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO headline \
                 (article, title, source, language, direction, facts, words, extractor) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                self.title,
                source,
                self.language,
                direction_in(self.direction),
                count(self.facts),
                count(self.words),
                self.extractor
            ])?;
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
