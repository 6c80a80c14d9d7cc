//! Which articles tell the same story: their sketches, the groups that follow from them, and what the person split. Each
//! article is compared with the few that share a key with it, so that a library is grouped in linear time.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Store, StoreError};
use crate::article::{ArticleId, Sketch};

/// Articles of one key that are compared, the newest first: a key that many share is no sign of a story.
const MOST_ALIKE: i64 = 24;
/// Microseconds between two articles of one story whose texts are alike: four days.
const APART: i64 = 4 * 24 * 3600 * 1_000_000;

impl Store {
    /// Compares articles whose sketches were taken in and not compared yet, the first `most` of them, in one transaction; how
    /// many that were. Keys of sketches lie all over their table, so many at once are less to write than a few. It is not
    /// waited until the disk has it: what is lost in a power cut is made again.
    ///
    /// # Errors
    /// Where the library cannot be written; then none of it is.
    pub fn tell(&mut self, most: usize) -> Result<usize, StoreError> {
        if !self.connection.prepare_cached("SELECT 1 FROM untold LIMIT 1")?.exists([])? {
            return Ok(0);
        }
        self.connection.pragma_update(None, "synchronous", "NORMAL")?;
        let told = self.writing(|transaction, _| {
            let ids: Vec<ArticleId> = transaction
                .prepare_cached("SELECT article FROM untold ORDER BY article LIMIT ?1")?
                .query_map([super::read::count(most)], |row| row.get(0).map(ArticleId))?
                .collect::<Result<_, _>>()?;
            for id in &ids {
                compare(transaction, *id)?;
            }
            Ok(ids.len())
        });
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        told
    }

    /// The articles of stories that more than one tells: each one's story, by a number. Those that the person split from
    /// theirs are left out.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn stories(&self) -> Result<HashMap<ArticleId, i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            // In this order: few articles are of a story, and all have marks.
            "SELECT s.article, s.story FROM story s CROSS JOIN mark m ON m.article = s.article WHERE m.apart = 0",
        )?;
        let rows = statement.query_map([], |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The stories of these articles alone; see [`Store::stories`].
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn stories_of(&self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.story FROM story s CROSS JOIN mark m ON m.article = s.article \
             WHERE s.article = ?1 AND m.apart = 0",
        )?;
        let mut stories = HashMap::new();
        for id in ids {
            if let Some(story) = statement.query_row([id.0], |row| row.get(0)).optional()? {
                stories.insert(*id, story);
            }
        }
        Ok(stories)
    }
}

/// Takes an article's sketch in, in the place of an earlier one. It is to be compared ([`compare`]).
pub(super) fn take(transaction: &Transaction<'_>, id: ArticleId, sketch: &Sketch) -> Result<(), StoreError> {
    forget(transaction, id)?;
    transaction
        .prepare_cached(
            "INSERT INTO sketch (article, body, sketch) SELECT id, body, ?2 FROM article WHERE id = ?1",
        )?
        .execute(params![id.0, pack(sketch)])?;
    transaction
        .prepare_cached("INSERT INTO untold (article) SELECT article FROM sketch WHERE article = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Compares an article whose sketch was taken in with those that share a key with it, and joins those that tell the same.
pub(super) fn compare(transaction: &Transaction<'_>, id: ArticleId) -> Result<(), StoreError> {
    if let Some(sketch) = sketch_of(transaction, id.0)? {
        let alike = alike(transaction, id, &sketch)?;
        for key in sketch.keys() {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO story_key (key, article) VALUES (?1, ?2)")?
                .execute(params![key, id.0])?;
        }
        join(transaction, id, &alike)?;
    }
    transaction.prepare_cached("DELETE FROM untold WHERE article = ?1")?.execute([id.0])?;
    Ok(())
}

/// Takes an article's sketch, keys and story out.
pub(super) fn forget(transaction: &Transaction<'_>, id: ArticleId) -> Result<(), StoreError> {
    let Some(sketch) = sketch_of(transaction, id.0)? else { return Ok(()) };
    for key in sketch.keys() {
        transaction
            .prepare_cached("DELETE FROM story_key WHERE key = ?1 AND article = ?2")?
            .execute(params![key, id.0])?;
    }
    transaction.prepare_cached("DELETE FROM untold WHERE article = ?1")?.execute([id.0])?;
    transaction.prepare_cached("DELETE FROM sketch WHERE article = ?1")?.execute([id.0])?;
    transaction.prepare_cached("DELETE FROM story WHERE article = ?1")?.execute([id.0])?;
    Ok(())
}

/// The articles that tell what one with this sketch tells.
fn alike(connection: &Connection, id: ArticleId, sketch: &Sketch) -> Result<Vec<i64>, StoreError> {
    let mut candidates = BTreeSet::new();
    let mut by_key = connection.prepare_cached(
        "SELECT k.article, m.at FROM story_key k JOIN mark m ON m.article = k.article \
         WHERE k.key = ?1 AND k.article <> ?2 ORDER BY k.article DESC LIMIT ?3",
    )?;
    let when = at(connection, id.0)?;
    for key in sketch.keys() {
        let found = by_key.query_map(params![key, id.0, MOST_ALIKE], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        for found in found {
            let (article, at) = found?;
            let near = when.is_some_and(|when| when.abs_diff(at) <= APART.unsigned_abs());
            // Whatever is at the same address is the same, however old. Most of the rest need not be read.
            if near || Sketch::is_of_address(key) {
                candidates.insert((article, near));
            }
        }
    }
    let mut alike = Vec::new();
    for (other, near) in candidates {
        let Some(own) = sketch_of(connection, other)? else { continue };
        if sketch.is_at(&own) || (near && sketch.tells(&own)) {
            alike.push(other);
        }
    }
    Ok(alike)
}

/// When an article was published, as windows order it.
fn at(connection: &Connection, id: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT at FROM mark WHERE article = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Makes one story of an article and those that tell the same, with all that are in theirs.
fn join(transaction: &Transaction<'_>, id: ArticleId, alike: &[i64]) -> Result<(), StoreError> {
    if alike.is_empty() {
        return Ok(());
    }
    let mut stories = BTreeSet::new();
    let mut alone = vec![id.0];
    for other in alike {
        let known: Option<i64> = transaction
            .prepare_cached("SELECT story FROM story WHERE article = ?1")?
            .query_row([other], |row| row.get(0))
            .optional()?;
        match known {
            Some(story) => {
                stories.insert(story);
            }
            None => alone.push(*other),
        }
    }
    let story = stories.pop_first().unwrap_or_else(|| alone.iter().copied().min().unwrap_or(id.0));
    for other in stories {
        transaction
            .prepare_cached("UPDATE story SET story = ?1 WHERE story = ?2")?
            .execute(params![story, other])?;
    }
    for article in alone {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO story (article, story) VALUES (?1, ?2)")?
            .execute(params![article, story])?;
    }
    Ok(())
}

fn sketch_of(connection: &Connection, id: i64) -> Result<Option<Sketch>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT sketch FROM sketch WHERE article = ?1")?;
    let packed: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
    packed.map(|packed| unpack(&packed).ok_or(StoreError::Damaged)).transpose()
}

/// A sketch as bytes, little-endian: shingles, address (0 for none), how many hashes, hashes, numbers.
fn pack(sketch: &Sketch) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(14 + 4 * (sketch.hashes.len() + sketch.numbers.len()));
    bytes.extend(sketch.shingles.to_le_bytes());
    bytes.extend(sketch.address.unwrap_or(0).to_le_bytes());
    bytes.extend(u16::try_from(sketch.hashes.len()).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend(sketch.hashes.iter().chain(&sketch.numbers).flat_map(|hash| hash.to_le_bytes()));
    bytes
}

fn unpack(bytes: &[u8]) -> Option<Sketch> {
    let (shingles, rest) = bytes.split_first_chunk::<4>()?;
    let (address, rest) = rest.split_first_chunk::<8>()?;
    let (many, rest) = rest.split_first_chunk::<2>()?;
    let mut hashes: Vec<u32> =
        rest.chunks_exact(4).filter_map(|own| own.try_into().ok().map(u32::from_le_bytes)).collect();
    let many = usize::from(u16::from_le_bytes(*many)).min(hashes.len());
    let numbers = hashes.split_off(many);
    let address = u64::from_le_bytes(*address);
    Some(Sketch {
        hashes,
        numbers,
        shingles: u32::from_le_bytes(*shingles),
        address: (address != 0).then_some(address),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_is_the_same_again() {
        let sketch =
            Sketch { hashes: vec![1, 2, u32::MAX], numbers: vec![7], shingles: 900, address: Some(3) };
        assert_eq!(unpack(&pack(&sketch)), Some(sketch));
        assert_eq!(unpack(&pack(&Sketch::default())), Some(Sketch::default()));
        assert_eq!(unpack(&[1, 2]), None);
    }
}
