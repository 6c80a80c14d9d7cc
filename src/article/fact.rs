//! Facts: a key and a value, with the evidence that they stand in the article.

use jiff::civil::{Date, Time};

use super::Span;

/// A key and a value of a summary table.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The key, as printed (borders, bullets and the colon off).
    pub key: String,
    /// The value, as printed.
    pub value: String,
    /// Canonical name that all languages share (`host_country`), where the key has one.
    pub concept: Option<String>,
    /// What the value means, where that is sure.
    pub normalized: Vec<Normalized>,
    /// Where it stands. No evidence, no fact.
    pub evidence: Evidence,
    /// How it was found.
    pub method: Method,
    /// 0 to 1.
    pub confidence: f32,
}

/// Where a fact stands in the article's canonical text. All spans of a fact that a person entered
/// ([`Method::Person`]) may be empty: the person is the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The key's bytes.
    pub key: Span,
    /// The value's bytes.
    pub value: Span,
    /// The whole row's bytes.
    pub row: Span,
    /// Which of the article's tables, and which of its rows.
    pub table: Option<(usize, usize)>,
    /// The sentence of the body that says the same.
    pub sentence: Option<Span>,
    /// The sentence of the body that says otherwise.
    pub contradiction: Option<Span>,
}

/// How a fact was found, from sure to guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// An HTML table, definition list or labelled paragraph.
    Html,
    /// A delimiter between key and value.
    Delimited,
    /// One space between key and value: the border was found by cues.
    Flattened,
    /// Entered by the person.
    Person,
}

/// A typed value.
#[derive(Clone, Debug, PartialEq)]
pub enum Normalized {
    /// ISO 3166-1 alpha-2 code.
    Country(String),
    /// A day of the Gregorian calendar, whatever calendar it was written in.
    Date(Date),
    /// Days from one to another, both included: a range, a month, a year.
    Period {
        /// The first day.
        from: Date,
        /// The last day, not before the first.
        to: Date,
    },
    /// A time of day.
    Time {
        /// The time on the clock.
        time: Time,
        /// Minutes east of UTC, where the zone is said («بتوقيت غرينتش», «بتوقيت مكة المكرمة»).
        offset: Option<i16>,
    },
    /// An amount of money.
    Money {
        /// The amount, scale words («مليون») multiplied in.
        amount: f64,
        /// ISO 4217 code.
        currency: String,
    },
    /// A percentage: 15 for «15%».
    Percent(f64),
    /// Said to be announced later («موعد لاحق»).
    ToBeAnnounced,
    /// A number and its unit, as printed.
    Quantity {
        /// The number.
        number: f64,
        /// The unit's text; empty where there is none.
        unit: String,
    },
    /// Several items.
    List(Vec<String>),
}
