//! Bytes from the terminal → keys, pastes and replies. On `vte`'s parser (ECMA-48 with the DEC extensions), because
//! crossterm's reader takes late replies for keys. What is not known is swallowed; no byte of a sequence is ever a key.

use super::identity::Colour;
use super::input::Input;
use crate::app::{Key, KeyCode, Mouse, MouseKind};

/// Bytes of a paste that are kept; the rest is passed over.
const MOST_PASTE: usize = 1 << 20;
/// Bytes of a reply's text that are kept.
const MOST_TEXT: usize = 256;
const PASTE_END: &[u8] = b"\x1b[201~";

/// An answer of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// DA1, the primary device attributes: the fence behind every question.
    PrimaryAttributes(Vec<u16>),
    /// DA2, the secondary device attributes.
    SecondaryAttributes(Vec<u16>),
    /// DECRPM for an ANSI mode: the mode, and 0 unknown, 1 set, 2 reset, 3 and 4 the same for ever.
    AnsiMode(u16, u16),
    /// DECRPM for a DEC private mode.
    PrivateMode(u16, u16),
    /// XTVERSION: the terminal's name and version.
    Version(String),
    /// CPR: row and column, from 1.
    Cursor(u16, u16),
    /// A colour (OSC 4, 10, 11): which, and red, green, blue.
    Colour(Colour, (u8, u8, u8)),
}

/// Whether answers are on their way: then an Esc may be the first byte of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Awaiting {
    /// All are there.
    #[default]
    Nothing,
    /// They are late; they may come, or never.
    Late,
    /// They are due.
    Answers,
}

/// Decodes what the terminal sends. Bytes may come in any pieces.
#[derive(Default)]
pub struct Decoder {
    parser: vte::Parser,
    sink: Sink,
    /// An Esc has come, and nothing after it.
    escape: bool,
    /// An Esc was taken for a key while answers were on their way: what follows may show that it was none.
    ghost: bool,
    awaiting: Awaiting,
    paste: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes bytes in; what they mean is added to `out`.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        for byte in bytes {
            self.take(*byte);
            out.append(&mut self.sink.out);
        }
    }

    /// Whether it waits for the rest of something that may already be a key: Esc alone, Alt-O.
    pub fn is_waiting(&self) -> bool {
        self.escape || self.sink.single_shift
    }

    /// Tells whether answers are on their way.
    pub fn expect(&mut self, awaiting: Awaiting) {
        self.awaiting = awaiting;
        self.ghost &= awaiting != Awaiting::Nothing;
    }

    /// Nothing more came: what waits is a key.
    pub fn flush(&mut self, out: &mut Vec<Input>) {
        if std::mem::take(&mut self.escape) {
            self.ghost = self.awaiting != Awaiting::Nothing;
            self.parser = vte::Parser::new();
            out.push(Input::Key(Key::plain(KeyCode::Esc)));
        }
        if std::mem::take(&mut self.sink.single_shift) {
            out.push(Input::Key(Key { alt: true, ..Key::char('O') }));
        }
    }

    fn take(&mut self, byte: u8) {
        if let Some(paste) = &mut self.paste {
            paste.push(byte);
            if paste.ends_with(PASTE_END) {
                paste.truncate(paste.len() - PASTE_END.len());
                let text = String::from_utf8_lossy(paste).into_owned();
                self.paste = None;
                self.sink.out.push(Input::Paste(harmless(&text)));
            } else if paste.len() > MOST_PASTE + PASTE_END.len() {
                // Keep the tail, where the end will be found.
                let tail = paste.split_off(MOST_PASTE);
                let kept = tail.len().saturating_sub(PASTE_END.len());
                paste.extend(tail.into_iter().skip(kept));
            }
            return;
        }
        let begins = matches!(byte, b'[' | b']' | b'P');
        if std::mem::take(&mut self.ghost) && begins {
            // The Esc was the first byte of a sequence after all.
            self.parser.advance(&mut self.sink, &[0x1b]);
        }
        if self.escape && self.awaiting != Awaiting::Nothing && !begins && byte != b'O' && byte != 0x1b {
            // While answers are due an Esc waits for long; what follows now is a key of its own.
            self.parser = vte::Parser::new();
            self.sink.out.push(Input::Key(Key::plain(KeyCode::Esc)));
            self.escape = false;
        }
        if byte == 0x1b && self.escape {
            self.sink.out.push(Input::Key(Key::plain(KeyCode::Esc)));
        }
        // ESC ] begins a string of its own (OSC), which ends with BEL or ST.
        if self.escape && byte == b']' {
            self.sink.in_string = true;
        } else if byte == 0x07 {
            self.sink.in_string = false;
        }
        self.escape = byte == 0x1b;
        if self.escape && std::mem::take(&mut self.sink.single_shift) {
            self.sink.key(Key { alt: true, ..Key::char('O') });
        }
        if self.sink.in_string && byte == 0x1b {
            // The string's own end (ST) begins: no key.
            self.escape = false;
        }
        self.parser.advance(&mut self.sink, &[byte]);
        if std::mem::take(&mut self.sink.paste_begins) {
            self.paste = Some(Vec::new());
        }
    }
}

/// A paste as text: line ends as LF, other control characters out.
fn harmless(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    unified.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}

/// What the parser found.
#[derive(Default)]
struct Sink {
    out: Vec<Input>,
    /// ESC O has come: the next character names a key (SS3).
    single_shift: bool,
    paste_begins: bool,
    /// Inside DCS, OSC and the like.
    in_string: bool,
    version: Option<Vec<u8>>,
}

impl Sink {
    fn key(&mut self, key: Key) {
        self.out.push(Input::Key(key));
    }

    fn reply(&mut self, reply: Reply) {
        self.out.push(Input::Reply(reply));
    }
}

impl vte::Perform for Sink {
    fn print(&mut self, c: char) {
        if std::mem::take(&mut self.single_shift) {
            if let Some(code) = ss3_key(c) {
                self.key(Key::plain(code));
            }
            return;
        }
        match c {
            '\u{7f}' => self.key(Key::plain(KeyCode::Backspace)),
            c if c.is_control() => {}
            c => self.key(Key::char(c)),
        }
    }

    fn execute(&mut self, byte: u8) {
        self.single_shift = false;
        let key = match byte {
            b'\r' | b'\n' => Key::plain(KeyCode::Enter),
            b'\t' => Key::plain(KeyCode::Tab),
            0x08 => Key::plain(KeyCode::Backspace),
            0x00 => Key::ctrl(' '),
            0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
            0x1c..=0x1f => Key::ctrl(char::from(byte - 0x1c + b'4')),
            _ => return,
        };
        self.key(key);
    }

    fn hook(&mut self, _params: &vte::Params, intermediates: &[u8], _ignore: bool, action: char) {
        self.in_string = true;
        self.version = (action == '|' && intermediates == b">").then(Vec::new);
    }

    fn put(&mut self, byte: u8) {
        if let Some(text) = self.version.as_mut().filter(|text| text.len() < MOST_TEXT) {
            text.push(byte);
        }
    }

    fn unhook(&mut self) {
        self.in_string = false;
        if let Some(text) = self.version.take() {
            let text = String::from_utf8_lossy(&text).chars().filter(|c| !c.is_control()).collect();
            self.reply(Reply::Version(text));
        }
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _bell_terminated: bool) {
        self.in_string = false;
        let text = |at: usize| params.get(at).and_then(|part| std::str::from_utf8(part).ok());
        let colour = match (text(0), text(1), text(2)) {
            (Some("10"), Some(value), _) => Some((Colour::Foreground, value)),
            (Some("11"), Some(value), _) => Some((Colour::Background, value)),
            (Some("4"), Some(number), Some(value)) => {
                number.parse().ok().map(|number| (Colour::Palette(number), value))
            }
            _ => None,
        };
        if let Some((which, value)) = colour
            && let Some(rgb) = rgb(value)
        {
            self.reply(Reply::Colour(which, rgb));
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], _ignore: bool, byte: u8) {
        match (intermediates, byte) {
            ([], b'O') => self.single_shift = true,
            // ST: a string's end.
            ([], b'\\') => {}
            ([], byte) if byte.is_ascii_graphic() || byte == b' ' => {
                self.key(Key { alt: true, ..Key::char(char::from(byte)) });
            }
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &vte::Params, intermediates: &[u8], ignore: bool, action: char) {
        self.single_shift = false;
        if ignore {
            return;
        }
        let numbers: Vec<u16> = params.iter().filter_map(|part| part.first().copied()).collect();
        let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
        match (intermediates, action) {
            (b"?", 'c') => self.reply(Reply::PrimaryAttributes(numbers)),
            (b">", 'c') => self.reply(Reply::SecondaryAttributes(numbers)),
            (b"$", 'y') => self.reply(Reply::AnsiMode(at(0), at(1))),
            (b"?$", 'y') => self.reply(Reply::PrivateMode(at(0), at(1))),
            (b"" | b"?", 'R') if numbers.len() >= 2 => self.reply(Reply::Cursor(at(0), at(1))),
            (b"<", 'M') if numbers.len() >= 3 => {
                // SGR mouse (mode 1006): button bits, column and row from 1. Modifiers do not matter.
                let kind = match at(0) & !0b1_1100 {
                    0 => MouseKind::Press,
                    64 => MouseKind::WheelUp,
                    65 => MouseKind::WheelDown,
                    _ => return,
                };
                let (column, row) = (at(1).saturating_sub(1), at(2).saturating_sub(1));
                self.out.push(Input::Mouse(Mouse { kind, column, row }));
            }
            (b"", 'I') => self.out.push(Input::Focus(true)),
            (b"", 'O') => self.out.push(Input::Focus(false)),
            (b"", '~') if at(0) == 200 => self.paste_begins = true,
            (b"", '~') => {
                if let Some(code) = tilde_key(at(0)) {
                    self.key(modified(code, at(1)));
                }
            }
            (b"", 'Z') => self.key(Key::plain(KeyCode::BackTab)),
            (b"", action) => {
                if let Some(code) = ss3_key(action) {
                    self.key(modified(code, at(1)));
                }
            }
            _ => {}
        }
    }
}

/// A colour as XParseColor writes it, `rgb:ffff/ffff/ffff` with one to four digits each.
fn rgb(value: &str) -> Option<(u8, u8, u8)> {
    let mut parts = value.strip_prefix("rgb:")?.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from(value.checked_mul(255)?.checked_div(most)?).ok()
    });
    let rgb = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(rgb)
}

/// A key with xterm's modifier parameter: 1 and a bit each for Shift, Alt, Ctrl.
fn modified(code: KeyCode, parameter: u16) -> Key {
    let bits = parameter.saturating_sub(1);
    Key { code, shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
}

/// Keys by the last character of `ESC O x` and `CSI x`.
fn ss3_key(c: char) -> Option<KeyCode> {
    Some(match c {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        'M' => KeyCode::Enter,
        'P' => KeyCode::Function(1),
        'Q' => KeyCode::Function(2),
        'R' => KeyCode::Function(3),
        'S' => KeyCode::Function(4),
        _ => return None,
    })
}

/// Keys by the number of `CSI n ~`.
fn tilde_key(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::Function(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::Function(u8::try_from(number - 11).ok()?),
        23 | 24 => KeyCode::Function(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}
