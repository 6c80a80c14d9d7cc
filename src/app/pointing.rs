//! The mouse: the wheel scrolls what is under it, a press puts the cursor there, a press on the cursor opens.

use super::action::Action;
use super::effect::Effect;
use super::key::{Mouse, MouseKind};
use super::panes::{Area, Focus};
use super::state::{Screen, State, Status};
use crate::text::Direction;

/// Rows that a notch of the wheel scrolls.
const NOTCH: usize = 3;

impl State {
    /// What the mouse did.
    pub(super) fn pointed(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.prompt.is_some() {
            return Vec::new();
        }
        self.status = Status::Hints;
        self.triage.mute = None;
        self.hints = None;
        let (action, press) = match mouse.kind {
            MouseKind::WheelDown => (Action::Down, false),
            MouseKind::WheelUp => (Action::Up, false),
            MouseKind::Press => (Action::Open, true),
        };
        if self.screen != Screen::Browse {
            return match (press, self.screen) {
                (false, _) => self.do_action(action, Some(NOTCH), None),
                (true, Screen::Places) => self.press_place(mouse.row),
                (true, Screen::Board) => self.press_board(mouse.row),
                (true, _) => Vec::new(),
            };
        }
        let Some(column) = self.column_from_start(mouse.column) else { return Vec::new() };
        let panes = self.panes;
        let inside = |area: Option<Area>| area.filter(|area| area.holds(column, mouse.row));
        if let Some(area) = inside(panes.list) {
            let row = self.list.top + usize::from(mouse.row - area.top);
            return if press { self.press_row(row) } else { self.wheel_list(action) };
        }
        if let Some(area) = inside(panes.facts) {
            return if press {
                self.press_fact(usize::from(mouse.row - area.top))
            } else {
                self.wheel_facts(action)
            };
        }
        if inside(panes.reader).is_some() {
            return match (press, self.open, self.list.current()) {
                (false, ..) => self.move_reader(action, Some(NOTCH)),
                (true, false, Some(id)) => self.open_article(id),
                (true, ..) => {
                    self.focus = Focus::Reader;
                    Vec::new()
                }
            };
        }
        Vec::new()
    }

    /// A column of the screen as panes count them: from the interface's start.
    fn column_from_start(&self, column: u16) -> Option<u16> {
        let column = column.checked_sub(self.reserved_columns())?;
        match self.direction {
            Direction::Ltr => Some(column),
            Direction::Rtl => self.size.0.checked_sub(column.checked_add(1)?),
        }
    }

    fn wheel_list(&mut self, action: Action) -> Vec<Effect> {
        let cursor = self.list.cursor;
        let row =
            if action == Action::Down { cursor.saturating_add(NOTCH) } else { cursor.saturating_sub(NOTCH) };
        if self.open { Vec::new() } else { self.go_row(row) }
    }

    fn wheel_facts(&mut self, action: Action) -> Vec<Effect> {
        self.move_fact(action, 1);
        Vec::new()
    }

    /// A press on a row of the list.
    fn press_row(&mut self, row: usize) -> Vec<Effect> {
        let Some(id) = self.list.ids.get(row).copied() else { return Vec::new() };
        let again = row == self.list.cursor && self.focus == Focus::List;
        if self.open || again {
            return self.open_article(id);
        }
        self.focus = Focus::List;
        self.go_row(row)
    }

    /// A press on a row of the facts.
    fn press_fact(&mut self, at: usize) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let rows = reader.fact_rows.iter().flat_map(|fact| fact.rows.iter().map(|_| fact.index));
        let Some(index) = rows.skip(reader.fact_top).nth(at) else { return Vec::new() };
        let again = self.focus == Focus::Facts && reader.fact == index;
        reader.fact = index;
        self.focus = Focus::Facts;
        if again { self.enter() } else { Vec::new() }
    }

    /// A press on a row of the Board.
    fn press_board(&mut self, row: u16) -> Vec<Effect> {
        // The header, and the names of the columns.
        let Some(at) = row.checked_sub(2) else { return Vec::new() };
        let row = self.board.top + usize::from(at);
        if row >= self.board.ids.len() {
            return Vec::new();
        }
        let again = row == self.board.cursor;
        if again { self.do_action(Action::Open, None, None) } else { self.go_board_row(row) }
    }

    /// A press on a row of a list of views.
    fn press_place(&mut self, row: u16) -> Vec<Effect> {
        let Some(at) = row.checked_sub(1) else { return Vec::new() };
        let row = self.places.top + usize::from(at);
        if row >= self.places.rows.len() {
            return Vec::new();
        }
        let again = row == self.places.cursor;
        self.places.cursor = row;
        if again { self.do_action(Action::Open, None, None) } else { Vec::new() }
    }
}
