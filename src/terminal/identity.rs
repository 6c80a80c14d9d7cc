//! Who the terminal is, by its answers, and which strategy is right for it: the table of docs/terminals.md. Pure; the
//! questions are asked by `handshake`.

use std::fmt;

use crate::app::{Preference, Strategy};
use crate::text::implicit::Model;

/// What the environment says; it decides only where the terminal is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Inside tmux, screen or zellij (`TMUX`, `STY`, `ZELLIJ`, or `TERM` of theirs).
    pub multiplexed: bool,
    /// GNU screen among these (`STY`): it passes strings on in its own way.
    pub screen: bool,
    /// A VTE terminal (`VTE_VERSION`).
    pub vte: bool,
    /// Konsole (`KONSOLE_VERSION`).
    pub konsole: bool,
    /// kitty (`KITTY_WINDOW_ID`, or `TERM=xterm-kitty`).
    pub kitty: bool,
    /// mlterm (`MLTERM`, or `TERM` of its own).
    pub mlterm: bool,
    /// Apple's Terminal (`TERM_PROGRAM=Apple_Terminal`).
    pub apple: bool,
    /// The Linux console (`TERM=linux`), which prints what it does not understand: nothing is asked.
    pub console: bool,
    /// Over SSH (`SSH_CONNECTION`): answers may take long.
    pub ssh: bool,
    /// `TERM`.
    pub term: String,
}

impl Environment {
    /// Reads it.
    pub fn read() -> Self {
        let get = |name: &str| std::env::var(name).unwrap_or_default();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let term = get("TERM");
        let starts = |name: &str| term.starts_with(name);
        Self {
            multiplexed: set("TMUX") || set("STY") || set("ZELLIJ") || starts("tmux") || starts("screen"),
            screen: set("STY"),
            vte: set("VTE_VERSION"),
            konsole: set("KONSOLE_VERSION"),
            kitty: set("KITTY_WINDOW_ID") || starts("xterm-kitty"),
            mlterm: set("MLTERM") || starts("mlterm"),
            apple: get("TERM_PROGRAM") == "Apple_Terminal",
            console: term == "linux",
            ssh: set("SSH_CONNECTION"),
            term,
        }
    }

    /// The name under which the last verdict is remembered for the first frame of the next start. No host stands in it.
    pub fn key(&self) -> String {
        let flags = [(self.multiplexed, "+mux"), (self.ssh, "+ssh"), (self.kitty, "+kitty")];
        let mut key = if self.term.is_empty() { "unknown".to_owned() } else { self.term.clone() };
        key.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, name)| name));
        key
    }
}

/// What the terminal answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// XTVERSION's text.
    pub version: Option<String>,
    /// DA1.
    pub primary: Option<Vec<u16>>,
    /// DA2.
    pub secondary: Option<Vec<u16>>,
    /// The two answers about BDSM (DECRPM): before and after the reset.
    pub explicit: (Option<u16>, Option<u16>),
    /// Columns that the first letter took, which is three bytes in UTF-8: 1 where the terminal reads UTF-8.
    pub letter_columns: Option<u16>,
    /// Its answer about left and right margins (DECRPM, mode 69: DECLRMM).
    pub margins: Option<u16>,
    /// Whether it takes kitty's text sizing (OSC 66).
    pub sized: Option<bool>,
    /// Through a multiplexer, of the terminal outside: XTVERSION's text.
    pub outer_version: Option<String>,
    /// Its DA2.
    pub outer_secondary: Option<Vec<u16>>,
    /// Its answer about BDSM.
    pub outer_explicit: Option<u16>,
    /// Columns that odd characters took, in the order of the doctor's list.
    pub widths: Vec<u16>,
    /// Its colours: foreground, background, then the palette.
    pub colours: Vec<(Colour, (u8, u8, u8))>,
}

/// Which colour an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// OSC 10.
    Foreground,
    /// OSC 11.
    Background,
    /// OSC 4, a number of the palette.
    Palette(u8),
}

/// How far the questions have been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Answers may still come.
    #[default]
    Asking,
    /// All questions were answered.
    Answered,
    /// The time for answers is over.
    TimedOut,
}

impl Answers {
    fn name_starts(&self, name: &str) -> bool {
        self.version.as_deref().is_some_and(|version| version.starts_with(name))
    }

    fn second(&self) -> &[u16] {
        self.secondary.as_deref().unwrap_or(&[])
    }

    fn outer_starts(&self, name: &str) -> bool {
        self.outer_version.as_deref().is_some_and(|version| version.starts_with(name))
    }

    /// Whether BDSM was on before it was reset: only then it is set again on the way out.
    pub fn was_implicit(&self) -> bool {
        self.explicit.0 == Some(1)
    }

    /// Whether a pane beside others can be scrolled: it knows the mode, and nobody has set it.
    pub fn has_margins(&self) -> bool {
        self.margins == Some(2)
    }

    /// tmux and screen say so themselves.
    pub fn is_multiplexer(&self) -> bool {
        self.name_starts("tmux") || self.name_starts("Zellij") || matches!(self.second(), [83 | 84, ..])
    }

    /// kitty, by its name.
    pub fn is_kitty(&self) -> bool {
        self.name_starts("kitty(")
    }

    /// How it reorders, where it does: through a multiplexer that does not tell Konsole to stop, as Konsole does.
    pub fn model(&self) -> Model {
        let konsole = self.outer_starts("Konsole") || self.outer_secondary.as_deref() == Some(&[1, 115, 0]);
        if konsole { Model::Konsole } else { Model::Standard }
    }

    /// A terminal of qtermwidget, or a very old Konsole.
    pub fn is_qtermwidget(&self) -> bool {
        self.second() == [0, 115, 0]
    }

    /// The name under which a person's choice for this terminal is kept: its answers, no host.
    pub fn key(&self) -> String {
        let numbers =
            |list: &Option<Vec<u16>>| list.iter().flatten().map(u16::to_string).collect::<Vec<_>>().join(";");
        let version = self.version.as_deref().unwrap_or("-");
        let outer = self.outer_version.as_deref().map(|name| format!(" in {name}")).unwrap_or_default();
        format!("{version} {} {}{outer}", numbers(&self.secondary), numbers(&self.primary))
    }

    /// Whether marks are drawn in their letter's cell with this strategy, as far as it was seen: VTE, xterm, urxvt,
    /// Konsole, mlterm, PuTTY, and kitty by OSC 66.
    pub fn marks_in_place(&self, strategy: Strategy) -> bool {
        match strategy {
            Strategy::Explicit | Strategy::Konsole | Strategy::Mlterm | Strategy::Osc66 => true,
            Strategy::Precompensate => self.second() == [0, 136, 0],
            Strategy::Visual => self.name_starts("XTerm(") || matches!(self.second(), [85, ..]),
            Strategy::Lrm | Strategy::Reversed | Strategy::Split | Strategy::Logical => false,
        }
    }

    /// Whether links (OSC 8) are shown, by the terminals' own documents; none of these prints what it does not know.
    pub fn shows_links(&self) -> bool {
        const NAMES: [&str; 8] =
            ["kitty(", "foot(", "WezTerm", "Konsole", "ghostty", "contour", "mintty", "iTerm2"];
        NAMES.iter().any(|name| self.name_starts(name))
            // VTE has links since 0.50, Alacritty since 0.11; tmux passes them on since 3.4.
            || matches!(self.second(), [65, 5000..=u16::MAX, _] | [0, 1100..=u16::MAX, 1])
            || self.version.as_deref().and_then(|name| name.strip_prefix("tmux "))
                .is_some_and(|version| version_at_least(version, (3, 4)) == Some(true))
    }

    /// Whether copies (OSC 52) reach the clipboard: VTE, PuTTY, Apple's Terminal, qtermwidget and Konsole before 24.12
    /// pass them over.
    pub fn takes_copies(&self) -> bool {
        let konsole = self.version.as_deref().and_then(|name| name.strip_prefix("Konsole "));
        let old_konsole = konsole.is_some_and(|version| version_at_least(version, (24, 12)) == Some(false));
        !old_konsole && !matches!(self.second(), [65, ..] | [0, 136 | 115, 0] | [1, 95, 0])
    }

    /// The right strategy, and why; `None` as long as it is not known.
    pub fn judge(&self, environment: &Environment, stage: Stage) -> Option<(Strategy, &'static str)> {
        if environment.console {
            return Some((Strategy::Visual, "the Linux console draws what it is sent"));
        }
        if self.is_multiplexer() || environment.multiplexed {
            return Some(self.judge_outer(environment));
        }
        match self.explicit {
            (before, Some(2 | 4)) if before != Some(0) => {
                return Some((Strategy::Explicit, "it answered that its reordering is off (BDSM)"));
            }
            (_, Some(1 | 3)) => {
                return Some((Strategy::Lrm, "it reorders and said that it will not stop (BDSM)"));
            }
            _ => {}
        }
        if let Some(known) = self.judge_name(stage) {
            return Some(known);
        }
        match stage {
            Stage::Asking => None,
            Stage::Answered => Some((Strategy::Visual, "by its answers it does not reorder")),
            Stage::TimedOut if self.primary.is_some() => {
                Some((Strategy::Visual, "it answered only in part, and nothing says that it reorders"))
            }
            Stage::TimedOut => Some(Self::judge_silent(environment)),
        }
    }

    /// By name and version.
    fn judge_name(&self, stage: Stage) -> Option<(Strategy, &'static str)> {
        if self.name_starts("Konsole") || self.second() == [1, 115, 0] {
            return Some((Strategy::Konsole, "it is Konsole"));
        }
        if self.is_kitty() {
            return self.sized.map(|sized| match sized {
                true => (Strategy::Osc66, "it is kitty, and takes OSC 66"),
                false => (Strategy::Reversed, "it is kitty, older than OSC 66"),
            });
        }
        if let Some(version) = self.version.as_deref().and_then(|name| name.strip_prefix("iTerm2 ")) {
            return Some(if version_at_least(version, (3, 7)) == Some(true) {
                (Strategy::Lrm, "it is iTerm2 from 3.7 on, which reorders (not verified)")
            } else {
                (Strategy::Visual, "it is iTerm2 before 3.7")
            });
        }
        match self.second() {
            [24, 279, ..] => Some((Strategy::Mlterm, "it is mlterm by its answer (DA2)")),
            [0, 136, 0] => Some((Strategy::Precompensate, "it is PuTTY by its answer (DA2)")),
            [0, 115, 0] if self.tells_colours() => {
                Some((Strategy::Split, "it is of qtermwidget by its answer (DA2), and tells its colours"))
            }
            [0, 115, 0] if stage != Stage::Asking => {
                Some((Strategy::Logical, "it is of qtermwidget by its answer (DA2), and tells no colours"))
            }
            [1, 95, 0] => Some((Strategy::Lrm, "it is Apple's Terminal by its answer (DA2; not verified)")),
            [1, 10, 0] if self.primary.as_deref() == Some(&[62]) => {
                Some((Strategy::Lrm, "it is mosh, and what is behind it is not known"))
            }
            _ => None,
        }
    }

    /// Whether the colours that text stands in by default are known.
    pub fn tells_colours(&self) -> bool {
        self.colours.iter().any(|(which, _)| *which == Colour::Foreground)
    }

    /// Inside a multiplexer, by what is outside.
    fn judge_outer(&self, environment: &Environment) -> (Strategy, &'static str) {
        if self.outer_starts("kitty(") || (self.outer_version.is_none() && environment.kitty) {
            (Strategy::Reversed, "it is kitty behind a multiplexer")
        } else if self.outer_starts("Konsole") || self.outer_secondary.as_deref() == Some(&[1, 115, 0]) {
            (Strategy::Precompensate, "it is Konsole behind a multiplexer, which is not told to stop there")
        } else if self.outer_secondary.as_deref() == Some(&[0, 136, 0]) {
            (Strategy::Precompensate, "it is PuTTY behind a multiplexer")
        } else {
            (Strategy::Lrm, "it is behind a multiplexer, where nothing is switched")
        }
    }

    /// Nothing came: the environment, which crosses no SSH.
    fn judge_silent(environment: &Environment) -> (Strategy, &'static str) {
        if environment.vte {
            (Strategy::Lrm, "it is silent, and VTE by the environment")
        } else if environment.konsole {
            (Strategy::Konsole, "it is silent, and Konsole by the environment")
        } else if environment.kitty {
            (Strategy::Reversed, "it is silent, and kitty by the environment")
        } else if environment.mlterm {
            (Strategy::Mlterm, "it is silent, and mlterm by the environment")
        } else if environment.apple {
            (Strategy::Lrm, "it is silent, and Apple's Terminal by the environment (not verified)")
        } else {
            (Strategy::Visual, "it is silent, and nothing says that it reorders")
        }
    }
}

/// Whether a version's first two numbers are at least these; `None` where there is no number.
fn version_at_least(version: &str, least: (u32, u32)) -> Option<bool> {
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || numbers.next().map(|part| part.parse::<u32>().unwrap_or(u32::MAX));
    let first = next()?;
    Some((first, next().unwrap_or(0)) >= least)
}

/// Characters whose width is not the same on all terminals: what they are, themselves, and the columns that most take.
pub(super) const ODD: [(&str, &str, u16); 8] = [
    ("width: lam-alef, two letters", "\u{644}\u{627}", 2),
    ("width: lam-alef, one form", "\u{FEFB}", 1),
    ("width: letter with harakat", "\u{628}\u{64E}", 1),
    ("width: zero-width non-joiner", "\u{200C}", 0),
    ("width: left-to-right mark", "\u{200E}", 0),
    ("width: number sign U+0600", "\u{600}", 1),
    ("width: flag", "\u{1F1F0}\u{1F1FC}", 2),
    ("width: ligature U+FDFA", "\u{FDFA}", 1),
];

/// What was found, and by which answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How cells are sent.
    pub strategy: Strategy,
    /// Why.
    pub why: &'static str,
    /// What the person said of terminals that answer so.
    pub preference: Preference,
    /// Whether the verdict is final, as far as the terminal answers.
    pub settled: bool,
    /// What was answered.
    pub answers: Answers,
}

impl Verdict {
    /// Whether letters are sent instead of presentation forms.
    pub fn letters(&self) -> bool {
        self.preference.letters
    }

    /// Whether harakat stand on their letters: by the person's word, else as it was seen of such terminals.
    pub fn marks_in_place(&self) -> bool {
        self.preference.marks.unwrap_or_else(|| self.answers.marks_in_place(self.strategy))
    }

    /// The terminal's name, or what stands for it.
    pub fn name(&self) -> String {
        let inner = self.answers.version.as_deref();
        let inner = inner.unwrap_or(match self.answers.second() {
            [65, ..] => "a VTE terminal",
            [85, ..] => "rxvt-unicode",
            [83, ..] => "GNU screen",
            [24, 279, ..] => "mlterm",
            [0, 136, 0] => "PuTTY",
            [0, 115, 0] => "a qtermwidget terminal",
            [1, 95, 0] => "Apple's Terminal",
            _ => "a terminal without a name",
        });
        match &self.answers.outer_version {
            Some(outer) => format!("{inner} in {outer}"),
            None => inner.to_owned(),
        }
    }

    /// The answers, a label and a text each, for the doctor.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let answers = &self.answers;
        let numbers = |list: &Option<Vec<u16>>| match list {
            Some(list) => list.iter().map(u16::to_string).collect::<Vec<_>>().join(";"),
            None => "no answer".to_owned(),
        };
        let mode = |mode: Option<u16>| match mode {
            None => "no answer",
            Some(0) => "not known",
            Some(1) => "on",
            Some(2) => "off",
            Some(3) => "on for ever",
            Some(4) => "off for ever",
            Some(_) => "an answer of no meaning",
        };
        let forms = match self.letters() {
            true => "as letters, unjoined where the font does not join (you said that it has no forms)",
            false => "in presentation forms, joined",
        };
        let marks = match (self.marks_in_place(), self.preference.marks) {
            (true, None) => "shown: such terminals draw them on their letters",
            (false, None) => "hidden: not known to stand on their letters here",
            (true, Some(_)) => "shown: you said that they stand on their letters",
            (false, Some(_)) => "hidden: you said that they do not stand on their letters",
        };
        let mut lines = vec![
            ("terminal", self.name()),
            ("sent", format!("{} ({})", self.strategy.describe(), self.strategy.name())),
            ("because", self.why.to_owned()),
            ("letters", forms.to_owned()),
            ("harakat", marks.to_owned()),
            ("name (XTVERSION)", answers.version.clone().unwrap_or_else(|| "no answer".to_owned())),
            ("attributes (DA1)", numbers(&answers.primary)),
            ("version (DA2)", numbers(&answers.secondary)),
            (
                "own reordering (BDSM)",
                format!("{}, after the reset {}", mode(answers.explicit.0), mode(answers.explicit.1)),
            ),
        ];
        if let Some(columns) = answers.letter_columns {
            let text = if columns == 1 { "yes" } else { "no: a letter takes the columns of its bytes" };
            lines.push(("reads UTF-8", text.to_owned()));
        }
        if let Some(margins) = answers.margins {
            lines.push(("left and right margins (DECLRMM)", mode(Some(margins)).to_owned()));
        }
        if let Some(sized) = answers.sized {
            lines.push(("text sizing (OSC 66)", if sized { "yes" } else { "no" }.to_owned()));
        }
        if let Some(outer) = answers.outer_explicit {
            lines.push(("outside: own reordering (BDSM)", mode(Some(outer)).to_owned()));
        }
        for ((what, _, expected), measured) in ODD.iter().zip(&answers.widths) {
            let note = if measured == expected { String::new() } else { format!(", elsewhere {expected}") };
            lines.push((what, format!("{measured}{note}")));
        }
        lines
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.strategy.describe())
    }
}
