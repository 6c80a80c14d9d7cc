//! `X`: a small menu of what can be silenced for a day — the story of this article, its source, a topic.

use jiff::SignedDuration;

use super::effect::Effect;
use super::prompt::{Prompt, PromptKind};
use super::state::State;
use super::{Key, KeyCode};
use crate::article::{Fact, Headline};
use crate::query::Mute;

/// Hours that a mute lasts.
const HOURS: i64 = 24;

/// What can be silenced of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteMenu {
    title: String,
    source: Option<String>,
    topic: Option<String>,
}

impl State {
    /// Opens the menu for the article under the cursor.
    pub(super) fn ask_mute(&mut self) -> Vec<Effect> {
        let reader = self.reader.as_ref().filter(|reader| Some(reader.id) == self.current());
        let row = self.board.current().filter(|_| self.on_board()).and_then(|id| self.board.rows.get(&id));
        let headline: Option<&Headline> = match (row, reader) {
            (Some(row), _) => Some(&row.headline),
            (None, Some(reader)) => Some(&reader.headline),
            (None, None) => self.list.current().and_then(|id| self.list.headline(id)),
        };
        let Some(headline) = headline else { return self.nothing_here() };
        let of_topic = |fact: &&Fact| fact.concept.as_deref() == Some("topic");
        let topic = match (row, reader) {
            (Some(row), _) => row.cells.iter().flat_map(|cell| &cell.facts).find(of_topic),
            (None, reader) => reader.and_then(|reader| reader.facts.iter().find(of_topic)),
        };
        let topic = topic.map(|fact| fact.value.clone());
        let menu = MuteMenu { title: headline.title.clone(), source: headline.source.clone(), topic };
        // A long name is cut at the end of the line, and no key with it.
        let source = menu.source.as_ref().map(|name| format!(" · o source \u{2068}{name}\u{2069}"));
        self.say(format!("mute for a day: s story · t topic · Esc{}", source.unwrap_or_default()));
        self.triage.mute = Some(menu);
        Vec::new()
    }

    /// A key while the menu is open.
    pub(super) fn mute_key(&mut self, menu: MuteMenu, key: Key) -> Vec<Effect> {
        match (key.code, menu.source) {
            (KeyCode::Char('s'), _) => self.mute(Mute::Story(menu.title)),
            (KeyCode::Char('o'), Some(source)) => self.mute(Mute::Source(source)),
            (KeyCode::Char('t'), _) => {
                let words = menu.topic.unwrap_or_default();
                self.prompt = Some(Prompt::with(PromptKind::Topic, &words));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The words of a topic were typed.
    pub(super) fn topic_typed(&mut self, words: &str) -> Vec<Effect> {
        if words.is_empty() { Vec::new() } else { self.mute(Mute::Topic(words.to_owned())) }
    }

    fn mute(&mut self, mute: Mute) -> Vec<Effect> {
        let until = self.now.saturating_add(SignedDuration::from_hours(HOURS)).unwrap_or(self.now);
        vec![Effect::Mute { mute, until, view: self.view_in_front().clone() }]
    }

    /// A mute is in force; says of how many articles, and goes on where the cursor's is one of them.
    pub(super) fn muted(&mut self, mute: &Mute, many: usize) -> Vec<Effect> {
        let what = match mute {
            Mute::Story(_) => "this story".to_owned(),
            Mute::Source(name) => format!("\u{2068}{name}\u{2069}"),
            Mute::Topic(words) => format!("\u{2068}{words}\u{2069}"),
        };
        self.say(format!("{many} muted, and {what} until tomorrow · u undoes"));
        Vec::new()
    }
}
