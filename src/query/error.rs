//! What can be wrong with a query, and where. Knows the language's words only; `parse.rs` raises it.

use thiserror::Error;

use crate::article::Span;

/// A query that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct QueryError {
    /// Which bytes of the query are meant.
    pub at: Span,
    /// What is wrong with them.
    pub problem: Problem,
}

/// What is wrong; each is one sentence that says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// A quote without its end.
    #[error("the quotation has no closing quote: add one")]
    OpenQuote,
    /// Nothing between two quotes.
    #[error("there is nothing between the quotes: write the words to look for")]
    EmptyQuote,
    /// A minus that stands alone.
    #[error("the minus stands alone: write it before what is to be left out, as in -sport")]
    LoneMinus,
    /// An operator that is not of the language.
    #[error(
        "there is no operator \"{0}:\"{known}: put it in quotes to look for the words themselves",
        known = .1.map(|known| format!(" (\"{known}:\" perhaps)")).unwrap_or_default()
    )]
    NoSuchOperator(String, Option<&'static str>),
    /// An operator without a value.
    #[error("\"{0}:\" says nothing: write what it should be, as in {1}")]
    NoValue(String, &'static str),
    /// A value that the operator does not have.
    #[error("\"{operator}:\" cannot be \"{value}\": it is one of {known}")]
    NoSuchValue {
        /// The operator.
        operator: String,
        /// What was written.
        value: String,
        /// What may be written.
        known: &'static str,
    },
    /// Not a number with a unit.
    #[error("\"{0}\" is not an age: write a number and h, d or w, as in 12h, 3d, 2w")]
    NotAnAge(String),
    /// A value that is no day.
    #[error("\"{0}\" is no day: write it as in due:2026-12-01, due:<2026-12, due:2026")]
    NotADay(String),
    /// A value that has no order.
    #[error(
        "\"{0}\" is neither a day nor a number: write it as in date:>2026-12-01, date:<2027-01, price:>=100"
    )]
    NotComparable(String),
}
