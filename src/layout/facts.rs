//! The facts of an article as rows: the key, then its value, each in its own direction.

use super::blocks::{Context, lines};
use super::row::{Measure, Part, Role, Row};
use crate::article::Fact;

/// A fact and its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRows {
    /// Which of the article's facts.
    pub index: usize,
    /// Its rows: the key's, the value's, a blank one.
    pub rows: Vec<Row>,
}

/// The rows of all facts at a measure. Values stand two columns in from their own start.
pub fn fact_rows(facts: &[Fact], measure: Measure) -> Vec<FactRows> {
    // Each field is a paragraph of its own: the person's word on the article's direction is not about them.
    let context = Context { measure: Measure { direction: None, ..measure }, direction: measure.fallback };
    facts
        .iter()
        .enumerate()
        .map(|(index, fact)| {
            let mut rows = field(&fact.key, 0, Role::Key, context);
            // A sign and not a colour alone: the text says otherwise.
            let otherwise = fact.evidence.contradiction.is_some();
            let value = if otherwise { format!("≠ {}", fact.value) } else { fact.value.clone() };
            rows.append(&mut field(&value, 2, Role::Value, context));
            rows.push(Row::blank(measure.fallback));
            FactRows { index, rows }
        })
        .collect()
}

fn field(text: &str, indent: usize, role: Role, context: Context) -> Vec<Row> {
    let paragraph = context.paragraph(text, None);
    let direction = paragraph.direction();
    let indent = if context.measure.columns > indent + 4 { indent } else { 0 };
    let columns = context.measure.columns.saturating_sub(indent).max(1);
    lines(&paragraph, columns)
        .map(|line| Row { direction, role, parts: vec![Part { start: indent, line, origin: None }] })
        .collect()
}
