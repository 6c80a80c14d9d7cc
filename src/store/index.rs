//! The search index, written: the words of each article as they are spelled, the words of its title, and which spellings
//! belong together. What words mean is `query`'s to say; the index is asked in `search.rs`.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use rusqlite::{Transaction, params};

use super::StoreError;
use crate::query::IndexForm;
use crate::text::tokens::each_token;

/// Spellings that are known to be in the table, so that each is written once and not looked for again.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    known: HashSet<u64>,
    hasher: RandomState,
}

/// Spellings that are remembered, at the most: two megabytes of them.
const MOST: usize = 150_000;

impl Spellings {
    /// Writes the spellings of an article down.
    fn put(&mut self, transaction: &Transaction<'_>, form: &IndexForm) -> Result<(), StoreError> {
        for pair in &form.keys {
            if self.known.insert(self.hasher.hash_one(pair)) {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO spelling (key, spelling) VALUES (?1, ?2)")?
                    .execute([&pair.0, &pair.1])?;
            }
        }
        if self.known.len() > MOST {
            self.known = HashSet::new();
        }
        Ok(())
    }
}

/// Puts an article into the index, which must not have it.
pub(super) fn put(
    transaction: &Transaction<'_>,
    spellings: &mut Spellings,
    id: i64,
    form: &IndexForm,
    title: &str,
    source: Option<&str>,
) -> Result<(), StoreError> {
    spellings.put(transaction, form)?;
    transaction
        .prepare_cached("INSERT INTO search (rowid, text) VALUES (?1, ?2)")?
        .execute(params![id, form.text])?;
    let mut words = String::with_capacity(title.len() + 16);
    for part in [Some(title), source].into_iter().flatten() {
        each_token(part, &mut |token| {
            words.push_str(&token.text);
            words.push(' ');
        });
    }
    transaction
        .prepare_cached("INSERT INTO title_search (rowid, text) VALUES (?1, ?2)")?
        .execute(params![id, words])?;
    Ok(())
}

/// Takes an article out of the index; one that is not in it is passed over.
pub(super) fn leave_out(transaction: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    transaction.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM title_search WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}
