//! The prompt in use: which line is asked for, the keys that edit it, and what Enter does with it.

use super::action::Action;
use super::actions::ACTIONS;
use super::effect::Effect;
use super::prompt::{Prompt, PromptKind};
use super::state::{Screen, State};
use super::{Key, KeyCode};
use crate::article::{Bookmark, Verb};
use crate::query::{self, View};

impl State {
    /// Asks for a line.
    pub(super) fn ask(&mut self, kind: PromptKind) -> Vec<Effect> {
        let mut prompt = Prompt::new(kind);
        match kind {
            PromptKind::Search if self.reader.is_none() || self.panes.reader.is_none() => {
                self.say("open an article to search in it");
                return Vec::new();
            }
            PromptKind::Filter => {
                if let View::Query(query) = &self.list.view {
                    prompt = Prompt::with(kind, &query.to_string());
                }
            }
            _ => {}
        }
        self.prompt = Some(prompt);
        Vec::new()
    }

    /// `B`: asks for the note of a bookmark on the articles that are meant now.
    pub(super) fn ask_note(&mut self, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(count);
        let Some(first) = ids.first() else { return self.nothing_here() };
        let note = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.note);
        self.prompt = Some(Prompt::with(PromptKind::Note, note.as_deref().unwrap_or("")));
        self.asked_for = ids;
        Vec::new()
    }

    /// A key while the prompt is open. What is typed is inserted as it is, on every keyboard layout.
    pub(super) fn prompt_key(&mut self, key: Key) -> Vec<Effect> {
        let fallback = self.direction;
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match key.code {
            KeyCode::Esc => self.prompt = None,
            KeyCode::Char('c' | 'g') if key.ctrl => self.prompt = None,
            KeyCode::Enter => return self.answer(),
            KeyCode::Backspace if prompt.text().is_empty() => self.prompt = None,
            KeyCode::Backspace => {
                prompt.delete_before();
            }
            KeyCode::Char('h') if key.ctrl => {
                prompt.delete_before();
            }
            KeyCode::Delete => prompt.delete_after(),
            KeyCode::Left => prompt.towards(false, fallback),
            KeyCode::Right => prompt.towards(true, fallback),
            KeyCode::Home => prompt.home(),
            KeyCode::End => prompt.end(),
            KeyCode::Up => prompt.recall(&self.history, true),
            KeyCode::Down => prompt.recall(&self.history, false),
            KeyCode::Char(c) if key.ctrl => match c {
                'a' => prompt.home(),
                'e' => prompt.end(),
                'b' => prompt.back(),
                'f' => prompt.forward(),
                'd' => prompt.delete_after(),
                'w' => prompt.delete_word(),
                'k' => prompt.delete_rest(),
                'u' => *prompt = Prompt::new(prompt.kind),
                'p' => prompt.recall(&self.history, true),
                'n' => prompt.recall(&self.history, false),
                _ => {}
            },
            KeyCode::Char(c) if !key.alt => prompt.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Tab if prompt.kind == PromptKind::Tags => self.complete_tag(),
            KeyCode::Tab if prompt.kind == PromptKind::Command => {
                if let Some(name) = completion(prompt.text()) {
                    *prompt = Prompt::with(PromptKind::Command, name);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Enter: does what the line is for.
    fn answer(&mut self) -> Vec<Effect> {
        let Some(prompt) = self.prompt.take() else { return Vec::new() };
        let line = prompt.text().trim();
        self.history.keep(prompt.kind, line);
        match prompt.kind {
            PromptKind::Search => {
                self.search_for(line.to_owned());
                Vec::new()
            }
            PromptKind::Filter if self.screen == Screen::Board => self.board_filter(line),
            PromptKind::Column => self.board_column(line),
            PromptKind::Filter => self.filter(line),
            PromptKind::Command => self.command(line),
            PromptKind::Fact => self.fact_typed(line),
            PromptKind::Tags => self.tags_typed(line),
            PromptKind::Topic => self.topic_typed(line),
            PromptKind::Note => {
                let ids = std::mem::take(&mut self.asked_for);
                let Some(first) = ids.first() else { return Vec::new() };
                let due = self.known_marks(*first).bookmark.and_then(|bookmark| bookmark.due);
                let note = (!line.is_empty()).then(|| line.to_owned());
                self.act(&Verb::Bookmark(Bookmark { note, due }), ids, false)
            }
        }
    }

    /// Shows what a query finds; nothing typed leads back to the inbox.
    fn filter(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return self.go_view(View::Inbox);
        }
        match query::parse(line) {
            Ok(query) => self.go_view(View::Query(query)),
            Err(error) => {
                self.say(error.to_string());
                Vec::new()
            }
        }
    }

    /// Does an action by its name, or goes to the row of a number.
    fn command(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return Vec::new();
        }
        if let Ok(row) = line.parse::<usize>() {
            return self.action(Action::Last, Some(row), None);
        }
        let Some(name) = completion(line) else {
            self.say(format!(
                "no command is called \u{2068}{line}\u{2069}; ? shows the keys, Tab completes a name"
            ));
            return Vec::new();
        };
        let action = ACTIONS.iter().find(|info| info.name == name).map(|info| info.action);
        action.map_or_else(Vec::new, |action| self.action(action, None, None))
    }
}

/// The name of the action that `typed` is, or that alone begins so.
fn completion(typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    let names = || ACTIONS.iter().map(|info| info.name);
    if let Some(name) = names().find(|name| *name == typed) {
        return Some(name);
    }
    let mut begun = names().filter(|name| name.starts_with(typed));
    let first = begun.next()?;
    begun.next().is_none().then_some(first)
}
