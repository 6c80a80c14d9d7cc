//! What was derived of bodies, written: article, facts, search index, and what its text is compared by. The index keeps what
//! it is given in memory until the transaction ends or a statement is begun that can be taken back by itself: so the index
//! of a batch comes after all its rows.

use std::time::Instant;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::arrival::{date, hash_bytes};
use super::content::{Packed, pack_article};
use super::index::{self, Spellings};
use super::read::count;
use super::rows::{self, EntryRow, direction_in, format_in};
use super::write::id_of_name;
use super::{NewDerived, Rederived, Store, StoreError, facts, stories};
use crate::article::{Article, ArticleId, Body, Entry, Fact, Sketch};
use crate::query::IndexForm;
use crate::text::{self, Direction};

/// Characters of text that stand for a title where an article has none.
const TITLE_CHARACTERS: usize = 80;

/// A stored body and what was made of it again, ready to be written. Making it ready takes longer than writing it, and needs
/// no library.
#[derive(Clone, Debug)]
pub struct Remade {
    id: ArticleId,
    entry: Entry,
    body: Body,
    derived: NewDerived,
    prepared: Prepared,
}

impl Remade {
    /// What was `derived` of the body and the declaration of article `id`, packed.
    ///
    /// # Errors
    /// Where there is no memory to pack it.
    pub fn new(id: ArticleId, entry: Entry, body: Body, derived: NewDerived) -> Result<Self, StoreError> {
        let prepared = Prepared::of(&derived.article, &body.bytes)?;
        Ok(Self { id, entry, body, derived, prepared })
    }

    /// The extractor of the article's present headline, where the article still is what this was made of and that
    /// extractor is an earlier one.
    fn is_of(&self, connection: &Connection) -> Result<Option<u32>, StoreError> {
        let mut same = connection.prepare_cached(
            "SELECT h.extractor FROM article a JOIN body b ON b.id = a.body JOIN entry e ON e.article = a.id \
             JOIN headline h ON h.article = a.id \
             WHERE a.id = ?1 AND b.hash = ?2 AND a.format = ?3 AND e.entry = ?4 AND h.extractor < ?5",
        )?;
        let entry = rows::write(&EntryRow::from(&self.entry))?;
        let (hash, format) = (hash_bytes(&self.body.hash), format_in(self.body.format));
        let now = params![self.id.0, hash, format, entry, self.derived.extractor_version];
        Ok(same.query_row(now, |row| row.get(0)).optional()?)
    }

    fn derived(&self) -> Derived<'_> {
        let NewDerived { article, facts, extractor_version, index, sketch } = &self.derived;
        Derived { article, facts, extractor: *extractor_version, index, sketch, prepared: &self.prepared }
    }
}

impl Store {
    /// Puts what an extractor made again of stored bodies in the place of what was derived before, in one short
    /// transaction; marks, corrections and bodies stay. Passed over are articles that are not there, that meanwhile have
    /// another body or declaration than it was made of, or that were made by this extractor or a newer one already.
    /// It is not waited until the disk has it: what is lost in a power cut is made again.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn rederive(&mut self, made: &[Remade]) -> Result<Rederived, StoreError> {
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let done = self.put_again(made);
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        done
    }

    /// Has this connection write its log back into the library after so many pages, until it is told otherwise; `None` is
    /// SQLite's own number. Rarely is less work for whoever writes much: a page that changes often is written once.
    ///
    /// # Errors
    /// Where the library cannot be used.
    pub fn checkpoint_after(&self, pages: Option<u32>) -> Result<(), StoreError> {
        Ok(self.connection.pragma_update(None, "wal_autocheckpoint", pages.unwrap_or(1000))?)
    }

    fn put_again(&mut self, made: &[Remade]) -> Result<Rederived, StoreError> {
        // The index takes articles in the order of their numbers at once, others one by one.
        let mut order: Vec<&Remade> = made.iter().collect();
        order.sort_by_key(|again| again.id);
        let mut start = Instant::now();
        let written = self.writing(|transaction, spellings| {
            start = Instant::now();
            let mut written = Vec::with_capacity(order.len());
            for again in order {
                let Some(before) = again.is_of(transaction)? else { continue };
                let derived = again.derived();
                date(transaction, again.id, derived.article.published)?;
                derived.put(transaction, again.id, before)?;
                written.push((again.id, derived));
            }
            let many = written.len();
            put_into_index(transaction, spellings, written)?;
            Ok(many)
        })?;
        Ok(Rederived { written, held: start.elapsed() })
    }
}

/// What can be made of a derivation before anybody is kept from writing.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    packed: Packed,
    words: usize,
    title: String,
}

impl Prepared {
    /// What was derived of `body`, packed.
    pub(super) fn of(article: &Article, body: &[u8]) -> Result<Self, StoreError> {
        Ok(Self {
            packed: pack_article(article, body)?,
            words: text::words(&article.text),
            title: title_of(article),
        })
    }

    /// The title that a list shows.
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// What was derived of a body, ready to be written.
pub(super) struct Derived<'a> {
    pub(super) article: &'a Article,
    pub(super) facts: &'a [Fact],
    pub(super) extractor: u32,
    pub(super) index: &'a IndexForm,
    pub(super) sketch: &'a Sketch,
    pub(super) prepared: &'a Prepared,
}

impl Derived<'_> {
    /// Writes all but the index in the place of what the extractor `before` made; 0 where none has. It is out of the index
    /// then.
    pub(super) fn put(
        &self,
        transaction: &Transaction<'_>,
        id: ArticleId,
        before: u32,
    ) -> Result<(), StoreError> {
        let Self { article, prepared, .. } = self;
        let Packed { text, size, frame } = &prepared.packed;
        let facts = facts::put(transaction, id.0, self.facts, &article.text)?;
        let headline = Headline {
            title: &prepared.title,
            source: article.source.as_deref(),
            language: article.language.as_deref(),
            direction: article.direction,
            facts,
            words: prepared.words,
            extractor: self.extractor,
        };
        headline.put(transaction, id.0)?;
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO content (article, text, size, packed) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id.0, count(*text), count(*size), frame])?;
        if before > 0 {
            index::leave_out(transaction, id.0)?;
        }
        if self.extractor > 0 {
            stories::take(transaction, id, self.sketch)?;
        }
        Ok(())
    }
}

/// Puts articles into the index, in the order of their numbers; their rows are written.
pub(super) fn put_into_index<'a>(
    transaction: &Transaction<'_>,
    spellings: &mut Spellings,
    written: impl IntoIterator<Item = (ArticleId, Derived<'a>)>,
) -> Result<(), StoreError> {
    for (id, derived) in written.into_iter().filter(|(_, derived)| derived.extractor > 0) {
        let (title, source) = (derived.prepared.title.as_str(), derived.article.source.as_deref());
        index::put(transaction, spellings, id.0, derived.index, title, source)?;
    }
    Ok(())
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
