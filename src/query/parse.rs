//! Reading a query. Owns the written form: what separates, what quotes, what the operators are called.
//! The tree it makes is in `tree.rs`, what it complains of in `error.rs`.

use super::tree::concept_of;
use super::value::ascii_digit;
use super::{Age, Clause, Place, Problem, Query, QueryError, Relation, State, Term, Test, Unit};
use crate::article::Span;

/// Opening quotes and what closes each.
const QUOTES: [(char, char); 3] = [('"', '"'), ('«', '»'), ('“', '”')];

/// The tree of a query.
///
/// # Errors
/// Where an operator or its value is not of the language, or a quotation is not closed; the error names the bytes.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let mut reader = Reader { text, at: 0 };
    let mut clauses = Vec::new();
    while reader.skip_space() {
        clauses.push(reader.clause()?);
    }
    Ok(Query { clauses })
}

/// A place in the query that moves on.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// What is still to be read.
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes to the next thing that is not white space; whether there is one.
    fn skip_space(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at < self.text.len()
    }

    /// One condition.
    fn clause(&mut self) -> Result<Clause, QueryError> {
        let start = self.at;
        let negated = self.rest().starts_with('-');
        if negated {
            self.at += 1;
            if self.rest().chars().next().is_none_or(char::is_whitespace) {
                return Err(self.fault(start, Problem::LoneMinus));
            }
        }
        Ok(Clause { negated, term: self.term()? })
    }

    /// A phrase, an operator or a word.
    fn term(&mut self) -> Result<Term, QueryError> {
        if let Some(quoted) = self.quoted()? {
            return Ok(Term::Phrase(quoted));
        }
        let start = self.at;
        let name_length =
            self.rest().bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'_').count();
        if let Some((name, after)) = self.rest().split_at_checked(name_length)
            && name_length > 0
            && after.starts_with(':')
            && !after.starts_with("://")
        {
            self.at += name_length + 1;
            return self.operator(start, &name.to_ascii_lowercase());
        }
        let word = self.bare(|_| false);
        Ok(match word.strip_suffix('*') {
            Some(text) if !text.is_empty() => {
                Term::Word { text: text.to_owned(), prefix: true, also: Vec::new() }
            }
            _ => Term::Word { text: word.to_owned(), prefix: false, also: Vec::new() },
        })
    }

    /// What stands after `name:`.
    fn operator(&mut self, start: usize, name: &str) -> Result<Term, QueryError> {
        match name {
            "is" => self
                .named(start, name, &State::NAMES, "unread, read, done, bookmarked, archived, muted, tagged")
                .map(Term::Is),
            "in" => self.named(start, name, &Place::NAMES, "inbox, archive, bookmarks, all").map(Term::In),
            "has" => {
                let names = [("facts", 0), ("note", 1), ("due", 2)];
                self.named(start, name, &names, "facts, note, due").map(|which| match which {
                    0 => Term::HasFacts,
                    1 => Term::HasNote,
                    _ => Term::HasDue,
                })
            }
            "due" => self.due(start),
            "feed" => self.value(start, name, "feed:\"BBC عربي\"").map(Term::Feed),
            "source" if self.rest().starts_with('=') => {
                self.at += 1;
                self.value(start, name, "source:=\"BBC عربي\"").map(Term::SourceIs)
            }
            "source" => self.value(start, name, "source:\"BBC عربي\"").map(Term::Source),
            "lang" => self.language(start),
            "newer" => self.age(start, name).map(Term::Newer),
            "older" => self.age(start, name).map(Term::Older),
            "fact" => self.fact(start),
            "tag" => self.value(start, name, "tag:\"قمة الكويت\"").map(Term::Tag),
            other => match concept_of(other) {
                Some(concept) => {
                    let relation = self.relation();
                    let test = self.test(start, name, relation, "host:china")?;
                    Ok(Term::Concept { concept: concept.to_owned(), test })
                }
                None => Err(self.fault(start, Problem::NoSuchOperator(other.to_owned(), near(other)))),
            },
        }
    }

    /// A day, a month or a year, and how the day to come back must stand to it.
    fn due(&mut self, start: usize) -> Result<Term, QueryError> {
        let relation = self.relation();
        let value_start = self.at;
        let test = self.test(start, "due", relation, "due:<=2026-12-01")?;
        match test.days() {
            Some(_) => Ok(Term::Due(test)),
            None => Err(self.fault(value_start, Problem::NotADay(test.value))),
        }
    }

    /// One of a closed set of words.
    fn named<T: Copy>(
        &mut self,
        start: usize,
        name: &str,
        names: &[(&'static str, T)],
        known: &'static str,
    ) -> Result<T, QueryError> {
        let value = self.bare(|_| false);
        let found = names.iter().find(|(item, _)| item.eq_ignore_ascii_case(value));
        found.map(|(_, item)| *item).ok_or_else(|| {
            let (operator, value) = (name.to_owned(), value.to_owned());
            self.fault(start, Problem::NoSuchValue { operator, value, known })
        })
    }

    /// A quoted or bare value that is not empty.
    fn value(&mut self, start: usize, name: &str, example: &'static str) -> Result<String, QueryError> {
        let value = match self.quoted()? {
            Some(quoted) => quoted,
            None => clean(self.bare(|_| false)),
        };
        if value.is_empty() {
            return Err(self.fault(start, Problem::NoValue(name.to_owned(), example)));
        }
        Ok(value)
    }

    /// A language tag, in lower case.
    fn language(&mut self, start: usize) -> Result<Term, QueryError> {
        let value = self.bare(|_| false).to_ascii_lowercase();
        if value.is_empty() {
            return Err(self.fault(start, Problem::NoValue("lang".to_owned(), "lang:ar")));
        }
        if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            let (operator, known) = ("lang".to_owned(), "the language tags, such as ar, fa, en-GB");
            return Err(self.fault(start, Problem::NoSuchValue { operator, value, known }));
        }
        Ok(Term::Language(value))
    }

    /// A number and a unit.
    fn age(&mut self, start: usize, name: &str) -> Result<Age, QueryError> {
        let value = self.bare(|_| false);
        if value.is_empty() {
            let example = if name == "newer" { "newer:12h" } else { "older:2w" };
            return Err(self.fault(start, Problem::NoValue(name.to_owned(), example)));
        }
        read_age(value).ok_or_else(|| self.fault(start, Problem::NotAnAge(value.to_owned())))
    }

    /// A key, and a value after `=`.
    fn fact(&mut self, start: usize) -> Result<Term, QueryError> {
        let example = "fact:\"الدولة المستضيفة\"=الصين";
        let key = match self.quoted()? {
            Some(quoted) => quoted,
            None => clean(self.bare(|letter| matches!(letter, '=' | '<' | '>'))),
        };
        if key.is_empty() {
            return Err(self.fault(start, Problem::NoValue("fact".to_owned(), example)));
        }
        if !self.rest().starts_with(['=', '<', '>']) {
            return Ok(Term::Fact { key, test: None });
        }
        let relation = self.relation();
        let test = self.test(start, "fact", relation, example)?;
        Ok(Term::Fact { key, test: Some(test) })
    }

    /// How the value must stand to the one that follows; a sign that is not there asks that it holds it.
    fn relation(&mut self) -> Relation {
        let found = Relation::SIGNS.iter().find(|(sign, _)| self.rest().starts_with(sign));
        let (sign, relation) = found.copied().unwrap_or(("", Relation::Holds));
        self.at += sign.len();
        relation
    }

    /// A value, and that it can be compared where that is asked.
    fn test(
        &mut self,
        start: usize,
        name: &str,
        relation: Relation,
        example: &'static str,
    ) -> Result<Test, QueryError> {
        let value_start = self.at;
        let value = self.value(start, name, example)?;
        let test = Test::new(relation, value);
        if relation != Relation::Holds && test.days().is_none() && test.number().is_none() {
            return Err(self.fault(value_start, Problem::NotComparable(test.value)));
        }
        Ok(test)
    }

    /// What stands between quotes, if a quote stands here.
    fn quoted(&mut self) -> Result<Option<String>, QueryError> {
        let start = self.at;
        let mut letters = self.rest().chars();
        let Some(close) = letters.next().and_then(|open| QUOTES.iter().find(|(quote, _)| *quote == open))
        else {
            return Ok(None);
        };
        let Some((inside, after)) = letters.as_str().split_once(close.1) else {
            self.at = self.text.len();
            return Err(self.fault(start, Problem::OpenQuote));
        };
        self.at = self.text.len() - after.len();
        let inside = clean(inside);
        if inside.is_empty() {
            return Err(self.fault(start, Problem::EmptyQuote));
        }
        Ok(Some(inside))
    }

    /// The letters up to white space or `stop`.
    fn bare(&mut self, stop: fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter: char| letter.is_whitespace() || stop(letter)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    /// An error about the bytes from `start` to here.
    fn fault(&self, start: usize, problem: Problem) -> QueryError {
        QueryError { at: Span::new(start, self.at), problem }
    }
}

/// The operators of the language, for those who mistype one.
const OPERATORS: [&str; 13] =
    ["is", "in", "has", "feed", "source", "tag", "lang", "newer", "older", "due", "fact", "host", "date"];

/// The operator or concept that `name` was meant to be, where it is but a letter or two from it.
fn near(name: &str) -> Option<&'static str> {
    let known = OPERATORS.into_iter().chain(crate::article::CONCEPTS);
    let far = |known: &&'static str| distance(name, known);
    known.min_by_key(far).filter(|known| far(known) <= if name.len() > 4 { 2 } else { 1 })
}

/// How many letters must be put in, taken out or changed to make one word of another (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (b, cell) in other.chars().zip(row.iter_mut().skip(1)) {
            let changed = before + usize::from(a != b);
            before = *cell;
            left = changed.min(before + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// A quoted text without straight quotes (search does not see them) and without white space around it.
fn clean(text: &str) -> String {
    text.replace('"', " ").trim().to_owned()
}

/// A number, in ASCII, Arabic or Persian digits, and one of `h`, `d`, `w`.
fn read_age(text: &str) -> Option<Age> {
    let (last, _) = text.char_indices().next_back()?;
    let (number, unit) = text.split_at_checked(last)?;
    let unit = match unit {
        "h" | "H" => Unit::Hours,
        "d" | "D" => Unit::Days,
        "w" | "W" => Unit::Weeks,
        _ => return None,
    };
    let digits: Option<String> = number.chars().map(ascii_digit).collect();
    Some(Age { count: digits?.parse().ok()?, unit })
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
