//! The mouse: the wheel scrolls what is under it, a press puts the cursor there, a press on the cursor opens.

use super::*;
use crate::text::Direction;

fn point(desk: &mut Desk, kind: MouseKind, column: u16, row: u16) {
    desk.event(Event::Mouse(Mouse { kind, column, row }));
}

#[test]
fn a_press_puts_the_cursor_there_and_another_opens() {
    let mut desk = Desk::new(80, 24, 30);
    point(&mut desk, MouseKind::Press, 20, 4);
    assert_eq!((desk.state.list.cursor, desk.open()), (3, None));
    point(&mut desk, MouseKind::Press, 20, 4);
    assert_eq!(desk.open(), Some(4));
    point(&mut desk, MouseKind::WheelDown, 20, 10);
    assert!(desk.state.reader.as_ref().unwrap().top > crate::layout::Place::default(), "the text scrolls");
    assert_eq!(desk.open(), Some(4));
}

#[test]
fn the_wheel_scrolls_the_pane_under_it_on_either_side() {
    for (direction, list, text) in [(Direction::Ltr, 5, 80), (Direction::Rtl, 134, 60)] {
        let mut desk = Desk::new(140, 40, 30);
        desk.state.direction = direction;
        desk.state.arrange();
        point(&mut desk, MouseKind::WheelDown, list, 10);
        assert_eq!(desk.state.list.cursor, 3, "{direction:?}");
        point(&mut desk, MouseKind::WheelUp, list, 10);
        assert_eq!(desk.state.list.cursor, 0);
        point(&mut desk, MouseKind::Press, text, 10);
        assert_eq!(desk.open(), Some(1), "a press in the preview opens it");
    }
}

#[test]
fn facts_are_pressed_and_followed_to_their_evidence() {
    let mut desk = Desk::new(140, 40, 3);
    desk.keys("<Enter>");
    let area = desk.state.panes.facts.unwrap();
    let rows = desk.state.reader.as_ref().unwrap().fact_rows[0].rows.len();
    let row = area.top + u16::try_from(rows).unwrap();
    point(&mut desk, MouseKind::Press, area.start + 2, row);
    assert_eq!((desk.state.focus, desk.state.reader.as_ref().unwrap().fact), (Focus::Facts, 1));
    point(&mut desk, MouseKind::Press, area.start + 2, row);
    assert!(desk.state.reader.as_ref().unwrap().evidence.is_some());
}

#[test]
fn nothing_outside_and_nothing_while_a_line_is_typed() {
    let mut desk = Desk::new(80, 24, 30);
    for (column, row) in [(20, 0), (20, 23), (79, 200), (5000, 5000)] {
        point(&mut desk, MouseKind::Press, column, row);
        assert_eq!((desk.state.list.cursor, desk.open()), (0, None));
    }
    desk.keys("/");
    point(&mut desk, MouseKind::Press, 20, 4);
    assert_eq!(desk.state.list.cursor, 0);
}
