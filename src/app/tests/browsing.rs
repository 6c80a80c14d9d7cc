//! Moving among articles, panes and views.

use super::*;

#[test]
fn the_cursor_moves_and_stops_at_both_ends() {
    let mut desk = Desk::new(80, 24, 50);
    let mut check = |keys: &str, row: usize| {
        desk.keys(keys);
        assert_eq!(desk.state.list.cursor, row, "after {keys}");
    };
    check("j", 1);
    check("5j", 6);
    check("k", 5);
    check("gg", 0);
    check("k", 0);
    check("G", 49);
    check("j", 49);
    check("10G", 9);
    check("<C-d>", 20);
    check("<C-u>", 9);
    check("<Down><Up><End><Home>", 0);
}

#[test]
fn the_list_scrolls_only_as_far_as_it_must() {
    let mut desk = Desk::new(80, 24, 50);
    desk.keys("21j");
    assert_eq!(desk.state.list.top, 0, "row 21 is the last of 22 on the screen");
    desk.keys("j");
    assert_eq!(desk.state.list.top, 1);
    desk.keys("k");
    assert_eq!(desk.state.list.top, 1);
}

#[test]
fn enter_opens_and_marks_read_and_q_comes_back_and_leaves() {
    let mut desk = Desk::new(80, 24, 3);
    let effects = desk.keys("j<Enter>");
    assert_eq!(desk.open(), Some(2));
    assert!(desk.marks(2).read);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Apply { verb: crate::article::Verb::Open, .. }))
    );
    desk.keys("q");
    assert_eq!(desk.open(), None);
    let effects = desk.keys("<Esc>");
    assert!(!effects.contains(&Effect::Quit), "Esc never leaves the program");
    let effects = desk.keys("q");
    assert_eq!(effects.last(), Some(&Effect::Quit));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SaveSession(_))));
}

#[test]
fn a_wide_screen_previews_without_marking_read() {
    let mut desk = Desk::new(140, 40, 3);
    assert_eq!(desk.state.reader.as_ref().map(|reader| reader.id.0), Some(1));
    desk.keys("j");
    assert_eq!(desk.state.reader.as_ref().map(|reader| reader.id.0), Some(2));
    assert!(!desk.marks(2).read);
    assert_eq!(desk.open(), None);
}

#[test]
fn next_and_previous_stay_in_the_reader() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("<Enter>JJ");
    assert_eq!(desk.open(), Some(3));
    desk.keys("K");
    assert_eq!(desk.open(), Some(2));
    desk.keys("JJJ");
    assert_eq!(desk.open(), Some(4));
    assert_eq!(desk.message(), "this is the last article of the view");
}

#[test]
fn n_goes_to_the_next_unread_and_says_when_there_is_none() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("jm");
    desk.keys("gg");
    desk.keys("n");
    assert_eq!(desk.state.list.cursor, 2, "the second is read and passed over");
    desk.keys("G");
    desk.keys("n");
    assert_eq!(desk.message(), "no unread article further that way");
    desk.keys("N");
    assert_eq!(desk.state.list.cursor, 2);
}

#[test]
fn panes_go_by_the_sides_of_the_screen_and_mirror() {
    let mut desk = Desk::new(140, 40, 3);
    let focus = |desk: &Desk| desk.state.focus;
    desk.keys("l");
    assert_eq!(focus(&desk), Focus::Reader);
    desk.keys("l");
    assert_eq!(focus(&desk), Focus::Facts);
    desk.keys("hh");
    assert_eq!(focus(&desk), Focus::List);
    desk.state.direction = crate::text::Direction::Rtl;
    desk.keys("h");
    assert_eq!(focus(&desk), Focus::Reader, "mirrored, the list is on the right");
    desk.keys("<Tab><Tab>");
    assert_eq!(focus(&desk), Focus::List);
}

#[test]
fn views_are_entered_and_read_anew() {
    let mut desk = Desk::new(80, 24, 3);
    for (keys, view) in
        [("gu", View::Unread), ("gb", View::Bookmarks), ("ga", View::Archive), ("gi", View::Inbox)]
    {
        let effects = desk.keys(keys);
        assert_eq!(*desk.view(), view);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::LoadView { .. })), "{keys}");
    }
}

#[test]
fn keys_typed_ahead_mean_the_article_that_was_opened() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("<Enter>");
    // J opens the second; its text is not there yet.
    let asked = desk.state.update(Event::Key(Key::char('J')), now());
    assert!(asked.contains(&Effect::LoadArticle(ArticleId(2))), "{asked:?}");
    for key in ['b', 'B', 'n', 'o'] {
        assert_eq!(desk.state.update(Event::Key(Key::char(key)), now()), [], "it waits");
    }
    let loaded = Loaded {
        article: Arc::new(article(SEED)),
        facts: Vec::new().into(),
        headline: headline(2, "خبر"),
        position: None,
        changed: None,
    };
    desk.effects.clear();
    desk.event(Event::ArticleLoaded(ArticleId(2), Some(Box::new(loaded))));
    let verb = crate::article::Verb::Bookmark(Default::default());
    let applied = Effect::Apply { verb, ids: vec![ArticleId(2)], view: View::Inbox };
    assert!(desk.effects.contains(&applied), "{:?}", desk.effects);
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "no", "what follows B is its line");
    desk.keys("<Esc>J");
    let before = desk.state.update(Event::Key(Key::char('J')), now());
    assert!(!before.is_empty());
    desk.state.update(Event::Key(Key::char('q')), now());
    desk.event(Event::Failed("the disk is full".to_owned()));
    assert_eq!(desk.open(), None, "where nothing can be read, keys go on");
}

#[test]
fn what_arrives_waits_and_moves_nothing() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("j");
    desk.headlines.insert(0, headline(9, "خبر وصل الآن"));
    desk.event(Event::LibraryChanged);
    assert_eq!(desk.state.list.arrived, 1);
    assert_eq!(desk.state.list.current(), Some(ArticleId(2)));
    desk.keys("gi");
    assert_eq!(desk.state.list.ids.len(), 4);
}

#[test]
fn what_another_process_marks_is_shown_where_it_stands() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("j");
    desk.effects.clear();
    desk.event(Event::LibraryChanged);
    let asked =
        desk.effects.iter().any(|effect| matches!(effect, Effect::LoadHeadlines(ids) if ids.len() == 3));
    assert!(asked, "{:?}", desk.effects);
    let mut done = headline(1, "خبر رقم 1");
    done.marks = crate::article::Verb::Done.apply(&done.marks);
    desk.event(Event::Headlines(vec![done]));
    assert!(desk.marks(1).done);
    assert_eq!((desk.state.list.cursor, desk.state.list.ids.len()), (1, 3));
}

#[test]
fn a_resize_keeps_the_cursor_on_the_screen() {
    let mut desk = Desk::new(80, 40, 50);
    desk.keys("30j");
    for size in [(80, 10), (40, 10), (140, 40), (10, 3), (80, 24)] {
        desk.event(Event::Resize(size.0, size.1));
        assert_eq!(desk.state.list.cursor, 30);
        if let Some(area) = desk.state.panes.list.filter(|area| area.rows > 0) {
            let rows = desk.state.list.top..desk.state.list.top + usize::from(area.rows);
            assert!(rows.contains(&30), "{size:?}: {rows:?}");
        }
    }
}

#[test]
fn help_scrolls_and_closes() {
    let mut desk = Desk::new(80, 12, 3);
    desk.keys("?");
    assert_eq!(desk.state.screen, Screen::Help(0));
    desk.keys("3j");
    assert_eq!(desk.state.screen, Screen::Help(3));
    let effects = desk.keys("q");
    assert_eq!((desk.state.screen, effects.contains(&Effect::Quit)), (Screen::Browse, false));
}
