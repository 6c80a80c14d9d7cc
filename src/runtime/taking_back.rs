//! Changes and the journal: what it is told with each, taking back and making again. `librarian.rs` asks.

use jiff::Timestamp;

use super::librarian::Desk;
use crate::app::{Event, JournalNote, Undone};
use crate::article::ArticleId;
use crate::query::View;
use crate::store::{JournalContext, JournalEntry, StoreError};

impl Desk {
    /// What the journal is told with a change made in a view.
    pub(super) fn context(&self, view: &View) -> Context {
        Context { session: self.session.clone(), view: view.to_string(), now: Timestamp::now() }
    }

    /// Takes the last change back, or makes it again; one of an earlier session or another view only where it is `confirmed`.
    pub(super) fn undo(
        &mut self,
        redo: bool,
        confirmed: Option<i64>,
        view: &View,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        let candidate = if redo { self.store.redo_candidate()? } else { self.store.undo_candidate()? };
        let Some(candidate) = candidate else {
            sink(Event::NothingToUndo(redo));
            return Ok(());
        };
        let context = self.context(view);
        let here = candidate.session == self.session && candidate.view == context.view;
        if !here && confirmed != Some(candidate.id) {
            sink(Event::ConfirmUndo { note: note(candidate), redo });
            return Ok(());
        }
        let undone =
            if redo { self.store.redo(&context.borrow())? } else { self.store.undo(&context.borrow())? };
        match undone {
            Some(undone) => {
                self.follow_in_own(&undone.changed);
                if undone.entry.is_of_facts() {
                    // The list counts an article's facts.
                    let ids: Vec<ArticleId> = undone.changed.iter().map(|(id, _)| *id).collect();
                    sink(Event::Headlines(self.store.headlines(&ids)?));
                }
                let (changed, skipped) = (undone.changed, undone.skipped);
                sink(Event::Undone(Undone { note: note(undone.entry), changed, skipped, redo }));
                self.counts(sink)?;
            }
            None => sink(Event::NothingToUndo(redo)),
        }
        Ok(())
    }
}

/// An owned journal context.
pub(super) struct Context {
    session: String,
    view: String,
    now: Timestamp,
}

impl Context {
    /// As the store takes it.
    pub(super) fn borrow(&self) -> JournalContext<'_> {
        JournalContext { session: &self.session, view: &self.view, now: self.now }
    }
}

/// An entry as people are told of it.
fn note(entry: JournalEntry) -> JournalNote {
    let JournalEntry { id, verb, count, title, at, view, .. } = entry;
    JournalNote { id, verb, count, title, when: at, view }
}
