//! The list: the articles of a view, frozen while they are worked on, and the rows that are on the screen.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::effect::LoadReason;
use super::panes::ListColumns;
use super::picking::Picked;
use super::stories::Stories;
use crate::article::{ArticleId, Headline, Marks};
use crate::query::{Matcher, Sort, View};
use crate::text::{Base, Direction, Harakat, Line, Options, analyse};

/// Headlines read ahead of and behind the screen.
const AHEAD: usize = 60;
/// Headlines kept; beyond that those far from the screen are forgotten.
const KEPT: usize = 2000;

/// The list of a view.
#[derive(Clone, Debug)]
pub struct List {
    /// The view.
    pub view: View,
    /// The order that it is in.
    pub sort: Sort,
    /// Its articles, as they were when it was entered.
    pub ids: Vec<ArticleId>,
    /// Whether `ids` holds all of them.
    pub complete: bool,
    /// What was asked for, until it is answered whole.
    pub(super) reading: Option<Reading>,
    /// A row that was gone to before it was read.
    pub(super) beyond: Option<usize>,
    /// The article to go to when it has been read.
    pub(super) sought: Option<ArticleId>,
    /// Whether all of it is to be done as soon as it is read.
    pub(super) all_done: bool,
    /// How many rows it has, as the library said.
    pub(super) many: usize,
    /// Whether the view has been read at all.
    pub loaded: bool,
    /// The row of the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Articles that came in since, and wait to be shown.
    pub arrived: usize,
    /// The rows that are picked for the next verb.
    pub(super) picked: Picked,
    /// What is lit in its rows.
    pub(super) matcher: Matcher,
    /// The articles that were dealt with since it was read.
    pub(super) dealt: HashSet<ArticleId>,
    /// Rows that stand for several articles.
    pub(super) stories: Stories,
    headlines: HashMap<ArticleId, Headline>,
    laid: HashMap<ArticleId, (RowMeasure, RowLines)>,
}

/// A view that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Why.
    pub(super) reason: LoadReason,
    /// Whether its first screens have come.
    pub(super) begun: bool,
}

/// What a row of the list is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RowMeasure {
    columns: ListColumns,
    harakat: Harakat,
    fallback: Direction,
    declared: Option<Direction>,
    /// Whether a note stands in the place of the source.
    notes: bool,
    /// Articles behind the row, and whether it stands under another.
    story: (usize, bool),
}

/// The texts of a row of the list, each in its own direction and cut to its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct RowLines {
    /// The title.
    pub title: Line,
    /// The columns of the title that are lit, from its left.
    pub hits: Vec<Range<usize>>,
    /// The source, or the note of a bookmark.
    pub source: Option<Line>,
}

impl List {
    /// A list of `view` that has not been read yet.
    pub fn new(view: View) -> Self {
        Self {
            sort: view.sort(),
            matcher: super::filtering::matcher(&view),
            dealt: HashSet::new(),
            view,
            ids: Vec::new(),
            complete: false,
            reading: None,
            beyond: None,
            sought: None,
            all_done: false,
            many: 0,
            loaded: false,
            cursor: 0,
            top: 0,
            arrived: 0,
            picked: Picked::default(),
            stories: Stories::default(),
            headlines: HashMap::new(),
            laid: HashMap::new(),
        }
    }

    /// The article under the cursor.
    pub fn current(&self) -> Option<ArticleId> {
        self.ids.get(self.cursor).copied()
    }

    /// How many rows it has, also before all of them have been read.
    pub fn many(&self) -> usize {
        if self.complete { self.ids.len() } else { self.many.max(self.ids.len()) }
    }

    /// Whether its rows show the day to come back and the note, instead of age and source.
    pub fn has_days(&self) -> bool {
        self.sort == Sort::Due
    }

    /// The headline of an article, if it has been read.
    pub fn headline(&self, id: ArticleId) -> Option<&Headline> {
        self.headlines.get(&id)
    }

    /// The row of an article.
    pub fn row_of(&self, id: ArticleId) -> Option<usize> {
        self.ids.iter().position(|other| *other == id)
    }

    /// The texts of an article's row, once [`List::lay_out`] has been asked for the screen that it is on.
    pub fn lines(&self, id: ArticleId) -> Option<&RowLines> {
        self.laid.get(&id).map(|(_, lines)| lines)
    }

    /// Lays out the rows of a screen of so many, in these columns, whose texts are not laid out for it yet.
    pub fn lay_out(&mut self, rows: usize, columns: ListColumns, harakat: Harakat, fallback: Direction) {
        let notes = self.has_days();
        if self.laid.len() > KEPT {
            self.laid.clear();
        }
        for id in self.ids.iter().skip(self.top).take(rows) {
            let Some(headline) = self.headlines.get(id) else { continue };
            let declared = headline.marks.direction.or(headline.direction);
            let story = (self.behind(*id), self.is_under(*id));
            let measure = RowMeasure { columns, harakat, fallback, declared, notes, story };
            if self.laid.get(id).is_none_or(|(own, _)| *own != measure) {
                self.laid.insert(*id, (measure, measure.lay_out(headline, &self.matcher)));
            }
        }
    }

    /// Rows are laid out anew: other words are lit.
    pub(super) fn forget_layout(&mut self) {
        self.laid.clear();
    }

    /// Whether an article with these marks is dealt with here: a follow-up when it is none any more.
    pub(super) fn is_dealt(&self, marks: &Marks) -> bool {
        if self.view == View::Bookmarks { marks.bookmark.is_none() } else { !marks.in_inbox() }
    }

    /// How many of its articles were dealt with since it was read.
    pub fn many_dealt(&self) -> usize {
        self.dealt.len()
    }

    /// Takes headlines in.
    pub fn keep(&mut self, headlines: Vec<Headline>) {
        for headline in &headlines {
            self.laid.remove(&headline.id);
        }
        self.headlines.extend(headlines.into_iter().map(|headline| (headline.id, headline)));
    }

    /// Changes an article's marks, where its headline is known; returns the marks before.
    pub fn mark(&mut self, id: ArticleId, marks: Marks) -> Option<Marks> {
        let headline = self.headlines.get_mut(&id)?;
        if self.sort == Sort::Due {
            // Its note may be another one now.
            self.laid.remove(&id);
        }
        Some(std::mem::replace(&mut headline.marks, marks))
    }

    /// An article's marks, where its headline is known.
    pub fn marks(&self, id: ArticleId) -> Option<&Marks> {
        self.headlines.get(&id).map(|headline| &headline.marks)
    }

    /// Puts the cursor on `row` as far as there are rows; returns whether it moved. Where the view is still being read, it
    /// goes further when the row is there.
    pub fn go(&mut self, row: usize) -> bool {
        self.sought = None;
        self.beyond = Some(row).filter(|row| !self.complete && *row >= self.ids.len());
        let row = row.min(self.ids.len().saturating_sub(1));
        let moved = row != self.cursor;
        self.cursor = row;
        moved
    }

    /// Scrolls as little as shows the cursor in `rows` rows.
    pub fn scroll(&mut self, rows: usize) {
        let rows = rows.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + rows {
            self.top = (self.cursor + 1).saturating_sub(rows);
        }
        self.top = self.top.min(self.ids.len().saturating_sub(rows));
    }

    /// The articles of the screen, with some before and behind it.
    pub fn around(&self) -> Vec<ArticleId> {
        let from = self.top.saturating_sub(AHEAD);
        self.ids.iter().skip(from).take(3 * AHEAD).copied().collect()
    }

    /// The articles of the screen (with some around it) whose headlines are not known, once any of the screen's own
    /// are missing.
    pub fn missing(&mut self, rows: usize) -> Vec<ArticleId> {
        let known = |id: &ArticleId| self.headlines.contains_key(id);
        let screen = self.ids.iter().skip(self.top).take(rows);
        if screen.clone().all(known) {
            return Vec::new();
        }
        let from = self.top.saturating_sub(AHEAD);
        let around: Vec<ArticleId> = self.ids.iter().skip(from).take(rows + 2 * AHEAD).copied().collect();
        if self.headlines.len() > KEPT {
            self.headlines.retain(|id, _| around.contains(id));
        }
        around.into_iter().filter(|id| !self.headlines.contains_key(id)).collect()
    }

    /// The next row from the cursor, down or up, whose article is unread; `Err` with the row from which on no headlines are
    /// known, where there is none before it.
    pub fn unread(&self, down: bool) -> Option<Result<usize, usize>> {
        let look = |row: usize| {
            let line = self.ids.get(row).map(|id| self.headlines.get(id))?;
            match line {
                None => Some(Err(row)),
                Some(line) if !line.marks.read => Some(Ok(row)),
                Some(_) => None,
            }
        };
        if down {
            (self.cursor + 1..self.ids.len()).find_map(look)
        } else {
            (0..self.cursor).rev().find_map(look)
        }
    }
}

impl RowMeasure {
    fn lay_out(self, headline: &Headline, matcher: &Matcher) -> RowLines {
        let cut = |text: &str, declared: Option<Direction>, columns: u16| {
            let base = declared.map_or(Base::Auto { fallback: self.fallback }, Base::Fixed);
            let options = Options { base, harakat: self.harakat, ..Options::default() };
            analyse(text, &options).truncated(usize::from(columns))
        };
        let note = headline.marks.bookmark.as_ref().and_then(|bookmark| bookmark.note.as_deref());
        let field = note.filter(|_| self.notes).or(headline.source.as_deref());
        let source = self.columns.source.zip(field);
        let before = match self.story {
            (0, false) => String::new(),
            (0, true) => "· ".to_owned(),
            // Isolated, so that the number does not turn with the title's words (UAX #9, 2.4).
            (behind, _) => format!("\u{2068}{}×\u{2069} ", behind + 1),
        };
        let title = cut(&format!("{before}{}", headline.title), self.declared, self.columns.title.1);
        let found = matcher.spans(&headline.title).into_iter();
        let shifted = found.map(|span| span.start + before.len()..span.end + before.len());
        RowLines {
            hits: shifted.flat_map(|span| title.columns_of(span)).collect(),
            title,
            source: source.map(|((_, columns), source)| cut(source, None, columns)),
        }
    }
}
