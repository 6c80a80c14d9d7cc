//! Whatever two frames there are, what is sent turns the first into the second: checked in a VT emulator, cell by cell.
//! And what it costs.

use proptest::prelude::*;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};

use super::emulator::Emulator;
use super::models::{has_stuck_digit, seen, seen_marked, shown_column};
use crate::app::Strategy as Sent;
use crate::frame::{Caret, Edge, Frame, LinkCells};
use crate::terminal::{Colour, Screen, Sending};

const COLUMNS: u16 = 24;
const ROWS: u16 = 8;

/// Writes a row of symbols; wide ones take two cells.
fn write(frame: &mut Frame, row: u16, from: u16, symbols: &[&str], style: Style) {
    let mut x = from;
    let columns = frame.area().width;
    for symbol in symbols {
        let width = if "漢字語".contains(symbol) { 2 } else { 1 };
        if x + width > columns {
            break;
        }
        for behind in 0..width {
            if let Some(cell) = frame.buffer.cell_mut((x + behind, row)) {
                cell.set_symbol(if behind == 0 { symbol } else { "" });
                cell.set_style(style);
            }
        }
        x += width;
    }
}

/// The cells of an emulator: text, and whether it is styled as it should be.
fn cells(screen: &vt100::Screen) -> Vec<Vec<(String, String)>> {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let read = |row, column| {
        let cell = screen.cell(row, column).unwrap();
        let text = if cell.is_wide_continuation() {
            String::new()
        } else if cell.contents().is_empty() {
            " ".to_owned()
        } else {
            cell.contents().replace('\u{200e}', "")
        };
        let style = format!(
            "{:?} {:?} {} {} {} {}",
            cell.fgcolor(),
            cell.bgcolor(),
            cell.bold(),
            cell.dim(),
            cell.inverse(),
            cell.underline()
        );
        (text, style)
    };
    (0..rows).map(|row| (0..columns).map(|column| read(row, column)).collect()).collect()
}

/// An emulator of so many columns and rows.
fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0)
}

/// The cells of an emulator that was sent this frame whole.
fn fresh(frame: &Frame, strategy: Sent) -> vt100::Parser {
    let mut bytes = Vec::new();
    Screen::new(sending(strategy)).update(frame.clone(), &mut bytes);
    let mut parser = emulator(frame.area().width, frame.area().height);
    parser.process(&received(&bytes));
    parser
}

fn sending(strategy: Sent) -> Sending {
    Sending { colours: vec![(Colour::Foreground, (200, 200, 200))], ..Sending::from(strategy) }
}

/// What the emulator does not know itself: the text of an OSC 66 stands in a cell (kitty's text sizing).
fn received(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, sized)) = rest.split_once("\x1b]66;") {
        plain.push_str(before);
        let (_, sized) = sized.split_once(';').unwrap();
        let (letter, after) = sized.split_once('\u{7}').unwrap();
        plain.push_str(letter);
        rest = after;
    }
    plain.push_str(rest);
    plain.into_bytes()
}

fn any_style() -> impl Strategy<Value = Style> {
    prop_oneof![
        4 => Just(Style::new()),
        1 => Just(Style::new().fg(Color::Cyan)),
        1 => Just(Style::new().bg(Color::Yellow).fg(Color::Black)),
        1 => Just(Style::new().add_modifier(Modifier::BOLD)),
        1 => Just(Style::new().add_modifier(Modifier::REVERSED | Modifier::DIM)),
        1 => Just(Style::new().fg(Color::Indexed(130)).bg(Color::Rgb(1, 2, 3))),
    ]
}

type Written = (u16, u16, Vec<&'static str>, Style);

fn any_writing() -> impl Strategy<Value = Written> {
    let symbol = prop::sample::select(vec![
        "a",
        "b",
        "Z",
        " ",
        " ",
        "│",
        "ﺷ",
        "ﻬ",
        "ﺪ",
        "ﺕ",
        "ﻻ",
        "ﺮ\u{651}",
        "א",
        "漢",
        "字",
        "é",
        "٣",
        "5",
    ]);
    (0..ROWS, 0..COLUMNS, prop::collection::vec(symbol, 0..24), any_style())
}

fn any_frame() -> impl Strategy<Value = Frame> {
    let caret = prop::option::of((0..COLUMNS, 0..ROWS));
    (prop::collection::vec(any_writing(), 0..14), caret).prop_map(|(writings, caret)| {
        let mut frame = Frame::new(COLUMNS, ROWS);
        frame.caret = caret.map(|(x, y)| Caret { position: Position { x, y }, visible: true });
        for (row, from, symbols, style) in writings {
            blank(&mut frame, row);
            write(&mut frame, row, from, &symbols, style);
        }
        frame.edges.push(Edge { column: 10, rows: 0..ROWS });
        frame
    })
}

fn blank(frame: &mut Frame, row: u16) {
    for x in 0..COLUMNS {
        if let Some(cell) = frame.buffer.cell_mut((x, row)) {
            cell.reset();
        }
    }
}

/// The frame with its rows between `top` and `bottom` moved by `up`, as scrolling does, and a row written anew.
fn scrolled(frame: &Frame, top: u16, bottom: u16, up: i32, changed: &Written) -> Frame {
    let mut moved = frame.clone();
    for y in top..bottom {
        blank(&mut moved, y);
        let from = i32::from(y) + up;
        if from >= i32::from(top) && from < i32::from(bottom) {
            for x in 0..COLUMNS {
                let source = frame.buffer.cell((x, u16::try_from(from).unwrap())).unwrap().clone();
                *moved.buffer.cell_mut((x, y)).unwrap() = source;
            }
        }
    }
    blank(&mut moved, changed.0);
    write(&mut moved, changed.0, changed.1, &changed.2, changed.3);
    moved
}

/// The same on a terminal with left and right margins, cell by cell; what it costs.
fn assert_becomes_with_margins(first: &Frame, second: &Frame, strategy: Sent) -> usize {
    let area = first.area();
    let mut screen = Screen::new(sending(strategy)).with_margins(true);
    let mut emulator = Emulator::new(area.width, area.height);
    let mut bytes = Vec::new();
    for frame in [first, second] {
        bytes.clear();
        screen.update(frame.clone(), &mut bytes);
        emulator.process(&received(&bytes));
        let wanted = cells(fresh(frame, strategy).screen());
        for (y, (row, wanted)) in emulator.cells().iter().zip(&wanted).enumerate() {
            for (x, (cell, wanted)) in row.iter().zip(wanted).enumerate() {
                assert_eq!(cell, wanted, "{strategy:?}, row {y}, column {x}");
            }
        }
        assert!(emulator.is_at_rest(), "no margin outlives its frame");
    }
    bytes.len()
}

/// The cursor stands where the person sees the caret's cell.
fn assert_caret(frame: &Frame, screen: &vt100::Screen, shown: &[Vec<(String, String)>], strategy: Sent) {
    let Some(Caret { position: Position { x, y }, .. }) = frame.caret else { return };
    let (x, y) = (usize::from(x), usize::from(y));
    let wanted: Vec<String> = frame.buffer.content[y * usize::from(COLUMNS)..][..usize::from(COLUMNS)]
        .iter()
        .map(|cell| cell.symbol().to_owned())
        .collect();
    let (row, column) = screen.cursor_position();
    assert_eq!(usize::from(row), y, "{strategy:?}");
    let column = usize::from(column);
    if strategy == Sent::Logical || wanted[x].is_empty() {
        return;
    }
    if strategy != Sent::Precompensate {
        assert_eq!(column, x, "{strategy:?}");
    } else if !has_stuck_digit(&wanted) {
        assert_eq!(shown_column(&shown[y], column), x, "{wanted:?}");
    }
}

fn assert_becomes(first: &Frame, second: &Frame, strategy: Sent) {
    assert_becomes_with_margins(first, second, strategy);
    let mut screen = Screen::new(sending(strategy));
    let mut parser = emulator(COLUMNS, ROWS);
    for frame in [first, second] {
        let mut bytes = Vec::new();
        screen.update(frame.clone(), &mut bytes);
        parser.process(&received(&bytes));
        let shown = cells(parser.screen());
        assert_eq!(shown, cells(fresh(frame, strategy).screen()), "{strategy:?}");
        assert_caret(frame, parser.screen(), &shown, strategy);
        if strategy == Sent::Logical {
            // Its rows are no cells: what they hold is checked where they are made.
            continue;
        }
        let wanted = frame.buffer.content.chunks(usize::from(COLUMNS));
        for ((at, row), wanted) in (0..).zip(&shown).zip(wanted) {
            let wanted: Vec<String> = wanted.iter().map(|cell| cell.symbol().to_owned()).collect();
            if strategy == Sent::Lrm {
                assert_eq!(seen_marked(parser.screen(), at), wanted, "{row:?}");
            }
            if strategy == Sent::Precompensate && has_stuck_digit(&wanted) {
                continue;
            }
            assert_eq!(seen(row, strategy), wanted, "{strategy:?}: {row:?}");
        }
    }
    let mut bytes = Vec::new();
    screen.update(second.clone(), &mut bytes);
    assert_eq!(bytes, b"", "the same frame again costs nothing");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_frame_becomes_any_other(first in any_frame(), second in any_frame(), strategy in prop::sample::select(&Sent::ALL)) {
        assert_becomes(&first, &second, strategy);
    }

    #[test]
    fn rows_that_moved_arrive(
        first in any_frame(),
        rows in (0..ROWS, 0..=ROWS),
        up in -4..5i32,
        changed in any_writing(),
        strategy in prop::sample::select(&Sent::ALL),
    ) {
        let second = scrolled(&first, rows.0, rows.1, up, &changed);
        assert_becomes(&first, &second, strategy);
    }
}

/// The frame with its columns between `left` and `right` moved by `up` in all rows, as an article beside others does.
fn moved_pane(frame: &Frame, left: u16, right: u16, up: i32) -> Frame {
    let mut moved = frame.clone();
    let rows = frame.area().height;
    for (y, x) in (0..rows).flat_map(|y| (left..right).map(move |x| (y, x))) {
        let from = u16::try_from(i32::from(y) + up).ok().filter(|from| *from < rows);
        let cell = from.and_then(|from| frame.buffer.cell((x, from))).cloned().unwrap_or_default();
        *moved.buffer.cell_mut((x, y)).unwrap() = cell;
    }
    moved
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pane_that_moved_beside_others_arrives(
        first in any_frame(),
        borders in prop::sample::select(vec![(0, 10), (10, 11), (11, 24), (10, 24), (0, 24)]),
        up in -4..5i32,
        strategy in prop::sample::select(&Sent::ALL),
    ) {
        let mut first = first;
        first.edges.push(Edge { column: 11, rows: 0..ROWS });
        // A wide symbol that a border would cut is none of what `ui` draws.
        for y in 0..ROWS {
            for x in [10, 11] {
                if first.buffer.cell((x, y)).unwrap().symbol().is_empty() {
                    first.buffer.cell_mut((x - 1, y)).unwrap().set_symbol(" ");
                    first.buffer.cell_mut((x, y)).unwrap().set_symbol(" ");
                }
            }
        }
        let second = moved_pane(&first, borders.0, borders.1, up);
        assert_becomes(&first, &second, strategy);
    }
}

/// Rows of Arabic, each different, as an article fills a screen.
fn arabic_screen(from: usize) -> Frame {
    const LETTERS: [&str; 10] = ["ﺷ", "ﻬ", "ﺪ", "ﺕ", "ﻻ", "ﺮ", "ﻣ", "ﻨ", "ﺎ", " "];
    let mut frame = Frame::new(80, 24);
    for y in 1..23u16 {
        let row = from + usize::from(y);
        let symbols: Vec<&str> = (0..72).map(|x| LETTERS[(x * (row + 3) + row * row) % 10]).collect();
        write(&mut frame, y, 6, &symbols, Style::new());
    }
    frame
}

fn cost(first: &Frame, second: &Frame) -> usize {
    let mut screen = Screen::new(Sent::Visual);
    let mut bytes = Vec::new();
    screen.update(first.clone(), &mut bytes);
    bytes.clear();
    screen.update(second.clone(), &mut bytes);
    bytes.len()
}

#[test]
fn a_line_of_scrolling_costs_the_new_line() {
    let bytes = cost(&arabic_screen(0), &arabic_screen(1));
    assert!(bytes <= 260, "{bytes}");
}

#[test]
fn a_line_of_scrolling_beside_facts_costs_the_new_line_where_there_are_margins() {
    let beside = |from: usize| {
        let mut frame = arabic_screen(from);
        let facts = arabic_screen(100);
        for (y, x) in (0..24).flat_map(|y| (56..80).map(move |x| (y, x))) {
            *frame.buffer.cell_mut((x, y)).unwrap() = facts.buffer.cell((x, y)).unwrap().clone();
        }
        for y in 1..23 {
            frame.buffer.cell_mut((55, y)).unwrap().set_symbol("│");
        }
        frame.edges = vec![Edge { column: 55, rows: 1..23 }, Edge { column: 56, rows: 1..23 }];
        frame
    };
    for (before, behind) in [(0, 1), (1, 0), (0, 5), (5, 0)] {
        let bytes = assert_becomes_with_margins(&beside(before), &beside(behind), Sent::Visual);
        let without = cost(&beside(before), &beside(behind));
        let lines = before.abs_diff(behind);
        assert!(bytes <= 60 + 180 * lines && bytes * 3 < without, "{lines} lines: {bytes}, not {without}");
    }
}

#[test]
fn moving_a_mark_costs_a_few_bytes() {
    let marked = |row: u16| {
        let mut frame = arabic_screen(0);
        write(&mut frame, row, 0, &[" "], Style::new().add_modifier(Modifier::REVERSED));
        frame.caret = Some(Caret { position: Position { x: 0, y: row }, visible: false });
        frame
    };
    let bytes = cost(&marked(3), &marked(4));
    assert!(bytes < 60, "{bytes}");
}

#[test]
fn small_frames_are_sent_without_brackets_and_large_ones_with() {
    let mut bytes = Vec::new();
    Screen::new(Sent::Visual).update(arabic_screen(0), &mut bytes);
    assert!(bytes.starts_with(b"\x1b[?2026h") && bytes.ends_with(b"\x1b[?2026l"));
    bytes.clear();
    Screen::new(Sent::Visual).update(Frame::new(80, 24), &mut bytes);
    assert!(!bytes.windows(5).any(|part| part == b"?2026"));
}

#[test]
fn what_stands_in_a_cell_cannot_command_the_terminal() {
    let mut frame = Frame::new(10, 1);
    write(&mut frame, 0, 0, &["\x1b[2J", "\u{9b}31m", "\r\n"], Style::new());
    let mut bytes = Vec::new();
    Screen::new(Sent::Visual).update(frame.clone(), &mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("\x1b[2J[") && text.matches("\x1b[2J").count() == 1, "{text:?}");
    assert!(text.contains("\u{fffd}[2J"), "{text:?}");
}

#[test]
fn a_wide_symbol_in_the_last_column_is_left_out() {
    let mut frame = Frame::new(4, 1);
    if let Some(cell) = frame.buffer.cell_mut((3, 0)) {
        cell.set_symbol("漢");
    }
    let mut bytes = Vec::new();
    Screen::new(Sent::Visual).update(frame.clone(), &mut bytes);
    assert!(!String::from_utf8(bytes).unwrap().contains('漢'));
}

#[test]
fn the_cursor_is_placed_anew_at_pane_edges_of_right_to_left_rows() {
    let mut frame = Frame::new(20, 1);
    frame.edges.push(Edge { column: 10, rows: 0..1 });
    write(&mut frame, 0, 0, &["ﺷ"; 20], Style::new());
    let mut bytes = Vec::new();
    Screen::new(Sent::Visual).update(frame.clone(), &mut bytes);
    assert!(String::from_utf8(bytes).unwrap().contains("\x1b[1;11Hﺷ"));
}

#[test]
fn links_are_sent_where_the_terminal_shows_them_and_cannot_command_it() {
    let mut frame = Frame::new(12, 2);
    write(&mut frame, 0, 0, &["a"; 12], Style::new());
    let url = "https://example.org/خبر\x1b\\[2J\u{7}".to_owned();
    frame.links.push(LinkCells { row: 0, columns: 2..5, url });
    let mut bytes = Vec::new();
    let links = Sending { links: true, ..Sending::default() };
    Screen::new(links).update(frame.clone(), &mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains(
            "aa\x1b]8;;https://example.org/%D8%AE%D8%A8%D8%B1%1B\\[2J%07\x1b\\aaa\x1b]8;;\x1b\\aaaaaaa"
        ),
        "{text:?}"
    );
    let mut plain = Vec::new();
    Screen::new(Sent::Visual).update(frame.clone(), &mut plain);
    assert!(!String::from_utf8(plain).unwrap().contains("]8;"));
}
