//! Verbs: each changes marks, is journaled, and can be undone.

use super::action::Action;
use super::effect::Effect;
use super::event::{JournalNote, Undone};
use super::state::{Library, State};
use crate::article::{ArticleId, Bookmark, Marks, Verb};

/// Letters of a title that a message shows.
const TITLE_LETTERS: usize = 40;

impl State {
    /// `d b m a`, on the open article, or on a count of rows from the cursor.
    pub(super) fn verb(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let ids: Vec<ArticleId> = if self.open {
            self.current().into_iter().collect()
        } else {
            self.list.ids.iter().skip(self.list.cursor).take(count.unwrap_or(1)).copied().collect()
        };
        let Some(first) = ids.first().copied() else {
            self.say("there is no article here");
            return Vec::new();
        };
        let marks = self.known_marks(first);
        let (verb, moves) = match action {
            Action::Done => (Verb::Done, true),
            Action::Archive => (Verb::Archive, true),
            Action::ToggleRead if marks.read => (Verb::Unread, false),
            Action::ToggleRead => (Verb::Read, false),
            _ if marks.bookmark.is_some() => (Verb::Unbookmark, false),
            _ => (Verb::Bookmark(Bookmark::default()), !self.open),
        };
        self.say(said(&verb, ids.len()));
        let many = ids.len();
        let mut effects = self.change(&verb, ids);
        if moves {
            effects.extend(self.after(first, many));
        }
        effects
    }

    /// What is known of an article's marks.
    pub(super) fn known_marks(&self, id: ArticleId) -> Marks {
        let reader = self.reader.as_ref().filter(|reader| reader.id == id);
        let marks = reader.map(|reader| &reader.headline.marks).or_else(|| self.list.marks(id));
        marks.cloned().unwrap_or_default()
    }

    /// Goes on to the article behind those that a verb acted on.
    fn after(&mut self, first: ArticleId, many: usize) -> Vec<Effect> {
        let row = self.list.row_of(first).unwrap_or(self.list.cursor).saturating_add(many);
        if row < self.list.ids.len() {
            let status = std::mem::take(&mut self.status);
            let effects = self.go_to_row(row);
            self.status = status;
            effects
        } else if self.open {
            Vec::new()
        } else {
            self.go_row(row)
        }
    }

    /// Changes marks on the screen at once, and asks for it to be journaled.
    pub(super) fn change(&mut self, verb: &Verb, ids: Vec<ArticleId>) -> Vec<Effect> {
        let changed: Vec<(ArticleId, Marks)> =
            ids.iter().map(|id| (*id, verb.apply(&self.known_marks(*id)))).collect();
        self.take_marks(&changed);
        let mut effects =
            vec![Effect::Apply { verb: verb.clone(), ids: ids.clone(), view: self.list.view.clone() }];
        if self.library == Library::Temporary && matches!(verb, Verb::Bookmark(_)) {
            effects.extend(ids.into_iter().map(|id| Effect::Keep(id, verb.clone())));
        }
        effects
    }

    /// Takes marks as they are now.
    pub(super) fn take_marks(&mut self, changed: &[(ArticleId, Marks)]) {
        for (id, marks) in changed {
            self.list.mark(*id, marks.clone());
            if let Some(reader) = self.reader.as_mut().filter(|reader| reader.id == *id) {
                reader.headline.marks = marks.clone();
            }
        }
    }

    /// `u` and `U`.
    pub(super) fn undo(&mut self, redo: bool, confirmed: Option<i64>) -> Vec<Effect> {
        vec![Effect::Undo { redo, confirmed, view: self.list.view.clone() }]
    }

    /// An entry of an earlier session or another view is named first.
    pub(super) fn confirm_undo(&mut self, note: &JournalNote) {
        self.named = Some(note.id);
        let when = note.when.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let what = described(note);
        self.say(format!("again to undo: {what} · {when}, in {}", note.view));
    }

    pub(super) fn undone(&mut self, undone: &Undone) -> Vec<Effect> {
        self.take_marks(&undone.changed);
        let did = if undone.redo { "redone" } else { "undone" };
        let skipped = match undone.skipped {
            0 => String::new(),
            skipped => format!(" ({skipped} changed since, left as they are)"),
        };
        self.say(format!("{did}: {}{skipped}", described(&undone.note)));
        let mut effects = vec![Effect::LoadCounts];
        if let [(id, _)] = undone.changed.as_slice()
            && !self.open
        {
            match self.list.row_of(*id) {
                Some(row) => effects.extend(self.go_row(row)),
                None => effects.push(Effect::LoadView {
                    view: self.list.view.clone(),
                    reason: super::LoadReason::Refresh(Some(*id)),
                }),
            }
        }
        effects
    }
}

/// What a verb did, for the status line.
fn said(verb: &Verb, many: usize) -> String {
    let what = match verb {
        Verb::Open => "opened",
        Verb::Read => "read",
        Verb::Unread => "unread",
        Verb::Done => "done",
        Verb::Undone => "back in the inbox",
        Verb::Archive => "archived",
        Verb::Bookmark(_) => "bookmarked",
        Verb::Unbookmark => "bookmark taken off",
        Verb::Direction(_) => "direction set",
    };
    if many > 1 { format!("{many} {what} · u undoes") } else { format!("{what} · u undoes") }
}

/// A journal entry in words.
fn described(note: &JournalNote) -> String {
    match &note.title {
        Some(title) => {
            let mut short: String = title.chars().take(TITLE_LETTERS).collect();
            if short.len() < title.len() {
                short.push('…');
            }
            // An isolate keeps a right-to-left title from turning the words around it (UAX #9, 2.4).
            format!("{} of \u{2068}{short}\u{2069}", note.verb)
        }
        None => format!("{} of {} articles", note.verb, note.count),
    }
}
