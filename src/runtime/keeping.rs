//! What is marked in a temporary library is marked in the person's own, too: the article is put there, and undo and redo
//! are followed. Knows no screen; `librarian.rs` asks.

use jiff::Timestamp;

use super::librarian::Desk;
use crate::app::{Event, Library};
use crate::article::{ArticleId, Marks, Sketch, Verb};
use crate::query::IndexForm;
use crate::store::{JournalContext, NewArticle, Store, StoreError, Upsert};

impl Desk {
    /// Puts an article of a temporary library into the person's own, marked there as it is marked here.
    pub(super) fn keep(
        &mut self,
        id: ArticleId,
        verb: &Verb,
        sink: &dyn Fn(Event),
    ) -> Result<(), StoreError> {
        let (Some((entry, body)), Some(stored)) = (self.store.body(id)?, self.store.article(id)?) else {
            return Ok(());
        };
        let mut own = Store::open(&self.own)?;
        let now = Timestamp::now();
        let upsert = own.upsert(&NewArticle {
            index: IndexForm::of(&stored.article.text),
            sketch: Sketch::of(&stored.article),
            origin: stored.origin,
            entry,
            body,
            article: stored.article,
            facts: self.store.derived_facts(id)?,
            extractor_version: stored.extractor_version,
            rank: None,
            received: now,
            modified: None,
        })?;
        let context = JournalContext { session: &self.session, view: "temporary", now };
        if let Upsert::New(kept) = upsert {
            own.adopt(kept, &self.store.amendments(id)?, &context)?;
        }
        own.apply(verb, &[upsert.id()], &context)?;
        sink(Event::Kept(id));
        Ok(())
    }

    /// Undo and redo in a temporary library carry the bookmark of a kept article along in the person's own.
    pub(super) fn follow_in_own(&self, changed: &[(ArticleId, Marks)]) {
        if self.library == Library::Own || !self.own.exists() {
            return;
        }
        let Ok(mut own) = Store::open(&self.own) else { return };
        for (id, marks) in changed {
            let Ok(Some(stored)) = self.store.article(*id) else { continue };
            let Ok(Some(kept)) = own.find_origin(&stored.origin) else { continue };
            let bookmark = match &marks.bookmark {
                Some(bookmark) => Verb::Bookmark(bookmark.clone()),
                None => Verb::Unbookmark,
            };
            let there = own.marks(kept).ok().flatten().unwrap_or_default().tags;
            let remove = there.difference(&marks.tags).cloned().collect();
            let tags = Verb::Tag { add: marks.tags.clone(), remove };
            let context = JournalContext { session: &self.session, view: "temporary", now: Timestamp::now() };
            for verb in [bookmark, tags] {
                // The own library is only followed: the change that the person asked for is safe already.
                let _ = own.apply(&verb, &[kept], &context);
            }
        }
    }
}
