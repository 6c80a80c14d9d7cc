//! What the headers of an answer say of when to come again (RFC 9110, 10.2.3; RFC 9111, 5.2).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The longest time for which a server is left alone because it said so.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The longest time for which a document is taken for fresh because its server said so.
const FRESHEST: Duration = Duration::from_secs(24 * 3600);

/// The time of a `Retry-After`: seconds, or a date.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    let at = match value.parse::<u32>() {
        Ok(seconds) => now.checked_add(SignedDuration::from_secs(i64::from(seconds))).ok()?,
        Err(_) => {
            jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?
        }
    };
    let latest = now.checked_add(LONGEST).ok()?;
    (at > now).then_some(at.min(latest))
}

/// How long a document is fresh by its `Cache-Control`.
pub(super) fn fresh_for(cache_control: &str) -> Option<Duration> {
    let mut age = None;
    for directive in cache_control.split(',') {
        let (name, value) = directive.trim().split_once('=').unwrap_or((directive.trim(), ""));
        match name.to_ascii_lowercase().as_str() {
            "no-cache" | "no-store" => return None,
            "max-age" => age = value.trim_matches('"').parse::<u64>().ok(),
            _ => {}
        }
    }
    age.filter(|seconds| *seconds > 0).map(|seconds| Duration::from_secs(seconds).min(FRESHEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_to_come_again() {
        let now: Timestamp = "2026-11-27T00:00:00Z".parse().unwrap();
        for (value, expected) in [
            ("120", "2026-11-27T00:02:00Z"),
            ("Fri, 27 Nov 2026 01:00:00 GMT", "2026-11-27T01:00:00Z"),
            ("Thu, 26 Nov 2026 01:00:00 GMT", ""),
            ("4294967295", "2026-12-04T00:00:00Z"),
            ("99999999999", ""),
            ("soon", ""),
            ("0", ""),
        ] {
            let read = retry_after(value, now).map(|time| time.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{value}");
        }
    }

    #[test]
    fn how_long_it_is_fresh() {
        for (value, expected) in [
            ("max-age=300", Some(300)),
            ("public, max-age=\"60\"", Some(60)),
            ("max-age=31536000, immutable", Some(86_400)),
            ("no-cache, max-age=300", None),
            ("max-age=0", None),
            ("private", None),
            ("max-age=-5", None),
        ] {
            assert_eq!(fresh_for(value).map(|age| age.as_secs()), expected, "{value}");
        }
    }
}
