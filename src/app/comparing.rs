//! `c`: the last change of the article, in the reader's own place; `c` again steps back to the change before it, and behind
//! the first one, as back does from any, to the article.

use std::sync::Arc;

use jiff::Timestamp;

use super::effect::Effect;
use super::state::State;
use crate::article::{ArticleId, Changes};
use crate::layout::{Flow, Place};

/// A change of an article, as it was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// What changed; nothing where there is no such change.
    pub changes: Option<Changes>,
    /// How many changes it is before the last one.
    pub back: usize,
    /// When it came in.
    pub when: Timestamp,
    /// Whether there are bodies before it that may show another one.
    pub earlier: bool,
}

impl State {
    /// `c`: shows what changed of the open article, what changed before that, then the article again.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        match self.reader.as_ref().filter(|reader| Some(reader.id) == self.current()) {
            Some(reader) if reader.changes.is_empty() => vec![Effect::LoadChanges(reader.id, 0)],
            Some(reader) => match reader.earlier {
                Some(back) => vec![Effect::LoadChanges(reader.id, back)],
                None => self.end_comparing(),
            },
            None => {
                self.say("open an article to see what changed");
                Vec::new()
            }
        }
    }

    /// Whether what changed is shown in the place of the article.
    pub fn is_comparing(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| !reader.changes.is_empty())
    }

    /// Shows the article itself again, where it was.
    pub(super) fn end_comparing(&mut self) -> Vec<Effect> {
        let Some(reader) = self.reader.as_mut().filter(|reader| !reader.changes.is_empty()) else {
            return Vec::new();
        };
        reader.changes.clear();
        reader.earlier = None;
        self.wanted = Some(reader.id);
        vec![Effect::LoadArticle(reader.id)]
    }

    /// What changed, as it was asked for.
    pub(super) fn changes_loaded(&mut self, id: ArticleId, compared: Compared) -> Vec<Effect> {
        let saved = self.save_now();
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.id == id) else { return Vec::new() };
        let Compared { changes, back, when, earlier } = compared;
        let Some(changes) = changes else {
            // What came in before reads the same: the first change was the last one shown.
            let ended = self.end_comparing();
            self.say(if back > 0 { "nothing else changed" } else { "nothing changed since it came in" });
            return ended;
        };
        let many = changes.changes.len();
        reader.flow = Flow::new(Arc::new(changes.article), Vec::new(), reader.flow.measure());
        reader.changes = changes.changes;
        reader.earlier = earlier.then_some(back + 1);
        reader.top = Place::default();
        reader.anchor = None;
        reader.evidence = None;
        reader.back = None;
        reader.arranged = None;
        self.search = None;
        self.selection = None;
        let places = if many == 1 { "place" } else { "places" };
        let next = if earlier { "c shows the change before" } else { "c shows the article" };
        let when = when.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        self.say(format!("changed {when}: {many} {places} · {next}"));
        saved
    }
}
