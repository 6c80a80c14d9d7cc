//! What is silenced: articles of a story, a source or a topic, now and as they come in for a while. A mute is one entry of
//! the journal; what it silences on arrival is added to that entry, so that undo brings all of it back.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::journal::{Change, insert_undoable, record};
use super::read;
use super::rows::time_in;
use super::{Applied, JournalContext, Store, StoreError};
use crate::article::{ArticleId, Marks, Verb};
use crate::query::Mute;

impl Store {
    /// Silences what `mute` is about: what waits in the inbox at once, what comes in before `until` on arrival. One journal
    /// entry, also where nothing waits.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn mute(
        &mut self,
        mute: &Mute,
        until: Timestamp,
        context: &JournalContext<'_>,
    ) -> Result<Applied, StoreError> {
        let transaction = self.write()?;
        let mut changes: Vec<Change> = Vec::new();
        for id in waiting(&transaction, mute)? {
            if let Some(before) = read::marks(&transaction, id)? {
                let after = Verb::Mute.apply(&before);
                changes.push((id, before, after));
            }
        }
        let entry = insert_undoable(&transaction, Verb::Mute.name(), changes.len(), context)?;
        record(&transaction, entry, &changes)?;
        let (kind, name) = row_of(mute);
        transaction
            .prepare_cached("INSERT INTO mute (entry, kind, name, until, active) VALUES (?1, ?2, ?3, ?4, 1)")?
            .execute(params![entry, kind, name, time_in(until)])?;
        transaction.commit()?;
        let changed = changes.into_iter().map(|(id, _, after)| (id, after)).collect();
        Ok(Applied { entry: Some(entry), changed, missing: Vec::new() })
    }
}

/// The articles of the inbox that a mute is about.
fn waiting(connection: &Connection, mute: &Mute) -> Result<Vec<ArticleId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT m.article, h.title, s.name FROM mark m CROSS JOIN headline h ON h.article = m.article \
         LEFT JOIN source s ON s.id = h.source WHERE m.inbox = 1",
    )?;
    let mut found = statement.query([])?;
    let subject = mute.subject();
    let mut ids = Vec::new();
    while let Some(row) = found.next()? {
        let title = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?;
        let source = row.get_ref(2)?.as_str_or_null().map_err(|_| StoreError::Damaged)?;
        if subject.is_of(title, source) {
            ids.push(ArticleId(row.get(0)?));
        }
    }
    Ok(ids)
}

/// Silences an article that has just come in, where a mute says so.
pub(super) fn on_arrival(
    transaction: &Transaction<'_>,
    id: ArticleId,
    title: &str,
    source: Option<&str>,
    received: Timestamp,
) -> Result<(), StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT u.kind, u.name, coalesce(j.head, j.id) FROM mute u JOIN journal j ON j.id = u.entry \
         WHERE u.active = 1 AND u.until > ?1",
    )?;
    let mut found = statement.query([time_in(received)])?;
    while let Some(row) = found.next()? {
        let mute = mute_of(row.get(0)?, row.get(1)?)?;
        if mute.subject().is_of(title, source) {
            let before = Marks::default();
            let after = Verb::Mute.apply(&before);
            add_item(transaction, row.get(2)?, (id, before, after))?;
            break;
        }
    }
    Ok(())
}

/// Adds one more change to an entry.
fn add_item(transaction: &Transaction<'_>, entry: i64, change: Change) -> Result<(), StoreError> {
    record(transaction, entry, &[change])?;
    transaction.prepare_cached("UPDATE journal SET items = items + 1 WHERE id = ?1")?.execute([entry])?;
    Ok(())
}

/// A mute whose entry was undone lets through again; redone, it silences again.
pub(super) fn switch(transaction: &Transaction<'_>, entry: i64, active: bool) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE mute SET active = ?2 WHERE entry = ?1")?
        .execute(params![entry, active])?;
    Ok(())
}

fn row_of(mute: &Mute) -> (i64, &str) {
    match mute {
        Mute::Story(title) => (0, title),
        Mute::Source(name) => (1, name),
        Mute::Topic(words) => (2, words),
    }
}

fn mute_of(kind: i64, name: String) -> Result<Mute, StoreError> {
    match kind {
        0 => Ok(Mute::Story(name)),
        1 => Ok(Mute::Source(name)),
        2 => Ok(Mute::Topic(name)),
        _ => Err(StoreError::Damaged),
    }
}
