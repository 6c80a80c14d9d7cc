//! The line rules of UAX #9 on clusters: L1 (white space at the end), L2 (reversal). L3 is kept because a cluster's
//! marks follow their base in its cell, L4 was done when the cluster was drawn.

use super::cluster::Cluster;
use super::direction::Direction;

/// The levels of a line's clusters after L1: white space and format characters at its end have the base level.
pub(super) fn line_levels(clusters: &[Cluster], direction: Direction) -> Vec<u8> {
    let base = u8::from(direction == Direction::Rtl);
    let mut levels: Vec<u8> = clusters.iter().map(|cluster| cluster.level).collect();
    for (cluster, level) in clusters.iter().zip(&mut levels).rev() {
        if !cluster.is_space() && !cluster.is_ignored() {
            break;
        }
        *level = base;
    }
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
