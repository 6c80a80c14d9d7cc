//! The app room.

pub mod key;
pub mod terminal_needs;

pub use key::{Key, KeyCode};
pub use terminal_needs::TerminalNeeds;
