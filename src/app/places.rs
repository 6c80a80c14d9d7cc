//! Lists of views: the sources, the tags, the saved queries, each with its counts; and going to one. The mutes in force stand
//! in such a list too, to be looked at and lifted.

use jiff::Timestamp;

use super::action::Action;
use super::effect::{Effect, FetchWhat};
use super::state::{Screen, State};
use crate::article::{FeedId, FeedState, NextTry};
use crate::query::{self, Clause, Mute, Place, Query, Term, View};

/// Rows at the foot of the list of feeds, that say more of the one under the cursor.
pub const FEED_ROWS: u16 = 4;

/// Which list of views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// The names that articles came from.
    #[default]
    Sources,
    /// The person's tags.
    Tags,
    /// The queries of the configuration.
    Saved,
    /// The feeds that are read, and how fetching them goes.
    Feeds,
    /// What is silenced for a while.
    Mutes,
}

impl PlaceKind {
    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sources => "Sources",
            Self::Tags => "Tags",
            Self::Saved => "Saved queries",
            Self::Feeds => "Feeds",
            Self::Mutes => "Mutes",
        }
    }
}

/// A query of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name.
    pub name: String,
    /// What it finds.
    pub query: Query,
    /// Its keys, as [`parse_keys`](super::keymap::parse_keys) reads them.
    pub keys: Vec<String>,
}

/// A row of a list of views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// How many articles it has.
    pub articles: usize,
    /// Those of them that wait in the inbox.
    pub inbox: usize,
    /// Of a feed, how fetching it goes.
    pub feed: Option<Box<FeedRow>>,
    /// Of a mute, which.
    pub mute: Option<MuteRow>,
}

/// How fetching a feed goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Its number.
    pub id: FeedId,
    /// Its address.
    pub address: String,
    /// What the last tries met with.
    pub state: FeedState,
    /// When it is tried next.
    pub next: NextTry,
}

/// A mute in a list of views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuteRow {
    /// Its entry in the journal.
    pub entry: i64,
    /// What it silences.
    pub mute: Mute,
    /// Until when.
    pub until: Timestamp,
}

/// The list of views that is in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Which.
    pub kind: PlaceKind,
    /// Its rows.
    pub rows: Vec<PlaceRow>,
    /// Whether it has been read.
    pub loaded: bool,
    /// The row of the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
}

impl Places {
    /// The feed under the cursor.
    pub fn feed(&self) -> Option<&FeedRow> {
        self.rows.get(self.cursor)?.feed.as_deref()
    }
}

impl State {
    /// `gs`, `gt`, `g.`, `!`: the list of sources, of tags, of saved queries, of feeds.
    pub(super) fn open_places(&mut self, kind: PlaceKind) -> Vec<Effect> {
        if kind == PlaceKind::Saved && self.saved.is_empty() {
            self.say(
                "no queries are saved: [[views]] in the configuration has them, with name, query and keys",
            );
            return Vec::new();
        }
        let mut effects = if self.open { self.save_now() } else { Vec::new() };
        let cursor = if self.places.kind == kind { self.places.cursor } else { 0 };
        self.screen = Screen::Places;
        self.places = Places { kind, cursor, ..Places::default() };
        effects.extend(self.places_anew());
        effects
    }

    /// Reads the list of views again, where one is in front.
    pub(super) fn places_anew(&self) -> Vec<Effect> {
        if self.screen != Screen::Places {
            return Vec::new();
        }
        let saved = self.saved.iter().map(|saved| View::Query(saved.query.clone())).collect();
        vec![Effect::LoadPlaces(self.places.kind, saved)]
    }

    /// `x`: the mute under the cursor is lifted.
    fn ask_lift(&mut self) -> Vec<Effect> {
        let row = self.places.rows.get(self.places.cursor).and_then(|row| row.mute.clone());
        let Some(MuteRow { entry, mute, .. }) = row else {
            self.say("x lifts a mute: gX shows those in force");
            return Vec::new();
        };
        vec![Effect::LiftMute { entry, mute, view: self.list.view.clone() }]
    }

    /// A mute was lifted.
    pub(super) fn lifted(&mut self, mute: &Mute, many: usize) -> Vec<Effect> {
        self.say(format!("\u{2068}{}\u{2069} is muted no more, {many} back · u undoes", mute.name()));
        self.places_anew()
    }

    /// Takes the rows of a list of views.
    pub(super) fn places_loaded(&mut self, kind: PlaceKind, mut rows: Vec<PlaceRow>) {
        if kind != self.places.kind {
            return;
        }
        if kind == PlaceKind::Saved {
            for (row, saved) in rows.iter_mut().zip(&self.saved) {
                row.name.clone_from(&saved.name);
            }
        }
        self.places.rows = rows;
        self.places.loaded = true;
        self.scroll_places();
    }

    /// An action while a list of views is in front.
    pub(super) fn places_action(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let page = self.places_height();
        let places = &mut self.places;
        let many = count.unwrap_or(1);
        match action {
            Action::Down => places.cursor = places.cursor.saturating_add(many),
            Action::Up => places.cursor = places.cursor.saturating_sub(many),
            Action::First => places.cursor = count.map_or(0, |row| row.saturating_sub(1)),
            Action::Last => places.cursor = count.map_or(usize::MAX, |row| row.saturating_sub(1)),
            Action::PageDown => places.cursor = places.cursor.saturating_add(many * page),
            Action::PageUp => places.cursor = places.cursor.saturating_sub(many * page),
            Action::HalfPageDown => places.cursor = places.cursor.saturating_add(many * page / 2),
            Action::HalfPageUp => places.cursor = places.cursor.saturating_sub(many * page / 2),
            Action::Open | Action::PaneRight => return self.enter_place(),
            Action::Fetch if places.kind == PlaceKind::Feeds => return self.fetch_place(),
            Action::FetchAll if places.kind == PlaceKind::Feeds => {
                return self.fetch(Action::FetchAll);
            }
            Action::LiftMute => return self.ask_lift(),
            Action::Back | Action::Cancel => {
                self.screen = Screen::Browse;
                return Vec::new();
            }
            Action::Help => {
                self.open_help();
                return Vec::new();
            }
            Action::Command => return self.open_palette(),
            Action::Redraw | Action::Suspend => {
                return self.action(action, count, None);
            }
            other => {
                self.screen = Screen::Browse;
                return self.action(other, count, None);
            }
        }
        self.scroll_places();
        Vec::new()
    }

    /// `r` on a feed: it is fetched now.
    fn fetch_place(&mut self) -> Vec<Effect> {
        match self.places.feed().map(|feed| feed.id) {
            Some(id) => self.fetch_what(FetchWhat::Feed(id)),
            None => Vec::new(),
        }
    }

    /// Reads the list of feeds again where it is in front: fetching has changed it.
    pub(super) fn reload_feeds(&self) -> Option<Effect> {
        let shown = self.screen == Screen::Places && self.places.kind == PlaceKind::Feeds;
        shown.then(|| Effect::LoadPlaces(PlaceKind::Feeds, Vec::new()))
    }

    fn places_height(&self) -> usize {
        let foot = if self.places.kind == PlaceKind::Feeds { FEED_ROWS } else { 0 };
        usize::from(self.size.1.saturating_sub(2 + foot)).max(1)
    }

    fn scroll_places(&mut self) {
        let rows = self.places_height();
        let places = &mut self.places;
        places.cursor = places.cursor.min(places.rows.len().saturating_sub(1));
        places.top = places.top.clamp((places.cursor + 1).saturating_sub(rows), places.cursor);
    }

    /// Enter: what waits of the row's articles; all of them where nothing waits.
    fn enter_place(&mut self) -> Vec<Effect> {
        let Some(row) = self.places.rows.get(self.places.cursor) else { return Vec::new() };
        let clause = |term| Clause { negated: false, term };
        let mut query = match self.places.kind {
            PlaceKind::Sources => Query { clauses: vec![clause(Term::SourceIs(row.name.clone()))] },
            PlaceKind::Feeds => {
                let Some(feed) = &row.feed else { return Vec::new() };
                Query { clauses: vec![clause(Term::Feed(feed.address.clone()))] }
            }
            PlaceKind::Tags => Query { clauses: vec![clause(Term::Tag(row.name.clone()))] },
            PlaceKind::Saved => match self.saved.get(self.places.cursor) {
                Some(saved) => saved.query.clone(),
                None => return Vec::new(),
            },
            PlaceKind::Mutes => {
                let mut query = Query { clauses: vec![clause(Term::Is(query::State::Muted))] };
                if let Some(MuteRow { mute: Mute::Source(name), .. }) = &row.mute {
                    query.clauses.push(clause(Term::SourceIs(name.clone())));
                }
                query
            }
        };
        if matches!(self.places.kind, PlaceKind::Sources | PlaceKind::Feeds) && row.inbox > 0 {
            query.clauses.insert(0, clause(Term::In(Place::Inbox)));
        }
        self.screen = Screen::Browse;
        self.go_view(View::Query(query))
    }
}
