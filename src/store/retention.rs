//! Retention: what is dealt with goes after a while. Never what is in the inbox, unread, archived, bookmarked (a note is of
//! a bookmark), tagged, or has facts that the person corrected. What is gone keeps its identity, so that a feed that still
//! lists it does not bring it back.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, params};

use super::rows::time_in;
use super::{Store, StoreError, index, stories};
use crate::article::ArticleId;

/// What may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Days after which what is dealt with may go; a feed's own days come first.
    pub days: Option<u32>,
    /// Articles that are kept: of more, the oldest of what is dealt with may go.
    pub articles: Option<usize>,
}

/// What may ever go, of the tables `mark m` and `article a`.
const DEALT_WITH: &str = "m.done = 1 AND m.read = 1 AND m.archived = 0 AND m.bookmarked = 0 AND m.note IS NULL \
     AND m.tagged = 0 AND NOT EXISTS (SELECT 1 FROM amendment d WHERE d.article = m.article)";

impl Store {
    /// Lets go what the rules let go; how many articles went.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is gone.
    pub fn expire(&mut self, rules: &Retention, now: Timestamp) -> Result<usize, StoreError> {
        let before = |days: u32| {
            let age = SignedDuration::from_hours(i64::from(days).saturating_mul(24));
            time_in(now.saturating_sub(age).unwrap_or(Timestamp::MIN))
        };
        // Where nothing has a rule nobody is kept from writing.
        let own = "SELECT 1 FROM subscription WHERE json_extract(settings, '$.keep_days') IS NOT NULL";
        if *rules == Retention::default() && !self.connection.prepare(own)?.exists([])? {
            return Ok(0);
        }
        let transaction = self.write()?;
        let mut gone = feeds_own(&transaction, &before)?;
        if let Some(days) = rules.days {
            // Feeds with days of their own are judged by these.
            let sql = format!(
                "SELECT m.article FROM mark m WHERE {DEALT_WITH} AND m.at < ?1 AND NOT EXISTS (\
                 SELECT 1 FROM origin o JOIN subscription s ON s.feed = o.feed WHERE o.article = m.article AND o.kind = 1 \
                 AND json_extract(s.settings, '$.keep_days') IS NOT NULL)"
            );
            gone.extend(ids(&transaction, &sql, before(days))?);
        }
        if let Some(most) = rules.articles {
            let all: i64 = transaction.query_row("SELECT everything FROM tally", [], |row| row.get(0))?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            gone.sort_unstable();
            gone.dedup();
            let over = all - i64::try_from(gone.len()).unwrap_or(i64::MAX) - most;
            if over > 0 {
                let sql = format!("SELECT m.article FROM mark m WHERE {DEALT_WITH} ORDER BY m.at LIMIT ?1");
                let wanted = over.saturating_add(i64::try_from(gone.len()).unwrap_or(i64::MAX));
                let oldest = ids(&transaction, &sql, wanted)?;
                let more: Vec<ArticleId> = oldest.into_iter().filter(|id| !gone.contains(id)).collect();
                gone.extend(more.into_iter().take(usize::try_from(over).unwrap_or(usize::MAX)));
            }
        }
        gone.sort_unstable();
        gone.dedup();
        for id in &gone {
            let_go(&transaction, *id)?;
        }
        if !gone.is_empty() {
            transaction.execute_batch(
                "DELETE FROM body WHERE id NOT IN (SELECT body FROM article UNION SELECT body FROM revision)",
            )?;
        }
        transaction.commit()?;
        Ok(gone.len())
    }
}

/// What feeds with days of their own let go.
fn feeds_own(
    transaction: &Transaction<'_>,
    before: &dyn Fn(u32) -> i64,
) -> Result<Vec<ArticleId>, StoreError> {
    let mut statement = transaction.prepare(
        "SELECT feed, json_extract(settings, '$.keep_days') AS days FROM subscription WHERE days IS NOT NULL",
    )?;
    let feeds: Vec<(i64, u32)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut gone = Vec::new();
    for (feed, days) in feeds {
        let sql = format!(
            "SELECT m.article FROM origin o JOIN mark m ON m.article = o.article \
             WHERE o.kind = 1 AND o.feed = {feed} AND m.at < ?1 AND {DEALT_WITH}"
        );
        gone.extend(ids(transaction, &sql, before(days))?);
    }
    Ok(gone)
}

fn ids(transaction: &Transaction<'_>, sql: &str, value: i64) -> Result<Vec<ArticleId>, StoreError> {
    let mut statement = transaction.prepare(sql)?;
    let found = statement.query_map([value], |row| row.get(0).map(ArticleId))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Takes out all of an article but its identity.
fn let_go(transaction: &Transaction<'_>, id: ArticleId) -> Result<(), StoreError> {
    stories::forget(transaction, id)?;
    index::leave_out(transaction, id.0)?;
    for sql in [
        "DELETE FROM fact WHERE article = ?1",
        "DELETE FROM content WHERE article = ?1",
        "DELETE FROM revision WHERE article = ?1",
        "DELETE FROM position WHERE article = ?1",
        "DELETE FROM headline WHERE article = ?1",
        "DELETE FROM mark WHERE article = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([id.0])?;
    }
    transaction
        .prepare_cached("INSERT OR IGNORE INTO body (hash, size, packed) VALUES (x'00', 0, x'')")?
        .execute([])?;
    transaction
        .prepare_cached("UPDATE article SET body = (SELECT id FROM body WHERE hash = x'00') WHERE id = ?1")?
        .execute(params![id.0])?;
    Ok(())
}

/// Whether an article is gone, and only its identity is left.
pub(super) fn is_gone(transaction: &Transaction<'_>, id: ArticleId) -> Result<bool, StoreError> {
    Ok(!transaction.prepare_cached("SELECT 1 FROM mark WHERE article = ?1")?.exists([id.0])?)
}
