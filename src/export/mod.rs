//! Articles and facts on their way out, as text: [`json`] for programs, [`whole`] to come
//! back into a library, [`csv`] and [`board`] for spreadsheets, [`plain`] for people and pipes, [`markdown`] and [`html`] to keep or
//! send, [`ics`] for calendars.
//!
//! Pure: an article in, text out. It knows no store, no terminal and no width; laid-out text is `layout`'s. Text
//! from outside leaves it harmless: [`harmless`] takes controls out, JSON writes them as escapes.

pub mod board;
pub mod csv;
pub mod feed;
#[cfg(test)]
mod fixture;
mod harmless;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod plain;
pub mod report;
pub mod whole;

pub use harmless::harmless;
