//! What a view asks: conditions on marks for SQLite, articles that were found otherwise, and the tiers of what words find.
//! Knows the query tree, and the tables whose names and indexes a term is looked up in; `window.rs` answers.

use jiff::{SignedDuration, Timestamp};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::id_set::IdSet;
use super::read::count;
use super::rows::time_in;
use super::{Sort, StoreError, asked_facts, feeds, search};
use crate::query::{self, Age, Clause, Place, Query, Relation, State, Term, Test, View};

/// What each place asks of marks, word for word as the partial indexes have it.
pub(super) const INBOX: &str = "m.inbox = 1";
pub(super) const UNREAD: &str = "m.read = 0 AND m.muted = 0";
pub(super) const BOOKMARKS: &str = "m.bookmarked = 1";
pub(super) const ARCHIVE: &str = "m.archived = 1";

/// Articles of a search that are few enough to start from.
pub(super) const FEW: usize = 1_000;

/// What a view asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Conditions on `mark m`, and their values.
    conditions: Vec<String>,
    values: Vec<Value>,
    /// Articles that were found, where they are too many to be a condition, and whether they are left out.
    found: Vec<(IdSet, bool)>,
    /// Whether one of the conditions names a few articles.
    of_few: bool,
    /// Articles that the words of queries find, the nearest tier first; all where no word is asked for.
    pub(super) tiers: Option<Vec<Vec<i64>>>,
}

impl Asked {
    pub(super) fn of(connection: &Connection, view: &View, now: Timestamp) -> Result<Self, StoreError> {
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

    /// All that is asked of marks.
    pub(super) fn condition(&self) -> String {
        self.conditions.join(" AND ")
    }

    /// Whether SQLite alone can answer it.
    pub(super) fn is_plain(&self) -> bool {
        self.found.is_empty() && self.tiers.is_none()
    }

    /// Whether SQLite has all rows about as soon as some: a partial index has all that is asked for, or they are few.
    pub(super) fn is_quick(&self) -> bool {
        self.of_few || ["", INBOX, UNREAD, BOOKMARKS, ARCHIVE].contains(&self.condition().as_str())
    }

    /// The statement.
    pub(super) fn sql(&self, columns: &str, from: &str, sort: Sort) -> String {
        let condition = match self.condition() {
            none if none.is_empty() => none,
            condition => format!(" WHERE {condition}"),
        };
        let order = match sort {
            Sort::Newest | Sort::Best | Sort::Source | Sort::Title => "m.at DESC, m.article",
            Sort::Oldest => "m.at, m.article",
            Sort::Due => "m.due IS NULL, m.due, m.at DESC, m.article",
            Sort::Given => "m.rank = 0, m.rank, m.article",
        };
        format!("SELECT {columns} FROM {from}{condition} ORDER BY {order} LIMIT ?")
    }

    /// The same, and one more condition without a value.
    pub(super) fn with(&self, condition: &str) -> Self {
        let mut asked = self.clone();
        asked.conditions.push(condition.to_owned());
        asked
    }

    /// The values, the limit last; SQLite takes -1 for none.
    pub(super) fn values(&self, limit: Option<usize>) -> impl rusqlite::Params {
        params_from_iter(self.values.clone().into_iter().chain([self::limit(limit)]))
    }

    /// The values of the conditions.
    pub(super) fn own_values(&self) -> &[Value] {
        &self.values
    }

    /// Whether an article that SQLite gives is among those that were found.
    pub(super) fn passes(&self, id: i64) -> bool {
        self.found.iter().all(|(found, left_out)| found.contains(id) != *left_out)
    }

    /// All clauses of a query.
    pub(super) fn query(
        &mut self,
        connection: &Connection,
        query: &Query,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for Clause { negated, term } in &query.clauses {
            if let Some((column, value)) = mark(term) {
                // Word for word as the partial indexes have it, also where it is negated.
                self.conditions.push(format!("{column} = {}", u8::from(value != *negated)));
            } else if let Some(articles) = with(connection, term)? {
                self.sift(&articles, *negated);
            } else if !matches!(term, Term::Word { .. } | Term::Phrase(_)) {
                let condition = self.of_term(connection, term, now)?;
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

    /// Asks for these articles, or for all but these. A few become a condition, from which SQLite starts. Many are kept as
    /// a set, and the rows are sifted by it in their order, so that no large set is sorted nor indexed again.
    pub(super) fn sift(&mut self, ids: &[i64], left_out: bool) {
        if ids.len() > FEW {
            self.found.push((IdSet::of(ids), left_out));
        } else {
            self.of_few |= !left_out;
            let ids = self.ids(ids);
            let not = if left_out { "NOT " } else { "" };
            self.conditions.push(format!("m.article {not}IN ({ids})"));
        }
    }

    /// The condition of one term; its values are added.
    fn of_term(
        &mut self,
        connection: &Connection,
        term: &Term,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        Ok(match term {
            Term::Tag(name) => {
                let tags = names(connection, "SELECT id, name FROM tag", &|tag| query::same(name, tag))?;
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
                let sources = self.ids(&sources(connection, &|own| query::contains(name, own))?);
                let feeds = self.ids(&feeds_of(connection, name)?);
                format!(
                    "(EXISTS (SELECT 1 FROM headline h WHERE h.article = m.article AND h.source IN ({sources})) \
                     OR EXISTS (SELECT 1 FROM origin o WHERE o.article = m.article AND o.kind = 1 AND o.feed IN ({feeds})))"
                )
            }
            Term::Language(tag) => {
                self.values.push(Value::Text(tag.clone()));
                self.values.push(Value::Text(format!("{tag}-*")));
                String::from(
                    "EXISTS (SELECT 1 FROM headline h WHERE h.article = m.article \
                     AND (lower(h.language) = ? OR lower(h.language) GLOB ?))",
                )
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
            // What else there is was looked up before.
            _ => String::from("1"),
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

    /// A set of ids of any size, as one value.
    fn ids(&mut self, ids: &[i64]) -> String {
        self.values.push(Value::Text(json(ids)));
        String::from("SELECT value FROM json_each(?)")
    }
}

/// The column of `mark` that a term asks, and for which value.
fn mark(term: &Term) -> Option<(&'static str, bool)> {
    Some(match term {
        Term::Is(State::Unread) => ("m.read", false),
        Term::Is(State::Read) => ("m.read", true),
        Term::Is(State::Done) => ("m.done", true),
        Term::Is(State::Bookmarked) | Term::In(Place::Bookmarks) => ("m.bookmarked", true),
        Term::Is(State::Archived) | Term::In(Place::Archive) => ("m.archived", true),
        Term::Is(State::Muted) => ("m.muted", true),
        Term::Is(State::Tagged) => ("m.tagged", true),
        Term::In(Place::Inbox) => ("m.inbox", true),
        _ => return None,
    })
}

/// The articles of a term that an index has; nothing where it asks for something else, or where a feed has so many that
/// each row is better looked at.
fn with(connection: &Connection, term: &Term) -> Result<Option<Vec<i64>>, StoreError> {
    let of_sources = |ids: &[i64], most: Option<usize>| {
        let sql = "SELECT article FROM headline WHERE source IN (SELECT value FROM json_each(?1)) LIMIT ?2";
        articles(connection, sql, &[Value::Text(json(ids)), limit(most)])
    };
    Ok(Some(match term {
        Term::Source(name) => of_sources(&sources(connection, &|own| query::contains(name, own))?, None)?,
        Term::SourceIs(name) => of_sources(&sources(connection, &|own| query::same(name, own))?, None)?,
        Term::Feed(name) => {
            let most = Some(FEW + 1);
            let mut found = of_sources(&sources(connection, &|own| query::contains(name, own))?, most)?;
            let sql = "SELECT article FROM origin WHERE kind = 1 AND feed IN (SELECT value FROM json_each(?1)) LIMIT ?2";
            let feeds = feeds_of(connection, name)?;
            found.extend(articles(connection, sql, &[Value::Text(json(&feeds)), limit(most)])?);
            found.sort_unstable();
            found.dedup();
            if found.len() > FEW {
                return Ok(None);
            }
            found
        }
        Term::HasFacts => articles(connection, "SELECT article FROM headline WHERE facts > 0", &[])?,
        term => return asked_facts::with(connection, term),
    }))
}

/// The sources whose name fits.
fn sources(connection: &Connection, fits: &dyn Fn(&str) -> bool) -> Result<Vec<i64>, StoreError> {
    names(connection, "SELECT id, name FROM source", fits)
}

/// The feeds whose address holds `name`.
fn feeds_of(connection: &Connection, name: &str) -> Result<Vec<i64>, StoreError> {
    names(connection, "SELECT id, address FROM feed", &|own| query::contains(name, own))
}

/// A limit as SQLite takes it; -1 for none.
fn limit(most: Option<usize>) -> Value {
    Value::Integer(most.map_or(-1, count))
}

/// The articles that a statement gives.
fn articles(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ids as SQLite takes a list of them in one value.
fn json(ids: &[i64]) -> String {
    let list: Vec<String> = ids.iter().map(i64::to_string).collect();
    format!("[{}]", list.join(","))
}

/// The ids of a table of names whose name fits.
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
