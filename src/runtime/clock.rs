//! Timers of the event loop: none running means that the loop sleeps until something happens.

use std::time::{Duration, Instant};

use crate::app::Timer;

/// The timers that run. One of each kind: a later one replaces an earlier one.
#[derive(Debug, Default)]
pub struct Timers {
    running: Vec<(Instant, Timer)>,
}

impl Timers {
    /// Starts a timer, in place of one of the same kind.
    pub fn start(&mut self, now: Instant, milliseconds: u64, timer: Timer) {
        let kind = std::mem::discriminant(&timer);
        self.running.retain(|(_, other)| std::mem::discriminant(other) != kind);
        self.running.push((now + Duration::from_millis(milliseconds), timer));
    }

    /// When the next one runs out.
    pub fn next(&self) -> Option<Instant> {
        self.running.iter().map(|(at, _)| *at).min()
    }

    /// Takes out those that have run out.
    pub fn due(&mut self, now: Instant) -> Vec<Timer> {
        let (due, running): (Vec<_>, Vec<_>) = self.running.drain(..).partition(|(at, _)| *at <= now);
        self.running = running;
        due.into_iter().map(|(_, timer)| timer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_timer_replaces_an_earlier_one_of_its_kind() {
        let start = Instant::now();
        let mut timers = Timers::default();
        timers.start(start, 40, Timer::Preview(1));
        timers.start(start, 600, Timer::Position(1));
        timers.start(start + Duration::from_millis(30), 40, Timer::Preview(2));
        assert_eq!(timers.due(start + Duration::from_millis(40)), []);
        assert_eq!(timers.due(start + Duration::from_millis(70)), [Timer::Preview(2)]);
        assert_eq!(timers.next(), Some(start + Duration::from_millis(600)));
    }
}
