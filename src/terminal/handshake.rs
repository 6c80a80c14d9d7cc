//! Which terminal is this, and what must be sent so that visual order comes out right: asked in-band, decided by the
//! answers. A pure machine: replies and time-outs in, bytes to send and a verdict out.
//!
//! Step 1 is the explicit mode of VTE and others: ask for BDSM (ANSI mode 8), reset it, ask again, and DA1 as a fence
//! that every terminal answers. Step 2, only behind an answered fence: name and version. See docs/terminals.md.

use std::fmt;
use std::time::{Duration, Instant};

use super::decoder::Reply;
use crate::app::TerminalNeeds;

/// BDSM reset: explicit mode, the program orders the text itself.
pub(super) const EXPLICIT: &[u8] = b"\x1b[8l";
/// BDSM set: implicit mode.
pub(super) const IMPLICIT: &[u8] = b"\x1b[8h";

/// What the person wants sent for Arabic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArabicOutput {
    /// By the terminal's answers.
    #[default]
    Auto,
    /// [`Strategy::Visual`].
    Visual,
    /// [`Strategy::Lrm`].
    Lrm,
}

/// How a frame's cells are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strategy {
    /// As they stand: presentation forms in visual order.
    #[default]
    Visual,
    /// The same, with the terminal's own reordering switched off.
    Explicit,
    /// The same, with a left-to-right mark behind each right-to-left cell: through tmux and screen, which swallow the
    /// switch.
    Lrm,
}

/// What the environment says; it decides only where the terminal is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Inside tmux or screen (`TMUX`, `STY`, or `TERM` of theirs).
    pub multiplexed: bool,
    /// A VTE terminal (`VTE_VERSION`).
    pub vte: bool,
    /// The Linux console (`TERM=linux`), which prints what it does not understand: nothing is asked.
    pub console: bool,
    /// Over SSH (`SSH_CONNECTION`): answers may take long.
    pub ssh: bool,
}

impl Environment {
    /// Reads it.
    pub fn read() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let term = std::env::var("TERM").unwrap_or_default();
        let multiplexed = set("TMUX") || set("STY") || term.starts_with("tmux") || term.starts_with("screen");
        Self { multiplexed, vte: set("VTE_VERSION"), console: term == "linux", ssh: set("SSH_CONNECTION") }
    }
}

/// What was found, and by which answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How cells are sent.
    pub strategy: Strategy,
    /// XTVERSION's text.
    pub version: Option<String>,
    /// DA1.
    pub primary: Option<Vec<u16>>,
    /// DA2.
    pub secondary: Option<Vec<u16>>,
    /// The two answers about BDSM: before and after the reset.
    pub explicit: (Option<u16>, Option<u16>),
    /// Whether all questions were answered.
    pub complete: bool,
}

impl Verdict {
    /// Whether BDSM was on before it was reset: only then it is set again on the way out.
    pub fn was_implicit(&self) -> bool {
        self.explicit.0 == Some(1)
    }

    fn is_explicit(&self) -> bool {
        matches!(self.explicit.1, Some(2 | 4)) && self.explicit.0 != Some(0)
    }

    fn name_starts(&self, name: &str) -> bool {
        self.version.as_deref().is_some_and(|version| version.starts_with(name))
    }

    fn second_starts(&self, number: u16) -> bool {
        self.secondary.as_ref().and_then(|numbers| numbers.first()) == Some(&number)
    }

    /// tmux and screen say so themselves.
    fn is_multiplexer(&self) -> bool {
        self.name_starts("tmux") || self.second_starts(84) || self.second_starts(83)
    }

    /// Whether marks are drawn in their letter's cell: measured in VTE, xterm and urxvt.
    fn marks_in_place(&self) -> bool {
        self.strategy == Strategy::Explicit || self.name_starts("XTerm(") || self.second_starts(85)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.version.as_deref().unwrap_or("an unnamed terminal");
        let how = match self.strategy {
            Strategy::Visual => "visual order",
            Strategy::Explicit => "visual order, its own reordering switched off",
            Strategy::Lrm => "visual order with left-to-right marks",
        };
        write!(f, "{name}: {how}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The explicit mode has been asked for.
    Explicit,
    /// The name has been asked for.
    Name,
    /// All is said.
    Over,
}

/// The questions, the answers so far, and what follows from them.
#[derive(Clone, Debug)]
pub struct Handshake {
    step: Step,
    output: ArabicOutput,
    environment: Environment,
    verdict: Verdict,
    began: Instant,
    deadline: Option<Instant>,
}

impl Handshake {
    /// The first questions, to be sent in one write, and the machine that waits for their answers.
    pub fn begin(output: ArabicOutput, environment: Environment, now: Instant) -> (Self, Vec<u8>) {
        let wait = if environment.ssh { Duration::from_secs(5) } else { Duration::from_secs(2) };
        let mut questions = b"\x1b[8$p".to_vec();
        // Through tmux and screen only ask, never switch.
        if !environment.multiplexed && output != ArabicOutput::Lrm {
            questions.extend_from_slice(EXPLICIT);
        }
        questions.extend_from_slice(b"\x1b[8$p\x1b[c");
        let mut handshake = Self {
            step: Step::Explicit,
            output,
            environment,
            verdict: Verdict::default(),
            began: now,
            deadline: Some(now + wait),
        };
        if handshake.environment.console {
            handshake.step = Step::Over;
            handshake.deadline = None;
            questions.clear();
        }
        handshake.decide();
        (handshake, questions)
    }

    /// What was found so far.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// What the terminal needs of the layout, as far as it is known.
    pub fn needs(&self) -> TerminalNeeds {
        TerminalNeeds { marks_in_place: self.verdict.marks_in_place(), ..TerminalNeeds::default() }
    }

    /// When to stop waiting.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Whether a question is still open.
    pub fn is_waiting(&self) -> bool {
        self.step != Step::Over
    }

    /// Takes an answer, whenever it comes; returns what to send next.
    pub fn replied(&mut self, reply: &Reply, now: Instant) -> Vec<u8> {
        let mut questions = Vec::new();
        match reply {
            Reply::AnsiMode(8, value) => match self.verdict.explicit {
                (None, _) => self.verdict.explicit.0 = Some(*value),
                (_, None) => self.verdict.explicit.1 = Some(*value),
                _ => {}
            },
            Reply::Version(text) => self.verdict.version = Some(text.clone()),
            Reply::SecondaryAttributes(numbers) => self.verdict.secondary = Some(numbers.clone()),
            Reply::PrimaryAttributes(numbers) => {
                self.verdict.primary = Some(numbers.clone());
                match self.step {
                    Step::Explicit => {
                        questions = b"\x1b[>q\x1b[>c\x1b[c".to_vec();
                        let round_trip = now.saturating_duration_since(self.began);
                        self.deadline = Some(now + (round_trip * 4).max(Duration::from_millis(300)));
                        self.step = Step::Name;
                    }
                    Step::Name => {
                        self.step = Step::Over;
                        self.deadline = None;
                        self.verdict.complete = true;
                    }
                    Step::Over => {}
                }
            }
            _ => {}
        }
        self.decide();
        questions
    }

    /// The deadline has passed: what is known decides, and where that is nothing, the environment.
    pub fn timed_out(&mut self) {
        // Late answers still count; nothing more is asked.
        self.deadline = None;
        self.decide();
    }

    fn decide(&mut self) {
        let silent = self.verdict.primary.is_none();
        self.verdict.strategy = match self.output {
            ArabicOutput::Visual => Strategy::Visual,
            ArabicOutput::Lrm => Strategy::Lrm,
            ArabicOutput::Auto if self.verdict.is_multiplexer() || self.environment.multiplexed => {
                Strategy::Lrm
            }
            ArabicOutput::Auto if self.verdict.is_explicit() => Strategy::Explicit,
            ArabicOutput::Auto
                if self.verdict.explicit.1 == Some(1) || self.verdict.explicit.1 == Some(3) =>
            {
                // It reorders and will not stop.
                Strategy::Lrm
            }
            ArabicOutput::Auto if silent && self.deadline.is_none() && self.environment.vte => Strategy::Lrm,
            ArabicOutput::Auto => Strategy::Visual,
        };
    }
}
