//! A gate before the terminal's input: while it is closed the reading thread rests, so that a command that was given the
//! terminal gets what is typed. Opening and closing wake the thread by a pipe; nothing is polled.

use std::os::fd::OwnedFd;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The longest that closing waits for the reading thread to rest: it may be handing on a paste.
const PATIENCE: Duration = Duration::from_secs(1);

/// The gate.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    bell: OwnedFd,
    rung: OwnedFd,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    closed: bool,
    resting: bool,
}

/// While this lives the terminal's input is left to another program.
#[derive(Debug)]
pub struct Pause<'a>(pub(super) &'a Gate);

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        self.0.open();
    }
}

impl Gate {
    /// An open gate.
    pub(super) fn new() -> std::io::Result<Self> {
        let (rung, bell) = rustix::pipe::pipe()?;
        Ok(Self { state: Mutex::default(), changed: Condvar::new(), bell, rung })
    }

    /// What the reading thread sleeps on besides the terminal.
    pub(super) fn wake(&self) -> &OwnedFd {
        &self.rung
    }

    /// Whether it is closed.
    pub(super) fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Closes it, and waits until the reading thread rests.
    pub(super) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        // A bell that cannot be rung leaves the thread asleep until a key is typed, which it then takes for itself.
        let _ = rustix::io::write(&self.bell, b"!");
        let rests = self.changed.wait_timeout_while(state, PATIENCE, |state| !state.resting);
        drop(rests.unwrap_or_else(PoisonError::into_inner));
    }

    /// Opens it again.
    pub(super) fn open(&self) {
        self.state().closed = false;
        self.changed.notify_all();
    }

    /// Rests for as long as it is closed; whether it was.
    pub(super) fn rest_while_closed(&self) -> bool {
        let mut state = self.state();
        if !state.closed {
            return false;
        }
        let _ = rustix::io::read(&self.rung, &mut [0; 16]);
        state.resting = true;
        self.changed.notify_all();
        let woken = self.changed.wait_while(state, |state| state.closed);
        woken.unwrap_or_else(PoisonError::into_inner).resting = false;
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thread_rests_while_the_gate_is_closed() {
        let gate = Gate::new().unwrap();
        assert!(!gate.rest_while_closed());
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let mut fds = [rustix::event::PollFd::new(gate.wake(), rustix::event::PollFlags::IN)];
                rustix::event::poll(&mut fds, None).unwrap();
                gate.rest_while_closed()
            });
            let pause = Pause(&gate);
            pause.0.close();
            assert!(gate.is_closed() && gate.state().resting);
            drop(pause);
            assert!(thread.join().unwrap());
        });
        assert!(!gate.is_closed() && !gate.state().resting);
    }
}
