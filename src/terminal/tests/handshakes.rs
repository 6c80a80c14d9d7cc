//! The handshake against the answers that real terminals gave (docs/terminals.md): whole, byte by byte, late, missing,
//! and among typed keys.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::app::{Key, Preference, Strategy};
use crate::terminal::{Awaiting, Decoder, Environment, Handshake, Input, Reply, Wishes};

/// A terminal: its name, what it answers to each write of questions, what must be sent to it, whether its own reordering
/// is set again on the way out, and whether marks are shown.
struct Terminal {
    name: &'static str,
    answers: &'static [&'static str],
    strategy: Strategy,
    implicit: bool,
    marks: bool,
}

const fn terminal(
    name: &'static str,
    answers: &'static [&'static str],
    strategy: Strategy,
    implicit: bool,
    marks: bool,
) -> Terminal {
    Terminal { name, answers, strategy, implicit, marks }
}

/// The rows of the table of identification, and what is known of others. Each first answer has the cursor behind the
/// letter, each last one is DA1.
const TERMINALS: &[Terminal] = &[
    terminal(
        "xterm",
        &[
            "\x1b[1;2R\x1b[?69;2$y\x1b[8;0$y\x1b[8;0$y\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
            "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2c",
        ],
        Strategy::Visual,
        false,
        true,
    ),
    terminal("urxvt", &["\x1b[1;2R\x1b[?1;2c", "\x1b[>85;95;0c\x1b[?1;2c"], Strategy::Visual, false, true),
    terminal("st", &["\x1b[1;2R\x1b[?6c", "\x1b[?6c"], Strategy::Visual, false, false),
    terminal("Alacritty", &["\x1b[1;2R\x1b[?6c", "\x1b[>0;1700;1c\x1b[?6c"], Strategy::Visual, false, false),
    terminal(
        "foot",
        &["\x1b[1;2R\x1b[?62;4;22c", "\x1bP>|foot(1.13.1)\x1b\\\x1b[>1;011301;0c\x1b[?62;4;22c"],
        Strategy::Visual,
        false,
        false,
    ),
    terminal(
        "VTE",
        &["\x1b[1;2R\x1b[8;1$y\x1b[8;2$y\x1b[?65;1;9c", "\x1b[>65;7006;1c\x1b[?65;1;9c"],
        Strategy::Explicit,
        true,
        true,
    ),
    terminal(
        "WezTerm",
        &["\x1b[1;2R\x1b[8;2$y\x1b[8;2$y\x1b[?65;4c", "\x1bP>|WezTerm 20250213\x1b\\\x1b[?65;4c"],
        Strategy::Explicit,
        false,
        true,
    ),
    terminal(
        "mintty",
        &[
            "\x1b[1;2R\x1b[8;1$y\x1b[8;2$y\x1b[?64;1;2c",
            "\x1bP>|mintty 3.7.0\x1b\\\x1b[>77;30700;0c\x1b[?64c",
        ],
        Strategy::Explicit,
        true,
        true,
    ),
    terminal(
        "Konsole",
        &["\x1b[1;2R\x1b[?62;1;4c", "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c"],
        Strategy::Konsole,
        false,
        true,
    ),
    terminal(
        "mlterm",
        &["\x1b[1;2R\x1b[8;0$y\x1b[8;0$y\x1b[?63;1;2;3;4;6c", "\x1b[>24;279;0c\x1b[?63;1c"],
        Strategy::Mlterm,
        false,
        true,
    ),
    terminal("PuTTY", &["\x1b[1;2R\x1b[?6c", "\x1b[>0;136;0c\x1b[?6c"], Strategy::Precompensate, false, true),
    terminal(
        "kitty 0.42",
        &[
            "\x1b[1;2R\x1b[8;0$y\x1b[8;0$y\x1b[?62;52;c",
            "\x1bP>|kitty(0.42.2)\x1b\\\x1b[>1;4000;42c\x1b[?62;52;c",
            "\x1b[1;3R\x1b[?62;52;c",
        ],
        Strategy::Osc66,
        false,
        true,
    ),
    terminal(
        "kitty 0.26",
        &[
            "\x1b[1;2R\x1b[8;0$y\x1b[8;0$y\x1b[?62;c",
            "\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[?62;c",
            "\x1b[1;1R\x1b[?62;c",
        ],
        Strategy::Reversed,
        false,
        false,
    ),
    terminal(
        "QTerminal that tells its colours",
        &["\x1b[1;2R\x1b[?1;2c", "\x1b[>0;115;0c\x1b[?1;2c", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b[?1;2c"],
        Strategy::Split,
        false,
        false,
    ),
    terminal(
        "QTerminal that tells none",
        &["\x1b[1;2R\x1b[?1;2c", "\x1b[>0;115;0c\x1b[?1;2c", "\x1b[?1;2c"],
        Strategy::Logical,
        false,
        false,
    ),
    terminal(
        "tmux that passes nothing on",
        &["\x1b[1;2R\x1b[?1;2c", "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c", ""],
        Strategy::Lrm,
        false,
        false,
    ),
    terminal(
        "screen in kitty",
        &[
            "\x1b[1;2R\x1b[?1;2c",
            "\x1b[>83;40900;0c\x1b[?1;2c",
            "\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[?62;c",
        ],
        Strategy::Reversed,
        false,
        false,
    ),
    terminal(
        "screen in VTE",
        &["\x1b[1;2R\x1b[?1;2c", "\x1b[>83;40900;0c\x1b[?1;2c", "\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c"],
        Strategy::Lrm,
        false,
        false,
    ),
    terminal("mosh", &["\x1b[1;2R\x1b[?62c", "\x1b[>1;10;0c\x1b[?62c"], Strategy::Lrm, false, false),
    terminal(
        "zellij",
        &["\x1b[1;2R\x1b[?62;4c", "\x1bP>|Zellij(0.41.2)\x1b\\\x1b[?62;4c", ""],
        Strategy::Lrm,
        false,
        false,
    ),
    terminal(
        "iTerm2 3.7",
        &["\x1b[1;2R\x1b[?64;1;2;4;6;17;18;21;22;52c", "\x1bP>|iTerm2 3.7.1\x1b\\\x1b[>64;2500;0c\x1b[?64c"],
        Strategy::Lrm,
        false,
        false,
    ),
    terminal(
        "iTerm2 3.5",
        &["\x1b[1;2R\x1b[?64;1;2;4;6;17;18;21;22;52c", "\x1bP>|iTerm2 3.5.11\x1b\\\x1b[>64;2500;0c\x1b[?64c"],
        Strategy::Visual,
        false,
        false,
    ),
    terminal(
        "Apple's Terminal",
        &["\x1b[1;2R\x1b[?1;2c", "\x1b[>1;95;0c\x1b[?1;2c"],
        Strategy::Lrm,
        false,
        false,
    ),
];

/// Hands bytes to a handshake through the decoder, in pieces; what came out beside answers is returned.
struct Line {
    handshake: Handshake,
    decoder: Decoder,
    keys: Vec<Input>,
    sent: Vec<u8>,
    writes: usize,
}

impl Line {
    fn begin(environment: Environment, now: Instant) -> Self {
        let (handshake, sent) = Handshake::begin(Wishes::default(), environment, now);
        let mut decoder = Decoder::default();
        decoder.expect(Awaiting::Answers);
        Self { handshake, decoder, keys: Vec::new(), sent, writes: 1 }
    }

    fn receive(&mut self, bytes: &[u8], now: Instant) {
        let mut inputs = Vec::new();
        self.decoder.feed(bytes, &mut inputs);
        self.take(inputs, now);
    }

    /// Nothing comes for longer than an Esc waits.
    fn rest(&mut self, now: Instant) {
        let mut inputs = Vec::new();
        if self.decoder.is_waiting() {
            self.decoder.flush(&mut inputs);
        }
        self.take(inputs, now);
    }

    fn take(&mut self, inputs: Vec<Input>, now: Instant) {
        for input in inputs {
            match input {
                Input::Reply(reply) => {
                    let send = self.handshake.replied(&reply, now).send;
                    self.writes += usize::from(send.ends_with(b"c") || send.ends_with(b"c\x1b\\"));
                    self.sent.extend(send);
                }
                other => self.keys.push(other),
            }
        }
    }

    fn check(&self, terminal: &Terminal) {
        let Terminal { name, strategy, implicit, marks, .. } = terminal;
        let verdict = self.handshake.verdict();
        assert_eq!(verdict.strategy, *strategy, "{name}: {}", verdict.why);
        assert_eq!(verdict.answers.was_implicit(), *implicit, "{name}");
        assert_eq!(self.handshake.needs().marks_in_place, *marks, "{name}");
        let undo = self.handshake.undo();
        assert_eq!(undo.ends_with(b"\x1b[8h"), *implicit, "{name}: set again only where it was set");
        assert_eq!(verdict.answers.letter_columns, Some(1), "{name}");
    }
}

#[test]
fn each_terminal_is_told_what_it_needs() {
    for terminal in TERMINALS {
        for size in [1, 7, 1000] {
            let now = Instant::now();
            let mut line = Line::begin(Environment::default(), now);
            assert!(line.sent.ends_with(b"\x1b[8$p\x1b[8l\x1b[8$p\x1b[c"));
            for (at, text) in terminal.answers.iter().enumerate() {
                assert_eq!(line.writes, at + 1, "{}: asked in turn", terminal.name);
                for piece in text.as_bytes().chunks(size) {
                    line.receive(piece, now);
                }
            }
            if line.handshake.is_waiting() {
                assert!(line.handshake.deadline().unwrap() <= now + Duration::from_millis(700));
                line.handshake.timed_out();
            }
            line.check(terminal);
            assert_eq!(line.keys, [], "{}", terminal.name);
            assert!(!line.handshake.is_waiting() && line.handshake.deadline().is_none(), "{}", terminal.name);
        }
    }
}

#[test]
fn answers_three_seconds_late_still_count_and_are_no_keys() {
    for terminal in TERMINALS {
        let began = Instant::now();
        let mut line = Line::begin(Environment::default(), began);
        assert_eq!(line.handshake.deadline(), Some(began + Duration::from_secs(2)));
        line.handshake.timed_out();
        assert_eq!(line.handshake.deadline(), None, "nothing waits any longer");
        line.decoder.expect(Awaiting::Late);
        let late = began + Duration::from_secs(3);
        for text in terminal.answers {
            line.receive(text.as_bytes(), late);
        }
        if line.handshake.is_waiting() {
            line.handshake.timed_out();
        }
        line.check(terminal);
        assert_eq!(line.keys, [], "{}", terminal.name);
    }
}

#[test]
fn answers_among_typed_keys_are_parted_from_them() {
    for terminal in TERMINALS {
        let now = Instant::now();
        let mut line = Line::begin(Environment::default(), now);
        let mut typed = 0;
        for text in terminal.answers {
            // A key before each sequence, never inside one: a terminal writes an answer whole.
            for (at, part) in text.split_inclusive("\x1b").enumerate() {
                let string = part.starts_with('\\');
                let (inside, escape) =
                    part.strip_suffix('\x1b').map_or((part, ""), |inside| (inside, "\x1b"));
                line.receive(inside.as_bytes(), now);
                let opened = text.split('\x1b').nth(at + 1).is_some_and(|next| next.starts_with('\\'));
                if !escape.is_empty() && !opened && !string {
                    line.receive("لj".as_bytes(), now);
                    typed += 2;
                }
                line.receive(escape.as_bytes(), now);
            }
        }
        if line.handshake.is_waiting() {
            line.handshake.timed_out();
        }
        line.check(terminal);
        assert_eq!(line.keys.len(), typed, "{}", terminal.name);
        assert!(
            line.keys
                .iter()
                .all(|key| *key == Input::Key(Key::char('ل')) || *key == Input::Key(Key::char('j')))
        );
    }
}

#[test]
fn an_answer_torn_behind_its_first_byte_does_not_reach_the_keys() {
    let now = Instant::now();
    let mut line = Line::begin(Environment::default(), now);
    line.receive(b"\x1b[8;1$y\x1b[8;2$y\x1b", now);
    line.rest(now);
    line.receive(b"[?65;1;9c", now);
    let escape = Input::Key(Key::plain(crate::app::KeyCode::Esc));
    assert_eq!(line.keys, [escape], "after a second an Esc is one; the rest is still an answer");
    assert_eq!(line.handshake.verdict().strategy, Strategy::Explicit);
    assert_eq!(line.handshake.verdict().answers.primary, Some(vec![65, 1, 9]));
}

#[test]
fn without_answers_the_time_is_bounded_and_the_environment_decides() {
    let rows: &[(Environment, Strategy)] = &[
        (Environment::default(), Strategy::Visual),
        (Environment { vte: true, ..Environment::default() }, Strategy::Lrm),
        (Environment { konsole: true, ..Environment::default() }, Strategy::Konsole),
        (Environment { kitty: true, ..Environment::default() }, Strategy::Reversed),
        (Environment { mlterm: true, ..Environment::default() }, Strategy::Mlterm),
        (Environment { apple: true, ..Environment::default() }, Strategy::Lrm),
        (Environment { multiplexed: true, ..Environment::default() }, Strategy::Lrm),
        (Environment { multiplexed: true, kitty: true, ..Environment::default() }, Strategy::Reversed),
    ];
    for (environment, strategy) in rows {
        let now = Instant::now();
        for (ssh, seconds) in [(false, 2), (true, 5)] {
            let environment = Environment { ssh, ..environment.clone() };
            let mut line = Line::begin(environment, now);
            assert_eq!(line.handshake.deadline(), Some(now + Duration::from_secs(seconds)));
            line.handshake.timed_out();
            assert_eq!(line.handshake.verdict().strategy, *strategy);
        }
        // One answer is enough to pass the environment over; only a multiplexer is believed.
        let mut line = Line::begin(environment.clone(), now);
        line.receive(b"\x1b[?6c", now);
        line.handshake.timed_out();
        let expect = if environment.multiplexed { *strategy } else { Strategy::Visual };
        assert_eq!(line.handshake.verdict().strategy, expect);
    }
}

#[test]
fn through_a_multiplexer_it_only_asks() {
    for screen in [false, true] {
        let environment = Environment { multiplexed: true, screen, ..Environment::default() };
        let now = Instant::now();
        let mut line = Line::begin(environment, now);
        line.receive(b"\x1b[?1;2c\x1b[?1;2c", now);
        line.handshake.timed_out();
        let sent = String::from_utf8(line.sent.clone()).unwrap();
        assert!(!sent.contains("[8l") && sent.contains("\x1b[8$p\x1b[8$p\x1b[c"), "{sent:?}");
        let passed = if screen { "\x1bP\x1b[>q\x1b\\" } else { "\x1bPtmux;\x1b\x1b[>q\x1b\\" };
        assert!(sent.contains(passed), "{sent:?}");
        assert_eq!(line.handshake.undo(), b"");
    }
}

#[test]
fn what_is_switched_is_switched_back_and_on_again() {
    let rows = [
        ("Konsole", "\x1b]50;BidiRenderingEnabled=false\x07", "\x1b]50;BidiRenderingEnabled=true\x07"),
        ("mlterm", "\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07"),
        ("VTE", "\x1b[8l", "\x1b[8h"),
        ("WezTerm", "\x1b[8l", ""),
        ("xterm", "", ""),
    ];
    for (name, on, off) in rows {
        let terminal = TERMINALS.iter().find(|terminal| terminal.name == name).unwrap();
        let now = Instant::now();
        let mut line = Line::begin(Environment::default(), now);
        assert!(!line.sent.windows(5).any(|part| part == b"\x1b]50;"), "OSC 50 is another matter in xterm");
        for text in terminal.answers {
            line.receive(text.as_bytes(), now);
        }
        assert_eq!(String::from_utf8(line.handshake.redo()).unwrap(), on, "{name}");
        assert_eq!(String::from_utf8(line.handshake.undo()).unwrap(), off, "{name}");
        assert!(String::from_utf8(line.sent).unwrap().contains(on), "{name}");
    }
}

#[test]
fn the_persons_word_stands_above_the_answers_and_above_the_line_that_was_chosen() {
    let now = Instant::now();
    let vte = TERMINALS.iter().find(|terminal| terminal.name == "VTE").unwrap();
    let play = |wishes: Wishes| {
        let (mut handshake, _) = Handshake::begin(wishes, Environment::default(), now);
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        vte.answers.iter().for_each(|text| decoder.feed(text.as_bytes(), &mut inputs));
        for input in inputs {
            let Input::Reply(reply) = input else { panic!("{input:?} is no reply") };
            handshake.replied(&reply, now);
        }
        handshake
    };
    let key = play(Wishes::default()).verdict().answers.key();
    assert!(key.contains("65;7006;1"), "{key}");
    let line = |strategy| Preference { strategy: Some(strategy), ..Preference::default() };
    let chosen =
        BTreeMap::from([(key, line(Strategy::Lrm)), ("another".to_owned(), line(Strategy::Logical))]);
    assert_eq!(
        play(Wishes { preferred: chosen.clone(), ..Wishes::default() }).verdict().strategy,
        Strategy::Lrm
    );
    for strategy in Strategy::ALL {
        let wishes = Wishes { output: Some(strategy), preferred: chosen.clone(), ..Wishes::default() };
        assert_eq!(play(wishes).verdict().strategy, strategy);
    }
}

#[test]
fn a_line_chosen_while_reading_switches_at_once() {
    let now = Instant::now();
    let vte = TERMINALS.iter().find(|terminal| terminal.name == "VTE").unwrap();
    let mut line = Line::begin(Environment::default(), now);
    vte.answers.iter().for_each(|text| line.receive(text.as_bytes(), now));
    let choose = |strategy| Preference { strategy: Some(strategy), ..Preference::default() };
    let send = line.handshake.prefer(choose(Strategy::Lrm));
    assert_eq!(send, b"\x1b[8h", "it reorders again, and the marks hold it");
    assert_eq!(line.handshake.prefer(choose(Strategy::Explicit)), b"\x1b[8l");
    assert_eq!(line.handshake.verdict().strategy, Strategy::Explicit);
    assert_eq!(line.handshake.prefer(choose(Strategy::Logical)), b"\x1b[8h");
    assert_eq!(line.handshake.prefer(Preference::default()), b"\x1b[8l", "its answers decide again");
    assert!(line.handshake.needs().marks_in_place);
    let send = line.handshake.prefer(Preference { marks: Some(false), letters: true, strategy: None });
    assert_eq!((send, line.handshake.needs().marks_in_place), (Vec::new(), false));
    assert!(line.handshake.verdict().letters());
}

#[test]
fn the_first_frame_is_drawn_as_the_last_verdict_says() {
    let now = Instant::now();
    let wishes = Wishes { remembered: Some(Strategy::Konsole), ..Wishes::default() };
    let (mut handshake, sent) = Handshake::begin(wishes, Environment::default(), now);
    assert_eq!(handshake.verdict().strategy, Strategy::Konsole);
    assert!(!sent.windows(5).any(|part| part == b"\x1b]50;"), "not switched before it said who it is");
    handshake.replied(&Reply::PrimaryAttributes(vec![6]), now);
    handshake.replied(&Reply::PrimaryAttributes(vec![6]), now);
    assert_eq!(handshake.verdict().strategy, Strategy::Visual);
}

#[test]
fn the_linux_console_is_asked_nothing() {
    let environment = Environment { console: true, ..Environment::default() };
    let (handshake, questions) = Handshake::begin(Wishes::default(), environment, Instant::now());
    assert_eq!((questions, handshake.deadline(), handshake.is_waiting()), (Vec::new(), None, false));
    assert_eq!(handshake.verdict().strategy, Strategy::Visual);
}

#[test]
fn left_and_right_margins_are_used_only_where_the_terminal_has_them_and_nobody_set_them() {
    let now = Instant::now();
    for (answer, has) in [("", false), ("0", false), ("1", false), ("2", true), ("3", false), ("4", false)] {
        let mut line = Line::begin(Environment::default(), now);
        assert!(line.sent.windows(7).any(|part| part == b"\x1b[?69$p"));
        if !answer.is_empty() {
            line.receive(format!("\x1b[?69;{answer}$y").as_bytes(), now);
        }
        line.receive(b"\x1b[?6c\x1b[?6c", now);
        assert_eq!(line.handshake.verdict().answers.has_margins(), has, "{answer:?}");
        assert_eq!(line.keys, []);
    }
}

#[test]
fn a_terminal_that_does_not_read_utf_8_is_found_out() {
    let now = Instant::now();
    let mut line = Line::begin(Environment::default(), now);
    line.receive(b"\x1b[1;4R\x1b[?1;2c\x1b[?1;2c", now);
    assert_eq!(line.handshake.verdict().answers.letter_columns, Some(3));
    assert_eq!(line.handshake.needs().utf8, Some(false));
}
