//! The real program as a command: run to its end.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program with all its files under `home`, and `input` on its standard input.
pub fn khabar(home: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("KHABAR_HOME", home)
        .env_remove("TERM")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut typed = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that does not read its input may have ended already; one that prints while it reads must not wait.
    let writer = std::thread::spawn(move || drop(typed.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}
