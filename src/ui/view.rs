//! The whole screen: which parts stand on it.

use super::Theme;
use super::paint::Painter;
use super::{board, doctor, facts, header, help, list, palette, places, reader, status};
use crate::app::panes::LEAST;
use crate::app::{Area, Focus, Panes, Screen, State};
use crate::frame::Frame;
use crate::text::Direction;

/// Draws `state` into `frame`, which is empty and as large as the screen.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let mut painter =
        Painter::new(frame, state.direction, state.harakat()).reserving(state.reserved_columns());
    if painter.columns() < LEAST.0 || area.height < LEAST.1 {
        let whole = Area { start: 0, top: 0, columns: painter.columns(), rows: area.height };
        let place = painter.place(whole);
        let (columns, rows) = LEAST;
        painter.label(place, &format!("needs {columns}×{rows}"), theme.text);
        return;
    }
    match state.screen {
        Screen::Browse => browse(state, theme, &mut painter),
        Screen::Help(top) => help::draw(state, top, theme, &mut painter),
        Screen::Doctor => doctor::draw(state, theme, &mut painter),
        Screen::Board => board::draw(state, theme, &mut painter),
        Screen::Places => places::draw(state, theme, &mut painter),
    }
    palette::draw(state, theme, &mut painter);
}

fn browse(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let panes = &state.panes;
    if let Some(area) = panes.header {
        header::draw(state, area, theme, painter);
    }
    if let Some(area) = panes.list {
        list::draw(state, area, theme, painter);
    }
    if let Some(area) = panes.reader {
        reader::draw(state, area, theme, painter);
    }
    if let Some(area) = panes.facts {
        facts::draw(state, area, theme, painter);
    }
    borders(panes, state.focus, theme, painter);
    status::draw(state, panes.status, theme, painter);
}

/// The lines between panes.
fn borders(panes: &Panes, focus: Focus, theme: &Theme, painter: &mut Painter<'_>) {
    let areas = [(panes.reader, Focus::Reader), (panes.facts, Focus::Facts)];
    for (area, own) in areas.into_iter().filter_map(|(area, own)| Some((area?, own))) {
        let style = if focus == own { theme.key } else { theme.line };
        if panes.facts_below && own == Focus::Facts {
            let place = painter.place(Area { top: area.top.saturating_sub(1), rows: 1, ..area });
            painter.repeat(place, "─", style);
        } else if area.start > 0 {
            let place = painter.place(Area { start: area.start - 1, columns: 1, ..area });
            painter.repeat(place, "│", style);
        }
    }
}

/// The place of an area's text: a column free on either side, and the measure in the middle where there is more room.
pub(super) fn text_place(
    painter: &mut Painter<'_>,
    area: Area,
    columns: u16,
    direction: Direction,
) -> super::paint::Rows {
    let place = painter.place(area);
    let free = area.columns.saturating_sub(columns);
    // Close to the pane's start, as a page is; not centred, so that a resize moves little.
    let before = (free / 2).min(2);
    let left = match direction {
        Direction::Ltr => place.left + before,
        Direction::Rtl => place.left + free - before,
    };
    super::paint::Rows { left, columns, ..place }
}
