//! The doctor: which terminal this is and by which answers, sample lines of which the person chooses the one that reads
//! right, and which keyboard layout there is. What a line's way of sending does is `terminal`'s affair.

use super::action::Action;
use super::effect::Effect;
use super::keyboard::{Keyboard, Layout};
use super::state::{Screen, State};
use super::{Key, KeyCode, Strategy};

/// What is known of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// A label and a text each, in the order of the screen.
    pub lines: Vec<(String, String)>,
    /// The way that is in use.
    pub strategy: Strategy,
    /// Whether letters are sent instead of presentation forms.
    pub letters: bool,
}

/// A sample line: sent in its own way, whatever is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The key that chooses it.
    pub key: char,
    /// The way that it is sent in.
    pub strategy: Strategy,
}

const fn sample(key: char, strategy: Strategy) -> Sample {
    Sample { key, strategy }
}

/// The sample lines. The first one stands for every way in which cells are sent as they are; what is switched off in the
/// terminal stays so.
pub const SAMPLES: [Sample; 6] = [
    sample('1', Strategy::Visual),
    sample('2', Strategy::Lrm),
    sample('3', Strategy::Osc66),
    sample('4', Strategy::Reversed),
    sample('5', Strategy::Precompensate),
    sample('6', Strategy::Logical),
];

/// The text of the sample lines: words, lam-alef, a number and brackets.
pub const SAMPLE_TEXT: &str = "شهدت العاصمة 2023 (السلام) لا إله";
/// The text that shows where harakat are drawn.
pub const MARKS_TEXT: &str = "كَتَبَ وزارتَي أُقرّ";

impl State {
    /// Opens the doctor.
    pub fn open_doctor(&mut self) -> Vec<Effect> {
        self.screen = Screen::Doctor;
        vec![Effect::Examine]
    }

    /// A key that only the doctor knows: the number of a line, or the key B of a layout.
    pub(super) fn doctor_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let KeyCode::Char(c) = key.code else { return None };
        if key.ctrl || key.alt {
            return None;
        }
        if let Some(sample) = SAMPLES.iter().find(|sample| sample.key == c) {
            let switched =
                matches!(self.examined.strategy, Strategy::Explicit | Strategy::Konsole | Strategy::Mlterm);
            let strategy = match sample.strategy {
                Strategy::Visual if switched => self.examined.strategy,
                other => other,
            };
            self.say(format!("line {c} from now on: {}", strategy.describe()));
            return Some(vec![Effect::Choose(strategy), Effect::Examine]);
        }
        if c == 'f' {
            let letters = !self.examined.letters;
            self.say(if letters {
                "letters from now on, for fonts that have no joined forms"
            } else {
                "joined forms from now on"
            });
            return Some(vec![Effect::SetLetters(letters), Effect::Examine]);
        }
        match Layout::by_b(c)? {
            Layout::None => {
                self.say("B is a Latin letter: there is nothing to set");
                Some(Vec::new())
            }
            layout => {
                self.keyboard = Keyboard::new(layout);
                self.say(format!("keyboard layout: {}", layout.name()));
                Some(vec![Effect::KeepLayout(layout)])
            }
        }
    }

    /// An action while the doctor is open.
    pub(super) fn doctor_action(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Back | Action::Cancel | Action::Doctor | Action::Open if self.doctor_only => {
                vec![Effect::Quit]
            }
            Action::Back | Action::Cancel | Action::Doctor | Action::Open => {
                self.screen = Screen::Browse;
                Vec::new()
            }
            Action::CycleHarakat => self.cycle_harakat(),
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => vec![Effect::Suspend],
            _ => Vec::new(),
        }
    }
}
