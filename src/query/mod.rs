//! The query language: words, phrases and operators in, a tree out; the same for views, filter, search and
//! commands.
//!
//! Owns [`parse`], the tree ([`Query`], [`Term`]), [`View`] and [`Sort`]. Pure: it knows no store, no SQL and no clock,
//! so an age such as `newer:12h` stays an age until someone who has the time asks. See `tree.rs` for what can be
//! said, `parse.rs` for how it is written, `matching.rs` for when two spellings are the same,
//! `value.rs` for what can be asked of a fact's value, `board.rs` for what can be asked of the Board, `words.rs` for which
//! forms of a word a search means, `matcher.rs` for where they stand in a text, `mute.rs` for what can be silenced,
//! `day.rs` for days as they are written.

mod board;
mod day;
mod error;
mod matcher;
mod matching;
mod mute;
mod parse;
mod tree;
mod value;
mod variants;
mod view;
mod words;

pub use board::{BoardColumn, BoardOrder, BoardQuery, CellOrder, OfferedColumn, cells_of, columns_of};
pub use day::{NoDay, parse_day};
pub use error::{Problem, QueryError};
pub use matcher::Matcher;
pub use matching::{Wanted, contains, same, search_form};
pub use mute::{Mute, MutedSubject};
pub use parse::parse;
pub use tree::{Age, Clause, Place, Query, State, Term, Unit};
pub use value::{Relation, Test};
pub use variants::Variants;
pub use view::{Sort, View};
pub use words::{Forms, IndexForm, Tier, forms, joined, key_of};
