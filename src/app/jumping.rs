//! The jump list: where the person was before they went to another view or opened another article; and jumping by source.

use super::effect::{Effect, LoadReason, Session};
use super::list::List;
use super::panes::Focus;
use super::state::{Screen, State};

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
            self.list = List::new(view);
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

    /// `]` and `[`: the first row of the next source, or of the one before, as far as rows are known.
    pub(super) fn next_source(&mut self, down: bool) -> Vec<Effect> {
        let source = |row: usize| {
            let id = self.list.ids.get(row)?;
            self.list.headline(*id).map(|line| line.source.clone())
        };
        let here = source(self.list.cursor);
        let row = if down {
            (self.list.cursor + 1..self.list.ids.len()).find(|row| source(*row) != here)
        } else {
            // Up to the first row of this source, then of the one before.
            let above = |row: &usize| *row == 0 || source(*row - 1) != source(*row);
            (0..self.list.cursor).rev().find(above)
        };
        match row {
            Some(row) => self.go_to_row(row),
            None => {
                self.say(if down { "no other source further down" } else { "no other source further up" });
                Vec::new()
            }
        }
    }
}
