//! The way out, put together: guard, handshake and screen on the real terminal.

use std::time::{Duration, Instant};

use super::clipboard::{self, Through};
use super::decoder::{Awaiting, Reply};
use super::guard;
use super::handshake::{Handshake, Wishes};
use super::identity::{Environment, Verdict};
use super::input::Expectation;
use super::screen::Screen;
use crate::app::{Preference, TerminalNeeds};
use crate::frame::Frame;

/// How long the answers that are still on their way are waited for on the way out.
const DRAIN: Duration = Duration::from_millis(300);

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
    expectation: Expectation,
    mouse: bool,
    size: (u16, u16),
    bytes: Vec<u8>,
}

impl Terminal {
    /// Takes the terminal over, its `mouse` too where that is wanted, and asks what it is; does not wait for the answers.
    ///
    /// # Errors
    /// Where there is no terminal to write to.
    pub fn enter(wishes: Wishes, mouse: bool) -> Result<Self, TerminalError> {
        let (handshake, questions) = Handshake::begin(wishes, Environment::read(), Instant::now());
        if let Err(error) = guard::hold(&questions, handshake.undo(), mouse) {
            guard::release();
            return Err(TerminalError::Enter(error));
        }
        let screen = Screen::new(handshake.verdict());
        let expectation = Expectation::default();
        expectation.set(if handshake.is_waiting() { Awaiting::Answers } else { Awaiting::Nothing });
        Ok(Self { screen, handshake, expectation, mouse, size: size(), bytes: Vec::new() })
    }

    /// What the reading thread is told of answers that are on their way.
    pub fn expectation(&self) -> Expectation {
        self.expectation.clone()
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
    pub fn draw(&mut self, frame: Frame) -> Result<(), TerminalError> {
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
        let reaction = self.handshake.replied(reply, Instant::now());
        if reaction.repaint {
            self.screen.forget();
        }
        if !self.handshake.is_waiting() {
            self.expectation.set(Awaiting::Nothing);
        }
        self.settle(before, &reaction.send)
    }

    /// When the handshake stops waiting.
    pub fn handshake_deadline(&self) -> Option<Instant> {
        self.handshake.deadline()
    }

    /// The handshake's time is over; what the layout must obey, where that changed.
    pub fn handshake_timed_out(&mut self) -> Option<TerminalNeeds> {
        let before = self.handshake.needs();
        let send = self.handshake.timed_out();
        self.expectation.set(if self.handshake.is_waiting() { Awaiting::Late } else { Awaiting::Nothing });
        self.settle(before, &send)
    }

    /// Does from now on what the person said of this terminal; what the layout must obey, where that changed.
    pub fn prefer(&mut self, preference: Preference) -> Option<TerminalNeeds> {
        let before = self.handshake.needs();
        let send = self.handshake.prefer(preference);
        self.settle(before, &send)
    }

    fn settle(&mut self, before: TerminalNeeds, send: &[u8]) -> Option<TerminalNeeds> {
        guard::set_undo(self.handshake.undo());
        if !send.is_empty() {
            // If it cannot be written now, the next frame will say so.
            let _ = guard::write(send);
        }
        self.screen.obey(self.handshake.verdict());
        let needs = self.handshake.needs();
        (needs != before).then_some(needs)
    }

    /// Measures odd characters, for the doctor; the answers stand in the verdict later.
    pub fn measure(&mut self) {
        let questions = self.handshake.measure(Instant::now());
        if !questions.is_empty() {
            self.expectation.set(Awaiting::Answers);
            self.screen.forget();
            // If it cannot be written now, the next frame will say so.
            let _ = guard::write(&questions);
        }
    }

    /// Copies text to the person's clipboard; whether the terminal is known to take it, and it was not too long.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    pub fn copy(&mut self, text: &str) -> Result<bool, TerminalError> {
        let answers = &self.handshake.verdict().answers;
        let environment = self.handshake.environment();
        let through = if environment.screen || matches!(answers.secondary.as_deref(), Some([83, ..])) {
            Through::Screen
        } else if answers.is_multiplexer() || environment.multiplexed {
            Through::Tmux
        } else {
            Through::Direct
        };
        let Some(bytes) = clipboard::copy(text, through) else { return Ok(false) };
        let takes = answers.takes_copies();
        guard::write(&bytes).map_err(TerminalError::Write)?;
        Ok(takes)
    }

    /// The environment that was read at the start.
    pub fn environment(&self) -> &Environment {
        self.handshake.environment()
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

    /// Gives the terminal back to the shell's own mode, for a command that is to have it; [`Terminal::take_again`] ends it.
    pub fn give_back(&mut self) {
        guard::release();
    }

    /// Takes the terminal over again; the next frame is sent whole.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn take_again(&mut self) -> Result<(), TerminalError> {
        self.screen.forget();
        guard::hold(&self.handshake.redo(), self.handshake.undo(), self.mouse).map_err(TerminalError::Enter)
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
        self.give_back();
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        self.take_again()?;
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
