//! The command palette: every action that means something on this screen, and the saved queries, found by a few letters of
//! their name, their help line or their Arabic name. Fuzzy matching is `nucleo-matcher`'s.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::{Action, On};
use super::actions::ACTIONS;
use super::effect::Effect;
use super::prompt::{Prompt, PromptKind};
use super::state::State;
use crate::text::fold::fold;

/// What a match of the name is worth more than one of the help line.
const NAME_FIRST: u32 = 60;

/// The palette, while a command is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What was found, the best first.
    pub rows: Vec<PaletteRow>,
    /// The row that Enter does.
    pub cursor: usize,
    /// The screen that it was opened on.
    on: Option<On>,
}

/// A row of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteRow {
    /// The action.
    pub action: Action,
    /// Its name.
    pub name: String,
    /// Its keys.
    pub keys: String,
    /// What it does.
    pub help: String,
}

impl State {
    /// `:` and `Ctrl-p`.
    pub(super) fn open_palette(&mut self) -> Vec<Effect> {
        self.prompt = Some(Prompt::new(PromptKind::Command));
        self.palette = Palette { on: Some(self.on()), ..Palette::default() };
        self.fill_palette();
        Vec::new()
    }

    /// The text of the prompt has changed: what it finds now.
    pub(super) fn fill_palette(&mut self) {
        let Some(prompt) = self.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Command) else {
            return;
        };
        let typed = fold(prompt.text());
        let on = self.palette.on.unwrap_or(On::LIST);
        self.palette.rows = self.find_actions(&typed, on);
        self.palette.cursor = 0;
    }

    fn find_actions(&self, typed: &str, on: On) -> Vec<PaletteRow> {
        let pattern = Pattern::parse(typed.trim(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut score = |text: &str| {
            let folded = fold(text);
            pattern.score(Utf32Str::new(&folded, &mut letters), &mut matcher)
        };
        let mut found: Vec<(u32, PaletteRow)> = Vec::new();
        for info in ACTIONS.iter().filter(|info| info.on.meets(on) && info.action != Action::Command) {
            let named = [info.name, info.arabic].into_iter().filter_map(&mut score).max();
            let named = named.map(|score| score + NAME_FIRST);
            let Some(best) = named.max(score(info.help)) else { continue };
            // The very name stands above all.
            let best = if fold(info.name) == typed.trim() { u32::MAX } else { best };
            let keys = self.shown_keys(info.action);
            let (name, help) = (info.name.to_owned(), info.help.to_owned());
            found.push((best, PaletteRow { action: info.action, name, keys, help }));
        }
        for (number, saved) in (0u16..).zip(&self.saved) {
            let Some(best) = score(&saved.name) else { continue };
            let action = Action::Saved(number);
            let keys = self.shown_keys(action);
            let help = format!("saved query: \u{2068}{}\u{2069}", saved.query);
            found.push((best + NAME_FIRST, PaletteRow { action, name: saved.name.clone(), keys, help }));
        }
        // Equal ones keep the order of the table.
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// An action's first keys: a key, and its twin.
    fn shown_keys(&self, action: Action) -> String {
        self.keymap.keys_of(action).into_iter().take(2).collect::<Vec<_>>().join("  ")
    }

    /// Up and Down while a command is typed.
    pub(super) fn move_palette(&mut self, down: bool) {
        let last = self.palette.rows.len().saturating_sub(1);
        let cursor = self.palette.cursor;
        self.palette.cursor = if down { (cursor + 1).min(last) } else { cursor.saturating_sub(1) };
    }

    /// Tab: the name of the row under the cursor.
    pub(super) fn complete_command(&mut self) {
        let Some(row) = self.palette.rows.get(self.palette.cursor) else { return };
        self.prompt = Some(Prompt::with(PromptKind::Command, &row.name.clone()));
        self.fill_palette();
    }

    /// Enter: does the row under the cursor, or goes to the row of a number.
    pub(super) fn command(&mut self, line: &str) -> Vec<Effect> {
        let Palette { rows, cursor, .. } = std::mem::take(&mut self.palette);
        if let Ok(row) = line.parse::<usize>() {
            return self.do_action(Action::Last, Some(row), None);
        }
        match rows.get(cursor) {
            Some(row) => self.do_action(row.action, None, None),
            None => {
                self.say(format!("no command is found by \u{2068}{line}\u{2069}; ? shows the keys"));
                Vec::new()
            }
        }
    }
}
