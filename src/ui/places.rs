//! A list of views: name, what waits, how many there are.

use ratatui::layout::Position;

use super::Theme;
use super::paint::Painter;
use super::status;
use crate::app::{Area, State};
use crate::frame::Caret;

/// Columns of a count.
const COUNT: u16 = 8;

/// Draws the list of sources, tags or saved queries.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let places = &state.places;
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    let taken = painter.label(head, &format!(" {} ", places.kind.title()), theme.header_name);
    let rest = painter.part(head, taken, columns.saturating_sub(taken));
    painter.label(rest, &format!("{} · waiting, and all", places.rows.len()), theme.header);
    let body = painter.place(Area { start: 0, top: 1, columns, rows: rows.saturating_sub(2) });
    if places.loaded && places.rows.is_empty() {
        painter.label(
            painter.row(body, 1),
            "  None yet: t on an article puts tags on, import brings sources.",
            theme.text,
        );
    }
    let name = columns.saturating_sub(2 + 2 * COUNT);
    for (at, (row, place)) in (0..body.rows).zip(places.rows.iter().enumerate().skip(places.top)) {
        let here = painter.row(body, at);
        if row == places.cursor {
            let gutter = painter.part(here, 0, 1);
            painter.fill(gutter, theme.cursor);
            let position = Position { x: gutter.left, y: gutter.top };
            painter.frame().caret = Some(Caret { position, visible: false });
        }
        let style = if place.inbox > 0 { theme.unread } else { theme.read };
        let cells = painter.part(here, 2, name);
        painter.label(cells, &place.name, style);
        for (number, style, start) in
            [(place.inbox, style, 2 + name), (place.articles, theme.dim, 2 + name + COUNT)]
        {
            let cells = painter.part(here, start, COUNT - 1);
            let text = number.to_string();
            let pad = usize::from(COUNT - 1).saturating_sub(text.len());
            let line = painter.cut(&text, None, COUNT - 1);
            let side = painter.direction();
            painter.line(cells, &line, side, pad, style);
        }
    }
    let area = Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 };
    status::draw(state, area, theme, painter);
}
