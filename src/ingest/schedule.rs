//! When a feed is due. A pure function of what is known of it: no clock, no network.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The longest time between two tries of a feed that fails.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// The shortest time between two tries by the schedule, whatever was set.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// Times that the wait is doubled, at the most.
const DOUBLINGS: u32 = 10;

/// What is known of a feed's tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// When it was tried last.
    pub tried: Option<Timestamp>,
    /// Failures since it last succeeded.
    pub failures: u32,
    /// Until when its server wants to be left alone.
    pub until: Option<Timestamp>,
    /// How long the last document is fresh by its server (Cache-Control) or itself (`ttl`).
    pub fresh_for: Option<Duration>,
    /// It is gone for good.
    pub gone: bool,
}

/// When a feed is tried next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// At once.
    Now,
    /// Not before then.
    At(Timestamp),
    /// Never by itself.
    Never,
}

impl Due {
    /// Whether it is due at `now`.
    pub fn is_due(self, now: Timestamp) -> bool {
        match self {
            Self::Now => true,
            Self::At(at) => at <= now,
            Self::Never => false,
        }
    }
}

/// When a feed is due by the schedule, where it is wanted every `interval`.
pub fn due(tries: &Tries, interval: Duration) -> Due {
    if tries.gone {
        return Due::Never;
    }
    let Some(tried) = tries.tried else { return Due::Now };
    let interval = duration(interval).max(SHORTEST);
    let wait = if tries.failures > 0 {
        // Twice as long after each failure, so that a dead host is left in peace.
        let times = 1i32 << tries.failures.min(DOUBLINGS);
        interval.checked_mul(times).unwrap_or(LONGEST).min(LONGEST.max(interval))
    } else {
        interval.max(tries.fresh_for.map_or(SignedDuration::ZERO, duration))
    };
    let at = tried.checked_add(wait).unwrap_or(Timestamp::MAX);
    Due::At(tries.until.map_or(at, |until| until.max(at)))
}

/// When a feed may be tried because the person asks for it: at once, unless its server wants to be left alone.
pub fn when_asked(tries: &Tries, now: Timestamp) -> Due {
    match tries.until {
        _ if tries.gone => Due::Never,
        Some(until) if until > now => Due::At(until),
        _ => Due::Now,
    }
}

fn duration(time: Duration) -> SignedDuration {
    SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00Z").parse().unwrap()
    }

    fn tried(failures: u32) -> Tries {
        Tries { tried: Some(at("27T10:00")), failures, ..Tries::default() }
    }

    #[test]
    fn when_a_feed_is_due() {
        let fresh = |hours: u64| Some(HOUR * u32::try_from(hours).unwrap());
        for (what, tries, expected) in [
            ("never tried", Tries::default(), Due::Now),
            ("fetched at ten", tried(0), Due::At(at("27T11:00"))),
            ("one failure", tried(1), Due::At(at("27T12:00"))),
            ("two failures", tried(2), Due::At(at("27T14:00"))),
            ("many failures", tried(40), Due::At(at("28T10:00"))),
            ("fresh for less", Tries { fresh_for: fresh(0), ..tried(0) }, Due::At(at("27T11:00"))),
            ("fresh for more", Tries { fresh_for: fresh(6), ..tried(0) }, Due::At(at("27T16:00"))),
            ("freshness is of what came", Tries { fresh_for: fresh(6), ..tried(1) }, Due::At(at("27T12:00"))),
            ("told to wait", Tries { until: Some(at("27T18:00")), ..tried(1) }, Due::At(at("27T18:00"))),
            (
                "told to wait for less",
                Tries { until: Some(at("27T10:05")), ..tried(1) },
                Due::At(at("27T12:00")),
            ),
            ("gone", Tries { gone: true, ..tried(0) }, Due::Never),
            ("gone before it came", Tries { gone: true, ..Tries::default() }, Due::Never),
        ] {
            assert_eq!(due(&tries, HOUR), expected, "{what}");
        }
    }

    #[test]
    fn intervals_of_all_lengths() {
        for (interval, failures, expected) in [
            (Duration::ZERO, 0, "27T10:01"),
            (Duration::from_secs(900), 0, "27T10:15"),
            (Duration::from_secs(900), 1, "27T10:30"),
            (HOUR * 24 * 2, 0, "29T10:00"),
            (HOUR * 24 * 2, 3, "29T10:00"),
        ] {
            assert_eq!(due(&tried(failures), interval), Due::At(at(expected)), "{interval:?} {failures}");
        }
        assert!(matches!(due(&tried(0), Duration::MAX), Due::At(_)));
    }

    #[test]
    fn whoever_asks_need_not_wait_but_for_the_server() {
        let now = at("27T10:01");
        for (what, tries, expected) in [
            ("just fetched", tried(0), Due::Now),
            ("failing", tried(9), Due::Now),
            ("told to wait", Tries { until: Some(at("27T18:00")), ..tried(1) }, Due::At(at("27T18:00"))),
            ("has waited", Tries { until: Some(at("27T09:00")), ..tried(1) }, Due::Now),
            ("gone", Tries { gone: true, ..tried(0) }, Due::Never),
        ] {
            assert_eq!(when_asked(&tries, now), expected, "{what}");
        }
        assert!(Due::Now.is_due(now) && Due::At(now).is_due(now));
        assert!(!Due::At(at("27T10:02")).is_due(now) && !Due::Never.is_due(now));
    }
}
