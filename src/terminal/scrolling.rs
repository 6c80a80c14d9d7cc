//! Which rows moved between two frames: the scrolls that may be worth sending. Pure; which of them is sent, if any, is
//! decided by what each costs (`screen`).

use std::ops::Range;
use std::sync::Arc;

use super::encode::Scroll;
use super::wire::{WireCell, WireRow};
use crate::frame::Edge;

/// Rows that change at the least where rows moved: fewer are changes in place.
const LEAST_MOVED: usize = 3;

type Rows<'r> = &'r [Arc<WireRow>];

/// The scrolls of whole rows that may be worth it. A row that moved is the same one (`wire_rows`).
pub(super) fn of_rows(old: Rows<'_>, new: Rows<'_>) -> Vec<Scroll> {
    let scrolls = of_part(old, new, &Arc::ptr_eq, &WireRow::is_blank);
    scrolls.map(|(top, bottom, up)| Scroll { top, bottom, columns: None, up }).collect()
}

/// The scrolls of one pane beside others that may be worth it, on a terminal that has left and right margins.
pub(super) fn of_panes(old: Rows<'_>, new: Rows<'_>, edges: &[Edge]) -> Vec<Scroll> {
    let width = new.first().map_or(0, |row| row.cells.len());
    let mut borders: Vec<usize> = edges.iter().map(|edge| usize::from(edge.column)).collect();
    borders.extend([0, width]);
    borders.retain(|column| *column <= width);
    borders.sort_unstable();
    borders.dedup();
    let panes = borders.iter().zip(borders.iter().skip(1)).map(|(start, end)| *start..*end);
    let mut scrolls = Vec::new();
    for pane in panes.filter(|pane| pane.len() < width) {
        scrolls.extend(of_pane(old, new, &pane));
    }
    scrolls
}

fn of_pane(old: Rows<'_>, new: Rows<'_>, pane: &Range<usize>) -> Vec<Scroll> {
    let same =
        |old: &Arc<WireRow>, new: &Arc<WireRow>| Arc::ptr_eq(old, new) || old.part(pane) == new.part(pane);
    let is_blank = |row: &WireRow| row.part(pane).iter().all(WireCell::is_blank);
    of_part(old, new, &same, &is_blank)
        // A border that cuts a wide cell is none to scroll at.
        .filter(|(top, bottom, _)| old.get(*top..*bottom).unwrap_or(&[]).iter().all(|row| row.parts_at(pane)))
        .map(|(top, bottom, up)| Scroll { top, bottom, columns: Some(pane.clone()), up })
        .collect()
}

/// The scrolls (first row, one past the last, how many up) that may be worth it: the shift that most rows made, with the
/// rows at its ends in and out, because a row that moved and changed a little is cheaper moved.
fn of_part(
    old: Rows<'_>,
    new: Rows<'_>,
    same: &dyn Fn(&Arc<WireRow>, &Arc<WireRow>) -> bool,
    is_blank: &dyn Fn(&WireRow) -> bool,
) -> impl Iterator<Item = (usize, usize, isize)> {
    let up = common_shift(old, new, same, is_blank).unwrap_or(0);
    let matches = |y: &usize| {
        let from = y.checked_add_signed(up).and_then(|from| old.get(from));
        from.zip(new.get(*y)).is_some_and(|(from, row)| same(from, row) && !is_blank(row))
    };
    let mut moved = (0..new.len()).filter(|_| up != 0).filter(matches);
    let first = moved.next();
    let last = moved.next_back().or(first);
    let (by, rows) = (up.unsigned_abs(), new.len());
    let ends = first.zip(last).into_iter().flat_map(move |(first, last)| {
        // Rows that the moved ones came from and went to.
        let (top, bottom) =
            if up > 0 { (first, last + 1 + by) } else { (first.saturating_sub(by), last + 1) };
        let tops = top.saturating_sub(1)..=top;
        tops.flat_map(move |top| (bottom..=(bottom + 1).min(rows)).map(move |bottom| (top, bottom)))
    });
    ends.filter(move |(top, bottom)| *bottom > top + by).map(move |(top, bottom)| (top, bottom, up))
}

/// By how many rows most rows moved up (positive) or down; blank ones do not count.
fn common_shift(
    old: Rows<'_>,
    new: Rows<'_>,
    same: &dyn Fn(&Arc<WireRow>, &Arc<WireRow>) -> bool,
    is_blank: &dyn Fn(&WireRow) -> bool,
) -> Option<isize> {
    let changed = || old.iter().zip(new).enumerate().filter(|(_, (old, new))| !same(old, new));
    if changed().count() < LEAST_MOVED {
        return None;
    }
    let mut votes: Vec<(isize, usize)> = Vec::new();
    for (y, (_, row)) in changed().filter(|(_, (_, row))| !is_blank(row)) {
        for from in (0..old.len()).filter(|from| old.get(*from).is_some_and(|old| same(old, row))) {
            let shift = from.cast_signed() - y.cast_signed();
            match votes.iter_mut().find(|(other, _)| *other == shift) {
                Some((_, many)) => *many += 1,
                None => votes.push((shift, 1)),
            }
        }
    }
    votes.into_iter().max_by_key(|(shift, many)| (*many, -shift.abs(), *shift)).map(|(shift, _)| shift)
}
