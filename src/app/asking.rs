//! The prompt in use: which line is asked for, the keys that edit it, and what Enter does with it.

use super::effect::Effect;
use super::prompt::{Prompt, PromptKind};
use super::state::{Screen, State};
use super::{Key, KeyCode};
use crate::query;

impl State {
    /// Asks for a line.
    pub(super) fn ask(&mut self, kind: PromptKind) -> Vec<Effect> {
        let prompt = Prompt::new(kind);
        if kind == PromptKind::Search && (self.reader.is_none() || self.panes.reader.is_none()) {
            self.say("open an article to search in it");
            return Vec::new();
        }
        self.prompt = Some(prompt);
        Vec::new()
    }

    /// A key while the prompt is open. What is typed is inserted as it is, on every keyboard layout.
    pub(super) fn prompt_key(&mut self, key: Key) -> Vec<Effect> {
        let fallback = self.direction;
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        prompt.fault = None;
        let command = prompt.kind == PromptKind::Command;
        match key.code {
            KeyCode::Esc => return self.leave_prompt(),
            KeyCode::Char('c' | 'g') if key.ctrl => return self.leave_prompt(),
            KeyCode::Enter => return self.answer(),
            KeyCode::Backspace if prompt.text().is_empty() => return self.leave_prompt(),
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
            KeyCode::Up | KeyCode::Down if command => {
                self.move_palette(key.code == KeyCode::Down);
                return Vec::new();
            }
            KeyCode::Char('p' | 'n') if command && key.ctrl => {
                self.move_palette(key.code == KeyCode::Char('n'));
                return Vec::new();
            }
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
                self.complete_command();
                return Vec::new();
            }
            _ => {}
        }
        self.fill_palette();
        self.filter_changed()
    }

    /// What is said beside the line that is typed: the day that it means, the tags that it can become.
    pub fn prompt_hint(&self) -> String {
        let Some(prompt) = &self.prompt else { return String::new() };
        if let Some(fault) = &prompt.fault {
            return fault.clone();
        }
        match prompt.kind {
            PromptKind::Library | PromptKind::Filter if prompt.text().is_empty() => {
                "words · \"a phrase\" · -not · is:unread tag: source: lang: newer:2d".to_owned()
            }
            PromptKind::Export => ".csv or .json".to_owned(),
            PromptKind::Due if prompt.text().trim().is_empty() => {
                "tomorrow · +3d · next monday · غداً · or none".to_owned()
            }
            PromptKind::Due => match query::parse_day(prompt.text(), self.today()) {
                Ok(day) => day.strftime("%a %Y-%m-%d").to_string(),
                Err(_) => "?".to_owned(),
            },
            PromptKind::Tags => {
                let found: Vec<String> = self
                    .tag_completions()
                    .iter()
                    .take(6)
                    .map(|tag| format!("\u{2068}{tag}\u{2069}"))
                    .collect();
                if found.is_empty() { String::new() } else { format!("Tab: {}", found.join(" · ")) }
            }
            _ => String::new(),
        }
    }

    /// The prompt is left without an answer.
    fn leave_prompt(&mut self) -> Vec<Effect> {
        match self.prompt.take().map(|prompt| prompt.kind) {
            Some(PromptKind::Due) => self.due_left(),
            Some(PromptKind::Filter) if self.on_board() => self.board_filter_left(),
            Some(PromptKind::Filter) if self.screen == Screen::Browse => self.filter_left(),
            _ => Vec::new(),
        }
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
            PromptKind::Filter => self.filter_typed(line),
            PromptKind::Library => self.library_typed(line),
            PromptKind::Command => self.command(line),
            PromptKind::Fact => self.fact_typed(line),
            PromptKind::Tags => self.tags_typed(line),
            PromptKind::Topic => self.topic_typed(line),
            PromptKind::Note => self.note_typed(line),
            PromptKind::Due => self.due_typed(line),
            PromptKind::Pipe => self.pipe_typed(line),
            PromptKind::Export => self.export_typed(line),
        }
    }
}
