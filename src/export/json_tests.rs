//! Tests of what `--json` prints: names and order stay as they are here.

use super::*;
use crate::article::{Bookmark, Cell, Row};
use crate::export::fixture;

fn headline_of(marks: Marks) -> Headline {
    Headline {
        id: ArticleId(12),
        title: "الكويت \"والصين\"".into(),
        source: Some("وكالة".into()),
        published: "2026-09-01T10:20:30Z".parse().unwrap(),
        direction: Some(Direction::Rtl),
        language: Some("ar".into()),
        marks,
        facts: 4,
        words: 512,
    }
}

#[test]
fn a_headline_is_one_line_with_names_that_stay() {
    let due = Bookmark { note: Some("سؤال".into()), due: Some("2026-12-01".parse().unwrap()) };
    let marks = Marks { read: true, bookmark: Some(due), ..Marks::default() };
    assert_eq!(
        headline(&headline_of(marks)),
        r#"{"id":12,"title":"الكويت \"والصين\"","source":"وكالة","published":"2026-09-01T10:20:30Z","language":"ar","direction":"rtl","unread":false,"done":false,"archived":false,"bookmarked":true,"note":"سؤال","due":"2026-12-01","facts":4,"words":512}"#
    );
    let bare = Headline { source: None, direction: None, language: None, ..headline_of(Marks::default()) };
    assert_eq!(
        headline(&bare),
        r#"{"id":12,"title":"الكويت \"والصين\"","source":null,"published":"2026-09-01T10:20:30Z","language":null,"direction":null,"unread":true,"done":false,"archived":false,"bookmarked":false,"note":null,"due":null,"facts":4,"words":512}"#
    );
}

#[test]
fn facts_have_their_evidence_and_only_grids_are_tables() {
    let (sample, found) = fixture::article();
    let row = found[0].evidence.row;
    let expect = format!(
        r#"{{"id":3,"title":"الكويت والصين","facts":[{{"key":"الدولة المستضيفة","value":"الصين","concept":"host_country","normalized":[{{"type":"country","code":"CN"}},{{"type":"to_be_announced"}},{{"type":"date","date":"2026-12-01"}},{{"type":"quantity","number":2.5,"unit":"km"}},{{"type":"list","items":["أ"]}}],"evidence":{{"start":{},"end":{},"text":"الدولة المستضيفة الصين","sentence":"عقد الجولة\nفي الكويت."}},"method":"flattened","confidence":0.75}}],"tables":[{{"header":["المدينة","الصغرى","العظمى"],"rows":[["القاهرة","23","32"]]}}]}}"#,
        row.start, row.end
    );
    assert_eq!(facts(Subject::Stored(ArticleId(3)), &sample, &found), expect);
    let by_path = facts(Subject::Path("a.txt"), &Article::default(), &[]);
    assert_eq!(by_path, r#"{"path":"a.txt","title":"","facts":[],"tables":[]}"#);
}

#[test]
fn an_article_has_its_text_and_the_places_of_its_blocks() {
    let (sample, found) = fixture::article();
    let json = article(Subject::Stored(ArticleId(3)), &sample, &found, Some(&Marks::default()));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["text"], sample.text.as_str());
    assert_eq!(value["unread"], true);
    let kinds: Vec<&str> =
        value["blocks"].as_array().unwrap().iter().map(|block| block["kind"].as_str().unwrap()).collect();
    let expect =
        ["heading", "paragraph", "item", "item", "quote", "code", "table", "table", "rule", "caption"];
    assert_eq!(kinds, expect);
    assert_eq!(value["blocks"][0]["level"], 2);
    assert_eq!((&value["blocks"][3]["depth"], &value["blocks"][3]["number"]), (&1.into(), &2.into()));
    assert_eq!(value["tables"][0]["kind"], "key_value");
    assert_eq!(value["links"][0]["url"], "https://a.example/1");
    let unstored = article(Subject::Path("a.txt"), &sample, &found, None);
    assert!(
        unstored.starts_with(r#"{"path":"a.txt","title":"#) && !unstored.contains("unread"),
        "{unstored}"
    );
}

#[test]
fn controls_are_escapes_and_read_the_same() {
    let title = "a\u{1b}[31m\u{202E}\u{9b}\u{7f}\u{2028}\nb";
    let json = headline(&Headline { title: title.into(), ..headline_of(Marks::default()) });
    assert!(!json.chars().any(|letter| is_harmful(letter) || letter == '\n'), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["title"], title);
}

#[test]
fn spanning_cells_keep_columns_columns() {
    let text = "abcdef";
    let cell = |at: usize, columns, rows| Cell { span: Span::new(at, at + 1), header: false, columns, rows };
    let row = |cells| Row { span: Span::default(), cells };
    let table = |rows| Table { kind: TableKind::Grid, form: TableForm::Html, rows };
    for (rows, expect) in [
        (
            vec![row(vec![cell(0, 2, 1), cell(1, 1, 2)]), row(vec![cell(2, 1, 1), cell(3, 1, 1)])],
            vec![vec!["a", "a", "b"], vec!["c", "d", "b"]],
        ),
        (
            vec![row(vec![cell(0, 1, 3), cell(1, 1, 1)]), row(vec![cell(2, 1, 1)]), row(vec![])],
            vec![vec!["a", "b"], vec!["a", "c"], vec!["a"]],
        ),
        (vec![row(vec![cell(0, 1, 1), cell(1, 1, 2)]), row(vec![])], vec![vec!["a", "b"], vec!["", "b"]]),
        (vec![row(vec![cell(0, 0, 0)])], vec![vec!["a"]]),
    ] {
        assert_eq!(TableOut::of(&table(rows), text).rows, expect);
    }
    let wide = TableOut::of(&table(vec![row(vec![cell(0, usize::MAX, usize::MAX)]), row(vec![])]), text);
    assert_eq!(wide.rows.iter().map(Vec::len).collect::<Vec<_>>(), [MOST_COLUMNS, MOST_COLUMNS]);
}
