//! All that is shown. `update` alone changes it; drawing it twice gives the same cells.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::TerminalNeeds;
use super::board::Board;
use super::correcting::Asked;
use super::doctor::Examined;
use super::effect::Session;
use super::event::{Counts, Loaded};
use super::keyboard::{Keyboard, Layout};
use super::keymap::{Keymap, Pending};
use super::list::List;
use super::panes::{Focus, Panes, Wanted};
use super::prompt::{History, Prompt};
use super::selecting::Selection;
use crate::article::{ArticleId, Fact, Headline, Span};
use crate::layout::{FactRows, Flow, Measure, Place, Row, fact_rows};
use crate::query::View;
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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            direction: None,
            measure: DEFAULT_MEASURE,
            facts: true,
            harakat: None,
            layout: Layout::Unknown,
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
    /// The keys; the number is the first row shown.
    Help(usize),
    /// Which terminal this is, and what it does with Arabic.
    Doctor,
    /// The facts of many articles.
    Board,
}

/// An article that is being read, or previewed.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Its number.
    pub id: ArticleId,
    /// What the list shows of it.
    pub headline: Headline,
    /// The article, laid out.
    pub flow: Flow,
    /// Its facts.
    pub facts: Arc<[Fact]>,
    /// The first row on the screen.
    pub top: Place,
    /// The byte that the first row must show, for as long as nobody scrolls: rows begin elsewhere at each measure, and
    /// the place must not creep with every resize.
    pub anchor: Option<usize>,
    /// The rows on the screen.
    pub window: Vec<Row>,
    /// How far down the last row of the screen is, in percent.
    pub percent: usize,
    /// Whether the last row is on the screen.
    pub at_end: bool,
    /// The person was told that this is the end: the next page down opens the next unread article.
    pub end_told: bool,
    /// The evidence that is marked.
    pub evidence: Option<Evidence>,
    /// Where to go back to from the evidence.
    pub back: Option<Place>,
    /// The fact under the cursor of the facts pane.
    pub fact: usize,
    /// The facts, laid out.
    pub fact_rows: Vec<FactRows>,
    /// The first row of the facts pane.
    pub fact_top: usize,
    /// What `fact_rows` was laid out for.
    pub(super) fact_measure: Option<Measure>,
    /// What `window` was made for.
    pub(super) arranged: Option<(Place, usize, Measure)>,
}

/// The evidence of a fact, marked in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The fact's row, the sentence that says the same, the one that says otherwise: those there are.
    pub places: Vec<Span>,
    /// Which of them the view is at.
    pub step: usize,
    /// The one that says otherwise.
    pub contradiction: Option<Span>,
}

/// A search in the open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What was searched for.
    pub pattern: String,
    /// Its matches, in logical order.
    pub hits: Vec<Span>,
    /// The match that the view is at.
    pub current: usize,
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
    /// The article that is open or previewed.
    pub reader: Option<Reader>,
    /// The article that is to be opened or previewed once it has been read.
    pub wanted: Option<ArticleId>,
    /// The search that is lit.
    pub search: Option<Search>,
    /// The words that are selected.
    pub selection: Option<Selection>,
    /// The Board.
    pub board: Board,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// The lines typed before.
    pub history: History,
    /// The article that the prompt is about.
    pub(super) asked_for: Option<ArticleId>,
    /// What the prompt for a fact is about.
    pub(super) correcting: Option<Asked>,
    /// Whether harakat are shown; `None` goes by the terminal.
    pub harakat: Option<Harakat>,
    /// The keyboard's layout.
    pub keyboard: Keyboard,
    /// What is known of the terminal.
    pub examined: Examined,
    /// The program was started for the doctor alone: leaving it leaves the program.
    pub doctor_only: bool,
    /// The last row.
    pub status: Status,
    /// The library's counts.
    pub counts: Counts,
    /// Whether facts are shown.
    pub facts: bool,
    /// The text alone.
    pub zen: bool,
    /// Columns of a line of text, at the most.
    pub measure: u16,
    /// Keys of a sequence that is not complete.
    pub pending: Pending,
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
            panes: Panes::default(),
            focus: Focus::List,
            open: false,
            list: List::new(View::Inbox),
            reader: None,
            wanted: None,
            search: None,
            selection: None,
            board: Board::default(),
            prompt: None,
            history: History::default(),
            asked_for: None,
            correcting: None,
            harakat: settings.harakat,
            keyboard: Keyboard::new(settings.layout),
            examined: Examined::default(),
            doctor_only: false,
            status: Status::Hints,
            counts: Counts::default(),
            facts: settings.facts,
            zen: false,
            measure: settings.measure,
            pending: Pending::default(),
            named: None,
            failures: Vec::new(),
            keymap: Keymap::default(),
            timer: 0,
            direction_settled: settings.direction.is_some(),
        };
        state.arrange();
        state
    }

    /// The article that verbs act on: the open one, else the one under the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        match (&self.reader, self.open) {
            (Some(reader), true) => Some(reader.id),
            _ => self.list.current(),
        }
    }

    /// Where the session is, for the next start.
    pub fn session(&self) -> Session {
        Session { view: self.list.view.clone(), article: self.current(), open: self.open }
    }

    /// Whether harakat are shown.
    pub fn harakat(&self) -> Harakat {
        let by_terminal = if self.needs.marks_in_place { Harakat::Shown } else { Harakat::Hidden };
        self.harakat.unwrap_or(by_terminal)
    }

    /// Brings panes, layouts and windows up to date with everything else. Drawing comes after this.
    pub fn arrange(&mut self) {
        self.place_panes();
        let columns = self.panes.facts.map(|area| area.columns);
        if let Some(columns) = columns {
            self.lay_out_facts(columns);
            // The height of facts under the reader is known only now.
            self.place_panes();
        }
        if let Some(area) = self.panes.list {
            let rows = usize::from(area.rows);
            let (harakat, direction) = (self.harakat(), self.direction);
            self.list.scroll(rows);
            self.list.lay_out(rows, area.columns, harakat, direction);
        }
        self.arrange_reader();
        self.scroll_facts();
    }

    fn place_panes(&mut self) {
        let reader = self.reader.as_ref().filter(|_| self.open || self.is_wide());
        let fact_rows = reader.map_or(0, |reader| {
            let laid: usize = reader.fact_rows.iter().map(|fact| fact.rows.len()).sum();
            laid.max(reader.facts.len())
        });
        self.panes = Panes::of(Wanted {
            size: self.size,
            focus: self.focus,
            open: self.open,
            facts: self.facts,
            fact_rows: u16::try_from(fact_rows).unwrap_or(u16::MAX),
            zen: self.zen,
            single: self.needs.single_pane,
        });
    }

    /// Whether list, reader and facts stand side by side.
    pub(super) fn is_wide(&self) -> bool {
        self.size.0 >= super::panes::WIDE && !self.needs.single_pane
    }

    /// Takes the screen's size, less what the terminal needs of it.
    pub(super) fn set_size(&mut self, whole: (u16, u16)) {
        self.whole = whole;
        self.size = (whole.0.saturating_sub(self.reserved_columns()), whole.1);
    }

    /// Columns at the left of the screen that stay blank.
    pub fn reserved_columns(&self) -> u16 {
        u16::from(self.needs.reserved_first_column && self.whole.0 > 1)
    }

    /// Columns that the text of the reader may take: the measure, and a column free on either side.
    pub fn text_columns(&self) -> u16 {
        let room = self.panes.reader.map_or(self.size.0, |area| area.columns);
        let margin = if room > 30 { 2 } else { 0 };
        self.measure.min(room.saturating_sub(margin)).max(1)
    }

    fn layout_measure(&self, columns: u16, direction: Option<Direction>) -> Measure {
        Measure {
            columns: usize::from(columns),
            harakat: self.harakat(),
            direction,
            fallback: self.direction,
        }
    }

    fn lay_out_facts(&mut self, columns: u16) {
        let margin = if columns > 12 { 2 } else { 0 };
        let measure = self.layout_measure(columns.saturating_sub(margin), None);
        if let Some(reader) = &mut self.reader
            && reader.fact_measure != Some(measure)
        {
            reader.fact_rows = fact_rows(&reader.facts, measure);
            reader.fact_measure = Some(measure);
        }
    }

    fn arrange_reader(&mut self) {
        let Some(area) = self.panes.reader else { return };
        let direction = self.reader.as_ref().and_then(|reader| reader.headline.marks.direction);
        let measure = self.layout_measure(self.text_columns(), direction);
        let Some(reader) = &mut self.reader else { return };
        if reader.flow.measure() != measure || reader.arranged.is_none() {
            let at_start = reader.top == Place::default();
            let top = reader.flow.offset_at(reader.top);
            let anchor = reader.anchor.or((!at_start).then_some(top));
            let back = reader.back.map(|place| reader.flow.offset_at(place));
            reader.flow.reflow(measure);
            reader.top = anchor.map_or_else(Place::default, |offset| reader.flow.place_of(offset));
            reader.anchor = anchor;
            reader.back = back.map(|offset| reader.flow.place_of(offset));
        }
        let rows = usize::from(area.rows);
        if reader.arranged == Some((reader.top, rows, measure)) {
            return;
        }
        let lowest = reader.flow.last_top(rows);
        reader.top = reader.top.min(lowest);
        reader.window = reader.flow.window(reader.top, rows);
        reader.at_end = reader.top >= lowest;
        let last = reader.flow.step(reader.top, isize::try_from(rows.saturating_sub(1)).unwrap_or(0));
        reader.percent = reader.flow.percent(last);
        reader.arranged = Some((reader.top, rows, measure));
    }

    /// Scrolls the facts as little as shows the one under the cursor whole.
    fn scroll_facts(&mut self) {
        let Some(area) = self.panes.facts else { return };
        let rows = usize::from(area.rows);
        let Some(reader) = &mut self.reader else { return };
        let mut from = 0;
        for fact in &reader.fact_rows {
            let to = from + fact.rows.len();
            if fact.index == reader.fact {
                if to > reader.fact_top + rows {
                    reader.fact_top = to - rows;
                }
                reader.fact_top = reader.fact_top.min(from);
            }
            from = to;
        }
    }

    /// Shows an article that has been read from the library.
    pub(super) fn show(&mut self, loaded: Loaded) {
        let Loaded { article, facts, headline, position } = loaded;
        let measure = self.layout_measure(self.text_columns(), headline.marks.direction);
        let byline = super::byline::byline(&article, &headline, &self.zone);
        let flow = Flow::new(Arc::clone(&article), byline, measure);
        // The very start is the title's first row, not its first byte.
        let anchor =
            position.map(|anchor| anchor.resolve(&article.text)).filter(|at| *at > article.title.start);
        self.search = None;
        self.selection = None;
        self.reader = Some(Reader {
            id: headline.id,
            headline,
            flow,
            facts,
            top: Place::default(),
            anchor,
            window: Vec::new(),
            percent: 0,
            at_end: false,
            end_told: false,
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
