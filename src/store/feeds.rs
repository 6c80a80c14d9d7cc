//! Feeds that the person reads: subscribing, settings, and what the last tries met with. Fetching them is not known here.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::read::size;
use super::rows::{self, direction_in, direction_out, time_in, time_out};
use super::write::id_of_name;
use super::{Store, StoreError};
use crate::article::{ArticleId, Feed, FeedId, FeedSettings, FeedState, Subscription};
use crate::query;

/// The columns that a feed is made of.
const FEED: &str = "SELECT f.id, f.address, s.named, s.settings, t.title, t.site, t.etag, t.last_modified, t.tried, \
                    t.succeeded, t.failures, t.until, t.fresh, t.gone, t.error \
                    FROM subscription s JOIN feed f ON f.id = s.feed JOIN feed_state t ON t.feed = s.feed";

/// What became of a feed that was subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscribed {
    /// It was not read before.
    New(FeedId),
    /// It is read already; nothing was changed.
    Known(FeedId),
}

/// What a try of a feed met with, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedTry {
    /// The feed.
    pub id: FeedId,
    /// How fetching it goes now.
    pub state: FeedState,
    /// Its title, where its document was read.
    pub title: Option<String>,
    /// The address of its site, likewise.
    pub site: Option<String>,
}

impl Store {
    /// Subscribes to feeds, in one transaction; what became of each, in their order.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of them is.
    pub fn subscribe(
        &mut self,
        feeds: &[Subscription],
        now: Timestamp,
    ) -> Result<Vec<Subscribed>, StoreError> {
        let transaction = self.write()?;
        let mut outcomes = Vec::with_capacity(feeds.len());
        for feed in feeds {
            let id = id_of_name(&transaction, "feed", "address", &feed.address)?;
            let settings = rows::write(&SettingsRow::from(&feed.settings))?;
            let new = transaction
                .prepare_cached("INSERT OR IGNORE INTO subscription (feed, added, named, settings) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, time_in(now), feed.named, settings])?;
            transaction
                .prepare_cached("INSERT OR IGNORE INTO feed_state (feed, title, site, failures, gone) VALUES (?1, ?2, ?3, 0, 0)")?
                .execute(params![id, feed.title, feed.site])?;
            if new == 1 {
                // What is added again is tried again, whatever it met with before.
                transaction
                    .prepare_cached("UPDATE feed_state SET gone = 0, failures = 0, until = NULL, error = NULL WHERE feed = ?1")?
                    .execute([id])?;
            }
            outcomes.push(if new == 1 { Subscribed::New(FeedId(id)) } else { Subscribed::Known(FeedId(id)) });
        }
        transaction.commit()?;
        Ok(outcomes)
    }

    /// All feeds that are read, in the order in which they were added.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("{FEED} ORDER BY s.added, f.id"))?;
        let mut rows = statement.query([])?;
        let mut feeds = Vec::new();
        while let Some(row) = rows.next()? {
            feeds.push(feed(row)?);
        }
        Ok(feeds)
    }

    /// How many articles came from each feed that is read, and how many of them wait in the inbox.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn feed_counts(&self) -> Result<HashMap<FeedId, (usize, usize)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.feed, count(*), sum(m.inbox) FROM subscription s JOIN origin o ON o.kind = 1 AND o.feed = s.feed \
             JOIN mark m ON m.article = o.article GROUP BY s.feed",
        )?;
        let mut rows = statement.query([])?;
        let mut counts = HashMap::new();
        while let Some(row) = rows.next()? {
            counts.insert(FeedId(row.get(0)?), (size(row.get(1)?)?, size(row.get(2)?)?));
        }
        Ok(counts)
    }

    /// The feed that an article came from, where it is read still.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn feed_of(&self, article: ArticleId) -> Result<Option<FeedId>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT s.feed FROM origin o JOIN subscription s ON s.feed = o.feed WHERE o.article = ?1 AND o.kind = 1",
            )?
            .query_row([article.0], |row| row.get(0).map(FeedId))
            .optional()?;
        Ok(found)
    }

    /// Sets what the person wants of a feed. Whether it is read.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn set_feed(&mut self, id: FeedId, settings: &FeedSettings) -> Result<bool, StoreError> {
        let settings = rows::write(&SettingsRow::from(settings))?;
        let transaction = self.write()?;
        let set = transaction
            .prepare_cached("UPDATE subscription SET settings = ?2 WHERE feed = ?1")?
            .execute(params![id.0, settings])?;
        // Its articles are to be declared anew: the document is asked for whole.
        transaction
            .prepare_cached("UPDATE feed_state SET etag = NULL, last_modified = NULL WHERE feed = ?1")?
            .execute([id.0])?;
        transaction.commit()?;
        Ok(set == 1)
    }

    /// Ends a subscription; its articles stay. Whether there was one.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn unsubscribe(&mut self, id: FeedId) -> Result<bool, StoreError> {
        let transaction = self.write()?;
        let gone = transaction.prepare_cached("DELETE FROM subscription WHERE feed = ?1")?.execute([id.0])?;
        transaction.prepare_cached("DELETE FROM feed_state WHERE feed = ?1")?.execute([id.0])?;
        transaction.commit()?;
        Ok(gone == 1)
    }

    /// Keeps what tries met with, in one transaction; feeds that are not read any more are passed over. What they brought
    /// must be stored before: the next document is asked for by what is kept here.
    ///
    /// # Errors
    /// Where the library cannot be written; then nothing of it is.
    pub fn record_tries(&mut self, tries: &[FeedTry]) -> Result<(), StoreError> {
        let transaction = self.write()?;
        for FeedTry { id, state, title, site } in tries {
            let fresh = state.fresh_for.and_then(|fresh| i64::try_from(fresh.as_secs()).ok());
            transaction
                .prepare_cached(
                    "UPDATE feed_state SET title = coalesce(?2, title), site = coalesce(?3, site), etag = ?4, \
                     last_modified = ?5, tried = ?6, succeeded = ?7, failures = ?8, until = ?9, fresh = ?10, \
                     gone = ?11, error = ?12 WHERE feed = ?1",
                )?
                .execute(params![
                    id.0,
                    title,
                    site,
                    state.etag,
                    state.last_modified,
                    state.tried.map(time_in),
                    state.succeeded.map(time_in),
                    state.failures,
                    state.until.map(time_in),
                    fresh,
                    state.gone,
                    state.error
                ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Lets a feed lie at another address from now on; its entries and what was set stay with it. Where the other address
    /// is a feed of the library already, the two become one. Returns the feed's number from now on.
    ///
    /// # Errors
    /// Where the library cannot be written; then it lies where it lay.
    pub fn move_feed(&mut self, id: FeedId, address: &str) -> Result<FeedId, StoreError> {
        let transaction = self.write()?;
        let now = match feed_at(&transaction, address)? {
            Some(other) if other == id => id,
            None => {
                transaction
                    .prepare_cached("UPDATE feed SET address = ?2 WHERE id = ?1")?
                    .execute(params![id.0, address])?;
                id
            }
            Some(other) => {
                join(&transaction, id, other)?;
                other
            }
        };
        transaction.commit()?;
        Ok(now)
    }
}

/// The feeds that have a tag of this name, spelling differences apart.
pub(super) fn tagged(connection: &Connection, wanted: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT feed, settings FROM subscription")?;
    let mut found = statement.query([])?;
    let mut feeds = Vec::new();
    while let Some(row) = found.next()? {
        let settings: SettingsRow = rows::read(row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?)?;
        if settings.tags.iter().any(|tag| query::same(wanted, tag)) {
            feeds.push(row.get(0)?);
        }
    }
    Ok(feeds)
}

/// The feed at an address.
fn feed_at(connection: &Connection, address: &str) -> Result<Option<FeedId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM feed WHERE address = ?1")?
        .query_row([address], |row| row.get(0).map(FeedId))
        .optional()?)
}

/// Makes one feed of two: entries of the first that the second does not have are its own, and so is what was set, where
/// the second is not read.
fn join(transaction: &Transaction<'_>, from: FeedId, to: FeedId) -> Result<(), StoreError> {
    let pair = [from.0, to.0];
    transaction
        .prepare_cached("UPDATE OR IGNORE origin SET feed = ?2 WHERE feed = ?1 AND kind = 1")?
        .execute(pair)?;
    for table in ["subscription", "feed_state"] {
        transaction
            .prepare_cached(&format!("UPDATE OR IGNORE {table} SET feed = ?2 WHERE feed = ?1"))?
            .execute(pair)?;
        transaction.prepare_cached(&format!("DELETE FROM {table} WHERE feed = ?1"))?.execute([from.0])?;
    }
    Ok(())
}

fn feed(row: &Row<'_>) -> Result<Feed, StoreError> {
    let time = |column: usize| -> Result<Option<Timestamp>, StoreError> {
        row.get::<_, Option<i64>>(column)?.map(time_out).transpose()
    };
    let settings: SettingsRow = rows::read(row.get_ref(3)?.as_str().map_err(|_| StoreError::Damaged)?)?;
    let fresh: Option<i64> = row.get(12)?;
    Ok(Feed {
        id: FeedId(row.get(0)?),
        subscription: Subscription {
            address: row.get(1)?,
            named: row.get(2)?,
            settings: settings.settings()?,
            title: row.get(4)?,
            site: row.get(5)?,
        },
        state: FeedState {
            etag: row.get(6)?,
            last_modified: row.get(7)?,
            tried: time(8)?,
            succeeded: time(9)?,
            failures: row.get(10)?,
            until: time(11)?,
            fresh_for: fresh.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
            gone: row.get(13)?,
            error: row.get(14)?,
        },
    })
}

/// [`FeedSettings`]; what is not set is not written.
#[derive(Serialize, Deserialize)]
struct SettingsRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    folder: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    full_text: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interval_seconds: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keep_days: Option<u32>,
}

impl From<&FeedSettings> for SettingsRow {
    fn from(settings: &FeedSettings) -> Self {
        Self {
            name: settings.name.clone(),
            folder: settings.folder.clone(),
            direction: direction_in(settings.direction),
            tags: settings.tags.clone(),
            full_text: settings.full_text.then_some(true),
            interval_seconds: settings.interval.map(|interval| interval.as_secs()),
            keep_days: settings.keep_days,
        }
    }
}

impl SettingsRow {
    /// The settings again.
    fn settings(self) -> Result<FeedSettings, StoreError> {
        Ok(FeedSettings {
            name: self.name,
            folder: self.folder,
            direction: direction_out(self.direction)?,
            tags: self.tags,
            full_text: self.full_text.unwrap_or_default(),
            interval: self.interval_seconds.map(Duration::from_secs),
            keep_days: self.keep_days,
        })
    }
}
