//! The cli room: arguments and headless commands.

use std::process::ExitCode;

/// Runs the program; returns its exit code.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
