//! Views and queries, answered: which articles, in which order, how many, and the lines of the first ones. What a view asks
//! is in `asked.rs`. The rows of a view are read in its order; what words and facts find sifts them (docs/decisions/0064).

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::Timestamp;

use super::asked::{Asked, FEW};
use super::id_set::IdSet;
use super::orders::is_made;
use super::read::{HEADLINE, HEADLINE_FROM, headline_of, size};
use super::{Sort, Store, StoreError};
use crate::article::{ArticleId, Headline};
use crate::query::{Query, View};

/// Articles of stories that are looked at to say how many rows a view has; of more it is said once all were read.
const STORIES: i64 = 5_000;

/// What a view asks at a time: its words and facts are found, its rows are read as they are wanted.
#[derive(Debug)]
pub struct Answer {
    asked: Asked,
    sort: Sort,
    /// The view, where it is a named one.
    named: Option<View>,
    all: OnceCell<Rows>,
}

/// The rows of an answer.
#[derive(Debug)]
enum Rows {
    /// Those of an order that is kept.
    Order(Arc<[ArticleId]>),
    /// Those that passed.
    Sifted(Vec<ArticleId>),
}

impl Rows {
    fn as_slice(&self) -> &[ArticleId] {
        match self {
            Self::Order(rows) => rows,
            Self::Sifted(rows) => rows,
        }
    }

    fn into_vec(self) -> Vec<ArticleId> {
        match self {
            Self::Order(rows) => rows.to_vec(),
            Self::Sifted(rows) => rows,
        }
    }
}

/// Breaks off what a library is being asked, from another thread.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Breaks it off: it fails with [`StoreError::Interrupted`]. Where nothing is being asked, nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Store {
    /// A handle by which another thread breaks off what is being asked.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// The articles of a view at time `now`, in order, `limit` at the most.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn view(
        &self,
        view: &View,
        sort: Sort,
        now: Timestamp,
        limit: Option<usize>,
    ) -> Result<Vec<ArticleId>, StoreError> {
        self.filtered_view(view, &Query::default(), sort, now, limit)
    }

    /// The articles of a view at time `now` that a query finds too, in order, `limit` at the most.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn filtered_view(
        &self,
        view: &View,
        filter: &Query,
        sort: Sort,
        now: Timestamp,
        limit: Option<usize>,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let mut asked = Asked::of(&self.connection, view, now)?;
        asked.query(&self.connection, filter, now)?;
        let answer = Answer { asked, sort, named: None, all: OnceCell::new() };
        match limit {
            Some(limit) => self.first(&answer, limit),
            None => self.into_all(answer),
        }
    }

    /// The first lines of a view at time `now`, `limit` at the most.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn first_window(
        &self,
        view: &View,
        sort: Sort,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Headline>, StoreError> {
        self.first_lines(&self.answer(view, sort, now)?, limit)
    }

    /// Asks what a view's words and facts find; its rows are read by what is asked of the answer.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn answer(&self, view: &View, sort: Sort, now: Timestamp) -> Result<Answer, StoreError> {
        let asked = Asked::of(&self.connection, view, now)?;
        let named = (!matches!(view, View::Query(_))).then(|| view.clone());
        Ok(Answer { asked, sort, named, all: OnceCell::new() })
    }

    /// All articles of an answer, in order; they are read once.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn all<'a>(&self, answer: &'a Answer) -> Result<&'a [ArticleId], StoreError> {
        match answer.all.get() {
            Some(all) => Ok(all.as_slice()),
            None => {
                let all = self.read_all(&answer.asked, answer.sort)?;
                Ok(answer.all.get_or_init(|| all).as_slice())
            }
        }
    }

    /// All articles of an answer that is wanted for nothing else; see [`Store::all`].
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn into_all(&self, answer: Answer) -> Result<Vec<ArticleId>, StoreError> {
        self.all(&answer)?;
        Ok(answer.all.into_inner().map(Rows::into_vec).unwrap_or_default())
    }

    /// All articles of an answer, where they are read about as soon as some of them.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn all_at_once<'a>(&self, answer: &'a Answer) -> Result<Option<&'a [ArticleId]>, StoreError> {
        if answer.all.get().is_some() || self.is_at_once(answer)? {
            return self.all(answer).map(Some);
        }
        Ok(None)
    }

    /// The first lines of an answer, `limit` at the most.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn first_lines(&self, answer: &Answer, limit: usize) -> Result<Vec<Headline>, StoreError> {
        if !answer.asked.is_plain() || is_made(answer.sort) || answer.all.get().is_some() {
            return self.headlines(&self.first(answer, limit)?);
        }
        let sql = answer.asked.sql(HEADLINE, HEADLINE_FROM, answer.sort);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(answer.asked.values(Some(limit)))?;
        let mut headlines = Vec::new();
        while let Some(row) = rows.next()? {
            headlines.push(headline_of(row)?);
        }
        Ok(headlines)
    }

    /// How many rows an answer has where each story stands once, if that is known without reading all of it.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn many_rows(&self, answer: &Answer) -> Result<Option<usize>, StoreError> {
        let Some(view) = &answer.named else { return Ok(None) };
        let counts = self.counts()?;
        let articles = match view {
            View::Inbox => counts.inbox,
            View::Unread => counts.unread,
            View::Bookmarks => counts.bookmarked,
            View::Archive => counts.archived,
            View::All => counts.all,
            View::Query(_) => return Ok(None),
        };
        let sql = "SELECT count(*) FROM (SELECT 1 FROM story LIMIT ?1)";
        let told: i64 = self.connection.prepare_cached(sql)?.query_row([STORIES], |row| row.get(0))?;
        if told == 0 || told == STORIES {
            return Ok((told == 0).then_some(articles));
        }
        let condition = answer.asked.condition();
        let and = if condition.is_empty() { "" } else { " AND " };
        let sql = format!(
            "SELECT count(*) - count(DISTINCT s.story) FROM story s CROSS JOIN mark m ON m.article = s.article \
             WHERE m.apart = 0{and}{condition}"
        );
        let behind = self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok(Some(articles.saturating_sub(size(behind)?)))
    }

    /// How SQLite goes about a view: its query plan, a line a step, for tests and reports.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn explain(&self, view: &View, sort: Sort, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let asked = Asked::of(&self.connection, view, now)?;
        let sql = asked.sql(HEADLINE, HEADLINE_FROM, sort);
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let rows = statement.query_map(asked.values(Some(50)), |row| row.get(3))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether all rows are there about as soon as some.
    fn is_at_once(&self, answer: &Answer) -> Result<bool, StoreError> {
        let asked = &answer.asked;
        let few = asked.tiers.as_ref().is_some_and(|tiers| tiers.iter().map(Vec::len).sum::<usize>() <= FEW);
        Ok(few
            || is_made(answer.sort)
            || self.is_kept(asked, answer.sort)?
            || (!asked.is_plain() && asked.is_quick()))
    }

    /// The first articles of an answer.
    fn first(&self, answer: &Answer, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        if let Some(all) = self.all_at_once(answer)? {
            return Ok(all.iter().take(limit).copied().collect());
        }
        let Answer { asked, sort, .. } = answer;
        let mut sieve = Sieve::of(asked, *sort);
        let most = asked.is_plain().then_some(limit);
        let mut statement = self.connection.prepare_cached(&asked.sql("m.article", "mark m", *sort))?;
        let mut rows = statement.query(asked.values(most))?;
        while !sieve.has_first(limit)
            && let Some(row) = rows.next()?
        {
            sieve.put(asked, ArticleId(row.get(0)?));
        }
        let mut first = sieve.all();
        first.truncate(limit);
        Ok(first)
    }

    fn read_all(&self, asked: &Asked, sort: Sort) -> Result<Rows, StoreError> {
        let mut sieve = Sieve::of(asked, sort);
        let many = asked.tiers.as_ref().map(|tiers| tiers.iter().map(Vec::len).sum::<usize>());
        let order = match (many, &asked.tiers) {
            (Some(0), _) => return Ok(Rows::Sifted(Vec::new())),
            (Some(1..=FEW), Some(tiers)) => {
                // SQLite starts from the few that were found.
                let mut few = asked.clone();
                few.sift(&tiers.concat(), false);
                self.read_order(&few, sort)?.into()
            }
            _ => self.order(asked, sort)?,
        };
        if asked.is_plain() {
            return Ok(Rows::Order(order));
        }
        for id in order.iter() {
            sieve.put(asked, *id);
        }
        Ok(Rows::Sifted(sieve.all()))
    }
}

/// Takes rows in their order, and parts them by how near they are to what was asked for, where that is the order.
struct Sieve {
    /// What is asked for by words, a set a part.
    tiers: Option<Vec<IdSet>>,
    parts: Vec<Vec<ArticleId>>,
}

impl Sieve {
    fn of(asked: &Asked, sort: Sort) -> Self {
        let tiers: Option<Vec<IdSet>> = asked.tiers.as_ref().map(|tiers| match sort {
            Sort::Best => tiers.iter().map(|tier| IdSet::of(tier)).collect(),
            _ => vec![IdSet::of(&tiers.concat())],
        });
        let parts = vec![Vec::new(); tiers.as_ref().map_or(1, Vec::len)];
        Self { tiers, parts }
    }

    fn put(&mut self, asked: &Asked, id: ArticleId) {
        if !asked.passes(id.0) {
            return;
        }
        let part = match &self.tiers {
            Some(tiers) => tiers.iter().position(|tier| tier.contains(id.0)),
            None => Some(0),
        };
        if let Some(part) = part.and_then(|part| self.parts.get_mut(part)) {
            part.push(id);
        }
    }

    /// Whether no row that comes can be among the first ones.
    fn has_first(&self, limit: usize) -> bool {
        self.parts.first().is_none_or(|part| part.len() >= limit)
    }

    fn all(self) -> Vec<ArticleId> {
        let mut parts = self.parts.into_iter();
        let mut all = parts.next().unwrap_or_default();
        all.extend(parts.flatten());
        all
    }
}
