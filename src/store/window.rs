//! Views and queries as SQL: which articles, in which order. Windows of the named views are scans of partial
//! indexes; words are asked of the search index. Knows the tables `mark` and `headline`, and the query tree.

use jiff::{SignedDuration, Timestamp};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::read::{HEADLINE, HEADLINE_FROM, count, headline_of};
use super::rows::time_in;
use super::{Sort, Store, StoreError, asked_facts, feeds, search};
use crate::article::{ArticleId, Headline};
use crate::query::{self, Age, Clause, Place, Query, Relation, State, Term, Test, View};

/// What each place asks of marks, word for word as the partial indexes have it.
const INBOX: &str = "m.inbox = 1";
const UNREAD: &str = "m.read = 0 AND m.muted = 0";
const BOOKMARKS: &str = "m.bookmarked = 1";
const ARCHIVE: &str = "m.archived = 1";

/// Articles of a search that are few enough to start from.
pub(super) const FEW: usize = 1_000;

impl Store {
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
        if sort.is_by_words() {
            return self.in_order_of_words(asked, sort, limit);
        }
        let mut ids = Vec::new();
        for asked in asked.in_turn(sort) {
            let most = limit.map(|limit| limit - ids.len());
            asked.rows(&self.connection, "m.article", "mark m", sort, most, &mut |row| {
                ids.push(ArticleId(row.get(0)?));
                Ok(())
            })?;
        }
        Ok(ids)
    }

    /// The first lines of a view at time `now`, `limit` at the most: what the first frame shows, in one query.
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
        if sort.is_by_words() {
            return self.headlines(&self.view(view, sort, now, Some(limit))?);
        }
        let mut headlines = Vec::new();
        for asked in Asked::of(&self.connection, view, now)?.in_turn(sort) {
            let most = Some(limit - headlines.len());
            asked.rows(&self.connection, HEADLINE, HEADLINE_FROM, sort, most, &mut |row| {
                headlines.push(headline_of(row)?);
                Ok(())
            })?;
        }
        Ok(headlines)
    }

    /// Articles in the order of their sources' names or their titles, as search folds them: SQLite cannot compare so.
    fn in_order_of_words(
        &self,
        mut asked: Asked,
        sort: Sort,
        limit: Option<usize>,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let (columns, from) = match sort {
            Sort::Source => ("m.article, coalesce(s.name, '')", HEADLINE_FROM),
            _ => ("m.article, h.title", HEADLINE_FROM),
        };
        asked.tiers = asked.tiers.map(|tiers| vec![tiers.concat()]);
        let mut keyed: Vec<(String, ArticleId)> = Vec::new();
        for asked in asked.in_turn(Sort::Newest) {
            asked.rows(&self.connection, columns, from, Sort::Newest, None, &mut |row| {
                let words = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?;
                keyed.push((query::search_form(words), ArticleId(row.get(0)?)));
                Ok(())
            })?;
        }
        // Equal ones stay as they are: the newest first.
        keyed.sort_by(|one, other| (one.0.is_empty(), &one.0).cmp(&(other.0.is_empty(), &other.0)));
        Ok(keyed.into_iter().map(|(_, id)| id).take(limit.unwrap_or(usize::MAX)).collect())
    }

    /// How SQLite goes about a view: its query plan, a line a step, for tests and reports.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn explain(&self, view: &View, sort: Sort, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let asked = Asked::of(&self.connection, view, now)?;
        let sql = asked.sql(HEADLINE, HEADLINE_FROM, "", sort);
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let rows = statement.query_map(asked.values(Some(50)), |row| row.get(3))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The conditions of a view, and their values.
#[derive(Clone, Default)]
struct Asked {
    conditions: Vec<String>,
    values: Vec<Value>,
    /// Whether a condition asks something of the headline.
    headline: bool,
    /// Articles that were found, where they are too many to be a condition, and whether they are left out.
    found: Vec<(IdSet, bool)>,
    /// Articles that the words of queries find, the nearest tier first; all where no word is asked for.
    tiers: Option<Vec<Vec<i64>>>,
}

impl Asked {
    fn of(connection: &Connection, view: &View, now: Timestamp) -> Result<Self, StoreError> {
        let mut asked = Self::default();
        match view {
            View::Inbox => asked.conditions.push(INBOX.to_owned()),
            View::Unread => asked.conditions.push(UNREAD.to_owned()),
            View::Bookmarks => asked.conditions.push(BOOKMARKS.to_owned()),
            View::Archive => asked.conditions.push(ARCHIVE.to_owned()),
            View::All => {}
            View::Query(query) => asked.query(connection, query, now)?,
        }
        Ok(asked)
    }

    /// The statement; `more` is joined where the conditions need the headline.
    fn sql(&self, columns: &str, from: &str, more: &str, sort: Sort) -> String {
        let headline = self.headline || matches!(sort, Sort::Source | Sort::Title);
        let join = if headline && !more.is_empty() { format!(" CROSS JOIN {more}") } else { String::new() };
        let conditions = match self.conditions.as_slice() {
            [] => String::new(),
            conditions => format!(" WHERE {}", conditions.join(" AND ")),
        };
        let order = match sort {
            Sort::Newest | Sort::Best | Sort::Source | Sort::Title => "m.at DESC, m.article",
            Sort::Oldest => "m.at, m.article",
            Sort::Due => "m.due IS NULL, m.due, m.at DESC, m.article",
            Sort::Given => "m.rank = 0, m.rank, m.article",
        };
        format!("SELECT {columns} FROM {from}{join}{conditions} ORDER BY {order} LIMIT ?")
    }

    /// The values, the limit last; SQLite takes -1 for none. Where rows are still to be sifted, it is not SQLite's.
    fn values(&self, limit: Option<usize>) -> impl rusqlite::Params {
        let limit = limit.filter(|_| self.found.is_empty());
        let limit = Value::Integer(limit.map_or(-1, count));
        params_from_iter(self.values.clone().into_iter().chain([limit]))
    }

    /// Whether an article of the answer is among those that were found.
    fn passes(&self, id: i64) -> bool {
        self.found.iter().all(|(found, left_out)| found.contains(id) != *left_out)
    }

    /// All clauses of a query.
    fn query(&mut self, connection: &Connection, query: &Query, now: Timestamp) -> Result<(), StoreError> {
        for Clause { negated, term } in &query.clauses {
            if let Some(articles) = asked_facts::with(connection, term)? {
                self.sift(&articles, *negated);
            } else if !matches!(term, Term::Word { .. } | Term::Phrase(_)) {
                let condition = self.condition(connection, term, now)?;
                self.conditions.push(if *negated { format!("NOT ({condition})") } else { condition });
            }
        }
        let found = search::ask(connection, query)?;
        if !found.unwanted.is_empty() {
            self.sift(&found.unwanted, true);
        }
        match found.tiers {
            Some(tiers) if self.tiers.is_some() => self.sift(&tiers.concat(), false),
            tiers => self.tiers = tiers.or(self.tiers.take()),
        }
        Ok(())
    }

    /// The questions to ask one after the other: one a tier where the nearest come first, else one.
    fn in_turn(mut self, sort: Sort) -> Vec<Self> {
        let Some(tiers) = self.tiers.take() else { return vec![self] };
        let tiers = if sort == Sort::Best { tiers } else { vec![tiers.concat()] };
        let asked = tiers.into_iter().filter(|tier| !tier.is_empty()).map(|tier| {
            let mut asked = self.clone();
            asked.sift(&tier, false);
            asked
        });
        asked.collect()
    }

    /// Hands on the rows of the question, in order, `limit` at the most.
    fn rows(
        &self,
        connection: &Connection,
        columns: &str,
        from: &str,
        sort: Sort,
        limit: Option<usize>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if limit == Some(0) {
            return Ok(());
        }
        let more = if from.contains("headline") { "" } else { "headline h ON h.article = m.article" };
        let sql = self.sql(columns, from, more, sort);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(self.values(limit))?;
        let mut taken = 0;
        while Some(taken) != limit
            && let Some(row) = rows.next()?
        {
            if self.passes(row.get(0)?) {
                take(row)?;
                taken += 1;
            }
        }
        Ok(())
    }

    /// Asks for these articles, or for all but these. A few become a condition, from which SQLite starts. Many are kept as
    /// a set, and the window's rows are sifted by it in their order, so that no large set is sorted nor indexed again.
    fn sift(&mut self, ids: &[i64], left_out: bool) {
        if ids.len() > FEW {
            self.found.push((IdSet::of(ids), left_out));
        } else {
            let condition = self.articles(ids);
            self.conditions.push(if left_out { format!("NOT ({condition})") } else { condition });
        }
    }

    /// The condition of one term; its values are added.
    fn condition(
        &mut self,
        connection: &Connection,
        term: &Term,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        Ok(match term {
            Term::Is(state) => String::from(match state {
                State::Unread => "m.read = 0",
                State::Read => "m.read = 1",
                State::Done => "m.done = 1",
                State::Bookmarked => BOOKMARKS,
                State::Archived => ARCHIVE,
                State::Muted => "m.muted = 1",
                State::Tagged => "m.tagged = 1",
            }),
            Term::In(place) => String::from(match place {
                Place::Inbox => INBOX,
                Place::Archive => ARCHIVE,
                Place::Bookmarks => BOOKMARKS,
                Place::All => "1",
            }),
            Term::Source(name) => self.source(connection, name)?,
            Term::SourceIs(name) => {
                self.headline = true;
                let sources = of_name(connection, "SELECT id, name FROM source", name)?;
                let ids = self.ids(&sources);
                format!("coalesce(h.source, 0) IN ({ids})")
            }
            Term::Tag(name) => {
                let tags = of_name(connection, "SELECT id, name FROM tag", name)?;
                let ids = self.ids(&tags);
                let own = format!("m.article IN (SELECT article FROM article_tag WHERE tag IN ({ids}))");
                // What a feed is tagged with, its articles are.
                let feeds = feeds::tagged(connection, name)?;
                if feeds.is_empty() {
                    own
                } else {
                    let feeds = self.ids(&feeds);
                    format!(
                        "({own} OR m.article IN (SELECT article FROM origin WHERE kind = 1 AND feed IN ({feeds})))"
                    )
                }
            }
            Term::Feed(name) => {
                let source = self.source(connection, name)?;
                let feeds = named(connection, "SELECT id, address FROM feed", name)?;
                let ids = self.ids(&feeds);
                format!(
                    "({source} OR m.article IN (SELECT article FROM origin WHERE kind = 1 AND feed IN ({ids})))"
                )
            }
            Term::Language(tag) => {
                self.headline = true;
                self.values.push(Value::Text(tag.clone()));
                self.values.push(Value::Text(format!("{tag}-*")));
                String::from("(lower(h.language) = ? OR lower(h.language) GLOB ?)")
            }
            Term::Newer(age) => {
                self.values.push(Value::Integer(since(now, *age)));
                String::from("m.at > ?")
            }
            Term::Older(age) => {
                self.values.push(Value::Integer(since(now, *age)));
                String::from("m.at < ?")
            }
            Term::HasNote => String::from("m.note IS NOT NULL AND m.bookmarked = 1"),
            Term::HasDue => String::from("m.due IS NOT NULL AND m.bookmarked = 1"),
            Term::Due(test) => self.due(test),
            Term::HasFacts => {
                self.headline = true;
                String::from("h.facts > 0")
            }
            Term::Word { .. } | Term::Phrase(_) | Term::Fact { .. } | Term::Concept { .. } => {
                String::from("1")
            }
        })
    }

    /// Articles whose day to come back is so; days as text are in the order of days.
    fn due(&mut self, test: &Test) -> String {
        let Some((first, last)) = test.days() else { return String::from("0") };
        let (sign, day) = match test.relation {
            Relation::More => (">", last),
            Relation::AtLeast => (">=", first),
            Relation::Less => ("<", first),
            Relation::AtMost => ("<=", last),
            Relation::Holds => {
                self.values.push(Value::Text(first.to_string()));
                self.values.push(Value::Text(last.to_string()));
                return String::from("(m.bookmarked = 1 AND m.due BETWEEN ? AND ?)");
            }
        };
        self.values.push(Value::Text(day.to_string()));
        format!("(m.bookmarked = 1 AND m.due {sign} ?)")
    }

    /// Articles whose source's name holds `name`.
    fn source(&mut self, connection: &Connection, name: &str) -> Result<String, StoreError> {
        self.headline = true;
        let sources = named(connection, "SELECT id, name FROM source", name)?;
        let ids = self.ids(&sources);
        Ok(format!("coalesce(h.source, 0) IN ({ids})"))
    }

    /// Articles by number.
    fn articles(&mut self, articles: &[i64]) -> String {
        let ids = self.ids(articles);
        format!("m.article IN ({ids})")
    }

    /// A set of ids of any size, as one value.
    fn ids(&mut self, ids: &[i64]) -> String {
        let list: Vec<String> = ids.iter().map(i64::to_string).collect();
        self.values.push(Value::Text(format!("[{}]", list.join(","))));
        String::from("SELECT value FROM json_each(?)")
    }
}

/// A set of article numbers: a bit each, since they are dense.
#[derive(Clone, Debug, Default)]
pub(super) struct IdSet(Vec<u64>);

impl IdSet {
    pub(super) fn of(ids: &[i64]) -> Self {
        let mut set = Self::default();
        for id in ids {
            set.insert(*id);
        }
        set
    }

    /// Adds a number; whether it is new.
    pub(super) fn insert(&mut self, id: i64) -> bool {
        let Some((word, bit)) = Self::place(id) else { return false };
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let Some(word) = self.0.get_mut(word) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    pub(super) fn contains(&self, id: i64) -> bool {
        Self::place(id).and_then(|(word, bit)| Some(self.0.get(word)? & bit != 0)).unwrap_or(false)
    }

    /// The word and the bit of a number; numbers of articles are positive.
    fn place(id: i64) -> Option<(usize, u64)> {
        let id = usize::try_from(id).ok()?;
        Some((id / 64, 1 << (id % 64)))
    }
}

/// The ids of a table of names whose name holds `wanted`.
fn named(connection: &Connection, sql: &str, wanted: &str) -> Result<Vec<i64>, StoreError> {
    names(connection, sql, &|name| query::contains(wanted, name))
}

/// The ids of a table of names whose name is `wanted`, spelling differences apart.
fn of_name(connection: &Connection, sql: &str, wanted: &str) -> Result<Vec<i64>, StoreError> {
    names(connection, sql, &|name| query::same(wanted, name))
}

fn names(connection: &Connection, sql: &str, fits: &dyn Fn(&str) -> bool) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([])?;
    let mut ids = Vec::new();
    while let Some(row) = found.next()? {
        if fits(row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?) {
            ids.push(row.get(0)?);
        }
    }
    Ok(ids)
}

/// The time that was `age` ago; the earliest there is where that is before it.
fn since(now: Timestamp, age: Age) -> i64 {
    time_in(now.saturating_sub(SignedDuration::from_secs(age.seconds())).unwrap_or(Timestamp::MIN))
}
