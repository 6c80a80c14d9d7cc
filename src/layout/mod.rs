//! Block layout: an article and a measure in, placed rows out, with places that survive reflow.
//!
//! Rows speak of *start* and *end*: a part's distance is counted from the row's start edge, which is the right edge of
//! a right-to-left row. `ui` turns that into columns of the screen. The room asks no clock, does no I/O and fails on
//! no article.

mod blocks;
mod facts;
mod flow;
mod row;
mod table;

pub use facts::{FactRows, fact_rows};
pub use flow::{Flow, Place};
pub use row::{Measure, Part, Role, Row};
