//! The way out, put together: guard, handshake and screen on the real terminal.

use std::time::{Duration, Instant};

use super::decoder::Reply;
use super::guard;
use super::handshake::{ArabicOutput, Environment, Handshake, Strategy, Verdict};
use super::screen::Screen;
use crate::app::TerminalNeeds;
use crate::frame::Frame;

/// How long the answers that are still on their way are waited for on the way out.
const DRAIN: Duration = Duration::from_millis(300);

/// How a terminal is entered.
#[derive(Clone, Debug, Default)]
pub struct TerminalOptions {
    /// What to send for Arabic.
    pub arabic: ArabicOutput,
}

/// The terminal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// It cannot be taken over.
    #[error("could not take the terminal over: {0}; start khabar in a terminal")]
    Enter(#[source] std::io::Error),
    /// It cannot be written.
    #[error("could not write to the terminal: {0}; the library is safe")]
    Write(#[source] std::io::Error),
    /// It cannot be read.
    #[error("could not read from the terminal: {0}; start khabar in a terminal")]
    Read(#[source] std::io::Error),
    /// Signals cannot be caught.
    #[error("could not watch for signals: {0}; the terminal was left as it was")]
    Signals(#[source] std::io::Error),
    /// There is nobody who would continue the program.
    #[error(
        "could not suspend: no shell with job control is there to go back to; go on reading, or leave with q"
    )]
    NoShell,
    /// The program could not be stopped.
    #[error("could not suspend: {0}; go on reading")]
    Suspend(#[source] std::io::Error),
}

/// The terminal, taken over. Dropping it leaves it as it was.
#[derive(Debug)]
pub struct Terminal {
    screen: Screen,
    handshake: Handshake,
    size: (u16, u16),
    bytes: Vec<u8>,
}

impl Terminal {
    /// Takes the terminal over and asks what it is; does not wait for the answers.
    ///
    /// # Errors
    /// Where there is no terminal to write to.
    pub fn enter(options: &TerminalOptions) -> Result<Self, TerminalError> {
        let (handshake, questions) = Handshake::begin(options.arabic, Environment::read(), Instant::now());
        if let Err(error) = guard::hold(&questions, false) {
            guard::release();
            return Err(TerminalError::Enter(error));
        }
        let screen = Screen::new(handshake.verdict().strategy);
        Ok(Self { screen, handshake, size: size(), bytes: Vec::new() })
    }

    /// Columns and rows, as they were asked for last.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Asks for columns and rows; where they changed, the next frame is sent whole.
    pub fn resized(&mut self) -> (u16, u16) {
        let now = size();
        if now != self.size {
            self.size = now;
            self.screen.forget();
        }
        now
    }

    /// Brings the screen to `frame`, in one write; none where it shows it already.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    pub fn draw(&mut self, frame: &Frame) -> Result<(), TerminalError> {
        self.bytes.clear();
        self.screen.update(frame, &mut self.bytes);
        if self.bytes.is_empty() {
            return Ok(());
        }
        guard::write(&self.bytes).map_err(TerminalError::Write)
    }

    /// The next frame is sent whole.
    pub fn redraw(&mut self) {
        self.screen.forget();
    }

    /// Takes an answer; what the layout must obey, where that changed.
    pub fn replied(&mut self, reply: &Reply) -> Option<TerminalNeeds> {
        let before = self.handshake.needs();
        let questions = self.handshake.replied(reply, Instant::now());
        if self.handshake.verdict().was_implicit() {
            guard::was_implicit();
        }
        if !questions.is_empty() {
            // If it cannot be written now, the next frame will say so.
            let _ = guard::write(&questions);
        }
        self.settle(before)
    }

    /// When the handshake stops waiting.
    pub fn handshake_deadline(&self) -> Option<Instant> {
        self.handshake.deadline()
    }

    /// The handshake's time is over; what the layout must obey, where that changed.
    pub fn handshake_timed_out(&mut self) -> Option<TerminalNeeds> {
        let before = self.handshake.needs();
        self.handshake.timed_out();
        self.settle(before)
    }

    fn settle(&mut self, before: TerminalNeeds) -> Option<TerminalNeeds> {
        self.screen.set_strategy(self.handshake.verdict().strategy);
        let needs = self.handshake.needs();
        (needs != before).then_some(needs)
    }

    /// What the terminal needs of the layout.
    pub fn needs(&self) -> TerminalNeeds {
        self.handshake.needs()
    }

    /// What is known of the terminal.
    pub fn verdict(&self) -> &Verdict {
        self.handshake.verdict()
    }

    /// Whether answers are still on their way: on the way out they are waited for, so that they do not reach the shell.
    pub fn drain_deadline(&self) -> Option<Instant> {
        self.is_waiting().then(|| Instant::now() + DRAIN)
    }

    /// Whether a question has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        self.handshake.is_waiting()
    }

    /// Gives the terminal back, stops the program, and takes the terminal over again when it is continued.
    ///
    /// # Errors
    /// Where the program cannot be stopped, or the terminal not be taken again; and where nobody would continue it,
    /// before anything is done.
    pub fn suspend(&mut self) -> Result<(), TerminalError> {
        if is_orphaned() {
            return Err(TerminalError::NoShell);
        }
        let implicit = self.handshake.verdict().was_implicit();
        guard::release();
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        let again = if self.handshake.verdict().strategy == Strategy::Explicit {
            super::handshake::EXPLICIT
        } else {
            b""
        };
        guard::hold(again, implicit).map_err(TerminalError::Enter)?;
        self.screen.forget();
        stopped.map_err(|error| TerminalError::Suspend(error.into()))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        guard::release();
    }
}

/// Whether the program's process group has no shell above it (POSIX: orphaned): it is that of the session's leader, as
/// under `xterm -e`. Stopped there, it would stay stopped for good.
fn is_orphaned() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session == rustix::process::getpgrp())
}

/// Columns and rows of the terminal; 80×24 where it does not say.
fn size() -> (u16, u16) {
    crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0).unwrap_or((80, 24))
}
