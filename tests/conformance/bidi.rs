//! UAX #9: levels of the reader's `levels`, order of its `visual_order`. L1 is applied here as the tests want it (the
//! reader applies it to a line's clusters, where separators no longer are).

use khabar::text::{Direction, levels, visual_order};
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

use super::{data, lines};

/// A character of each class, as the names stand in BidiTest.txt.
const CLASSES: &[(&str, char)] = &[
    ("L", 'a'),
    ("R", '\u{5D0}'),
    ("AL", '\u{627}'),
    ("EN", '1'),
    ("ES", '+'),
    ("ET", '$'),
    ("AN", '\u{661}'),
    ("CS", ','),
    ("NSM", '\u{300}'),
    ("BN", '\u{AD}'),
    ("B", '\u{2029}'),
    ("S", '\t'),
    ("WS", ' '),
    ("ON", '!'),
    ("LRE", '\u{202A}'),
    ("RLE", '\u{202B}'),
    ("PDF", '\u{202C}'),
    ("LRO", '\u{202D}'),
    ("RLO", '\u{202E}'),
    ("LRI", '\u{2066}'),
    ("RLI", '\u{2067}'),
    ("FSI", '\u{2068}'),
    ("PDI", '\u{2069}'),
];

/// Levels by character after L1, and their visual order without those that X9 removes; `None` is what X9 removes.
fn resolve(text: &str, direction: Direction) -> (Vec<Option<u8>>, Vec<usize>) {
    use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
    let by_byte = levels(text, direction, &[]);
    let base = u8::from(direction == Direction::Rtl);
    let chars: Vec<(BidiClass, u8)> =
        text.char_indices().map(|(at, c)| (bidi_class(c), by_byte[at])).collect();
    let mut resolved: Vec<u8> = chars.iter().map(|(_, level)| *level).collect();
    // L1: separators, and white space and isolates before them and at the end.
    let mut reset = true;
    for (at, (class, _)) in chars.iter().enumerate().rev() {
        match class {
            S | B => reset = true,
            WS | FSI | LRI | RLI | PDI | BN | LRE | RLE | LRO | RLO | PDF => {}
            _ => reset = false,
        }
        if reset {
            resolved[at] = base;
        }
    }
    let removed = |class: BidiClass| matches!(class, BN | LRE | RLE | LRO | RLO | PDF);
    let kept: Vec<usize> = (0..chars.len()).filter(|at| !removed(chars[*at].0)).collect();
    let order = visual_order(&kept.iter().map(|at| resolved[*at]).collect::<Vec<_>>());
    let order = order.into_iter().map(|at| kept[at]).collect();
    let levels = (0..chars.len()).map(|at| (!removed(chars[at].0)).then_some(resolved[at])).collect();
    (levels, order)
}

/// The direction by P2 and P3. The reader has a rule of its own for it (HL1), so it is the crate's that is asked.
fn first_strong(text: &str) -> Direction {
    let is_rtl =
        BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl());
    if is_rtl { Direction::Rtl } else { Direction::Ltr }
}

fn numbers(text: &str) -> Vec<usize> {
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

fn expected_levels(text: &str) -> Vec<Option<u8>> {
    text.split_whitespace().map(|level| level.parse().ok()).collect()
}

/// A line of classes, what directions it is for, and what is expected.
struct Case<'t> {
    classes: &'t str,
    directions: u8,
    levels: std::rc::Rc<Vec<Option<u8>>>,
    order: std::rc::Rc<Vec<usize>>,
}

fn check(case: &Case<'_>) -> usize {
    let text: String = case
        .classes
        .split_whitespace()
        .map(|name| CLASSES.iter().find(|(known, _)| *known == name).unwrap().1)
        .collect();
    let directions = [(1, first_strong(&text)), (2, Direction::Ltr), (4, Direction::Rtl)];
    let mut run = 0;
    for (_, direction) in directions.into_iter().filter(|(bit, _)| case.directions & bit != 0) {
        let (levels, order) = resolve(&text, direction);
        assert_eq!(levels, *case.levels, "{} {direction:?}", case.classes);
        assert_eq!(order, *case.order, "{} {direction:?}", case.classes);
        run += 1;
    }
    run
}

#[test]
fn bidi_test_passes_whole() {
    let text = data("BidiTest.txt");
    let half = text.len() / 2;
    // Two halves side by side; each reads the headers before its part.
    let count = std::thread::scope(|scope| {
        let parts: Vec<_> = [0..half, half..text.len() + 1]
            .into_iter()
            .map(|part| {
                let text = &text;
                scope.spawn(move || {
                    let (mut levels, mut order) = (std::rc::Rc::default(), std::rc::Rc::default());
                    let (mut run, mut at) = (0, 0);
                    for line in text.split('\n') {
                        let here = part.contains(&at);
                        at += line.len() + 1;
                        if let Some(list) = line.strip_prefix("@Levels:") {
                            levels = std::rc::Rc::new(expected_levels(list));
                        } else if let Some(list) = line.strip_prefix("@Reorder:") {
                            order = std::rc::Rc::new(numbers(list));
                        } else if let (true, Some((classes, bits))) =
                            (here && !line.starts_with('#'), line.split_once(';'))
                        {
                            let directions = bits.trim().parse().unwrap();
                            let case = Case {
                                classes,
                                directions,
                                levels: std::rc::Rc::clone(&levels),
                                order: std::rc::Rc::clone(&order),
                            };
                            run += check(&case);
                        }
                    }
                    run
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum::<usize>()
    });
    println!("BidiTest.txt: {count} cases, all pass");
    assert_eq!(count, 770_241, "each case of the file was run");
}

#[test]
fn bidi_character_test_passes_whole() {
    let text = data("BidiCharacterTest.txt");
    let mut count = 0;
    for line in lines(&text) {
        let mut fields = line.split(';');
        let mut field = || fields.next().unwrap();
        let (points, direction, base) = (field(), field(), field());
        let text: String = points
            .split_whitespace()
            .map(|point| char::from_u32(u32::from_str_radix(point, 16).unwrap()).unwrap())
            .collect();
        let own = if base == "1" { Direction::Rtl } else { Direction::Ltr };
        if direction == "2" {
            assert_eq!(first_strong(&text), own, "{line}");
        }
        let (levels, order) = resolve(&text, own);
        assert_eq!(levels, expected_levels(field()), "{line}");
        assert_eq!(order, numbers(field()), "{line}");
        count += 1;
    }
    println!("BidiCharacterTest.txt: {count} lines, all pass");
    assert_eq!(count, 91_707, "each line of the file was run");
}
