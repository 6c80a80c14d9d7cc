//! `|`: a command of the shell that reads a text and has the terminal meanwhile.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

/// Runs `command` with `text` on its standard input and the terminal as it is for its output; afterwards waits for Enter,
/// so that what it printed can be read. Returns the sentence that says how it ended where it did not end well.
pub(super) fn pipe(command: &str, text: &str) -> Option<String> {
    let ended = run(command, text);
    let said = match &ended {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("{command:?} ended with {status}")),
        Err(error) => Some(format!("could not run {command:?} with sh: {error}; look whether sh is there")),
    };
    // Where there is nobody to press a key there is nothing to wait for.
    let _ = wait_for_enter(said.as_deref().unwrap_or("done"));
    said
}

fn run(command: &str, text: &str) -> io::Result<std::process::ExitStatus> {
    let mut child = Command::new("sh").args(["-c", command]).stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A command that has read enough closes its end; that is no failure.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait()
}

fn wait_for_enter(said: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "\n[{} · Enter goes back]", crate::export::harmless(said))?;
    out.flush()?;
    let mut terminal = File::open("/dev/tty")?;
    let mut byte = [0];
    while terminal.read(&mut byte)? == 1 && !matches!(byte, [b'\n' | b'\r' | b'q']) {}
    Ok(())
}
