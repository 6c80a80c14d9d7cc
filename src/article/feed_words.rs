//! How fetching a feed goes, in words: since when it is read or fails, and when it is tried next. The one wording for
//! commands and screens.

use std::time::Duration;

use jiff::Timestamp;

use super::FeedState;

/// When a feed is tried next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextTry {
    /// At the next fetching.
    Now,
    /// Not before then.
    At(Timestamp),
    /// Never: it is gone.
    Never,
}

impl NextTry {
    /// For people: `next try in 3 h`.
    pub fn in_words(self, now: Timestamp) -> String {
        match self {
            Self::At(time) if time > now => format!("next try in {}", between(now, time)),
            Self::Now | Self::At(_) => "due now".to_owned(),
            Self::Never => "not tried any more".to_owned(),
        }
    }
}

impl FeedState {
    /// Whether the last try of it failed, or it is gone.
    pub fn is_failing(&self) -> bool {
        self.error.is_some() || self.gone
    }

    /// Since when it is as it is, for people: `read 20 min ago`, `2 failures, last read 3 d ago`.
    pub fn since(&self, now: Timestamp) -> String {
        let failures = match self.failures {
            0 => String::new(),
            1 => "1 failure".to_owned(),
            many => format!("{many} failures"),
        };
        match self.succeeded {
            Some(time) if failures.is_empty() => format!("read {} ago", between(time, now)),
            Some(time) => format!("{failures}, last read {} ago", between(time, now)),
            None if failures.is_empty() => "not read yet".to_owned(),
            None => format!("{failures}, never read"),
        }
    }
}

/// The time between two times, in its largest unit.
fn between(from: Timestamp, to: Timestamp) -> String {
    length_in_words(Duration::try_from(to.duration_since(from)).unwrap_or_default())
}

/// A length of time, in its largest unit that says enough.
pub fn length_in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..7_200 => format!("{} min", (seconds + 30) / 60),
        7_200..172_800 => format!("{} h", (seconds + 1_800) / 3_600),
        _ => format!("{} d", (seconds + 43_200) / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_feed_goes_is_told() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let now = at("2026-11-27T10:20:00Z");
        let read = Some(at("2026-11-24T10:00:00Z"));
        for (succeeded, failures, expect) in [
            (None, 0, "not read yet"),
            (None, 1, "1 failure, never read"),
            (Some(at("2026-11-27T10:00:00Z")), 0, "read 20 min ago"),
            (read, 12, "12 failures, last read 3 d ago"),
            // Clocks differ.
            (Some(at("2026-11-27T11:00:00Z")), 0, "read 0 s ago"),
        ] {
            let state = FeedState { succeeded, failures, ..FeedState::default() };
            assert_eq!(state.since(now), expect);
        }
        assert_eq!(NextTry::At(at("2026-11-27T13:00:00Z")).in_words(now), "next try in 3 h");
        assert_eq!(NextTry::At(now).in_words(now), "due now");
        assert_eq!(NextTry::Never.in_words(now), "not tried any more");
    }
}
