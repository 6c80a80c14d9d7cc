//! What is to be on the screen: the seam between `ui`, which makes a [`Frame`], and `terminal`, which sends it.
//!
//! Cells are in visual order, one cluster a cell, shaped (Arabic as presentation forms, a cluster's marks after its
//! base in the same cell). A cell two columns wide is followed by a cell with an empty symbol. Which terminal needs
//! which bytes for that is `terminal`'s own affair.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A whole screen, ready to be sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The cells. The area starts at 0,0 and is the whole screen.
    pub buffer: Buffer,
    /// Where the hardware cursor stands; hidden where there is none.
    pub caret: Option<Caret>,
    /// Links, for terminals that show them (OSC 8).
    pub links: Vec<LinkCells>,
    /// Rows that are sent in a way of their own, whatever the terminal needs: the row, and the number of the way.
    pub samples: Vec<(u16, usize)>,
    /// Where panes begin: the terminal's cursor is placed anew there in rows that hold right-to-left text.
    pub edges: Vec<Edge>,
}

/// The hardware cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// Its cell.
    pub position: Position,
    /// Whether it is shown as a text caret (a prompt), or only stands there for screen readers (a selected row).
    pub visible: bool,
}

/// The cells that a link stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCells {
    /// The row.
    pub row: u16,
    /// The columns.
    pub columns: Range<u16>,
    /// Where it leads.
    pub url: String,
}

/// The first column of a pane, in some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The column.
    pub column: u16,
    /// The rows.
    pub rows: Range<u16>,
}

impl Frame {
    /// An empty frame of `columns` by `rows` cells.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { buffer: Buffer::empty(Rect::new(0, 0, columns, rows)), ..Self::default() }
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The symbols, a line a row, as they stand on the screen; spaces at line ends off. For tests and logs.
    pub fn to_text(&self) -> String {
        let width = usize::from(self.buffer.area.width).max(1);
        let mut text = String::new();
        for row in self.buffer.content.chunks(width) {
            let line: String = row.iter().map(|cell| cell.symbol()).collect();
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
