//! The ways to send Arabic to a terminal, by name: what a person may choose in the configuration, on the command line
//! and in the doctor. What each one does is `terminal`'s affair; which is right for which terminal, too.

/// How a frame's cells are sent. Cells are in visual order and in presentation forms; see docs/terminals.md.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strategy {
    /// As they stand.
    #[default]
    Visual,
    /// The same, with the terminal's own reordering switched off (ECMA-48 BDSM reset).
    Explicit,
    /// The same, switched off in Konsole's way (OSC 50).
    Konsole,
    /// The same, switched off in mlterm's way (OSC 5379).
    Mlterm,
    /// With a left-to-right mark behind each right-to-left cell: through tmux and screen, which swallow the switch.
    Lrm,
    /// Each right-to-left cell by itself, in kitty's text sizing protocol (OSC 66).
    Osc66,
    /// Runs of right-to-left cells back in logical order: older kitty.
    Reversed,
    /// Rows turned so that the terminal's own reordering brings them back: PuTTY.
    Precompensate,
    /// Neighbouring cells in colours that differ by 1 in 255: qtermwidget, which reorders runs of one style.
    Split,
    /// Rows of plain letters in logical order, one pane: the last resort.
    Logical,
}

impl Strategy {
    /// All of them, in the order of the doctor's lines.
    pub const ALL: [Self; 10] = [
        Self::Visual,
        Self::Explicit,
        Self::Konsole,
        Self::Mlterm,
        Self::Lrm,
        Self::Osc66,
        Self::Reversed,
        Self::Precompensate,
        Self::Split,
        Self::Logical,
    ];

    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visual => "visual",
            Self::Explicit => "explicit",
            Self::Konsole => "konsole",
            Self::Mlterm => "mlterm",
            Self::Lrm => "lrm",
            Self::Osc66 => "osc66",
            Self::Reversed => "reversed",
            Self::Precompensate => "precompensate",
            Self::Split => "split",
            Self::Logical => "logical",
        }
    }

    /// The strategy of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }

    /// What it does, in a few words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Visual => "visual order as it stands",
            Self::Explicit => "visual order, the terminal's own reordering switched off (CSI 8 l)",
            Self::Konsole => "visual order, Konsole's reordering switched off (OSC 50)",
            Self::Mlterm => "visual order, mlterm's reordering switched off (OSC 5379)",
            Self::Lrm => "visual order with left-to-right marks",
            Self::Osc66 => "visual order, each letter by itself (OSC 66)",
            Self::Reversed => "visual order, words turned back for kitty",
            Self::Precompensate => "rows turned so that the terminal turns them back",
            Self::Split => "visual order, neighbours in colours that differ by a hair",
            Self::Logical => "plain letters in logical order, one pane",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for strategy in Strategy::ALL {
            assert_eq!(Strategy::from_name(strategy.name()), Some(strategy));
        }
        assert_eq!(Strategy::from_name("auto"), None);
    }
}
