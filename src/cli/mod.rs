//! Arguments in, exit code out: the commands that need no screen, and the start of the reader.
//!
//! Alone names `clap`. What the commands print is made in `export`; what they do is done by `store` and `runtime`.

mod args;
mod commands;
mod export;
mod facts;
mod feed_args;
mod feeds;
mod follow_ups;
mod mutes;
mod newsboat;
mod output;
mod read;
mod verbs;

use std::process::ExitCode;

use clap::Parser;

use args::Arguments;
use output::{Failure, warn};

/// Runs the program with the arguments of the process; returns its exit code: 0 done, 1 failed, 2 bad usage.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Sentence(sentence)) => {
            warn(&sentence);
            ExitCode::FAILURE
        }
        Err(Failure::Usage(sentence)) => {
            warn(&sentence);
            ExitCode::from(2)
        }
    }
}
