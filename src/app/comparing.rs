//! `c`: what changed since the article came in before, in the reader's own place; `c` again, or back, shows the article.

use std::sync::Arc;

use super::effect::Effect;
use super::state::State;
use crate::article::{ArticleId, Changes};
use crate::layout::{Flow, Place};

impl State {
    /// `c`: shows what changed of the open article, or the article again.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        if self.is_comparing() {
            return self.end_comparing();
        }
        match self.reader.as_ref().filter(|reader| Some(reader.id) == self.current()) {
            Some(reader) => vec![Effect::LoadChanges(reader.id)],
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
        self.wanted = Some(reader.id);
        vec![Effect::LoadArticle(reader.id)]
    }

    /// What changed, as it was asked for; `None` where nothing did.
    pub(super) fn changes_loaded(&mut self, id: ArticleId, changes: Option<Changes>) -> Vec<Effect> {
        let saved = self.save_now();
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.id == id) else { return Vec::new() };
        let Some(changes) = changes else {
            self.say("nothing changed since it came in");
            return Vec::new();
        };
        let many = changes.changes.len();
        reader.flow = Flow::new(Arc::new(changes.article), Vec::new(), reader.flow.measure());
        reader.changes = changes.changes;
        reader.top = Place::default();
        reader.anchor = None;
        reader.evidence = None;
        reader.back = None;
        reader.arranged = None;
        self.search = None;
        self.selection = None;
        let places = if many == 1 { "place".to_owned() } else { "places".to_owned() };
        self.say(format!("what changed: {many} {places} · c shows the article"));
        saved
    }
}
