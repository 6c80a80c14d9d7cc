//! The Board: columns, order, filter, opening.

use super::*;
use crate::app::BoardLoaded;
use crate::article::{BoardCell, BoardRow};
use crate::query::{BoardColumn, BoardOrder, BoardQuery, OfferedColumn};

fn column(name: &str) -> OfferedColumn {
    OfferedColumn { column: BoardColumn::Concept(name.to_owned()), label: name.to_owned(), facts: 3 }
}

/// A Board of `many` articles with three columns.
fn board(many: i64) -> Desk {
    let mut desk = Desk::new(100, 12, many);
    let effects = desk.keys("gf");
    let query = effects.iter().find_map(|effect| match effect {
        Effect::LoadBoard(query) => Some(query.clone()),
        _ => None,
    });
    loaded(&mut desk, query.unwrap());
    desk
}

fn loaded(desk: &mut Desk, query: BoardQuery) {
    let ids = desk.headlines.iter().map(|line| line.id).collect();
    let columns = ["host_country", "next_round", "date"].map(column).to_vec();
    desk.effects.clear();
    desk.event(Event::BoardLoaded(Box::new(BoardLoaded { query, ids, columns })));
    let asked = desk.effects.iter().find_map(|effect| match effect {
        Effect::LoadBoardRows { ids, columns } => Some((ids.clone(), columns.clone())),
        _ => None,
    });
    let (ids, columns) = asked.unwrap();
    let rows = ids
        .iter()
        .map(|id| BoardRow {
            headline: desk.headlines.iter().find(|line| line.id == *id).unwrap().clone(),
            cells: vec![
                BoardCell { facts: vec![fact(SEED, "الدولة المستضيفة", "الصين")] };
                columns.len()
            ],
        })
        .collect();
    desk.event(Event::BoardRows { columns, rows });
}

fn asked(effects: &[Effect]) -> Option<BoardQuery> {
    effects.iter().find_map(|effect| match effect {
        Effect::LoadBoard(query) => Some(query.clone()),
        _ => None,
    })
}

#[test]
fn it_shows_the_view_and_opens_the_article_of_a_row() {
    let mut desk = board(40);
    assert_eq!(desk.state.screen, Screen::Board);
    assert_eq!((desk.state.board.ids.len(), desk.state.board.columns.len()), (40, 3));
    desk.keys("jj<Enter>");
    assert_eq!((desk.state.screen, desk.open()), (Screen::Browse, Some(3)));
}

#[test]
fn a_column_sorts_up_then_down_then_as_the_list_has_it() {
    let mut desk = board(5);
    desk.keys("l");
    for descending in [Some(false), Some(true), None] {
        let query = asked(&desk.keys("s")).unwrap();
        let own = BoardColumn::Concept("next_round".to_owned());
        match descending {
            Some(descending) => assert_eq!(query.order, BoardOrder::Column { column: own, descending }),
            None => assert!(matches!(query.order, BoardOrder::View(_))),
        }
        loaded(&mut desk, query);
    }
}

#[test]
fn columns_are_hidden_and_added_by_name() {
    let mut desk = board(5);
    desk.keys("x");
    let names =
        |desk: &Desk| desk.state.board.columns.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
    assert_eq!(names(&desk), ["next_round", "date"]);
    desk.keys("+");
    assert!(desk.message().contains("host_country"), "{}", desk.message());
    desk.event(Event::Paste("host_country".to_owned()));
    desk.keys("<Enter>");
    assert_eq!(names(&desk), ["next_round", "date", "host_country"]);
    desk.keys("xxxxx");
    assert_eq!(names(&desk).len(), 1, "one stays");
}

#[test]
fn a_filter_narrows_it_and_an_error_says_where() {
    let mut desk = board(5);
    desk.keys("\\");
    desk.effects.clear();
    desk.event(Event::Paste("host:china".to_owned()));
    let query = asked(&desk.effects).unwrap();
    assert!(query.filter.to_string().contains("china"));
    assert_eq!(asked(&desk.keys("<Enter>")), None, "it is there already");
    desk.keys("\\<C-u>");
    desk.event(Event::Paste("is:nothing".to_owned()));
    assert_eq!(asked(&desk.keys("<Enter>")), None);
    assert!(desk.state.prompt_hint().contains("nothing"), "{}", desk.state.prompt_hint());
}

#[test]
fn the_keys_follow_a_mirrored_screen_and_the_cursor_stays_on_it() {
    let mut desk = board(60);
    desk.state.direction = crate::text::Direction::Rtl;
    desk.keys("h");
    assert_eq!(desk.state.board.column, 1, "the next column is on the left");
    desk.keys("G");
    let board = &desk.state.board;
    assert!(board.cursor == 59 && board.top > 40 && board.top <= board.cursor);
    desk.keys("q");
    assert_eq!(desk.state.screen, Screen::Browse);
}

#[test]
fn two_columns_stand_in_the_list_too_and_a_third_takes_the_firsts_place() {
    let mut desk = board(3);
    let pinned = |desk: &Desk| -> Vec<String> {
        desk.state.pins.columns.iter().map(|one| one.label.clone()).collect()
    };
    desk.keys("p");
    let asked = desk.effects.iter().find_map(|effect| match effect {
        Effect::LoadBoardRows { ids, columns } => Some((ids.clone(), columns.clone())),
        _ => None,
    });
    let (ids, columns) = asked.unwrap();
    assert_eq!((ids.len(), columns.len()), (3, 1));
    let rows = desk.headlines.iter().map(|headline| BoardRow {
        headline: headline.clone(),
        cells: vec![BoardCell { facts: vec![fact(SEED, "الدولة المستضيفة", "الصين")] }],
    });
    let rows = rows.collect();
    desk.event(Event::BoardRows { columns, rows });
    assert_eq!(desk.state.pins.cells(ArticleId(1)), ["الصين"]);
    desk.effects.clear();
    desk.keys("q");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::LoadBoardRows { .. })), "asked once");
    desk.keys("gf");
    let query = asked_query(&desk);
    loaded(&mut desk, query);
    desk.keys("lplp");
    assert_eq!(pinned(&desk), ["next_round", "date"]);
    desk.keys("p");
    assert_eq!(pinned(&desk), ["next_round"]);
}

fn asked_query(desk: &Desk) -> BoardQuery {
    desk.state.board.query.clone()
}

/// The titles' marks as the Board shows them.
fn row_marks(desk: &Desk, id: i64) -> crate::article::Marks {
    desk.state.board.rows[&ArticleId(id)].headline.marks.clone()
}

fn applied(effects: &[Effect]) -> Vec<(crate::article::Verb, Vec<i64>)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Apply { verb, ids, .. } => Some((verb.clone(), ids.iter().map(|id| id.0).collect())),
            _ => None,
        })
        .collect()
}

#[test]
fn verbs_act_on_its_rows_as_in_the_list() {
    use crate::article::Verb;
    let mut desk = board(40);
    // One row, a count, and on to the next; the list knows it too.
    assert_eq!(applied(&desk.keys("jd")), [(Verb::Done, vec![2])]);
    assert_eq!(desk.state.board.cursor, 2);
    assert!(row_marks(&desk, 2).done && desk.marks(2).done);
    assert_eq!(applied(&desk.keys("3a")), [(Verb::Archive, vec![3, 4, 5])]);
    assert_eq!(desk.state.board.cursor, 5);
    assert_eq!(applied(&desk.keys(".")), [(Verb::Archive, vec![6, 7, 8])]);
    assert_eq!(applied(&desk.keys("m")), [(Verb::Read, vec![9])]);
    assert_eq!(desk.state.board.cursor, 8, "m stays");
    assert!(matches!(applied(&desk.keys("b")).as_slice(), [(Verb::Bookmark(_), ids)] if *ids == [9]));
    // Picked rows, one by one and as a range.
    desk.keys("ggvjvV");
    assert_eq!(desk.message(), "3 picked: d b a t … act on them · Esc drops them");
    desk.keys("j");
    assert_eq!(desk.message(), "4 picked: d b a t … act on them · Esc drops them");
    assert_eq!(applied(&desk.keys("d")), [(Verb::Done, vec![1, 3, 4, 5])]);
    desk.keys("v<Esc>");
    assert_eq!((desk.message(), desk.state.screen), ("nothing is picked", Screen::Board));
    // Tags and notes by their prompts.
    let tags = desk.keys("ggtالكويت<Enter>");
    assert!(matches!(applied(&tags).as_slice(), [(Verb::Tag { .. }, ids)] if *ids == [1]));
    assert_eq!(applied(&desk.keys("jT")).first().map(|(_, ids)| ids.clone()), Some(vec![2]));
    let note = applied(&desk.keys("Bاتصل<Enter>غداً<Enter>"));
    assert!(matches!(note.as_slice(), [(Verb::Bookmark(own), ids)] if *ids == [2] && own.due.is_some()));
    // All above, all of it.
    assert_eq!(applied(&desk.keys("11GD")).first().map(|(_, ids)| ids.clone()), Some(vec![9, 10, 11]));
    assert_eq!(applied(&desk.keys("A")).first().map(|(_, ids)| ids.len()), Some(29));
    assert!(desk.keys("u").iter().any(|effect| matches!(effect, Effect::Undo { redo: false, .. })));
    assert!(desk.keys("Xs").iter().any(|effect| matches!(effect, Effect::Mute { .. })));
}

#[test]
fn the_reader_goes_back_to_it() {
    let mut desk = board(40);
    desk.keys("jj<Enter>");
    assert_eq!((desk.state.screen, desk.open()), (Screen::Browse, Some(3)));
    desk.keys("q");
    assert_eq!((desk.state.screen, desk.open(), desk.state.board.cursor), (Screen::Board, None, 2));
    desk.keys("q<Enter>q");
    assert_eq!(desk.state.screen, Screen::Browse, "what the list opened goes back to the list");
}

#[test]
fn an_undo_on_the_board_goes_to_its_row_and_wants_no_third_press() {
    let mut desk = board(40);
    desk.keys("djj");
    let note = JournalNote {
        id: 7,
        verb: "done".to_owned(),
        count: 1,
        title: Some("خبر".to_owned()),
        when: now(),
        view: "inbox".to_owned(),
    };
    desk.event(Event::ConfirmUndo { note: note.clone(), redo: false });
    let again = desk.keys("u");
    assert!(
        again.iter().any(|effect| matches!(effect, Effect::Undo { confirmed: Some(7), .. })),
        "{again:?}"
    );
    let changed = vec![(ArticleId(1), crate::article::Marks::default())];
    desk.event(Event::Undone(Undone { note, changed, skipped: 0, redo: false }));
    assert_eq!((desk.state.board.cursor, row_marks(&desk, 1).done), (0, false));
}

#[test]
fn it_goes_to_a_file_as_it_stands() {
    let mut desk = board(5);
    let sorted = asked(&desk.keys("s")).unwrap();
    loaded(&mut desk, sorted);
    desk.keys("x");
    desk.keys("wboard.txt<Enter>");
    assert_eq!(desk.state.prompt_hint(), "its name ends in .csv or .json");
    let effects = desk.keys("<C-u>out/board.json<Enter>");
    let written = effects.iter().find_map(|effect| match effect {
        Effect::ExportBoard { file, ids, columns } => Some((file.as_str(), ids.clone(), columns.len())),
        _ => None,
    });
    assert_eq!(written, Some(("out/board.json", desk.state.board.ids.clone(), 2)));
}

#[test]
fn a_filter_is_followed_letter_by_letter_and_esc_ends_it() {
    let mut desk = board(5);
    let whole = desk.state.board.query.clone();
    desk.keys("\\");
    let typed = desk.keys("ق");
    assert_eq!(asked(&typed).unwrap().filter.to_string(), "ق*", "the word may go on");
    assert_eq!(asked(&desk.keys("م")).unwrap().filter.to_string(), "قم*");
    assert_eq!(asked(&desk.keys("<Esc>")), Some(whole.clone()), "left, it was none");
    desk.keys("\\lang:ar<Enter>");
    assert_eq!(desk.state.board.query.filter.to_string(), "lang:ar");
    assert_eq!(asked(&desk.keys("<Esc>")), Some(whole));
    assert_eq!(desk.state.screen, Screen::Board);
    desk.keys("<Esc>");
    assert_eq!(desk.state.screen, Screen::Browse);
}
