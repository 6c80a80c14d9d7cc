//! Wire rows: a frame's rows as they are sent to one kind of terminal. The only place where a strategy changes cells.

use compact_str::CompactString;
use ratatui::buffer::Cell;

use super::handshake::Strategy;
use super::sgr::Pen;
use crate::frame::Frame;
use crate::text::is_rtl_char;

/// A cell as it is sent. The second half of a wide cell has no text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WireCell {
    pub text: CompactString,
    pub pen: Pen,
}

/// A row as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WireRow {
    pub cells: Vec<WireCell>,
    /// Whether it holds right-to-left text: there the cursor is placed anew at pane edges.
    pub rtl: bool,
}

impl WireCell {
    pub(super) fn blank() -> Self {
        Self { text: CompactString::const_new(" "), pen: Pen::default() }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text == " " && self.pen == Pen::default()
    }
}

impl WireRow {
    pub(super) fn blank(columns: usize) -> Self {
        Self { cells: vec![WireCell::blank(); columns], rtl: false }
    }
}

/// The rows of a frame for a strategy.
pub(super) fn wire_rows(frame: &Frame, strategy: Strategy) -> Vec<WireRow> {
    let width = usize::from(frame.area().width);
    if width == 0 {
        return Vec::new();
    }
    frame.buffer.content.chunks(width).map(|row| wire_row(row, strategy)).collect()
}

fn wire_row(row: &[Cell], strategy: Strategy) -> WireRow {
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
            let is_rtl = symbol.chars().next().is_some_and(is_rtl_char);
            rtl |= is_rtl;
            if is_rtl && strategy == Strategy::Lrm {
                text.push('\u{200e}');
            }
            WireCell { text, pen: Pen::of(cell) }
        })
        .collect();
    WireRow { cells, rtl }
}

/// A symbol without anything that a terminal would obey, whatever was put into the cell.
fn harmless(symbol: &str) -> CompactString {
    if symbol.chars().any(char::is_control) {
        symbol.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
    } else {
        CompactString::new(symbol)
    }
}
