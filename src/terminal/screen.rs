//! What stands on the terminal, and what must be sent so that the next frame stands there. Pure: frames in, bytes out.

use std::sync::Arc;

use super::encode::{Encoder, Scroll};
use super::identity::Verdict;
use super::scrolling;
use super::sgr::Pen;
use super::turning::sent_column;
use super::wire::{Sending, WireRow, wire_rows};
use crate::frame::{Caret, Frame};

/// Bytes from which a frame is sent as a synchronized update (mode 2026): below, the brackets cost more than a torn
/// frame.
const SYNCHRONIZED: usize = 512;
/// Bytes from which it is worth looking whether one pane beside others moved.
const PANE_MOVED: usize = 256;
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
    /// Whether the terminal has left and right margins (DECLRMM), so that one pane beside others can be scrolled.
    margins: bool,
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
            margins: false,
            unknown: true,
        }
    }

    /// The same on a terminal that has left and right margins, or has none.
    pub fn with_margins(self, margins: bool) -> Self {
        Self { margins, ..self }
    }

    /// Sends cells as a verdict asks from now on; all of them, if that is a change.
    pub fn obey(&mut self, verdict: &Verdict) {
        self.margins = verdict.answers.has_margins();
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

    /// Adds to `out` what turns the screen into `frame`; nothing where it stands there already. The frame is kept: the next
    /// one is compared with it.
    pub fn update(&mut self, frame: Frame, out: &mut Vec<u8>) {
        let next = wire_rows(&frame, &self.sending, Some((&self.frame, &self.rows)));
        let same_size = self.rows.len() == next.len()
            && self.rows.first().map(|row| row.cells.len()) == next.first().map(|row| row.cells.len());
        let mut encoder;
        if self.unknown || !same_size {
            encoder = Encoder::new(None, Pen::default());
            encoder.out.extend_from_slice(b"\x1b[m\x1b[r\x1b[H\x1b[2J");
            encoder.cursor = Some((0, 0));
            let columns = next.first().map_or(0, |row| row.cells.len());
            let blank = Arc::new(WireRow::blank(columns));
            encoder.rows(&vec![blank; next.len()], &next, &frame.edges);
            self.unknown = false;
        } else {
            encoder = self.cheapest(&next, &frame);
        }
        self.rows = next;
        self.caret(frame.caret, &mut encoder);
        self.frame = frame;
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
        let start = Encoder::new(self.cursor, self.pen);
        let mut best: Option<Encoder> = None;
        let mut consider = |scroll: Option<&Scroll>| {
            let most = best.as_ref().map_or(usize::MAX, |best| best.out.len());
            let mut encoder = start.clone().shorter_than(most);
            let mut rows = self.rows.clone();
            if let Some(scroll) = scroll {
                encoder.scroll(scroll, &mut rows);
            }
            encoder.rows(&rows, next, &frame.edges);
            let bytes = encoder.out.len().min(most);
            if bytes < most {
                best = Some(encoder);
            }
            bytes
        };
        // Where rows moved, scrolling is most likely the best, and the others are soon given up.
        for scroll in scrolling::of_rows(&self.rows, next) {
            consider(Some(&scroll));
        }
        if consider(None) > PANE_MOVED && self.margins {
            for scroll in scrolling::of_panes(&self.rows, next, &frame.edges) {
                consider(Some(&scroll));
            }
        }
        best.unwrap_or(start)
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
