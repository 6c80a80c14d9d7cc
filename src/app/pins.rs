//! Facts that stand in the list too: up to two columns of the Board, read for the rows on the screen.

use std::collections::{HashMap, HashSet};

use super::effect::Effect;
use super::state::State;
use crate::article::{ArticleId, BoardCell, BoardRow};
use crate::query::{BoardColumn, OfferedColumn};

/// Columns of facts in the list, at the most.
const MOST: usize = 2;
/// Rows whose facts are kept.
const KEPT: usize = 2000;

/// The columns of facts in the list, and what stands in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pins {
    /// The columns.
    pub columns: Vec<OfferedColumn>,
    cells: HashMap<ArticleId, Vec<String>>,
    asked: HashSet<ArticleId>,
}

impl Pins {
    /// What stands in the columns for an article, where it has been read.
    pub fn cells(&self, id: ArticleId) -> &[String] {
        self.cells.get(&id).map_or(&[], Vec::as_slice)
    }

    fn asked_for(&self) -> Vec<BoardColumn> {
        self.columns.iter().map(|one| one.column.clone()).collect()
    }

    /// Forgets what was read: it has changed, or other columns are wanted.
    pub(super) fn forget(&mut self) {
        self.cells.clear();
        self.asked.clear();
    }
}

impl State {
    /// `p` on the Board: the column under the cursor stands in the list too; of three the one pinned first goes.
    pub(super) fn pin_column(&mut self) {
        let Some(column) = self.board.columns.get(self.board.column).cloned() else { return };
        let pins = &mut self.pins;
        let said = if pins.columns.iter().any(|one| one.column == column.column) {
            pins.columns.retain(|one| one.column != column.column);
            "is no longer in the list"
        } else {
            if pins.columns.len() >= MOST {
                pins.columns.remove(0);
            }
            pins.columns.push(column.clone());
            "stands in the list too"
        };
        pins.forget();
        self.say(format!("\u{2068}{}\u{2069} {said}", column.label));
    }

    /// Asks for the pinned facts of the rows on the screen that are not there yet.
    pub(super) fn pins_needed(&mut self) -> Option<Effect> {
        if self.pins.columns.is_empty() {
            return None;
        }
        let rows = usize::from(self.size.1);
        let pins = &mut self.pins;
        if pins.cells.len() > KEPT {
            pins.forget();
        }
        let ids: Vec<ArticleId> = self.list.ids.iter().skip(self.list.top).take(rows).copied().collect();
        let missing: Vec<ArticleId> = ids.into_iter().filter(|id| pins.asked.insert(*id)).collect();
        (!missing.is_empty()).then(|| Effect::LoadBoardRows { ids: missing, columns: pins.asked_for() })
    }

    /// Takes rows of facts for the list, where they are those that are pinned.
    pub(super) fn pinned_rows(&mut self, columns: &[BoardColumn], rows: &[BoardRow]) {
        if columns == self.pins.asked_for() {
            let own = rows
                .iter()
                .map(|row| (row.headline.id, row.cells.iter().map(BoardCell::text).collect::<Vec<String>>()));
            self.pins.cells.extend(own);
        }
    }
}
