//! The rows of views in their order, as they are in the library now. The last ones that were read whole are kept until the
//! library changes: while a filter is typed, each letter sifts the same rows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rusqlite::Row;
use rusqlite::types::Value;

use super::asked::Asked;
use super::id_set::IdSet;
use super::read::size;
use super::{Sort, Store, StoreError};
use crate::article::ArticleId;
use crate::query;

/// Orders that are kept: the view, and the one that was gone to from it.
const KEPT: usize = 2;

/// What tells one order from another: the statement, with its values.
type Name = (String, Vec<Value>, Sort);

/// The orders that are kept, the last one that was asked for at the end.
#[derive(Debug, Default)]
pub(super) struct Orders(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The library that they are of: changes of others, and own ones.
    of: (u64, u64),
    orders: Vec<(Name, Arc<[ArticleId]>)>,
}

impl Store {
    /// All rows that pass the conditions on marks, in order. What was found otherwise is not looked at.
    pub(super) fn order(&self, asked: &Asked, sort: Sort) -> Result<Arc<[ArticleId]>, StoreError> {
        let name = name(asked, sort);
        if let Some(order) = self.kept(&name)? {
            return Ok(order);
        }
        let order: Arc<[ArticleId]> = self.read_order(asked, sort)?.into();
        let mut kept = self.orders.0.borrow_mut();
        if kept.orders.len() >= KEPT {
            kept.orders.remove(0);
        }
        kept.orders.push((name, Arc::clone(&order)));
        Ok(order)
    }

    /// Whether the order is there without reading.
    pub(super) fn is_kept(&self, asked: &Asked, sort: Sort) -> Result<bool, StoreError> {
        Ok(self.kept(&name(asked, sort))?.is_some())
    }

    /// Reads the rows that pass the conditions on marks, in order.
    pub(super) fn read_order(&self, asked: &Asked, sort: Sort) -> Result<Vec<ArticleId>, StoreError> {
        match sort {
            Sort::Source => self.by_source(asked),
            Sort::Title => self.by_title(asked),
            Sort::Due => self.by_day(asked),
            sort => self.rows(&asked.sql("m.article", "mark m", sort), asked),
        }
    }

    /// The articles of a statement with what is asked as its values, and no limit.
    fn rows(&self, sql: &str, asked: &Asked) -> Result<Vec<ArticleId>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(asked.values(None))?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(ArticleId(row.get(0)?));
        }
        Ok(ids)
    }

    /// Keeps fewer pages in memory than a library that is written does: so many kilobytes.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn keep_pages(&self, kilobytes: u32) -> Result<(), StoreError> {
        Ok(self.connection.pragma_update(None, "cache_size", -i64::from(kilobytes))?)
    }

    /// An order that is kept and still holds.
    fn kept(&self, name: &Name) -> Result<Option<Arc<[ArticleId]>>, StoreError> {
        let now = (self.data_version()?, self.connection.total_changes());
        let mut kept = self.orders.0.borrow_mut();
        if kept.of != now {
            kept.of = now;
            kept.orders.clear();
        }
        let Some(at) = kept.orders.iter().position(|(own, _)| own == name) else { return Ok(None) };
        let found = kept.orders.remove(at);
        let order = Arc::clone(&found.1);
        kept.orders.push(found);
        Ok(Some(order))
    }

    /// By day to come back: the few that have one, and the others, the newest first.
    fn by_day(&self, asked: &Asked) -> Result<Vec<ArticleId>, StoreError> {
        let mut ids =
            self.rows(&asked.with("m.due IS NOT NULL").sql("m.article", "mark m", Sort::Due), asked)?;
        let dated = IdSet::of(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
        let others = self.order(asked, Sort::Newest)?;
        ids.extend(others.iter().filter(|id| !dated.contains(id.0)));
        Ok(ids)
    }

    /// By the names of sources as search folds them, which SQLite cannot compare; the newest first in each, those without
    /// one last. An index has the source of each article.
    fn by_source(&self, asked: &Asked) -> Result<Vec<ArticleId>, StoreError> {
        let mut names: Vec<(String, i64)> = Vec::new();
        let mut statement = self.connection.prepare_cached("SELECT name, id FROM source")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            names.push((query::search_form(text(row)?), row.get(1)?));
        }
        names.sort();
        let mut place = 0;
        let mut places: HashMap<i64, u32> = HashMap::with_capacity(names.len());
        let mut before: Option<&str> = None;
        for (name, id) in names.iter().filter(|(name, _)| !name.is_empty()) {
            // Names that fold to the same are one place.
            place += u32::from(before.is_some_and(|before| before != name));
            before = Some(name);
            places.insert(*id, place);
        }
        let sources = self.sources_of_articles()?;
        let order = self.order(asked, Sort::Newest)?;
        let place = |id: &ArticleId| places.get(&source_of(&sources, *id)).copied().unwrap_or(u32::MAX);
        let mut placed: Vec<(u32, ArticleId)> = order.iter().map(|id| (place(id), *id)).collect();
        placed.sort_by_key(|(place, _)| *place);
        Ok(placed.into_iter().map(|(_, id)| id).collect())
    }

    /// The source of each article, by its number, since these are dense; 0 where it has none. An index has them.
    pub(super) fn sources_of_articles(&self) -> Result<Vec<i64>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT article, source FROM headline WHERE source IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            put(&mut sources, size(row.get(0)?)?, row.get(1)?);
        }
        Ok(sources)
    }

    /// By titles as search folds them; equal ones the newest first, empty ones last. Titles are read as they lie in the library,
    /// and their letters stand one after the other in one string.
    fn by_title(&self, asked: &Asked) -> Result<Vec<ArticleId>, StoreError> {
        let order = self.order(asked, Sort::Newest)?;
        // By number of article, counted from 1.
        let mut places: Vec<u32> = Vec::new();
        for (place, id) in (1..).zip(order.iter()) {
            put(&mut places, size(id.0)?, place);
        }
        let mut letters = String::new();
        let mut titled: Vec<(u128, Range<u32>, u32)> = Vec::with_capacity(order.len());
        let mut statement = self.connection.prepare_cached("SELECT title, article FROM headline")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place = places.get(size(row.get(1)?)?).copied().unwrap_or(0);
            if place > 0 {
                let title = query::search_form(text(row)?);
                let start = short(letters.len());
                letters.push_str(&title);
                titled.push((beginning(title.as_bytes()), start..short(letters.len()), place));
            }
        }
        let letters = letters.as_bytes();
        let rest = |at: &Range<u32>| letters.get(at.start as usize..at.end as usize).unwrap_or_default();
        titled.sort_unstable_by(|one, other| {
            // Most titles differ in their first letters.
            one.0
                .cmp(&other.0)
                .then_with(|| rest(&one.1).cmp(rest(&other.1)))
                .then_with(|| one.2.cmp(&other.2))
        });
        Ok(titled.into_iter().filter_map(|(_, _, place)| order.get(place as usize - 1).copied()).collect())
    }
}

/// Puts a value at a place, which may be behind the last one.
fn put<T: Clone + Default>(values: &mut Vec<T>, at: usize, value: T) {
    if values.len() <= at {
        values.resize(at + 1, T::default());
    }
    if let Some(own) = values.get_mut(at) {
        *own = value;
    }
}

/// The first bytes of a title as a number in their order, which is that of its characters; the largest of an empty one.
fn beginning(title: &[u8]) -> u128 {
    if title.is_empty() {
        return u128::MAX;
    }
    let mut first = [0; 16];
    for (own, byte) in first.iter_mut().zip(title) {
        *own = *byte;
    }
    u128::from_be_bytes(first)
}

/// A place in letters of all titles; beyond four gigabytes titles are as good as empty.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The source of an article; 0 where it has none.
pub(super) fn source_of(sources: &[i64], id: ArticleId) -> i64 {
    usize::try_from(id.0).ok().and_then(|at| sources.get(at)).copied().unwrap_or(0)
}

/// The text of a row's first column.
fn text<'a>(row: &'a Row<'_>) -> Result<&'a str, StoreError> {
    row.get_ref(0)?.as_str().map_err(|_| StoreError::Damaged)
}

/// Whether an order is made here, of the whole of another one.
pub(super) fn is_made(sort: Sort) -> bool {
    matches!(sort, Sort::Source | Sort::Title | Sort::Due)
}

fn name(asked: &Asked, sort: Sort) -> Name {
    let sort = if sort == Sort::Best { Sort::Newest } else { sort };
    (asked.condition(), asked.own_values().to_vec(), sort)
}
