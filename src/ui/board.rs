//! The Board: a row an article, a column a fact; each cell in its own direction.

use ratatui::layout::Position;

use super::Theme;
use super::paint::{Painter, Rows};
use super::{list, status};
use crate::app::{Area, State};
use crate::frame::Caret;
use crate::query::BoardOrder;

/// Columns before a title: the cursor, the marks, a blank.
const MARKS: u16 = 4;

/// Draws the Board.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let board = &state.board;
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    let taken = painter.label(head, " Board ", theme.header_name);
    let rest = painter.part(head, taken, columns.saturating_sub(taken));
    let view = board.query.view.title();
    let filter = match board.query.filter.to_string() {
        filter if filter.is_empty() => String::new(),
        filter => format!(" · \u{2068}{filter}\u{2069}"),
    };
    let said = format!("\u{2068}{view}\u{2069}{filter} · {} articles with facts", board.ids.len());
    painter.sentence(rest, &said, theme.header);
    let (title, width, shown) = board.widths(columns);
    let names = painter.place(Area { start: 0, top: 1, columns, rows: 1 });
    for (at, column) in board.columns.iter().enumerate().skip(board.first).take(shown) {
        let cells = cell(painter, names, title, width, at - board.first);
        let arrow = match &board.query.order {
            BoardOrder::Column { column: own, descending } if *own == column.column => {
                if *descending {
                    " ▼"
                } else {
                    " ▲"
                }
            }
            _ => "",
        };
        let style = if at == board.column { theme.table_header.patch(theme.key) } else { theme.table_header };
        painter.label(cells, &format!("{}{arrow}", column.label), style);
    }
    let body = painter.place(Area { start: 0, top: 2, columns, rows: rows.saturating_sub(3) });
    if board.loaded && board.ids.is_empty() {
        painter.label(painter.row(body, 0), " no article here has facts · q back", theme.dim);
    }
    for (at, id) in (0..body.rows).zip(board.ids.iter().skip(board.top)) {
        let row = painter.row(body, at);
        let own = board.top + usize::from(at) == board.cursor;
        if let Some(found) = board.rows.get(id) {
            let marks = &found.headline.marks;
            list::draw_marks(marks, row, theme, painter);
            let name = painter.part(row, MARKS, title.saturating_sub(MARKS + 1));
            let style = list::title_style(marks, &board.query.view, theme);
            painter.label(name, &found.headline.title, style);
            for (at, value) in found.cells.iter().enumerate().skip(board.first).take(shown) {
                let cells = cell(painter, row, title, width, at - board.first);
                let otherwise = value.facts.iter().any(|fact| fact.evidence.contradiction.is_some());
                painter.label(cells, &value.text(), if otherwise { theme.error } else { theme.value });
            }
        }
        if board.is_picked(board.top + usize::from(at)) {
            let gutter = painter.part(row, 0, 1);
            painter.repeat(gutter, "+", theme.selection);
        }
        if own {
            let gutter = painter.part(row, 0, 1);
            painter.fill(gutter, theme.cursor);
            let mark = cell(painter, row, title, width, board.column.saturating_sub(board.first));
            painter.fill(mark, theme.cursor);
            painter.frame().caret =
                Some(Caret { position: Position { x: gutter.left, y: row.top }, visible: false });
        }
    }
    let area = Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 };
    status::draw(state, area, theme, painter);
}

/// The cells of a column's field in a row, a column free behind it.
fn cell(painter: &Painter<'_>, row: Rows, title: u16, width: u16, at: usize) -> Rows {
    let start = title + u16::try_from(at).unwrap_or(0).saturating_mul(width);
    painter.part(row, start, width.saturating_sub(1))
}
