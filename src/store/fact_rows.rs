//! How typed values and corrections of facts stand in rows: JSON with names that stay, and the columns by which facts
//! are asked for. Knows no SQL; rows of all else are in `rows.rs`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::rows;
use crate::article::{Amendment, Anchor, FactQuote, Meaning, Normalized, OwnFact};

/// [`Normalized`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NormalizedRow {
    Country(String),
    Date(String),
    Period(String, String),
    Time(String, Option<i16>),
    Money(f64, String),
    Percent(f64),
    ToBeAnnounced,
    Quantity(f64, String),
    List(Vec<String>),
}

/// Typed values as a column's JSON; nothing where there are none.
pub(super) fn normalized_in(values: &[Normalized]) -> Result<Option<String>, StoreError> {
    if values.is_empty() {
        return Ok(None);
    }
    rows::write(&values.iter().map(NormalizedRow::from).collect::<Vec<_>>()).map(Some)
}

/// Typed values from a column's JSON.
pub(super) fn normalized_out(json: Option<String>) -> Result<Vec<Normalized>, StoreError> {
    let Some(json) = json else { return Ok(Vec::new()) };
    rows::read::<Vec<NormalizedRow>>(&json)?.into_iter().map(NormalizedRow::normalized).collect()
}

/// What of typed values can be asked for, as columns.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Askable {
    /// Codes of countries, parted by a space.
    pub(super) country: Option<String>,
    /// The first day meant, as [`day_number`] has it.
    pub(super) day_from: Option<i64>,
    /// The last day meant.
    pub(super) day_to: Option<i64>,
    /// The first amount, percentage or quantity.
    pub(super) number: Option<f64>,
}

impl Askable {
    /// The columns of these values.
    pub(super) fn of(values: &[Normalized]) -> Self {
        let mut columns = Self::default();
        for value in values {
            match value {
                Normalized::Country(code) => {
                    let codes = columns.country.get_or_insert_default();
                    if !codes.is_empty() {
                        codes.push(' ');
                    }
                    codes.push_str(code);
                }
                Normalized::Date(day) => columns.days(*day, *day),
                Normalized::Period { from, to } => columns.days(*from, *to),
                Normalized::Money { amount: number, .. }
                | Normalized::Percent(number)
                | Normalized::Quantity { number, .. } => {
                    columns.number = columns.number.or(Some(finite(*number)));
                }
                Normalized::Time { .. } | Normalized::ToBeAnnounced | Normalized::List(_) => {}
            }
        }
        columns
    }

    fn days(&mut self, from: Date, to: Date) {
        let (from, to) = (day_number(from), day_number(to));
        self.day_from = Some(self.day_from.map_or(from, |own| own.min(from)));
        self.day_to = Some(self.day_to.map_or(to, |own| own.max(to)));
    }
}

/// A day as a number that is in the order of days: year * 10000 + month * 100 + day.
pub(super) fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

impl From<&Normalized> for NormalizedRow {
    fn from(value: &Normalized) -> Self {
        match value {
            Normalized::Country(code) => Self::Country(code.clone()),
            Normalized::Date(date) => Self::Date(date.to_string()),
            Normalized::Period { from, to } => Self::Period(from.to_string(), to.to_string()),
            Normalized::Time { time, offset } => Self::Time(time.to_string(), *offset),
            Normalized::Money { amount, currency } => Self::Money(finite(*amount), currency.clone()),
            Normalized::Percent(percent) => Self::Percent(finite(*percent)),
            Normalized::ToBeAnnounced => Self::ToBeAnnounced,
            Normalized::Quantity { number, unit } => Self::Quantity(finite(*number), unit.clone()),
            Normalized::List(items) => Self::List(items.clone()),
        }
    }
}

/// The number itself, or 0: JSON has no infinities, and the fact's text says what was printed.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

impl NormalizedRow {
    /// The value again.
    pub(super) fn normalized(self) -> Result<Normalized, StoreError> {
        Ok(match self {
            Self::Country(code) => Normalized::Country(code),
            Self::Date(date) => Normalized::Date(date.parse().map_err(|_| StoreError::Damaged)?),
            Self::Period(from, to) => Normalized::Period {
                from: from.parse().map_err(|_| StoreError::Damaged)?,
                to: to.parse().map_err(|_| StoreError::Damaged)?,
            },
            Self::Time(time, offset) => {
                Normalized::Time { time: time.parse().map_err(|_| StoreError::Damaged)?, offset }
            }
            Self::Money(amount, currency) => Normalized::Money { amount, currency },
            Self::Percent(percent) => Normalized::Percent(percent),
            Self::ToBeAnnounced => Normalized::ToBeAnnounced,
            Self::Quantity(number, unit) => Normalized::Quantity { number, unit },
            Self::List(items) => Normalized::List(items),
        })
    }
}

/// [`Amendment`]: the derived fact it is about, and what stands in its place.
#[derive(Serialize, Deserialize)]
pub(super) struct AmendmentRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<QuoteRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<OwnRow>,
}

/// [`FactQuote`].
#[derive(Serialize, Deserialize)]
struct QuoteRow {
    key: String,
    value: String,
    at: usize,
    row: String,
}

/// [`OwnFact`].
#[derive(Serialize, Deserialize)]
struct OwnRow {
    key: String,
    value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    concept: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    normalized: Vec<NormalizedRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<(usize, String)>,
}

impl From<&Amendment> for AmendmentRow {
    fn from(amendment: &Amendment) -> Self {
        Self {
            of: amendment.of.as_ref().map(|of| QuoteRow {
                key: of.key.clone(),
                value: of.value.clone(),
                at: of.row.offset,
                row: of.row.quote.clone(),
            }),
            now: amendment.now.as_ref().map(|own| OwnRow {
                key: own.key.clone(),
                value: own.value.clone(),
                concept: own.meaning.concept.clone(),
                normalized: own.meaning.normalized.iter().map(NormalizedRow::from).collect(),
                evidence: own.evidence.as_ref().map(|anchor| (anchor.offset, anchor.quote.clone())),
            }),
        }
    }
}

impl AmendmentRow {
    /// The amendment again.
    pub(super) fn amendment(self) -> Result<Amendment, StoreError> {
        let now = match self.now {
            None => None,
            Some(own) => {
                let values = own.normalized.into_iter().map(NormalizedRow::normalized);
                Some(OwnFact {
                    key: own.key,
                    value: own.value,
                    meaning: Meaning { concept: own.concept, normalized: values.collect::<Result<_, _>>()? },
                    evidence: own.evidence.map(|(offset, quote)| Anchor { offset, quote }),
                })
            }
        };
        let of = self.of.map(|of| FactQuote {
            key: of.key,
            value: of.value,
            row: Anchor { offset: of.at, quote: of.row },
        });
        Ok(Amendment { of, now })
    }
}
