//! Embedding levels (UAX #9: P, X, W, N, I), with left-to-right islands isolated by a higher-level protocol (HL4).

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiDataSource, BidiInfo, Level, bidi_class};

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
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    BidiInfo::new_with_data_source(&Classes, text, Some(base)).levels.iter().map(Level::number).collect()
}

/// Bidi classes, the common ones without a search in the table.
struct Classes;

impl BidiDataSource for Classes {
    fn bidi_class(&self, c: char) -> BidiClass {
        match c {
            'a'..='z' | 'A'..='Z' => BidiClass::L,
            '0'..='9' => BidiClass::EN,
            ' ' => BidiClass::WS,
            '\u{620}'..='\u{64A}' => BidiClass::AL,
            '\u{64B}'..='\u{65F}' => BidiClass::NSM,
            c => bidi_class(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_gives_the_tables_classes() {
        for c in ('\0'..='\u{7FF}').chain('\u{FB00}'..='\u{FEFF}') {
            assert_eq!(Classes.bidi_class(c), bidi_class(c), "U+{:04X}", u32::from(c));
        }
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
