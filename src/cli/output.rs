//! Printing: standard output that may be a closed pipe, and sentences on standard error.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// A command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// One sentence for the person.
    Sentence(String),
    /// The same, where it is the command line that cannot be used.
    Usage(String),
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
    print(text, "\n")
}

/// Prints a text to standard output as it is.
pub(super) fn raw(text: &str) -> Result<(), Failure> {
    print(text, "")
}

fn print(text: &str, end: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
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

/// The time between two updates of the progress line.
const STEP: Duration = Duration::from_millis(200);

/// A line of progress on standard error, where that is a terminal: how many, how fast, how long it will still take.
#[derive(Debug)]
pub(super) struct Progress {
    on: bool,
    what: &'static str,
    begun: Instant,
    shown: Option<Instant>,
    done: usize,
}

impl Progress {
    /// Of articles that are `what` ("stored", "read").
    pub(super) fn new(what: &'static str) -> Self {
        use std::io::IsTerminal;
        Self { on: io::stderr().is_terminal(), what, begun: Instant::now(), shown: None, done: 0 }
    }

    /// So many more articles are done, of which `part` of the whole, between 0 and 1, is made up.
    pub(super) fn add(&mut self, articles: usize, part: f64) {
        self.done += articles;
        let now = Instant::now();
        if !self.on || now.duration_since(self.shown.unwrap_or(self.begun)) < STEP {
            return;
        }
        self.shown = Some(now);
        let line = progress_line(self.what, self.done, now.duration_since(self.begun), part);
        let _ = write!(io::stderr().lock(), "\r{line}\u{1b}[K");
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        if self.shown.is_some() {
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

/// The progress line: `12345 articles stored · 11200 a second · 8 seconds left`.
fn progress_line(what: &str, done: usize, taken: Duration, part: f64) -> String {
    let seconds = taken.as_secs_f64().max(0.001);
    // Articles fit a float exactly, up to more than any library has.
    let rate = (done as f64 / seconds).round();
    let mut line = format!("{done} articles {what} · {rate:.0} a second");
    if part > 0.01 && part < 1.0 {
        let left = (seconds / part * (1.0 - part)).ceil();
        line.push_str(&match left {
            left if left < 90.0 => format!(" · {left:.0} s left"),
            left => format!(" · {:.0} min left", (left / 60.0).ceil()),
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_rate_and_remaining() {
        let line = |done, seconds, part| progress_line("stored", done, Duration::from_secs(seconds), part);
        assert_eq!(line(20_000, 2, 0.2), "20000 articles stored · 10000 a second · 8 s left");
        assert_eq!(line(300, 30, 0.1), "300 articles stored · 10 a second · 5 min left");
        assert_eq!(line(300, 3, 0.0), "300 articles stored · 100 a second");
        assert_eq!(line(300, 3, 1.0), "300 articles stored · 100 a second");
    }
}
