//! Views: named queries, and the order they are shown in. Knows which there are; what is in them is `store`'s to
//! say.

use std::fmt;

use super::{Clause, Place, Query, QueryError, State, Term, Variants, parse};

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
    /// By date, oldest first.
    Oldest,
    /// By how near the found words are to those asked for ([`Tier`](super::Tier)), the newest first in each tier.
    Best,
    /// By the names of sources as they are folded, the newest first in each; those without one last.
    Source,
    /// By titles as they are folded.
    Title,
    /// By due date, overdue first; without one, the newest first behind them.
    Due,
    /// As the articles were given on the command line; those without a rank come last, as they came.
    Given,
}

impl Sort {
    /// The orders that a person chooses from, one after another.
    const CHOICES: [Self; 4] = [Self::Newest, Self::Source, Self::Title, Self::Due];

    /// The order that comes after this one in a view: what words find can stand by how near it is, too.
    pub fn next(self, view: &View) -> Self {
        let near = view.has_words().then_some(Self::Best);
        let choices: Vec<Self> = near.into_iter().chain(Self::CHOICES).collect();
        let at = choices.iter().position(|own| *own == self);
        at.and_then(|at| choices.get(at + 1)).or(choices.first()).copied().unwrap_or_default()
    }

    /// Its name, for people: «by …».
    pub fn title(self) -> &'static str {
        match self {
            Self::Newest => "date",
            Self::Oldest => "date, oldest first",
            Self::Best => "how near the words are",
            Self::Source => "source",
            Self::Title => "title",
            Self::Due => "day to come back",
            Self::Given => "order given",
        }
    }

    /// The orders that a command can be asked for, by name.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("newest", Self::Newest),
        ("oldest", Self::Oldest),
        ("best", Self::Best),
        ("source", Self::Source),
        ("title", Self::Title),
        ("due", Self::Due),
    ];

    /// The order of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, sort)| *sort)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, sort)| *sort == self).map_or("given", |(name, _)| *name)
    }
}

impl View {
    /// The order that it is shown in, unless another is asked for.
    pub fn sort(&self) -> Sort {
        match self {
            Self::Bookmarks => Sort::Due,
            Self::Query(query) if query.has_words() => Sort::Best,
            _ => Sort::Newest,
        }
    }

    /// Whether words are looked for.
    pub fn has_words(&self) -> bool {
        matches!(self, Self::Query(query) if query.has_words())
    }

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
            Self::Bookmarks => "Follow-ups".to_owned(),
            Self::Archive => "Archive".to_owned(),
            Self::All => "All".to_owned(),
            Self::Query(query) => match query.clauses.as_slice() {
                [Clause { negated: false, term: Term::In(place) }, rest @ ..] if !rest.is_empty() => {
                    let rest = Self::Query(Query { clauses: rest.to_vec() });
                    match place {
                        Place::Inbox if rest.is_name() => rest.title(),
                        Place::Inbox => format!("Inbox: {}", rest.title()),
                        Place::Archive => format!("Archive: {}", rest.title()),
                        Place::Bookmarks => format!("Follow-ups: {}", rest.title()),
                        Place::All => rest.title(),
                    }
                }
                [
                    Clause {
                        negated: false,
                        term: Term::Source(name) | Term::SourceIs(name) | Term::Feed(name),
                    },
                ] => name.clone(),
                [Clause { negated: false, term: Term::Tag(name) }] => format!("#{name}"),
                _ => query.to_string(),
            },
        }
    }

    /// Whether it is a source or a tag, which is called by its name.
    fn is_name(&self) -> bool {
        let Self::Query(query) = self else { return false };
        let named =
            |term: &Term| matches!(term, Term::Source(_) | Term::SourceIs(_) | Term::Feed(_) | Term::Tag(_));
        matches!(query.clauses.as_slice(), [Clause { negated: false, term }] if named(term))
    }

    /// What of the view a filter finds too; the view itself where the filter asks nothing.
    pub fn filtered(&self, filter: Query) -> Self {
        if filter.clauses.is_empty() {
            return self.clone();
        }
        let clause = |negated, term| Clause { negated, term };
        let mut clauses = match self {
            Self::Inbox => vec![clause(false, Term::In(Place::Inbox))],
            Self::Unread => {
                vec![clause(false, Term::Is(State::Unread)), clause(true, Term::Is(State::Muted))]
            }
            Self::Bookmarks => vec![clause(false, Term::In(Place::Bookmarks))],
            Self::Archive => vec![clause(false, Term::In(Place::Archive))],
            Self::All => Vec::new(),
            Self::Query(query) => query.clauses.clone(),
        };
        clauses.extend(filter.clauses);
        Self::Query(Query { clauses })
    }

    /// The same view, knowing a person's own spelling variants; see [`Query::with_variants`].
    pub fn with_variants(self, variants: &Variants) -> Self {
        match self {
            Self::Query(query) => Self::Query(query.with_variants(variants)),
            named => named,
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
    fn a_filter_narrows_every_view_and_says_so() {
        let filter = || parse("الكويت").unwrap();
        for (view, query, title) in [
            (View::Inbox, "in:inbox الكويت", "Inbox: الكويت"),
            (View::Unread, "is:unread -is:muted الكويت", "is:unread -is:muted الكويت"),
            (View::Bookmarks, "in:bookmarks الكويت", "Follow-ups: الكويت"),
            (View::Archive, "in:archive الكويت", "Archive: الكويت"),
            (View::All, "الكويت", "الكويت"),
            (View::Query(parse("lang:ar").unwrap()), "lang:ar الكويت", "lang:ar الكويت"),
        ] {
            let narrowed = view.filtered(filter());
            assert_eq!((narrowed.to_string().as_str(), narrowed.title().as_str()), (query, title));
            assert_eq!(view.filtered(Query::default()), view);
        }
        let source = View::Query(parse("in:inbox source:=\"BBC عربي\"").unwrap());
        assert_eq!(source.title(), "BBC عربي");
        assert_eq!(View::from_name(&source.name()), Ok(source));
    }

    #[test]
    fn orders_come_one_after_another_and_words_have_one_more() {
        let round = |view: &View| {
            let mut orders = vec![view.sort()];
            while let Some(next) =
                orders.last().map(|sort| sort.next(view)).filter(|next| !orders.contains(next))
            {
                orders.push(next);
            }
            orders
        };
        let words = View::Query(parse("الكويت is:unread").unwrap());
        assert_eq!(round(&words), [Sort::Best, Sort::Newest, Sort::Source, Sort::Title, Sort::Due]);
        assert_eq!(round(&View::Inbox), [Sort::Newest, Sort::Source, Sort::Title, Sort::Due]);
        assert_eq!(round(&View::Bookmarks), [Sort::Due, Sort::Newest, Sort::Source, Sort::Title]);
    }

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
