//! From [`State`](crate::app::State) to a [`Frame`](crate::frame::Frame). Reads, never changes; the same state gives the same cells.
//!
//! `paint` alone writes symbols into the buffer. Panes count columns from the interface's start side; here, and only
//! here, they become left and right. What the terminal does with the cells is not known here.

mod board;
mod doctor;
mod facts;
mod header;
mod help;
mod list;
mod paint;
mod palette;
mod places;
mod reader;
mod status;
mod theme;
mod view;

#[cfg(test)]
mod tests;

pub use theme::Theme;
pub use view::view;
