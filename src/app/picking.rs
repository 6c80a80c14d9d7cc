//! Rows that are picked for the next verb, of the list or of the Board: one by one, and as a range that the cursor draws.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::action::Action;
use super::board::Board;
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

impl Picked {
    /// The rows of the range, in a table of these articles.
    fn range(&self, ids: &[ArticleId], cursor: usize) -> Option<RangeInclusive<usize>> {
        let from = self.from.and_then(|id| ids.iter().position(|other| *other == id))?;
        Some(from.min(cursor)..=from.max(cursor))
    }

    /// Whether a row of a table of these articles is picked.
    fn holds(&self, ids: &[ArticleId], cursor: usize, row: usize) -> bool {
        ids.get(row).is_some_and(|id| self.own.contains(id))
            || self.range(ids, cursor).is_some_and(|range| range.contains(&row))
    }

    /// The articles that are picked, in the order of the table.
    fn of(&self, ids: &[ArticleId], cursor: usize) -> Vec<ArticleId> {
        if *self == Self::default() {
            return Vec::new();
        }
        let range = self.range(ids, cursor);
        let is_picked = |row: usize, id: &ArticleId| {
            self.own.contains(id) || range.as_ref().is_some_and(|range| range.contains(&row))
        };
        ids.iter().enumerate().filter(|(row, id)| is_picked(*row, id)).map(|(_, id)| *id).collect()
    }

    /// `v` and `V` on the row of the cursor.
    fn turn(&mut self, action: Action, ids: &[ArticleId], cursor: usize) {
        let Some(id) = ids.get(cursor).copied() else { return };
        let range = action == Action::PickRange;
        if self.from.is_some() {
            // What the range holds stays picked.
            *self = Self { own: self.of(ids, cursor).into_iter().collect(), from: None };
        } else if range {
            self.from = Some(id);
        }
        if !range && !self.own.remove(&id) {
            self.own.insert(id);
        }
    }
}

impl List {
    /// Whether a row is picked.
    pub fn is_picked(&self, row: usize) -> bool {
        self.picked.holds(&self.ids, self.cursor, row)
    }
}

impl Board {
    /// Whether a row is picked.
    pub fn is_picked(&self, row: usize) -> bool {
        self.picked.holds(&self.ids, self.cursor, row)
    }
}

impl State {
    /// `v`: picks the row under the cursor, or drops it, and goes on. `V`: begins a range, or ends it and keeps its rows.
    pub(super) fn pick(&mut self, action: Action) -> Vec<Effect> {
        let (ids, cursor) = self.rows_in_front();
        if ids.is_empty() {
            return self.nothing_here();
        }
        let mut picked = self.picked_in_front().clone();
        picked.turn(action, ids, cursor);
        *self.picked_in_front_mut() = picked;
        let effects = if action == Action::PickRange { Vec::new() } else { self.go_row_in_front(cursor + 1) };
        self.tell_picked();
        effects
    }

    /// Says how many rows are picked, where some are.
    pub(super) fn tell_picked(&mut self) {
        let (ids, cursor) = self.rows_in_front();
        match self.picked_in_front().of(ids, cursor).len() {
            0 => {}
            1 => self.say("1 picked: d b a t … act on it · Esc drops it"),
            many => self.say(format!("{many} picked: d b a t … act on them · Esc drops them")),
        }
    }

    /// Takes what is picked, in the order of the table; nothing is picked afterwards.
    pub(super) fn take_picked(&mut self) -> Vec<ArticleId> {
        let (ids, cursor) = self.rows_in_front();
        let taken = self.picked_in_front().of(ids, cursor);
        *self.picked_in_front_mut() = Picked::default();
        taken
    }
}
