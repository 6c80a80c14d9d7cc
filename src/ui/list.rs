//! The list: a row an article. The row under the cursor has a mark in the gutter and its narrow fields lit: its title
//! is not sent anew when the cursor moves, which over a slow link is what a key costs.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Theme;
use super::paint::{Painter, Rows};
use crate::app::panes::ListColumns;
use crate::app::{Area, Focus, State};
use crate::article::{Headline, Marks};
use crate::frame::Caret;
use crate::query::View;
use ratatui::layout::Position;
use ratatui::style::Style;

/// Draws the list.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let place = painter.place(area);
    if state.list.ids.is_empty() {
        if state.list.loaded {
            empty(state, place, theme, painter);
        }
        return;
    }
    let rows = state.list.ids.iter().enumerate().skip(state.list.top).take(usize::from(area.rows));
    for (at, (row, id)) in (0u16..).zip(rows) {
        let here = painter.row(place, at);
        let selected = row == state.list.cursor;
        if state.list.is_picked(row) {
            let gutter = painter.part(here, 0, 1);
            painter.repeat(gutter, "+", theme.selection);
        }
        if selected {
            select(state, here, theme, painter);
        }
        if let Some(headline) = state.list.headline(*id) {
            draw_row(state, headline, here, selected, theme, painter);
        }
    }
}

fn select(state: &State, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    let style = cursor_style(state, theme);
    let gutter = painter.part(place, 0, 1);
    painter.fill(gutter, style);
    if state.focus == Focus::List && state.prompt.is_none() {
        let position = Position { x: gutter.left, y: gutter.top };
        painter.frame().caret = Some(Caret { position, visible: false });
    }
}

fn cursor_style(state: &State, theme: &Theme) -> Style {
    if state.focus == Focus::List { theme.cursor } else { theme.cursor_idle }
}

/// What has been dealt with is dim, where the view is not of such articles.
pub(super) fn title_style(marks: &Marks, view: &View, theme: &Theme) -> Style {
    match (marks.in_inbox() || *view == View::Archive, marks.read) {
        (false, _) => theme.done,
        (true, true) => theme.read,
        (true, false) => theme.unread,
    }
}

/// The marks of a row, behind the column of the cursor.
pub(super) fn draw_marks(marks: &Marks, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    if marks.done {
        let symbol = if marks.archived { "▪" } else { "✓" };
        let cell = painter.part(place, 1, 1);
        painter.repeat(cell, symbol, theme.dim);
    } else if !marks.read {
        let cell = painter.part(place, 1, 1);
        painter.repeat(cell, "•", theme.unread_mark);
    }
    if marks.bookmark.is_some() {
        let cell = painter.part(place, 2, 1);
        painter.repeat(cell, "*", theme.bookmark);
    }
    if !marks.tags.is_empty() {
        // A bookmark keeps its column.
        let cell = painter.part(place, if marks.bookmark.is_some() { 3 } else { 2 }, 1);
        painter.repeat(cell, "#", theme.dim);
    }
}

fn draw_row(
    state: &State,
    headline: &Headline,
    place: Rows,
    selected: bool,
    theme: &Theme,
    painter: &mut Painter<'_>,
) {
    let marks = &headline.marks;
    let title_style = title_style(marks, &state.list.view, theme);
    draw_marks(marks, place, theme, painter);
    let days = state.list.has_days();
    let columns = ListColumns::of(place.columns, days, state.pins.columns.len());
    for (field, text) in columns.pins.iter().zip(state.pins.cells(headline.id)) {
        if let Some((start, many)) = field {
            let cells = painter.part(place, *start, *many);
            painter.label(cells, text, theme.value);
        }
    }
    let due = marks.bookmark.as_ref().and_then(|bookmark| bookmark.due);
    let overdue = days && due.is_some_and(|due| due <= state.today());
    let plain = if overdue { theme.error } else { theme.dim };
    let fields = if selected { cursor_style(state, theme) } else { plain };
    let age_cells = painter.part(place, columns.age.0, columns.age.1);
    let text = match days {
        true => due.map(|due| day(due, state.today())).unwrap_or_default(),
        false => age(headline.published, state.now),
    };
    // As many columns as there are at the most, and ASCII.
    let pad = usize::from(columns.age.1).saturating_sub(text.len());
    if selected {
        painter.fill(age_cells, fields);
    }
    let line = painter.cut(&text, None, columns.age.1);
    let side = painter.direction();
    painter.line(age_cells, &line, side, pad, fields);

    let Some(lines) = state.list.lines(headline.id) else { return };
    if let (Some((start, many)), Some(source)) = (columns.source, &lines.source) {
        let cells = painter.part(place, start, many);
        painter.line(cells, source, source.direction(), 0, theme.dim);
    }
    let title = painter.part(place, columns.title.0, columns.title.1);
    let lit: Vec<_> = lines.hits.iter().map(|columns| (columns.clone(), theme.hit)).collect();
    painter.line_at(title, &lines.title, lines.title.direction(), 0, title_style, &lit);
}

fn empty(state: &State, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    let lines: &[&str] = match state.list.view {
        View::Inbox if state.counts.all == 0 => &[
            "The library is empty.",
            "",
            "khabar import PATH…   reads files and folders into it",
            "khabar PATH…          opens them at once, without keeping them",
            "",
            "? keys · q quits",
        ],
        View::Inbox => &["Nothing is waiting.", "", "gu unread · gb bookmarks · ga archive · u undoes"],
        View::Bookmarks => {
            &["Nothing to follow up.", "", "b on an article keeps it for follow-up · gi inbox"]
        }
        _ => &["Nothing here.", "", "gi inbox · ? keys"],
    };
    for (at, text) in (1u16..).zip(lines.iter().copied()) {
        let row = painter.row(place, at);
        let row = painter.part(row, 2, place.columns.saturating_sub(2));
        painter.label(row, text, theme.text);
    }
}

/// A day to come back, in six columns: `-2d` overdue, `today`, `3d`, from a fortnight on its date, and far off its year.
pub(super) fn day(due: Date, today: Date) -> String {
    match (due - today).get_days() {
        0 => "today".to_owned(),
        days @ -99..=13 => format!("{days}d"),
        days if days.abs() < 300 => due.strftime("%d %b").to_string(),
        _ => due.strftime("%Y").to_string(),
    }
}

/// How long ago, in three columns: `5m`, `3h`, `12d`, `8w`, `3y`; `now` within a minute and for what is to come.
pub(super) fn age(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second().saturating_sub(then.as_second());
    let (minute, hour, day) = (60, 3600, 86_400);
    if seconds < minute {
        "now".to_owned()
    } else if seconds < hour {
        format!("{}m", seconds / minute)
    } else if seconds < day {
        format!("{}h", seconds / hour)
    } else if seconds < 60 * day {
        format!("{}d", seconds / day)
    } else if seconds < 365 * day {
        format!("{}w", seconds / (7 * day))
    } else {
        format!("{}y", (seconds / (365 * day)).min(99))
    }
}
