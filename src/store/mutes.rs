//! What is silenced: articles of a story, a source or a topic, now and as they come in for a while. A mute is one entry of
//! the journal; what it silences on arrival is added to that entry, so that undo brings all of it back.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::journal::{Change, insert_inverse, insert_undoable, items, record, taken_back};
use super::read::{self, size};
use super::rows::{time_in, time_out};
use super::{Applied, JournalContext, Store, StoreError};
use crate::article::{ArticleId, Marks, Verb};
use crate::query::Mute;

/// The journal's name for lifting a mute; what it inverts is the mute's own entry.
const LIFT: &str = "unmute";

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

/// A mute that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteInForce {
    /// Its entry in the journal, by which it is named.
    pub entry: i64,
    /// What is silenced.
    pub mute: Mute,
    /// Until when.
    pub until: Timestamp,
    /// How many articles it has silenced so far.
    pub articles: usize,
}

impl Store {
    /// The mutes that are in force at a time, those that end first before others.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn mutes(&self, now: Timestamp) -> Result<Vec<MuteInForce>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT u.entry, u.kind, u.name, u.until, \
             (SELECT count(*) FROM journal_item i WHERE i.entry = coalesce(j.head, j.id)) \
             FROM mute u JOIN journal j ON j.id = u.entry WHERE u.active = 1 AND u.until > ?1 ORDER BY u.until, u.entry",
        )?;
        let mut found = statement.query([time_in(now)])?;
        let mut mutes = Vec::new();
        while let Some(row) = found.next()? {
            mutes.push(MuteInForce {
                entry: row.get(0)?,
                mute: mute_of(row.get(1)?, row.get(2)?)?,
                until: time_out(row.get(3)?)?,
                articles: size(row.get(4)?)?,
            });
        }
        Ok(mutes)
    }

    /// Lifts a mute, named by its entry, before its time: it silences nothing more, and the articles that it silenced are as
    /// they were before, where nobody changed them since. One journal entry; nothing where no such mute is in force.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn lift(&mut self, entry: i64, context: &JournalContext<'_>) -> Result<Option<Applied>, StoreError> {
        let transaction = self.write()?;
        let found = transaction
            .prepare_cached(
                "SELECT coalesce(j.head, j.id) FROM mute u JOIN journal j ON j.id = u.entry \
                 WHERE u.entry = ?1 AND u.active = 1 AND u.until > ?2",
            )?
            .query_row(params![entry, time_in(context.now)], |row| row.get(0))
            .optional()?;
        let Some(head) = found else { return Ok(None) };
        let mut changes: Vec<Change> = Vec::new();
        for (id, before, after) in items(&transaction, head)? {
            if let Some(now) = read::marks(&transaction, id)?
                && let Some(back) = taken_back(&now, &before, &after)
            {
                changes.push((id, now, back));
            }
        }
        let lifted = insert_inverse(&transaction, LIFT, entry, changes.len(), context)?;
        record(&transaction, lifted, &changes)?;
        switch(&transaction, entry, false)?;
        transaction.commit()?;
        let changed = changes.into_iter().map(|(id, _, after)| (id, after)).collect();
        Ok(Some(Applied { entry: Some(lifted), changed, missing: Vec::new() }))
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

/// A mute whose entry was undone lets through again; redone, it silences again. Of an entry that lifted one the other way
/// round.
pub(super) fn switch(transaction: &Transaction<'_>, entry: i64, active: bool) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE mute SET active = ?2 WHERE entry = ?1")?
        .execute(params![entry, active])?;
    transaction
        .prepare_cached(
            "UPDATE mute SET active = ?2 WHERE entry = (SELECT inverts FROM journal WHERE id = ?1 AND verb = ?3)",
        )?
        .execute(params![entry, !active, LIFT])?;
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
