//! Feeds out: as lines for people, and as JSON, one object a line. The names of members are stable.

use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write;

use super::harmless::harmless;
use super::json::line;
use crate::article::{Feed, NextTry, length_in_words};
use crate::text::Direction;

/// What a fetch did with a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched<'a> {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that changed.
    pub updated: usize,
    /// Articles that are as they were.
    pub unchanged: usize,
    /// Whether the server said that nothing has changed.
    pub not_modified: bool,
    /// What was not as it should be.
    pub warnings: &'a [String],
}

#[derive(Serialize)]
struct FeedOut<'a> {
    feed: i64,
    name: &'a str,
    address: &'a str,
    title: Option<&'a str>,
    site: Option<&'a str>,
    folder: &'a [String],
    tags: &'a [String],
    direction: Option<&'static str>,
    full_text: bool,
    interval_seconds: Option<u64>,
    keep_days: Option<u32>,
    tried: Option<String>,
    succeeded: Option<String>,
    failures: u32,
    error: Option<&'a str>,
    gone: bool,
    next: Option<String>,
}

#[derive(Serialize)]
struct FetchedOut<'a> {
    feed: i64,
    name: &'a str,
    address: &'a str,
    new: usize,
    updated: usize,
    unchanged: usize,
    not_modified: bool,
    warnings: &'a [String],
    error: Option<&'a str>,
    next: Option<String>,
}

/// A feed as `khabar feed list --json` prints it.
pub fn json(feed: &Feed, next: NextTry) -> String {
    let (own, settings, state) = (&feed.subscription, &feed.subscription.settings, &feed.state);
    line(&FeedOut {
        feed: feed.id.0,
        name: feed.name(),
        address: &own.address,
        title: own.title.as_deref(),
        site: own.site.as_deref(),
        folder: &settings.folder,
        tags: &settings.tags,
        direction: settings.direction.map(direction),
        full_text: settings.full_text,
        interval_seconds: settings.interval.map(|interval| interval.as_secs()),
        keep_days: settings.keep_days,
        tried: state.tried.map(|time| time.to_string()),
        succeeded: state.succeeded.map(|time| time.to_string()),
        failures: state.failures,
        error: state.error.as_deref(),
        gone: state.gone,
        next: time_of(next),
    })
}

/// What a fetch did with a feed, as `khabar fetch --json` prints it.
pub fn fetched_json(feed: &Feed, fetched: &Fetched<'_>, next: NextTry) -> String {
    line(&FetchedOut {
        feed: feed.id.0,
        name: feed.name(),
        address: &feed.subscription.address,
        new: fetched.new,
        updated: fetched.updated,
        unchanged: fetched.unchanged,
        not_modified: fetched.not_modified,
        warnings: fetched.warnings,
        error: feed.state.error.as_deref(),
        next: time_of(next),
    })
}

/// A feed for people: its number, name and address; when it was read and is tried next; what went wrong.
pub fn plain(feed: &Feed, next: NextTry, now: Timestamp) -> String {
    let (own, settings, state) = (&feed.subscription, &feed.subscription.settings, &feed.state);
    let mut text = format!("{:>4}  {}", feed.id.0, harmless(feed.name()));
    if feed.name() != own.address {
        let _ = write!(text, "  {}", harmless(&own.address));
    }
    let mut said = Vec::new();
    if !settings.folder.is_empty() {
        said.push(format!("in {}", settings.folder.join("/")));
    }
    if !settings.tags.is_empty() {
        said.push(format!("tags {}", settings.tags.join(", ")));
    }
    said.extend(settings.direction.map(|own| direction(own).to_owned()));
    if settings.full_text {
        said.push("full text".to_owned());
    }
    said.extend(settings.interval.map(|interval| format!("every {}", length_in_words(interval))));
    said.extend(settings.keep_days.map(|days| format!("kept {days} days")));
    said.push(state.since(now));
    said.push(next.in_words(now));
    let _ = write!(text, "\n      {}", harmless(&said.join(" · ")));
    if let Some(error) = &state.error {
        let _ = write!(text, "\n      {}", harmless(error));
    }
    text
}

fn time_of(next: NextTry) -> Option<String> {
    match next {
        NextTry::At(time) => Some(time.to_string()),
        NextTry::Now => Some("now".to_owned()),
        NextTry::Never => None,
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::article::{FeedId, FeedSettings, FeedState, Subscription};

    fn feed() -> Feed {
        Feed {
            id: FeedId(7),
            subscription: Subscription {
                address: "https://a.example/feed".to_owned(),
                title: Some("أخبار\u{1b}[2J".to_owned()),
                site: None,
                named: true,
                settings: FeedSettings {
                    folder: vec!["A".to_owned(), "B".to_owned()],
                    interval: Some(Duration::from_secs(1800)),
                    ..FeedSettings::default()
                },
            },
            state: FeedState {
                succeeded: Some("2026-11-27T10:00:00Z".parse().unwrap()),
                failures: 1,
                error: Some("no \u{1b} answer".to_owned()),
                ..FeedState::default()
            },
        }
    }

    #[test]
    fn a_feed_for_people_and_for_programs() {
        let now: Timestamp = "2026-11-27T10:20:00Z".parse().unwrap();
        let next = NextTry::At("2026-11-27T13:00:00Z".parse().unwrap());
        let text = plain(&feed(), next, now);
        assert!(!text.contains('\u{1b}'), "{text}");
        let expected = "      in A/B · every 30 min · 1 failure, last read 20 min ago · next try in 3 h";
        assert!(text.lines().nth(1) == Some(expected), "{text}");
        let json = json(&feed(), NextTry::Never);
        assert!(
            json.starts_with(r#"{"feed":7,"name":"أخبار\u001b[2J","address":"https://a.example/feed""#),
            "{json}"
        );
        assert!(json.contains(r#""interval_seconds":1800"#) && json.ends_with(r#""next":null}"#), "{json}");
        let fetched = Fetched { new: 2, not_modified: false, ..Fetched::default() };
        let json = fetched_json(&feed(), &fetched, NextTry::Now);
        assert!(json.contains(r#""new":2,"updated":0"#) && json.contains(r#""next":"now""#), "{json}");
    }
}
