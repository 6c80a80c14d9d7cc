//! Keyboards, prompts, selecting and copying, the doctor.

use super::*;
use crate::article::{Bookmark, Verb};

fn opened(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::new(columns, rows, 5);
    desk.keys("<Enter>");
    desk
}

fn typed(desk: &mut Desk, text: &str) {
    for c in text.chars() {
        desk.event(Event::Key(Key::char(c)));
    }
}

fn copied(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    })
}

#[test]
fn an_arabic_keyboard_moves_and_decides() {
    let mut desk = Desk::new(80, 24, 5);
    typed(&mut desk, "تت");
    assert_eq!(desk.state.list.cursor, 2, "j j");
    typed(&mut desk, "لا");
    assert!(desk.marks(3).bookmark.is_some(), "b is lam-alef on the PC's layout");
    typed(&mut desk, "\u{FEFB}");
    assert!(desk.marks(4).bookmark.is_some(), "also where it comes as one character");
    typed(&mut desk, "لل٣ت");
    assert_eq!(desk.state.list.cursor, 3, "g g, then 3 j");
    typed(&mut desk, "ي");
    assert!(desk.marks(4).done);
}

#[test]
fn a_letter_of_several_keys_hints_until_the_layout_is_known() {
    let mut desk = Desk::new(80, 24, 5);
    typed(&mut desk, "ز");
    assert!(desk.marks(1).bookmark.is_none());
    assert!(desk.message().contains("another key in each layout"), "{}", desk.message());
    desk.keys("gq");
    assert_eq!(desk.state.screen, Screen::Doctor);
    let effects = desk.keys("ز");
    assert!(effects.contains(&Effect::KeepLayout(Layout::Mac)), "{effects:?}");
    desk.keys("q");
    typed(&mut desk, "ز");
    assert!(desk.marks(1).bookmark.is_some(), "b on macOS");
}

#[test]
fn every_shifted_and_every_ctrl_key_has_a_plain_twin() {
    use crate::app::actions::ACTIONS;
    for info in ACTIONS {
        let plain = |keys: &&&str| !keys.contains("<C-") && !keys.chars().any(|c| c.is_ascii_uppercase());
        let needs =
            info.keys.iter().any(|keys| !plain(&keys) && !keys.contains("<C-c>") && !keys.starts_with('<'));
        let named = info.keys.iter().any(|keys| keys.starts_with('<') && !keys.contains("<C-"));
        assert!(!needs || named || info.keys.iter().any(|keys| plain(&keys)), "{}", info.name);
    }
}

#[test]
fn a_prompt_takes_letters_as_they_are() {
    let mut desk = opened(80, 24);
    desk.keys("/");
    typed(&mut desk, "لاز");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "لاز", "no key of a layout here");
    desk.keys("<Esc>");
    assert!(desk.state.prompt.is_none());
}

#[test]
fn lines_typed_before_are_there_again() {
    let mut desk = opened(80, 24);
    for word in ["الصين", "الكويت"] {
        desk.keys("/");
        typed(&mut desk, word);
        desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    }
    desk.keys("/<Up><Up>");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "الصين");
    desk.keys("<Down>");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "الكويت");
}

#[test]
fn a_command_is_an_action_by_its_name() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys(":");
    typed(&mut desk, "bookmark-n");
    desk.keys("<Tab>");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "bookmark-note");
    desk.keys("<Esc>:");
    typed(&mut desk, "3");
    desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    assert_eq!(desk.state.list.cursor, 2, "a number is a row");
    desk.keys(":");
    typed(&mut desk, "help");
    desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    assert!(matches!(desk.state.screen, Screen::Help(_)));
}

#[test]
fn a_filter_shows_what_a_query_finds_and_says_what_it_cannot_read() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("\\");
    typed(&mut desk, "is:unread الكويت");
    desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    assert!(matches!(desk.view(), View::Query(_)), "{:?}", desk.view());
    desk.keys("\\");
    let kept = desk.state.prompt.as_ref().unwrap().text().to_owned();
    assert!(kept.contains("الكويت"), "the filter is there to be changed: {kept}");
    desk.keys("<C-u>");
    typed(&mut desk, "is:nothing");
    desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    let fault = desk.state.prompt.as_ref().unwrap().fault.clone().unwrap();
    assert!(fault.contains("nothing"), "{fault}");
    desk.keys("<C-u><Enter>");
    assert_eq!(desk.view(), &View::Inbox);
}

#[test]
fn a_bookmark_takes_a_note() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("B");
    typed(&mut desk, "للمتابعة مع السفارة");
    let effects = desk.keys("<Enter><Enter>");
    let note = |effect: &Effect| match effect {
        Effect::Apply { verb: Verb::Bookmark(Bookmark { note, .. }), ids, .. } => {
            Some((note.clone(), ids.clone()))
        }
        _ => None,
    };
    let applied = effects.iter().find_map(note);
    assert_eq!(applied, Some((Some("للمتابعة مع السفارة".to_owned()), vec![ArticleId(1)])));
    desk.keys("kB");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "للمتابعة مع السفارة", "to be changed");
}

#[test]
fn words_are_selected_on_the_screens_own_sides_and_copied_as_written() {
    let mut desk = opened(80, 24);
    desk.keys("i");
    desk.keys("v");
    let first = desk.state.selection.as_ref().unwrap().span();
    assert_eq!(first.of(SEED), "«مشاورات");
    desk.keys("hh");
    assert_eq!(
        desk.state.selection.as_ref().unwrap().span().of(SEED),
        "«مشاورات مثمرة» الكويت",
        "left is on"
    );
    desk.keys("l");
    let effects = desk.keys("y");
    assert_eq!(copied(&effects), Some("«مشاورات مثمرة»"));
    assert!(desk.state.selection.is_none() && desk.message() == "copied 2 words");
}

#[test]
fn a_selection_over_blocks_keeps_their_lines_and_scrolls() {
    let mut desk = opened(80, 12);
    desk.keys("ivjjjjjjjjjjjjjj");
    let reader = desk.state.reader.as_ref().unwrap();
    let head = desk.state.selection.as_ref().unwrap().head();
    let shown =
        reader.window.iter().filter_map(crate::layout::Row::source).any(|row| row.contains(&head.start));
    assert!(shown, "the end that moves is on the screen");
    let effects = desk.keys("y");
    let text = copied(&effects).unwrap();
    assert!(text.lines().count() >= 2 && text.starts_with("«مشاورات"), "{text}");
    desk.keys("v");
    desk.keys("<Esc>");
    assert!(desk.state.selection.is_none());
    assert_eq!(desk.open(), Some(1), "Esc ended the selection only");
}

#[test]
fn pasted_presentation_forms_are_copied_as_letters() {
    let mut desk = Desk::new(80, 24, 1);
    desk.headlines[0].title = "\u{FEB3}\u{FEFC}\u{FEE1}".to_owned();
    desk.keys("gi");
    let effects = desk.keys("y");
    assert_eq!(copied(&effects), Some("سلام"));
}

#[test]
fn facts_and_the_whole_are_copied() {
    let mut desk = opened(140, 24);
    desk.keys("l");
    assert_eq!(copied(&desk.keys("y")), Some("الصين"));
    assert_eq!(copied(&desk.keys("Y")), Some("الدولة المستضيفة: الصين"));
    desk.keys("h");
    let effects = desk.keys("Y");
    assert_eq!(copied(&effects).unwrap().lines().count(), 3, "title and two facts: {effects:?}");
}

#[test]
fn harakat_go_round() {
    use crate::text::Harakat;
    let mut desk = opened(80, 24);
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.keys(";");
        seen.push((desk.state.harakat, desk.state.harakat()));
    }
    assert_eq!(
        seen,
        [
            (Some(Harakat::Shown), Harakat::Shown),
            (Some(Harakat::Hidden), Harakat::Hidden),
            (None, Harakat::Hidden)
        ],
        "this terminal cannot"
    );
}

#[test]
fn the_doctor_takes_the_number_of_the_line_that_reads_right() {
    let mut desk = Desk::new(80, 24, 5);
    let effects = desk.keys("gD");
    assert!(effects.contains(&Effect::Examine));
    desk.event(Event::Examined(Examined {
        lines: Vec::new(),
        strategy: Strategy::Konsole,
        ..Examined::default()
    }));
    let said = |effects: Vec<Effect>| {
        let said = effects.iter().find_map(|effect| match effect {
            Effect::Prefer(preference) => Some(*preference),
            _ => None,
        });
        said.unwrap()
    };
    let line = |strategy| Preference { strategy: Some(strategy), ..Preference::default() };
    for (keys, strategy) in [("2", Strategy::Lrm), ("٧", Strategy::Logical), ("8", Strategy::Explicit)] {
        assert_eq!(said(desk.keys(keys)), line(strategy), "{keys}");
    }
    assert_eq!(
        said(desk.keys("1")),
        line(Strategy::Konsole),
        "the first line stands for what is switched off already"
    );
    assert!(desk.message().starts_with("line 1"));
    let preference = Preference { strategy: Some(Strategy::Lrm), letters: true, marks: None };
    desk.event(Event::Examined(Examined { preference, marks_in_place: true, ..Examined::default() }));
    for (keys, changed) in [
        ("f", Preference { letters: false, ..preference }),
        ("ب", Preference { letters: false, ..preference }),
        (";", Preference { marks: Some(false), ..preference }),
        ("a", Preference::default()),
    ] {
        assert_eq!(said(desk.keys(keys)), changed, "{keys}");
    }
    assert!(!desk.keys("6").iter().any(|effect| matches!(effect, Effect::Prefer(_))), "it tells no colours");
    desk.keys("<Esc>");
    assert_eq!(desk.state.screen, Screen::Browse);
    desk.state.doctor_only = true;
    desk.keys("gD");
    assert!(desk.keys("q").contains(&Effect::Quit), "started for the doctor alone");
}

#[test]
fn what_the_terminal_needs_is_obeyed() {
    let mut desk = Desk::new(140, 24, 5);
    let needs = TerminalNeeds { reserved_first_column: true, ..TerminalNeeds::default() };
    desk.event(Event::Needs(needs));
    assert_eq!((desk.state.size.0, desk.state.reserved_columns()), (139, 1));
    desk.event(Event::Resize(100, 24));
    assert_eq!(desk.state.size.0, 99);
    desk.event(Event::Needs(TerminalNeeds { single_pane: true, ..TerminalNeeds::default() }));
    desk.event(Event::Resize(140, 24));
    assert!(desk.state.panes.list.is_some() && desk.state.panes.reader.is_none(), "one pane");
    desk.event(Event::Needs(TerminalNeeds { utf8: Some(false), ..TerminalNeeds::default() }));
    assert!(desk.message().contains("UTF-8"), "{}", desk.message());
}
