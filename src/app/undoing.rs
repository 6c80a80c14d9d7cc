//! Undo and redo: what is asked of the journal, what is said of its entries, and going where they were.

use std::collections::HashSet;

use super::effect::{Effect, LoadReason};
use super::event::{JournalNote, Undone};
use super::state::State;
use crate::article::ArticleId;
use crate::query::{self, View};

/// Letters of a title that a message shows.
const TITLE_LETTERS: usize = 40;

impl State {
    /// `u` and `U`.
    pub(super) fn undo(&mut self, redo: bool, confirmed: Option<i64>) -> Vec<Effect> {
        vec![Effect::Undo { redo, confirmed, view: self.view_in_front().clone() }]
    }

    /// An entry of an earlier session or another view is named first.
    pub(super) fn confirm_undo(&mut self, note: &JournalNote, redo: bool) {
        self.named = Some(note.id);
        let when = note.when.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let does = if redo { "redo" } else { "undo" };
        let mut what = described(note);
        if note.title.is_some() {
            what.push_str(&format!(", in {}", view_title(&note.view)));
        }
        self.say(format!("again to {does}: {what} · {when}"));
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
        if self.in_reader() {
            return effects;
        }
        // The cursor goes to the first article that came back; where none of them is in the view, it is read again.
        let changed: HashSet<ArticleId> = undone.changed.iter().map(|(id, _)| *id).collect();
        let (ids, _) = self.rows_in_front();
        let row = ids.iter().position(|id| changed.contains(id));
        match (row, undone.changed.first()) {
            _ if self.on_board() => effects.extend(row.map(|row| self.go_board_row(row)).unwrap_or_default()),
            (Some(row), _) => effects.extend(self.go_row(row)),
            (None, Some((id, _))) => effects.push(self.load_view(LoadReason::Refresh(Some(*id)))),
            (None, None) => {}
        }
        effects
    }
}

/// A journal entry in words: «done: a title», «143 done in Al-Jazeera».
fn described(note: &JournalNote) -> String {
    let verb = verb_in_words(&note.verb);
    match &note.title {
        Some(title) => {
            let mut short: String = title.chars().take(TITLE_LETTERS).collect();
            if short.len() < title.len() {
                short.push('…');
            }
            // An isolate keeps a right-to-left title from turning the words around it (UAX #9, 2.4).
            format!("{verb}: \u{2068}{short}\u{2069}")
        }
        // A mute of what is still to come changes nothing yet.
        None if note.count == 0 => format!("{verb}, in {}", view_title(&note.view)),
        None => format!("{} {verb} in {}", note.count, view_title(&note.view)),
    }
}

/// A verb of the journal as a person says it; a newer program's verb by its own name.
fn verb_in_words(verb: &str) -> &str {
    match verb {
        "archive" => "archived",
        "bookmark" => "bookmarked",
        "due" => "to come back",
        "unbookmark" => "bookmark taken off",
        "tag" => "tagged",
        "untag" => "tags taken off",
        "mute" => "muted",
        "unmute" => "muted no more",
        "undone" => "back in the inbox",
        "followed_up" => "followed up",
        "direction" => "direction set",
        "import" => "marked by an import",
        other => other,
    }
}

/// What a view of the journal is called on the screen.
fn view_title(name: &str) -> String {
    let view = View::from_name(name).ok().or_else(|| query::parse(name).ok().map(View::Query));
    let title = match view {
        // The command line is no view.
        Some(View::Query(_)) if name == "command line" => name.to_owned(),
        Some(view) => view.title(),
        None => name.to_owned(),
    };
    format!("\u{2068}{title}\u{2069}")
}
