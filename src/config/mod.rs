//! The person's configuration and the folders of the program. Errors name file, line and what is known there.
//!
//! Alone names `toml` and `directories`. It knows no terminal and no library; `cli` hands its parts on.

mod fetching;
mod file;
mod keymap;
mod memory;
mod paths;

pub use fetching::{Fetch, period};
pub use file::{Config, ConfigError, Keep, arabic_names, arabic_output, parse};
pub use memory::Memory;
pub use paths::{Paths, PathsError};
