//! The real program in a pseudo-terminal, behind a VT emulator that answers as a real terminal does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may panic, and not each uses all"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The longest wait for anything; reached only where something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the terminal answers questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// As xterm does.
    Xterm,
    /// As VTE does, which orders text itself until it is told not to.
    Vte,
    /// As Konsole does, which orders text itself and is told so in its own way.
    Konsole,
    /// Not at all.
    Silent,
}

/// A running program and its screen.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    emulator: vt100::Parser,
    raw: Vec<u8>,
    answered: usize,
    answers: Answers,
    ended: bool,
}

impl Pty {
    /// Starts the program in a terminal of `columns`×`rows`, with all its files under `home`.
    pub fn spawn(home: &Path, arguments: &[&str], columns: u16, rows: u16, answers: Answers) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_khabar"));
        command.args(arguments);
        Self::start(command, home, columns, rows, answers)
    }

    /// Starts a line of shell, with job control, in which `$0` is the program.
    pub fn shell(home: &Path, line: &str, columns: u16, rows: u16, answers: Answers) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-m", "-c", line, env!("CARGO_BIN_EXE_khabar")]);
        Self::start(command, home, columns, rows, answers)
    }

    fn start(mut command: CommandBuilder, home: &Path, columns: u16, rows: u16, answers: Answers) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        command.env("KHABAR_HOME", home);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(many @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..many].to_vec()).is_err() {
                    return;
                }
            }
        });
        let emulator = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        Self {
            master: pair.master,
            writer,
            child,
            bytes,
            emulator,
            raw: Vec::new(),
            answered: 0,
            answers,
            ended: false,
        }
    }

    /// Types keys, as bytes.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Changes the screen's size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.emulator.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
    }

    /// Reads until the screen is as `wanted` says, and returns it.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return screen;
            }
            assert!(
                !self.ended && Instant::now() < deadline,
                "waited for {what}, and the screen is:\n{screen}"
            );
            self.read(Duration::from_millis(50));
        }
    }

    /// Reads until the screen holds `text`.
    pub fn wait_text(&mut self, text: &str) -> String {
        self.wait_for(text, |screen| screen.contains(text))
    }

    /// Reads until the program (or the shell around it) has sent `text`.
    pub fn wait_raw(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.raw().contains(text) {
            assert!(!self.ended && Instant::now() < deadline, "waited for {text}, and got {:?}", self.raw());
            self.read(Duration::from_millis(50));
        }
    }

    /// The screen as text, marks of direction off.
    pub fn screen(&self) -> String {
        self.emulator.screen().contents().replace('\u{200e}', "")
    }

    /// All bytes that the program has sent.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Whether the emulator shows the alternate screen.
    pub fn is_alternate(&self) -> bool {
        self.emulator.screen().alternate_screen()
    }

    /// Reads until the program has ended; returns its exit code.
    pub fn wait_exit(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        while !self.ended {
            assert!(Instant::now() < deadline, "the program does not end; its screen is:\n{}", self.screen());
            self.read(Duration::from_millis(50));
        }
        self.child.wait().unwrap().exit_code()
    }

    /// Reads until nothing has come for a second.
    pub fn settle(&mut self) {
        loop {
            let before = self.raw.len();
            self.read(Duration::from_secs(1));
            if self.raw.len() == before {
                return;
            }
        }
    }

    fn read(&mut self, wait: Duration) {
        match self.bytes.recv_timeout(wait) {
            Ok(bytes) => {
                self.raw.extend_from_slice(&bytes);
                self.emulator.process(&bytes);
                self.answer();
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => self.ended = true,
        }
    }

    /// Answers the questions that have come, in their order.
    fn answer(&mut self) {
        let (first, fence, name) = match self.answers {
            Answers::Silent => return,
            Answers::Xterm => (["\x1b[8;0$y"; 2], "\x1b[?64;1;2c", "\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c"),
            Answers::Konsole => (["", ""], "\x1b[?62;1;4c", "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c"),
            Answers::Vte => (["\x1b[8;1$y", "\x1b[8;2$y"], "\x1b[?65;1;9c", "\x1b[>65;7006;1c"),
        };
        let count = |text: &[u8], part: &[u8]| text.windows(part.len()).filter(|own| *own == part).count();
        let fences = count(&self.raw, b"\x1b[c");
        while self.answered < fences {
            let reply = if self.answered.is_multiple_of(2) {
                format!("{}{}{fence}", first[0], first[1])
            } else {
                format!("{name}{fence}")
            };
            self.answered += 1;
            self.send(&reply);
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
