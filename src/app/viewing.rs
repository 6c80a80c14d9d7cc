//! The present view, read: why it is asked for, and what its answers make of the list. An answer to what is not wanted any more
//! changes nothing.

use std::collections::HashSet;

use super::effect::{Effect, LoadReason};
use super::event::ViewLoaded;
use super::list::Reading;
use super::state::{Library, State};

/// Rows from the first one in which the article under the cursor stays there while a filter is typed.
const NEAR: usize = 200;

impl State {
    /// Reads the present view.
    pub(super) fn load_view(&mut self, reason: LoadReason) -> Effect {
        let reason = match (self.list.reading, reason) {
            // What came in does not answer what was asked for before, and it is read anew.
            (Some(Reading { begun: true, .. }), LoadReason::Arrivals) => {
                LoadReason::Refresh(self.list.current())
            }
            (Some(Reading { reason, begun: false }), LoadReason::Arrivals) => reason,
            (_, reason) => reason,
        };
        self.list.reading = Some(Reading { reason, begun: false });
        Effect::LoadView { view: self.list.view.clone(), sort: self.list.sort, reason }
    }

    /// Reads the present view again.
    pub(super) fn reload(&mut self, reason: LoadReason) -> Vec<Effect> {
        vec![self.load_view(reason), Effect::LoadCounts]
    }

    /// Takes a view in: its first screens, or all of it.
    pub(super) fn view_loaded(&mut self, loaded: ViewLoaded) -> Vec<Effect> {
        if loaded.view != self.list.view || loaded.sort != self.list.sort {
            return Vec::new();
        }
        self.settle_direction(&loaded.headlines);
        let is_first = self.list.reading.is_none_or(|reading| !reading.begun);
        let reason = Some(Reading { reason: loaded.reason, begun: true });
        self.list.reading = reason.filter(|_| !loaded.complete);
        self.list.loaded = true;
        let headlines = self.with_asked_marks(loaded.headlines);
        self.list.keep(headlines);
        if loaded.reason == LoadReason::Arrivals && !self.list.ids.is_empty() {
            let known: HashSet<_> = self.list.ids.iter().copied().collect();
            let new: Vec<_> = loaded.ids.into_iter().filter(|id| !known.contains(id)).collect();
            if self.library == Library::Temporary {
                // In the order given: what comes in stands at the end, and nothing moves.
                self.list.ids.extend(new);
            } else if loaded.complete {
                self.list.arrived = new.len();
            }
            return if self.open { Vec::new() } else { self.preview_now() };
        }
        let before = self.list.current();
        let beyond = self.list.beyond;
        self.list.ids = loaded.ids;
        self.list.many = loaded.many;
        self.list.complete = loaded.complete;
        self.list.take_stories(loaded.stories);
        let mut sought = self.list.sought.or(before);
        let row = match loaded.reason {
            LoadReason::Filter if is_first => {
                let row = before.and_then(|id| self.list.row_of(id)).filter(|row| *row < NEAR);
                Some(row.unwrap_or(0))
            }
            LoadReason::Enter if is_first && !loaded.complete => None,
            LoadReason::Start(at) | LoadReason::Refresh(at) if is_first => {
                sought = at.or(before);
                sought.and_then(|id| self.list.row_of(id))
            }
            _ => sought.and_then(|id| self.list.row_of(id)),
        };
        self.list.go(beyond.or(row).unwrap_or(self.list.cursor));
        // It may stand further down than what was read so far.
        self.list.sought = sought.filter(|_| row.is_none() && !loaded.complete);
        let mut effects = if self.open { Vec::new() } else { self.preview_now() };
        if loaded.complete && std::mem::take(&mut self.list.all_done) {
            effects.extend(self.done_many(true));
            effects.extend(self.take_ahead());
        }
        effects
    }
}
