//! The palette above the prompt: a row an action, its name, what it does, its keys at the end.

use super::Theme;
use super::paint::Painter;
use crate::app::{Area, PromptKind, State};

/// Rows that it takes at the most.
const MOST: u16 = 10;
/// Columns of a name.
const NAME: u16 = 18;
/// Columns of the keys, where there is room for them.
const KEYS: u16 = 14;
/// Columns from which help lines are shown.
const WITH_HELP: u16 = 60;

/// Draws it, where a command is being typed.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let command = state.prompt.as_ref().is_some_and(|prompt| prompt.kind == PromptKind::Command);
    let (columns, rows) = state.size;
    let found = u16::try_from(state.palette.rows.len()).unwrap_or(MOST);
    let height = found.min(MOST).min(rows.saturating_sub(3));
    if !command || height == 0 {
        return;
    }
    let top = rows.saturating_sub(1 + height);
    let rule = painter.place(Area { start: 0, top: top.saturating_sub(1), columns, rows: 1 });
    painter.repeat(rule, "─", theme.line);
    let place = painter.place(Area { start: 0, top, columns, rows: height });
    painter.repeat(place, " ", theme.text);
    let first = (state.palette.cursor + 1).saturating_sub(usize::from(height));
    for (at, (row, own)) in (0..height).zip(state.palette.rows.iter().enumerate().skip(first)) {
        let here = painter.row(place, at);
        let (name, help) = if row == state.palette.cursor {
            let gutter = painter.part(here, 0, 1);
            painter.fill(gutter, theme.cursor);
            (theme.key.patch(theme.heading), theme.text)
        } else {
            (theme.key, theme.dim)
        };
        let keys = KEYS.min(columns / 3);
        let cells = painter.part(here, 2, NAME.min(columns.saturating_sub(2 + keys)));
        painter.label(cells, &own.name, name);
        if columns >= WITH_HELP {
            let start = 3 + NAME;
            let cells = painter.part(here, start, columns.saturating_sub(start + keys + 1));
            painter.sentence(cells, &own.help, help);
        }
        let line = painter.cut(&own.keys, None, keys);
        let cells = painter.part(here, columns.saturating_sub(keys), keys);
        let pad = usize::from(keys).saturating_sub(line.width() + 1);
        let side = painter.direction();
        painter.line(cells, &line, side, pad, help);
    }
}
