//! The way in: a thread that sleeps on the terminal and one that sleeps on signals. Nothing wakes them but what they
//! wait for; only behind an Esc the first looks again after a moment.

use std::fs::File;
use std::io::IsTerminal;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::decoder::{Awaiting, Decoder, Reply};
use super::gate::{Gate, Pause};
use super::guard;
use super::shell::TerminalError;
use crate::app::{Key, Mouse};

/// How long an Esc waits for what would make it a sequence.
const ESCAPE: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };
/// The same while answers are due, of which it may be the first byte.
const ESCAPE_AWAITING: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };
/// How long the loop may take to leave after a signal, before the terminal is restored over its head.
const GRACE: Duration = Duration::from_secs(2);
/// How often it is looked, in as long again, whether that has been done.
const LAST_LOOKS: u32 = 40;

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// Text that was pasted; its controls are out.
    Paste(String),
    /// An answer of the terminal.
    Reply(Reply),
    /// The terminal has, or has no longer, the person's attention.
    Focus(bool),
    /// The screen has another size.
    Resize,
    /// Someone asked the program to stop for a while (SIGTSTP).
    Suspend,
    /// The program goes on after having been stopped (SIGCONT).
    Resumed,
    /// The terminal is gone.
    Hangup,
    /// A signal asks the program to end; its number.
    Terminate(i32),
}

/// Tells the reading thread whether answers of the terminal are on their way.
#[derive(Clone, Debug, Default)]
pub struct Expectation(Arc<AtomicU8>);

impl Expectation {
    /// Tells it.
    pub fn set(&self, awaiting: Awaiting) {
        let number = match awaiting {
            Awaiting::Nothing => 0,
            Awaiting::Late => 1,
            Awaiting::Answers => 2,
        };
        self.0.store(number, Ordering::Relaxed);
    }

    fn get(&self) -> Awaiting {
        match self.0.load(Ordering::Relaxed) {
            0 => Awaiting::Nothing,
            1 => Awaiting::Late,
            _ => Awaiting::Answers,
        }
    }
}

/// The threads that read. They end with the process.
#[derive(Debug)]
pub struct InputReader(Arc<Gate>);

impl InputReader {
    /// Starts reading; `expectation` is the terminal's. `sink` is called from both threads; where it returns false, the
    /// thread ends.
    ///
    /// # Errors
    /// Where the terminal cannot be read or signals cannot be caught.
    pub fn start(
        expectation: Expectation,
        sink: impl Fn(Input) -> bool + Send + Sync + 'static,
    ) -> Result<Self, TerminalError> {
        let sink = Arc::new(sink);
        let gate = Arc::new(Gate::new().map_err(TerminalError::Read)?);
        let (of_signal_gate, of_reader_gate) = (Arc::clone(&gate), Arc::clone(&gate));
        let terminal = open()?;
        let mut signals = Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])
            .map_err(TerminalError::Signals)?;
        let of_signals = Arc::clone(&sink);
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if of_signal_gate.is_closed() && matches!(signal, SIGINT | SIGTSTP) {
                    // They are meant for the command that has the terminal; stopped, it is to leave the shell in charge.
                    if signal == SIGTSTP {
                        let _ = rustix::process::kill_process(
                            rustix::process::getpid(),
                            rustix::process::Signal::STOP,
                        );
                    }
                    continue;
                }
                let input = match signal {
                    SIGWINCH => Input::Resize,
                    SIGTSTP => Input::Suspend,
                    SIGCONT => Input::Resumed,
                    SIGHUP => Input::Hangup,
                    signal => Input::Terminate(signal),
                };
                if matches!(input, Input::Hangup | Input::Terminate(_)) {
                    insist(signal);
                }
                if !of_signals(input) {
                    return;
                }
            }
        });
        std::thread::spawn(move || read(&terminal, &expectation, &of_reader_gate, &*sink));
        Ok(Self(gate))
    }

    /// Leaves the terminal to another program, until what is returned is dropped.
    pub fn pause(&self) -> Pause<'_> {
        self.0.close();
        Pause(&self.0)
    }
}

/// The terminal, for reading: standard input, or where that is something else, the controlling terminal.
fn open() -> Result<OwnedFd, TerminalError> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return stdin.as_fd().try_clone_to_owned().map_err(TerminalError::Read);
    }
    File::open("/dev/tty").map(OwnedFd::from).map_err(TerminalError::Read)
}

fn read(
    terminal: &OwnedFd,
    expectation: &Expectation,
    gate: &Gate,
    sink: &(dyn Fn(Input) -> bool + Send + Sync),
) {
    let mut decoder = Decoder::default();
    let mut buffer = [0; 4096];
    let mut inputs = Vec::new();
    loop {
        let awaiting = expectation.get();
        decoder.expect(awaiting);
        let patience = if awaiting == Awaiting::Answers { &ESCAPE_AWAITING } else { &ESCAPE };
        let wait = decoder.is_waiting().then_some(patience);
        let mut fds = [PollFd::new(terminal, PollFlags::IN), PollFd::new(gate.wake(), PollFlags::IN)];
        let ready = poll(&mut fds, wait);
        if gate.rest_while_closed() {
            continue;
        }
        match ready {
            Ok(0) => decoder.flush(&mut inputs),
            Ok(_) => match rustix::io::read(terminal, &mut buffer) {
                Ok(0) => {
                    sink(Input::Hangup);
                    return;
                }
                Ok(many) => decoder.feed(buffer.get(..many).unwrap_or(&[]), &mut inputs),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => {
                    sink(Input::Hangup);
                    return;
                }
            },
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => {
                sink(Input::Hangup);
                return;
            }
        }
        for input in inputs.drain(..) {
            if !sink(input) {
                return;
            }
        }
    }
}

/// Restores the terminal and ends the process, if it has not ended by itself after the grace.
fn insist(signal: i32) {
    std::thread::spawn(move || {
        std::thread::sleep(GRACE);
        // A terminal that takes nothing more (a stopped line) would hold this up for ever.
        let released = std::thread::spawn(guard::release);
        for _ in 0..LAST_LOOKS {
            if released.is_finished() {
                break;
            }
            std::thread::sleep(GRACE / LAST_LOOKS);
        }
        std::process::exit(128 + signal);
    });
}
