//! The doctor: which terminal this is and by which answers, sample lines of which the person chooses the one that reads
//! right, whether letters join and harakat stand in place, and which keyboard layout there is. What is said is kept for
//! terminals that answer so. What a way of sending does is `terminal`'s affair.

use super::action::Action;
use super::effect::Effect;
use super::keyboard::{Keyboard, Layout, Translated};
use super::state::{Screen, State};
use super::{Key, KeyCode, Strategy};

/// What a person said of a terminal. The default says nothing: its answers decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    /// The way that reads right.
    pub strategy: Option<Strategy>,
    /// Whether its font lacks joined forms, so that letters are to be sent.
    pub letters: bool,
    /// Whether harakat stand on their letters.
    pub marks: Option<bool>,
}

/// What is known of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// A label and a text each, in the order of the screen.
    pub lines: Vec<(String, String)>,
    /// The way that is in use.
    pub strategy: Strategy,
    /// What the person said of it.
    pub preference: Preference,
    /// Whether harakat are taken to stand on their letters.
    pub marks_in_place: bool,
    /// Whether it tells its colours, which one of the ways needs.
    pub tells_colours: bool,
}

/// A way of sending that a key chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The key that chooses it.
    pub key: char,
    /// The way.
    pub strategy: Strategy,
}

const fn sample(key: char, strategy: Strategy) -> Sample {
    Sample { key, strategy }
}

/// The sample lines, each sent in its own way, whatever is in use. The first one stands for every way in which cells are
/// sent as they are; what is switched off in the terminal stays so.
pub const SAMPLES: [Sample; 7] = [
    sample('1', Strategy::Visual),
    sample('2', Strategy::Lrm),
    sample('3', Strategy::Osc66),
    sample('4', Strategy::Reversed),
    sample('5', Strategy::Precompensate),
    sample('6', Strategy::Split),
    sample('7', Strategy::Logical),
];

/// The ways that switch the terminal's own reordering off. They have no lines of their own, because a switch is the whole
/// screen's: each makes the first line read right, or not.
pub const SWITCHES: [Sample; 3] =
    [sample('8', Strategy::Explicit), sample('9', Strategy::Konsole), sample('0', Strategy::Mlterm)];

/// The text of the sample lines: words, lam-alef, a number and brackets.
pub const SAMPLE_TEXT: &str = "شهدت العاصمة 2023 (السلام) لا إله";
/// The text that shows where harakat are drawn.
pub const MARKS_TEXT: &str = "كَتَبَ وزارتَي أُقرّ";
/// Rows of the doctor's screen at the most that are no sample lines and no answers.
const OTHER_ROWS: usize = 7;

impl Examined {
    /// The sample lines that are worth a look on this terminal, with their numbers in [`SAMPLES`].
    pub fn samples(&self) -> impl Iterator<Item = (usize, Sample)> {
        let colours = self.tells_colours;
        SAMPLES
            .into_iter()
            .enumerate()
            .filter(move |(_, sample)| colours || sample.strategy != Strategy::Split)
    }
}

impl State {
    /// Opens the doctor.
    pub fn open_doctor(&mut self) -> Vec<Effect> {
        self.screen = Screen::Doctor;
        self.doctor_top = 0;
        vec![Effect::Examine]
    }

    /// A key that only the doctor knows: the number of a line, what letters and harakat do, or the key B of a layout.
    pub(super) fn doctor_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let KeyCode::Char(typed) = key.code else { return None };
        if key.ctrl || key.alt || !self.pending.is_empty() {
            return None;
        }
        if let Some(layout) = Layout::by_b(typed) {
            return Some(self.told_layout(layout));
        }
        // The same keys on every layout.
        let meant = match Keyboard::new(self.keyboard.layout).translate(key) {
            Translated::Key(Key { code: KeyCode::Char(c), .. }) => c,
            _ => typed,
        };
        let c =
            super::keymap::digit_of(key).and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10));
        let c = c.unwrap_or(meant);
        let mut preference = self.examined.preference;
        let mut ways = self.examined.samples().map(|(_, sample)| sample).chain(SWITCHES);
        let chosen = ways.find(|sample| sample.key == c);
        drop(ways);
        if let Some(sample) = chosen {
            let switched = SWITCHES.iter().any(|switch| switch.strategy == self.examined.strategy);
            let strategy = match sample.strategy {
                Strategy::Visual if switched => self.examined.strategy,
                other => other,
            };
            preference.strategy = Some(strategy);
            self.say(format!("line {c} from now on: {}", strategy.describe()));
            return Some(prefer(preference));
        }
        match c {
            'a' => {
                preference = Preference::default();
                self.say("what this terminal answers decides again");
            }
            'f' => {
                preference.letters = !preference.letters;
                self.say(if preference.letters {
                    "letters from now on, for fonts that have no joined forms"
                } else {
                    "joined forms from now on"
                });
            }
            ';' => {
                preference.marks = Some(!self.examined.marks_in_place);
                self.harakat = None;
                self.say(if self.examined.marks_in_place {
                    "harakat are hidden on this terminal from now on"
                } else {
                    "harakat are shown on this terminal from now on"
                });
            }
            '0'..='9' => {
                self.say(format!("there is no line {c} on this terminal"));
                return Some(Vec::new());
            }
            _ => return None,
        }
        Some(prefer(preference))
    }

    fn told_layout(&mut self, layout: Layout) -> Vec<Effect> {
        if layout == Layout::None {
            self.say("B is a Latin letter: there is nothing to set");
            return Vec::new();
        }
        self.keyboard = Keyboard::new(layout);
        self.say(format!("keyboard layout: {}", layout.name()));
        vec![Effect::KeepLayout(layout)]
    }

    /// An action while the doctor is open.
    pub(super) fn doctor_action(&mut self, action: Action) -> Vec<Effect> {
        let page = usize::from(self.size.1).saturating_sub(2).max(1);
        match action {
            Action::Back | Action::Cancel | Action::Doctor | Action::Open if self.doctor_only => {
                return vec![Effect::Quit];
            }
            Action::Back | Action::Cancel | Action::Doctor | Action::Open => self.screen = Screen::Browse,
            Action::Down => self.doctor_top += 1,
            Action::Up => self.doctor_top = self.doctor_top.saturating_sub(1),
            Action::PageDown | Action::HalfPageDown | Action::Last => self.doctor_top += page,
            Action::PageUp | Action::HalfPageUp | Action::First => {
                self.doctor_top = self.doctor_top.saturating_sub(page);
            }
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            _ => {}
        }
        let rows = OTHER_ROWS + SAMPLES.len() + self.examined.lines.len();
        self.doctor_top = self.doctor_top.min(rows.saturating_sub(page));
        Vec::new()
    }
}

/// Keeps what was said, and looks again.
fn prefer(preference: Preference) -> Vec<Effect> {
    vec![Effect::Prefer(preference), Effect::Examine]
}
