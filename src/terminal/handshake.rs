//! Which terminal is this: asked in-band. A pure machine: replies and time-outs in, bytes to send and a verdict out;
//! what the answers mean stands in `identity`.
//!
//! Step 1 is the explicit mode of VTE and others: ask for BDSM (ANSI mode 8), reset it, ask again, and DA1 as a fence
//! that every terminal answers. Step 2, only behind an answered fence: name and version. Step 3 only where step 2 asks
//! for it: OSC 66 in kitty, the colours of qtermwidget, the terminal outside of a multiplexer. See docs/terminals.md.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::decoder::Reply;
use super::identity::{Environment, ODD, Stage, Verdict};
use crate::app::{Preference, Strategy, TerminalNeeds};

/// BDSM reset: explicit mode, the program orders the text itself.
const EXPLICIT: &[u8] = b"\x1b[8l";
/// BDSM set: implicit mode.
const IMPLICIT: &[u8] = b"\x1b[8h";
/// A letter of three bytes and the question where the cursor is (CPR): whether UTF-8 is read. Before the first frame.
const LETTER: &str = "\x1b[H\u{FEB7}\x1b[6n\x1b[H\x1b[K";
/// Whether there are left and right margins (DECRQM of the private mode 69).
const MARGINS: &[u8] = b"\x1b[?69$p";
/// How long the terminal outside of a multiplexer may take.
const OUTER: Duration = Duration::from_millis(700);
/// The least time for the second answers.
const NAME: Duration = Duration::from_millis(300);

/// What decides besides the terminal's answers.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The person's word in the configuration or on the command line.
    pub output: Option<Strategy>,
    /// What the person said in the doctor, by the terminal's answers ([`Answers::key`](super::Answers::key)).
    pub preferred: BTreeMap<String, Preference>,
    /// The last verdict for such an environment: what the first frame is drawn in.
    pub remembered: Option<Strategy>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The explicit mode has been asked for.
    Explicit,
    /// The name has been asked for.
    Name,
    /// kitty has been asked for OSC 66.
    Sizing,
    /// The colours have been asked for.
    Colours,
    /// The terminal outside has been asked.
    Outer,
    /// Odd characters are being measured.
    Widths,
    /// All is said.
    Over,
}

/// What follows from an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// To be sent, in one write.
    pub send: Vec<u8>,
    /// Whether something was written on the screen: it must be drawn anew.
    pub repaint: bool,
}

/// The questions, the answers so far, and what follows from them.
#[derive(Clone, Debug)]
pub struct Handshake {
    step: Step,
    wishes: Wishes,
    environment: Environment,
    verdict: Verdict,
    /// What the terminal has been switched to.
    switched: Strategy,
    began: Instant,
    deadline: Option<Instant>,
    stage: Stage,
}

impl Handshake {
    /// The first questions, to be sent in one write, and the machine that waits for their answers.
    pub fn begin(wishes: Wishes, environment: Environment, now: Instant) -> (Self, Vec<u8>) {
        let wait = if environment.ssh { Duration::from_secs(5) } else { Duration::from_secs(2) };
        let mut handshake = Self {
            step: Step::Explicit,
            environment,
            verdict: Verdict::default(),
            wishes,
            switched: Strategy::Visual,
            began: now,
            deadline: Some(now + wait),
            stage: Stage::Asking,
        };
        let mut questions = LETTER.as_bytes().to_vec();
        questions.extend_from_slice(MARGINS);
        questions.extend_from_slice(b"\x1b[8$p");
        if handshake.may_switch() {
            questions.extend_from_slice(EXPLICIT);
        }
        questions.extend_from_slice(b"\x1b[8$p\x1b[c");
        if handshake.environment.console {
            handshake.step = Step::Over;
            handshake.deadline = None;
            questions.clear();
        }
        questions.extend(handshake.decide());
        (handshake, questions)
    }

    /// Whether the terminal's own reordering is switched off at the start: not through tmux and screen, where it is only
    /// asked for, and not where the person wants something that builds on it.
    fn may_switch(&self) -> bool {
        !self.environment.multiplexed
            && !matches!(
                self.wishes.output,
                Some(Strategy::Lrm | Strategy::Precompensate | Strategy::Logical | Strategy::Reversed)
            )
    }

    /// What was found so far.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The environment that was read at the start.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// What the terminal needs of the layout, as far as it is known.
    pub fn needs(&self) -> TerminalNeeds {
        let strategy = self.verdict.strategy;
        TerminalNeeds {
            marks_in_place: self.verdict.marks_in_place(),
            reserved_first_column: strategy == Strategy::Precompensate,
            single_pane: strategy == Strategy::Logical,
            utf8: self.verdict.answers.letter_columns.map(|columns| columns == 1),
        }
    }

    /// When to stop waiting.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Whether a question is still open.
    pub fn is_waiting(&self) -> bool {
        self.step != Step::Over
    }

    /// Takes an answer, whenever it comes.
    pub fn replied(&mut self, reply: &Reply, now: Instant) -> Reaction {
        let mut reaction = Reaction::default();
        let outer = self.step == Step::Outer;
        let answers = &mut self.verdict.answers;
        match reply {
            Reply::AnsiMode(8, value) if outer => answers.outer_explicit = Some(*value),
            Reply::AnsiMode(8, value) => match answers.explicit {
                (None, _) => answers.explicit.0 = Some(*value),
                (_, None) => answers.explicit.1 = Some(*value),
                _ => {}
            },
            Reply::PrivateMode(69, value) => answers.margins = Some(*value),
            Reply::Version(text) if outer => answers.outer_version = Some(text.clone()),
            Reply::Version(text) => answers.version = Some(text.clone()),
            Reply::SecondaryAttributes(numbers) if outer => answers.outer_secondary = Some(numbers.clone()),
            Reply::SecondaryAttributes(numbers) => answers.secondary = Some(numbers.clone()),
            Reply::Cursor(_, column) if self.step == Step::Sizing => answers.sized = Some(*column == 3),
            Reply::Cursor(_, column) if self.step == Step::Widths => {
                answers.widths.push(column.saturating_sub(1));
            }
            Reply::Cursor(_, column) if answers.letter_columns.is_none() => {
                answers.letter_columns = Some(column.saturating_sub(1));
            }
            Reply::Colour(which, rgb) => answers.colours.push((*which, *rgb)),
            Reply::PrimaryAttributes(numbers) => {
                if !outer {
                    answers.primary = Some(numbers.clone());
                }
                reaction = self.fence(now);
            }
            _ => {}
        }
        reaction.send.extend(self.decide());
        reaction
    }

    /// A fence was reached: all questions before it are answered as far as they will be.
    fn fence(&mut self, now: Instant) -> Reaction {
        let repaint = matches!(self.step, Step::Sizing | Step::Widths);
        let send = match self.step {
            Step::Explicit => {
                let round_trip = now.saturating_duration_since(self.began);
                self.ask(Step::Name, b"\x1b[>q\x1b[>c\x1b[c".to_vec(), now + (round_trip * 4).max(NAME))
            }
            Step::Name => self.after_name(now),
            Step::Sizing | Step::Colours | Step::Outer | Step::Widths => {
                self.over(Stage::Answered);
                Vec::new()
            }
            Step::Over => Vec::new(),
        };
        Reaction { send, repaint }
    }

    fn ask(&mut self, step: Step, questions: Vec<u8>, until: Instant) -> Vec<u8> {
        self.step = step;
        self.deadline = Some(until);
        questions
    }

    fn over(&mut self, stage: Stage) {
        self.step = Step::Over;
        self.deadline = None;
        self.stage = stage;
    }

    /// What the name makes worth asking.
    fn after_name(&mut self, now: Instant) -> Vec<u8> {
        let round_trip = now.saturating_duration_since(self.began);
        let until = now + (round_trip * 4).max(NAME);
        let answers = &self.verdict.answers;
        if answers.is_multiplexer() || self.environment.multiplexed {
            let screen = self.environment.screen || matches!(answers.secondary.as_deref(), Some([83, ..]));
            return self.ask(Step::Outer, passed_on(screen), now + OUTER.max(round_trip * 2));
        }
        if answers.is_kitty() {
            // Two columns wide if it is known, and nothing if not.
            let probe = b"\x1b7\x1b[H\x1b]66;w=2; \x1b\\\x1b[6n\x1b8\x1b[c".to_vec();
            return self.ask(Step::Sizing, probe, until);
        }
        if answers.is_qtermwidget() {
            let mut questions = b"\x1b]10;?\x07\x1b]11;?\x07".to_vec();
            for number in 0..16 {
                questions.extend_from_slice(format!("\x1b]4;{number};?\x07").as_bytes());
            }
            questions.extend_from_slice(b"\x1b[c");
            return self.ask(Step::Colours, questions, until);
        }
        self.over(Stage::Answered);
        Vec::new()
    }

    /// The deadline has passed: what is known decides, and where that is nothing, the environment. Returns what is to be
    /// sent. Late answers still count; nothing more is asked.
    pub fn timed_out(&mut self) -> Vec<u8> {
        self.deadline = None;
        self.stage = Stage::TimedOut;
        if self.step == Step::Outer {
            // A multiplexer that passes nothing on will not answer later.
            self.over(Stage::Answered);
        }
        self.decide()
    }

    /// Measures odd characters: returns what writes each into the first row and asks where the cursor is. Nothing while
    /// other questions are open.
    pub fn measure(&mut self, now: Instant) -> Vec<u8> {
        if self.step != Step::Over || self.environment.console {
            return Vec::new();
        }
        self.verdict.answers.widths.clear();
        let mut questions = Vec::new();
        for (_, text, _) in ODD {
            questions.extend_from_slice(format!("\x1b[H{text}\x1b[6n").as_bytes());
        }
        questions.extend_from_slice(b"\x1b[H\x1b[K\x1b[c");
        let wait = if self.environment.ssh { Duration::from_secs(5) } else { Duration::from_secs(2) };
        self.ask(Step::Widths, questions, now + wait)
    }

    /// The person has said something of this terminal while looking at it; returns what is to be sent. A line that was
    /// chosen so stands above the configuration until the program ends.
    pub fn prefer(&mut self, preference: Preference) -> Vec<u8> {
        if preference.strategy != self.verdict.preference.strategy {
            self.wishes.output = None;
        }
        self.wishes.preferred.insert(self.verdict.answers.key(), preference);
        self.decide()
    }

    /// What undoes all that was switched.
    pub fn undo(&self) -> Vec<u8> {
        let mut bytes = switch_off(self.switched).to_vec();
        if self.verdict.answers.was_implicit() {
            bytes.extend_from_slice(IMPLICIT);
        }
        bytes
    }

    /// What does it again, after a suspend.
    pub fn redo(&self) -> Vec<u8> {
        let mut bytes = switch_on(self.switched).to_vec();
        if self.verdict.strategy == Strategy::Visual && self.verdict.answers.was_implicit() {
            bytes.extend_from_slice(EXPLICIT);
        }
        bytes
    }

    /// Decides anew; returns what switches the terminal.
    fn decide(&mut self) -> Vec<u8> {
        let answers = &self.verdict.answers;
        let judged = answers.judge(&self.environment, self.stage);
        let said = self.wishes.preferred.get(&answers.key()).filter(|_| self.stage != Stage::Asking);
        let said = said.copied().unwrap_or_default();
        let (strategy, why) = if let Some(output) = self.wishes.output {
            (output, "that is your word (terminal.arabic or --arabic)")
        } else if let Some(chosen) = said.strategy {
            (chosen, "that is the line you chose for this terminal")
        } else if let Some(judged) = judged {
            judged
        } else {
            (self.wishes.remembered.unwrap_or_default(), "it has not answered yet")
        };
        self.verdict.strategy = strategy;
        self.verdict.why = why;
        self.verdict.preference = said;
        self.verdict.settled = self.stage != Stage::Asking;
        if strategy == self.switched {
            return Vec::new();
        }
        // The remembered one is not switched to before the terminal has said who it is: OSC 50 is another matter in xterm.
        let known = judged.is_some() || self.wishes.output.is_some() || said.strategy.is_some();
        if !known {
            return Vec::new();
        }
        let mut bytes = switch_off(self.switched).to_vec();
        if self.switched == Strategy::Explicit && self.verdict.answers.was_implicit() {
            bytes.extend_from_slice(IMPLICIT);
        }
        // The explicit mode was switched to with the first questions, unless it was not wanted then.
        if strategy != Strategy::Explicit || !self.may_switch() || self.switched != Strategy::Visual {
            bytes.extend_from_slice(switch_on(strategy));
        }
        self.switched = strategy;
        bytes
    }
}

/// What a strategy switches off in the terminal.
fn switch_on(strategy: Strategy) -> &'static [u8] {
    match strategy {
        Strategy::Explicit => EXPLICIT,
        Strategy::Konsole => b"\x1b]50;BidiRenderingEnabled=false\x07",
        Strategy::Mlterm => b"\x1b]5379;use_ctl=false\x07",
        _ => b"",
    }
}

/// What switches it on again. BDSM is set again only where it was set before.
fn switch_off(strategy: Strategy) -> &'static [u8] {
    match strategy {
        Strategy::Konsole => b"\x1b]50;BidiRenderingEnabled=true\x07",
        Strategy::Mlterm => b"\x1b]5379;use_ctl=true\x07",
        _ => b"",
    }
}

/// Questions for the terminal outside: tmux passes on what stands in `DCS tmux;` with each ESC doubled, screen what stands
/// in DCS.
fn passed_on(screen: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    for question in ["\x1b[8$p", "\x1b[>q", "\x1b[>c", "\x1b[c"] {
        let wrapped = if screen {
            format!("\x1bP{question}\x1b\\")
        } else {
            format!("\x1bPtmux;{}\x1b\\", question.replace('\x1b', "\x1b\x1b"))
        };
        bytes.extend_from_slice(wrapped.as_bytes());
    }
    bytes
}
