//! Embedding levels (UAX #9: P, X, W, N, I), with left-to-right islands isolated by a higher-level protocol (HL4).

use std::ops::Range;
use std::sync::LazyLock;

use unicode_bidi::{BidiClass, BidiDataSource, BidiInfo, Level};

use super::direction::Direction;

/// LRI and PDI, as they are put around an island.
const ISOLATE: (&str, &str) = ("\u{2066}", "\u{2069}");

/// The level of each byte of `text`, one paragraph, before the line rules (L1). Each of `islands` (byte ranges, in
/// order, apart) is isolated left-to-right.
pub fn levels(text: &str, direction: Direction, islands: &[Range<usize>]) -> Vec<u8> {
    if islands.is_empty() {
        return resolve(text, direction);
    }
    let (open, close) = ISOLATE;
    let mut isolated = String::with_capacity(text.len() + islands.len() * (open.len() + close.len()));
    let mut at = 0;
    for island in islands {
        let (Some(before), Some(inside)) = (text.get(at..island.start), text.get(island.clone())) else {
            continue;
        };
        isolated.push_str(before);
        isolated.push_str(open);
        isolated.push_str(inside);
        isolated.push_str(close);
        at = island.end;
    }
    isolated.push_str(text.get(at..).unwrap_or(""));
    let resolved = resolve(&isolated, direction);
    let mut levels = Vec::with_capacity(text.len());
    let mut from = 0;
    let mut at = 0;
    for island in islands {
        if text.get(at..island.start).is_none() || text.get(island.clone()).is_none() {
            continue;
        }
        levels.extend(resolved.iter().skip(from).take(island.start - at));
        from += island.start - at + open.len();
        levels.extend(resolved.iter().skip(from).take(island.len()));
        from += island.len() + close.len();
        at = island.end;
    }
    levels.extend(resolved.iter().skip(from));
    levels
}

fn resolve(text: &str, direction: Direction) -> Vec<u8> {
    if direction == Direction::Rtl && text.chars().all(stays_rtl) {
        return vec![1; text.len()];
    }
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    BidiInfo::new_with_data_source(&Classes, text, Some(base)).levels.iter().map(Level::number).collect()
}

/// Whether a character has the base level in a right-to-left paragraph that holds nothing but such characters: letters
/// of right-to-left scripts, their marks and neutrals, without numbers, left-to-right letters and controls (W1–W7 give
/// them no other class than R, N1–I2 no other level than 1).
fn stays_rtl(c: char) -> bool {
    use BidiClass::{AL, CS, ES, ET, NSM, ON, R, WS};
    matches!(bidi_class(c), AL | CS | ES | ET | NSM | ON | R | WS)
}

/// The code points before which a class is looked up by index: Latin to Arabic.
const COMMON: u32 = 0x800;

/// The classes of the characters before [`COMMON`].
static COMMON_CLASSES: LazyLock<Vec<BidiClass>> =
    LazyLock::new(|| (0..COMMON).filter_map(char::from_u32).map(unicode_bidi::bidi_class).collect());

/// The Bidi_Class of a character; the common ones without a search in the table.
pub(super) fn bidi_class(c: char) -> BidiClass {
    let code = u32::from(c);
    let common = usize::try_from(code).ok().filter(|_| code < COMMON).and_then(|at| COMMON_CLASSES.get(at));
    common.copied().unwrap_or_else(|| unicode_bidi::bidi_class(c))
}

/// Bidi classes, for the resolver.
struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        bidi_class(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_gives_the_tables_classes() {
        for c in ('\0'..='\u{8FF}').chain('\u{FB00}'..='\u{FEFF}') {
            assert_eq!(bidi_class(c), unicode_bidi::bidi_class(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn a_paragraph_without_numbers_and_latin_is_all_of_one_level() {
        assert_eq!(levels("خبر (عاجل)", Direction::Rtl, &[]), [1; 17]);
        assert_eq!(levels("خبر 1", Direction::Rtl, &[]), [1, 1, 1, 1, 1, 1, 1, 2]);
    }

    #[test]
    fn islands_leave_as_many_levels_as_there_are_bytes() {
        let text = "للحجز: +965 2222-3333 أو x";
        let start = text.find('+').unwrap();
        let island = start..start + "+965 2222-3333".len();
        let levels = levels(text, Direction::Rtl, std::slice::from_ref(&island));
        assert_eq!(levels.len(), text.len());
        assert!(levels[island].iter().all(|level| *level == 2), "{levels:?}");
    }
}
