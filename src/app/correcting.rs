//! The facts pane: going to a fact's evidence, and correcting facts (edited, hidden, added by hand). Each correction is
//! journaled by the library, so undo takes it back.

use std::sync::Arc;

use super::action::Action;
use super::effect::Effect;
use super::panes::Focus;
use super::prompt::{Prompt, PromptKind};
use super::reader::{Evidence, Reader};
use super::reading::reveal;
use super::state::State;
use crate::article::{
    ArticleId, Bookmark, Correction, Fact, FactRef, FollowUp, Method, Span, Verb, follow_up,
};

/// Days until a fact is looked at again whose day is to be announced.
const LOOK_AGAIN: u16 = 14;

impl State {
    /// Enter on a fact: goes to its row and marks it, with the sentences that say the same or otherwise; then to the
    /// sentence, where there is one; then back to where the reader was.
    pub(super) fn follow_evidence(&mut self) -> Vec<Effect> {
        let rows = self.panes.reader.map_or_else(|| self.size.1.saturating_sub(2), |area| area.rows);
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let Some(fact) = reader.facts.get(reader.fact) else { return Vec::new() };
        let places = places(fact);
        if places.is_empty() {
            self.say("entered by you: no place in the text says so");
            return Vec::new();
        }
        let same = reader.evidence.as_ref().filter(|evidence| evidence.places == places);
        let step = same.map_or(0, |evidence| evidence.step + 1);
        let Some(place) = places.get(step).copied() else {
            end_evidence(reader);
            return Vec::new();
        };
        if reader.evidence.is_none() {
            reader.back = Some(reader.top);
        }
        let otherwise = fact.evidence.contradiction == Some(place);
        reader.evidence = Some(Evidence { places, step, contradiction: fact.evidence.contradiction });
        reveal(reader, place.start, usize::from(rows));
        if otherwise {
            self.say("the text says otherwise here · Enter goes on");
        }
        if self.panes.reader.is_none() {
            // One pane: the evidence is in the reader, and the next Enter there comes back through the facts.
            self.open = true;
            self.say("the evidence is marked · Tab, Enter goes on");
            self.focus = Focus::Reader;
        }
        Vec::new()
    }

    /// `w` on a fact: its day becomes the day to come back to the article; where its day is to be announced, a day to look
    /// again.
    pub(super) fn follow_fact(&mut self) -> Vec<Effect> {
        let today = self.today();
        let Some(reader) = &self.reader else { return self.nothing_here() };
        let Some(fact) = reader.facts.get(reader.fact) else { return self.nothing_here() };
        let (id, offered) = (reader.id, follow_up(fact, today, LOOK_AGAIN));
        let (day, said) = match offered {
            Some(FollowUp::On(day)) => (day, "come back on"),
            Some(FollowUp::LookAgain(day)) => (day, "its day is to be announced: look again on"),
            Some(FollowUp::Passed(day)) => {
                self.say(format!("its day has passed: {}", day.strftime("%-d %B %Y")));
                return Vec::new();
            }
            None => {
                self.say("this fact names no day · B takes one that you type");
                return Vec::new();
            }
        };
        let note = self.known_marks(id).bookmark.and_then(|bookmark| bookmark.note);
        let effects = self.act(&Verb::Bookmark(Bookmark { note, due: Some(day) }), vec![id], false);
        self.say(format!("{said} {} · u undoes", day.strftime("%A, %-d %B %Y")));
        effects
    }

    /// `p` and `P`: the other columns of tables that are too wide.
    pub(super) fn scroll_tables(&mut self, on: bool) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else { return self.nothing_here() };
        let tables = &reader.flow.article().tables;
        let widest =
            tables.iter().flat_map(|table| &table.rows).map(|row| row.cells.len()).max().unwrap_or(0);
        if widest < 3 {
            self.say("no table here has columns to be scrolled");
            return Vec::new();
        }
        reader.sideways =
            if on { (reader.sideways + 1).min(widest - 2) } else { reader.sideways.saturating_sub(1) };
        Vec::new()
    }

    /// `e`, `x` and `+` in the facts pane.
    pub(super) fn correct(&mut self, action: Action) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            self.say("open an article to correct its facts");
            return Vec::new();
        };
        let id = reader.id;
        if action == Action::AddFact {
            // What is selected is the evidence.
            let evidence = self.selection.as_ref().map(super::selecting::Selection::span);
            self.asked_for = vec![id];
            self.correcting = Some(Asked::Add(evidence));
            self.prompt = Some(Prompt::new(PromptKind::Fact));
            return Vec::new();
        }
        let fact = (self.focus == Focus::Facts).then(|| reader.facts.get(reader.fact)).flatten();
        let Some(fact) = fact else {
            self.say("go to a fact (l or Tab) to correct it");
            return Vec::new();
        };
        let named = FactRef::of(fact);
        if action == Action::HideFact {
            self.say("fact hidden · u undoes");
            return vec![self.correction(id, Correction::Hide(named))];
        }
        let line = format!("{}: {}", fact.key, fact.value);
        self.asked_for = vec![id];
        self.correcting = Some(Asked::Edit(named));
        self.prompt = Some(Prompt::with(PromptKind::Fact, &line));
        Vec::new()
    }

    /// What was typed for a fact: a key, a colon, a value.
    pub(super) fn fact_typed(&mut self, line: &str) -> Vec<Effect> {
        let (Some(id), Some(asked)) = (self.asked_for.pop(), self.correcting.take()) else {
            return Vec::new();
        };
        let parts = line.split_once(':').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
        let Some((key, value)) = parts.filter(|(key, value)| !key.is_empty() && !value.is_empty()) else {
            self.say("a fact is a key, a colon and a value, such as «المكان: بكين»");
            return Vec::new();
        };
        self.selection = None;
        let correction = match asked {
            Asked::Edit(fact) => {
                self.say("fact corrected · u undoes");
                Correction::Edit { fact, key, value }
            }
            Asked::Add(evidence) => {
                self.say("fact added · u undoes");
                Correction::Add { key, value, evidence }
            }
        };
        vec![self.correction(id, correction)]
    }

    fn correction(&self, id: ArticleId, correction: Correction) -> Effect {
        Effect::Correct { id, correction, view: self.list.view.clone() }
    }

    /// Takes an article's facts as they are now.
    pub(super) fn take_facts(&mut self, id: ArticleId, facts: Arc<[Fact]>) {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.id == id) else { return };
        reader.fact = reader.fact.min(facts.len().saturating_sub(1));
        if reader.facts != facts {
            end_evidence(reader);
        }
        reader.facts = facts;
        reader.fact_measure = None;
        if reader.facts.is_empty() && self.focus == Focus::Facts {
            self.focus = if self.open { Focus::Reader } else { Focus::List };
        }
    }
}

/// What the prompt for a fact is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// This fact should be otherwise.
    Edit(FactRef),
    /// A fact that was not found, and what in the text says so.
    Add(Option<Span>),
}

/// Where a fact stands: its row, the sentence that says the same, the one that says otherwise.
fn places(fact: &Fact) -> Vec<Span> {
    let row = Some(fact.evidence.row).filter(|row| !row.is_empty() || fact.method != Method::Person);
    let mut places: Vec<Span> =
        row.into_iter().chain(fact.evidence.sentence).chain(fact.evidence.contradiction).collect();
    places.dedup();
    places
}

fn end_evidence(reader: &mut Reader) {
    reader.evidence = None;
    if let Some(place) = reader.back.take() {
        reader.anchor = None;
        reader.top = place;
    }
}
