//! Laws of layout, on the sample data at many widths: rows fit, every byte of every block is shown, places survive.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::path::Path;
use std::sync::Arc;

use khabar::article::{Article, BlockKind};
use khabar::extract::extract;
use khabar::ingest::{Limits, read_path};
use khabar::layout::{Flow, Measure, Place};
use khabar::text::{Direction, Harakat};

fn articles() -> Vec<Arc<Article>> {
    let mut articles = Vec::new();
    read_path(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"),
        &Limits::default(),
        &mut |incoming| {
            let incoming = incoming.unwrap();
            articles.push(Arc::new(extract(&incoming.entry, &incoming.body).article));
        },
    );
    articles
}

fn measure(columns: usize) -> Measure {
    Measure { columns, harakat: Harakat::Shown, direction: None, fallback: Direction::Ltr, sideways: None }
}

fn flow(article: &Arc<Article>, columns: usize) -> Flow {
    Flow::new(Arc::clone(article), vec!["المصدر".to_owned(), "3 min".to_owned()], measure(columns))
}

#[test]
fn rows_fit_and_show_every_block() {
    for article in articles() {
        for columns in [20, 33, 54, 72, 120] {
            let rows = flow(&article, columns).window(Place::default(), 100_000);
            let mut shown = vec![false; article.text.len()];
            for row in &rows {
                for part in &row.parts {
                    let end = part.start + part.line.width();
                    assert!(end <= columns, "{end} of {columns} columns: {}", part.line.to_visual_string());
                    for at in part.source().into_iter().flatten() {
                        shown[at] = true;
                    }
                }
            }
            for block in &article.blocks {
                let missing = block.span.range().find(|at| {
                    let is_space = article.text.as_bytes()[*at].is_ascii_whitespace();
                    !shown[*at] && !is_space && block.kind != BlockKind::Rule
                });
                // Between the cells of a table stands what parted them.
                let is_table = matches!(block.kind, BlockKind::Table(_));
                assert!(
                    missing.is_none() || is_table,
                    "byte {missing:?} of {:?}",
                    block.span.of(&article.text)
                );
            }
        }
    }
}

#[test]
fn stepping_is_a_walk_through_the_window() {
    let article = articles().remove(0);
    let mut flow = flow(&article, 54);
    let all = flow.window(Place::default(), 100_000);
    let mut place = flow.first();
    for row in &all {
        assert_eq!(&flow.window(place, 1)[0], row);
        place = flow.step(place, 1);
    }
    assert_eq!(place, flow.last(), "it stops at the end");
    for _ in 0..all.len() + 3 {
        place = flow.step(place, -1);
    }
    assert_eq!(place, flow.first(), "and at the start");
    let many = isize::try_from(all.len()).unwrap();
    let first = flow.first();
    assert_eq!(flow.step(first, many - 1), flow.last());
}

#[test]
fn a_place_is_found_again_at_any_width() {
    for article in articles() {
        for block in &article.blocks {
            let offset = block.span.start;
            for columns in [20, 54, 100] {
                let mut flow = flow(&article, columns);
                let place = flow.place_of(offset);
                let row = flow.window(place, 1).remove(0);
                if let Some(source) = row.source() {
                    // A row of a table may begin with a bar that is not shown.
                    let near = source.end > offset && source.start <= offset + 2;
                    assert!(near, "{offset} is not in {source:?}");
                }
            }
        }
    }
}

#[test]
fn the_last_window_is_full() {
    for article in articles() {
        let mut flow = flow(&article, 60);
        let all = flow.window(Place::default(), 100_000).len();
        let top = flow.last_top(20);
        assert_eq!(flow.window(top, 20).len(), all.min(20));
        let last = flow.last();
        assert_eq!(flow.percent(last), 100);
    }
}

#[test]
fn right_to_left_tables_begin_on_the_right() {
    let league = articles().into_iter().find(|article| article.title_text().contains("دوري الساحل")).unwrap();
    let mut flow = flow(&league, 72);
    let rows = flow.window(Place::default(), 1000);
    let header = rows.iter().find(|row| row.parts.len() == 5).unwrap();
    assert_eq!(header.direction, Direction::Rtl);
    let texts: Vec<String> = header
        .parts
        .iter()
        .map(|part| part.source().map(|own| league.text.get(own).unwrap().to_owned()).unwrap())
        .collect();
    assert_eq!(texts, ["المركز", "الفريق", "لعب", "فارق الأهداف", "النقاط"]);
    assert!(header.parts.is_sorted_by_key(|part| part.start));
}

#[test]
fn each_row_in_a_quotation_has_its_mark() {
    use khabar::article::{Body, BodyHash, Entry, Format};
    let html = "<p>قبل.</p><blockquote><p>قال:</p><ul><li>البند الأول طويل بما يكفي لكي يُكسر على أكثر من سطر واحد</li>\
                <li>والثاني</li></ul></blockquote><p>بعد.</p>";
    let body = Body { bytes: html.into(), format: Format::Html, hash: BodyHash(String::new()) };
    let article = Arc::new(extract(&Entry::default(), &body).article);
    let quoted = article.quoted[0].start..article.quoted[1].end;
    let mut flow = Flow::new(Arc::clone(&article), Vec::new(), measure(30));
    let rows = flow.window(Place::default(), usize::MAX);
    let inside: Vec<_> =
        rows.iter().filter(|row| row.source().is_some_and(|own| quoted.contains(&own.start))).collect();
    assert!(inside.len() >= 4, "{inside:?}");
    for row in inside {
        assert_eq!((row.parts[0].start, row.parts[0].line.width(), row.parts[0].origin), (0, 1, None));
        assert!(row.parts.iter().skip(1).all(|part| part.start >= 2 && part.start + part.line.width() <= 30));
    }
}
