//! Verbs: what they change at once, what they ask for, and undo.

use super::*;
use crate::article::Verb;

fn applied(effects: &[Effect]) -> Vec<(Verb, Vec<i64>)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Apply { verb, ids, .. } => Some((verb.clone(), ids.iter().map(|id| id.0).collect())),
            _ => None,
        })
        .collect()
}

#[test]
fn done_dims_in_place_and_goes_on() {
    let mut desk = Desk::new(80, 24, 3);
    let effects = desk.keys("d");
    assert_eq!(applied(&effects), [(Verb::Done, vec![1])]);
    assert!(desk.marks(1).done && desk.marks(1).read);
    assert_eq!((desk.state.list.cursor, desk.state.list.ids.len()), (1, 3), "the set on screen is frozen");
    assert_eq!(desk.message(), "done · u undoes");
}

#[test]
fn a_count_is_one_change_of_many() {
    let mut desk = Desk::new(80, 24, 5);
    let effects = desk.keys("j3d");
    assert_eq!(applied(&effects), [(Verb::Done, vec![2, 3, 4])]);
    assert_eq!(desk.state.list.cursor, 4);
    assert_eq!(desk.message(), "3 done · u undoes");
}

#[test]
fn bookmarking_goes_on_in_the_list_and_stays_in_the_reader() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("b");
    assert!(desk.marks(1).bookmark.is_some());
    assert_eq!(desk.state.list.cursor, 1);
    desk.keys("kb");
    assert!(desk.marks(1).bookmark.is_none(), "on a bookmarked article it takes the bookmark off");
    assert_eq!(desk.state.list.cursor, 0, "and stays");
    desk.keys("<Enter>b");
    assert_eq!(desk.open(), Some(1));
    assert!(desk.marks(1).bookmark.is_some());
}

#[test]
fn in_the_reader_done_and_archive_go_on_to_the_next_article() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("<Enter>d");
    assert_eq!(desk.open(), Some(2));
    desk.keys("a");
    assert_eq!(desk.open(), Some(3));
    assert!(desk.marks(2).archived && desk.marks(2).done);
    desk.keys("d");
    assert_eq!(desk.open(), Some(3), "at the end it stays");
}

#[test]
fn m_toggles_and_stays() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("m");
    assert!(desk.marks(1).read);
    desk.keys("m");
    assert!(!desk.marks(1).read);
    assert_eq!(desk.state.list.cursor, 0);
}

#[test]
fn undo_takes_the_marks_back_and_goes_there() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("dd");
    let effects = desk.keys("u");
    assert_eq!(effects, [Effect::Undo { redo: false, confirmed: None, view: View::Inbox }]);
    let note = JournalNote {
        id: 7,
        verb: "done".to_owned(),
        count: 1,
        title: Some("خبر رقم 2".to_owned()),
        when: now(),
        view: "inbox".to_owned(),
    };
    desk.event(Event::Undone(Undone {
        note,
        changed: vec![(ArticleId(2), Marks::default())],
        skipped: 0,
        redo: false,
    }));
    assert!(!desk.marks(2).done && desk.marks(1).done);
    assert_eq!(desk.state.list.cursor, 1);
    assert!(desk.message().starts_with("undone: done: "), "{}", desk.message());
}

#[test]
fn an_entry_of_another_session_wants_a_second_press() {
    let mut desk = Desk::new(80, 24, 3);
    let note = JournalNote {
        id: 7,
        verb: "archive".to_owned(),
        count: 12,
        title: None,
        when: now(),
        view: "unread".to_owned(),
    };
    desk.event(Event::ConfirmUndo { note: note.clone(), redo: false });
    assert!(desk.message().contains("12 archived in \u{2068}Unread\u{2069}"), "{}", desk.message());
    let effects = desk.keys("u");
    assert_eq!(effects, [Effect::Undo { redo: false, confirmed: Some(7), view: View::Inbox }]);
    desk.event(Event::ConfirmUndo { note, redo: false });
    let effects = desk.keys("ju");
    assert!(
        effects.contains(&Effect::Undo { redo: false, confirmed: None, view: View::Inbox }),
        "another key between forgets it: {effects:?}"
    );
}

#[test]
fn a_bookmark_in_a_temporary_library_keeps_the_article() {
    let mut desk = Desk::new(80, 24, 3);
    desk.state.library = Library::Temporary;
    let effects = desk.keys("b");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Keep(ArticleId(1), Verb::Bookmark(_)))));
    let effects = desk.keys("d");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Keep(..))));
}

#[test]
fn a_failed_change_is_shown_and_the_view_read_again() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("d");
    desk.event(Event::Failed("could not write the library: the disk is full; make room".to_owned()));
    assert!(matches!(desk.state.status, Status::Error(_)));
    assert!(!desk.marks(1).done, "what is shown is what is stored");
}

#[test]
fn verbs_on_an_empty_list_say_so() {
    let mut desk = Desk::new(80, 24, 0);
    for keys in ["d", "b", "a", "m", "3d"] {
        assert_eq!(applied(&desk.keys(keys)), [], "{keys}");
        assert_eq!(desk.message(), "there is no article here");
    }
}

#[test]
fn what_cannot_be_read_is_not_asked_for_again_by_itself() {
    let mut desk = Desk::new(80, 24, 3);
    let said = "the library is damaged".to_owned();
    assert_eq!(desk.state.update(Event::CannotRead(said.clone()), now()), []);
    assert_eq!(desk.message(), said);
    // A change that failed is another matter: what was shown ahead of it is read again, and counts for nothing.
    desk.keys("d");
    assert_eq!(desk.state.list.many_dealt(), 1);
    let effects = desk.state.update(Event::Failed("the disk is full".to_owned()), now());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::LoadView { .. })), "{effects:?}");
    assert_eq!(desk.state.list.many_dealt(), 0);
    // The open article's marks, too.
    desk.keys("gg<Enter>b");
    let effects = desk.state.update(Event::Failed("the disk is full".to_owned()), now());
    let asked = effects
        .iter()
        .any(|effect| matches!(effect, Effect::LoadHeadlines(ids) if ids.contains(&ArticleId(1))));
    assert!(asked, "{effects:?}");
    desk.event(Event::Headlines(vec![headline(1, "خبر رقم 1")]));
    desk.keys("b");
    assert_eq!(desk.message(), "bookmarked · u undoes");
}

#[test]
fn that_an_article_is_kept_is_said_behind_what_was_done() {
    let mut desk = Desk::new(80, 24, 3);
    desk.state.library = Library::Temporary;
    desk.keys("s");
    assert_eq!(desk.message(), "to come back on Wed 2026-11-25 · u undoes");
    for _ in 0..2 {
        desk.event(Event::Kept(ArticleId(1)));
        assert_eq!(desk.message(), "to come back on Wed 2026-11-25 · kept in your library too · u undoes");
    }
    desk.keys("?");
    desk.event(Event::Kept(ArticleId(1)));
    assert_eq!(desk.message(), "kept in your library too · u undoes");
}
