//! Views: named queries, and the order they are shown in. Knows which there are; what is in them is `store`'s to
//! say.

use std::fmt;

use super::{Clause, Query, QueryError, Term, parse};

/// A named set of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// What waits for a decision: not done, not archived, not muted.
    #[default]
    Inbox,
    /// What was not opened yet and is not muted.
    Unread,
    /// What is kept for follow-up.
    Bookmarks,
    /// What is done and kept.
    Archive,
    /// Everything.
    All,
    /// What a query finds.
    Query(Query),
}

/// The order of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By date, newest first; articles of the same date as they came.
    #[default]
    Newest,
    /// As the articles were given on the command line; those without a rank come last, as they came.
    Given,
}

impl View {
    /// Its stable name, as the session and the journal keep it: a word, or `?` and the query.
    pub fn name(&self) -> String {
        match self {
            Self::Query(query) => format!("?{query}"),
            named => named.to_string(),
        }
    }

    /// The view of a stable name.
    ///
    /// # Errors
    /// Where a query after `?` cannot be read, and for a word that names no view.
    pub fn from_name(name: &str) -> Result<Self, QueryError> {
        match (name, name.strip_prefix('?')) {
            ("inbox", _) => Ok(Self::Inbox),
            ("unread", _) => Ok(Self::Unread),
            ("bookmarks", _) => Ok(Self::Bookmarks),
            ("archive", _) => Ok(Self::Archive),
            ("all", _) => Ok(Self::All),
            (_, Some(query)) => parse(query).map(Self::Query),
            _ => Err(QueryError {
                at: crate::article::Span::new(0, name.len()),
                problem: super::Problem::NoSuchValue {
                    operator: "view".to_owned(),
                    value: name.to_owned(),
                    known: "inbox, unread, bookmarks, archive, all, or ? and a query",
                },
            }),
        }
    }
}

impl View {
    /// What it is called on the screen: a source or a tag by its name, any other query as it is written.
    pub fn title(&self) -> String {
        match self {
            Self::Inbox => "Inbox".to_owned(),
            Self::Unread => "Unread".to_owned(),
            Self::Bookmarks => "Bookmarks".to_owned(),
            Self::Archive => "Archive".to_owned(),
            Self::All => "All".to_owned(),
            Self::Query(query) => match query.clauses.as_slice() {
                [Clause { negated: false, term: Term::Source(name) | Term::Feed(name) }] => name.clone(),
                [Clause { negated: false, term: Term::Tag(name) }] => format!("#{name}"),
                _ => query.to_string(),
            },
        }
    }

    /// The same view, knowing countries by their names; see [`Query::with_countries`].
    pub fn with_countries(self, code: &dyn Fn(&str) -> Option<&'static str>) -> Self {
        match self {
            Self::Query(query) => Self::Query(query.with_countries(code)),
            named => named,
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inbox => f.write_str("inbox"),
            Self::Unread => f.write_str("unread"),
            Self::Bookmarks => f.write_str("bookmarks"),
            Self::Archive => f.write_str("archive"),
            Self::All => f.write_str("all"),
            Self::Query(query) => query.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable_and_lead_back() {
        let query = View::Query(parse("الصين is:unread").unwrap());
        for (view, name) in [
            (View::Inbox, "inbox"),
            (View::Unread, "unread"),
            (View::Bookmarks, "bookmarks"),
            (View::Archive, "archive"),
            (View::All, "all"),
            (query, "?الصين is:unread"),
        ] {
            assert_eq!(view.name(), name);
            assert_eq!(View::from_name(name), Ok(view));
        }
        assert!(View::from_name("elsewhere").is_err());
    }
}
