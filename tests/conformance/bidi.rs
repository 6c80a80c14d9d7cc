//! UAX #9: levels, L1 and L2. The base direction is the reader's own business (HL1: by the share of words), so the cases
//! that ask for P2 and P3 get the direction that those give, found here.

use khabar::text::{self, Base, Direction, Harakat, Options};
use unicode_bidi::{BidiClass, bidi_class};

use super::{cases, judge, text_of, unpacked};

/// The base directions of a case: by P2–P3, or given.
#[derive(Clone, Copy, Debug)]
enum Asked {
    Auto,
    Given(Direction),
}

/// P2 and P3: the direction of the first strong character outside isolates.
fn first_strong(text: &str) -> Direction {
    let mut depth = 0_usize;
    for c in text.chars() {
        match bidi_class(c) {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => depth += 1,
            BidiClass::PDI => depth = depth.saturating_sub(1),
            BidiClass::B => break,
            BidiClass::L if depth == 0 => return Direction::Ltr,
            BidiClass::R | BidiClass::AL if depth == 0 => return Direction::Rtl,
            _ => {}
        }
    }
    Direction::Ltr
}

fn direction_for(asked: Asked, text: &str) -> Direction {
    match asked {
        Asked::Auto => first_strong(text),
        Asked::Given(direction) => direction,
    }
}

/// What X9 leaves out: it has no level in the files.
fn is_left_out(c: char) -> bool {
    use BidiClass::{BN, LRE, LRO, PDF, RLE, RLO};
    matches!(bidi_class(c), LRE | RLE | LRO | RLO | PDF | BN)
}

/// The levels of the characters of `text` as one line, by the reader's functions. A segment or paragraph separator ends
/// a part of the line of its own for L1; the reader has none in a line.
fn line_levels(text: &str, direction: Direction) -> Vec<u8> {
    let by_byte = text::levels(text, direction, &[]);
    let chars: Vec<char> = text.chars().collect();
    let mut levels: Vec<u8> = text.char_indices().map(|(at, _)| by_byte[at]).collect();
    let ends_part = |c: &char| matches!(bidi_class(*c), BidiClass::S | BidiClass::B);
    let mut from = 0;
    for part in chars.split_inclusive(ends_part) {
        let white = part.iter().map(|c| ends_part(c) || text::is_white(*c));
        text::reset_trailing(&mut levels[from..from + part.len()], white, direction);
        from += part.len();
    }
    levels
}

/// What a file expects of a line.
#[derive(Debug, Default)]
struct Expected {
    /// The level of each character; none for what X9 leaves out.
    levels: Vec<Option<u8>>,
    /// The characters from left to right.
    order: Vec<usize>,
}

fn levels_of(field: &str) -> Vec<Option<u8>> {
    field.split_ascii_whitespace().map(|level| level.parse().ok()).collect()
}

fn order_of(field: &str) -> Vec<usize> {
    field.split_ascii_whitespace().map(|at| at.parse().unwrap()).collect()
}

/// Whether a line comes out as expected; else its levels.
fn check(text: &str, direction: Direction, expected: &Expected) -> Result<(), Vec<u8>> {
    let levels = line_levels(text, direction);
    let kept: Vec<usize> =
        text.chars().enumerate().filter(|(_, c)| !is_left_out(*c)).map(|(at, _)| at).collect();
    let kept_levels: Vec<u8> = kept.iter().map(|at| levels[*at]).collect();
    let are_right = kept.len() == expected.levels.iter().flatten().count()
        && expected.levels.len() == levels.len()
        && kept.iter().all(|at| expected.levels[*at] == Some(levels[*at]));
    let order = text::visual_order(&kept_levels);
    let is_right = order.iter().map(|at| kept[*at]).eq(expected.order.iter().copied());
    if are_right && is_right { Ok(()) } else { Err(levels) }
}

/// A character of each class, as BidiTest.txt names them.
fn sample(class: &str) -> char {
    match class {
        "L" => 'a',
        "R" => '\u{5D0}',
        "AL" => '\u{627}',
        "EN" => '1',
        "AN" => '\u{661}',
        "ES" => '+',
        "ET" => '$',
        "CS" => ',',
        "NSM" => '\u{64B}',
        "BN" => '\u{AD}',
        "B" => '\u{2029}',
        "S" => '\t',
        "WS" => ' ',
        "ON" => '!',
        "LRE" => '\u{202A}',
        "RLE" => '\u{202B}',
        "PDF" => '\u{202C}',
        "LRO" => '\u{202D}',
        "RLO" => '\u{202E}',
        "LRI" => '\u{2066}',
        "RLI" => '\u{2067}',
        "FSI" => '\u{2068}',
        "PDI" => '\u{2069}',
        other => panic!("no character of class {other}"),
    }
}

#[test]
fn bidi_test_passes_whole() {
    let file = unpacked("BidiTest-15.0.0.txt.zst");
    let mut expected = Expected::default();
    let mut failed = Vec::new();
    let mut run = 0;
    for (number, line) in cases(&file) {
        if let Some(list) = line.strip_prefix("@Levels:") {
            expected.levels = levels_of(list);
        } else if let Some(list) = line.strip_prefix("@Reorder:") {
            expected.order = order_of(list);
        } else {
            let (classes, asked) = line.split_once(';').unwrap();
            let text: String = classes.split_ascii_whitespace().map(sample).collect();
            let asked: u8 = asked.trim().parse().unwrap();
            for (bit, base) in
                [(1, Asked::Auto), (2, Asked::Given(Direction::Ltr)), (4, Asked::Given(Direction::Rtl))]
            {
                if asked & bit == 0 {
                    continue;
                }
                run += 1;
                if let Err(own) = check(&text, direction_for(base, &text), &expected) {
                    failed.push(format!("line {number}, {base:?}: {line}: {own:?}, not {expected:?}"));
                }
            }
        }
    }
    judge("BidiTest.txt 15.0.0", run, &failed);
}

#[test]
fn bidi_character_test_passes_whole() {
    let file = unpacked("BidiCharacterTest-15.0.0.txt.zst");
    let mut failed = Vec::new();
    let mut run = 0;
    for (number, line) in cases(&file) {
        let fields: Vec<&str> = line.split(';').collect();
        let text = text_of(fields[0]);
        let asked = match fields[1] {
            "0" => Asked::Given(Direction::Ltr),
            "1" => Asked::Given(Direction::Rtl),
            _ => Asked::Auto,
        };
        run += 1;
        let direction = direction_for(asked, &text);
        let base_is_right = fields[2] == u8::from(direction == Direction::Rtl).to_string();
        let expected = Expected { levels: levels_of(fields[3]), order: order_of(fields[4]) };
        let own = check(&text, direction, &expected);
        if !base_is_right || own.is_err() {
            failed.push(format!("line {number}: {own:?}, not {expected:?}"));
        }
    }
    judge("BidiCharacterTest.txt 15.0.0", run, &failed);
}

/// The whole way: what a paragraph draws stands where the file says. Control characters are spaces or U+FFFD in a
/// paragraph, and what joins or borrows a cell is drawn there, so only cases of single cells are asked.
#[test]
fn drawn_paragraphs_stand_in_the_order_of_the_files() {
    let file = unpacked("BidiCharacterTest-15.0.0.txt.zst");
    let mut failed = Vec::new();
    let mut run = 0;
    for (number, line) in cases(&file) {
        let fields: Vec<&str> = line.split(';').collect();
        let text = text_of(fields[0]);
        if text.chars().any(|c| matches!(bidi_class(c), BidiClass::NSM | BidiClass::B | BidiClass::S)) {
            continue;
        }
        let direction = if fields[2] == "1" { Direction::Rtl } else { Direction::Ltr };
        let options = Options {
            base: Base::Fixed(direction),
            islands: false,
            harakat: Harakat::Shown,
            ..Options::default()
        };
        let drawn = text::analyse(&text, &options).whole_line();
        let drawn: Vec<usize> = drawn.cells().map(|cell| cell.source().start).collect();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        // Spaces stay; format characters have no cell.
        let is_seen = |at: &usize| {
            let c = text[*at..].chars().next().unwrap();
            text::width(c.encode_utf8(&mut [0; 4])) > 0
        };
        let expect: Vec<usize> =
            fields[4].split_ascii_whitespace().map(|at| starts[at.parse::<usize>().unwrap()]).collect();
        let seen = |order: Vec<usize>| order.into_iter().filter(is_seen).collect::<Vec<_>>();
        run += 1;
        if seen(drawn.clone()) != seen(expect.clone()) {
            failed.push(format!("line {number}: {text:?} drawn {drawn:?}, not {expect:?}"));
        }
    }
    judge("BidiCharacterTest.txt 15.0.0 as drawn, cases of single cells", run, &failed);
}
