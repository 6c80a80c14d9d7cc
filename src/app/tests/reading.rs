//! Reading: pages, the end, facts and evidence, search, direction, measure, the position kept.

use super::*;
use crate::article::{Anchor, Verb};
use crate::text::Direction;

fn opened(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::new(columns, rows, 3);
    desk.keys("<Enter>");
    desk
}

fn top_offset(desk: &mut Desk) -> usize {
    let reader = desk.state.reader.as_mut().unwrap();
    reader.flow.offset_at(reader.top)
}

#[test]
fn space_pages_says_the_end_and_then_opens_the_next_unread() {
    let mut desk = opened(80, 24);
    let mut pages = 0;
    while desk.message().is_empty() {
        desk.keys("<Space>");
        pages += 1;
        assert!(pages < 40);
    }
    assert_eq!(desk.message(), "end of the article · Space opens the next unread");
    assert_eq!(desk.open(), Some(1));
    assert_eq!(desk.state.reader.as_ref().unwrap().percent, 100);
    desk.keys("<Space>");
    assert_eq!(desk.open(), Some(2));
}

#[test]
fn a_page_up_after_the_end_forgets_it() {
    let mut desk = opened(80, 24);
    desk.keys("G<Space>-<Space><Space>");
    assert_eq!(desk.open(), Some(1));
}

#[test]
fn lines_and_ends() {
    let mut desk = opened(80, 24);
    desk.keys("5j2k");
    assert_eq!(desk.state.reader.as_ref().unwrap().window.len(), 22);
    desk.keys("gg");
    assert_eq!(top_offset(&mut desk), 0);
    desk.keys("G");
    assert!(desk.state.reader.as_ref().unwrap().at_end);
    desk.keys("j");
    assert_eq!(desk.message(), "end of the article");
}

#[test]
fn the_place_is_kept_over_resizes_and_saved() {
    let mut desk = opened(80, 24);
    desk.keys("<Space>");
    let before = top_offset(&mut desk);
    for size in [(40, 10), (140, 40), (80, 24)] {
        desk.event(Event::Resize(size.0, size.1));
    }
    let after = top_offset(&mut desk);
    assert!(after.abs_diff(before) < 400, "{before} → {after}");
    desk.effects.clear();
    let timer = desk.state.timer;
    desk.event(Event::Timer(Timer::Position(timer)));
    let saved = desk.effects.iter().find_map(|effect| match effect {
        Effect::SavePosition(id, anchor) => Some((id.0, anchor.clone())),
        _ => None,
    });
    let (id, anchor) = saved.unwrap();
    assert_eq!(id, 1);
    assert_eq!(anchor, Anchor::at(SEED, after));
}

#[test]
fn an_article_opens_where_it_was_left() {
    let mut desk = Desk::new(80, 24, 1);
    let offset = SEED.find("محاور اللقاءات").unwrap();
    let loaded = Loaded {
        article: Arc::new(article(SEED)),
        facts: Vec::new().into(),
        headline: headline(1, "خبر"),
        position: Some(Anchor::at(SEED, offset)),
        changed: None,
    };
    desk.state.wanted = Some(ArticleId(1));
    desk.state.open = true;
    desk.event(Event::ArticleLoaded(ArticleId(1), Some(Box::new(loaded))));
    assert_eq!(top_offset(&mut desk), offset);
}

#[test]
fn enter_on_a_fact_goes_to_its_evidence_and_back() {
    let mut desk = opened(140, 20);
    let before = top_offset(&mut desk);
    desk.keys("lj<Enter>");
    let row = SEED.find("الدورة المقبلة الكويت").unwrap();
    let evidence = desk.state.reader.as_ref().unwrap().evidence.clone().unwrap();
    assert_eq!(evidence.places[0].start, row);
    let reader = desk.state.reader.as_mut().unwrap();
    let shown = reader.window.iter().filter_map(crate::layout::Row::source);
    assert!(shown.clone().any(|bytes| bytes.contains(&row)), "the evidence is on the screen");
    desk.keys("<Enter>");
    assert_eq!(desk.state.reader.as_ref().unwrap().evidence, None);
    assert_eq!(top_offset(&mut desk), before);
}

#[test]
fn facts_move_and_toggle() {
    let mut desk = opened(140, 20);
    desk.keys("ljjj");
    assert_eq!(desk.state.reader.as_ref().unwrap().fact, 1, "there are two");
    desk.keys("i");
    assert!(desk.state.panes.facts.is_none());
    assert_eq!(desk.state.focus, Focus::Reader);
    desk.keys("i");
    assert!(desk.state.panes.facts.is_some());
}

#[test]
fn search_lights_matches_and_n_goes_through_them_in_a_circle() {
    let mut desk = opened(80, 24);
    desk.keys("/");
    for c in "المشاريع".chars() {
        desk.event(Event::Key(Key::char(c)));
    }
    desk.event(Event::Key(Key::plain(KeyCode::Enter)));
    let search = desk.state.search.clone().unwrap();
    assert!(search.hits.len() >= 4, "{search:?}");
    assert!(search.hits.iter().all(|hit| hit.of(SEED).contains("مشاريع")), "{search:?}");
    let many = search.hits.len();
    for at in 1..=many {
        desk.keys("n");
        assert_eq!(desk.state.search.as_ref().unwrap().current, at % many);
    }
    desk.keys("N");
    assert_eq!(desk.state.search.as_ref().unwrap().current, many - 1);
    desk.keys("<Esc>");
    assert!(desk.state.search.is_none());
    assert_eq!(desk.open(), Some(1), "Esc ended the search only");
}

#[test]
fn search_folds_and_says_what_it_did_not_find() {
    let mut desk = opened(80, 24);
    let mut search = |word: &str| {
        desk.keys("/");
        desk.event(Event::Paste(word.to_owned()));
        desk.event(Event::Key(Key::plain(KeyCode::Enter)));
        desk.state.search.as_ref().map_or(0, |search| search.hits.len())
    };
    assert_eq!(search("وزارتي"), 1, "without its harakat");
    assert_eq!(search("٢٠٣٥"), 1, "digits of the other kind");
    assert_eq!(search("قنفذ"), 0);
    assert!(desk.message().starts_with("no match for"));
}

#[test]
fn direction_goes_round_and_is_journaled() {
    let mut desk = opened(80, 24);
    for expect in [Some(Direction::Rtl), Some(Direction::Ltr), None] {
        let effects = desk.keys("=");
        assert!(effects.iter().any(
            |effect| matches!(effect, Effect::Apply { verb: Verb::Direction(own), .. } if *own == expect)
        ));
        let direction = desk.state.reader.as_ref().unwrap().flow.direction();
        assert_eq!(direction, expect.unwrap_or(Direction::Rtl));
    }
}

#[test]
fn lines_become_shorter_and_longer() {
    let mut desk = opened(100, 24);
    desk.keys("i");
    assert_eq!(desk.state.text_columns(), 72);
    desk.keys("<lt>");
    assert_eq!(desk.state.text_columns(), 68);
    desk.keys(">>>>>>>>>>>>>>>>>>>>");
    assert_eq!(desk.state.text_columns(), 98, "as wide as the pane");
    desk.keys("z");
    assert!(desk.state.panes.header.is_none() && desk.state.zen);
    desk.keys("q");
    assert!(!desk.state.zen && desk.open() == Some(1), "q ends zen first");
}

#[test]
fn tags_and_the_follow_up_stand_under_the_title_as_soon_as_they_are_put_on() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("<Enter>");
    let shown = |desk: &Desk| -> String {
        let parts = desk.state.reader.as_ref().unwrap().window.iter().take(8).flat_map(|row| &row.parts);
        parts.flat_map(|part| part.line.cells().map(|cell| cell.glyph().to_owned())).collect()
    };
    desk.keys("tpress<Enter>");
    assert!(shown(&desk).contains("#press"), "{}", shown(&desk));
    desk.keys("Bcall<Enter>tomorrow<Enter>");
    assert!(shown(&desk).contains("* Wed 2026-11-25") && shown(&desk).contains("call"), "{}", shown(&desk));
    desk.keys("b");
    assert!(!shown(&desk).contains("call"), "{}", shown(&desk));
}
