//! A feed that the person reads: what they set for it, what it says of itself, and how fetching it goes.

use std::time::Duration;

use jiff::Timestamp;

use crate::text::Direction;

/// A feed's number in a library; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeedId(pub i64);

/// What the person set for a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedSettings {
    /// What it is called, in place of its own title.
    pub name: Option<String>,
    /// The folder that it stands in, outermost first; none is the top.
    pub folder: Vec<String>,
    /// The base direction of its articles.
    pub direction: Option<Direction>,
    /// Tags of its articles.
    pub tags: Vec<String>,
    /// Whether each article's page is fetched, because the feed gives only summaries.
    pub full_text: bool,
    /// How often it is fetched by the schedule.
    pub interval: Option<Duration>,
    /// Days for which its articles are kept.
    pub keep_days: Option<u32>,
}

/// A feed that is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Where it is.
    pub address: String,
    /// Its own title, as far as it is known.
    pub title: Option<String>,
    /// The address of its site.
    pub site: Option<String>,
    /// Whether the person named the address, so that it may lie on a private network.
    pub named: bool,
    /// What the person set.
    pub settings: FeedSettings,
}

/// How fetching a feed goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// What to ask with, so that an unchanged document is not sent again (RFC 9110, 13.1).
    pub etag: Option<String>,
    /// What to ask with, likewise.
    pub last_modified: Option<String>,
    /// When it was tried last.
    pub tried: Option<Timestamp>,
    /// When it was read last.
    pub succeeded: Option<Timestamp>,
    /// Failures since.
    pub failures: u32,
    /// Until when its server wants to be left alone.
    pub until: Option<Timestamp>,
    /// How long its document is fresh.
    pub fresh_for: Option<Duration>,
    /// It is gone for good.
    pub gone: bool,
    /// What went wrong the last time: one sentence.
    pub error: Option<String>,
}

/// A feed of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub id: FeedId,
    /// What it is.
    pub subscription: Subscription,
    /// How fetching it goes.
    pub state: FeedState,
}

impl Feed {
    /// What it is called: as the person says, else as it does itself, else its address.
    pub fn name(&self) -> &str {
        let own = &self.subscription;
        own.settings.name.as_deref().or(own.title.as_deref()).unwrap_or(&own.address)
    }
}
