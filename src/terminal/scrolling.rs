//! Which rows moved between two frames: the scrolls that may be worth sending. Pure; which of them is sent, if any, is
//! decided by what each costs (`screen`).

use std::ops::Range;
use std::sync::Arc;

use super::encode::Scroll;
use super::wire::{WireCell, WireRow};
use crate::frame::Edge;

/// Rows that change at the least where rows moved: fewer are changes in place.
const LEAST_MOVED: usize = 3;

/// Rows, or a pane's part of them, as numbers: the same number where the same stands; `None` for what is blank.
type Numbers = Vec<Option<usize>>;

/// The scrolls of whole rows that may be worth it, with a row more or less at either end, because a row that moved and
/// changed a little is cheaper moved.
pub(super) fn of_rows(old: &[Arc<WireRow>], new: &[Arc<WireRow>]) -> Vec<Scroll> {
    // A row that moved is the same one (`wire_rows`).
    let mut known: Vec<*const WireRow> = Vec::new();
    let mut numbers = |rows: &[Arc<WireRow>]| -> Numbers {
        let number = |row: &Arc<WireRow>| (!row.is_blank()).then(|| number_of(Arc::as_ptr(row), &mut known));
        rows.iter().map(number).collect()
    };
    let (old, new) = (numbers(old), numbers(new));
    let Some(found) = moved(&old, &new) else { return Vec::new() };
    let tops = found.top.saturating_sub(1)..=found.top;
    let bottoms = found.bottom..=(found.bottom + 1).min(new.len());
    tops.flat_map(|top| bottoms.clone().map(move |bottom| (top, bottom)))
        .map(|(top, bottom)| Scroll { top, bottom, ..found.clone() })
        .collect()
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
    panes.filter(|pane| pane.len() < width).filter_map(|pane| of_pane(old, new, pane)).collect()
}

fn of_pane(old: &[Arc<WireRow>], new: &[Arc<WireRow>], pane: Range<usize>) -> Option<Scroll> {
    let mut known = Vec::new();
    let old_numbers = numbers_of(old, &pane, &mut known);
    let found = moved(&old_numbers, &numbers_of(new, &pane, &mut known))?;
    // A border that cuts a wide cell is none to scroll at.
    let rows = old.get(found.top..found.bottom)?;
    rows.iter().all(|row| row.parts_at(&pane)).then_some(Scroll { columns: Some(pane), ..found })
}

/// The rows' part in these columns, as numbers.
fn numbers_of<'r>(
    rows: &'r [Arc<WireRow>],
    pane: &Range<usize>,
    known: &mut Vec<(u32, &'r [WireCell])>,
) -> Numbers {
    let number = |row: &'r Arc<WireRow>| {
        let cells = row.part(pane);
        let is_blank = cells.iter().all(WireCell::is_blank);
        (!is_blank).then(|| number_of((fingerprint(cells), cells), known))
    };
    rows.iter().map(number).collect()
}

/// The number of a thing: its place among those known.
fn number_of<T: PartialEq>(thing: T, known: &mut Vec<T>) -> usize {
    let at = known.iter().position(|other| *other == thing);
    at.unwrap_or_else(|| {
        known.push(thing);
        known.len() - 1
    })
}

/// What tells most rows apart before their cells are compared (FNV-1a, 32 bits).
fn fingerprint(cells: &[WireCell]) -> u32 {
    let bytes = cells.iter().flat_map(|cell| cell.text.bytes());
    bytes.fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The scroll that most rows made, with the rows that the moved ones came from and went to.
fn moved(old: &[Option<usize>], new: &[Option<usize>]) -> Option<Scroll> {
    let changed: Vec<usize> = (0..new.len()).filter(|y| old.get(*y) != new.get(*y)).collect();
    if changed.len() < LEAST_MOVED {
        return None;
    }
    let mut votes: Vec<(isize, usize)> = Vec::new();
    for y in changed {
        let row = new.get(y).copied().flatten();
        for from in (0..old.len()).filter(|from| row.is_some() && old.get(*from) == Some(&row)) {
            let shift = from.cast_signed() - y.cast_signed();
            match votes.iter_mut().find(|(other, _)| *other == shift) {
                Some((_, many)) => *many += 1,
                None => votes.push((shift, 1)),
            }
        }
    }
    let (up, _) = votes.into_iter().max_by_key(|(shift, many)| (*many, -shift.abs(), *shift))?;
    let came = |y: &usize| {
        let from = y.checked_add_signed(up).and_then(|from| old.get(from));
        new.get(*y).is_some_and(|row| row.is_some() && from == Some(row))
    };
    let mut came = (0..new.len()).filter(came);
    let first = came.next()?;
    let last = came.next_back().unwrap_or(first);
    let by = up.unsigned_abs();
    let (top, bottom) = if up > 0 { (first, last + 1 + by) } else { (first.saturating_sub(by), last + 1) };
    Some(Scroll { top, bottom, columns: None, up })
}
