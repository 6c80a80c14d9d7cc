//! Wire rows: a frame's rows as they are sent to one kind of terminal. With `turning`, the only place where a strategy
//! changes cells.

use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;
use ratatui::buffer::Cell;

use super::identity::{Colour, Verdict};
use super::sgr::Pen;
use super::turning;
use crate::app::{SAMPLES, Strategy};
use crate::frame::{Frame, LinkCells};
use crate::text::implicit::Model;
use crate::text::{is_reordered_char, is_rtl_char};

/// Rows that are looked for in vain all over the last frame, before the rest is looked for only where rows came from.
const SEARCHES: usize = 6;

/// How frames are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The strategy.
    pub strategy: Strategy,
    /// Whether links are sent (OSC 8).
    pub links: bool,
    /// Whether letters go instead of presentation forms, for fonts without these.
    pub letters: bool,
    /// How the terminal reorders, where a strategy needs it.
    pub model: Model,
    /// The terminal's own colours, where a strategy needs them.
    pub colours: Vec<(Colour, (u8, u8, u8))>,
}

impl Sending {
    /// What a verdict asks for.
    pub fn of(verdict: &Verdict) -> Self {
        let split = verdict.strategy == Strategy::Split;
        Self {
            strategy: verdict.strategy,
            links: verdict.answers.shows_links(),
            letters: verdict.letters(),
            model: verdict.answers.model(),
            colours: if split { verdict.answers.colours.clone() } else { Vec::new() },
        }
    }
}

impl From<&Verdict> for Sending {
    fn from(verdict: &Verdict) -> Self {
        Self::of(verdict)
    }
}

impl From<Strategy> for Sending {
    fn from(strategy: Strategy) -> Self {
        Self { strategy, ..Self::default() }
    }
}

/// A cell as it is sent. The second half of a wide cell has no text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WireCell {
    pub text: CompactString,
    pub pen: Pen,
    /// Where the cell leads (OSC 8).
    pub link: Option<Arc<str>>,
}

/// A row as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WireRow {
    pub cells: Vec<WireCell>,
    /// Whether it holds right-to-left text or Arabic-Indic digits: there the cursor is placed anew at pane edges.
    pub rtl: bool,
}

impl WireCell {
    pub(super) fn blank() -> Self {
        Self { text: CompactString::const_new(" "), pen: Pen::default(), link: None }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text == " " && self.pen == Pen::default() && self.link.is_none()
    }

    pub(super) fn is_rtl(&self) -> bool {
        self.text.chars().next().is_some_and(is_rtl_char)
    }

    /// Whether a terminal that reorders may move it, or what stands beside it.
    pub(super) fn is_reordered(&self) -> bool {
        self.text.chars().next().is_some_and(is_reordered_char)
    }
}

impl WireRow {
    pub(super) fn blank(columns: usize) -> Self {
        Self { cells: vec![WireCell::blank(); columns], rtl: false }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(WireCell::is_blank)
    }

    /// Its cells in these columns.
    pub(super) fn part(&self, columns: &Range<usize>) -> &[WireCell] {
        self.cells.get(columns.clone()).unwrap_or(&[])
    }

    /// Whether these columns begin and end where cells do.
    pub(super) fn parts_at(&self, columns: &Range<usize>) -> bool {
        let begins = |at: usize| self.cells.get(at).is_none_or(|cell| !cell.text.is_empty());
        begins(columns.start) && begins(columns.end)
    }

    /// The row with these columns of another one in their place; blank where there is none.
    pub(super) fn with_part(&self, columns: &Range<usize>, other: Option<&Self>) -> Self {
        let mut row = self.clone();
        let source = other.map_or(&[][..], |other| other.part(columns));
        row.rtl |= other.is_some_and(|other| other.rtl);
        for (at, cell) in row.cells.get_mut(columns.clone()).unwrap_or(&mut []).iter_mut().enumerate() {
            *cell = source.get(at).cloned().unwrap_or_else(WireCell::blank);
        }
        row
    }
}

/// The rows of a frame as they are sent. Rows that stand in `before`, in their place or in another, are taken from there:
/// a row that moved is the same one afterwards, and is known by that.
pub(super) fn wire_rows(
    frame: &Frame,
    sending: &Sending,
    before: Option<(&Frame, &[Arc<WireRow>])>,
) -> Vec<Arc<WireRow>> {
    let width = usize::from(frame.area().width);
    if width == 0 {
        return Vec::new();
    }
    let before = before.filter(|(last, _)| last.area() == frame.area() && last.samples == frame.samples);
    // Where the last row that moved came from: the next one most likely comes from there too.
    let mut shift = 0;
    let mut searches = SEARCHES;
    frame
        .buffer
        .content
        .chunks(width)
        .enumerate()
        .map(|(at, cells)| {
            let known = before.and_then(|(last, rows)| {
                let stood = |from: &usize| {
                    let own = last.buffer.content.get(from * width..(from + 1) * width);
                    own == Some(cells) && (!sending.links || same_links(last, *from, frame, at))
                };
                // A sample's row is sent in a way of its own.
                let places = if frame.samples.is_empty() { rows.len() } else { 0 };
                let near = at.checked_add_signed(shift).filter(|from| *from < places);
                let anywhere = 0..if searches > 0 { places } else { 0 };
                let Some(from) = std::iter::once(at).chain(near).chain(anywhere).find(stood) else {
                    searches = searches.saturating_sub(1);
                    return None;
                };
                if from != at && rows.get(from).is_some_and(|row| !row.is_blank()) {
                    shift = from.cast_signed() - at.cast_signed();
                }
                rows.get(from).cloned()
            });
            known.unwrap_or_else(|| Arc::new(made(frame, at, cells, sending)))
        })
        .collect()
}

/// Whether a row of one frame has the links of another's.
fn same_links(last: &Frame, from: usize, frame: &Frame, at: usize) -> bool {
    let bare = |link: &LinkCells| (link.columns.clone(), link.url.clone());
    last.links.is_empty() && frame.links.is_empty()
        || links_of(last, from).map(bare).eq(links_of(frame, at).map(bare))
}

/// A row as it is sent.
fn made(frame: &Frame, at: usize, cells: &[Cell], sending: &Sending) -> WireRow {
    let mut row = wire_row(cells);
    if sending.links {
        link(frame, at, &mut row);
    }
    if row.rtl {
        if sending.letters {
            turning::to_letters(&mut row);
        }
        let sample = frame.samples.iter().find(|(sample, _)| usize::from(*sample) == at);
        match sample.and_then(|(_, way)| SAMPLES.get(*way)) {
            Some(sample) => {
                turning::apply(&mut row, &Sending { strategy: sample.strategy, ..sending.clone() });
            }
            None => turning::apply(&mut row, sending),
        }
    }
    row
}

/// The links of a row.
fn links_of(frame: &Frame, row: usize) -> impl Iterator<Item = &LinkCells> {
    frame.links.iter().filter(move |link| usize::from(link.row) == row)
}

fn wire_row(row: &[Cell]) -> WireRow {
    let mut rtl = false;
    let last = row.len().saturating_sub(1);
    let cells = row
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let symbol = cell.symbol();
            let mut text = harmless(symbol);
            if at == last && crate::text::width(symbol) > 1 {
                // Its second half has no room.
                text = CompactString::const_new(" ");
            }
            rtl |= symbol.chars().next().is_some_and(is_reordered_char);
            WireCell { text, pen: Pen::of(cell), link: None }
        })
        .collect();
    WireRow { cells, rtl }
}

/// Puts a row's links on their cells.
fn link(frame: &Frame, at: usize, row: &mut WireRow) {
    for link in links_of(frame, at) {
        let Some(url) = safe_url(&link.url) else { continue };
        let url: Arc<str> = url.into();
        for column in link.columns.clone() {
            if let Some(cell) = row.cells.get_mut(usize::from(column)) {
                cell.link = Some(Arc::clone(&url));
            }
        }
    }
}

/// An address as OSC 8 takes it: printable ASCII, everything else percent-encoded; none that is too long to be one.
fn safe_url(url: &str) -> Option<String> {
    const MOST: usize = 2000;
    let mut safe = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    (safe.len() <= MOST).then_some(safe)
}

/// A symbol without anything that a terminal would obey, whatever was put into the cell.
fn harmless(symbol: &str) -> CompactString {
    if symbol.chars().any(char::is_control) {
        symbol.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
    } else {
        CompactString::new(symbol)
    }
}
