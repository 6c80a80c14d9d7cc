//! The search index, asked: which articles have the words of a query, by the tier of what was found. The forms of a word
//! are `query`'s; here they become spellings that the index has, and expressions of FTS5 (words are quoted, so nothing
//! that is typed is an operator). Knows the tables `search`, `title_search` and `spelling`.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::StoreError;
use super::window::IdSet;
use crate::query::{Clause, Forms, Query, Term, Tier, forms, key_of};
use crate::text::tokens::tokens;

/// Beginnings of a word in other spellings, at the most.
const BEGINNINGS: usize = 24;

/// Spellings of a phrase that are asked for in one piece, at the most; a longer one is asked in pieces of three words.
const PHRASES: usize = 128;

/// Letters of a word's beginning, its article apart, from which on it is looked for in whole texts.
const SHORT: usize = 3;

/// The articles that the words of a query find.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By tier, each article in the nearest one that it is in, each tier in the order of their numbers. Nothing where the
    /// query asks for no word.
    pub(super) tiers: Option<Vec<Vec<i64>>>,
    /// Articles with words that are left out.
    pub(super) unwanted: Vec<i64>,
}

/// Asks for the words of `query`.
pub(super) fn ask(connection: &Connection, query: &Query) -> Result<Found, StoreError> {
    let mut asked: Vec<Sought> = Vec::new();
    let mut found = Found::default();
    let index = Index { connection };
    for Clause { negated, term } in &query.clauses {
        let sought = match term {
            Term::Word { text, prefix, also } => {
                let words = forms(text, *prefix, also);
                match <[Forms; 1]>::try_from(words) {
                    Ok([word]) => Sought::Word(Box::new(index.spellings(word)?)),
                    Err(words) => Sought::Phrase(index.phrase(&words)?),
                }
            }
            Term::Phrase(text) => Sought::Phrase(index.phrase(&forms(text, false, &[]))?),
            _ => continue,
        };
        if sought.is_nothing() {
            continue;
        }
        if *negated {
            found.unwanted.extend(index.ids(sought.table(), &sought.up_to(Tier::Near))?);
        } else {
            asked.push(sought);
        }
    }
    if asked.is_empty() {
        return Ok(found);
    }
    let mut tiers: Vec<Vec<i64>> = Vec::new();
    let mut seen = IdSet::default();
    if let [only] = asked.as_slice() {
        for tier in Tier::ALL {
            let ids = index.ids(only.table(), &only.only(tier))?;
            tiers.push(ids.into_iter().filter(|id| seen.insert(*id)).collect());
        }
    } else {
        let mut before = None;
        for tier in Tier::ALL {
            let expression = index.all_of(&asked, tier)?;
            let ids = match before.as_ref() == Some(&expression) {
                true => Vec::new(),
                false => index.all(&expression)?,
            };
            tiers.push(ids.into_iter().filter(|id| seen.insert(*id)).collect());
            before = Some(expression);
        }
    }
    found.tiers = Some(tiers);
    Ok(found)
}

/// A word or phrase, as expressions of FTS5.
enum Sought {
    Word(Box<Word>),
    /// Empty where it has no letter.
    Phrase(String),
}

/// A word's expressions, by tier: each alternative apart.
struct Word {
    forms: Forms,
    tiers: [Vec<String>; 4],
    /// Whether it is looked for in titles only.
    in_titles: bool,
}

/// An expression for texts, and ids found otherwise that must be among them.
#[derive(PartialEq, Eq)]
struct Expression {
    text: String,
    titles: Vec<String>,
}

impl Sought {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Word(word) => word.forms.folded.is_empty(),
            Self::Phrase(expression) => expression.is_empty(),
        }
    }

    fn table(&self) -> &'static str {
        match self {
            Self::Word(word) if word.in_titles => "title_search",
            _ => "search",
        }
    }

    /// What is found in `tier` alone.
    fn only(&self, tier: Tier) -> String {
        match self {
            Self::Word(word) => {
                word.tiers.get(tier as usize).map(|words| words.join(" OR ")).unwrap_or_default()
            }
            Self::Phrase(expression) if tier == Tier::Exact => expression.clone(),
            Self::Phrase(_) => String::new(),
        }
    }

    /// What is found in `tier` and nearer ones.
    fn up_to(&self, tier: Tier) -> String {
        match self {
            Self::Word(word) => {
                word.tiers.iter().take(tier as usize + 1).flatten().cloned().collect::<Vec<_>>().join(" OR ")
            }
            Self::Phrase(expression) => expression.clone(),
        }
    }
}

/// The tables of the index.
struct Index<'a> {
    connection: &'a Connection,
}

impl Index<'_> {
    /// The expressions of a word.
    fn spellings(&self, forms: Forms) -> Result<Word, StoreError> {
        let mut word = Word { forms, tiers: Default::default(), in_titles: false };
        let forms = &word.forms;
        let [exact, folded, near, particle] = &mut word.tiers;
        if forms.folded.is_empty() {
            return Ok(word);
        }
        if forms.prefix {
            let letters = forms.folded.strip_prefix("ال").unwrap_or(&forms.folded).chars().count();
            if letters < SHORT {
                exact.push(beginning(&forms.folded));
                word.in_titles = true;
            } else {
                exact.push(beginning(&forms.spelling));
                folded.extend(self.beginnings(forms)?.iter().map(|spelling| beginning(spelling)));
            }
            return Ok(word);
        }
        exact.push(quoted(&forms.spelling));
        let mut seen = BTreeSet::from([forms.spelling.clone()]);
        let mut take = |spelling: &str, into: &mut Vec<String>| {
            if seen.insert(spelling.to_owned()) {
                into.push(quoted(spelling));
            }
        };
        take(&forms.folded, folded);
        for spelling in self.of_key(&key_of(&forms.folded))? {
            // Under an English key stand the other inflections, too.
            let same = tokens(&spelling).first().is_some_and(|token| token.text == forms.folded);
            take(&spelling, if same { folded } else { near });
        }
        if let Some(parts) = &forms.parted {
            let parts: Vec<Forms> =
                parts.iter().flat_map(|part| crate::query::forms(part, false, &[])).collect();
            folded.push(format!("({})", self.phrase(&parts)?));
        }
        if let Some(stem) = &forms.stem {
            take(stem, near);
        }
        for (forms, into) in [(&forms.near, near), (&forms.particle, particle)] {
            for form in forms {
                take(form, into);
                for spelling in self.of_key(&key_of(form))? {
                    take(&spelling, into);
                }
            }
        }
        Ok(word)
    }

    /// The spellings that the index has under a key, and that are not the key itself.
    fn of_key(&self, key: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT spelling FROM spelling WHERE key = ?1")?;
        let spellings = statement.query_map([key], |row| row.get(0))?;
        Ok(spellings.collect::<Result<_, _>>()?)
    }

    /// How words that begin as `forms` does begin in other spellings.
    fn beginnings(&self, forms: &Forms) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT DISTINCT substr(spelling, 1, ?3) FROM spelling WHERE key >= ?1 AND key < ?2";
        let after = format!("{}\u{10FFFF}", forms.folded);
        let letters = super::read::count(forms.folded.chars().count());
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = statement.query(rusqlite::params![forms.folded, after, letters])?;
        let mut beginnings = BTreeSet::from([forms.folded.clone()]);
        while let Some(row) = found.next()?
            && beginnings.len() < BEGINNINGS
        {
            let spelling: String = row.get(0)?;
            if tokens(&spelling).first().is_some_and(|token| token.text == forms.folded) {
                beginnings.insert(spelling);
            }
        }
        beginnings.remove(&forms.spelling);
        Ok(beginnings)
    }

    /// Words that follow each other, each in any spelling; nothing where there are none.
    fn phrase(&self, words: &[Forms]) -> Result<String, StoreError> {
        let mut spellings: Vec<Vec<String>> = Vec::with_capacity(words.len());
        for word in words {
            let mut own = BTreeSet::from([word.spelling.clone(), word.folded.clone()]);
            for spelling in self.of_key(&key_of(&word.folded))? {
                if tokens(&spelling).first().is_some_and(|token| token.text == word.folded) {
                    own.insert(spelling);
                }
            }
            spellings.push(own.into_iter().collect());
        }
        let last_is_beginning = words.last().is_some_and(|word| word.prefix);
        let many = spellings.iter().map(Vec::len).try_fold(1_usize, |all, own| all.checked_mul(own));
        let pieces: Vec<&[Vec<String>]> = match many {
            Some(many) if many <= PHRASES => vec![&spellings],
            _ => pieces(&spellings),
        };
        let last = pieces.len().saturating_sub(1);
        let pieces = pieces.iter().enumerate().map(|(at, words)| {
            let mut phrases = vec![String::new()];
            for word in *words {
                let longer = |phrase: &String| {
                    let phrase = phrase.clone();
                    word.iter().map(move |spelling| format!("{phrase}{spelling} "))
                };
                phrases = phrases.iter().flat_map(longer).take(PHRASES).collect();
            }
            let end = if at == last && last_is_beginning { " *" } else { "" };
            let phrases = phrases.iter().map(|phrase| phrase.trim()).filter(|phrase| !phrase.is_empty());
            let phrases: Vec<String> = phrases.map(|phrase| format!("{}{end}", quoted(phrase))).collect();
            phrases.join(" OR ")
        });
        let pieces: Vec<String> = pieces.filter(|piece| !piece.is_empty()).collect();
        Ok(match pieces.as_slice() {
            [only] => only.clone(),
            pieces => pieces.iter().map(|piece| format!("({piece})")).collect::<Vec<_>>().join(" AND "),
        })
    }

    /// All that is asked for, each in `tier` or a nearer one. Two neighbouring words may be one with a non-joiner between.
    fn all_of(&self, asked: &[Sought], tier: Tier) -> Result<Expression, StoreError> {
        let mut titles = Vec::new();
        let mut each: Vec<String> = Vec::new();
        for sought in asked {
            let expression = sought.up_to(tier);
            if sought.table() == "title_search" {
                titles.push(expression);
            } else {
                each.push(format!("({expression})"));
            }
        }
        let mut text = each.join(" AND ");
        if tier >= Tier::Folded && titles.is_empty() {
            for (at, pair) in asked.windows(2).enumerate() {
                let [Sought::Word(first), Sought::Word(second)] = pair else { continue };
                let Some(joined) = crate::query::joined(&first.forms, &second.forms) else { continue };
                let mut others = each.clone();
                others.splice(at..at + 2, [format!("({})", self.phrase(&[joined])?)]);
                text.push_str(&format!(" OR ({})", others.join(" AND ")));
            }
        }
        Ok(Expression { text, titles })
    }

    /// The articles of an expression, in the order of their numbers.
    fn all(&self, expression: &Expression) -> Result<Vec<i64>, StoreError> {
        let mut ids: Option<Vec<i64>> = None;
        if !expression.text.is_empty() {
            ids = Some(self.ids("search", &expression.text)?);
        }
        for title in &expression.titles {
            let found = self.ids("title_search", title)?;
            ids = Some(match ids {
                None => found,
                Some(ids) => {
                    let set = IdSet::of(&found);
                    ids.into_iter().filter(|id| set.contains(*id)).collect()
                }
            });
        }
        Ok(ids.unwrap_or_default())
    }

    /// The articles that a table of the index has for an expression, in the order of their numbers.
    fn ids(&self, table: &str, expression: &str) -> Result<Vec<i64>, StoreError> {
        if expression.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([expression], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// A phrase in pieces of three words that overlap.
fn pieces(words: &[Vec<String>]) -> Vec<&[Vec<String>]> {
    let starts = (0..words.len().saturating_sub(1)).step_by(2);
    starts.filter_map(|start| words.get(start..(start + 3).min(words.len()))).collect()
}

/// A word or phrase as a string of FTS5. Words of the index hold no quote.
fn quoted(words: &str) -> String {
    format!("\"{words}\"")
}

/// Words that begin so.
fn beginning(spelling: &str) -> String {
    format!("\"{spelling}\" *")
}
