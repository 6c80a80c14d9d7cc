//! The terminal as it was: what must be undone, kept where every way out finds it, and done exactly once.

use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

/// Alternate screen, bracketed paste, cursor hidden.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// Synchronized update ended, style and scroll region as they were, cursor shown, paste off.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[r\x1b[?2004l\x1b[?25h";
/// The mouse: presses and the wheel, in SGR form (xterm's modes 1000 and 1006).
pub(super) const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
const LEAVE_SCREEN: &[u8] = b"\x1b[?1049l";

/// The exit code of a program that panicked, as Rust has it.
const PANICKED: i32 = 101;

/// What must be undone, if anything.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

#[derive(Clone, Debug)]
struct Held {
    /// The mouse is listened to.
    mouse: bool,
    /// What was switched in the terminal is switched back by these bytes.
    undo: Vec<u8>,
}

/// Takes the terminal over: raw mode, the alternate screen, then `questions`, in one write. `undo` is what switches back
/// what they switch.
///
/// # Errors
/// Where it is no terminal, or cannot be written.
pub(super) fn hold(questions: &[u8], undo: Vec<u8>, mouse: bool) -> std::io::Result<()> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        let holder = std::thread::current().id();
        std::panic::set_hook(Box::new(move |panic| {
            release();
            before(panic);
            if std::thread::current().id() != holder {
                // The others would draw on, or wait for this one for ever.
                std::process::exit(PANICKED);
            }
        }));
    });
    crossterm::terminal::enable_raw_mode()?;
    *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Held { mouse, undo });
    let mut bytes = ENTER.to_vec();
    if mouse {
        bytes.extend_from_slice(MOUSE);
    }
    bytes.extend_from_slice(questions);
    write(&bytes)
}

/// Notes what undoes the switches that are on now.
pub(super) fn set_undo(undo: Vec<u8>) {
    if let Some(held) = HELD.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        held.undo = undo;
    }
}

/// Leaves the terminal as it was. Called on every way out; the first call does it.
pub(super) fn release() {
    let Some(held) = HELD.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let mut bytes = LEAVE.to_vec();
    if held.mouse {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    // Before the alternate screen is left: lines keep the mode that they were written in.
    bytes.extend_from_slice(&held.undo);
    bytes.extend_from_slice(LEAVE_SCREEN);
    // On the way out nobody can be told any more.
    let _ = write(&bytes);
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Writes bytes to the terminal, at once.
pub(super) fn write(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
