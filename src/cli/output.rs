//! Printing: standard output that may be a closed pipe, and sentences on standard error.

use std::io::{self, Write};

/// A command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// One sentence for the person.
    Sentence(String),
    /// Whoever read the output has enough: no error.
    ClosedPipe,
}

impl Failure {
    /// A failure that says what an error says.
    pub(super) fn of(error: impl std::fmt::Display) -> Self {
        Self::Sentence(error.to_string())
    }
}

/// Prints a line to standard output.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
    written.map_err(|error| {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::ClosedPipe
        } else {
            Failure::Sentence(format!("could not write the output: {error}; look at where it goes"))
        }
    })
}

/// Prints a sentence to standard error, without anything in it that a terminal would obey.
pub(super) fn warn(sentence: &str) {
    let harmless = crate::export::harmless(sentence);
    // Nobody can be told that standard error is closed.
    let _ = writeln!(io::stderr().lock(), "khabar: {harmless}");
}

/// Articles between two updates of the progress line.
const STEP: usize = 500;

/// A line of progress on standard error, where that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    on: bool,
    articles: usize,
    shown: usize,
}

impl Progress {
    /// Nothing is shown until the first few hundred articles are in.
    pub(super) fn new() -> Self {
        use std::io::IsTerminal;
        Self { on: io::stderr().is_terminal(), articles: 0, shown: 0 }
    }

    /// So many more articles are in.
    pub(super) fn add(&mut self, articles: usize) {
        self.articles += articles;
        if self.on && self.articles >= self.shown + STEP {
            self.shown = self.articles;
            let _ = write!(io::stderr().lock(), "\r{} articles", self.articles);
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.shown > 0 {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

/// A line of progress of fetching, on standard error where that is a terminal.
#[derive(Debug)]
pub(super) struct FeedProgress {
    on: bool,
}

impl FeedProgress {
    /// Nothing is shown yet.
    pub(super) fn new() -> Self {
        use std::io::IsTerminal;
        Self { on: io::stderr().is_terminal() }
    }

    /// Shows that so many feeds of all are through, and so many articles are new.
    pub(super) fn show(&self, done: usize, of: usize, new: usize) {
        if self.on {
            let _ = write!(io::stderr().lock(), "\r{done}/{of} feeds · {new} new\u{1b}[K");
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.on {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
