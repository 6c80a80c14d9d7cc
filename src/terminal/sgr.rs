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
        let step = self.step_to(next);
        let fresh = Self::default().step_to(next);
        let fresh = if fresh.is_empty() { String::new() } else { format!(";{fresh}") };
        let chosen = if step.len() <= fresh.len() && !step.is_empty() { step } else { fresh };
        out.extend_from_slice(format!("\x1b[{chosen}m").as_bytes());
    }

    /// The parameters that turn `self` into `next` one by one.
    fn step_to(self, next: Self) -> String {
        let mut numbers: Vec<String> = Vec::new();
        let gone = self.modifiers.difference(next.modifiers);
        let mut taken_off = Modifier::empty();
        for (modifier, _, off) in MODIFIERS {
            if gone.contains(*modifier) && !taken_off.contains(*modifier) {
                numbers.push(off.to_string());
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
                numbers.push(on.to_string());
            }
        }
        if self.foreground != next.foreground {
            numbers.push(colour(next.foreground, 30));
        }
        if self.background != next.background {
            numbers.push(colour(next.background, 40));
        }
        numbers.join(";")
    }
}

/// A colour's parameters; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u16) -> String {
    let basic = |number: u16| (base + number).to_string();
    let bright = |number: u16| (base + 60 + number).to_string();
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Black => basic(0),
        Color::Red => basic(1),
        Color::Green => basic(2),
        Color::Yellow => basic(3),
        Color::Blue => basic(4),
        Color::Magenta => basic(5),
        Color::Cyan => basic(6),
        Color::Gray => basic(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
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
