//! The line rules of UAX #9 on clusters: L1 (white space at the end), L2 (reversal). L3 is kept because a cluster's
//! marks follow their base in its cell, L4 was done when the cluster was drawn.

use unicode_bidi::BidiClass;

use super::cluster::Cluster;
use super::direction::Direction;
use super::levels::bidi_class;

/// Whether L1 takes a character for white space: white space, isolates, and what X9 leaves out.
pub fn is_white(c: char) -> bool {
    use BidiClass::{BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, WS};
    matches!(bidi_class(c), WS | FSI | LRI | RLI | PDI | LRE | RLE | LRO | RLO | PDF | BN)
}

/// L1: white space at the end of a line gets the base level. (Segment separators are spaces here: a tab of a paragraph
/// has no stops.)
pub fn reset_trailing(
    levels: &mut [u8],
    is_white: impl DoubleEndedIterator<Item = bool> + ExactSizeIterator,
    direction: Direction,
) {
    let base = u8::from(direction == Direction::Rtl);
    for (level, _) in levels.iter_mut().rev().zip(is_white.rev().take_while(|white| *white)) {
        *level = base;
    }
}

/// The levels of a line's clusters after L1.
pub(super) fn line_levels(clusters: &[Cluster], direction: Direction) -> Vec<u8> {
    let mut levels: Vec<u8> = clusters.iter().map(|cluster| cluster.level).collect();
    reset_trailing(&mut levels, clusters.iter().map(Cluster::is_white), direction);
    levels
}

/// L2: the visual order, from the left, of items with these levels.
pub fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    let Some(lowest_odd) = levels.iter().copied().filter(|level| level % 2 == 1).min() else { return order };
    for level in (lowest_odd..=highest).rev() {
        let mut rest = order.as_mut_slice();
        let is_in = |item: &usize| levels.get(*item).is_some_and(|own| *own >= level);
        while let Some(start) = rest.iter().position(is_in) {
            let (_, from) = rest.split_at_mut(start);
            let length = from.iter().position(|item| !is_in(item)).unwrap_or(from.len());
            let (run, after) = from.split_at_mut(length);
            run.reverse();
            rest = after;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capitals stand for right-to-left letters, digits are two levels up in them (as in UAX #9's examples).
    fn check(logical: &str, levels: &str, visual: &str) {
        let levels: Vec<u8> = levels.bytes().map(|digit| digit - b'0').collect();
        let letters: Vec<char> = logical.chars().collect();
        let drawn: String = visual_order(&levels).into_iter().map(|at| letters[at]).collect();
        assert_eq!(drawn, visual);
    }

    #[test]
    fn the_examples_of_uax_9() {
        check("car means CAR.", "00000000001110", "car means RAC.");
        check("car MEANS CAR.", "22211111111111", ".RAC SNAEM car");
        check("he said CAR 12.", "000000001111220", "he said 12 RAC.");
        check("", "", "");
    }
}
