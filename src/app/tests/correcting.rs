//! Facts: evidence and the sentence that says the same, corrections.

use super::*;
use crate::article::{Correction, FactRef, Normalized, Verb};

fn on_facts() -> Desk {
    let mut desk = Desk::new(140, 24, 3);
    desk.keys("<Enter>l");
    assert_eq!(desk.state.focus, Focus::Facts);
    desk
}

fn correction(effects: &[Effect]) -> Option<Correction> {
    effects.iter().find_map(|effect| match effect {
        Effect::Correct { correction, .. } => Some(correction.clone()),
        _ => None,
    })
}

#[test]
fn enter_goes_to_the_row_then_to_the_sentence_and_back() {
    let mut desk = on_facts();
    let sentence = SEED.find("الدولتين").unwrap();
    let mut facts: Vec<Fact> = desk.state.reader.as_ref().unwrap().facts.to_vec();
    facts[0].evidence.sentence = Some(Span::new(sentence, sentence + 10));
    desk.event(Event::FactsLoaded(ArticleId(1), facts.into()));
    let step =
        |desk: &Desk| desk.state.reader.as_ref().unwrap().evidence.as_ref().map(|evidence| evidence.step);
    desk.keys("<Enter>");
    assert_eq!(step(&desk), Some(0));
    desk.keys("<Enter>");
    assert_eq!(step(&desk), Some(1));
    desk.keys("<Enter>");
    assert_eq!(step(&desk), None);
}

#[test]
fn a_fact_is_edited_in_a_line_that_holds_it() {
    let mut desk = on_facts();
    desk.keys("e");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "الدولة المستضيفة: الصين");
    desk.keys("<C-w>");
    desk.event(Event::Paste("جمهورية الصين".to_owned()));
    let effects = desk.keys("<Enter>");
    let Some(Correction::Edit { fact, key, value }) = correction(&effects) else { panic!("{effects:?}") };
    assert_eq!((key.as_str(), value.as_str()), ("الدولة المستضيفة", "جمهورية الصين"));
    assert_eq!(fact.value, "الصين", "the fact as it is shown");
}

#[test]
fn a_fact_is_hidden_and_the_pane_takes_what_is_left() {
    let mut desk = on_facts();
    let first = desk.state.reader.as_ref().unwrap().facts[0].clone();
    let effects = desk.keys("x");
    assert_eq!(correction(&effects), Some(Correction::Hide(FactRef::of(&first))));
    desk.event(Event::FactsLoaded(ArticleId(1), Vec::new().into()));
    assert_eq!(desk.state.focus, Focus::Reader, "no fact is left");
}

#[test]
fn a_fact_is_added_with_the_selection_as_its_evidence() {
    let mut desk = on_facts();
    desk.keys("hvh+");
    desk.event(Event::Paste("المكان: بكين".to_owned()));
    let effects = desk.keys("<Enter>");
    let Some(Correction::Add { key, value, evidence }) = correction(&effects) else { panic!("{effects:?}") };
    assert_eq!((key.as_str(), value.as_str()), ("المكان", "بكين"));
    assert_eq!(evidence.unwrap().of(SEED), "«مشاورات مثمرة»");
    desk.keys("+");
    desk.event(Event::Paste("بلا نقطتين".to_owned()));
    assert_eq!(correction(&desk.keys("<Enter>")), None);
    assert!(desk.message().contains("a colon"), "{}", desk.message());
}

#[test]
fn undo_reads_the_facts_again() {
    let mut desk = on_facts();
    let note = JournalNote {
        id: 7,
        verb: "edit_fact".to_owned(),
        count: 1,
        title: None,
        when: now(),
        view: "inbox".to_owned(),
    };
    let undone = Undone { note, changed: Vec::new(), skipped: 0, redo: false };
    desk.effects.clear();
    desk.event(Event::Undone(undone));
    assert!(desk.effects.contains(&Effect::LoadFacts(ArticleId(1))));
}

#[test]
fn a_facts_day_becomes_the_day_to_come_back() {
    let mut desk = on_facts();
    let due = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Apply { verb: Verb::Bookmark(bookmark), .. } => bookmark.due,
            _ => None,
        })
    };
    let with = |desk: &mut Desk, normalized: Vec<Normalized>| {
        let mut facts: Vec<Fact> = desk.state.reader.as_ref().unwrap().facts.to_vec();
        facts[0].normalized = normalized;
        desk.event(Event::FactsLoaded(ArticleId(1), facts.into()));
    };
    with(&mut desk, Vec::new());
    assert_eq!(due(&desk.keys("w")), None);
    let today = desk.state.zone.to_datetime(desk.state.now).date();
    let ahead = today.saturating_add(jiff::ToSpan::days(5));
    with(&mut desk, vec![Normalized::Date(ahead)]);
    assert_eq!(due(&desk.keys("w")), Some(ahead));
    with(&mut desk, vec![Normalized::ToBeAnnounced]);
    assert_eq!(due(&desk.keys("w")), Some(today.saturating_add(jiff::ToSpan::days(14))));
    with(&mut desk, vec![Normalized::Date(today.saturating_add(jiff::ToSpan::days(-5)))]);
    assert_eq!(due(&desk.keys("w")), None, "that day has passed");
}
