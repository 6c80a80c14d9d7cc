//! The facts of the article beside it: key and value, each in its own direction.

use super::Theme;
use super::paint::Painter;
use super::reader::{draw_row, style_of};
use super::view::text_place;
use crate::app::{Area, Focus, State};
use crate::frame::Caret;
use crate::layout::Role;
use ratatui::layout::Position;

/// Draws the facts.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let Some(reader) = &state.reader else { return };
    let margin = if area.columns > 12 { 2 } else { 0 };
    let direction = painter.direction();
    let place = text_place(painter, area, area.columns.saturating_sub(margin), direction);
    if reader.facts.is_empty() {
        let row = painter.row(place, 0);
        painter.label(row, "no facts", theme.dim);
        return;
    }
    let focused = state.focus == Focus::Facts;
    let rows = reader.fact_rows.iter().flat_map(|fact| fact.rows.iter().map(move |row| (fact.index, row)));
    let mut caret = None;
    for (at, (index, row)) in (0u16..area.rows).zip(rows.skip(reader.fact_top)) {
        let here = painter.row(place, at);
        draw_row(row, here, &[], theme, painter);
        let otherwise = reader.facts.get(index).is_some_and(|fact| fact.evidence.contradiction.is_some());
        if otherwise && row.role == Role::Value {
            painter.fill(here, theme.error);
        }
        if focused && index == reader.fact && row.role != Role::Blank {
            caret = caret.or(Some(Position { x: here.left, y: here.top }));
            let style = style_of(row.role, theme);
            painter.fill(here, style.patch(theme.cursor));
        }
    }
    if let Some(position) = caret.filter(|_| state.prompt.is_none()) {
        painter.frame().caret = Some(Caret { position, visible: false });
    }
}
