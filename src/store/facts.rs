//! Facts of stored articles: as they are shown, as they were derived, and as they are written. Which articles have a fact
//! that a query asks for is in `asked_facts.rs`, what a person corrects in `corrections.rs`.

use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::amend::{Standing, stand};
use super::corrections;
use super::fact_rows::{Askable, normalized_in, normalized_out};
use super::read::count;
use super::rows::{self, EvidenceRow, method_in, method_out};
use super::write::id_of_name;
use crate::article::{ArticleId, Fact};

/// The columns of [`fact_of`], from tables `f` and `k`.
pub(super) const FACT: &str = "k.name, f.value, f.concept, f.normalized, f.evidence, f.method, f.confidence";

/// The facts of an article that are shown, in their order.
pub(super) fn of_article(connection: &Connection, id: ArticleId) -> Result<Vec<Fact>, StoreError> {
    read(connection, id, "f.shown = 1")
}

/// The facts of an article as they were derived, in their order, whatever a person made of them.
pub(super) fn derived(connection: &Connection, id: ArticleId) -> Result<Vec<Fact>, StoreError> {
    read(connection, id, "f.amendment IS NULL")
}

fn read(connection: &Connection, id: ArticleId, which: &str) -> Result<Vec<Fact>, StoreError> {
    let sql = format!(
        "SELECT {FACT} FROM fact f JOIN fact_key k ON k.id = f.key WHERE f.article = ?1 AND {which} ORDER BY f.ordinal"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([id.0])?;
    let mut facts = Vec::new();
    while let Some(row) = found.next()? {
        facts.push(fact_of(row)?);
    }
    Ok(facts)
}

/// A fact from the columns of [`FACT`].
pub(super) fn fact_of(row: &Row<'_>) -> Result<Fact, StoreError> {
    let evidence: String = row.get(4)?;
    Ok(Fact {
        key: row.get(0)?,
        value: row.get(1)?,
        concept: row.get(2)?,
        normalized: normalized_out(row.get(3)?)?,
        evidence: rows::read::<EvidenceRow>(&evidence)?.evidence(),
        method: method_out(row.get(5)?)?,
        confidence: row.get(6)?,
    })
}

/// Writes an article's facts in the place of those that were there: what was derived of its `text`, and the person's
/// corrections over it. Returns how many are shown.
pub(super) fn put(
    transaction: &Transaction<'_>,
    id: i64,
    derived: &[Fact],
    text: &str,
) -> Result<usize, StoreError> {
    let amendments = corrections::of_article(transaction, ArticleId(id))?;
    let standing = stand(derived, &amendments, text);
    transaction.prepare_cached("DELETE FROM fact WHERE article = ?1")?.execute([id])?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO fact (article, ordinal, key, value, concept, normalized, evidence, method, confidence, \
         shown, amendment, country, day_from, day_to, number) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for (ordinal, Standing { fact, shown, amendment }) in standing.iter().enumerate() {
        let columns = Askable::of(&fact.normalized);
        insert.execute(params![
            id,
            count(ordinal),
            id_of_name(transaction, "fact_key", "name", &fact.key)?,
            fact.value,
            fact.concept,
            normalized_in(&fact.normalized)?,
            rows::write(&EvidenceRow::from(&fact.evidence))?,
            method_in(fact.method),
            if fact.confidence.is_finite() { fact.confidence } else { 0.0 },
            shown,
            amendment,
            columns.country,
            columns.day_from,
            columns.day_to,
            columns.number
        ])?;
    }
    Ok(standing.iter().filter(|standing| standing.shown).count())
}
