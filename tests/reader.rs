//! The real program, as a person uses it: started in a terminal, typed at, left, started again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::path::Path;

use rustix::process::Signal;
use support::{Answers, Pty};

/// «الدورة المقبلة», joined and from left to right.
const NEXT_ROUND: &str = "ﺔﻠﺒﻘﻤﻟﺍ ﺓﺭﻭﺪﻟﺍ";
/// «مشاورات مثمرة», the same.
const TITLE: &str = "«ﺓﺮﻤﺜﻣ ﺕﺍﺭﻭﺎﺸﻣ»";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn seed(home: &Path, columns: u16, rows: u16) -> Pty {
    let mut pty = Pty::spawn(home, &["seeds"], columns, rows, Answers::Xterm);
    pty.wait_text("1/1");
    pty
}

#[test]
fn the_seed_is_listed_read_and_its_facts_stand_beside_it() {
    let home = home();
    let mut pty = seed(home.path(), 140, 40);
    let screen = pty.wait_text(NEXT_ROUND);
    assert!(screen.contains(TITLE), "{screen}");
    assert!(screen.contains("(ﻖﺣﻻ ﺪﻋﻮﻣ) ﺖﻳﻮﻜﻟﺍ"), "{screen}");
    assert!(screen.contains("2 min") || screen.contains("4 min"), "{screen}");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_bookmark_and_the_reading_position_outlive_the_program() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    pty.send("\r");
    let first = pty.wait_text("4 min");
    pty.send("b");
    pty.wait_text("kept in your library");
    pty.send(" ");
    let second = pty.wait_for("another page", |screen| {
        screen.lines().nth(5) != first.lines().nth(5) && !screen.contains("min")
    });
    let line = second.lines().nth(4).unwrap().to_owned();
    pty.send("q");
    pty.wait_text("Enter open");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!pty.is_alternate());

    let mut again = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Xterm);
    again.wait_text("1 bookmarked");
    again.send("\r");
    again.wait_for("the line that was left", |screen| screen.lines().nth(4) == Some(line.as_str()));

    let mut own = Pty::spawn(home.path(), &[], 80, 24, Answers::Xterm);
    own.wait_text("1 bookmarked");
}

#[test]
fn undo_works_after_a_restart_and_names_what_it_undoes() {
    let home = home();
    let mut pty = seed(home.path(), 100, 24);
    pty.send("d");
    pty.wait_text("done · u undoes");
    pty.send("q");
    pty.wait_exit();
    let mut again = Pty::spawn(home.path(), &["seeds"], 100, 24, Answers::Xterm);
    again.wait_text("Nothing is waiting");
    again.send("u");
    again.wait_text("again to undo: done: ");
    again.send("u");
    again.wait_text("undone: done");
    again.wait_text("1/1");
}

#[test]
fn a_dropped_connection_opens_on_the_same_line_again() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    pty.send("\r");
    pty.wait_text("4 min");
    pty.send(" ");
    let screen = pty.wait_for("the second page", |screen| !screen.contains("min"));
    let line = screen.lines().nth(5).unwrap().to_owned();
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_exit(), 128 + 1);
    let mut again = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Xterm);
    again.wait_for("the line that was left", |screen| screen.lines().nth(5) == Some(line.as_str()));
}

#[test]
fn every_way_out_leaves_the_terminal_as_it_was() {
    for (name, signal, code) in
        [("q", None, 0), ("TERM", Some(Signal::TERM), 128 + 15), ("INT", Some(Signal::INT), 128 + 2)]
    {
        let home = home();
        let mut pty = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Vte);
        pty.wait_text("1/1");
        assert!(pty.is_alternate());
        match signal {
            Some(signal) => pty.signal(signal),
            None => pty.send("q"),
        }
        assert_eq!(pty.wait_exit(), code, "{name}");
        assert!(!pty.is_alternate(), "{name}");
        let raw = pty.raw();
        let end = &raw[raw.rfind("\x1b[?1049l").expect("the alternate screen is left") - 60..];
        for part in ["\x1b[?25h", "\x1b[?2004l", "\x1b[8h\x1b[?1049l"] {
            assert!(end.contains(part), "{name}: {part:?} is not in {end:?}");
        }
    }
}

#[test]
fn a_terminal_that_was_not_switched_is_not_switched_back() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    pty.send("q");
    pty.wait_exit();
    assert!(!pty.raw().contains("\x1b[8h"));
}

#[test]
fn the_terminal_orders_itself_no_more_while_we_draw() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Vte);
    pty.wait_text("1/1");
    let raw = pty.raw();
    let (switch, title) = (raw.find("\x1b[8l").unwrap(), raw.find('ﺓ').unwrap());
    assert!(switch < title);
}

#[test]
fn a_silent_terminal_is_drawn_on_all_the_same() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Silent);
    pty.wait_text("1/1");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn suspending_gives_the_terminal_back_and_takes_it_again() {
    let home = home();
    let line = "\"$0\" seeds; echo STOPPED; fg >/dev/null";
    let mut pty = Pty::shell(home.path(), line, 80, 24, Answers::Vte);
    pty.wait_text("1/1");
    pty.send("\x1a");
    pty.wait_raw("STOPPED");
    pty.wait_text("1/1");
    let raw = pty.raw();
    let stopped = raw.find("STOPPED").unwrap();
    let (before, after) = raw.split_at(stopped);
    assert!(before.contains("\x1b[8h\x1b[?1049l"), "left as it was: {before:?}");
    assert!(after.contains("\x1b[?1049h") && after.contains("\x1b[8l"), "taken again: {after:?}");
    assert!(pty.is_alternate());
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn suspending_is_refused_where_nobody_would_continue() {
    let home = home();
    let mut pty = seed(home.path(), 100, 24);
    pty.send("\x1a");
    pty.wait_text("could not suspend");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn any_size_is_survived() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    pty.send("\r");
    pty.wait_text("Space page");
    for (columns, rows) in [(10, 3), (1, 1), (40, 10), (200, 50), (119, 5), (120, 7)] {
        pty.resize(columns, rows);
        pty.send("j");
    }
    pty.resize(140, 40);
    pty.wait_text(NEXT_ROUND);
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn nothing_to_read_is_one_sentence_and_no_screen() {
    let home = home();
    for (path, part) in [("nowhere.txt", "could not find nowhere.txt"), ("/dev/null", "is empty")] {
        let mut pty = Pty::spawn(home.path(), &[path], 80, 24, Answers::Xterm);
        let code = pty.wait_exit();
        assert_eq!(code, 1);
        assert!(pty.raw().contains(part), "{}", pty.raw());
        assert!(!pty.raw().contains("\x1b[?1049h"));
    }
}

#[test]
fn sample_data_opens_in_the_order_of_its_names_with_the_seed_first() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["sample-data"], 100, 40, Answers::Xterm);
    let screen = pty.wait_text("1/41");
    let rows: Vec<&str> = screen.lines().collect();
    assert!(rows[1].contains("ﺔﺠﻴﺘﻧ") || rows[1].contains(TITLE), "{}", rows[1]);
    assert!(rows[2].contains("ﺔﺟﺍﺮﻔﻧﺍ"), "{}", rows[2]);
    pty.send("G");
    pty.wait_text("41/41");
}

#[test]
fn idle_is_silence() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    // Everything asked for has been answered and every timer has run out once the session is on disk.
    pty.send("\r");
    pty.wait_text("Space page");
    pty.settle();
    let before = pty.raw().len();
    pty.settle();
    assert_eq!(pty.raw().len(), before);
}

#[test]
fn konsole_is_told_to_stop_and_to_go_on_again() {
    for (name, leave) in [("q", true), ("SIGTERM", false)] {
        let home = home();
        let mut pty = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Konsole);
        pty.wait_text("1/1");
        pty.wait_raw("\x1b]50;BidiRenderingEnabled=false\x07");
        if leave {
            pty.send("q");
        } else {
            pty.signal(rustix::process::Signal::TERM);
        }
        pty.wait_exit();
        let raw = pty.raw();
        assert!(raw.contains("\x1b]50;BidiRenderingEnabled=true\x07\x1b[?1049l"), "{name}");
    }
}

#[test]
fn the_doctor_keeps_the_line_that_reads_right() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["doctor"], 90, 30, Answers::Xterm);
    pty.wait_text("Which of these lines reads right?");
    pty.wait_text("XTerm(379)");
    pty.send("2");
    pty.wait_text("line 2 from now on");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let raw = pty.raw();
    let report = &raw[raw.rfind("\x1b[?1049l").unwrap()..];
    for part in ["XTerm(379)", "(lrm)", "the line you chose", "library.db", "holds 0 articles"] {
        assert!(report.contains(part), "{part} is not in {report}");
    }
    let mut again = seed(home.path(), 80, 24);
    again.wait_raw("\u{200e}");
    again.send("q");
    assert_eq!(again.wait_exit(), 0);
}

#[test]
fn a_terminal_is_recognised_when_its_answers_come_late() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["seeds"], 80, 24, Answers::Silent);
    pty.wait_text("1/1");
    // Keys, an answer in two pieces, keys.
    pty.send("j\x1b[8;1$y\x1b[8;");
    pty.send("2$y\x1b[?65;1;9cj");
    pty.wait_raw("\x1b[>q");
    pty.send("\x1b[>65;7006;1c\x1b[?65;1;9cq");
    assert_eq!(pty.wait_exit(), 0);
    assert!(pty.raw().contains("\x1b[8h\x1b[?1049l"), "it was known as VTE, and set again");
}

#[test]
fn selected_words_are_copied_in_logical_order() {
    let home = home();
    let mut pty = seed(home.path(), 80, 24);
    pty.send("\r");
    pty.wait_text("4 min");
    pty.send("vhy");
    pty.wait_text("copied 2 words");
    // «مشاورات مثمرة» in UTF-8 as base64.
    pty.wait_raw("\x1b]52;c;wqvZhdi02KfZiNix2KfYqiDZhdir2YXYsdipwrs=\x07");
}

#[test]
fn what_a_terminal_does_not_take_is_written_to_a_file() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["seeds"], 120, 24, Answers::Vte);
    pty.wait_text("1/1");
    pty.send("\r");
    pty.wait_text("Space page");
    pty.settle();
    pty.send("vhy");
    pty.wait_text("takes no copy");
    let copied = std::fs::read_to_string(home.path().join("state/copied.txt")).unwrap();
    assert_eq!(copied, "«مشاورات مثمرة»");
}

#[test]
fn the_text_goes_through_a_pipe_and_the_reader_comes_back() {
    let home = home();
    let out = home.path().join("piped.txt");
    let mut pty = seed(home.path(), 80, 24);
    pty.wait_raw("\x1b[?1000h\x1b[?1006h");
    pty.send("\r");
    pty.wait_text("4 min");
    pty.send(&format!("|cat > '{}'; echo PIPED\r", out.display()));
    pty.wait_raw("PIPED");
    pty.wait_raw("done · Enter goes back");
    assert!(!pty.is_alternate(), "the command has the terminal");
    // What is typed now is the command's, or ends the wait; it is no key of the reader.
    pty.send("\r");
    pty.wait_text("4 min");
    assert!(pty.is_alternate());
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("«مشاورات مثمرة»"), "{text}");
    pty.send("|exit 3\r");
    pty.wait_raw("ended with exit status: 3");
    pty.send("\r");
    pty.wait_text("ended with");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
    let raw = pty.raw();
    assert!(raw[raw.rfind("\x1b[?1006h").unwrap()..].contains("\x1b[?1006l\x1b[?1000l"));
}

#[test]
fn the_mouse_points_and_can_be_left_alone() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["sample-data"], 80, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("\x1b[<65;10;5M");
    pty.wait_text("4/41");
    pty.send("\x1b[<0;10;3M");
    pty.wait_text("2/41");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[terminal]\nmouse = false\n[session]\nsummary = true\n")
        .unwrap();
    let mut pty = Pty::spawn(home.path(), &["sample-data"], 80, 24, Answers::Xterm);
    pty.wait_text("/41");
    pty.send("5d");
    pty.wait_text("5 done");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let raw = pty.raw();
    assert!(!raw.contains("\x1b[?1000h"));
    assert!(raw.contains("5 articles in 1 min"), "the session is summed up");
}

#[test]
fn the_board_takes_verbs_and_goes_to_a_file_as_it_stands() {
    let home = home();
    let import = std::process::Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(["import", "seeds", "sample-data"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("KHABAR_HOME", home.path())
        .output()
        .unwrap();
    assert!(import.status.success(), "{import:?}");
    let mut pty = Pty::spawn(home.path(), &[], 100, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("gf");
    pty.wait_text("1/22");
    pty.send("2d");
    pty.wait_text("2 done · u undoes");
    let file = home.path().join("board.csv");
    pty.send(&format!("w{}\r", file.display()));
    pty.wait_text("22 articles, 6 columns: written to");
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), 23, "a header, and what was dealt with on the Board too");
    assert!(written.starts_with("id,title,source,published,") && written.contains("الكويت (موعد لاحق)"));
    // Another file is wanted where one is there; what it holds stays.
    pty.send(&format!("w{}\r", file.display()));
    pty.wait_text("is there already: name another file");
    pty.send("\r");
    pty.wait_text("min");
    pty.send("q");
    pty.wait_text("articles with facts");
    pty.send("qq");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_view_is_in_the_order_that_was_chosen_for_it_also_after_a_restart() {
    let home = home();
    let mut pty = Pty::spawn(home.path(), &["sample-data"], 100, 24, Answers::Xterm);
    pty.wait_text("1/41");
    pty.send("gaS");
    pty.wait_text("by source");
    pty.send("giSS");
    pty.wait_text("by title");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    let mut again = Pty::spawn(home.path(), &["sample-data"], 100, 24, Answers::Xterm);
    again.wait_text("by title");
    again.send("ga");
    again.wait_text("by source");
}
