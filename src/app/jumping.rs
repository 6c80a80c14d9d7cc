//! The jump list: where the person was before they went to another view or opened another article; and jumping by source.

use super::effect::{Effect, LoadReason, Session};
use super::panes::Focus;
use super::state::{Screen, State};
use crate::article::ArticleId;

/// Places that are remembered.
const MOST: usize = 100;

/// Where the person was, oldest first, and where they came back from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Jumps {
    past: Vec<Session>,
    future: Vec<Session>,
}

impl State {
    /// Remembers where the person is, before they go elsewhere.
    pub(super) fn remember_place(&mut self) {
        let here = self.session();
        if here.article.is_none() || self.jumps.past.last() == Some(&here) {
            return;
        }
        self.jumps.future.clear();
        self.jumps.past.push(here);
        if self.jumps.past.len() > MOST {
            self.jumps.past.remove(0);
        }
    }

    /// `Ctrl-o`, `gp` and `gn`: back to where the person was before, and forward again.
    pub(super) fn jump(&mut self, back: bool) -> Vec<Effect> {
        let here = self.session();
        let (from, to) = if back {
            (&mut self.jumps.past, &mut self.jumps.future)
        } else {
            (&mut self.jumps.future, &mut self.jumps.past)
        };
        let mut target = from.pop();
        while target.as_ref() == Some(&here) {
            target = from.pop();
        }
        let Some(target) = target else {
            self.say(if back {
                "there is no place to go back to"
            } else {
                "there is no place to go forward to"
            });
            return Vec::new();
        };
        to.push(here);
        self.go_to(target)
    }

    /// Back to the view that the present one was gone to from; nothing where none is remembered.
    pub(super) fn leave_view(&mut self) -> Option<Vec<Effect>> {
        let at = self.jumps.past.iter().rposition(|place| place.view != self.list.view)?;
        let here = self.session();
        self.jumps.past.truncate(at + 1);
        let target = self.jumps.past.pop()?;
        self.jumps.future.push(here);
        Some(self.go_to(Session { open: false, ..target }))
    }

    fn go_to(&mut self, target: Session) -> Vec<Effect> {
        let Session { view, article, open, .. } = target;
        let mut effects = if self.open { self.save_now() } else { Vec::new() };
        self.screen = Screen::Browse;
        if view != self.list.view {
            self.filtered = None;
            self.list = self.list_of(view);
            effects.push(self.load_view(LoadReason::Start(article)));
            effects.push(Effect::LoadCounts);
        }
        self.close();
        match article {
            Some(id) if open => {
                self.open = true;
                self.focus = Focus::Reader;
                self.wanted = Some(id);
                if let Some(row) = self.list.row_of(id) {
                    self.list.go(row);
                }
                effects.push(Effect::LoadArticle(id));
            }
            Some(id) => {
                if let Some(row) = self.list.row_of(id) {
                    effects.extend(self.go_row(row));
                }
                effects.extend(self.preview_now());
            }
            None => effects.extend(self.preview_now()),
        }
        effects
    }

    /// `]` and `[`: the first row of the next source; up to the first row of this one, then of the one before. Beyond the
    /// rows that are known the library knows.
    pub(super) fn next_source(&mut self, down: bool) -> Vec<Effect> {
        let rows = &self.list.ids;
        let ids: Vec<ArticleId> = if down {
            rows.iter().skip(self.list.cursor).copied().collect()
        } else {
            rows.iter().take(self.list.cursor).rev().copied().collect()
        };
        let mut before: Option<&Option<String>> = None;
        for (at, id) in ids.iter().enumerate() {
            let Some(line) = self.list.headline(*id) else { return vec![Effect::FindSource { ids, down }] };
            if before.is_some_and(|source| *source != line.source) {
                let found = if down { Some(at) } else { at.checked_sub(1) };
                return self.source_found(found.and_then(|at| ids.get(at)).copied());
            }
            before = Some(&line.source);
        }
        // The list begins, or ends, with this source.
        self.source_found(if down { None } else { ids.last().copied() })
    }

    /// The row of a source was found.
    pub(super) fn source_found(&mut self, id: Option<ArticleId>) -> Vec<Effect> {
        match id.and_then(|id| self.list.row_of(id)) {
            Some(row) => self.go_to_row(row),
            None => {
                self.say("no other source further that way");
                Vec::new()
            }
        }
    }
}
