//! Moving in an article, its facts and their evidence, and how it is drawn.

use super::action::Action;
use super::effect::Effect;
use super::panes::Focus;
use super::reader::Reader;
use super::state::State;
use crate::article::Verb;
use crate::layout::Place;
use crate::text::{Direction, Harakat};

/// Columns that `<` and `>` change a line by.
const MEASURE_STEP: u16 = 4;
/// The shortest and the longest line.
const MEASURES: (u16, u16) = (24, 160);
/// Rows of a page that stand again on the next one.
const OVERLAP: usize = 1;
/// Rows above evidence and matches that are gone to.
const ABOVE: isize = 3;

impl State {
    /// Moves in the article.
    pub(super) fn move_reader(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows)).max(1);
        let told = self.reader.as_ref().is_some_and(|reader| reader.end_told && reader.at_end);
        if action == Action::PageDown && self.focus == Focus::Reader && told {
            return self.next_unread(true);
        }
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let many = count.unwrap_or(1).min(100_000);
        let page = (rows.saturating_sub(OVERLAP)).max(1);
        let by = |rows: usize| isize::try_from(rows).unwrap_or(isize::MAX);
        let before = reader.top;
        let top = match action {
            Action::Down => reader.flow.step(reader.top, by(many)),
            Action::Up => reader.flow.step(reader.top, -by(many)),
            Action::First => Place::default(),
            Action::Last => reader.flow.last_top(rows),
            Action::HalfPageDown => reader.flow.step(reader.top, by(many * (rows / 2).max(1))),
            Action::HalfPageUp => reader.flow.step(reader.top, -by(many * (rows / 2).max(1))),
            Action::PageDown => reader.flow.step(reader.top, by(many * page)),
            Action::PageUp => reader.flow.step(reader.top, -by(many * page)),
            _ => reader.top,
        };
        reader.top = top.min(reader.flow.last_top(rows));
        let stuck = reader.top == before;
        reader.anchor = reader.anchor.filter(|_| stuck);
        reader.end_told = action == Action::PageDown && stuck;
        if reader.end_told && self.focus == Focus::Reader {
            self.say("end of the article · Space opens the next unread");
        } else if stuck && action == Action::Down {
            self.say("end of the article");
        }
        vec![self.save_later()]
    }

    /// Moves among the facts.
    pub(super) fn move_fact(&mut self, action: Action, many: usize) {
        let Some(reader) = &mut self.reader else { return };
        let last = reader.facts.len().saturating_sub(1);
        reader.fact = match action {
            Action::Down => reader.fact.saturating_add(many),
            Action::Up => reader.fact.saturating_sub(many),
            Action::First => 0,
            Action::Last => last,
            Action::PageDown | Action::HalfPageDown => reader.fact.saturating_add(4 * many),
            Action::PageUp | Action::HalfPageUp => reader.fact.saturating_sub(4 * many),
            _ => reader.fact,
        }
        .min(last);
    }

    /// `i`: facts on or off.
    pub(super) fn toggle_facts(&mut self) -> Vec<Effect> {
        self.facts = !self.facts;
        self.zen = false;
        if !self.facts && self.focus == Focus::Facts {
            self.focus = if self.open { Focus::Reader } else { Focus::List };
        }
        Vec::new()
    }

    /// `=`: auto, right-to-left, left-to-right.
    pub(super) fn cycle_direction(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            self.say("open an article to set its direction");
            return Vec::new();
        };
        let id = reader.id;
        let next = match reader.headline.marks.direction {
            None => Some(Direction::Rtl),
            Some(Direction::Rtl) => Some(Direction::Ltr),
            Some(Direction::Ltr) => None,
        };
        self.say(match next {
            None => "direction of this article: by its words",
            Some(Direction::Rtl) => "direction of this article: right-to-left",
            Some(Direction::Ltr) => "direction of this article: left-to-right",
        });
        self.change(&Verb::Direction(next), vec![id])
    }

    /// `;`: as the terminal can, always, never.
    pub(super) fn cycle_harakat(&mut self) -> Vec<Effect> {
        self.harakat = match self.harakat {
            None => Some(Harakat::Shown),
            Some(Harakat::Shown) => Some(Harakat::Hidden),
            Some(Harakat::Hidden) => None,
        };
        let shown = if self.harakat() == Harakat::Shown { "shown" } else { "hidden" };
        self.say(match self.harakat {
            None => format!("harakat: as this terminal can ({shown})"),
            Some(Harakat::Shown) => "harakat: always".to_owned(),
            Some(Harakat::Hidden) => "harakat: never".to_owned(),
        });
        Vec::new()
    }

    /// `<` and `>`: shorter or longer lines.
    pub(super) fn set_measure(&mut self, wider: bool) -> Vec<Effect> {
        // From what is on the screen, so that the first key has an effect in a narrow pane too.
        let now = self.text_columns();
        let room = self.panes.reader.map_or(self.size.0, |area| area.columns).saturating_sub(2);
        let (least, most) = (MEASURES.0, MEASURES.1.min(room).max(MEASURES.0));
        let wanted = if wider { now.saturating_add(MEASURE_STEP) } else { now.saturating_sub(MEASURE_STEP) };
        self.measure = wanted.clamp(least, most);
        let columns = self.measure;
        self.say(format!("lines of {columns} columns"));
        Vec::new()
    }
}

/// Scrolls so that byte `offset` of the text is on the screen: as it is where it is there already, else a few rows
/// under the top.
pub(super) fn reveal(reader: &mut Reader, offset: usize, rows: usize) {
    let place = reader.flow.place_of(offset);
    let last = reader.flow.step(reader.top, isize::try_from(rows.saturating_sub(1)).unwrap_or(0));
    if place < reader.top || place > last {
        let top = reader.flow.step(place, -ABOVE);
        reader.anchor = None;
        reader.top = top.min(reader.flow.last_top(rows));
    }
}
