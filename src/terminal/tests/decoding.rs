//! Keys, pastes and replies, in any pieces.

use proptest::prelude::*;

use crate::app::{Key, KeyCode, Mouse, MouseKind};
use crate::terminal::{Colour, Decoder, Input, Reply};

fn decode(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut out = Vec::new();
    decoder.feed(bytes, &mut out);
    decoder.flush(&mut out);
    out
}

fn key(key: Key) -> Input {
    Input::Key(key)
}

#[test]
fn keys() {
    let plain = |code| key(Key::plain(code));
    let check = |bytes: &str, expect: &[Input]| assert_eq!(decode(bytes.as_bytes()), expect, "{bytes:?}");
    check("jk", &[key(Key::char('j')), key(Key::char('k'))]);
    check("لا", &[key(Key::char('ل')), key(Key::char('ا'))]);
    check("\r", &[plain(KeyCode::Enter)]);
    check("\t\x1b[Z", &[plain(KeyCode::Tab), plain(KeyCode::BackTab)]);
    check("\x7f\x08", &[plain(KeyCode::Backspace), plain(KeyCode::Backspace)]);
    check("\x04\x0c\x1a", &[key(Key::ctrl('d')), key(Key::ctrl('l')), key(Key::ctrl('z'))]);
    check("\x1b", &[plain(KeyCode::Esc)]);
    check("\x1b\x1b", &[plain(KeyCode::Esc), plain(KeyCode::Esc)]);
    check("\x1bx", &[key(Key { alt: true, ..Key::char('x') })]);
    check("\x1b[A\x1bOB", &[plain(KeyCode::Up), plain(KeyCode::Down)]);
    check("\x1b[1;5C", &[key(Key { ctrl: true, ..Key::plain(KeyCode::Right) })]);
    check(
        "\x1b[5~\x1b[6~\x1b[3~",
        &[plain(KeyCode::PageUp), plain(KeyCode::PageDown), plain(KeyCode::Delete)],
    );
    check("\x1b[H\x1b[4~\x1bOF", &[plain(KeyCode::Home), plain(KeyCode::End), plain(KeyCode::End)]);
    check("\x1bOP\x1b[15~\x1b[24~", &[1, 5, 12].map(|n| plain(KeyCode::Function(n))));
    check("\x1bO", &[key(Key { alt: true, ..Key::char('O') })]);
}

#[test]
fn the_mouse_is_presses_and_the_wheel() {
    let check = |bytes: &str, kind, column, row| {
        assert_eq!(decode(bytes.as_bytes()), [Input::Mouse(Mouse { kind, column, row })], "{bytes:?}");
    };
    check("\x1b[<0;3;4M", MouseKind::Press, 2, 3);
    check("\x1b[<64;300;1M", MouseKind::WheelUp, 299, 0);
    check("\x1b[<65;1;1M", MouseKind::WheelDown, 0, 0);
    check("\x1b[<69;1;1M", MouseKind::WheelDown, 0, 0);
}

#[test]
fn replies_are_no_keys() {
    let check = |bytes: &str, expect: &[Reply]| {
        let expect: Vec<Input> = expect.iter().cloned().map(Input::Reply).collect();
        assert_eq!(decode(bytes.as_bytes()), expect, "{bytes:?}");
    };
    check("\x1b[?65;1;9c", &[Reply::PrimaryAttributes(vec![65, 1, 9])]);
    check("\x1b[>41;379;0c", &[Reply::SecondaryAttributes(vec![41, 379, 0])]);
    check("\x1b[8;2$y", &[Reply::AnsiMode(8, 2)]);
    check("\x1b[?2026;1$y", &[Reply::PrivateMode(2026, 1)]);
    check("\x1bP>|XTerm(379)\x1b\\", &[Reply::Version("XTerm(379)".to_owned())]);
    check("\x1b[12;40R", &[Reply::Cursor(12, 40)]);
    check("\x1b]11;rgb:0000/80/f\x07", &[Reply::Colour(Colour::Background, (0, 128, 255))]);
    check("\x1b]4;7;rgb:e5e5/e5e5/e5e5\x1b\\", &[Reply::Colour(Colour::Palette(7), (229, 229, 229))]);
    for swallowed in [
        "\x1b]11;rgb:0000/0000\x07",
        "\x1b]52;c;YQ==\x1b\\",
        "\x1b[?1u",
        "\x1b[<0;3;4m",
        "\x1b[<2;3;4M",
        "\x1b[<35;3;4M",
        "\x1bP1+r436f=323536\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
    ] {
        check(swallowed, &[]);
    }
}

#[test]
fn a_paste_is_text_without_controls_and_never_keys() {
    assert_eq!(
        decode("\x1b[200~dd\r\nسلام\x1b[2J\x07\x1b[201~j".as_bytes()),
        [Input::Paste("dd\nسلام[2J".to_owned()), key(Key::char('j'))]
    );
}

#[test]
fn replies_among_keys_leave_the_keys_alone() {
    assert_eq!(
        decode(b"j\x1b[8;0$yk\x1bP>|foot(1.13.1)\x1b\\d\x1b[?62;4;22cq"),
        [
            key(Key::char('j')),
            Input::Reply(Reply::AnsiMode(8, 0)),
            key(Key::char('k')),
            Input::Reply(Reply::Version("foot(1.13.1)".to_owned())),
            key(Key::char('d')),
            Input::Reply(Reply::PrimaryAttributes(vec![62, 4, 22])),
            key(Key::char('q')),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_make_no_difference(pieces in prop::collection::vec("(j|لا|\x1b\\[A|\x1bOB|\x1b\\[8;2\\$y|\x1b\\[\\?6c|\x1bP>\\|st\x1b\\\\|\x1b\\[200~x\x1b\\[201~|\t|\x1b\\[5~)", 0..12)) {
        let bytes = pieces.concat().into_bytes();
        let whole = decode(&bytes);
        let mut decoder = Decoder::default();
        let mut out = Vec::new();
        for byte in &bytes {
            decoder.feed(&[*byte], &mut out);
        }
        decoder.flush(&mut out);
        prop_assert_eq!(out, whole);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        decode(&bytes);
    }
}
