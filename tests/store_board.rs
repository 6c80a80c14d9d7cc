//! The Board: which rows, which columns, in which order; what is filtered and what was corrected.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod store_support;

use khabar::article::*;
use khabar::query::*;
use khabar::store::*;
use store_support::*;

type Given<'a> = (&'a str, &'a str, Option<&'a str>, Vec<Normalized>);

fn host(value: &str) -> Given<'_> {
    ("الدولة المستضيفة", value, Some("host_country"), vec![Normalized::Country("XX".into())])
}

fn on<'a>(key: &'a str, value: &'a str, day: &str) -> Given<'a> {
    (key, value, Some("date"), vec![Normalized::Date(day.parse().unwrap())])
}

/// A library of articles 1, 2, 3 …, the first the newest, each with these facts.
fn library(articles: &[&[Given<'_>]]) -> Store {
    let article = |(number, facts): (usize, &&[Given<'_>])| {
        let text = format!("خبر {number}");
        let mut incoming = dated(&number.to_string(), &text, -(number as i64));
        let fact = |(key, value, concept, normalized): &Given<'_>| {
            fact(&text, key, value, *concept, normalized.clone())
        };
        incoming.facts = facts.iter().map(fact).collect();
        incoming
    };
    let mut store = Store::open_in_memory().unwrap();
    store.upsert_all(&articles.iter().enumerate().map(article).collect::<Vec<_>>()).unwrap();
    store
}

fn five() -> Store {
    library(&[
        &[
            host("الكويت"),
            on("التاريخ", "2 ديسمبر", "2026-12-02"),
            ("عدد الوفود", "20", None, vec![number(20.0)]),
        ],
        &[],
        &[host("أستراليا"), on("Date", "11 January 2027", "2027-01-11")],
        &[
            ("الموعد", "موعد لاحق", Some("date"), vec![Normalized::ToBeAnnounced]),
            ("عَدد الوفود", "9", None, vec![number(9.0)]),
        ],
        &[on("التاريخ", "1 ديسمبر", "2026-12-01"), on("التاريخ", "5 ديسمبر", "2026-12-05"), host("البحرين")],
    ])
}

fn number(number: f64) -> Normalized {
    Normalized::Quantity { number, unit: String::new() }
}

fn column(name: &str) -> BoardColumn {
    BoardColumn::of_name(name)
}

fn by(name: &str, descending: bool) -> BoardQuery {
    BoardQuery {
        view: View::All,
        order: BoardOrder::Column { column: column(name), descending },
        ..BoardQuery::default()
    }
}

fn order(store: &Store, board: &BoardQuery) -> Vec<i64> {
    store.board_articles(board, time(0)).unwrap().iter().map(|id| id.0).collect()
}

#[test]
fn rows_are_articles_with_facts_and_cells_what_they_say() {
    let store = five();
    let board = BoardQuery { view: View::All, ..BoardQuery::default() };
    let columns = [column("host"), column("date"), column("عدد الوفود")];
    let shown = store.board(&board, &columns, 0..10, time(0)).unwrap();
    let rows: Vec<(i64, Vec<String>)> = shown
        .rows
        .iter()
        .map(|row| (row.headline.id.0, row.cells.iter().map(BoardCell::text).collect()))
        .collect();
    let expect = [
        (1, ["الكويت", "2 ديسمبر", "20"]),
        (3, ["أستراليا", "11 January 2027", ""]),
        (4, ["", "موعد لاحق", "9"]),
        (5, ["البحرين", "1 ديسمبر · 5 ديسمبر", ""]),
    ];
    assert_eq!(rows, expect.map(|(id, cells)| (id, cells.map(str::to_owned).to_vec())));
    assert_eq!(shown.total, 4);
    let window = store.board(&board, &columns, 1..2, time(0)).unwrap();
    assert_eq!((&window.rows[..], window.total), (&shown.rows[1..2], 4));
    let reversed = std::ops::Range { start: 3, end: 1 };
    for range in [4..9, 9..12, reversed] {
        assert_eq!(store.board(&board, &columns, range, time(0)).unwrap().rows, []);
    }
}

#[test]
fn a_column_orders_by_meaning_and_what_has_none_comes_last() {
    let store = five();
    for (name, descending, expect) in [
        ("date", false, [5, 1, 3, 4]),
        ("date", true, [4, 3, 1, 5]),
        ("host", false, [3, 5, 1, 4]),
        ("host", true, [1, 5, 3, 4]),
        ("عدد الوفود", false, [4, 1, 3, 5]),
        ("عدد الوفود", true, [1, 4, 3, 5]),
        ("لا أحد", true, [1, 3, 4, 5]),
    ] {
        assert_eq!(order(&store, &by(name, descending)), expect, "{name} {descending}");
    }
}

#[test]
fn views_and_filters_choose_the_rows() {
    let mut store = five();
    store.apply(&Verb::Done, &[ArticleId(5)], &context(1)).unwrap();
    let filtered =
        |filter: &str| BoardQuery { view: View::Inbox, filter: parse(filter).unwrap(), ..by("date", false) };
    for (filter, expect) in [
        ("", &[1, 3, 4][..]),
        ("date:>2026-12-31", &[3]),
        ("-host:كويت", &[3, 4]),
        ("fact:\"عدد الوفود\"<15", &[4]),
    ] {
        assert_eq!(order(&store, &filtered(filter)), expect, "{filter}");
    }
    let query =
        BoardQuery { view: View::Query(parse("in:all date:<2026-12-03").unwrap()), ..by("date", true) };
    assert_eq!(order(&store, &query), [1, 5]);
}

#[test]
fn corrected_facts_stand_on_the_board() {
    let mut store = five();
    let fact = FactRef::of(&store.article(ArticleId(4)).unwrap().unwrap().facts[0]);
    let day = Normalized::Date("2025-01-01".parse().unwrap());
    let understand =
        |_: &str, _: &str| Meaning { concept: Some("date".into()), normalized: vec![day.clone()] };
    let edit = Correction::Edit { fact, key: "الموعد".into(), value: "2025-01-01".into() };
    store.correct(ArticleId(4), &edit, &understand, &context(1)).unwrap();
    assert_eq!(order(&store, &by("date", false)), [4, 5, 1, 3]);
    let hide = Correction::Hide(FactRef::of(&store.article(ArticleId(3)).unwrap().unwrap().facts[1]));
    store.correct(ArticleId(3), &hide, &understand, &context(1)).unwrap();
    assert_eq!(order(&store, &by("date", false)), [4, 5, 1, 3]);
    let rows = store.board_rows(&[ArticleId(3), ArticleId(99), ArticleId(4)], &[column("date")]).unwrap();
    assert_eq!(rows.iter().map(|row| row.cells[0].text()).collect::<Vec<_>>(), ["", "2025-01-01"]);
}

#[test]
fn a_view_offers_its_most_common_columns() {
    let store = five();
    let offered = |view: &View, most| -> Vec<(String, String, usize)> {
        let columns = store.board_columns(view, time(0), most).unwrap();
        columns.into_iter().map(|one| (one.column.to_string(), one.label, one.facts)).collect()
    };
    let all = offered(&View::All, 9);
    let expect =
        [("date", "التاريخ", 5), ("host_country", "الدولة المستضيفة", 3), ("عدد الوفود", "عدد الوفود", 2)];
    assert_eq!(all, expect.map(|(column, label, facts)| (column.to_owned(), label.to_owned(), facts)));
    assert_eq!(offered(&View::All, 1), all[..1]);
    assert_eq!(offered(&View::Bookmarks, 9), []);
}

#[test]
fn a_view_of_many_articles_counts_and_orders_alike() {
    let one = [host("الكويت"), on("Date", "1", "2026-12-01")];
    let two = [on("التاريخ", "2", "2026-12-02"), ("عدد", "1", None, vec![number(1.0)])];
    let articles: Vec<&[Given<'_>]> =
        (0..1_200).map(|at| if at % 3 == 0 { &one[..] } else { &two[..] }).collect();
    let store = library(&articles);
    let columns = store.board_columns(&View::All, time(0), 9).unwrap();
    let counted: Vec<(String, usize)> =
        columns.iter().map(|one| (one.column.to_string(), one.facts)).collect();
    assert_eq!(
        counted,
        [("date".to_owned(), 1_200), ("عدد".to_owned(), 800), ("host_country".to_owned(), 400)]
    );
    let sorted = order(&store, &by("date", true));
    assert_eq!((sorted.len(), &sorted[..3], sorted[800]), (1_200, &[2, 3, 5][..], 1));
}
