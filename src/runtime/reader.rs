//! The reader's event loop: wait, take all that is waiting, update, perform, arrange, draw once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::browser::{self, Way};
use super::clock::Timers;
use super::fetch::Behind;
use super::keeper::Keeper;
use super::librarian::{Desk, Librarian, last_orders, last_session, last_tags};
use super::opening::{LibrarySource, Sink, open_library};
use crate::app::{Effect, Event, Examined, Imported, Layout, Screen, State};
use crate::config::{Config, Memory};
use crate::frame::Frame;
use crate::store::{Retention, StoreError};
use crate::terminal::{Environment, Input, InputReader, Terminal, TerminalError, Verdict, Wishes};
use crate::ui::{Theme, view};

/// The longest wait for the library before the first frame is drawn all the same.
const FIRST_FRAME: Duration = Duration::from_millis(150);

/// What the reader is started with.
#[derive(Debug)]
pub struct ReaderOptions {
    /// The library.
    pub library: LibrarySource,
    /// The file of the person's own library.
    pub own: PathBuf,
    /// The configuration.
    pub config: Config,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// The file of what is remembered of terminals.
    pub terminals: PathBuf,
    /// The file that copies go to where the terminal takes none.
    pub copied: PathBuf,
    /// Whether only the doctor is wanted.
    pub doctor: bool,
}

/// How the reader was left.
#[derive(Clone, Debug)]
pub struct Left {
    /// How it ended.
    pub exit: Exit,
    /// What was found of the terminal.
    pub verdict: Verdict,
    /// What the session did, where the person wants to be told.
    pub summary: Option<String>,
}

/// How the reader ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The person left.
    Quit,
    /// A signal ended it; its number.
    Signal(i32),
}

/// The reader could not run.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The library cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The terminal cannot be used.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// Nothing that was given could be read; a sentence each.
    #[error("{}", .0.join("\n"))]
    NothingToRead(Vec<String>),
}

enum Message {
    Input(Input),
    Event(Event),
}

/// Opens the reader and returns when it is left.
///
/// # Errors
/// Where the library or the terminal cannot be used, or nothing that was given can be read. The terminal is as it was.
pub fn read(options: ReaderOptions) -> Result<Left, ReaderError> {
    let (sender, messages) = channel();
    let ReaderOptions { library, own, config, no_color, terminals, copied, doctor } = options;
    let behind = sender.clone();
    let sink: Sink = Arc::new(move |event| {
        let _ = behind.send(Message::Event(event));
    });
    let (store, library, failures) = open_library(library, &own, &sink)?;
    let (session, tags, orders) = (last_session(&store), last_tags(&store), last_orders(&store));
    let memory = Memory::load(&terminals);
    let environment = Environment::read();
    let wishes = Wishes {
        output: config.arabic,
        preferred: memory.preferred.clone(),
        remembered: memory.last.get(&environment.key()).copied(),
    };
    let terminal = Terminal::enter(wishes, config.mouse)?;
    let mut settings = config.settings;
    if let (Layout::Unknown, Some(layout)) = (settings.layout, memory.layout) {
        settings.layout = layout;
    }
    let fetch_interval = config.fetch.interval;
    let behind = Behind { library: own.clone(), fetch: config.fetch };
    let retention = Retention { days: config.keep.days, articles: config.keep.articles };
    let zone = config.zone.clone();
    let desk = Desk { store, library, own, session: session_name(), zone, retention, fetch_interval };
    let events = sender.clone();
    let librarian = Librarian::start(desk, move |event| {
        let _ = events.send(Message::Event(event));
    });
    let inputs = sender.clone();
    let input =
        InputReader::start(terminal.expectation(), move |input| inputs.send(Message::Input(input)).is_ok())?;
    let mut state = State::new(terminal.size(), Timestamp::now(), config.zone, settings, library);
    state.configure(config.keymap, config.saved, config.variants);
    state.remember_tags(tags);
    state.orders = orders;
    if !failures.is_empty() {
        let _ = sender.send(Message::Event(Event::Imported(Imported {
            changed: 0,
            failed: failures,
            finished: true,
        })));
    }
    let theme = if no_color { Theme::plain() } else { Theme::colours() };
    let mut shell = Shell {
        state,
        terminal,
        librarian,
        theme,
        timers: Timers::default(),
        exit: None,
        shown: false,
        memory: Keeper { memory, file: terminals },
        measured: false,
        copied,
        input,
        behind,
        events: sender,
    };
    let effects = shell.state.start(session);
    shell.perform(effects);
    if doctor {
        shell.state.doctor_only = true;
        let effects = shell.state.open_doctor();
        shell.perform(effects);
    }
    shell.event(Event::Needs(shell.terminal.needs()));
    let result = shell.run(&messages);
    if result.is_err() {
        // The line was cut in the middle of a frame, before anyone said so.
        let effects = shell.state.save_now();
        shell.perform(effects);
    }
    let Shell { state, librarian, mut terminal, mut memory, .. } = shell;
    librarian.finish();
    drain(&mut terminal, &messages);
    let verdict = terminal.verdict().clone();
    if verdict.settled {
        memory.remember(terminal.environment().key(), verdict.strategy);
    }
    drop(terminal);
    let summary = state.settings.summary.then(|| state.tally.sentence()).flatten();
    Ok(Left { exit: result?, verdict, summary })
}

/// Waits a moment for answers that are still on their way, so that they do not end up in the shell.
fn drain(terminal: &mut Terminal, messages: &Receiver<Message>) {
    let Some(deadline) = terminal.drain_deadline() else { return };
    while terminal.is_waiting() {
        match messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Message::Input(Input::Reply(reply))) => {
                terminal.replied(&reply);
            }
            Ok(Message::Input(Input::Hangup)) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Everything of a running reader.
struct Shell {
    state: State,
    terminal: Terminal,
    librarian: Librarian,
    theme: Theme,
    timers: Timers,
    exit: Option<Exit>,
    /// Whether the list has come, so that a first frame is worth drawing.
    shown: bool,
    memory: Keeper,
    copied: PathBuf,
    input: InputReader,
    behind: Behind,
    events: Sender<Message>,
    /// Whether odd characters have been measured since the doctor was opened.
    measured: bool,
}

impl Shell {
    fn run(&mut self, messages: &Receiver<Message>) -> Result<Exit, ReaderError> {
        let began = Instant::now();
        loop {
            if let Some(exit) = self.exit.take() {
                return Ok(exit);
            }
            let first_frame = (!self.shown).then(|| began + FIRST_FRAME);
            let deadline = [self.timers.next(), self.terminal.handshake_deadline(), first_frame];
            let message = match deadline.into_iter().flatten().min() {
                Some(at) => messages.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Quit),
            }
            // All that waits is taken before a frame is drawn: ten held keys cost one.
            while let Ok(message) = messages.try_recv() {
                self.take(message);
            }
            let now = Instant::now();
            for timer in self.timers.due(now) {
                self.event(Event::Timer(timer));
            }
            if self.terminal.handshake_deadline().is_some_and(|at| at <= now) {
                if let Some(needs) = self.terminal.handshake_timed_out() {
                    self.event(Event::Needs(needs));
                }
                if self.state.screen == Screen::Doctor {
                    self.examined();
                }
            }
            self.shown |= began.elapsed() >= FIRST_FRAME;
            if self.shown && self.exit.is_none() {
                self.draw()?;
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Event(event) => self.event(event),
            Message::Input(input) => self.input(input),
        }
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.event(Event::Key(key)),
            Input::Mouse(mouse) => self.event(Event::Mouse(mouse)),
            Input::Paste(text) => self.event(Event::Paste(text)),
            Input::Reply(reply) => {
                if let Some(needs) = self.terminal.replied(&reply) {
                    self.event(Event::Needs(needs));
                }
                if self.state.screen == Screen::Doctor {
                    self.examined();
                }
            }
            Input::Resize => {
                let (columns, rows) = self.terminal.resized();
                self.event(Event::Resize(columns, rows));
            }
            Input::Suspend => self.perform(vec![Effect::Suspend]),
            Input::Resumed => {
                self.terminal.redraw();
                let (columns, rows) = self.terminal.resized();
                self.event(Event::Resize(columns, rows));
            }
            Input::Focus(_) => {}
            Input::Hangup => self.leave(Exit::Signal(1)),
            Input::Terminate(signal) => self.leave(Exit::Signal(signal)),
        }
    }

    /// Tells the doctor what is known of the terminal.
    fn examined(&mut self) {
        if !self.measured && !self.terminal.is_waiting() {
            self.measured = true;
            self.terminal.measure();
        }
        let verdict = self.terminal.verdict();
        let lines = verdict.lines().into_iter().map(|(label, text)| (label.to_owned(), text)).collect();
        let examined = Examined {
            lines,
            strategy: verdict.strategy,
            preference: verdict.preference,
            marks_in_place: verdict.marks_in_place(),
            tells_colours: verdict.answers.tells_colours(),
        };
        self.event(Event::Examined(examined));
    }

    /// Copies by the terminal; where it takes no copies, or the text is too long for one, to a file.
    fn copy(&mut self, text: &str) {
        match self.terminal.copy(text) {
            Ok(true) => {}
            Ok(false) => {
                let folder = self.copied.parent().map_or(Ok(()), std::fs::create_dir_all);
                let file = self.copied.display().to_string();
                let event = match folder.and_then(|()| std::fs::write(&self.copied, text)) {
                    Ok(()) => Event::Said(format!("this terminal takes no copy of it: written to {file}")),
                    Err(error) => Event::Failed(format!(
                        "could not write the copy to {file}: {error}; free some space there"
                    )),
                };
                self.event(event);
            }
            Err(error) => self.event(Event::Failed(error.to_string())),
        }
    }

    /// Has an address opened by the person's browser; where there is none on this side, copies and shows it.
    fn browse(&mut self, address: &str) {
        let why = match browser::way(address, &|name| std::env::var(name).ok()) {
            Way::Start(browsers) => {
                let mut started = |browser: &browser::Browser| match browser.in_terminal {
                    true => self.without_terminal(|| browser.run(address)),
                    false => browser.start(address),
                };
                if browsers.iter().any(&mut started) {
                    return;
                }
                "found no browser to start"
            }
            Way::Remote => "the browser is on the other side of SSH",
        };
        self.event(Event::Said(format!("{why}; copied: \u{2068}{address}\u{2069}")));
        self.copy(address);
    }

    /// Pipes the article's text to a command, which has the terminal meanwhile.
    fn pipe(&mut self, command: &str) {
        let Some(article) = self.state.piped.take() else { return };
        let text = crate::export::plain::article(&article, &self.state.zone);
        if let Some(said) = self.without_terminal(|| super::pipe::pipe(command, &text)) {
            self.event(Event::Said(said));
        }
    }

    /// Does something that has the terminal meanwhile.
    fn without_terminal<T>(&mut self, does: impl FnOnce() -> T) -> T {
        let pause = self.input.pause();
        self.terminal.give_back();
        let done = does();
        let taken = self.terminal.take_again();
        drop(pause);
        let (columns, rows) = self.terminal.resized();
        self.event(Event::Resize(columns, rows));
        if let Err(error) = taken {
            self.event(Event::Failed(error.to_string()));
        }
        done
    }

    /// Keeps what is to be kept, and ends.
    fn leave(&mut self, exit: Exit) {
        let effects = self.state.save_now();
        self.perform(effects);
        self.exit = Some(exit);
    }

    fn event(&mut self, event: Event) {
        self.shown |= matches!(event, Event::ViewLoaded(_));
        let effects = self.state.update(event, Timestamp::now());
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::After(milliseconds, timer) => self.timers.start(Instant::now(), milliseconds, timer),
                Effect::Redraw => self.terminal.redraw(),
                Effect::Suspend => {
                    let effects = self.state.save_now();
                    self.perform(effects);
                    if let Err(error) = self.terminal.suspend() {
                        self.event(Event::Failed(error.to_string()));
                    }
                    let (columns, rows) = self.terminal.resized();
                    self.event(Event::Resize(columns, rows));
                }
                Effect::Copy(text) => self.copy(&text),
                Effect::Browse(address) => self.browse(&address),
                Effect::Pipe(command) => self.pipe(&command),
                Effect::Examine => {
                    self.measured = false;
                    self.examined();
                }
                Effect::Prefer(preference) => {
                    let needs = self.terminal.prefer(preference);
                    self.memory.prefer(self.terminal.verdict().answers.key(), preference);
                    if let Some(needs) = needs {
                        self.event(Event::Needs(needs));
                    }
                }
                Effect::KeepLayout(layout) => {
                    self.memory.memory.layout = Some(layout);
                    self.memory.save();
                }
                Effect::Fetch(what) => {
                    let events = self.events.clone();
                    self.behind.start(what, move |event| {
                        // Whoever has quit need not know.
                        let _ = events.send(Message::Event(event));
                    });
                }
                Effect::Quit => self.exit = Some(Exit::Quit),
                effect => self.librarian.ask(effect),
            }
        }
    }

    fn draw(&mut self) -> Result<(), ReaderError> {
        self.state.arrange();
        let (columns, rows) = self.terminal.size();
        let mut frame = Frame::new(columns, rows);
        view(&self.state, &self.theme, &mut frame);
        Ok(self.terminal.draw(frame)?)
    }
}

/// A name for this run of the program in the journal.
fn session_name() -> String {
    format!("{}-{}", std::process::id(), Timestamp::now().as_nanosecond())
}
