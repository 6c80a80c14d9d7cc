//! The last row: the prompt, a message, the search that is lit, or the keys that matter here; at the end, how far.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::Theme;
use super::paint::{Painter, Rows, left_of};
use crate::app::{Area, Focus, PlaceKind, Prompt, Screen, State, Status};
use crate::article::reading_minutes;
use crate::frame::Caret;
use crate::query::View;
use crate::text::{Base, Cluster, Direction, Options, Paragraph, analyse, width};

/// Columns that a prompt has at the least, before what is said beside it.
const PROMPT: u16 = 30;
/// Rows that a sentence about a failure has at the most.
const SENTENCE: u16 = 5;
/// Columns of the place at the end.
const PLACE: u16 = 9;

/// Draws the status line.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let place = painter.place(area);
    if let Some(prompt) = &state.prompt {
        let hint = state.prompt_hint();
        let room = place.columns.saturating_sub(PROMPT);
        let line = painter.cut(&hint, None, room);
        let taken = u16::try_from(line.width()).unwrap_or(room);
        let cells = painter.part(place, place.columns - taken, taken);
        let side = painter.direction();
        painter.line(cells, &line, side, 0, theme.dim);
        let place = painter.part(place, 0, place.columns - taken);
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
                let pattern = match &search.pattern {
                    Some(pattern) => pattern.clone(),
                    None => state.list.view.title(),
                };
                (
                    format!("/\u{2068}{pattern}\u{2069}  {at} of {many} · n N next, before · Esc ends"),
                    theme.status,
                )
            }
            None => (fitting(hints(state), place.columns - end), theme.dim),
        },
    };
    if matches!(state.status, Status::Error(_)) {
        say_whole(&text, area, place.columns - end, style, painter);
    } else {
        let row = painter.part(place, 0, place.columns - end);
        painter.sentence(row, &text, style);
    }
    if end > 0 {
        let cells = painter.part(place, place.columns - end, end);
        let text = if state.pending.is_empty() { position(state) } else { state.pending.to_text() };
        let line = painter.cut(&text, None, end);
        let pad = usize::from(end) - line.width();
        let side = painter.direction();
        painter.line(cells, &line, side, pad, theme.dim);
    }
}

/// What failed, with what to do about it: where it does not fit its row, over the rows above it, too.
fn say_whole(text: &str, area: Area, columns: u16, style: Style, painter: &mut Painter<'_>) {
    let base = Base::Fixed(Direction::Ltr);
    let paragraph = analyse(text, &Options { base, ..Options::default() });
    let lines = paragraph.break_lines(usize::from(columns));
    let many = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(SENTENCE);
    let above = many.saturating_sub(1).min(area.top);
    let rows = Area { top: area.top - above, rows: area.rows + above, ..area };
    let place = painter.place(rows);
    let covered = Rows { rows: above, ..place };
    painter.repeat(covered, " ", style);
    let side = painter.direction();
    for (at, clusters) in (0..=above).zip(lines) {
        let row = painter.row(place, at);
        painter.line(row, &paragraph.line(clusters), side, 0, style);
    }
}

/// Where we are: how far down the article, or which row of the list.
fn position(state: &State) -> String {
    if state.screen == Screen::Board {
        let many = state.board.ids.len();
        return format!("{}/{many}", (state.board.cursor + 1).min(many));
    }
    if state.screen == Screen::Places {
        let many = state.places.rows.len();
        return format!("{}/{many}", (state.places.cursor + 1).min(many));
    }
    match (&state.reader, state.focus) {
        (Some(reader), Focus::Reader | Focus::Facts) if reader.at_end => format!("{}%", reader.percent),
        (Some(reader), Focus::Reader | Focus::Facts) => {
            let (words, language) = (reader.headline.words, reader.headline.language.as_deref());
            let left = reading_minutes(words * (100 - reader.percent.min(100)) / 100, language);
            format!("{left}m · {}%", reader.percent)
        }
        _ if state.list.ids.is_empty() => String::new(),
        _ => format!("{}/{}", state.list.cursor + 1, state.list.many()),
    }
}

/// Hints as far as they fit so many columns; the last two, help and the way back, stay longest.
fn fitting(hints: &str, columns: u16) -> String {
    let mut parts: Vec<&str> = hints.split(" · ").collect();
    let mut text = hints.to_owned();
    while width(&text) > usize::from(columns) && parts.len() > 2 {
        parts.remove(parts.len() - 3);
        text = parts.join(" · ");
    }
    text
}

fn hints(state: &State) -> &'static str {
    if state.screen == Screen::Board {
        return "Enter open · d done · b bookmark · h l column · s sort · \\ filter · w export · ? keys · q back";
    }
    if state.screen == Screen::Places {
        return match state.places.kind {
            PlaceKind::Feeds => "Enter its articles · r try it now · R all · q back",
            PlaceKind::Mutes => "x lift · u undo · Enter what is silenced · ? keys · q back",
            _ => "Enter go there · q back",
        };
    }
    match state.focus {
        Focus::List if matches!(state.list.view, View::Query(_)) => {
            "Enter open · n N next, before · \\ narrow · d done · b bookmark · ? keys · q back"
        }
        Focus::List if state.is_following_up() => {
            "Enter open · d followed up · s snooze · @ day · B note · u undo · ? keys · q quit"
        }
        Focus::List => "Enter open · d done · b bookmark · u undo · n next unread · ? keys · q quit",
        Focus::Reader => "Space page · J next · d done · b bookmark · / search · i facts · ? keys · q back",
        Focus::Facts => "Enter evidence, and back · y copy · e correct · x hide · + add · q back",
    }
}

/// What is said, and its style.
pub(super) fn text_of<'s>(status: &'s Status, theme: &Theme) -> (&'s str, Style) {
    match status {
        Status::Error(text) => (text, theme.error),
        Status::Message(text) => (text, theme.status),
        Status::Hints => ("", theme.dim),
    }
}

/// The prompt: its text in its own direction, the caret where the next letter goes. Of a text that is longer than the row
/// the part around the caret is shown.
fn draw_prompt(prompt: &Prompt, place: Rows, theme: &Theme, painter: &mut Painter<'_>) {
    // A blank behind the sign stands between it and the text in either direction.
    let sign = prompt.kind.sign();
    let blank = u16::from(sign.ends_with(' '));
    let sign = painter.label(place, sign.trim_end(), theme.key) + blank;
    let cells = painter.part(place, sign, place.columns.saturating_sub(sign));
    let base = Base::Auto { fallback: painter.direction() };
    let paragraph = analyse(prompt.text(), &Options { base, ..Options::default() });
    let room = usize::from(cells.columns.saturating_sub(1));
    let line = paragraph.line(around(&paragraph, prompt.caret(), room));
    let side = painter.direction();
    let caret = line.caret_column(prompt.caret());
    painter.line(cells, &line, side, 0, theme.status);
    let left = left_of(cells, &line, side, 0);
    if let (Ok(x), true) = (u16::try_from(left + caret), cells.columns > 0) {
        let last = cells.left + cells.columns - 1;
        let position = Position { x: x.min(last), y: cells.top };
        painter.frame().caret = Some(Caret { position, visible: true });
    }
}

/// The clusters around the caret (a byte of the text) that fit so many columns: most of them before it.
fn around(paragraph: &Paragraph, caret: usize, columns: usize) -> Range<usize> {
    let clusters = paragraph.clusters();
    if paragraph.width() <= columns {
        return 0..clusters.len();
    }
    let at = clusters.partition_point(|cluster| cluster.source().end <= caret);
    let width = |cluster: &Cluster| cluster.width();
    let mut room = columns;
    let mut take = |clusters: &mut dyn Iterator<Item = &Cluster>, most: usize| {
        let mut taken = 0;
        let mut left = most.min(room);
        for cluster in clusters {
            let Some(rest) = left.checked_sub(width(cluster)) else { break };
            room -= left - rest;
            left = rest;
            taken += 1;
        }
        taken
    };
    let before = take(&mut clusters.iter().take(at).rev(), columns - columns / 4);
    let behind = take(&mut clusters.iter().skip(at), columns);
    let more = take(&mut clusters.iter().take(at - before).rev(), columns);
    at - before - more..at + behind
}
