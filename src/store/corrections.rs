//! What a person corrects of facts: entries of the journal's one line, and amendments that stand until they are undone,
//! also when the article is derived again. What a correction means is `article::Correction`'s to say, which fact an
//! amendment is laid over `amend.rs`'s.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::amend::{Standing, stand};
use super::content::{Packed, unpack_article};
use super::fact_rows::AmendmentRow;
use super::journal::insert_undoable;
use super::read::{count, size};
use super::{Corrected, JournalContext, Store, StoreError, facts, pack, rows};
use crate::article::{Amendment, ArticleId, Correction, Meaning};

/// A change of one amendment: before and after, nothing where there is none.
pub(super) struct Change {
    id: i64,
    article: ArticleId,
    before: Option<Amendment>,
    after: Option<Amendment>,
}

impl Store {
    /// Corrects the facts of an article, as one journal entry and one transaction; no entry where nothing changes: the
    /// article or the fact is not there (any more), or is as asked already, or key or value is empty. `understand` says
    /// what a key and a value mean.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn correct(
        &mut self,
        id: ArticleId,
        correction: &Correction,
        understand: &dyn Fn(&str, &str) -> Meaning,
        context: &JournalContext<'_>,
    ) -> Result<Corrected, StoreError> {
        let transaction = self.write()?;
        let mut entry = None;
        if let Some(change) = change(&transaction, id, correction, understand)? {
            let number = insert_undoable(&transaction, correction.name(), 1, context)?;
            record(&transaction, number, &[change])?;
            entry = Some(number);
        }
        let facts = facts::of_article(&transaction, id)?;
        transaction.commit()?;
        Ok(Corrected { entry, facts })
    }

    /// Lays amendments that were made in another library over an article's facts, as one journal entry.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn adopt(
        &mut self,
        id: ArticleId,
        amendments: &[Amendment],
        context: &JournalContext<'_>,
    ) -> Result<Corrected, StoreError> {
        let transaction = self.write()?;
        let mut entry = None;
        if !amendments.is_empty() && text_of(&transaction, id)?.is_some() {
            let first = next_id(&transaction)?;
            let change = |(id_of, amendment): (i64, &Amendment)| Change {
                id: id_of,
                article: id,
                before: None,
                after: Some(amendment.clone()),
            };
            let changes: Vec<Change> = (first..).zip(amendments).map(change).collect();
            let number = insert_undoable(&transaction, "correct_facts", 1, context)?;
            record(&transaction, number, &changes)?;
            entry = Some(number);
        }
        let facts = facts::of_article(&transaction, id)?;
        transaction.commit()?;
        Ok(Corrected { entry, facts })
    }

    /// What a person made of an article's facts, oldest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn amendments(&self, id: ArticleId) -> Result<Vec<Amendment>, StoreError> {
        Ok(of_article(&self.connection, id)?.into_iter().map(|(_, amendment)| amendment).collect())
    }

    /// The facts of an article as they were derived, without the person's corrections.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn derived_facts(&self, id: ArticleId) -> Result<Vec<crate::article::Fact>, StoreError> {
        facts::derived(&self.connection, id)
    }
}

/// The change that a correction asks for; none where nothing would change.
fn change(
    transaction: &Transaction<'_>,
    id: ArticleId,
    correction: &Correction,
    understand: &dyn Fn(&str, &str) -> Meaning,
) -> Result<Option<Change>, StoreError> {
    let Some(text) = text_of(transaction, id)? else { return Ok(None) };
    let amendments = of_article(transaction, id)?;
    let mut amended: Option<(i64, Amendment)> = None;
    let mut fact = None;
    if let Some(target) = correction.target() {
        let derived = facts::derived(transaction, id)?;
        let standing = stand(&derived, &amendments, &text);
        let Some(found) = standing.into_iter().find(|standing| standing.shown && target.is(&standing.fact))
        else {
            return Ok(None);
        };
        let Standing { fact: shown, amendment, .. } = found;
        amended = amendments.into_iter().find(|(number, _)| Some(*number) == amendment);
        fact = Some(shown);
    }
    let before = amended.as_ref().map(|(_, amendment)| amendment);
    let after = correction.amend(before, fact.as_ref(), &text, understand);
    let removes = matches!(correction, Correction::Hide(_)) && before.is_some();
    // An edit or addition without key or value asks for nothing; one that says what is shown changes nothing.
    let same = match (&after, &fact) {
        (Some(Amendment { now: Some(own), .. }), Some(fact)) => {
            own.key == fact.key && own.value == fact.value
        }
        _ => false,
    };
    if (after.is_none() && !removes) || same {
        return Ok(None);
    }
    let (number, before) = match amended {
        Some((number, amendment)) => (number, Some(amendment)),
        None => (next_id(transaction)?, None),
    };
    Ok(Some(Change { id: number, article: id, before, after }))
}

/// The amendments of an article with their numbers, oldest first.
pub(super) fn of_article(
    connection: &Connection,
    id: ArticleId,
) -> Result<Vec<(i64, Amendment)>, StoreError> {
    let sql = "SELECT id, amendment FROM amendment WHERE article = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([id.0])?;
    let mut amendments = Vec::new();
    while let Some(row) = found.next()? {
        amendments
            .push((row.get(0)?, amendment_of(row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?)?));
    }
    Ok(amendments)
}

/// The changes that take an entry's amendments back, and how many are no longer as the entry left them.
pub(super) fn taken_back(connection: &Connection, entry: i64) -> Result<(Vec<Change>, usize), StoreError> {
    let sql =
        "SELECT amendment, article, before, after FROM journal_amendment WHERE entry = ?1 ORDER BY amendment";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([entry])?;
    let (mut changes, mut skipped) = (Vec::new(), 0);
    while let Some(row) = found.next()? {
        let amendment = |json: Option<String>| json.as_deref().map(amendment_of).transpose();
        let (id, article): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (before, after) = (amendment(row.get(2)?)?, amendment(row.get(3)?)?);
        let now: Option<String> = connection
            .prepare_cached("SELECT amendment FROM amendment WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if amendment(now)? == after && super::write::exists(connection, ArticleId(article))? {
            changes.push(Change { id, article: ArticleId(article), before: after, after: before });
        } else {
            skipped += 1;
        }
    }
    Ok((changes, skipped))
}

/// Writes an entry's changes down, in the journal first, and lays them over the facts. Returns the articles.
pub(super) fn record(
    transaction: &Transaction<'_>,
    entry: i64,
    changes: &[Change],
) -> Result<Vec<ArticleId>, StoreError> {
    let json = |amendment: &Option<Amendment>| {
        amendment.as_ref().map(|own| rows::write(&AmendmentRow::from(own))).transpose()
    };
    let mut articles: Vec<ArticleId> = Vec::new();
    for Change { id, article, before, after } in changes {
        let (before, after) = (json(before)?, json(after)?);
        transaction
            .prepare_cached(
                "INSERT INTO journal_amendment (entry, amendment, article, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![entry, id, article.0, before, after])?;
        match after {
            Some(after) => transaction
                .prepare_cached(
                    "INSERT INTO amendment (id, article, amendment) VALUES (?1, ?2, ?3) \
                     ON CONFLICT (id) DO UPDATE SET amendment = excluded.amendment",
                )?
                .execute(params![id, article.0, after])?,
            None => transaction.prepare_cached("DELETE FROM amendment WHERE id = ?1")?.execute([id])?,
        };
        if !articles.contains(article) {
            articles.push(*article);
        }
    }
    for article in &articles {
        let derived = facts::derived(transaction, *article)?;
        let text = text_of(transaction, *article)?.unwrap_or_default();
        let shown = facts::put(transaction, article.0, &derived, &text)?;
        transaction
            .prepare_cached("UPDATE headline SET facts = ?2 WHERE article = ?1")?
            .execute(params![article.0, count(shown)])?;
    }
    Ok(articles)
}

/// A number that no amendment ever had: also those that were undone keep theirs.
fn next_id(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT max((SELECT coalesce(max(id), 0) FROM amendment), \
               (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'amendment')) + 1";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// An amendment from its JSON.
fn amendment_of(json: &str) -> Result<Amendment, StoreError> {
    rows::read::<AmendmentRow>(json)?.amendment()
}

/// The canonical text of an article.
fn text_of(connection: &Connection, id: ArticleId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT b.packed, b.size, c.packed, c.size, c.text FROM article a JOIN body b ON b.id = a.body \
               JOIN content c ON c.article = a.id WHERE a.id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([id.0])?;
    let Some(row) = found.next()? else { return Ok(None) };
    let packed = row.get_ref(0)?.as_blob().map_err(|_| StoreError::Damaged)?;
    let body = pack::unpack(packed, size(row.get(1)?)?, b"")?;
    let packed = Packed { frame: row.get(2)?, size: size(row.get(3)?)?, text: size(row.get(4)?)? };
    Ok(Some(unpack_article(&packed, &body)?.text))
}
