//! Styles as SGR sequences (ECMA-48, 8.3.117): the shortest one from one style to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// A cell's style, as far as a terminal has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    modifiers: Modifier,
}

impl Default for Pen {
    fn default() -> Self {
        Self { foreground: Color::Reset, background: Color::Reset, modifiers: Modifier::empty() }
    }
}

/// Bytes that the parameters of most styles fit in.
const ROOM: usize = 24;

/// Modifiers, the number that sets each, and the number that takes it off.
const MODIFIERS: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// The style of a buffer's cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifiers: cell.modifier }
    }

    /// Whether it is bold.
    pub(super) fn is_bold(self) -> bool {
        self.modifiers.contains(Modifier::BOLD)
    }

    /// Sets or takes off bold; what is bold is not dim, which is the same attribute on many terminals.
    pub(super) fn set_bold(&mut self, bold: bool) {
        self.modifiers.set(Modifier::BOLD, bold);
        if bold {
            self.modifiers.remove(Modifier::DIM);
        }
    }

    /// The colour of the text.
    pub(super) fn foreground(self) -> Color {
        self.foreground
    }

    /// Sets it.
    pub(super) fn set_foreground(&mut self, colour: Color) {
        self.foreground = colour;
    }

    /// Writes the shortest sequence from `self` to `next`; nothing where they are the same.
    pub(super) fn change_to(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let mut step = Vec::with_capacity(ROOM);
        self.step_to(next, &mut step);
        let mut fresh = Vec::with_capacity(ROOM);
        Self::default().step_to(next, &mut fresh);
        // A parameter that is left out is 0, which is the default style: `fresh` begins with its semicolon.
        let step = step.get(1..).filter(|step| step.len() <= fresh.len());
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(step.unwrap_or(&fresh));
        out.push(b'm');
    }

    /// The parameters that turn `self` into `next` one by one, each behind a semicolon.
    fn step_to(self, next: Self, out: &mut Vec<u8>) {
        let gone = self.modifiers.difference(next.modifiers);
        let mut taken_off = Modifier::empty();
        for (modifier, _, off) in MODIFIERS {
            if gone.contains(*modifier) && !taken_off.contains(*modifier) {
                push(u16::from(*off), out);
                // One number takes bold and dim off together.
                taken_off |= MODIFIERS
                    .iter()
                    .filter(|(_, _, other)| other == off)
                    .fold(Modifier::empty(), |all, (modifier, _, _)| all | *modifier);
            }
        }
        let has = self.modifiers.difference(taken_off);
        for (modifier, on, _) in MODIFIERS {
            if next.modifiers.contains(*modifier) && !has.contains(*modifier) {
                push(u16::from(*on), out);
            }
        }
        if self.foreground != next.foreground {
            colour(next.foreground, 30, out);
        }
        if self.background != next.background {
            colour(next.background, 40, out);
        }
    }
}

/// A parameter behind its semicolon.
fn push(number: u16, out: &mut Vec<u8>) {
    out.push(b';');
    let mut unit = 100;
    while unit > 0 {
        if number >= unit || unit == 1 {
            out.push(b'0' + u8::try_from(number / unit % 10).unwrap_or(0));
        }
        unit /= 10;
    }
}

/// A colour's parameters; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u16, out: &mut Vec<u8>) {
    let number = match colour {
        Color::Reset => base + 9,
        Color::Rgb(red, green, blue) => {
            for number in [base + 8, 2, red.into(), green.into(), blue.into()] {
                push(number, out);
            }
            return;
        }
        Color::Indexed(index) => {
            for number in [base + 8, 5, index.into()] {
                push(number, out);
            }
            return;
        }
        named => match palette_number(named).map_or(0, u16::from) {
            basic @ 0..8 => base + basic,
            bright => base + 52 + bright,
        },
    };
    push(number, out);
}

/// The number of a colour in the palette.
pub(super) fn palette_number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(index) => index,
        Color::Reset | Color::Rgb(..) => return None,
    })
}
