//! Where the person is: the place in each article, and what the reader needs to open where it was left. It is
//! outside the journal: undo does not take it back.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::read::count;
use super::rows::time_in;
use super::{Store, StoreError};
use crate::article::{Anchor, ArticleId};

impl Store {
    /// Keeps the place of an article; an article that is not there is passed over.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn save_position(&mut self, id: ArticleId, place: &Anchor, now: Timestamp) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO position (article, offset, quote, at) \
                 SELECT id, ?2, ?3, ?4 FROM article WHERE id = ?1 \
                 ON CONFLICT (article) DO UPDATE SET offset = excluded.offset, quote = excluded.quote, at = excluded.at",
            )?
            .execute(params![id.0, count(place.offset), place.quote, time_in(now)])?;
        Ok(())
    }

    /// A value that a session kept under `key`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn session_state(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT value FROM session WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// Keeps a value under `key`.
    ///
    /// # Errors
    /// Where the library cannot be written.
    pub fn set_session_state(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO session (key, value) VALUES (?1, ?2) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            )?
            .execute([key, value])?;
        Ok(())
    }
}
