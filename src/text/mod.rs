//! Unicode text on a cell grid: analyse → shape → break lines (logical order) → reorder each line → cells.
//!
//! [`analyse`] looks at a paragraph once: clusters (UAX #29), widths, levels (UAX #9), joining, break opportunities
//! (UAX #14). [`Paragraph::break_lines`] breaks it at a width, [`Paragraph::line`] brings a line into visual order.
//! Every cell knows the source bytes that it came from. Nothing above this room measures or reorders text; the room
//! knows no screen, does no I/O and fails on no input.

mod analysis;
mod chars;
mod cluster;
mod count;
mod direction;
pub mod fold;
mod forms;
pub mod implicit;
mod islands;
mod joining;
mod levels;
mod line;
mod line_break;
mod prepare;
mod reorder;
pub mod tokens;
mod truncate;
pub mod words;

#[cfg(test)]
mod tests;

pub use analysis::{Base, Harakat, Options, Paragraph, analyse, width};
pub use chars::{is_alphabetic, is_alphanumeric, is_number, is_reordered_char, is_rtl_char};
pub use cluster::{Cluster, Clusters, clusters};
pub use count::words;
pub use direction::{Direction, direction_of, is_numeric};
pub use levels::levels;
pub use line::{Line, LineCell};
pub use line_break::opportunities;
pub use reorder::{is_white, reset_trailing, visual_order};
