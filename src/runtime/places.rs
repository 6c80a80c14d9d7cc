//! The lists of views, as the library has them: sources, tags, saved queries, feeds, mutes, each with its counts.

use std::time::Duration;

use jiff::Timestamp;

use super::fetch::next_try;
use crate::app::{FeedRow, MuteRow, PlaceKind, PlaceRow};
use crate::extract::country;
use crate::query::{Clause, Place, Query, Term, View};
use crate::store::{MuteInForce, Named, Sort, Store, StoreError};

/// A list of views with their counts; feeds are due at `interval` where they set no other.
pub(super) fn places(
    store: &Store,
    kind: PlaceKind,
    saved_queries: Vec<View>,
    interval: Duration,
) -> Result<Vec<PlaceRow>, StoreError> {
    let row =
        |Named { name, articles, inbox }: Named| PlaceRow { name, articles, inbox, feed: None, mute: None };
    Ok(match kind {
        PlaceKind::Sources => store.sources()?.into_iter().map(row).collect(),
        PlaceKind::Tags => store.tags()?.into_iter().map(row).collect(),
        PlaceKind::Saved => saved(store, saved_queries)?,
        PlaceKind::Feeds => feeds(store, interval)?,
        PlaceKind::Mutes => store.mutes(Timestamp::now())?.into_iter().map(mute_row).collect(),
    })
}

fn saved(store: &Store, saved: Vec<View>) -> Result<Vec<PlaceRow>, StoreError> {
    let now = Timestamp::now();
    let waiting = Query { clauses: vec![Clause { negated: false, term: Term::In(Place::Inbox) }] };
    let mut rows = Vec::with_capacity(saved.len());
    for view in saved {
        let view = view.with_countries(&country);
        let articles = store.view(&view, Sort::Newest, now, None)?.len();
        let inbox = store.filtered_view(&view, &waiting, Sort::Newest, now, None)?.len();
        rows.push(PlaceRow { name: String::new(), articles, inbox, feed: None, mute: None });
    }
    Ok(rows)
}

/// The feeds, those that fail first, the most persistent first among them; else in the order of their names.
fn feeds(store: &Store, interval: Duration) -> Result<Vec<PlaceRow>, StoreError> {
    let mut feeds = store.feeds()?;
    feeds.sort_by_cached_key(|feed| {
        (!feed.state.is_failing(), std::cmp::Reverse(feed.state.failures), feed.name().to_lowercase())
    });
    let counts = store.feed_counts()?;
    let rows = feeds.into_iter().map(|feed| {
        let (articles, inbox) = counts.get(&feed.id).copied().unwrap_or_default();
        PlaceRow {
            name: feed.name().to_owned(),
            articles,
            inbox,
            feed: Some(Box::new(FeedRow {
                id: feed.id,
                next: next_try(&feed, interval),
                address: feed.subscription.address,
                state: feed.state,
            })),
            mute: None,
        }
    });
    Ok(rows.collect())
}

/// A mute as a row: what it is about, and how many it has silenced.
fn mute_row(MuteInForce { entry, mute, until, articles }: MuteInForce) -> PlaceRow {
    let name = format!("{}: \u{2068}{}\u{2069}", mute.kind(), mute.name());
    PlaceRow { name, articles, inbox: 0, feed: None, mute: Some(MuteRow { entry, mute, until }) }
}
