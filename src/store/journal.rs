//! The journal: verbs, undo and redo. One line of entries for the library and all its processes.
//!
//! An entry holds its articles' marks before and after. Undo of an entry takes back what it changed, field by
//! field, in articles that are still as it left them, and is an entry of its own; the undone entry remembers it as
//! its *head*, so that redo can take that back in turn. A new verb spends what could be redone. Opening is an
//! entry that is on neither stack. What a verb means is `article::Verb`'s to say. Corrections of facts are entries of the
//! same line; what they change is in `corrections.rs`.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::read::{self, count, size};
use super::rows::{self, MarksRow, direction_in, time_in, time_out};
use super::{Applied, JournalContext, JournalEntry, Store, StoreError, Undone, corrections, mutes, tags};
use crate::article::{ArticleId, Marks, Verb};

/// Where an entry stands: as the column `journal.stack` has it.
const NOT_STACKED: i64 = 0;
const TO_UNDO: i64 = 1;
const TO_REDO: i64 = 2;

impl Store {
    /// Does a verb to articles, as one journal entry and one transaction; no entry where nothing changes.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn apply(
        &mut self,
        verb: &Verb,
        ids: &[ArticleId],
        context: &JournalContext<'_>,
    ) -> Result<Applied, StoreError> {
        self.change(verb.name(), verb.is_undoable(), ids.iter().map(|id| (*id, verb)), Verb::apply, context)
    }

    /// Adds to articles the marks that an import has for them, as one journal entry and one transaction. Nothing that they
    /// have is taken away ([`Marks::with`]); no entry where nothing changes.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn add_marks(
        &mut self,
        marks: &[(ArticleId, Marks)],
        context: &JournalContext<'_>,
    ) -> Result<Applied, StoreError> {
        let items = marks.iter().map(|(id, marks)| (*id, marks));
        self.change("import", true, items, |added, before| before.with(added), context)
    }

    /// Changes the marks of articles, each by something of its own, as one journal entry and one transaction.
    fn change<T>(
        &mut self,
        name: &str,
        undoable: bool,
        items: impl ExactSizeIterator<Item = (ArticleId, T)>,
        after: impl Fn(T, &Marks) -> Marks,
        context: &JournalContext<'_>,
    ) -> Result<Applied, StoreError> {
        let transaction = self.write()?;
        let mut applied = Applied::default();
        let mut changes: Vec<Change> = Vec::new();
        // The same article may be asked for twice; an entry has it once.
        let mut seen = HashSet::with_capacity(items.len());
        for (id, by) in items {
            if !seen.insert(id) {
                continue;
            }
            let Some(before) = read::marks(&transaction, id)? else {
                applied.missing.push(id);
                continue;
            };
            let after = after(by, &before);
            if after != before {
                changes.push((id, before, after));
            }
        }
        if changes.is_empty() {
            return Ok(applied);
        }
        let entry = if undoable {
            insert_undoable(&transaction, name, changes.len(), context)?
        } else {
            insert_entry(&transaction, name, NOT_STACKED, None, changes.len(), context)?
        };
        record(&transaction, entry, &changes)?;
        transaction.commit()?;
        applied.entry = Some(entry);
        applied.changed = changes.into_iter().map(|(id, _, after)| (id, after)).collect();
        Ok(applied)
    }

    /// What [`Store::undo`] would take back.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn undo_candidate(&self) -> Result<Option<JournalEntry>, StoreError> {
        Ok(candidate(&self.connection, TO_UNDO)?.map(|(entry, _)| entry))
    }

    /// What [`Store::redo`] would do again.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn redo_candidate(&self) -> Result<Option<JournalEntry>, StoreError> {
        Ok(candidate(&self.connection, TO_REDO)?.map(|(entry, _)| entry))
    }

    /// Takes back the last verb that was not taken back; nothing where there is none.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn undo(&mut self, context: &JournalContext<'_>) -> Result<Option<Undone>, StoreError> {
        self.invert(TO_UNDO, "undo", context)
    }

    /// Does again what was last taken back; nothing where there is none, or where a verb came between.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing is changed.
    pub fn redo(&mut self, context: &JournalContext<'_>) -> Result<Option<Undone>, StoreError> {
        self.invert(TO_REDO, "redo", context)
    }

    /// Moves the top entry of one stack to the other, inverting its last doing or undoing.
    fn invert(
        &mut self,
        from: i64,
        verb: &str,
        context: &JournalContext<'_>,
    ) -> Result<Option<Undone>, StoreError> {
        let transaction = self.write()?;
        let Some((entry, head)) = candidate(&transaction, from)? else { return Ok(None) };
        let mut changes = Vec::new();
        let (amended, mut skipped) = corrections::taken_back(&transaction, head)?;
        for (id, before, after) in items(&transaction, head)? {
            match read::marks(&transaction, id)? {
                Some(now) => match taken_back(&now, &before, &after) {
                    Some(back) => changes.push((id, now, back)),
                    None => skipped += 1,
                },
                None => skipped += 1,
            }
        }
        let count = changes.len() + amended.len();
        let inverse = insert_entry(&transaction, verb, NOT_STACKED, Some(entry.id), count, context)?;
        record(&transaction, inverse, &changes)?;
        let amended = corrections::record(&transaction, inverse, &amended)?;
        let to = if from == TO_UNDO { TO_REDO } else { TO_UNDO };
        transaction
            .prepare_cached("UPDATE journal SET stack = ?2, head = ?3 WHERE id = ?1")?
            .execute(params![entry.id, to, inverse])?;
        mutes::switch(&transaction, entry.id, to == TO_UNDO)?;
        let mut changed: Vec<(ArticleId, Marks)> =
            changes.into_iter().map(|(id, _, after)| (id, after)).collect();
        for id in amended {
            if let Some(marks) = read::marks(&transaction, id)? {
                changed.push((id, marks));
            }
        }
        transaction.commit()?;
        Ok(Some(Undone { entry, changed, skipped }))
    }
}

/// The marks `now` with the fields that differ between `before` and `after` put back; nothing where one of these
/// fields is no longer as `after` has it.
pub(super) fn taken_back(now: &Marks, before: &Marks, after: &Marks) -> Option<Marks> {
    let mut back = now.clone();
    put_back(&mut back.read, &before.read, &after.read)?;
    put_back(&mut back.done, &before.done, &after.done)?;
    put_back(&mut back.archived, &before.archived, &after.archived)?;
    put_back(&mut back.muted, &before.muted, &after.muted)?;
    put_back(&mut back.bookmark, &before.bookmark, &after.bookmark)?;
    put_back(&mut back.direction, &before.direction, &after.direction)?;
    put_back(&mut back.apart, &before.apart, &after.apart)?;
    // Tags one by one: others that were put on since stay.
    for tag in after.tags.difference(&before.tags) {
        back.tags.remove(tag).then_some(())?;
    }
    for tag in before.tags.difference(&after.tags) {
        back.tags.insert(tag.clone()).then_some(())?;
    }
    Some(back)
}

/// One field of [`taken_back`].
fn put_back<T: PartialEq + Clone>(now: &mut T, before: &T, after: &T) -> Option<()> {
    if before != after {
        if now != after {
            return None;
        }
        now.clone_from(before);
    }
    Some(())
}

/// A change of one article: its marks before and after.
pub(super) type Change = (ArticleId, Marks, Marks);

/// Writes an entry down that can be undone; what could be redone is spent by it.
pub(super) fn insert_undoable(
    transaction: &Transaction<'_>,
    verb: &str,
    items: usize,
    context: &JournalContext<'_>,
) -> Result<i64, StoreError> {
    transaction.prepare_cached("UPDATE journal SET stack = 3 WHERE stack = 2")?.execute([])?;
    insert_entry(transaction, verb, TO_UNDO, None, items, context)
}

/// The same of an entry that takes back what another did, and is itself one to be undone.
pub(super) fn insert_inverse(
    transaction: &Transaction<'_>,
    verb: &str,
    inverts: i64,
    items: usize,
    context: &JournalContext<'_>,
) -> Result<i64, StoreError> {
    transaction.prepare_cached("UPDATE journal SET stack = 3 WHERE stack = 2")?.execute([])?;
    insert_entry(transaction, verb, TO_UNDO, Some(inverts), items, context)
}

/// Writes an entry down.
fn insert_entry(
    transaction: &Transaction<'_>,
    verb: &str,
    stack: i64,
    inverts: Option<i64>,
    items: usize,
    context: &JournalContext<'_>,
) -> Result<i64, StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO journal (verb, at, session, view, items, stack, inverts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            verb,
            time_in(context.now),
            context.session,
            context.view,
            count(items),
            stack,
            inverts
        ])?;
    Ok(transaction.last_insert_rowid())
}

/// Writes an entry's changes down, each in the journal first and then in the marks.
pub(super) fn record(
    transaction: &Transaction<'_>,
    entry: i64,
    changes: &[Change],
) -> Result<(), StoreError> {
    let mut item = transaction
        .prepare_cached("INSERT INTO journal_item (entry, article, before, after) VALUES (?1, ?2, ?3, ?4)")?;
    let mut mark = transaction.prepare_cached(
        "UPDATE mark SET inbox = ?2, read = ?3, done = ?4, archived = ?5, muted = ?6, bookmarked = ?7, note = ?8, \
         due = ?9, direction = ?10, tagged = ?11, apart = ?12 WHERE article = ?1",
    )?;
    for (id, before, after) in changes {
        let (was, is) = (rows::write(&MarksRow::from(before))?, rows::write(&MarksRow::from(after))?);
        item.execute(params![entry, id.0, was, is])?;
        let bookmark = after.bookmark.as_ref();
        mark.execute(params![
            id.0,
            after.in_inbox(),
            after.read,
            after.done,
            after.archived,
            after.muted,
            bookmark.is_some(),
            bookmark.and_then(|bookmark| bookmark.note.as_deref()),
            bookmark.and_then(|bookmark| bookmark.due).map(|day| day.to_string()),
            direction_in(after.direction),
            !after.tags.is_empty(),
            after.apart
        ])?;
        tags::write(transaction, *id, before, after)?;
    }
    Ok(())
}

/// An entry's changes.
pub(super) fn items(connection: &Connection, entry: i64) -> Result<Vec<Change>, StoreError> {
    let sql = "SELECT article, before, after FROM journal_item WHERE entry = ?1 ORDER BY article";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([entry])?;
    let mut items = Vec::new();
    while let Some(row) = found.next()? {
        let (before, after): (String, String) = (row.get(1)?, row.get(2)?);
        let marks = |json: &str| rows::read::<MarksRow>(json)?.marks();
        items.push((ArticleId(row.get(0)?), marks(&before)?, marks(&after)?));
    }
    Ok(items)
}

/// The top entry of a stack, and the entry that holds its last doing or undoing. What is undone last is redone
/// first: on the redo stack the top is the lowest number.
fn candidate(connection: &Connection, stack: i64) -> Result<Option<(JournalEntry, i64)>, StoreError> {
    let order = if stack == TO_UNDO { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT id, verb, items, at, session, view, coalesce(head, id) FROM journal WHERE stack = {stack} \
         ORDER BY id {order} LIMIT 1"
    );
    let found = connection.prepare_cached(&sql)?.query_row([], |row| Ok(entry_of(row))).optional()?;
    let Some((mut entry, head)) = found.transpose()? else { return Ok(None) };
    if entry.count == 1 {
        entry.title = connection
            .prepare_cached(
                "SELECT h.title FROM headline h WHERE h.article = coalesce(\
                 (SELECT article FROM journal_item WHERE entry = ?1), \
                 (SELECT article FROM journal_amendment WHERE entry = ?1))",
            )?
            .query_row([entry.id], |row| row.get(0))
            .optional()?;
    }
    Ok(Some((entry, head)))
}

/// An entry from its row, and its head.
fn entry_of(row: &Row<'_>) -> Result<(JournalEntry, i64), StoreError> {
    let entry = JournalEntry {
        id: row.get(0)?,
        verb: row.get(1)?,
        count: size(row.get(2)?)?,
        at: time_out(row.get(3)?)?,
        session: row.get(4)?,
        view: row.get(5)?,
        title: None,
    };
    Ok((entry, row.get(6)?))
}
