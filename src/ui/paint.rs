//! The only code that writes symbols into a buffer, and that turns start and end into left and right.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::Area;
use crate::frame::{Edge, Frame};
use crate::text::{Base, Direction, Harakat, Line, Options, analyse};

/// Paints texts and symbols into a frame.
pub struct Painter<'f> {
    frame: &'f mut Frame,
    /// The interface's direction.
    direction: Direction,
    /// Whether harakat are shown.
    harakat: Harakat,
    /// Columns at the left of the screen that stay blank.
    reserved: u16,
}

/// Cells of the screen: columns from the left, rows from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The leftmost column.
    pub left: u16,
    /// The topmost row.
    pub top: u16,
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl<'f> Painter<'f> {
    /// Paints into `frame`, for an interface of this direction.
    pub fn new(frame: &'f mut Frame, direction: Direction, harakat: Harakat) -> Self {
        Self { frame, direction, harakat, reserved: 0 }
    }

    /// The same, leaving so many columns at the left of the screen blank.
    pub fn reserving(self, columns: u16) -> Self {
        Self { reserved: columns, ..self }
    }

    /// Columns of the screen that may be used.
    pub fn columns(&self) -> u16 {
        self.frame.area().width.saturating_sub(self.reserved)
    }

    /// The interface's direction.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The frame, for the caret.
    pub fn frame(&mut self) -> &mut Frame {
        self.frame
    }

    /// A pane's cells on the screen; the terminal's cursor is placed anew at its left edge.
    pub fn place(&mut self, area: Area) -> Rows {
        let width = self.columns();
        let left = self.reserved
            + match self.direction {
                Direction::Ltr => area.start,
                Direction::Rtl => width.saturating_sub(area.start.saturating_add(area.columns)),
            };
        if left > self.reserved {
            let rows = area.top..area.top.saturating_add(area.rows);
            self.frame.edges.push(Edge { column: left, rows });
        }
        Rows { left, top: area.top, columns: area.columns, rows: area.rows }
    }

    /// A part of a row: `columns` columns from `start` on, counted from the interface's start side.
    pub fn part(&self, row: Rows, start: u16, columns: u16) -> Rows {
        let start = start.min(row.columns);
        let columns = columns.min(row.columns - start);
        let left = match self.direction {
            Direction::Ltr => row.left + start,
            Direction::Rtl => row.left + row.columns - start - columns,
        };
        Rows { left, columns, ..row }
    }

    /// One row of a place.
    pub fn row(&self, place: Rows, at: u16) -> Rows {
        Rows { top: place.top + at.min(place.rows), rows: u16::from(at < place.rows), ..place }
    }

    /// Sets the style of all cells of a place.
    pub fn fill(&mut self, place: Rows, style: Style) {
        let area = ratatui::layout::Rect::new(place.left, place.top, place.columns, place.rows)
            .intersection(self.frame.area());
        self.frame.buffer.set_style(area, style);
    }

    /// Writes a symbol of one column into every cell of a place.
    pub fn repeat(&mut self, place: Rows, symbol: &str, style: Style) {
        for y in place.top..place.top + place.rows {
            for x in place.left..place.left + place.columns {
                put(&mut self.frame.buffer, x, y, symbol, style);
            }
        }
    }

    /// Writes ASCII over what stands in the first row of a place, a sign a cell; of a wide letter that is covered in part
    /// the rest is blanked.
    pub fn over(&mut self, place: Rows, text: &str, style: Style) {
        let buffer = &mut self.frame.buffer;
        for (x, c) in (place.left..place.left + place.columns).zip(text.chars()) {
            // An empty symbol is the second half of a wide letter.
            let is_second = |x: u16| buffer.cell((x, place.top)).is_some_and(|cell| cell.symbol().is_empty());
            let (covers_half, leaves_half) = (is_second(x) && x == place.left, is_second(x + 1));
            let mut symbol = [0; 4];
            put(buffer, x, place.top, c.encode_utf8(&mut symbol), style);
            if covers_half && let Some(before) = x.checked_sub(1) {
                put(buffer, before, place.top, " ", style);
            }
            if leaves_half {
                put(buffer, x + 1, place.top, " ", style);
            }
        }
    }

    /// Text as a paragraph of its own in the first row of a place, at the interface's start side: cut where it does not fit.
    /// Returns the columns that it took.
    pub fn label(&mut self, place: Rows, text: &str, style: Style) -> u16 {
        let line = self.cut(text, None, place.columns);
        let side = self.direction;
        self.line(place, &line, side, 0, style)
    }

    /// A sentence of the interface's own in the first row of a place, at the interface's start side: its words are English,
    /// so it goes from left to right whatever titles it quotes, which stand in isolates (UAX #9, 2.4). Returns the columns
    /// that it took.
    pub fn sentence(&mut self, place: Rows, text: &str, style: Style) -> u16 {
        let line = self.cut(text, Some(Direction::Ltr), place.columns);
        let side = self.direction;
        self.line(place, &line, side, 0, style)
    }

    /// Text as a line that fits so many columns.
    pub fn cut(&self, text: &str, declared: Option<Direction>, columns: u16) -> Line {
        let base = match declared {
            Some(direction) => Base::Fixed(direction),
            None => Base::Auto { fallback: self.direction },
        };
        let options = Options { base, harakat: self.harakat, ..Options::default() };
        analyse(text, &options).truncated(usize::from(columns))
    }

    /// A line in the first row of a place, `start` columns from the side that `side` starts from. Returns the columns
    /// that it took.
    pub fn line(&mut self, place: Rows, line: &Line, side: Direction, start: usize, style: Style) -> u16 {
        self.line_at(place, line, side, start, style, &[])
    }

    /// The same, with ranges of the line's columns in other styles.
    pub fn line_at(
        &mut self,
        place: Rows,
        line: &Line,
        side: Direction,
        start: usize,
        style: Style,
        lit: &[(Range<usize>, Style)],
    ) -> u16 {
        if place.rows == 0 {
            return 0;
        }
        let left = left_of(place, line, side, start);
        let inside = usize::from(place.left)..usize::from(place.left) + usize::from(place.columns);
        let width = usize::from(self.frame.area().width);
        let row = usize::from(place.top) * width;
        let Some(row) = self.frame.buffer.content.get_mut(row..row + width) else { return 0 };
        let mut column = 0;
        for cell in line.cells() {
            let (x, width) = (left + column, cell.width());
            if x >= inside.start && x + width <= inside.end {
                let own = lit.iter().rev().find(|(columns, _)| columns.contains(&column));
                let style = own.map_or(style, |(_, lit)| style.patch(*lit));
                for (at, cells) in row.iter_mut().skip(x).take(width).enumerate() {
                    cells.set_symbol(if at == 0 { cell.glyph() } else { "" });
                    cells.set_style(style);
                }
            }
            column += width;
        }
        u16::try_from(column).unwrap_or(u16::MAX).min(place.columns)
    }
}

/// The leftmost column of a line that stands `start` columns from the side that `side` starts from.
pub fn left_of(place: Rows, line: &Line, side: Direction, start: usize) -> usize {
    let left = usize::from(place.left);
    match side {
        Direction::Ltr => left + start,
        Direction::Rtl => (left + usize::from(place.columns)).saturating_sub(start + line.width()),
    }
}

/// Writes one cell; outside the buffer nothing.
fn put(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(symbol);
        cell.set_style(style);
    }
}
