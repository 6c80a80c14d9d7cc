//! Moving among articles: the list, the panes, views, opening and previewing.

use super::action::Action;
use super::effect::{Effect, LoadReason, Timer};
use super::event::Loaded;
use super::panes::Focus;
use super::state::{State, Status};
use crate::article::{Anchor, ArticleId, Verb};
use crate::query::View;
use crate::text::Direction;

/// Milliseconds that keys rest before the preview follows the cursor.
const PREVIEW_REST: u64 = 40;
/// Milliseconds that keys rest before the reading position is kept.
const POSITION_REST: u64 = 600;

impl State {
    /// Moving, in whichever pane has the keys.
    pub(super) fn movement(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        match self.focus {
            Focus::Facts => {
                self.move_fact(action, count.unwrap_or(1));
                Vec::new()
            }
            Focus::Reader => self.move_reader(action, count),
            Focus::List
                if matches!(action, Action::PageDown | Action::PageUp) && self.panes.reader.is_some() =>
            {
                // A page of the preview, not of the list; its end opens nothing.
                self.move_reader(action, count)
            }
            Focus::List => self.move_list(action, count),
        }
    }

    fn move_list(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let list = &self.list;
        let page = self.panes.list.map_or(1, |area| usize::from(area.rows)).max(1);
        let many = count.unwrap_or(1);
        let row = match action {
            Action::Down => list.cursor.saturating_add(many),
            Action::Up => list.cursor.saturating_sub(many),
            Action::First => count.map_or(0, |row| row.saturating_sub(1)),
            Action::Last => count.map_or(usize::MAX, |row| row.saturating_sub(1)),
            Action::HalfPageDown => list.cursor.saturating_add(many * (page / 2).max(1)),
            Action::HalfPageUp => list.cursor.saturating_sub(many * (page / 2).max(1)),
            Action::PageDown => list.cursor.saturating_add(many * page),
            Action::PageUp => list.cursor.saturating_sub(many * page),
            _ => list.cursor,
        };
        self.go_row(row)
    }

    /// Puts the list's cursor on a row; the preview follows when the keys rest.
    pub(super) fn go_row(&mut self, row: usize) -> Vec<Effect> {
        if !self.list.go(row) {
            return Vec::new();
        }
        let mut effects = self.headlines_needed();
        self.timer += 1;
        if self.panes.reader.is_some() && !self.open {
            effects.push(Effect::After(PREVIEW_REST, Timer::Preview(self.timer)));
        } else {
            effects.push(Effect::After(POSITION_REST, Timer::Position(self.timer)));
        }
        effects
    }

    /// Headlines that the screen needs, where the library has not given them yet.
    pub(super) fn headlines_needed(&mut self) -> Vec<Effect> {
        let rows = self.panes.list.map_or(0, |area| usize::from(area.rows));
        if rows == 0 {
            return Vec::new();
        }
        self.list.scroll(rows);
        let missing = self.list.missing(rows);
        if missing.is_empty() { Vec::new() } else { vec![Effect::LoadHeadlines(missing)] }
    }

    /// Shows the article under the cursor as a preview, where there is a pane for it; keeps where the session is.
    pub(super) fn preview_now(&mut self) -> Vec<Effect> {
        let mut effects = self.headlines_needed();
        if self.is_wide() && !self.open {
            let current = self.list.current();
            if current.is_none() {
                self.reader = None;
            }
            let shown = self.reader.as_ref().map(|reader| reader.id);
            if let Some(id) = current.filter(|id| Some(*id) != shown) {
                self.wanted = Some(id);
                effects.push(Effect::LoadArticle(id));
            }
        }
        self.timer += 1;
        effects.push(Effect::After(POSITION_REST, Timer::Position(self.timer)));
        effects
    }

    /// Asks for the reading position and the session to be kept once the keys rest.
    pub(super) fn save_later(&mut self) -> Effect {
        self.timer += 1;
        Effect::After(POSITION_REST, Timer::Position(self.timer))
    }

    /// Keeps the reading position of the open article, and where the session is.
    pub fn save_now(&mut self) -> Vec<Effect> {
        let mut effects = self.position();
        effects.push(Effect::SaveSession(self.session()));
        effects
    }

    /// The reading position of the article on the screen.
    fn position(&mut self) -> Vec<Effect> {
        // A place in what changed is none of the article.
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.changes.is_empty()) else {
            return Vec::new();
        };
        let offset = reader.anchor.unwrap_or_else(|| reader.flow.offset_at(reader.top));
        let anchor = Anchor::at(&reader.flow.article().text, offset);
        vec![Effect::SavePosition(reader.id, anchor)]
    }

    /// Enter: opens the article under the cursor; on a fact, its evidence and back.
    pub(super) fn enter(&mut self) -> Vec<Effect> {
        if self.is_comparing() {
            return self.end_comparing();
        }
        match self.focus {
            Focus::Facts => self.follow_evidence(),
            Focus::Reader => Vec::new(),
            Focus::List => match self.list.current() {
                Some(id) => self.open_article(id),
                None => Vec::new(),
            },
        }
    }

    /// Opens an article, and with that marks it read.
    pub(super) fn open_article(&mut self, id: ArticleId) -> Vec<Effect> {
        if !self.open {
            self.remember_place();
        }
        let mut effects = if self.open { self.position() } else { Vec::new() };
        if let Some(row) = self.list.row_of(id) {
            self.list.go(row);
        }
        effects.extend(self.headlines_needed());
        self.open = true;
        self.focus = Focus::Reader;
        if self.reader.as_ref().is_some_and(|reader| reader.id == id) {
            self.wanted = None;
            effects.extend(self.mark_open());
        } else {
            self.wanted = Some(id);
            effects.push(Effect::LoadArticle(id));
        }
        effects.push(self.save_later());
        effects
    }

    /// Takes an article from the library.
    pub(super) fn article_loaded(&mut self, id: ArticleId, loaded: Option<Loaded>) -> Vec<Effect> {
        if self.wanted != Some(id) {
            return Vec::new();
        }
        self.wanted = None;
        let loaded = loaded.map(|mut loaded| {
            let asked = self.triage.asked.get(&id).map(|(_, marks)| marks.clone());
            loaded.headline.marks = asked.unwrap_or(loaded.headline.marks);
            loaded
        });
        let Some(loaded) = loaded else {
            if self.open {
                self.close();
                self.say("that article is no longer in the library");
            }
            return self.take_ahead();
        };
        self.arrange();
        let changed = loaded.changed.filter(|_| self.open && self.status == Status::Hints);
        self.show(loaded);
        if let Some(changed) = changed {
            let at = changed.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
            self.say(format!("changed since it came in before ({at}) · c shows what"));
        }
        let mut effects = Vec::new();
        if self.open {
            self.arrange();
            self.reveal_hit();
            effects = self.mark_open();
        }
        effects.extend(self.take_ahead());
        effects
    }

    fn mark_open(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else { return Vec::new() };
        if reader.headline.marks.read {
            return Vec::new();
        }
        let ids = self.list.whole(vec![reader.id]);
        self.change(&Verb::Open, ids)
    }

    /// `q` and `Esc`: ends what is in front. Only `q` leaves the program, and only from the list.
    pub(super) fn back(&mut self, may_quit: bool) -> Vec<Effect> {
        if self.search.take_if(|search| search.pattern.is_some() || self.open).is_some() && !may_quit {
            return Vec::new();
        }
        if self.is_comparing() && self.focus != Focus::Facts {
            return self.end_comparing();
        }
        if !may_quit && self.leave_note() {
            return Vec::new();
        }
        if self.focus == Focus::List && !self.take_picked().is_empty() {
            self.say("nothing is picked");
            return Vec::new();
        }
        if self.zen {
            self.zen = false;
            return Vec::new();
        }
        if self.focus == Focus::Facts {
            self.focus = if self.open { Focus::Reader } else { Focus::List };
            return Vec::new();
        }
        if self.open {
            let to_board = self.from_board;
            let mut effects = self.save_now();
            self.close();
            effects.extend(self.preview_now());
            if to_board {
                effects.extend(self.board_again());
            }
            return effects;
        }
        if self.focus == Focus::Reader {
            self.focus = Focus::List;
            return Vec::new();
        }
        if self.filtered.is_some() {
            return self.filter_left();
        }
        if matches!(self.list.view, View::Query(_))
            && let Some(effects) = self.leave_view()
        {
            return effects;
        }
        if !may_quit {
            return Vec::new();
        }
        let mut effects = self.save_now();
        effects.push(Effect::Quit);
        effects
    }

    pub(super) fn close(&mut self) {
        self.open = false;
        self.from_board = false;
        self.wanted = None;
        self.zen = false;
        self.focus = Focus::List;
        self.search = None;
        self.selection = None;
    }

    /// The pane towards a side of the screen: `Ltr` is the left one. In a mirrored interface the list is on the right.
    pub(super) fn pane(&mut self, side: Direction) -> Vec<Effect> {
        if side == self.direction { self.pane_towards_list() } else { self.pane_away() }
    }

    fn pane_towards_list(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::Facts if self.panes.reader.is_some() || self.open => self.focus = Focus::Reader,
            Focus::Facts => self.focus = Focus::List,
            Focus::Reader => return self.back(false),
            Focus::List => {}
        }
        Vec::new()
    }

    fn pane_away(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::List => return self.enter(),
            Focus::Reader => self.focus_facts(),
            Focus::Facts => {}
        }
        Vec::new()
    }

    fn focus_facts(&mut self) {
        let any = self.reader.as_ref().is_some_and(|reader| !reader.facts.is_empty());
        if any {
            self.facts = true;
            self.zen = false;
            self.focus = Focus::Facts;
        } else {
            self.say("this article has no facts");
        }
    }

    /// `Tab`: list, reader, facts in turn; the facts only where there are any.
    pub(super) fn pane_next(&mut self) -> Vec<Effect> {
        let any = self.reader.as_ref().is_some_and(|reader| !reader.facts.is_empty());
        match self.focus {
            Focus::List => self.enter(),
            Focus::Reader if any => {
                self.focus_facts();
                Vec::new()
            }
            Focus::Reader => self.back(false),
            Focus::Facts if self.panes.list.is_some() => {
                self.focus = Focus::Reader;
                self.back(false)
            }
            Focus::Facts => {
                self.focus = Focus::Reader;
                Vec::new()
            }
        }
    }

    /// `J` and `K`: the next or the previous article, staying in the reader.
    pub(super) fn neighbour(&mut self, down: bool) -> Vec<Effect> {
        let from = self.current().and_then(|id| self.list.row_of(id)).unwrap_or(self.list.cursor);
        let row = if down { from.saturating_add(1) } else { from.saturating_sub(1) };
        let at_end = if down { row >= self.list.ids.len() } else { from == 0 };
        if at_end {
            self.say(if down {
                "this is the last article of the view"
            } else {
                "this is the first article of the view"
            });
            return Vec::new();
        }
        self.go_to_row(row)
    }

    /// Goes to a row: opens its article where one is open, else puts the cursor there.
    pub(super) fn go_to_row(&mut self, row: usize) -> Vec<Effect> {
        if !self.open {
            return self.go_row(row);
        }
        let focus = self.focus;
        let Some(id) = self.list.ids.get(row).copied() else { return Vec::new() };
        let effects = self.open_article(id);
        if focus == Focus::List {
            self.focus = Focus::Reader;
        }
        effects
    }

    /// `n` and `N`: the next match while a search is lit, else the next unread article.
    pub(super) fn next(&mut self, down: bool) -> Vec<Effect> {
        let hits = !self.list.matcher.is_empty();
        if self.focus == Focus::List && !self.open && hits {
            // Each row is one that the search found.
            return self.neighbour(down);
        }
        if self.search.is_some() {
            return self.next_match(down);
        }
        if hits {
            return self.neighbour(down);
        }
        self.next_unread(down)
    }

    /// Goes to the next unread article of the view.
    pub(super) fn next_unread(&mut self, down: bool) -> Vec<Effect> {
        match self.list.unread(down) {
            Some(Ok(row)) => self.go_to_row(row),
            Some(Err(from)) => {
                // Beyond what is known of the list the library knows.
                let ids = &self.list.ids;
                let ids = if down {
                    ids.get(from..).unwrap_or_default().to_vec()
                } else {
                    ids.iter().take(from + 1).rev().copied().collect()
                };
                vec![Effect::FindUnread(ids)]
            }
            None => self.no_unread(),
        }
    }

    fn no_unread(&mut self) -> Vec<Effect> {
        self.say("no unread article further that way");
        Vec::new()
    }

    /// The library's answer to where the next unread article is.
    pub(super) fn unread_found(&mut self, id: Option<ArticleId>) -> Vec<Effect> {
        match id.and_then(|id| self.list.row_of(id)) {
            Some(row) => self.go_to_row(row),
            None => self.no_unread(),
        }
    }

    /// Goes to a view; to the present one again, it is read anew.
    pub(super) fn go_view(&mut self, view: View) -> Vec<Effect> {
        self.remember_place();
        self.filtered = None;
        self.screen = super::state::Screen::Browse;
        let mut effects = if self.open { self.save_now() } else { Vec::new() };
        let keep = (view == self.list.view).then_some(self.list.cursor);
        self.close();
        self.list = self.list_of(view);
        self.list.cursor = keep.unwrap_or(0);
        effects.push(self.load_view(LoadReason::Enter));
        effects.push(Effect::LoadCounts);
        effects
    }
}
