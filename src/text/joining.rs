//! Arabic joining (Unicode 9.2): which form each letter takes, by Joining_Type and its neighbours, over the whole
//! paragraph, because joining does not stop at a line's end inside a word.

use icu_properties::props::JoiningType;

use super::chars::joining_type;
use super::forms::{forms, lam_alef};

/// What is drawn in place of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// The character's byte.
    pub at: usize,
    /// What is drawn.
    pub glyph: char,
    /// What is drawn on it where marks are: it is the form of another letter.
    pub hint: Option<char>,
    /// For lam-alef: the byte after the alef, which is drawn with the lam.
    pub through: Option<usize>,
}

/// The shapes of the letters of `text`, in order; letters that are drawn as they stand are not among them.
pub(super) fn shapes(text: &str) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut before: Option<Letter> = None;
    let mut before_joined = false;
    for (at, c) in text.char_indices() {
        let kind = joining_type(c);
        if kind == JoiningType::Transparent {
            continue;
        }
        let own = Letter { at, c, kind };
        let joined = before.is_some_and(|before| before.joins_on() && own.joins_back());
        if let Some(letter) = before {
            match (letter.c == '\u{644}' && joined).then(|| lam_alef(c)).flatten() {
                Some(ligature) => {
                    let [isolated, last] = ligature;
                    let glyph = glyph(if before_joined { last } else { isolated });
                    let through = Some(at + c.len_utf8());
                    shapes.extend(glyph.map(|glyph| Shape { at: letter.at, glyph, hint: None, through }));
                    // The alef is drawn, and joins nothing behind it.
                    before = None;
                    before_joined = false;
                    continue;
                }
                None => shapes.extend(letter.shape(before_joined, joined)),
            }
        }
        before = Some(own);
        before_joined = joined;
    }
    if let Some(letter) = before {
        shapes.extend(letter.shape(before_joined, false));
    }
    shapes
}

#[derive(Clone, Copy)]
struct Letter {
    at: usize,
    c: char,
    kind: JoiningType,
}

impl Letter {
    fn joins_on(self) -> bool {
        matches!(self.kind, JoiningType::DualJoining | JoiningType::LeftJoining | JoiningType::JoinCausing)
    }

    fn joins_back(self) -> bool {
        matches!(self.kind, JoiningType::DualJoining | JoiningType::RightJoining | JoiningType::JoinCausing)
    }

    fn shape(self, back: bool, on: bool) -> Option<Shape> {
        let ([isolated, last, first, middle], hint) = forms(self.c)?;
        let wanted = match (back, on) {
            (false, false) => [isolated, isolated],
            (true, false) => [last, isolated],
            (false, true) => [first, isolated],
            (true, true) => [middle, last],
        };
        let form = wanted.into_iter().find(|form| *form != 0)?;
        Some(Shape { at: self.at, glyph: glyph(form)?, hint, through: None })
    }
}

fn glyph(form: u16) -> Option<char> {
    char::from_u32(u32::from(form))
}
