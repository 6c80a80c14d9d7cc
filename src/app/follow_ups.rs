//! Follow-ups: a bookmark's note and its day, snoozing, re-dating; what is done on the Follow-ups screen.

use jiff::ToSpan;
use jiff::civil::Date;

use super::effect::Effect;
use super::panes::Focus;
use super::prompt::{Prompt, PromptKind};
use super::state::State;
use crate::article::{ArticleId, Bookmark, FollowUp, Verb, follow_up};
use crate::query::{View, parse_day};

/// Days after which a fact whose day is still to be announced is looked at again.
const REMINDER: u16 = 14;

impl State {
    /// The day that it is for the person.
    pub fn today(&self) -> Date {
        self.now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// `B`: asks for the note of a bookmark on the articles that are meant now, then for its day. Words that are selected
    /// stand in it as a quote.
    pub(super) fn ask_note(&mut self, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(count);
        let Some(first) = ids.first() else { return self.nothing_here() };
        let note = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.note);
        let quote = self.take_selected().map(|words| format!("«{words}»"));
        let line: Vec<String> = note.into_iter().chain(quote).collect();
        self.prompt = Some(Prompt::with(PromptKind::Note, &line.join(" ")));
        self.asked_for = ids;
        Vec::new()
    }

    /// The note was typed: the day is asked for.
    pub(super) fn note_typed(&mut self, line: &str) -> Vec<Effect> {
        let ids = std::mem::take(&mut self.asked_for);
        self.triage.note = Some((!line.is_empty()).then(|| line.to_owned()));
        self.ask_day(ids)
    }

    /// `@`: asks for the day alone.
    pub(super) fn ask_due(&mut self, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(count);
        if ids.is_empty() {
            return self.nothing_here();
        }
        self.triage.note = None;
        self.ask_day(ids)
    }

    /// Asks for a day; the one that the bookmark has, or the fact under the cursor offers, stands there already.
    fn ask_day(&mut self, ids: Vec<ArticleId>) -> Vec<Effect> {
        let Some(first) = ids.first() else { return Vec::new() };
        let own = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.due);
        let day = own.or_else(|| self.day_of_fact()).map(|day| day.to_string());
        self.prompt = Some(Prompt::with(PromptKind::Due, day.as_deref().unwrap_or("")));
        self.asked_for = ids;
        Vec::new()
    }

    /// The day that the fact under the cursor offers.
    fn day_of_fact(&self) -> Option<Date> {
        let reader = self.reader.as_ref().filter(|_| self.focus == Focus::Facts && !self.on_board())?;
        let offered = follow_up(reader.facts.get(reader.fact)?, self.today(), REMINDER)?;
        (!matches!(offered, FollowUp::Passed(_))).then(|| offered.day())
    }

    /// The day was typed; nothing typed is no day. What cannot be read stays to be corrected.
    pub(super) fn due_typed(&mut self, line: &str) -> Vec<Effect> {
        let due = match line {
            "" => None,
            line => match parse_day(line, self.today()) {
                Ok(day) => Some(day),
                Err(error) => {
                    self.say(error.to_string());
                    self.prompt = Some(Prompt::with(PromptKind::Due, line));
                    return Vec::new();
                }
            },
        };
        let ids = std::mem::take(&mut self.asked_for);
        let verb = match self.triage.note.take() {
            Some(note) => Verb::Bookmark(Bookmark { note, due }),
            None => Verb::Due(due),
        };
        let moves = !self.in_reader();
        self.act(&verb, ids, moves)
    }

    /// The prompt for the day was left: a note that was typed before it is kept, with the day as it was.
    pub(super) fn due_left(&mut self) -> Vec<Effect> {
        let ids = std::mem::take(&mut self.asked_for);
        let (Some(note), Some(first)) = (self.triage.note.take(), ids.first()) else { return Vec::new() };
        let due = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.due);
        let moves = !self.in_reader();
        self.act(&Verb::Bookmark(Bookmark { note, due }), ids, moves)
    }

    /// `s`: comes back tomorrow, or in so many days; from its day on where that is still to come.
    pub(super) fn snooze(&mut self, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(None);
        let Some(first) = ids.first() else { return self.nothing_here() };
        let today = self.today();
        let own = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.due);
        let from = own.unwrap_or(today).max(today);
        let days = i32::try_from(count.unwrap_or(1)).unwrap_or(i32::MAX);
        let day = from.saturating_add(days.days());
        let moves = !self.in_reader();
        self.act(&Verb::Due(Some(day)), ids, moves)
    }

    /// Whether the Follow-ups are in front: there `d` takes the bookmark off as well.
    pub fn is_following_up(&self) -> bool {
        *self.view_in_front() == View::Bookmarks
    }
}
