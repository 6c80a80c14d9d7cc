//! When a feed is due, and what a try makes of what is known of it. Pure functions: no clock, no network.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::http::{FetchError, Fetched};
use crate::article::FeedState;

/// The longest time between two tries of a feed that fails.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// The shortest time between two tries by the schedule, whatever was set.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// The longest time for which a feed's own word on its freshness counts.
const DAY: Duration = Duration::from_secs(24 * 3600);
/// Times that the wait is doubled, at the most.
const DOUBLINGS: u32 = 10;

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
pub fn due(state: &FeedState, interval: Duration) -> Due {
    if state.gone {
        return Due::Never;
    }
    let Some(tried) = state.tried else { return Due::Now };
    let interval = duration(interval).max(SHORTEST);
    let wait = if state.failures > 0 {
        // Twice as long after each failure, so that a dead host is left in peace.
        let times = 1i32 << state.failures.min(DOUBLINGS);
        interval.checked_mul(times).unwrap_or(LONGEST).min(LONGEST.max(interval))
    } else {
        interval.max(state.fresh_for.map_or(SignedDuration::ZERO, duration))
    };
    let at = tried.checked_add(wait).unwrap_or(Timestamp::MAX);
    Due::At(state.until.map_or(at, |until| until.max(at)))
}

/// When a feed may be tried because the person asks for it: at once, unless its server wants to be left alone.
pub fn when_asked(state: &FeedState, now: Timestamp) -> Due {
    match state.until {
        _ if state.gone => Due::Never,
        Some(until) if until > now => Due::At(until),
        _ => Due::Now,
    }
}

fn duration(time: Duration) -> SignedDuration {
    SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX)
}

/// What a try met with.
#[derive(Clone, Copy, Debug)]
pub enum Met<'a> {
    /// A document, or that it has not changed; and the minutes for which the document itself says that it is fresh.
    Answer(&'a Fetched, Option<u32>),
    /// A document that is no feed: a sentence.
    Unreadable(&'a str),
    /// Nothing.
    Nothing(&'a FetchError),
    /// It was not asked: its server, asked for another feed, wants to be left alone until then. A sentence.
    PutOff(Timestamp, &'a str),
}

/// What is known of a feed after a try at `now`.
pub fn after(state: &FeedState, met: Met<'_>, now: Timestamp) -> FeedState {
    let failed = |error: &str| FeedState {
        tried: Some(now),
        failures: state.failures.saturating_add(1),
        until: None,
        error: Some(error.to_owned()),
        ..state.clone()
    };
    match met {
        Met::Answer(fetched, minutes) => {
            let own = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60).min(DAY));
            let same = fetched.document.is_none();
            FeedState {
                // An answer that nothing has changed need not name them again.
                etag: fetched.etag.clone().or_else(|| state.etag.clone().filter(|_| same)),
                last_modified: fetched
                    .last_modified
                    .clone()
                    .or_else(|| state.last_modified.clone().filter(|_| same)),
                tried: Some(now),
                succeeded: Some(now),
                failures: 0,
                until: None,
                fresh_for: fetched.fresh_for.max(own).or(state.fresh_for.filter(|_| same)),
                gone: false,
                error: None,
            }
        }
        Met::Unreadable(error) => failed(error),
        Met::Nothing(error) => FeedState {
            gone: state.gone || error.is_final(),
            until: error.until(),
            ..failed(&error.to_string())
        },
        Met::PutOff(until, error) => {
            FeedState { until: Some(until), error: Some(error.to_owned()), ..state.clone() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00Z").parse().unwrap()
    }

    fn tried(failures: u32) -> FeedState {
        FeedState { tried: Some(at("27T10:00")), failures, ..FeedState::default() }
    }

    #[test]
    fn when_a_feed_is_due() {
        let fresh = |hours: u64| Some(HOUR * u32::try_from(hours).unwrap());
        for (what, state, expected) in [
            ("never tried", FeedState::default(), Due::Now),
            ("fetched at ten", tried(0), Due::At(at("27T11:00"))),
            ("one failure", tried(1), Due::At(at("27T12:00"))),
            ("two failures", tried(2), Due::At(at("27T14:00"))),
            ("many failures", tried(40), Due::At(at("28T10:00"))),
            ("fresh for less", FeedState { fresh_for: fresh(0), ..tried(0) }, Due::At(at("27T11:00"))),
            ("fresh for more", FeedState { fresh_for: fresh(6), ..tried(0) }, Due::At(at("27T16:00"))),
            (
                "freshness is of what came",
                FeedState { fresh_for: fresh(6), ..tried(1) },
                Due::At(at("27T12:00")),
            ),
            ("told to wait", FeedState { until: Some(at("27T18:00")), ..tried(1) }, Due::At(at("27T18:00"))),
            (
                "told to wait for less",
                FeedState { until: Some(at("27T10:05")), ..tried(1) },
                Due::At(at("27T12:00")),
            ),
            ("gone", FeedState { gone: true, ..tried(0) }, Due::Never),
            ("gone before it came", FeedState { gone: true, ..FeedState::default() }, Due::Never),
        ] {
            assert_eq!(due(&state, HOUR), expected, "{what}");
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
        for (what, state, expected) in [
            ("just fetched", tried(0), Due::Now),
            ("failing", tried(9), Due::Now),
            ("told to wait", FeedState { until: Some(at("27T18:00")), ..tried(1) }, Due::At(at("27T18:00"))),
            ("has waited", FeedState { until: Some(at("27T09:00")), ..tried(1) }, Due::Now),
            ("gone", FeedState { gone: true, ..tried(0) }, Due::Never),
        ] {
            assert_eq!(when_asked(&state, now), expected, "{what}");
        }
        assert!(Due::Now.is_due(now) && Due::At(now).is_due(now));
        assert!(!Due::At(at("27T10:02")).is_due(now) && !Due::Never.is_due(now));
    }

    #[test]
    fn a_try_is_remembered() {
        let now = at("27T12:00");
        let address = url::Url::parse("https://a.example/feed").unwrap();
        let before =
            FeedState { etag: Some("old".to_owned()), failures: 3, error: Some("x".to_owned()), ..tried(3) };
        let answer = |document: bool| Fetched {
            document: document.then(crate::ingest::Downloaded::default),
            address: address.clone(),
            moved: None,
            etag: None,
            last_modified: None,
            fresh_for: Some(HOUR),
        };
        let same = after(&before, Met::Answer(&answer(false), None), now);
        assert_eq!((same.etag.as_deref(), same.failures, same.error), (Some("old"), 0, None));
        let other = after(&before, Met::Answer(&answer(true), Some(180)), now);
        assert_eq!((other.etag, other.fresh_for, other.succeeded), (None, Some(HOUR * 3), Some(now)));
        let gone = after(&before, Met::Nothing(&FetchError::Gone { address: "a".to_owned() }), now);
        assert_eq!((gone.gone, gone.failures, gone.etag.as_deref()), (true, 4, Some("old")));
        let busy = FetchError::Status { address: "a".to_owned(), status: 429, until: Some(at("27T13:00")) };
        assert_eq!(after(&before, Met::Nothing(&busy), now).until, Some(at("27T13:00")));
        let put_off = after(&before, Met::PutOff(at("27T13:00"), "wait"), now);
        assert_eq!((put_off.failures, put_off.tried, put_off.until), (3, before.tried, Some(at("27T13:00"))));
        assert_eq!(after(&before, Met::Unreadable("no feed"), now).error.as_deref(), Some("no feed"));
    }
}
