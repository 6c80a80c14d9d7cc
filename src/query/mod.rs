//! The query language: words, phrases and operators in, a tree out; the same for views, filter, search and
//! commands.
//!
//! Owns [`parse`], the tree ([`Query`], [`Term`]), [`View`] and [`Sort`]. Pure: it knows no store, no SQL and no clock,
//! so an age such as `newer:12h` stays an age until someone who has the time asks. See `tree.rs` for what can be
//! said, `parse.rs` for how it is written, `matching.rs` for when two spellings are the same.

mod error;
mod matching;
mod parse;
mod tree;
mod view;

pub use error::{Problem, QueryError};
pub use matching::{contains, same, search_form};
pub use parse::parse;
pub use tree::{Age, Clause, Place, Query, State, Term, Unit};
pub use view::{Sort, View};
