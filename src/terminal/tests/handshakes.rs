//! The handshake against the answers that real terminals gave (docs/terminals.md): whole, byte by byte, late, missing.

use std::time::{Duration, Instant};

use crate::terminal::{ArabicOutput, Decoder, Environment, Handshake, Input, Strategy};

/// What a terminal answers to the first and to the second write of questions.
struct Answers(&'static str, &'static str);

const XTERM: Answers =
    Answers("\x1b[8;0$y\x1b[8;0$y\x1b[?64;1;2;6;9;15c", "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1c");
const URXVT: Answers = Answers("\x1b[?1;2c", "\x1b[>85;95;0c\x1b[?1;2c");
const ST: Answers = Answers("\x1b[?6c", "\x1b[?6c");
const ALACRITTY: Answers = Answers("\x1b[?6c", "\x1b[>0;1700;1c\x1b[?6c");
const FOOT: Answers = Answers("\x1b[?62;4;22c", "\x1bP>|foot(1.13.1)\x1b\\\x1b[>1;011301;0c\x1b[?62;4;22c");
const VTE: Answers = Answers("\x1b[8;1$y\x1b[8;2$y\x1b[?65;1;9c", "\x1b[>65;7006;1c\x1b[?65;1;9c");
const WEZTERM: Answers =
    Answers("\x1b[8;2$y\x1b[8;2$y\x1b[?65;4c", "\x1bP>|WezTerm 20250213\x1b\\\x1b[?65;4c");
const KITTY: Answers =
    Answers("\x1b[8;0$y\x1b[8;0$y\x1b[?62;c", "\x1bP>|kitty(0.42.2)\x1b\\\x1b[>1;4000;42c\x1b[?62;c");
const TMUX: Answers = Answers("\x1b[?1;2c", "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c");
const SCREEN: Answers = Answers("\x1b[?1;2c", "\x1b[>83;40900;0c\x1b[?1;2c");

/// Plays answers to a handshake, in pieces of `size` bytes.
fn play(answers: &Answers, size: usize) -> Handshake {
    let now = Instant::now();
    let (mut handshake, first) = Handshake::begin(ArabicOutput::Auto, Environment::default(), now);
    assert_eq!(first, b"\x1b[8$p\x1b[8l\x1b[8$p\x1b[c");
    let mut decoder = Decoder::default();
    let mut questions = 1;
    for text in [answers.0, answers.1] {
        for piece in text.as_bytes().chunks(size) {
            let mut inputs = Vec::new();
            decoder.feed(piece, &mut inputs);
            for input in inputs {
                let Input::Reply(reply) = input else { panic!("{input:?} is no reply") };
                questions += usize::from(!handshake.replied(&reply, now).is_empty());
            }
        }
    }
    assert_eq!(questions, 2, "asked twice");
    handshake
}

#[test]
fn each_terminal_is_told_what_it_needs() {
    let rows: &[(&str, &Answers, Strategy, bool, bool)] = &[
        ("xterm", &XTERM, Strategy::Visual, false, true),
        ("urxvt", &URXVT, Strategy::Visual, false, true),
        ("st", &ST, Strategy::Visual, false, false),
        ("Alacritty", &ALACRITTY, Strategy::Visual, false, false),
        ("foot", &FOOT, Strategy::Visual, false, false),
        ("VTE", &VTE, Strategy::Explicit, true, true),
        ("WezTerm", &WEZTERM, Strategy::Explicit, false, true),
        ("kitty", &KITTY, Strategy::Visual, false, false),
        ("tmux", &TMUX, Strategy::Lrm, false, false),
        ("screen", &SCREEN, Strategy::Lrm, false, false),
    ];
    for (name, answers, strategy, implicit, marks) in rows {
        for size in [1, 1000] {
            let handshake = play(answers, size);
            let verdict = handshake.verdict();
            assert_eq!(verdict.strategy, *strategy, "{name}");
            assert_eq!(verdict.was_implicit(), *implicit, "{name}: switched back only where it was on");
            assert_eq!(handshake.needs().marks_in_place, *marks, "{name}");
            assert!(verdict.complete && handshake.deadline().is_none());
        }
    }
}

#[test]
fn late_answers_count_and_silence_ends_in_time() {
    let now = Instant::now();
    let (mut handshake, _) = Handshake::begin(ArabicOutput::Auto, Environment::default(), now);
    assert_eq!(handshake.deadline(), Some(now + Duration::from_secs(2)));
    handshake.timed_out();
    assert_eq!((handshake.deadline(), handshake.verdict().strategy), (None, Strategy::Visual));
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    decoder.feed(VTE.0.as_bytes(), &mut inputs);
    for input in inputs {
        let Input::Reply(reply) = input else { panic!("{input:?} is no reply") };
        handshake.replied(&reply, now + Duration::from_secs(3));
    }
    assert_eq!(handshake.verdict().strategy, Strategy::Explicit);
}

#[test]
fn over_ssh_it_waits_longer() {
    let now = Instant::now();
    let environment = Environment { ssh: true, ..Environment::default() };
    let (handshake, _) = Handshake::begin(ArabicOutput::Auto, environment, now);
    assert_eq!(handshake.deadline(), Some(now + Duration::from_secs(5)));
}

#[test]
fn through_a_multiplexer_it_only_asks() {
    let environment = Environment { multiplexed: true, ..Environment::default() };
    let (handshake, questions) = Handshake::begin(ArabicOutput::Auto, environment, Instant::now());
    assert_eq!(questions, b"\x1b[8$p\x1b[8$p\x1b[c");
    assert_eq!(handshake.verdict().strategy, Strategy::Lrm);
}

#[test]
fn the_environment_decides_only_where_the_terminal_is_silent() {
    let environment = Environment { vte: true, ..Environment::default() };
    let now = Instant::now();
    let (mut silent, _) = Handshake::begin(ArabicOutput::Auto, environment.clone(), now);
    silent.timed_out();
    assert_eq!(silent.verdict().strategy, Strategy::Lrm);
    let (mut answering, _) = Handshake::begin(ArabicOutput::Auto, environment, now);
    answering.replied(&crate::terminal::Reply::PrimaryAttributes(vec![6]), now);
    answering.timed_out();
    assert_eq!(answering.verdict().strategy, Strategy::Visual);
}

#[test]
fn the_persons_word_stands_above_the_answers() {
    for (output, strategy) in [(ArabicOutput::Visual, Strategy::Visual), (ArabicOutput::Lrm, Strategy::Lrm)] {
        let now = Instant::now();
        let (mut handshake, _) = Handshake::begin(output, Environment::default(), now);
        handshake.replied(&crate::terminal::Reply::AnsiMode(8, 1), now);
        handshake.replied(&crate::terminal::Reply::AnsiMode(8, 2), now);
        assert_eq!(handshake.verdict().strategy, strategy);
    }
}

#[test]
fn the_linux_console_is_asked_nothing() {
    let environment = Environment { console: true, ..Environment::default() };
    let (handshake, questions) = Handshake::begin(ArabicOutput::Auto, environment, Instant::now());
    assert_eq!((questions, handshake.deadline(), handshake.is_waiting()), (Vec::new(), None, false));
    assert_eq!(handshake.verdict().strategy, Strategy::Visual);
}
