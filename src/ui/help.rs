//! The help screen, made from the table of actions.

use super::Theme;
use super::paint::Painter;
use crate::app::action::On;
use crate::app::actions::{HelpLine, help_lines};
use crate::app::{Area, State};

/// Columns of the keys.
const KEYS: u16 = 20;

/// Draws the help screen from row `top` of it on.
pub(super) fn draw(state: &State, top: usize, theme: &Theme, painter: &mut Painter<'_>) {
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    let title = if state.help.on == On::EVERY { " All keys " } else { " Keys of this screen " };
    painter.label(head, title, theme.header_name);
    let body = painter.place(Area { start: 0, top: 1, columns, rows: rows.saturating_sub(2) });
    for (at, line) in (0..body.rows).zip(help_lines(state.help.on, state.keymap()).into_iter().skip(top)) {
        let row = painter.row(body, at);
        let row = painter.part(row, 1, columns.saturating_sub(1));
        match line {
            HelpLine::Blank => {}
            HelpLine::Group(title) => {
                painter.label(row, title, theme.heading);
            }
            HelpLine::Action(keys, help) => {
                let keys_width = KEYS.min(columns / 3);
                let cells = painter.part(row, 0, keys_width);
                painter.label(cells, &keys, theme.key);
                let cells = painter.part(row, keys_width + 1, columns.saturating_sub(keys_width + 2));
                painter.label(cells, help, theme.text);
            }
        }
    }
    let foot = painter.place(Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 });
    painter.label(
        foot,
        if state.help.on == On::EVERY {
            "j k Space - move · q back"
        } else {
            "j k Space - move · ? all keys · q back"
        },
        theme.dim,
    );
}
