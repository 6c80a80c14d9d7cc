//! The help screen: whose keys it shows, and moving in it. Its lines are made in `actions`.

use super::action::{Action, On};
use super::actions::help_lines;
use super::effect::Effect;
use super::state::{HelpOf, Screen, State};

impl State {
    /// `?`: the keys of the present screen.
    pub(super) fn open_help(&mut self) {
        self.help = HelpOf { on: self.on(), from: self.screen };
        self.screen = Screen::Help(0);
    }

    /// An action while the help is in front.
    pub(super) fn help_action(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let Screen::Help(top) = &mut self.screen else { return Vec::new() };
        let page = usize::from(self.size.1).saturating_sub(2).max(1);
        let count = count.unwrap_or(1);
        match action {
            Action::Down => *top += count,
            Action::Up => *top = top.saturating_sub(count),
            Action::First => *top = 0,
            Action::Last => *top = usize::MAX,
            Action::PageDown => *top = top.saturating_add(page),
            Action::HalfPageDown => *top = top.saturating_add(page / 2),
            Action::PageUp => *top = top.saturating_sub(page),
            Action::HalfPageUp => *top = top.saturating_sub(page / 2),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Help if self.help.on != On::EVERY => {
                self.help.on = On::EVERY;
                *top = 0;
            }
            Action::Back | Action::Cancel | Action::Help | Action::Open => {
                self.screen = self.help.from;
                return Vec::new();
            }
            _ => {}
        }
        *top = (*top).min(help_lines(self.help.on, &self.keymap).len().saturating_sub(page));
        Vec::new()
    }
}
