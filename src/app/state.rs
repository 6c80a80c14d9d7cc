//! All that is shown. `update` alone changes it; drawing it twice gives the same cells.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Key;
use super::TerminalNeeds;
use super::action::On;
use super::board::Board;
use super::correcting::Asked;
use super::doctor::Examined;
use super::effect::Session;
use super::event::{Counts, Fetched, Loaded};
use super::filtering::Filtered;
use super::following::Hints;
use super::jumping::Jumps;
use super::keyboard::{Keyboard, Layout};
use super::keymap::{Keymap, Pending};
use super::list::List;
use super::orders::Orders;
use super::palette::Palette;
use super::panes::{Focus, Panes};
use super::pins::Pins;
use super::places::{Places, SavedQuery};
use super::prompt::{History, Prompt};
use super::reader::{Reader, Search};
use super::selecting::Selection;
use super::tally::Tally;
use super::triage::Triage;
use crate::article::{Article, ArticleId, Headline};
use crate::layout::{Flow, Place};
use crate::query::{Variants, View};
use crate::text::{Direction, Harakat};

/// Columns of a line of text, unless set.
pub const DEFAULT_MEASURE: u16 = 72;

/// What the person set in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The interface's direction; `None` goes by the titles of the library.
    pub direction: Option<Direction>,
    /// Columns of a line of text, at the most.
    pub measure: u16,
    /// Whether facts are shown at the start.
    pub facts: bool,
    /// Whether harakat are shown; `None` goes by the terminal.
    pub harakat: Option<Harakat>,
    /// The keyboard's layout.
    pub layout: Layout,
    /// Whether articles a minute are shown, and a summary at the end.
    pub summary: bool,
    /// Milliseconds after which the reader looks for feeds that are due; not by itself where nothing is set.
    pub fetch_every: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            direction: None,
            measure: DEFAULT_MEASURE,
            facts: true,
            harakat: None,
            layout: Layout::Unknown,
            summary: false,
            fetch_every: None,
        }
    }
}

/// Which library is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// The person's own.
    #[default]
    Own,
    /// One made for the arguments; bookmarking keeps an article in the person's own.
    Temporary,
}

/// The screen in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// List, reader, facts.
    #[default]
    Browse,
    /// The keys of a screen, or of all; the number is the first row shown.
    Help(usize),
    /// Which terminal this is, and what it does with Arabic.
    Doctor,
    /// The facts of many articles.
    Board,
    /// Sources, tags or saved queries.
    Places,
}

/// What the help screen is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpOf {
    /// Whose keys are shown.
    pub on: On,
    /// The screen that it goes back to.
    pub(super) from: Screen,
}

impl Default for HelpOf {
    fn default() -> Self {
        Self { on: On::EVERY, from: Screen::Browse }
    }
}

/// What the status line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// The keys that matter here.
    #[default]
    Hints,
    /// A message, until the next key.
    Message(String),
    /// Something failed, until the next key.
    Error(String),
}

impl Status {
    /// Whether it is this message that is shown.
    pub(super) fn says(&self, message: &str) -> bool {
        matches!(self, Self::Message(shown) if shown == message)
    }
}

/// All that is shown.
#[derive(Clone, Debug)]
pub struct State {
    /// Columns and rows of the screen that may be used.
    pub size: (u16, u16),
    /// Columns and rows of the whole screen.
    pub(super) whole: (u16, u16),
    /// The time at the last event.
    pub now: Timestamp,
    /// The person's time zone.
    pub zone: TimeZone,
    /// The configuration.
    pub settings: Settings,
    /// What the terminal needs.
    pub needs: TerminalNeeds,
    /// Which library.
    pub library: Library,
    /// The interface's direction.
    pub direction: Direction,
    /// The screen in front.
    pub screen: Screen,
    /// Where the panes stand.
    pub panes: Panes,
    /// The pane that has the keys.
    pub focus: Focus,
    /// Whether an article is open (not only previewed).
    pub open: bool,
    /// The list.
    pub list: List,
    /// Which screen's keys the help shows, and where it was opened.
    pub help: HelpOf,
    /// The palette of commands.
    pub palette: Palette,
    /// The article that is open or previewed.
    pub reader: Option<Reader>,
    /// The article that is to be opened or previewed once it has been read.
    pub wanted: Option<ArticleId>,
    /// The search that is lit.
    pub search: Option<Search>,
    /// The numbers of links that are shown, to be typed.
    pub hints: Option<Hints>,
    /// The words that are selected.
    pub selection: Option<Selection>,
    /// The Board.
    pub board: Board,
    /// Whether the article that is open was opened on the Board: leaving it goes back there.
    pub(super) from_board: bool,
    /// Facts that stand in the list.
    pub pins: Pins,
    /// The list of views.
    pub places: Places,
    /// The orders that the person chose for views.
    pub orders: Orders,
    /// The queries of the configuration.
    pub saved: Vec<SavedQuery>,
    /// Spellings that the person has for one word.
    pub variants: Variants,
    /// The list that a filter narrows.
    pub(super) filtered: Option<Filtered>,
    /// Where the person was before.
    pub(super) jumps: Jumps,
    /// The article that waits to be piped, and the command that waits for it.
    pub(super) piping: Option<(ArticleId, String)>,
    /// The article whose text is piped next.
    pub piped: Option<Arc<Article>>,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// The lines typed before.
    pub history: History,
    /// The articles that the prompt is about: those that were meant when it was opened.
    pub(super) asked_for: Vec<ArticleId>,
    /// What the verbs remember.
    pub triage: Triage,
    /// What the prompt for a fact is about.
    pub(super) correcting: Option<Asked>,
    /// Whether harakat are shown; `None` goes by the terminal.
    pub harakat: Option<Harakat>,
    /// The keyboard's layout.
    pub keyboard: Keyboard,
    /// What is known of the terminal.
    pub examined: Examined,
    /// The first row of the doctor's screen that is shown.
    pub doctor_top: usize,
    /// The program was started for the doctor alone: leaving it leaves the program.
    pub doctor_only: bool,
    /// The last row.
    pub status: Status,
    /// The library's counts.
    pub counts: Counts,
    /// How far fetching feeds is, while it runs.
    pub fetching: Option<Fetched>,
    /// Whether facts are shown.
    pub facts: bool,
    /// The text alone.
    pub zen: bool,
    /// Columns of a line of text, at the most.
    pub measure: u16,
    /// Keys of a sequence that is not complete.
    pub pending: Pending,
    /// Keys that were typed before the article that was opened had been read; they wait for it.
    pub(super) ahead: VecDeque<Key>,
    /// What the session did.
    pub tally: Tally,
    /// The journal entry that was named, to be undone by a second press.
    pub named: Option<i64>,
    /// Sentences about what could not be read, not yet shown.
    pub failures: Vec<String>,
    pub(super) keymap: Keymap,
    pub(super) timer: u64,
    pub(super) direction_settled: bool,
}

impl State {
    /// The state before anything is known.
    pub fn new(
        size: (u16, u16),
        now: Timestamp,
        zone: TimeZone,
        settings: Settings,
        library: Library,
    ) -> Self {
        let mut state = Self {
            size,
            whole: size,
            now,
            zone,
            settings,
            needs: TerminalNeeds::default(),
            library,
            direction: settings.direction.unwrap_or_default(),
            screen: Screen::Browse,
            help: HelpOf::default(),
            palette: Palette::default(),
            panes: Panes::default(),
            focus: Focus::List,
            open: false,
            list: List::new(View::Inbox),
            reader: None,
            wanted: None,
            search: None,
            hints: None,
            selection: None,
            board: Board::default(),
            from_board: false,
            pins: Pins::default(),
            places: Places::default(),
            orders: Orders::default(),
            saved: Vec::new(),
            variants: Variants::default(),
            filtered: None,
            jumps: Jumps::default(),
            piping: None,
            piped: None,
            prompt: None,
            history: History::default(),
            asked_for: Vec::new(),
            triage: Triage::default(),
            correcting: None,
            harakat: settings.harakat,
            keyboard: Keyboard::new(settings.layout),
            examined: Examined::default(),
            doctor_top: 0,
            doctor_only: false,
            status: Status::Hints,
            counts: Counts::default(),
            fetching: None,
            facts: settings.facts,
            zen: false,
            measure: settings.measure,
            pending: Pending::default(),
            ahead: VecDeque::new(),
            tally: Tally::default(),
            named: None,
            failures: Vec::new(),
            keymap: Keymap::default(),
            timer: 0,
            direction_settled: settings.direction.is_some(),
        };
        state.arrange();
        state
    }

    /// Takes what the configuration says of keys, saved queries and spellings.
    pub fn configure(&mut self, keymap: Keymap, saved: Vec<SavedQuery>, variants: Variants) {
        self.keymap = keymap;
        self.saved = saved;
        self.variants = variants;
    }

    /// Which keys mean what.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The article that verbs act on: that of the Board's row while it is in front; else the open one, else the one under
    /// the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        if self.on_board() { self.board.current() } else { self.browsed() }
    }

    /// The open article, else the one under the list's cursor.
    pub(super) fn browsed(&self) -> Option<ArticleId> {
        match (&self.reader, self.open) {
            // One that was opened and is still being read from the library counts already.
            (_, true) if self.wanted.is_some() => self.wanted,
            (Some(reader), true) => Some(reader.id),
            _ => self.list.current(),
        }
    }

    /// Where the session is, for the next start.
    pub fn session(&self) -> Session {
        let pins = self.pins.columns.clone();
        Session { view: self.list.view.clone(), article: self.browsed(), open: self.open, pins }
    }

    /// Whether harakat are shown.
    pub fn harakat(&self) -> Harakat {
        let by_terminal = if self.needs.marks_in_place { Harakat::Shown } else { Harakat::Hidden };
        self.harakat.unwrap_or(by_terminal)
    }

    /// Shows an article that has been read from the library.
    pub(super) fn show(&mut self, loaded: Loaded) {
        let Loaded { article, facts, headline, position, changed: _ } = loaded;
        let measure = self.layout_measure(self.text_columns(), headline.marks.direction);
        let byline = super::byline::byline(&article, &headline, &self.zone);
        let flow = Flow::new(Arc::clone(&article), byline, measure);
        // The very start is the title's first row, not its first byte.
        let anchor =
            position.map(|anchor| anchor.resolve(&article.text)).filter(|at| *at > article.title.start);
        self.search = Search::of(&self.list.matcher, &article);
        self.selection = None;
        self.reader = Some(Reader {
            id: headline.id,
            headline,
            flow,
            facts,
            top: Place::default(),
            anchor,
            sideways: 0,
            window: Vec::new(),
            percent: 0,
            at_end: false,
            end_told: false,
            changes: Vec::new(),
            earlier: None,
            evidence: None,
            back: None,
            fact: 0,
            fact_rows: Vec::new(),
            fact_top: 0,
            fact_measure: None,
            arranged: None,
        });
    }

    /// Settles an interface that goes by its titles: right to left where most of them are. Once a session, so that
    /// nothing changes sides under the person's hands.
    pub(super) fn settle_direction(&mut self, headlines: &[Headline]) {
        if self.direction_settled || headlines.is_empty() {
            return;
        }
        self.direction_settled = true;
        let rtl = headlines
            .iter()
            .filter(|line| {
                let own = line.direction.or_else(|| crate::text::direction_of(&line.title));
                own == Some(Direction::Rtl)
            })
            .count();
        if rtl * 2 > headlines.len() {
            self.direction = Direction::Rtl;
        }
    }
}
