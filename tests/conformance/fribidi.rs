//! Order and shaping against GNU FriBidi, whose output for data/lines.txt is recorded (record-fribidi.sh). The islands of
//! numbers and addresses are off, harakat are shown. Each difference is one of a few kinds, explained here; a line that
//! differs otherwise fails.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use khabar::text::{Base, Direction, Harakat, Options, analyse};

/// Why a line is drawn otherwise than FriBidi draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// FriBidi leaves ء as U+0621; we draw its form U+FE80, as all letters are drawn in forms.
    Hamza,
    /// The letter has no forms by decomposition, so FriBidi leaves it bare; we draw those of the letter with the same
    /// skeleton, with U+065A where that tells them apart (Kurdish ە ڕ ڵ ێ).
    Borrowed,
    /// We draw lam-alef in one cell also where a mark stands between the two; FriBidi does not join them then.
    LamAlef,
    /// ﷺ and ﷲ cannot be read in one cell: we write them out.
    WrittenOut,
}

/// Letters that FriBidi leaves bare, and the letter whose forms we draw.
const BORROWED: [(char, char); 4] =
    [('\u{6D5}', '\u{647}'), ('\u{695}', '\u{631}'), ('\u{6B5}', '\u{644}'), ('\u{6CE}', '\u{6CC}')];

fn data(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/conformance/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn ours(base: &str, text: &str) -> String {
    let direction = if base == "R" { Direction::Rtl } else { Direction::Ltr };
    let options = Options { base: Base::Fixed(direction), islands: false, harakat: Harakat::Shown };
    analyse(text, &options).whole_line().to_visual_string()
}

/// The letter that a form stands for.
fn letter(c: char) -> char {
    c.nfkc().next().unwrap_or(c)
}

/// FriBidi's line with lam-alef in one cell where marks stand between, and whether there was one. In visual order the alef
/// comes first, and marks stand behind their letter.
fn with_lam_alef(theirs: &str) -> (String, bool) {
    let chars: Vec<char> = theirs.chars().collect();
    let (mut line, mut found, mut at) = (String::new(), false, 0);
    while at < chars.len() {
        let lam = match (chars[at], chars.get(at + 1), chars.get(at + 2)) {
            ('\u{FE8E}', Some('\u{FEDF}'), Some('\u{64B}'..='\u{652}')) => Some('\u{FEFB}'),
            ('\u{FE8E}', Some('\u{FEE0}'), Some('\u{64B}'..='\u{652}')) => Some('\u{FEFC}'),
            _ => None,
        };
        line.push(lam.unwrap_or(chars[at]));
        at += if lam.is_some() { 2 } else { 1 };
        found |= lam.is_some();
    }
    (line, found)
}

/// The reasons for which `ours` differs from `theirs`; an error where there is none.
fn compare(text: &str, ours: &str, theirs: &str) -> Result<Vec<Reason>, String> {
    let mut reasons = Vec::new();
    if text.contains(['\u{FDFA}', '\u{FDF2}']) && !ours.contains(['\u{FDFA}', '\u{FDF2}']) {
        return Ok(vec![Reason::WrittenOut]);
    }
    let (line, found) = with_lam_alef(theirs);
    reasons.extend(found.then_some(Reason::LamAlef));
    let borrowed = |c: char| BORROWED.iter().find(|(bare, _)| *bare == c).map(|(_, skeleton)| *skeleton);
    let ring = line.chars().any(|c| borrowed(c).is_some());
    let ours: Vec<char> = ours.chars().filter(|c| !(ring && *c == '\u{65A}')).collect();
    let theirs: Vec<char> = line.chars().collect();
    let same = ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(own, other)| {
            if own == other {
                return true;
            }
            let reason = if (*own, *other) == ('\u{FE80}', '\u{621}') {
                Reason::Hamza
            } else if borrowed(*other) == Some(letter(*own)) {
                Reason::Borrowed
            } else {
                return false;
            };
            reasons.push(reason);
            true
        });
    let line = |chars: &[char]| chars.iter().collect::<String>();
    if same {
        reasons.sort_unstable();
        reasons.dedup();
        Ok(reasons)
    } else {
        Err(format!("{text}\n  ours   {}\n  theirs {}", line(&ours), line(&theirs)))
    }
}

#[test]
fn lines_come_out_as_fribidi_draws_them() {
    let (lines, recorded) = (data("lines.txt"), data("fribidi.txt"));
    let (mut equal, mut failed) = (0, Vec::new());
    let mut explained: BTreeMap<Vec<Reason>, usize> = BTreeMap::new();
    assert_eq!(lines.lines().count(), recorded.lines().count(), "the recording is of these lines");
    for (line, theirs) in lines.lines().zip(recorded.lines()) {
        let (base, text) = line.split_once('\t').unwrap();
        match compare(text, &ours(base, text), theirs) {
            Ok(reasons) if reasons.is_empty() => equal += 1,
            Ok(reasons) => *explained.entry(reasons).or_default() += 1,
            Err(difference) => failed.push(difference),
        }
    }
    println!("FriBidi: {equal} lines equal, explained {explained:?}, {} not", failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(equal >= 290, "most lines are drawn exactly as FriBidi draws them: {equal}");
}
