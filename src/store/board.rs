//! The Board: which articles it has and in which order, and the rows of a window of them. The order is asked once and the
//! rows by number, as a list does it, so that the set on screen stays while the library moves.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use jiff::Timestamp;
use rusqlite::types::Value;

use super::asked::FEW;
use super::asked_facts::keys;
use super::fact_rows::normalized_out;
use super::id_set::IdSet;
use super::read::size;
use super::{Board, Store, StoreError, facts};
use crate::article::{ArticleId, BoardRow, Headline};
use crate::query::{
    self, BoardColumn, BoardOrder, BoardQuery, CellOrder, Clause, OfferedColumn, Query, Sort, Term, View,
};

impl Store {
    /// The rows `range` of the Board, and how many it has.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn board(
        &self,
        board: &BoardQuery,
        columns: &[BoardColumn],
        range: Range<usize>,
        now: Timestamp,
    ) -> Result<Board, StoreError> {
        let ids = self.board_articles(board, now)?;
        let window = ids.get(range.start.min(ids.len())..range.end.min(ids.len())).unwrap_or(&[]);
        Ok(Board { rows: self.board_rows(window, columns)?, total: ids.len() })
    }

    /// All articles of the Board, in its order.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn board_articles(&self, board: &BoardQuery, now: Timestamp) -> Result<Vec<ArticleId>, StoreError> {
        let sort = match &board.order {
            BoardOrder::View(sort) => *sort,
            BoardOrder::Column { .. } => Sort::Newest,
        };
        let ids = self.with_facts(&board.view, &board.filter, sort, now)?;
        let BoardOrder::Column { column, descending } = &board.order else { return Ok(ids) };
        let mut places = self.places(&ids, column)?;
        let mut placed: Vec<(CellOrder, ArticleId)> = Vec::new();
        let mut empty = Vec::new();
        for id in ids {
            match places.remove(&id.0) {
                Some((_, place)) => placed.push((place, id)),
                None => empty.push(id),
            }
        }
        // Both sorts are stable: rows alike stay as a list has them.
        if *descending {
            placed.sort_by(|one, two| Reverse(&one.0).cmp(&Reverse(&two.0)));
        } else {
            placed.sort_by(|one, two| one.0.cmp(&two.0));
        }
        Ok(placed.into_iter().map(|(_, id)| id).chain(empty).collect())
    }

    /// The rows of these articles, in the order asked; articles that are not there are left out. Also for a list's own
    /// columns.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn board_rows(
        &self,
        ids: &[ArticleId],
        columns: &[BoardColumn],
    ) -> Result<Vec<BoardRow>, StoreError> {
        let row = |headline: Headline| {
            let facts = facts::of_article(&self.connection, headline.id)?;
            Ok(BoardRow { cells: query::cells_of(facts, columns), headline })
        };
        self.headlines(ids)?.into_iter().map(row).collect()
    }

    /// The columns that a view can have, those with most facts first, `most` at the most.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn board_columns(
        &self,
        view: &View,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<OfferedColumn>, StoreError> {
        let ids = self.with_facts(view, &Query::default(), Sort::Newest, now)?;
        let mut names: HashMap<i64, String> = HashMap::new();
        let mut statement = self.connection.prepare_cached("SELECT id, name FROM fact_key")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            names.insert(row.get(0)?, row.get(1)?);
        }
        let mut facts: Vec<(Option<String>, i64, usize)> = Vec::new();
        if ids.len() <= FEW {
            let sql = "SELECT concept, key FROM fact WHERE article = ?1 AND shown = 1";
            let mut statement = self.connection.prepare_cached(sql)?;
            for id in &ids {
                let mut found = statement.query([id.0])?;
                while let Some(row) = found.next()? {
                    facts.push((row.get(0)?, row.get(1)?, 1));
                }
            }
        } else {
            // The index has all that is asked for, so the facts themselves are not read.
            let wanted = set_of(&ids);
            let sql = "SELECT concept, key, article FROM fact INDEXED BY fact_by_key WHERE shown = 1";
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                if !wanted.contains(row.get(2)?) {
                    continue;
                }
                // They come by key and concept: those that are alike stand together.
                let concept = row.get_ref(0)?.as_str_or_null().map_err(|_| StoreError::Damaged)?;
                let key = row.get(1)?;
                match facts.last_mut() {
                    Some((own, of, many)) if own.as_deref() == concept && *of == key => *many += 1,
                    _ => facts.push((concept.map(str::to_owned), key, 1)),
                }
            }
        }
        let columns = facts.into_iter().filter_map(|(concept, key, many)| {
            let name = names.get(&key)?.as_str();
            let column = concept.map_or_else(|| BoardColumn::Key(name.to_owned()), BoardColumn::Concept);
            Some((column, name, many))
        });
        let mut columns = query::columns_of(columns);
        columns.truncate(most);
        Ok(columns)
    }

    /// The articles of a view that have facts and pass a filter, in order.
    fn with_facts(
        &self,
        view: &View,
        filter: &Query,
        sort: Sort,
        now: Timestamp,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let mut filter = filter.clone();
        filter.clauses.push(Clause { negated: false, term: Term::HasFacts });
        self.filtered_view(view, &filter, sort, now, None)
    }

    /// Where the first fact of a column puts each of these articles, with that fact's ordinal.
    fn places(
        &self,
        ids: &[ArticleId],
        column: &BoardColumn,
    ) -> Result<HashMap<i64, (usize, CellOrder)>, StoreError> {
        let wanted = set_of(ids);
        let mut places: HashMap<i64, (usize, CellOrder)> = HashMap::new();
        let scopes: Vec<(&str, Value)> = match column {
            BoardColumn::Concept(concept) => vec![("concept = ?1", Value::Text(concept.clone()))],
            BoardColumn::Key(key) => {
                let keys = keys(&self.connection, key)?;
                keys.into_iter().map(|key| ("key = ?1", Value::Integer(key))).collect()
            }
        };
        for (scope, value) in scopes {
            let sql =
                format!("SELECT article, ordinal, value, normalized FROM fact WHERE {scope} AND shown = 1");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut found = statement.query([value])?;
            while let Some(row) = found.next()? {
                let (article, ordinal): (i64, usize) = (row.get(0)?, size(row.get(1)?)?);
                if !wanted.contains(article)
                    || places.get(&article).is_some_and(|(first, _)| *first < ordinal)
                {
                    continue;
                }
                let text = row.get_ref(2)?.as_str().map_err(|_| StoreError::Damaged)?;
                places.insert(article, (ordinal, CellOrder::of(text, &normalized_out(row.get(3)?)?)));
            }
        }
        Ok(places)
    }
}

/// These articles as a set.
fn set_of(ids: &[ArticleId]) -> IdSet {
    IdSet::of(&ids.iter().map(|id| id.0).collect::<Vec<_>>())
}
