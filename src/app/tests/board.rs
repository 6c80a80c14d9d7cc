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
    desk.event(Event::Paste("host:china".to_owned()));
    let query = asked(&desk.keys("<Enter>")).unwrap();
    assert!(query.filter.to_string().contains("china"));
    desk.keys("\\<C-u>");
    desk.event(Event::Paste("is:nothing".to_owned()));
    assert_eq!(asked(&desk.keys("<Enter>")), None);
    assert!(desk.message().contains("nothing"), "{}", desk.message());
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
