//! The parts `[fetch]` and `[limits]` of the configuration: how often feeds are fetched, and how much of the outside is taken
//! in.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};
use serde::Deserialize;

use crate::ingest::Limits;

/// How often a feed is fetched by the schedule, unless set.
const HOUR: Duration = Duration::from_secs(3600);

/// How feeds are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// How often a feed is fetched that has no interval of its own.
    pub interval: Duration,
    /// How often the reader looks for feeds that are due; not by itself where nothing is set.
    pub reader: Option<Duration>,
    /// Limits.
    pub limits: Limits,
}

impl Default for Fetch {
    fn default() -> Self {
        Self { interval: HOUR, reader: None, limits: Limits::default() }
    }
}

/// The length of time that a text such as `30m`, `6h` or `2 days` names; at least a second.
pub fn period(text: &str) -> Option<Duration> {
    let span: Span = text.trim().parse().ok()?;
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(length).ok().filter(|length| *length >= Duration::from_secs(1))
}

/// A length of time in the file.
#[derive(Clone, Copy, Debug)]
struct Period(Duration);

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        period(&text).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "could not read {text:?} as a length of time (such as \"30m\" or \"6h\")"
            ))
        })
    }
}

/// A length of time, or `off`.
#[derive(Clone, Copy, Debug, Default)]
struct PeriodOrOff(Option<Duration>);

impl<'de> Deserialize<'de> for PeriodOrOff {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "off" {
            return Ok(Self(None));
        }
        period(&text).map(|length| Self(Some(length))).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "could not read {text:?}: \"off\", or a length of time such as \"30m\""
            ))
        })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FetchPart {
    interval: Option<Period>,
    reader: PeriodOrOff,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LimitsPart {
    document_mb: Option<u64>,
    entries: Option<usize>,
    redirects: Option<usize>,
    connect: Option<Period>,
    request: Option<Period>,
    parallel: Option<usize>,
    per_host: Option<usize>,
}

impl FetchPart {
    /// What both parts of the file set.
    pub(super) fn with(&self, limits: &LimitsPart) -> Fetch {
        let usual = Limits::default();
        Fetch {
            interval: self.interval.map_or(HOUR, |interval| interval.0),
            reader: self.reader.0,
            limits: Limits {
                document_bytes: limits
                    .document_mb
                    .map_or(usual.document_bytes, |megabytes| megabytes.clamp(1, 1024) << 20),
                entries: limits.entries.unwrap_or(usual.entries).max(1),
                redirects: limits.redirects.unwrap_or(usual.redirects).min(50),
                connect: limits.connect.map_or(usual.connect, |time| time.0),
                request: limits.request.map_or(usual.request, |time| time.0),
                parallel: limits.parallel.unwrap_or(usual.parallel).clamp(1, 64),
                per_host: limits.per_host.unwrap_or(usual.per_host).clamp(1, 64),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_as_people_write_them() {
        for (text, seconds) in [
            ("30m", Some(1_800)),
            ("6h", Some(21_600)),
            ("2 days", Some(172_800)),
            ("1h 30m", Some(5_400)),
            ("1w", Some(604_800)),
            ("90s", Some(90)),
            ("0s", None),
            ("-1h", None),
            ("soon", None),
            ("30", None),
        ] {
            assert_eq!(period(text).map(|length| length.as_secs()), seconds, "{text}");
        }
    }
}
