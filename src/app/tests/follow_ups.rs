//! Follow-ups: notes and days, snoozing, and what is done on their screen.

use jiff::civil::Date;

use super::*;
use crate::article::{Bookmark, Verb};
use crate::query::Sort;

fn verbs(effects: &[Effect]) -> Vec<(Verb, Vec<i64>)> {
    let verb = |effect: &Effect| match effect {
        Effect::Apply { verb, ids, .. } => {
            Some((verb.clone(), ids.iter().map(|id| id.0).collect::<Vec<_>>()))
        }
        _ => None,
    };
    effects.iter().filter_map(verb).collect()
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn typed(desk: &mut Desk, line: &str) -> Vec<Effect> {
    desk.event(Event::Paste(line.to_owned()));
    desk.keys("<Enter>")
}

#[test]
fn a_note_and_a_day_are_one_change() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("B");
    assert_eq!(verbs(&typed(&mut desk, "اتصل بالسفارة")), [], "the day is asked for first");
    let effects = typed(&mut desk, "غداً");
    let bookmark = Bookmark { note: Some("اتصل بالسفارة".to_owned()), due: day("2026-11-25") };
    assert_eq!(verbs(&effects), [(Verb::Bookmark(bookmark), vec![1])]);
    assert_eq!(desk.message(), "bookmarked for Wed 2026-11-25 · u undoes");
    assert_eq!(desk.state.list.cursor, 1, "in the list on to the next");
}

#[test]
fn a_day_that_cannot_be_read_stays_to_be_corrected_and_leaving_keeps_the_note() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("B");
    typed(&mut desk, "note");
    assert_eq!(verbs(&typed(&mut desk, "someday")), []);
    assert!(desk.message().contains("someday"), "{}", desk.message());
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "someday");
    let effects = desk.keys("<Esc>");
    let bookmark = Bookmark { note: Some("note".to_owned()), due: None };
    assert_eq!(verbs(&effects), [(Verb::Bookmark(bookmark), vec![1])]);
    desk.keys("@");
    assert_eq!(verbs(&desk.keys("<Esc>")), [], "without a note there is nothing to keep");
}

#[test]
fn the_prompt_says_which_day_is_meant() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("@");
    assert!(desk.state.prompt_hint().contains("tomorrow"));
    for (line, hint) in [("+3d", "Fri 2026-11-27"), ("الاثنين", "Mon 2026-11-30"), ("قريبا", "?")]
    {
        desk.keys("<C-u>");
        desk.event(Event::Paste(line.to_owned()));
        assert_eq!(desk.state.prompt_hint(), hint, "{line}");
    }
}

#[test]
fn a_day_alone_keeps_the_notes_of_all() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("B");
    typed(&mut desk, "first");
    desk.keys("<Enter>k2@");
    let effects = typed(&mut desk, "2026-12-01");
    assert_eq!(verbs(&effects), [(Verb::Due(day("2026-12-01")), vec![1, 2])]);
    let own = |desk: &Desk, id| desk.marks(id).bookmark.unwrap();
    assert_eq!(own(&desk, 1), Bookmark { note: Some("first".to_owned()), due: day("2026-12-01") });
    assert_eq!(own(&desk, 2), Bookmark { note: None, due: day("2026-12-01") });
}

#[test]
fn snoozing_is_one_key_from_today_or_from_its_day_on() {
    let mut desk = Desk::new(80, 24, 4);
    assert_eq!(verbs(&desk.keys("s")), [(Verb::Due(day("2026-11-25")), vec![1])]);
    assert_eq!(verbs(&desk.keys("3s")), [(Verb::Due(day("2026-11-27")), vec![2])]);
    assert_eq!(verbs(&desk.keys("ks")), [(Verb::Due(day("2026-11-28")), vec![2])]);
    assert_eq!(desk.message(), "to come back on Sat 2026-11-28 · u undoes");
}

#[test]
fn follow_ups_stand_by_their_day_and_d_is_done_with_them() {
    let mut desk = Desk::new(80, 24, 4);
    desk.keys("b");
    let effects = desk.keys("gb");
    let asked = |effects: &[Effect], sort| {
        effects.iter().any(|effect| matches!(effect, Effect::LoadView { sort: own, .. } if *own == sort))
    };
    assert!(asked(&effects, Sort::Due), "{effects:?}");
    assert_eq!(verbs(&desk.keys("d")), [(Verb::FollowedUp, vec![1])]);
    assert!(desk.marks(1).done && desk.marks(1).bookmark.is_none());
    let effects = desk.keys("S");
    assert!(asked(&effects, Sort::Newest), "{effects:?}");
    assert_eq!(desk.message(), "by date");
}

#[test]
fn a_follow_up_is_dealt_with_when_it_is_none_any_more() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("gb");
    desk.keys("Bnote<Enter><Enter>");
    desk.keys("a");
    assert_eq!(desk.state.list.many_dealt(), 0, "the second never was one");
    desk.keys("ggd");
    assert_eq!(desk.state.list.many_dealt(), 1);
    let mut inbox = Desk::new(80, 24, 3);
    inbox.keys("dk");
    inbox.keys("tpress<Enter>");
    assert_eq!(inbox.state.list.many_dealt(), 1, "what was done before is not done again by a tag");
}

#[test]
fn words_that_are_selected_are_quoted_in_the_note() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("Bcall them<Enter><Enter>");
    desk.keys("gg<Enter>v");
    let first = SEED.split_whitespace().next().unwrap();
    desk.keys("B");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), format!("call them «{first}»"));
    assert!(desk.state.selection.is_none());
    desk.keys("<Esc>B");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "call them", "once");
}
