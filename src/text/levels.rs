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
    if direction == Direction::Rtl
        && let Some(levels) = purely_rtl(text)
    {
        return levels;
    }
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    BidiInfo::new_with_data_source(&Classes, text, Some(base)).levels.iter().map(Level::number).collect()
}

/// The levels of a right-to-left paragraph without left-to-right letters and controls, as most are: numbers have level 2,
/// with what W1–W5 count to them; N0–N2 leave all else at level 1. `None` where there is another class.
fn purely_rtl(text: &str) -> Option<Vec<u8>> {
    use BidiClass::{AL, AN, BN, CS, EN, ES, ET, NSM, ON, R, WS};
    let mut levels: Vec<u8> = Vec::with_capacity(text.len());
    let mut after_al = false;
    // The class before, by W1–W4, and where a run of separators or terminators that may be the next number's began.
    let mut before = R;
    let mut open = 0;
    // Whether the terminators before stand behind a number (W5).
    let mut counted = false;
    // The number that a single separator stands behind.
    let mut parted: Option<BidiClass> = None;
    for c in text.chars() {
        let at = levels.len();
        let own = bidi_class(c);
        if own == BN {
            // X9: as if it were not there.
            let level = levels.last().copied().unwrap_or(1);
            levels.resize(at + c.len_utf8(), level);
            continue;
        }
        let class = match own {
            NSM => before,
            EN if after_al => AN,
            AL | R => {
                after_al = own == AL;
                R
            }
            EN | AN | ES | ET | CS => own,
            ON | WS => ON,
            _ => return None,
        };
        let single = parted.take();
        let mut level = 1;
        before = match class {
            EN | AN => {
                // W4 and W5: what stood open before it is part of the number.
                if single == Some(class) || (class == EN && before == ET && !counted) {
                    levels.get_mut(open..)?.fill(2);
                }
                level = 2;
                class
            }
            ET => {
                if before != ET {
                    counted = before == EN;
                    open = at;
                }
                level = 1 + u8::from(counted);
                ET
            }
            ES | CS => {
                parted = (own != NSM && (before == EN || (before == AN && class == CS))).then_some(before);
                open = at;
                class
            }
            _ => class,
        };
        levels.resize(at + c.len_utf8(), level);
    }
    Some(levels)
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
    fn the_short_way_through_numbers_is_the_resolvers() {
        // All texts of up to five of these classes, in a right-to-left paragraph.
        const SAMPLES: [char; 9] = ['א', 'ب', '1', '\u{661}', '+', '$', ',', '\u{64B}', ' '];
        for length in 1..=5 {
            for number in 0..SAMPLES.len().pow(length) {
                let at = |place| SAMPLES[number / SAMPLES.len().pow(place) % SAMPLES.len()];
                let text: String = (0..length).map(at).collect();
                let resolved = BidiInfo::new(&text, Some(Level::rtl()));
                let expect: Vec<u8> = resolved.levels.iter().map(Level::number).collect();
                assert_eq!(purely_rtl(&text), Some(expect), "{text:?}");
            }
        }
        assert_eq!(purely_rtl("אב a"), None);
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
