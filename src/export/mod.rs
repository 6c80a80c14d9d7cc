//! Articles and facts on their way out, as text: [`json`] for programs, [`csv`] for
//! spreadsheets, [`plain`] for people and pipes.
//!
//! Pure: an article in, text out. It knows no store, no terminal and no width; laid-out text is `layout`'s. Text
//! from outside leaves it harmless: [`harmless`] takes controls out, JSON writes them as escapes.

pub mod csv;
pub mod feed;
#[cfg(test)]
mod fixture;
mod harmless;
pub mod json;
pub mod plain;
pub mod report;

pub use harmless::harmless;
