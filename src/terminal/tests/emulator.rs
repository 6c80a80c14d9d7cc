//! A terminal with left and right margins (DECLRMM, DECSLRM, as DEC STD 070 has them), which the emulator of the other
//! tests lacks. It knows what is sent here, and nothing else.

use vt100::Color;
use vte::{Params, Parser, Perform};

#[derive(Clone, Debug, PartialEq)]
struct Style {
    foreground: Color,
    background: Color,
    bold: bool,
    dim: bool,
    inverse: bool,
    underline: bool,
}

const PLAIN: Style = Style {
    foreground: Color::Default,
    background: Color::Default,
    bold: false,
    dim: false,
    inverse: false,
    underline: false,
};

type Cell = (String, Style);

/// The terminal: its bytes in, its cells out.
pub(super) struct Emulator {
    parser: Parser,
    grid: Grid,
}

struct Grid {
    rows: Vec<Vec<Cell>>,
    cursor: (usize, usize),
    /// The last column has been written: the next character would wrap.
    full: bool,
    style: Style,
    /// Rows and columns of the margins, the ends past the last.
    region: ((usize, usize), (usize, usize)),
    has_margins: bool,
}

impl Emulator {
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        let grid = Grid {
            rows: vec![vec![(" ".to_owned(), PLAIN); columns]; rows],
            cursor: (0, 0),
            full: false,
            style: PLAIN,
            region: ((0, rows), (0, columns)),
            has_margins: false,
        };
        Self { parser: Parser::new(), grid }
    }

    pub(super) fn process(&mut self, bytes: &[u8]) {
        self.parser.advance(&mut self.grid, bytes);
    }

    /// Whether margins and modes are as they were.
    pub(super) fn is_at_rest(&self) -> bool {
        let (columns, rows) = (self.grid.rows[0].len(), self.grid.rows.len());
        !self.grid.has_margins && self.grid.region == ((0, rows), (0, columns))
    }

    /// The cells, as the tests read them of the other emulator.
    pub(super) fn cells(&self) -> Vec<Vec<(String, String)>> {
        let read = |(text, style): &Cell| {
            let Style { foreground, background, bold, dim, inverse, underline } = style;
            let style = format!("{foreground:?} {background:?} {bold} {dim} {inverse} {underline}");
            (text.replace('\u{200e}', ""), style)
        };
        self.grid.rows.iter().map(|row| row.iter().map(read).collect()).collect()
    }
}

impl Grid {
    fn blank(&self) -> Cell {
        (" ".to_owned(), self.style.clone())
    }

    fn put(&mut self, x: usize, y: usize, cell: Cell) {
        // The other half of what is overwritten goes too.
        if self.rows[y][x].0.is_empty() && x > 0 && !cell.0.is_empty() {
            self.rows[y][x - 1].0 = " ".to_owned();
        }
        if let Some(behind) = self.rows[y].get_mut(x + 1).filter(|behind| behind.0.is_empty()) {
            behind.0 = " ".to_owned();
        }
        self.rows[y][x] = cell;
    }

    fn erase(&mut self, y: usize, from: usize) {
        for x in from..self.rows[y].len() {
            let blank = self.blank();
            self.put(x, y, blank);
        }
    }

    fn scroll(&mut self, up: isize) {
        let ((top, bottom), (left, right)) = self.region;
        let before = self.rows.clone();
        for y in top..bottom {
            let from = y.checked_add_signed(up).filter(|from| (top..bottom).contains(from));
            let moved: Vec<Cell> = match from {
                Some(from) => before[from][left..right].to_vec(),
                None => vec![self.blank(); right - left],
            };
            self.rows[y].splice(left..right, moved);
            // A cell that is cut in two is spoilt: nobody may rely on what terminals make of it.
            for x in [left, right] {
                if x < before[y].len() && before[y][x].0.is_empty() {
                    self.rows[y][x - 1].0 = "cut".to_owned();
                }
            }
        }
    }

    fn go(&mut self, x: usize, y: usize) {
        self.cursor = (x.min(self.rows[0].len() - 1), y.min(self.rows.len() - 1));
        self.full = false;
    }
}

impl Perform for Grid {
    fn print(&mut self, c: char) {
        let text = c.to_string();
        let width = crate::text::width(&text);
        let (x, y) = self.cursor;
        if width == 0 {
            let at = if self.full { x } else { x.saturating_sub(1) };
            let at = if self.rows[y][at].0.is_empty() { at - 1 } else { at };
            self.rows[y][at].0.push(c);
            return;
        }
        assert!(!self.full, "nothing is sent that wraps");
        let right = if self.has_margins { self.region.1.1 } else { self.rows[0].len() };
        assert!(right == self.rows[0].len(), "nothing is written between margins");
        self.put(x, y, (text, self.style.clone()));
        for behind in 1..width {
            self.put(x + behind, y, (String::new(), PLAIN));
        }
        self.full = x + width == right;
        self.cursor.0 = (x + width).min(right - 1);
    }

    fn execute(&mut self, byte: u8) {
        let (x, y) = self.cursor;
        match byte {
            b'\r' => self.go(0, y),
            b'\n' => {
                assert!(y + 1 < self.region.0.1, "nothing is sent that scrolls by itself");
                self.go(x, y + 1);
            }
            8 => self.go(x.saturating_sub(1), y),
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], _: bool, action: char) {
        let numbers: Vec<usize> = params.iter().map(|part| usize::from(part[0])).collect();
        let at = |index: usize, without: usize| {
            numbers.get(index).copied().filter(|number| *number > 0).unwrap_or(without)
        };
        let (x, y) = self.cursor;
        let (columns, rows) = (self.rows[0].len(), self.rows.len());
        match (intermediates, action) {
            (b"", 'H') => self.go(at(1, 1) - 1, at(0, 1) - 1),
            (b"", 'G') => self.go(at(0, 1) - 1, y),
            (b"", 'C') => self.go(x + at(0, 1), y),
            (b"", 'D') => self.go(x.saturating_sub(at(0, 1)), y),
            (b"", 'A') => self.go(x, y.saturating_sub(at(0, 1))),
            (b"", 'B') => self.go(x, y + at(0, 1)),
            (b"", 'K') => self.erase(y, if at(0, 0) == 2 { 0 } else { x }),
            (b"", 'J') => (0..rows).for_each(|y| self.erase(y, 0)),
            (b"", 'S') => self.scroll(isize::try_from(at(0, 1)).unwrap()),
            (b"", 'T') => self.scroll(-isize::try_from(at(0, 1)).unwrap()),
            (b"", 'm') => self.style.take(&numbers),
            (b"", 'r') => {
                self.region.0 = (at(0, 1) - 1, at(1, rows));
                self.go(0, 0);
            }
            (b"", 's') => {
                assert!(self.has_margins, "DECSLRM only where DECLRMM is set: else it is another sequence");
                self.region.1 = (at(0, 1) - 1, at(1, columns));
                self.go(0, 0);
            }
            (b"?", 'h' | 'l') if numbers == [69] => {
                self.has_margins = action == 'h';
                self.region.1 = (0, columns);
            }
            (b"?", 'h' | 'l') => {}
            other => panic!("{other:?} is not known here"),
        }
    }
}

impl Style {
    fn take(&mut self, numbers: &[usize]) {
        let small = |number: usize| u8::try_from(number).unwrap();
        let mut numbers = numbers.iter().copied();
        while let Some(number) = numbers.next() {
            let colour = match number {
                30..=37 | 40..=47 => Color::Idx(small(number % 10)),
                90..=97 | 100..=107 => Color::Idx(small(number % 10 + 8)),
                38 | 48 => match numbers.next() {
                    Some(5) => Color::Idx(small(numbers.next().unwrap())),
                    _ => {
                        let mut next = || small(numbers.next().unwrap());
                        Color::Rgb(next(), next(), next())
                    }
                },
                _ => Color::Default,
            };
            match number {
                0 => *self = PLAIN,
                1 => self.bold = true,
                2 => self.dim = true,
                4 => self.underline = true,
                7 => self.inverse = true,
                22 => (self.bold, self.dim) = (false, false),
                24 => self.underline = false,
                27 => self.inverse = false,
                30..=39 | 90..=97 => self.foreground = colour,
                40..=49 | 100..=107 => self.background = colour,
                _ => {}
            }
        }
    }
}
