//! Which articles have a fact that a query asks for. Typed values are asked of partial indexes: countries, days, numbers.
//! Where a fact has no typed value of the kind asked for, its text is compared, by `query`, so this room needs no folding
//! of its own.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::StoreError;
use super::fact_rows::{day_number, normalized_out};
use crate::article::Normalized;
use crate::query::{self, Relation, Term, Test, Wanted};

/// The articles with a fact that `term` asks for; nothing where it asks for something else. An article may stand there
/// more than once.
pub(super) fn with(connection: &Connection, term: &Term) -> Result<Option<Vec<i64>>, StoreError> {
    let mut asking = Asking { connection, articles: Vec::new() };
    match term {
        Term::Fact { key, test } => {
            for id in keys(connection, key)? {
                asking.ask("key = ?1 AND shown = 1", &Value::Integer(id), test.as_ref())?;
            }
        }
        Term::Concept { concept, test } => {
            asking.ask("concept = ?1 AND shown = 1", &Value::Text(concept.clone()), Some(test))?;
        }
        _ => return Ok(None),
    }
    Ok(Some(asking.articles))
}

/// The numbers of the keys that are `key`, spelling differences apart.
pub(super) fn keys(connection: &Connection, key: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM fact_key")?;
    let mut found = statement.query([])?;
    let mut ids = Vec::new();
    while let Some(row) = found.next()? {
        if query::same(key, text(row, 1)?) {
            ids.push(row.get(0)?);
        }
    }
    Ok(ids)
}

/// A question about facts of one key or concept.
struct Asking<'a> {
    connection: &'a Connection,
    articles: Vec<i64>,
}

impl Asking<'_> {
    /// Adds the articles whose fact of `scope`, where `?1` is `of`, passes the test; all where there is none.
    fn ask(&mut self, scope: &str, of: &Value, test: Option<&Test>) -> Result<(), StoreError> {
        let Some(test) = test else {
            return self.collect(
                &format!("SELECT article FROM fact WHERE {scope}"),
                std::slice::from_ref(of),
                &|_| Ok(true),
            );
        };
        // Where the value is of no kind, every text is compared; else only those of facts without a value of the kind.
        let mut untyped = String::new();
        if let Some(country) = &test.country {
            // Codes have two letters and stand apart, so none is found across two.
            let sql = format!("SELECT article FROM fact WHERE {scope} AND instr(country, ?2) > 0");
            self.collect(&sql, &[of.clone(), Value::Text(country.clone())], &|_| Ok(true))?;
            untyped.push_str(" AND country IS NULL");
        }
        if let Some((from, to)) = test.days() {
            let (from, to) = (Value::Integer(day_number(from)), Value::Integer(day_number(to)));
            let (condition, values) = match test.relation {
                Relation::Holds => ("day_to >= ?2 AND day_from <= ?3", vec![from, to]),
                Relation::More => ("day_to > ?2", vec![to]),
                Relation::AtLeast => ("day_to >= ?2", vec![from]),
                Relation::Less => ("day_to IS NOT NULL AND day_from < ?2", vec![from]),
                Relation::AtMost => ("day_to IS NOT NULL AND day_from <= ?2", vec![to]),
            };
            let sql = format!("SELECT article FROM fact WHERE {scope} AND {condition}");
            let values: Vec<Value> = std::iter::once(of.clone()).chain(values).collect();
            self.collect(&sql, &values, &|_| Ok(true))?;
            untyped.push_str(" AND day_to IS NULL");
        }
        if let Some((number, unit)) = test.number() {
            let sign = match test.relation {
                Relation::Holds => "=",
                Relation::More => ">",
                Relation::AtLeast => ">=",
                Relation::Less => "<",
                Relation::AtMost => "<=",
            };
            let normalized = if unit.is_empty() { "" } else { ", normalized" };
            let sql = format!("SELECT article{normalized} FROM fact WHERE {scope} AND number {sign} ?2");
            let is_of_unit = |row: &Row<'_>| -> Result<bool, StoreError> {
                Ok(unit.is_empty() || normalized_out(row.get(1)?)?.iter().any(|value| has_unit(value, &unit)))
            };
            self.collect(&sql, &[of.clone(), Value::Real(number)], &is_of_unit)?;
            untyped.push_str(" AND number IS NULL");
        }
        if test.relation == Relation::Holds {
            let wanted = Wanted::new(&test.value);
            let sql = format!("SELECT article, value FROM fact WHERE {scope}{untyped}");
            self.collect(&sql, std::slice::from_ref(of), &|row| Ok(wanted.is_in(text(row, 1)?)))?;
        }
        Ok(())
    }

    /// Adds the articles of the rows that pass.
    fn collect(
        &mut self,
        sql: &str,
        values: &[Value],
        passes: &dyn Fn(&Row<'_>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = statement.query(params_from_iter(values))?;
        while let Some(row) = found.next()? {
            if passes(row)? {
                self.articles.push(row.get(0)?);
            }
        }
        Ok(())
    }
}

/// Whether a typed value is counted in this unit.
fn has_unit(value: &Normalized, unit: &str) -> bool {
    match value {
        Normalized::Money { currency, .. } => currency.eq_ignore_ascii_case(unit),
        Normalized::Percent(_) => unit == "%",
        Normalized::Quantity { unit: own, .. } => query::same(unit, own),
        _ => false,
    }
}

/// A column's text.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str, StoreError> {
    row.get_ref(column)?.as_str().map_err(|_| StoreError::Damaged)
}
