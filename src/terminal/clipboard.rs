//! Copies to the person's clipboard, through SSH, by OSC 52 (xterm's *Manipulate Selection Data*). Pure: text in, bytes
//! out. Through tmux and screen the sequence is passed on to the terminal outside, and sent to tmux itself too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes of text that are copied at the most: base64 of more passes the limit of many terminals (100,000).
pub(super) const MOST: usize = 74_994;
/// Bytes of a sequence that GNU screen passes on in one piece.
const SCREEN_PIECE: usize = 240;

/// What stands between the program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    /// Nothing.
    Direct,
    /// tmux: `DCS tmux;` with each ESC doubled.
    Tmux,
    /// GNU screen: DCS, in pieces.
    Screen,
}

/// The bytes that copy `text`; `None` where it is too long.
pub(super) fn copy(text: &str, through: Through) -> Option<Vec<u8>> {
    if text.len() > MOST {
        return None;
    }
    let sequence = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Some(match through {
        Through::Direct => sequence.into_bytes(),
        Through::Tmux => {
            // tmux takes it itself with `set-clipboard on`, and passes it on with `allow-passthrough on`.
            let passed = sequence.replace('\x1b', "\x1b\x1b");
            format!("{sequence}\x1bPtmux;{passed}\x1b\\").into_bytes()
        }
        Through::Screen => {
            let mut bytes = Vec::new();
            for piece in sequence.as_bytes().chunks(SCREEN_PIECE) {
                bytes.extend_from_slice(b"\x1bP");
                bytes.extend_from_slice(piece);
                bytes.extend_from_slice(b"\x1b\\");
            }
            bytes
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_as_base64_of_utf_8() {
        assert_eq!(copy("الصين", Through::Direct).unwrap(), b"\x1b]52;c;2KfZhNi12YrZhg==\x07");
        let tmux = String::from_utf8(copy("a", Through::Tmux).unwrap()).unwrap();
        assert_eq!(tmux, "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
        let screen = String::from_utf8(copy(&"a".repeat(300), Through::Screen).unwrap()).unwrap();
        assert_eq!(screen.matches("\x1bP").count(), 2);
        assert!(screen.split("\x1b\\").all(|piece| piece.len() <= SCREEN_PIECE + 2));
    }

    #[test]
    fn what_is_too_long_is_not_sent() {
        assert!(copy(&"a".repeat(MOST), Through::Direct).is_some());
        assert!(copy(&"a".repeat(MOST + 1), Through::Direct).is_none());
    }
}
