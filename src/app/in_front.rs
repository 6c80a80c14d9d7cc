//! The table in front: verbs act on rows of the list, or of the Board while that is on the screen, by the same rules. Here is
//! which table that is, where its cursor stands, and going on in it.

use super::effect::Effect;
use super::picking::Picked;
use super::state::{Screen, State};
use crate::article::{ArticleId, Marks};
use crate::query::View;

impl State {
    /// Whether the Board is in front.
    pub(super) fn on_board(&self) -> bool {
        self.screen == Screen::Board
    }

    /// Whether the open article is what verbs are for.
    pub(super) fn in_reader(&self) -> bool {
        self.open && !self.on_board()
    }

    /// The view whose rows are in front.
    pub(super) fn view_in_front(&self) -> &View {
        if self.on_board() { &self.board.query.view } else { &self.list.view }
    }

    /// The rows in front, and the one under the cursor.
    pub(super) fn rows_in_front(&self) -> (&[ArticleId], usize) {
        if self.on_board() {
            (&self.board.ids, self.board.cursor)
        } else {
            (&self.list.ids, self.list.cursor)
        }
    }

    /// Whether all rows in front are known.
    pub(super) fn rows_are_complete(&self) -> bool {
        if self.on_board() { self.board.loaded } else { self.list.complete }
    }

    /// What is picked of the rows in front.
    pub(super) fn picked_in_front(&self) -> &Picked {
        if self.on_board() { &self.board.picked } else { &self.list.picked }
    }

    /// The same, to be changed.
    pub(super) fn picked_in_front_mut(&mut self) -> &mut Picked {
        if self.on_board() { &mut self.board.picked } else { &mut self.list.picked }
    }

    /// What is known of the marks of a row in front; nothing where it has not been read.
    pub(super) fn row_marks(&self, id: ArticleId) -> Option<&Marks> {
        if self.on_board() {
            self.board.rows.get(&id).map(|row| &row.headline.marks)
        } else {
            self.list.marks(id)
        }
    }

    /// Puts the cursor in front on a row, or on the last one.
    pub(super) fn go_row_in_front(&mut self, row: usize) -> Vec<Effect> {
        if self.on_board() { self.go_board_row(row) } else { self.go_row(row) }
    }

    /// Articles with those that their rows stand for.
    pub(super) fn whole_rows(&self, ids: Vec<ArticleId>) -> Vec<ArticleId> {
        // On the Board each article has its own row.
        if self.on_board() { ids } else { self.list.whole(ids) }
    }
}
