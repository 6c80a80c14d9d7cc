//! The last row: the prompt, a message, the search that is lit, or the keys that matter here; at the end, how far.

use ratatui::layout::Position;

use super::Theme;
use super::paint::{Painter, Rows, left_of};
use crate::app::{Area, Focus, Prompt, State, Status};
use crate::frame::Caret;
use crate::text::{Base, Options, analyse};

/// Columns of the place at the end.
const PLACE: u16 = 9;

/// Draws the status line.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let place = painter.place(area);
    if let Some(prompt) = &state.prompt {
        draw_prompt(prompt, place, theme, painter);
        return;
    }
    let end = if place.columns > 40 { PLACE } else { 0 };
    let (text, style) = match &state.status {
        Status::Error(text) => (text.clone(), theme.error),
        Status::Message(text) => (text.clone(), theme.status),
        Status::Hints => match &state.search {
            Some(search) => {
                let (at, many) = (search.current + 1, search.hits.len());
                let pattern = &search.pattern;
                (
                    format!("/\u{2068}{pattern}\u{2069}  {at} of {many} · n N next, before · Esc ends"),
                    theme.status,
                )
            }
            None => (hints(state).to_owned(), theme.dim),
        },
    };
    let row = painter.part(place, 0, place.columns - end);
    painter.label(row, &text, style);
    if end > 0 {
        let cells = painter.part(place, place.columns - end, end);
        let text = if state.pending.is_empty() { position(state) } else { state.pending.to_text() };
        let line = painter.cut(&text, None, end);
        let pad = usize::from(end) - line.width();
        let side = painter.direction();
        painter.line(cells, &line, side, pad, theme.dim);
    }
}

/// Where we are: how far down the article, or which row of the list.
fn position(state: &State) -> String {
    match (&state.reader, state.focus) {
        (Some(reader), Focus::Reader | Focus::Facts) => format!("{}%", reader.percent),
        _ if state.list.ids.is_empty() => String::new(),
        _ => format!("{}/{}", state.list.cursor + 1, state.list.ids.len()),
    }
}

fn hints(state: &State) -> &'static str {
    match state.focus {
        Focus::List => "Enter open · d done · b bookmark · u undo · n next unread · ? keys · q quit",
        Focus::Reader => "Space page · J next · d done · b bookmark · / search · i facts · ? keys · q back",
        Focus::Facts => "Enter evidence, and back · j k · Tab · q back",
    }
}

/// The prompt: its text in its own direction, the caret where the next letter goes.
fn draw_prompt(prompt: &Prompt, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    let sign = painter.part(place, 0, 1);
    painter.repeat(sign, "/", theme.key);
    let cells = painter.part(place, 1, place.columns.saturating_sub(1));
    let base = Base::Auto { fallback: painter.direction() };
    let paragraph = analyse(prompt.text(), &Options { base, ..Options::default() });
    let line = paragraph.whole_line();
    let side = painter.direction();
    let caret = line.caret_column(prompt.caret());
    // Longer than the row: slide so that the caret's cell is on it.
    let room = usize::from(cells.columns.saturating_sub(1));
    let from_start = match side {
        crate::text::Direction::Ltr => caret,
        crate::text::Direction::Rtl => line.width().saturating_sub(caret),
    };
    let hidden = from_start.saturating_sub(room);
    let shown = if hidden > 0 { paragraph.truncated(room) } else { line };
    let (shown, caret) = if hidden > 0 { (shown, room.min(from_start)) } else { (shown, caret) };
    painter.line(cells, &shown, side, 0, theme.status);
    let left = left_of(cells, &shown, side, 0);
    if let (Ok(x), true) = (u16::try_from(left + caret), cells.columns > 0) {
        let last = cells.left + cells.columns - 1;
        let position = Position { x: x.min(last), y: cells.top };
        painter.frame().caret = Some(Caret { position, visible: true });
    }
}
