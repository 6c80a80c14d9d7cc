//! A list of views: name, what waits, how many there are.

use jiff::Timestamp;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::Theme;
use super::paint::{Painter, Rows};
use super::status;
use crate::app::{Area, FEED_ROWS, FeedRow, PlaceKind, PlaceRow, State};
use crate::frame::Caret;
use crate::text::{Options, analyse};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Columns of a count.
const COUNT: u16 = 8;

/// The end of a mute in seven columns: its time where it is within a day, else its date.
fn until(end: Timestamp, state: &State) -> String {
    let there = end.to_zoned_datetime(state.zone.clone());
    let soon = end.as_second() - state.now.as_second() <= DAY;
    there.strftime(if soon { "%H:%M" } else { "%d %b" }).to_string()
}

/// Draws the list of sources, tags, saved queries, feeds or mutes.
pub(super) fn draw(state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let places = &state.places;
    let (columns, rows) = state.size;
    let head = painter.place(Area { start: 0, top: 0, columns, rows: 1 });
    painter.fill(head, theme.header);
    let taken = painter.label(head, &format!(" {} ", places.kind.title()), theme.header_name);
    let rest = painter.part(head, taken, columns.saturating_sub(taken));
    let fields = if places.kind == PlaceKind::Mutes { "until, and silenced" } else { "waiting, and all" };
    painter.label(rest, &format!("{} · {fields}", places.rows.len()), theme.header);
    let foot = if places.kind == PlaceKind::Feeds { FEED_ROWS } else { 0 };
    let body = painter.place(Area { start: 0, top: 1, columns, rows: rows.saturating_sub(2 + foot) });
    if places.loaded && places.rows.is_empty() {
        let none = match places.kind {
            PlaceKind::Feeds => "  None yet: `khabar feed add ADDRESS` adds the feed of a site.",
            PlaceKind::Mutes => "  Nothing is muted: X mutes for a day.",
            _ => "  None yet: t on an article puts tags on, import brings sources.",
        };
        painter.sentence(painter.row(body, 1), none, theme.text);
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
        let style = if place.inbox > 0 || place.mute.is_some() { theme.unread } else { theme.read };
        match &place.feed {
            Some(feed) => feed_cells(place, feed, painter.part(here, 2, name), style, state, theme, painter),
            None => {
                painter.label(painter.part(here, 2, name), &place.name, style);
            }
        }
        let first = match &place.mute {
            Some(mute) => until(mute.until, state),
            None => place.inbox.to_string(),
        };
        let fields = [(first, style, 2 + name), (place.articles.to_string(), theme.dim, 2 + name + COUNT)];
        for (text, style, start) in fields {
            let cells = painter.part(here, start, COUNT - 1);
            let pad = usize::from(COUNT - 1).saturating_sub(text.len());
            let line = painter.cut(&text, None, COUNT - 1);
            let side = painter.direction();
            painter.line(cells, &line, side, pad, style);
        }
    }
    if let Some(feed) = places.feed() {
        let area = Area { start: 0, top: rows.saturating_sub(1 + foot), columns, rows: foot };
        let place = painter.place(area);
        feed_foot(feed, place, state, theme, painter);
    }
    let area = Area { start: 0, top: rows.saturating_sub(1), columns, rows: 1 };
    status::draw(state, area, theme, painter);
}

/// A feed's name, and how it goes where there is room for both.
fn feed_cells(
    row: &PlaceRow,
    feed: &FeedRow,
    place: Rows,
    style: Style,
    state: &State,
    theme: &Theme,
    painter: &mut Painter<'_>,
) {
    let goes = feed.state.since(state.now);
    let room = if place.columns >= 60 { place.columns / 2 } else { 0 };
    let cells = painter.part(place, 0, place.columns - room);
    let failing = feed.state.is_failing();
    painter.label(cells, &row.name, style);
    let cells = painter.part(place, place.columns - room, room.saturating_sub(1));
    painter.label(cells, &goes, if failing { theme.error } else { theme.dim });
}

/// What there is to say of the feed under the cursor: where it is, how it goes, what went wrong.
fn feed_foot(feed: &FeedRow, place: Rows, state: &State, theme: &Theme, painter: &mut Painter<'_>) {
    let indented = |painter: &Painter<'_>, at| {
        let row = painter.row(place, at);
        painter.part(row, 2, row.columns.saturating_sub(3))
    };
    let cells = indented(painter, 0);
    painter.label(cells, &feed.address, theme.dim);
    let goes = format!("{} · {}", feed.state.since(state.now), feed.next.in_words(state.now));
    let cells = indented(painter, 1);
    painter.label(cells, &goes, theme.text);
    let Some(error) = &feed.state.error else { return };
    let error = analyse(error, &Options::default());
    let columns = usize::from(indented(painter, 2).columns).max(1);
    let rows = error.break_lines(columns);
    for (at, bytes) in (2..place.rows).zip(rows) {
        let cells = indented(painter, at);
        let side = painter.direction();
        painter.line(cells, &error.line(bytes), side, 0, theme.error);
    }
}
