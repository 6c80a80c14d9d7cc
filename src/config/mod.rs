//! The person's configuration and the folders of the program. Errors name file, line and what is known there.
//!
//! Alone names `toml` and `directories`. It knows no terminal and no library; `cli` hands its parts on.

mod file;
mod paths;

pub use file::{ArabicOutput, Config, ConfigError, parse};
pub use paths::{Paths, PathsError};
