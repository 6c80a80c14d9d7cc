//! Which articles have a fact that a query asks for. Spellings are compared by `query`, so this room needs no folding of
//! its own.

use rusqlite::Connection;

use super::StoreError;
use super::fact_rows::normalized_out;
use crate::article::Normalized;
use crate::query;

/// The articles with a fact whose key is `key` and whose value holds `value`.
pub(super) fn with_key(
    connection: &Connection,
    key: &str,
    value: Option<&str>,
) -> Result<Vec<i64>, StoreError> {
    let mut keys = connection.prepare_cached("SELECT id, name FROM fact_key")?;
    let mut found = keys.query([])?;
    let mut articles = Vec::new();
    while let Some(row) = found.next()? {
        if query::same(key, row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?) {
            let id: i64 = row.get(0)?;
            let mut facts =
                connection.prepare_cached("SELECT article, value FROM fact WHERE key = ?1 AND shown = 1")?;
            let mut found = facts.query([id])?;
            while let Some(row) = found.next()? {
                let text = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?;
                if value.is_none_or(|value| query::contains(value, text)) {
                    articles.push(row.get(0)?);
                }
            }
        }
    }
    Ok(articles)
}

/// The articles with a fact of `concept` whose value holds `value`, or is the country of that code.
pub(super) fn with_concept(
    connection: &Connection,
    concept: &str,
    value: &str,
) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT article, value, normalized FROM fact WHERE concept = ?1 AND shown = 1";
    let mut facts = connection.prepare_cached(sql)?;
    let mut found = facts.query([concept])?;
    let mut articles = Vec::new();
    while let Some(row) = found.next()? {
        let text = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?;
        let is_country =
            |item: &Normalized| matches!(item, Normalized::Country(code) if query::same(value, code));
        if query::contains(value, text) || normalized_out(row.get(2)?)?.iter().any(is_country) {
            articles.push(row.get(0)?);
        }
    }
    Ok(articles)
}
