//! Rows of the list that are picked for the next verb: one by one, and as a range that the cursor draws.

use std::collections::HashSet;

use super::action::Action;
use super::effect::Effect;
use super::list::List;
use super::state::State;
use crate::article::ArticleId;

/// What is picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    own: HashSet<ArticleId>,
    /// The article that the range begins at.
    from: Option<ArticleId>,
}

impl List {
    /// Whether a row is picked.
    pub fn is_picked(&self, row: usize, id: ArticleId) -> bool {
        self.picked.own.contains(&id) || self.range().is_some_and(|range| range.contains(&row))
    }

    /// How many rows are picked.
    pub fn many_picked(&self) -> usize {
        if self.picked.own.is_empty() && self.picked.from.is_none() {
            return 0;
        }
        self.ids.iter().enumerate().filter(|(row, id)| self.is_picked(*row, **id)).count()
    }

    /// The rows of the range.
    fn range(&self) -> Option<std::ops::RangeInclusive<usize>> {
        let from = self.picked.from.and_then(|id| self.row_of(id))?;
        Some(from.min(self.cursor)..=from.max(self.cursor))
    }

    /// Takes what is picked, in the order of the list; nothing is picked afterwards.
    pub(super) fn take_picked(&mut self) -> Vec<ArticleId> {
        if self.picked == Picked::default() {
            return Vec::new();
        }
        let range = self.range();
        let is_picked = |row: usize, id: ArticleId| {
            self.picked.own.contains(&id) || range.as_ref().is_some_and(|range| range.contains(&row))
        };
        let rows = self.ids.iter().enumerate();
        let ids = rows.filter(|(row, id)| is_picked(*row, **id)).map(|(_, id)| *id).collect();
        self.picked = Picked::default();
        ids
    }
}

impl State {
    /// `v`: picks the row under the cursor, or drops it, and goes on. `V`: begins a range, or ends it and keeps its rows.
    pub(super) fn pick(&mut self, action: Action) -> Vec<Effect> {
        let Some(id) = self.list.current() else { return self.nothing_here() };
        let mut effects = Vec::new();
        if action == Action::PickRange {
            let list = &mut self.list;
            if list.picked.from.is_some() {
                list.picked.own = list.take_picked().into_iter().collect();
            } else {
                list.picked.from = Some(id);
            }
        } else {
            let list = &mut self.list;
            if list.picked.from.is_some() {
                list.picked.own = list.take_picked().into_iter().collect();
            }
            if !list.picked.own.remove(&id) {
                list.picked.own.insert(id);
            }
            effects = self.go_row(self.list.cursor + 1);
        }
        self.tell_picked();
        effects
    }

    /// Says how many rows are picked, where some are.
    pub(super) fn tell_picked(&mut self) {
        match self.list.many_picked() {
            0 => {}
            1 => self.say("1 picked: d b a t … act on it · Esc drops it"),
            many => self.say(format!("{many} picked: d b a t … act on them · Esc drops them")),
        }
    }
}
