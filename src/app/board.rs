//! The Board: the facts of many articles as one table, a row an article, a column a concept or key. Which columns there
//! are, which rows and in which order is the library's to say; here is what is looked at.

use std::collections::HashMap;

use super::action::Action;
use super::effect::Effect;
use super::filtering::begun;
use super::picking::Picked;
use super::prompt::{Prompt, PromptKind};
use super::state::{Screen, State};
use crate::article::{ArticleId, BoardRow};
use crate::query::{BoardColumn, BoardOrder, BoardQuery, OfferedColumn, Query, Sort, View};
use crate::text::Direction;

/// Columns that are shown at first.
const FIRST_COLUMNS: usize = 6;
/// Rows read ahead of and behind the screen.
const AHEAD: usize = 40;
/// Columns of the screen that a title takes at the least and at the most.
const TITLE: (u16, u16) = (18, 40);
/// Columns of the screen that a column of facts takes at the least.
const LEAST_CELL: u16 = 16;

/// The Board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// Of which articles, what must hold, in which order.
    pub query: BoardQuery,
    /// The columns that are shown.
    pub columns: Vec<OfferedColumn>,
    /// Its articles.
    pub ids: Vec<ArticleId>,
    /// The rows that have been read.
    pub rows: HashMap<ArticleId, BoardRow>,
    /// Whether it has been read.
    pub loaded: bool,
    /// The row of the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The column of the cursor.
    pub column: usize,
    /// The first column on the screen.
    pub first: usize,
    /// The rows that are picked for the next verb.
    pub(super) picked: Picked,
    /// What had to hold before the filter was typed.
    unfiltered: Query,
    /// All columns that the view can have.
    all: Vec<OfferedColumn>,
}

/// What a Board is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardFormat {
    /// A row an article, for spreadsheets.
    Csv,
    /// An object a line.
    Json,
}

impl BoardFormat {
    /// By the ending of a file's name, `.csv` or `.json`.
    pub fn of_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            _ if stem.is_empty() || stem.ends_with('/') => None,
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What the library says of the Board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardLoaded {
    /// What was asked for.
    pub query: BoardQuery,
    /// Its articles, in order.
    pub ids: Vec<ArticleId>,
    /// All columns that it can have, those with most facts first.
    pub columns: Vec<OfferedColumn>,
}

impl Board {
    /// Columns of the screen that the title takes, and each column of facts, and how many of these stand side by side.
    pub fn widths(&self, columns: u16) -> (u16, u16, usize) {
        let title = (columns * 3 / 10).clamp(TITLE.0, TITLE.1).min(columns);
        let room = columns.saturating_sub(title);
        let shown = usize::from(room / LEAST_CELL).clamp(1, self.columns.len().max(1));
        let width = u16::try_from(shown).map_or(room, |shown| room / shown);
        (title, width, shown)
    }

    /// The article under the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        self.ids.get(self.cursor).copied()
    }

    /// The rows around the screen that are read together.
    fn near(&self, height: usize) -> std::ops::Range<usize> {
        self.top.saturating_sub(AHEAD)..self.top + height + AHEAD
    }

    pub(super) fn columns_asked(&self) -> Vec<BoardColumn> {
        self.columns.iter().map(|one| one.column.clone()).collect()
    }
}

impl State {
    /// `gf`: the Board of the present view.
    pub(super) fn open_board(&mut self) -> Vec<Effect> {
        let view = self.list.view.clone();
        let mut effects = if self.open { self.save_now() } else { Vec::new() };
        self.screen = Screen::Board;
        self.board = Board { query: BoardQuery { view, ..BoardQuery::default() }, ..Board::default() };
        effects.push(Effect::LoadBoard(self.board.query.clone()));
        effects
    }

    /// Takes the Board's articles and columns; the columns shown stay, where there are some.
    pub(super) fn board_loaded(&mut self, loaded: BoardLoaded) -> Vec<Effect> {
        if loaded.query != self.board.query {
            return Vec::new();
        }
        let before = self.board.current();
        let board = &mut self.board;
        board.loaded = true;
        if board.columns.is_empty() {
            board.columns = loaded.columns.iter().take(FIRST_COLUMNS).cloned().collect();
        }
        board.all = loaded.columns;
        board.ids = loaded.ids;
        board.rows.clear();
        let row = before.and_then(|id| board.ids.iter().position(|own| *own == id));
        board.cursor = row.unwrap_or(board.cursor).min(board.ids.len().saturating_sub(1));
        self.board_rows_needed()
    }

    /// Takes rows that were asked for.
    pub(super) fn board_rows(&mut self, columns: &[BoardColumn], rows: Vec<BoardRow>) {
        if columns == self.board.columns_asked() {
            self.board.rows.extend(rows.into_iter().map(|row| (row.headline.id, row)));
        }
    }

    fn board_height(&self) -> usize {
        // The header, the columns' names, the status line.
        usize::from(self.size.1).saturating_sub(3).max(1)
    }

    /// Brings the cursor onto the screen, and asks for the rows that are to be shown.
    fn board_rows_needed(&mut self) -> Vec<Effect> {
        let height = self.board_height();
        let (_, _, shown) = self.board.widths(self.size.0);
        let board = &mut self.board;
        board.top = board.top.clamp(board.cursor.saturating_sub(height - 1), board.cursor);
        board.column = board.column.min(board.columns.len().saturating_sub(1));
        board.first = board.first.clamp((board.column + 1).saturating_sub(shown), board.column);
        let near = board.near(height);
        let screen = board.top..board.top + height;
        let missing = |range: std::ops::Range<usize>| -> Vec<ArticleId> {
            let ids = board.ids.iter().take(range.end).skip(range.start);
            ids.filter(|id| !board.rows.contains_key(id)).copied().collect()
        };
        if missing(screen).is_empty() {
            return Vec::new();
        }
        vec![Effect::LoadBoardRows { ids: missing(near), columns: board.columns_asked() }]
    }

    /// Puts the cursor on a row, or on the last one.
    pub(super) fn go_board_row(&mut self, row: usize) -> Vec<Effect> {
        self.board.cursor = row.min(self.board.ids.len().saturating_sub(1));
        self.board_rows_needed()
    }

    /// The Board comes to the front again, its rows as the library has them now.
    pub(super) fn board_again(&mut self) -> Vec<Effect> {
        self.screen = Screen::Board;
        self.board_rows_anew()
    }

    /// Reads the rows around the screen again, where the Board is in front.
    pub(super) fn board_rows_anew(&self) -> Vec<Effect> {
        if !self.on_board() {
            return Vec::new();
        }
        let range = self.board.near(self.board_height());
        let ids = self.board.ids.iter().take(range.end).skip(range.start).copied().collect();
        vec![Effect::LoadBoardRows { ids, columns: self.board.columns_asked() }]
    }

    /// An action while the Board is in front.
    pub(super) fn board_action(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let leaves = matches!(action, Action::Back | Action::Cancel);
        if leaves && !self.take_picked().is_empty() {
            self.say("nothing is picked");
            return Vec::new();
        }
        if action == Action::Cancel && !self.board.query.filter.clauses.is_empty() {
            return self.board_by(Query::default());
        }
        let height = self.board_height();
        let many = count.unwrap_or(1);
        let board = &mut self.board;
        match action {
            Action::Down => board.cursor = board.cursor.saturating_add(many),
            Action::Up => board.cursor = board.cursor.saturating_sub(many),
            Action::First => board.cursor = count.map_or(0, |row| row.saturating_sub(1)),
            Action::Last => board.cursor = count.map_or(usize::MAX, |row| row.saturating_sub(1)),
            Action::PageDown => board.cursor = board.cursor.saturating_add(height * many),
            Action::PageUp => board.cursor = board.cursor.saturating_sub(height * many),
            Action::HalfPageDown => board.cursor = board.cursor.saturating_add(height / 2 * many),
            Action::HalfPageUp => board.cursor = board.cursor.saturating_sub(height / 2 * many),
            Action::PaneLeft | Action::PaneRight => {
                // The keys follow the screen: the columns of a mirrored Board begin on the right.
                let right = action == Action::PaneRight;
                if right == (self.direction == Direction::Ltr) {
                    board.column = board.column.saturating_add(many);
                } else {
                    board.column = board.column.saturating_sub(many);
                }
            }
            Action::SortColumn => return self.sort_board(),
            Action::HideFact if board.columns.len() > 1 && board.column < board.columns.len() => {
                board.columns.remove(board.column);
                board.rows.clear();
            }
            Action::PinColumn => {
                self.pin_column();
                return Vec::new();
            }
            Action::AddFact => {
                let known: Vec<&str> = board
                    .all
                    .iter()
                    .filter(|one| !board.columns.contains(one))
                    .map(|one| one.label.as_str())
                    .take(8)
                    .collect();
                let known = known.join(" · ");
                self.say(format!("\u{2068}{known}\u{2069}"));
                self.prompt = Some(Prompt::new(PromptKind::Column));
                return Vec::new();
            }
            Action::Filter => {
                board.unfiltered = board.query.filter.clone();
                let text = board.query.filter.to_string();
                self.prompt = Some(Prompt::with(PromptKind::Filter, &text));
                return Vec::new();
            }
            Action::Open => return self.open_from_board(),
            Action::Back | Action::Cancel | Action::GoBoard => {
                self.screen = Screen::Browse;
                return Vec::new();
            }
            Action::ExportBoard => return self.ask_export(),
            Action::Done
            | Action::DoneAbove
            | Action::DoneAll
            | Action::Bookmark
            | Action::BookmarkNote
            | Action::Due
            | Action::Archive
            | Action::ToggleRead
            | Action::Tag
            | Action::TagAgain
            | Action::Mute
            | Action::Repeat
            | Action::Pipe
            | Action::OpenPage
            | Action::Pick
            | Action::PickRange => return self.action(action, count, None),
            Action::GoInbox => return self.board_of(View::Inbox),
            Action::GoUnread => return self.board_of(View::Unread),
            Action::GoBookmarks => return self.board_of(View::Bookmarks),
            Action::GoArchive => return self.board_of(View::Archive),
            Action::Copy => {
                let cell = board.current().and_then(|id| board.rows.get(&id)?.cells.get(board.column));
                let text = cell.map(crate::article::BoardCell::text).unwrap_or_default();
                self.say("copied the cell");
                return vec![Effect::Copy(text)];
            }
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Help => {
                self.open_help();
                return Vec::new();
            }
            Action::Command => return self.open_palette(),
            Action::Saved(_)
            | Action::GoSources
            | Action::GoTags
            | Action::GoSaved
            | Action::GoMutes
            | Action::JumpBack => {
                self.screen = Screen::Browse;
                return self.action(action, count, None);
            }
            _ => {}
        }
        let effects = self.go_board_row(self.board.cursor);
        self.tell_picked();
        effects
    }

    /// `w`: asks for the file that the Board goes to.
    fn ask_export(&mut self) -> Vec<Effect> {
        if self.board.ids.is_empty() {
            self.say("there is nothing on the Board to export");
            return Vec::new();
        }
        self.prompt = Some(Prompt::new(PromptKind::Export));
        Vec::new()
    }

    /// The file was named: the Board as it stands, with its rows in their order and its columns, is written to it.
    pub(super) fn export_typed(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return Vec::new();
        }
        if BoardFormat::of_name(line).is_none() {
            let mut prompt = Prompt::with(PromptKind::Export, line);
            prompt.fault = Some("its name ends in .csv or .json".to_owned());
            self.prompt = Some(prompt);
            return Vec::new();
        }
        self.say(format!("writing \u{2068}{line}\u{2069} …"));
        let (ids, columns) = (self.board.ids.clone(), self.board.columns_asked());
        vec![Effect::ExportBoard { file: line.to_owned(), ids, columns }]
    }

    /// `s`: by the column under the cursor, the other way round, as a list again.
    fn sort_board(&mut self) -> Vec<Effect> {
        let board = &mut self.board;
        let Some(column) = board.columns.get(board.column) else { return Vec::new() };
        let own = column.column.clone();
        board.query.order = match &board.query.order {
            BoardOrder::Column { column, descending: false } if *column == own => {
                BoardOrder::Column { column: own, descending: true }
            }
            BoardOrder::Column { column, descending: true } if *column == own => {
                BoardOrder::View(Sort::Newest)
            }
            _ => BoardOrder::Column { column: own, descending: false },
        };
        let said = match &board.query.order {
            BoardOrder::View(_) => "in the order of the list".to_owned(),
            BoardOrder::Column { descending, .. } => {
                let way = if *descending { "from the last" } else { "from the first" };
                format!("by \u{2068}{}\u{2069}, {way}", column.label)
            }
        };
        let effect = Effect::LoadBoard(board.query.clone());
        self.say(said);
        vec![effect]
    }

    fn board_of(&mut self, view: View) -> Vec<Effect> {
        self.board = Board { query: BoardQuery { view, ..BoardQuery::default() }, ..Board::default() };
        vec![Effect::LoadBoard(self.board.query.clone())]
    }

    /// What was typed for the Board's filter.
    pub(super) fn board_filter(&mut self, line: &str) -> Vec<Effect> {
        match begun(line, &self.variants) {
            Ok(filter) => self.board_by(filter),
            Err(error) => self.ask_again(PromptKind::Filter, line, &error),
        }
    }

    /// The filter's prompt was left: what held before it holds again.
    pub(super) fn board_filter_left(&mut self) -> Vec<Effect> {
        self.board_by(self.board.unfiltered.clone())
    }

    /// The Board of what this filter lets through; its rows stay until they are there.
    pub(super) fn board_by(&mut self, filter: Query) -> Vec<Effect> {
        if filter == self.board.query.filter {
            return Vec::new();
        }
        self.board.query.filter = filter;
        vec![Effect::LoadBoard(self.board.query.clone())]
    }

    /// What was typed for a further column: a concept, or a key.
    pub(super) fn board_column(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return Vec::new();
        }
        let column = BoardColumn::of_name(line);
        let known = self.board.all.iter().find(|one| one.label == line || one.column == column).cloned();
        let added = known.unwrap_or(OfferedColumn { column, label: line.to_owned(), facts: 0 });
        let board = &mut self.board;
        if !board.columns.iter().any(|one| one.column == added.column) {
            board.columns.push(added);
            board.column = board.columns.len() - 1;
            board.rows.clear();
        }
        self.board_rows_needed()
    }

    /// Enter: the article of the row, in the reader.
    fn open_from_board(&mut self) -> Vec<Effect> {
        let Some(id) = self.board.current() else { return Vec::new() };
        self.screen = Screen::Browse;
        let effects = self.open_article(id);
        self.from_board = true;
        effects
    }
}
