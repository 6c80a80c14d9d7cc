//! From what stands on the screen to what shall stand there: the bytes, and the cells that they leave behind.
//!
//! Runs of changed cells are sent with the cheapest way to them; styles only where they change; a blank tail as one
//! erase. In rows with right-to-left text the cursor is placed anew at pane edges, so that a terminal that counts a
//! cluster otherwise spoils one pane and not the row.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use super::sgr::Pen;
use super::wire::{WireCell, WireRow};
use crate::frame::Edge;

/// Bytes of unchanged cells that are sent again rather than passed over.
const GAP_BYTES: usize = 4;

/// The way out: bytes, and what the terminal's cursor and style are after them.
#[derive(Clone, Debug)]
pub(super) struct Encoder {
    pub out: Vec<u8>,
    /// Column and row; `None` where it cannot be known.
    pub cursor: Option<(usize, usize)>,
    pub pen: Pen,
    /// The link that cells stand on (OSC 8); always closed at the end of a frame.
    link: Option<Arc<str>>,
    /// Bytes from which the rest is not worth making: another way is shorter.
    most: usize,
}

/// Rows of the screen, or a pane's part of them, that move together: a scroll region, and how many rows up (positive) or
/// down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    pub top: usize,
    /// One past the last row.
    pub bottom: usize,
    /// The pane's columns; `None` where whole rows move.
    pub columns: Option<Range<usize>>,
    pub up: isize,
}

impl Encoder {
    /// Starts where the last frame left cursor and style.
    pub(super) fn new(cursor: Option<(usize, usize)>, pen: Pen) -> Self {
        Self { out: Vec::new(), cursor, pen, link: None, most: usize::MAX }
    }

    /// The same, given up once it is so long.
    pub(super) fn shorter_than(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// Sends what turns `old` into `new`.
    pub(super) fn rows(&mut self, old: &[Arc<WireRow>], new: &[Arc<WireRow>], edges: &[Edge]) {
        for (y, (old, new)) in old.iter().zip(new).enumerate() {
            if !same(old, new) {
                self.row(y, old, new, edges);
            }
            if self.out.len() >= self.most {
                return;
            }
        }
        self.set_link(None);
    }

    fn set_link(&mut self, link: Option<&Arc<str>>) {
        if self.link.as_ref() != link {
            self.out.extend_from_slice(b"\x1b]8;;");
            self.out.extend_from_slice(link.map_or("", |url| url).as_bytes());
            self.out.extend_from_slice(b"\x1b\\");
            self.link = link.cloned();
        }
    }

    fn row(&mut self, y: usize, old: &WireRow, new: &WireRow, edges: &[Edge]) {
        let columns = new.cells.len();
        let is_same = |x: usize| old.cells.get(x) == new.cells.get(x);
        let blank_from = blank_tail(&new.cells);
        let old_blank_from = blank_tail(&old.cells);
        let mut x = 0;
        while x < blank_from {
            let Some(cell) = new.cells.get(x) else { break };
            let width = cell_width(&new.cells, x);
            let changed = (x..x + width).any(|x| !is_same(x));
            if changed {
                self.go(x, y, new, edges);
                self.put(cell, width, columns);
            }
            x += width;
        }
        if old_blank_from > blank_from {
            self.erase_tail(blank_from, y, old_blank_from.min(columns));
        }
    }

    /// Blanks from column `x` on; `until` is the first column that is blank already.
    fn erase_tail(&mut self, x: usize, y: usize, until: usize) {
        self.move_to(x, y);
        self.set_pen(Pen::default());
        self.set_link(None);
        if until - x <= 2 {
            for _ in x..until {
                self.out.push(b' ');
            }
            self.cursor = None;
        } else {
            self.out.extend_from_slice(b"\x1b[K");
        }
    }

    /// Brings the cursor to a cell that is to be written: over a short gap by sending its cells again.
    fn go(&mut self, x: usize, y: usize, new: &WireRow, edges: &[Edge]) {
        let at_edge = new.rtl && is_edge(edges, x, y);
        if !at_edge
            && let Some((from, row)) = self.cursor
            && row == y
            && from < x
        {
            let gap = new.cells.get(from..x).unwrap_or(&[]);
            let bytes: usize = gap.iter().map(|cell| cell.text.len()).sum();
            let crosses = new.rtl && (from..x).any(|x| is_edge(edges, x, y));
            if bytes <= GAP_BYTES
                && !crosses
                && gap
                    .iter()
                    .all(|cell| cell.pen == self.pen && !cell.text.is_empty() && cell.link == self.link)
            {
                for cell in gap {
                    self.out.extend_from_slice(cell.text.as_bytes());
                }
                self.cursor = Some((x, y));
                return;
            }
        }
        if at_edge {
            self.place(x, y);
        } else {
            self.move_to(x, y);
        }
    }

    fn put(&mut self, cell: &WireCell, width: usize, columns: usize) {
        self.set_pen(cell.pen);
        self.set_link(cell.link.as_ref());
        self.out.extend_from_slice(cell.text.as_bytes());
        self.cursor = match self.cursor {
            // Behind the last column terminals differ: the cursor waits there, or has wrapped.
            Some((x, y)) if x + width < columns => Some((x + width, y)),
            _ => None,
        };
    }

    pub(super) fn set_pen(&mut self, pen: Pen) {
        self.pen.change_to(pen, &mut self.out);
        self.pen = pen;
    }

    /// Moves the cursor the cheapest way.
    pub(super) fn move_to(&mut self, x: usize, y: usize) {
        match self.cursor {
            Some(at) if at == (x, y) => {}
            Some((_, row)) if row == y && x == 0 => self.out.push(b'\r'),
            Some((from, row)) if row == y => {
                let absolute = format!("\x1b[{}G", x + 1);
                let relative = match x.checked_sub(from) {
                    Some(1) => "\x1b[C".to_owned(),
                    Some(on) => format!("\x1b[{on}C"),
                    None if from - x == 1 => "\u{8}".to_owned(),
                    None => format!("\x1b[{}D", from - x),
                };
                let chosen = if relative.len() < absolute.len() { relative } else { absolute };
                self.out.extend_from_slice(chosen.as_bytes());
            }
            // CR LF moves down without scrolling: the row exists.
            Some((_, row)) if x == 0 && row + 1 == y => self.out.extend_from_slice(b"\r\n"),
            Some((from, row)) if from == x && row < y => self.csi(y - row, b'B'),
            Some((from, row)) if from == x => self.csi(row - y, b'A'),
            _ => self.place(x, y),
        }
        self.cursor = Some((x, y));
    }

    /// Places the cursor, wherever the terminal believes that it is.
    pub(super) fn place(&mut self, x: usize, y: usize) {
        let _ = match (x, y) {
            (0, 0) => write!(self.out, "\x1b[H"),
            (0, y) => write!(self.out, "\x1b[{}H", y + 1),
            (x, y) => write!(self.out, "\x1b[{};{}H", y + 1, x + 1),
        };
        self.cursor = Some((x, y));
    }

    fn csi(&mut self, number: usize, last: u8) {
        let _ = if number == 1 { write!(self.out, "\x1b[") } else { write!(self.out, "\x1b[{number}") };
        self.out.push(last);
    }

    /// Scrolls rows (DECSTBM, SU, SD), or a pane's part of them (DECLRMM, DECSLRM), and does the same to `rows`. What
    /// comes in is blank.
    pub(super) fn scroll(&mut self, scroll: &Scroll, rows: &mut [Arc<WireRow>]) {
        let all = rows.len();
        let Some(region) = rows.get_mut(scroll.top..scroll.bottom) else { return };
        self.set_pen(Pen::default());
        let part = region.len() < all;
        // No write of ours ends between the two switches of the mode: nobody else ever meets the margins.
        if scroll.columns.is_some() {
            self.out.extend_from_slice(b"\x1b[?69h");
        }
        if part {
            let _ = write!(self.out, "\x1b[{};{}r", scroll.top + 1, scroll.bottom);
        }
        if let Some(Range { start, end }) = &scroll.columns {
            let _ = write!(self.out, "\x1b[{};{}s", start + 1, end);
        }
        let by = scroll.up.unsigned_abs().min(region.len());
        self.csi(by, if scroll.up > 0 { b'S' } else { b'T' });
        if scroll.columns.is_some() {
            self.out.extend_from_slice(b"\x1b[?69l");
        }
        if part {
            self.out.extend_from_slice(b"\x1b[r");
        }
        if part || scroll.columns.is_some() {
            self.cursor = None;
        }
        scroll.shift(region);
    }
}

impl Scroll {
    /// Does to the rows of its region what the terminal does.
    fn shift(&self, region: &mut [Arc<WireRow>]) {
        let before = region.to_vec();
        for (y, row) in region.iter_mut().enumerate() {
            let from = y.checked_add_signed(self.up).and_then(|from| before.get(from));
            *row = match &self.columns {
                None => from.cloned().unwrap_or_else(|| Arc::new(WireRow::blank(row.cells.len()))),
                Some(columns) => Arc::new(row.with_part(columns, from.map(AsRef::as_ref))),
            };
        }
    }
}

/// Whether two rows show the same; rows that are one and the same are not looked into.
pub(super) fn same(old: &WireRow, new: &WireRow) -> bool {
    std::ptr::eq(old, new) || old.cells == new.cells
}

/// The first column from which on all cells are blank.
fn blank_tail(cells: &[WireCell]) -> usize {
    cells.len() - cells.iter().rev().take_while(|cell| cell.is_blank()).count()
}

/// Columns of the cell that begins at `x`: those behind it that have no text are its own.
fn cell_width(cells: &[WireCell], x: usize) -> usize {
    1 + cells.iter().skip(x + 1).take_while(|cell| cell.text.is_empty()).count()
}

fn is_edge(edges: &[Edge], x: usize, y: usize) -> bool {
    edges.iter().any(|edge| usize::from(edge.column) == x && has_row(edge, y))
}

fn has_row(edge: &Edge, y: usize) -> bool {
    u16::try_from(y).is_ok_and(|y| edge.rows.contains(&y))
}
