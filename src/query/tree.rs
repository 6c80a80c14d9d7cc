//! The tree of a query: data, as it was meant. Printing it gives the query again. Knows nothing of how it is
//! written (`parse.rs`) nor of how it is answered (`store`).

use std::fmt;

use super::{Relation, Test};
use crate::article::CONCEPTS;

/// A query: all clauses must hold. Without clauses it is every article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What must hold, in the order written.
    pub clauses: Vec<Clause>,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// Whether the term must not hold (`-term`).
    pub negated: bool,
    /// What is asked.
    pub term: Term,
}

/// What can be asked of an article. Words and names stand as typed; they are folded when they are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// The text has this word; with `prefix`, a word that begins so (`kuw*`).
    Word {
        /// The word.
        text: String,
        /// Whether it is only a word's beginning.
        prefix: bool,
        /// Other spellings of it that a person knows: see [`Query::with_variants`]. They are not printed.
        also: Vec<String>,
    },
    /// The text has these words in this order (`"a phrase"`).
    Phrase(String),
    /// The person's marks say so (`is:unread`).
    Is(State),
    /// It is to be found there (`in:archive`).
    In(Place),
    /// It came by a feed whose address, or from a source whose name, holds this (`feed:`).
    Feed(String),
    /// Its source's name holds this (`source:`).
    Source(String),
    /// Its source has this name and no longer one (`source:=`).
    SourceIs(String),
    /// It has the tag of this name (`tag:`), spelling differences apart.
    Tag(String),
    /// It is in this language (`lang:ar`; `ar-KW` is in it).
    Language(String),
    /// It is younger than this (`newer:12h`).
    Newer(Age),
    /// It is older than this (`older:2w`).
    Older(Age),
    /// It has facts (`has:facts`).
    HasFacts,
    /// Its bookmark has a note (`has:note`).
    HasNote,
    /// Its bookmark has a day to come back (`has:due`).
    HasDue,
    /// The day to come back is so (`due:2026-12`, `due:<=2026-12-01`).
    Due(Test),
    /// It has a fact of this key (`fact:"key"`, `fact:"key"=value`, `fact:"key">10`).
    Fact {
        /// The fact's key.
        key: String,
        /// What its value must be; any value where there is none.
        test: Option<Test>,
    },
    /// It has a fact of this concept, whatever the key's language (`host:`, `date:>2026-12-01`).
    Concept {
        /// The concept's canonical name (`host_country`).
        concept: String,
        /// What its value must be.
        test: Test,
    },
}

/// A state of an article's marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not opened yet, nor marked read.
    Unread,
    /// Opened, or marked read.
    Read,
    /// Dealt with.
    Done,
    /// Kept for follow-up.
    Bookmarked,
    /// Done and kept.
    Archived,
    /// Silenced.
    Muted,
    /// It has a tag.
    Tagged,
}

/// A place of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// What waits for a decision.
    Inbox,
    /// What was archived.
    Archive,
    /// What is bookmarked.
    Bookmarks,
    /// Everything.
    All,
}

/// A length of time before now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Age {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of age: all of fixed length, so that no time zone is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 60 minutes.
    Hours,
    /// 24 hours.
    Days,
    /// 7 days.
    Weeks,
}

impl Age {
    /// Its length in seconds.
    pub fn seconds(self) -> i64 {
        let unit = match self.unit {
            Unit::Hours => 3_600,
            Unit::Days => 86_400,
            Unit::Weeks => 604_800,
        };
        i64::from(self.count) * unit
    }
}

impl State {
    /// All states with their names in the language.
    pub(crate) const NAMES: [(&'static str, Self); 7] = [
        ("unread", Self::Unread),
        ("read", Self::Read),
        ("done", Self::Done),
        ("bookmarked", Self::Bookmarked),
        ("archived", Self::Archived),
        ("muted", Self::Muted),
        ("tagged", Self::Tagged),
    ];
}

impl Place {
    /// All places with their names in the language.
    pub(crate) const NAMES: [(&'static str, Self); 4] = [
        ("inbox", Self::Inbox),
        ("archive", Self::Archive),
        ("bookmarks", Self::Bookmarks),
        ("all", Self::All),
    ];
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, clause) in self.clauses.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            if clause.negated {
                f.write_str("-")?;
            }
            clause.term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word { text, prefix, .. } => write!(f, "{text}{}", if *prefix { "*" } else { "" }),
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Is(state) => write!(f, "is:{}", name_of(&State::NAMES, state)),
            Self::In(place) => write!(f, "in:{}", name_of(&Place::NAMES, place)),
            Self::Feed(name) => write!(f, "feed:\"{name}\""),
            Self::Source(name) => write!(f, "source:\"{name}\""),
            Self::SourceIs(name) => write!(f, "source:=\"{name}\""),
            Self::Tag(name) => write!(f, "tag:\"{name}\""),
            Self::Language(tag) => write!(f, "lang:{tag}"),
            Self::Newer(age) => write!(f, "newer:{age}"),
            Self::Older(age) => write!(f, "older:{age}"),
            Self::HasFacts => f.write_str("has:facts"),
            Self::HasNote => f.write_str("has:note"),
            Self::HasDue => f.write_str("has:due"),
            Self::Due(test) => write!(f, "due:{test}"),
            Self::Fact { key, test: None } => write!(f, "fact:\"{key}\""),
            Self::Fact { key, test: Some(test) } => match test.relation {
                Relation::Holds => write!(f, "fact:\"{key}\"={test}"),
                _ => write!(f, "fact:\"{key}\"{test}"),
            },
            Self::Concept { concept, test } => {
                write!(f, "{}:{test}", operator_of(concept).unwrap_or(concept))
            }
        }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hours => 'h',
            Unit::Days => 'd',
            Unit::Weeks => 'w',
        };
        write!(f, "{}{unit}", self.count)
    }
}

/// Short names of concepts.
pub(crate) const SHORT: [(&str, &str); 1] = [("host", "host_country")];

/// The short name of `concept`.
fn operator_of(concept: &str) -> Option<&'static str> {
    SHORT.iter().find(|(_, of)| *of == concept).map(|(operator, _)| *operator)
}

/// The concept that `name` asks for: its own name, or a short one.
pub(crate) fn concept_of(name: &str) -> Option<&'static str> {
    let short = SHORT.iter().find(|(operator, _)| *operator == name).map(|(_, concept)| *concept);
    short.or_else(|| CONCEPTS.into_iter().find(|concept| *concept == name))
}

impl Query {
    /// Whether it asks for words or phrases.
    pub fn has_words(&self) -> bool {
        let is_word = |clause: &Clause| matches!(clause.term, Term::Word { .. } | Term::Phrase(_));
        self.clauses.iter().any(|clause| !clause.negated && is_word(clause))
    }

    /// The same query, knowing countries by their names: where a fact's value is asked for that is the name of a country
    /// to `code`, or looks like its ISO 3166-1 alpha-2 code, facts of that country are meant in whatever language.
    pub fn with_countries(mut self, code: &dyn Fn(&str) -> Option<&'static str>) -> Self {
        for clause in &mut self.clauses {
            if let Term::Fact { test: Some(test), .. } | Term::Concept { test, .. } = &mut clause.term {
                test.know_country(code);
            }
        }
        self
    }
}

/// The name of `wanted` in a table of names.
fn name_of<T: PartialEq>(names: &[(&'static str, T)], wanted: &T) -> &'static str {
    names.iter().find(|(_, item)| item == wanted).map_or("", |(name, _)| name)
}
