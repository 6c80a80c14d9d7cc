//! Which rows moved between two frames: the scrolls that may be worth sending. Pure; which of them is sent, if any, is
//! decided by what each costs (`screen`).

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::encode::Scroll;
use super::wire::{WireCell, WireRow};
use crate::frame::Edge;

/// Rows that change at the least where rows moved: fewer are changes in place.
const LEAST_MOVED: usize = 3;

/// The scrolls of whole rows that may be worth it.
pub(super) fn of_rows(old: &[Arc<WireRow>], new: &[Arc<WireRow>]) -> Vec<Scroll> {
    let columns = 0..new.first().map_or(0, |row| row.cells.len());
    let scrolls = of_part(old, new, &columns);
    scrolls.into_iter().map(|scroll| Scroll { columns: None, ..scroll }).collect()
}

/// The scrolls of one pane beside others that may be worth it, on a terminal that has left and right margins.
pub(super) fn of_panes(old: &[Arc<WireRow>], new: &[Arc<WireRow>], edges: &[Edge]) -> Vec<Scroll> {
    let width = new.first().map_or(0, |row| row.cells.len());
    let mut borders: Vec<usize> = edges.iter().map(|edge| usize::from(edge.column)).collect();
    borders.extend([0, width]);
    borders.retain(|column| *column <= width);
    borders.sort_unstable();
    borders.dedup();
    let panes = borders.iter().zip(borders.iter().skip(1)).map(|(start, end)| *start..*end);
    panes
        .filter(|pane| pane.len() < width)
        .flat_map(|pane| of_part(old, new, &pane))
        .filter(|scroll| {
            let rows = old.get(scroll.top..scroll.bottom).unwrap_or(&[]);
            scroll.columns.as_ref().is_some_and(|pane| rows.iter().all(|row| row.parts_at(pane)))
        })
        .collect()
}

/// The scrolls of the rows' part in these columns: the shift that most of them made, with the rows at its ends in and
/// out, because a row that moved and changed a little is cheaper moved.
fn of_part(old: &[Arc<WireRow>], new: &[Arc<WireRow>], columns: &Range<usize>) -> Vec<Scroll> {
    let same = |old: &Arc<WireRow>, new: &Arc<WireRow>| {
        Arc::ptr_eq(old, new) || old.part(columns) == new.part(columns)
    };
    let changed = old.iter().zip(new).filter(|(old, new)| !same(old, new)).count();
    if changed < LEAST_MOVED {
        return Vec::new();
    }
    let Some(up) = common_shift(old, new, columns) else { return Vec::new() };
    let matches = |y: &usize| {
        let from = y.checked_add_signed(up).and_then(|from| old.get(from));
        from.zip(new.get(*y)).is_some_and(|(from, row)| same(from, row) && !is_empty(row.part(columns)))
    };
    let mut moved = (0..new.len()).filter(matches);
    let Some(first) = moved.next() else { return Vec::new() };
    let last = moved.next_back().unwrap_or(first);
    let by = up.unsigned_abs();
    // Rows that the moved ones came from and went to.
    let (top, bottom) = if up > 0 { (first, last + 1 + by) } else { (first.saturating_sub(by), last + 1) };
    let mut scrolls = Vec::new();
    for before in 0..=1 {
        for behind in 0..=1 {
            let top = top.saturating_sub(before);
            let bottom = (bottom + behind).min(new.len());
            if bottom > top + by {
                scrolls.push(Scroll { top, bottom, columns: Some(columns.clone()), up });
            }
        }
    }
    scrolls.dedup();
    scrolls
}

/// By how many rows most rows' parts moved up (positive) or down; blank ones do not count.
fn common_shift(old: &[Arc<WireRow>], new: &[Arc<WireRow>], columns: &Range<usize>) -> Option<isize> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (y, row) in old.iter().map(|row| row.part(columns)).enumerate().filter(|(_, row)| !is_empty(row)) {
        places.entry(hash(row)).or_default().push(y);
    }
    let mut votes: FxHashMap<isize, usize> = FxHashMap::default();
    for (y, row) in new.iter().map(|row| row.part(columns)).enumerate() {
        if old.get(y).is_some_and(|old| old.part(columns) == row) || is_empty(row) {
            continue;
        }
        for from in places.get(&hash(row)).into_iter().flatten() {
            let shift = isize::try_from(*from).ok()? - isize::try_from(y).ok()?;
            *votes.entry(shift).or_default() += 1;
        }
    }
    votes
        .into_iter()
        .filter(|(shift, _)| *shift != 0)
        .max_by_key(|(shift, votes)| (*votes, -shift.abs(), *shift))
        .map(|(shift, _)| shift)
}

fn is_empty(cells: &[WireCell]) -> bool {
    cells.iter().all(WireCell::is_blank)
}

fn hash(cells: &[WireCell]) -> u64 {
    let mut hasher = FxHasher::default();
    cells.hash(&mut hasher);
    hasher.finish()
}
