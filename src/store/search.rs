//! The search index, asked: which articles have the words of a query, by the tier of what was found. The forms of a word
//! are `query`'s; here they become spellings that the index has, and expressions of FTS5 (words are quoted, so nothing
//! that is typed is an operator). Knows the tables `search`, `title_search`, `word` and `spelling`.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::id_set::IdSet;
use crate::query::{Clause, Forms, Query, Term, Tier, forms, key_of};
use crate::text::tokens::tokens;

/// Beginnings of a word in other spellings, at the most.
const BEGINNINGS: usize = 24;

/// Words of the index that begin alike and are asked for one by one, at the most: of them FTS5 has the articles ready, while
/// for a beginning it first makes a list of all (60,000 articles: 3 ms against 12).
const WORDS: usize = 96;

/// Words that are asked for in one expression, at the most: each article is looked for under each.
const IN_ONE: usize = 24;

/// Spellings of a phrase that are asked for in one piece, at the most; a longer one is asked in pieces of three words.
const PHRASES: usize = 128;

/// Letters of a word's beginning, its article apart, from which on it is looked for in whole texts.
const SHORT: usize = 3;

/// The articles that the words of a query find.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By tier, each article in the nearest one that it is in. Nothing where the query asks for no word.
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
            for expression in sought.apart(|tier| tier <= Tier::Near) {
                found.unwanted.extend(index.ids(sought.table(), &expression)?);
            }
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
            let mut ids = Vec::new();
            for expression in only.apart(|own| own == tier) {
                ids.extend(index.ids(only.table(), &expression)?.into_iter().filter(|id| seen.insert(*id)));
            }
            tiers.push(ids);
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
    /// Of a beginning whose words are many: the beginnings in their place, by tier, for use in one expression.
    beginnings: Option<[Vec<String>; 2]>,
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

    /// What is found in these tiers, as expressions to be asked one after the other; an article may be found by several.
    fn apart(&self, tiers: impl Fn(Tier) -> bool) -> Vec<String> {
        let words = match self {
            Self::Word(word) => word,
            Self::Phrase(expression) => {
                return Some(expression.clone()).filter(|_| tiers(Tier::Exact)).into_iter().collect();
            }
        };
        let own = Tier::ALL.into_iter().zip(&words.tiers).filter(|(tier, _)| tiers(*tier));
        let alternatives: Vec<String> = own.flat_map(|(_, own)| own.to_vec()).collect();
        match alternatives.len() {
            0 => Vec::new(),
            1..=IN_ONE if words.beginnings.is_none() => vec![alternatives.join(" OR ")],
            _ => alternatives,
        }
    }

    /// What is found in `tier` and nearer ones.
    fn up_to(&self, tier: Tier) -> String {
        match self {
            Self::Word(word) => {
                let tiers = word.beginnings.as_ref().map_or(word.tiers.as_slice(), |own| own.as_slice());
                tiers.iter().take(tier as usize + 1).flatten().cloned().collect::<Vec<_>>().join(" OR ")
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
        let mut word = Word { forms, tiers: Default::default(), beginnings: None, in_titles: false };
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
                let own = vec![beginning(&forms.spelling)];
                let others = self.beginnings(forms)?;
                exact.extend(self.words(&forms.spelling)?);
                if exact.is_empty() {
                    // It stands for itself among other words that are asked for.
                    exact.clone_from(&own);
                }
                for other in &others {
                    folded.extend(self.words(other)?);
                }
                if exact.len() + folded.len() > IN_ONE {
                    let others = others.iter().map(|spelling| beginning(spelling)).collect();
                    word.beginnings = Some([own, others]);
                }
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

    /// The words of the index that begin so, each an expression; the beginning itself where they are too many.
    fn words(&self, start: &str) -> Result<Vec<String>, StoreError> {
        // In the table a word stands once for each place where it is; each step goes to the next word.
        let mut next = self.connection.prepare_cached("SELECT term FROM word WHERE term >= ?1 LIMIT 1")?;
        let mut words = Vec::new();
        let mut from = start.to_owned();
        loop {
            let word: Option<String> = next.query_row([&from], |row| row.get(0)).optional()?;
            let Some(word) = word.filter(|word| word.starts_with(start)) else { return Ok(words) };
            if words.len() == WORDS {
                return Ok(vec![beginning(start)]);
            }
            words.push(quoted(&word));
            from = word;
            // No word holds a control character: nothing stands between a word and this.
            from.push('\u{1}');
        }
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
