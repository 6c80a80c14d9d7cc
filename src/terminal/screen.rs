//! What stands on the terminal, and what must be sent so that the next frame stands there. Pure: frames in, bytes out.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::encode::{Encoder, Scroll, same};
use super::identity::Verdict;
use super::sgr::Pen;
use super::turning::sent_column;
use super::wire::{Sending, WireRow, wire_rows};
use crate::frame::{Caret, Frame};

/// Bytes from which a frame is sent as a synchronized update (mode 2026): below, the brackets cost more than a torn
/// frame.
const SYNCHRONIZED: usize = 512;
/// Rows that change at the least where rows moved: fewer are changes in place.
const LEAST_MOVED: usize = 3;
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const SHOW: &[u8] = b"\x1b[?25h";
const HIDE: &[u8] = b"\x1b[?25l";

/// The screen of a terminal: the last frame, and how the next one is sent.
#[derive(Debug)]
pub struct Screen {
    sending: Sending,
    rows: Vec<Arc<WireRow>>,
    /// The frame that the rows were made of.
    frame: Frame,
    cursor: Option<(usize, usize)>,
    pen: Pen,
    caret_shown: Option<bool>,
    /// Nothing is known of what stands there: clear, and send all.
    unknown: bool,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new(sending: impl Into<Sending>) -> Self {
        Self {
            sending: sending.into(),
            rows: Vec::new(),
            frame: Frame::default(),
            cursor: None,
            pen: Pen::default(),
            caret_shown: None,
            unknown: true,
        }
    }

    /// Sends cells as a verdict asks from now on; all of them, if that is a change.
    pub fn obey(&mut self, verdict: &Verdict) {
        let sending = Sending::of(verdict);
        if self.sending != sending {
            self.sending = sending;
            // Rows are made anew.
            self.frame = Frame::default();
            self.forget();
        }
    }

    /// Forgets what stands there: the next update clears and sends all.
    pub fn forget(&mut self) {
        self.unknown = true;
        self.caret_shown = None;
    }

    /// Adds to `out` what turns the screen into `frame`; nothing where it stands there already.
    pub fn update(&mut self, frame: &Frame, out: &mut Vec<u8>) {
        let next = wire_rows(frame, &self.sending, Some((&self.frame, &self.rows)));
        let same_size = self.rows.len() == next.len()
            && self.rows.first().map(|row| row.cells.len()) == next.first().map(|row| row.cells.len());
        let mut encoder;
        if self.unknown || !same_size {
            encoder = Encoder::new(None, Pen::default());
            encoder.out.extend_from_slice(b"\x1b[m\x1b[r\x1b[H\x1b[2J");
            encoder.cursor = Some((0, 0));
            let columns = next.first().map_or(0, |row| row.cells.len());
            let blank = WireRow::blank(columns);
            encoder.rows(&vec![&blank; next.len()], &next, &frame.edges);
            self.unknown = false;
        } else {
            encoder = self.cheapest(&next, frame);
        }
        self.rows = next;
        self.frame.clone_from(frame);
        self.caret(frame.caret, &mut encoder);
        self.cursor = encoder.cursor;
        self.pen = encoder.pen;
        let wrap = encoder.out.len() > SYNCHRONIZED;
        if wrap {
            out.extend_from_slice(BEGIN);
        }
        out.append(&mut encoder.out);
        if wrap {
            out.extend_from_slice(END);
        }
    }

    /// With or without scrolling, whichever costs fewer bytes.
    fn cheapest(&self, next: &[Arc<WireRow>], frame: &Frame) -> Encoder {
        let old: Vec<&WireRow> = self.rows.iter().map(AsRef::as_ref).collect();
        let mut best = Encoder::new(self.cursor, self.pen);
        best.rows(&old, next, &frame.edges);
        let changed = old.iter().zip(next).filter(|(old, new)| !same(old, new)).count();
        if changed < LEAST_MOVED {
            return best;
        }
        let blank = WireRow::blank(next.first().map_or(0, |row| row.cells.len()));
        for scroll in scrolls(&self.rows, next) {
            let mut encoder = Encoder::new(self.cursor, self.pen);
            let mut moved = old.clone();
            encoder.scroll(scroll, &mut moved, &blank);
            encoder.rows(&moved, next, &frame.edges);
            if encoder.out.len() < best.out.len() {
                best = encoder;
            }
        }
        best
    }

    fn caret(&mut self, caret: Option<Caret>, encoder: &mut Encoder) {
        let show = caret.is_some_and(|caret| caret.visible);
        if self.caret_shown != Some(show) {
            encoder.out.extend_from_slice(if show { SHOW } else { HIDE });
            self.caret_shown = Some(show);
        }
        if let Some(Caret { position, .. }) = caret {
            let (x, y) = (usize::from(position.x), usize::from(position.y));
            let x = self.rows.get(y).map_or(x, |row| sent_column(row, x, &self.sending));
            encoder.move_to(x, y);
        }
    }
}

/// The scrolls that may be worth it: the shift that most rows made, with the rows at its ends in and out, because a row
/// that moved and changed a little is cheaper moved.
fn scrolls(old: &[Arc<WireRow>], new: &[Arc<WireRow>]) -> Vec<Scroll> {
    let Some(up) = common_shift(old, new) else { return Vec::new() };
    let matches = |y: &usize| {
        let from = y.checked_add_signed(up).and_then(|from| old.get(from));
        from.is_some_and(|from| new.get(*y).is_some_and(|row| same(row, from) && !is_empty(row)))
    };
    let moved: Vec<usize> = (0..new.len()).filter(matches).collect();
    let (Some(first), Some(last)) = (moved.first().copied(), moved.last().copied()) else {
        return Vec::new();
    };
    let by = up.unsigned_abs();
    // Rows that the moved ones came from and went to.
    let (top, bottom) = if up > 0 { (first, last + 1 + by) } else { (first.saturating_sub(by), last + 1) };
    let mut scrolls = Vec::new();
    for before in 0..=1 {
        for behind in 0..=1 {
            let top = top.saturating_sub(before);
            let bottom = (bottom + behind).min(new.len());
            if bottom > top + by {
                scrolls.push(Scroll { top, bottom, up });
            }
        }
    }
    scrolls.dedup();
    scrolls
}

/// By how many rows most rows moved up (positive) or down; blank rows do not count.
fn common_shift(old: &[Arc<WireRow>], new: &[Arc<WireRow>]) -> Option<isize> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (y, row) in old.iter().enumerate().filter(|(_, row)| !is_empty(row)) {
        places.entry(hash(row)).or_default().push(y);
    }
    let mut votes: HashMap<isize, usize> = HashMap::new();
    for (y, row) in new.iter().enumerate() {
        if old.get(y).is_some_and(|old| same(old, row)) || is_empty(row) {
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
        .max_by_key(|(shift, votes)| (*votes, -shift.abs()))
        .map(|(shift, _)| shift)
}

fn is_empty(row: &WireRow) -> bool {
    row.cells.iter().all(super::wire::WireCell::is_blank)
}

fn hash(row: &WireRow) -> u64 {
    let mut hasher = FxHasher::default();
    row.cells.hash(&mut hasher);
    hasher.finish()
}
