//! The two directions, and which of them a text has: by the share of its right-to-left words, because the first strong
//! character alone is wrong for headlines («🇰🇼 الكويت…», «OpenAI تطلق…»).

use unicode_bidi::BidiClass;

use super::islands::is_no_word;
use super::levels::bidi_class;

/// Right-to-left words in a hundred from which a text is right-to-left.
const RTL_SHARE: usize = 40;

/// The two directions of a paragraph or an interface (UAX #9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The other direction.
    pub fn opposite(self) -> Self {
        match self {
            Self::Ltr => Self::Rtl,
            Self::Rtl => Self::Ltr,
        }
    }
}

/// The direction of a text by its words: right-to-left where 40 % or more of them are. Addresses, handles, numbers and
/// emoji do not count; `None` where no word does.
pub fn direction_of(text: &str) -> Option<Direction> {
    if text.is_ascii() {
        let counts = text.split_ascii_whitespace().any(|word| word_direction(word).is_some());
        return counts.then_some(Direction::Ltr);
    }
    let (mut rtl, mut all) = (0, 0);
    for direction in text.split_whitespace().filter_map(word_direction) {
        all += 1;
        rtl += usize::from(direction == Direction::Rtl);
    }
    if all == 0 {
        None
    } else if rtl * 100 >= all * RTL_SHARE {
        Some(Direction::Rtl)
    } else {
        Some(Direction::Ltr)
    }
}

/// Whether a text is a number with its signs («-0.6%», «1,250.50», «$20»): digits and no letters. Tables show such cells
/// left-to-right, also in right-to-left text.
pub fn is_numeric(text: &str) -> bool {
    let mut digits = false;
    text.chars().all(|c| {
        digits |= matches!(bidi_class(c), BidiClass::EN | BidiClass::AN);
        !matches!(bidi_class(c), BidiClass::L | BidiClass::R | BidiClass::AL)
    }) && digits
}

/// The direction of a word's first letter; `None` for what does not count.
fn word_direction(word: &str) -> Option<Direction> {
    if word.starts_with(|c| matches!(c, '\u{620}'..='\u{64A}' | '\u{5D0}'..='\u{5EA}')) {
        return Some(Direction::Rtl);
    }
    if word.contains(['/', '@', '#', '.']) && is_no_word(word) {
        return None;
    }
    word.chars().find_map(|c| {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Direction::Ltr);
        }
        if !c.is_alphabetic() {
            return None;
        }
        match bidi_class(c) {
            BidiClass::L => Some(Direction::Ltr),
            BidiClass::R | BidiClass::AL => Some(Direction::Rtl),
            _ => None,
        }
    })
}
