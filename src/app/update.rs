//! `update`: an event in, the state changed, effects out. Keys become actions here; what actions do is in `browse`
//! (moving among articles), `reading` (moving in one), `triage` (verbs) and `search`.

use jiff::Timestamp;

use super::action::{Action, On};
use super::effect::{Effect, LoadReason, Session, Timer};
use super::event::{Event, Imported};
use super::keyboard::Translated;
use super::keymap::Resolved;
use super::panes::Focus;
use super::places::PlaceKind;
use super::prompt::PromptKind;
use super::state::{Screen, State, Status};
use super::{Key, KeyCode};
use crate::query::View;

impl State {
    /// What to do first: go to where the last session was left.
    pub fn start(&mut self, session: Option<Session>) -> Vec<Effect> {
        let session =
            session.unwrap_or(Session { view: View::Inbox, article: None, open: false, pins: Vec::new() });
        let session = Session { view: session.view.with_variants(&self.variants), ..session };
        self.pins.columns = session.pins;
        self.list = self.list_of(session.view.clone());
        if session.open {
            self.wanted = session.article;
            self.open = true;
            self.focus = Focus::Reader;
        }
        let mut effects = vec![self.load_view(LoadReason::Start(session.article))];
        if let Some(id) = self.wanted {
            effects.push(Effect::LoadArticle(id));
        }
        effects.push(Effect::LoadCounts);
        effects.extend(self.fetch_by_interval());
        effects
    }

    /// Takes an event in at the time `now`, and returns what must be done outside. Drawing comes after
    /// [`State::arrange`], once for all events that were waiting.
    pub fn update(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        let mut effects = self.take(event);
        effects.extend(self.pins_needed());
        effects
    }

    fn take(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.pointed(mouse),
            Event::Paste(text) => {
                if let Some(prompt) = &mut self.prompt {
                    prompt.insert(&text);
                }
                self.fill_palette();
                self.filter_changed()
            }
            Event::Resize(columns, rows) => {
                self.set_size((columns, rows));
                self.preview_now()
            }
            Event::Needs(needs) => {
                if needs.utf8 == Some(false) && self.needs.utf8.is_none() {
                    self.status = Status::Error(
                        "this terminal does not read UTF-8: set a UTF-8 locale (LANG), or start screen with -U"
                            .to_owned(),
                    );
                }
                self.needs = needs;
                self.set_size(self.whole);
                self.preview_now()
            }
            Event::Timer(timer) => self.timer(timer),
            Event::ViewLoaded(view) => self.view_loaded(view),
            Event::Headlines(headlines) => {
                let headlines = self.with_asked_marks(headlines);
                let marks: Vec<_> = headlines.iter().map(|line| (line.id, line.marks.clone())).collect();
                self.list.keep(headlines);
                self.take_marks(&marks);
                Vec::new()
            }
            Event::ArticleLoaded(id, loaded) => {
                let mut effects = self.pipe_loaded(id, loaded.as_ref().map(|loaded| &loaded.article));
                effects.extend(self.article_loaded(id, loaded.map(|loaded| *loaded)));
                effects
            }
            Event::Applied(applied) => {
                self.applied(&applied);
                Vec::new()
            }
            Event::Muted { mute, changed } => {
                self.take_marks(&changed);
                let ids: Vec<_> = changed.iter().map(|(id, _)| *id).collect();
                self.tally.note(&crate::article::Verb::Mute, &ids, self.now);
                self.muted(&mute, changed.len())
            }
            Event::Lifted { mute, changed } => {
                self.take_marks(&changed);
                self.lifted(&mute, changed.len())
            }
            Event::ChangesLoaded(id, changes) => self.changes_loaded(id, *changes),
            Event::AddressFound(address) => self.address_found(address.as_deref()),
            Event::PlacesLoaded(kind, rows) => {
                self.places_loaded(kind, rows);
                Vec::new()
            }
            Event::UnreadFound(id) => self.unread_found(id),
            Event::SourceFound(id) => self.source_found(id),
            Event::Tags(tags) => {
                self.take_tags(tags);
                Vec::new()
            }
            Event::Undone(undone) => {
                self.tally.note_undone(&undone);
                let mut effects = self.undone(&undone);
                effects.extend(self.places_anew());
                // It may have been a correction.
                effects.extend(self.reader.as_ref().map(|reader| Effect::LoadFacts(reader.id)));
                effects
            }
            Event::BoardLoaded(loaded) => self.board_loaded(*loaded),
            Event::BoardRows { columns, rows } => {
                self.pinned_rows(&columns, &rows);
                let rows = self.rows_with_asked_marks(rows);
                self.board_rows(&columns, rows);
                Vec::new()
            }
            Event::FactsLoaded(id, facts) => {
                self.pins.forget();
                self.take_facts(id, facts);
                Vec::new()
            }
            Event::ConfirmUndo { note, redo } => {
                self.confirm_undo(&note, redo);
                Vec::new()
            }
            Event::NothingToUndo(redo) => {
                let what = if redo { "nothing to redo" } else { "nothing to undo" };
                self.say(what);
                Vec::new()
            }
            Event::Counts(counts) => {
                self.counts = counts;
                Vec::new()
            }
            Event::Imported(imported) => self.imported(imported),
            Event::Fetched(fetched) => self.fetched(fetched),
            Event::LibraryChanged => {
                self.pins.forget();
                // What another process marked is shown where it stands; nothing moves.
                let mut effects = self.reload(LoadReason::Arrivals);
                effects.push(Effect::LoadHeadlines(self.list.around()));
                effects.extend(self.board_rows_anew());
                effects
            }
            Event::Kept(_) => {
                self.tell_kept();
                Vec::new()
            }
            Event::Examined(examined) => {
                self.examined = examined;
                Vec::new()
            }
            Event::Said(sentence) => {
                self.say(sentence);
                Vec::new()
            }
            Event::Failed(sentence) => {
                self.cannot(sentence);
                self.forget_asked();
                let mut effects = self.reload(LoadReason::Refresh(self.browsed()));
                // The view tells the marks of its first rows alone.
                let shown =
                    self.list.around().into_iter().chain(self.reader.as_ref().map(|reader| reader.id));
                effects.push(Effect::LoadHeadlines(shown.collect()));
                effects.extend(self.board_rows_anew());
                effects.extend(self.take_ahead());
                effects
            }
            Event::CannotRead(sentence) => {
                self.cannot(sentence);
                self.take_ahead()
            }
        }
    }

    /// Something could not be done.
    fn cannot(&mut self, sentence: String) {
        self.status = Status::Error(sentence);
        // It may have been the view that is to be done, too.
        self.list.all_done = false;
        if self.awaits_article() {
            // It may have been the article that could not be read.
            self.wanted = None;
            if self.reader.is_none() {
                self.close();
            }
        }
    }

    /// Says something in the status line, until the next key.
    pub(super) fn say(&mut self, message: impl Into<String>) {
        self.status = Status::Message(message.into());
    }

    /// A key. What is typed before an article that was opened has been read waits for it, so that fast fingers and slow
    /// ones do the same.
    fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.awaits() {
            self.ahead.push_back(key);
            return Vec::new();
        }
        self.take_key(key)
    }

    fn awaits_article(&self) -> bool {
        self.open && self.wanted.is_some()
    }

    /// Whether keys wait: for an article, or for the whole of a view that is to be done.
    fn awaits(&self) -> bool {
        self.awaits_article() || self.list.all_done
    }

    /// Takes the keys that waited.
    pub(super) fn take_ahead(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while !self.awaits()
            && let Some(key) = self.ahead.pop_front()
        {
            self.arrange();
            effects.extend(self.take_key(key));
        }
        effects
    }

    fn take_key(&mut self, key: Key) -> Vec<Effect> {
        let mut effects = vec![Effect::CheckLibrary];
        if self.prompt.is_some() {
            effects.extend(self.prompt_key(key));
            return effects;
        }
        if self.screen == Screen::Doctor
            && let Some(own) = self.doctor_key(key)
        {
            effects.extend(own);
            return effects;
        }
        self.status = match self.failures.pop() {
            Some(failure) => Status::Error(failure),
            None => Status::Hints,
        };
        let waiting = !self.pending.is_empty();
        if waiting && key.code == KeyCode::Esc {
            self.pending = super::keymap::Pending::default();
            return effects;
        }
        let key = match self.keyboard.translate(key) {
            Translated::Key(key) => key,
            Translated::Instead(key) => {
                self.pending.take_back();
                key
            }
            Translated::Ambiguous(c) => {
                self.pending = super::keymap::Pending::default();
                self.say(format!(
                    "\u{2068}{c}\u{2069} stands on another key in each layout: gq asks which is yours"
                ));
                return effects;
            }
        };
        if let Some(menu) = self.triage.mute.take() {
            effects.extend(self.mute_key(menu, key));
            return effects;
        }
        if self.hints.is_some() {
            effects.extend(self.hint_key(key));
            return effects;
        }
        let on = self.on();
        let resolved = self.keymap.resolve(&mut self.pending, key, on);
        let Resolved::Action(action, count) = resolved else { return effects };
        let named = self.named.take();
        effects.extend(self.do_action(action, count, named));
        effects
    }

    /// Which screen or pane has the keys.
    pub(super) fn on(&self) -> On {
        match (self.screen, self.focus) {
            (Screen::Help(_), _) => On::HELP,
            (Screen::Doctor, _) => On::DOCTOR,
            (Screen::Board, _) => On::BOARD,
            (Screen::Places, _) => On::PLACES,
            (Screen::Browse, Focus::List) => On::LIST,
            (Screen::Browse, Focus::Reader) => On::READER,
            (Screen::Browse, Focus::Facts) => On::FACTS,
        }
    }

    pub(super) fn action(&mut self, action: Action, count: Option<usize>, named: Option<i64>) -> Vec<Effect> {
        if let Some(effects) = self.move_selection(action, count) {
            return effects;
        }
        match action {
            Action::Down
            | Action::Up
            | Action::First
            | Action::Last
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp => {
                let effects = self.movement(action, count);
                if self.focus == Focus::List {
                    self.tell_picked();
                }
                effects
            }
            Action::Open => self.enter(),
            Action::Back => self.back(true),
            Action::Cancel => self.back(false),
            Action::PaneLeft => self.pane(crate::text::Direction::Ltr),
            Action::PaneRight => self.pane(crate::text::Direction::Rtl),
            Action::PaneNext => self.pane_next(),
            Action::NextUnread | Action::PreviousUnread => self.next(action == Action::NextUnread),
            Action::NextArticle => self.neighbour(true),
            Action::PreviousArticle => self.neighbour(false),
            Action::Done | Action::Bookmark | Action::ToggleRead | Action::Archive => {
                self.verb(action, count)
            }
            Action::DoneAbove => self.done_many(false),
            Action::DoneAll => self.done_many(true),
            Action::Due => self.ask_due(count),
            Action::Snooze => self.snooze(count),
            Action::Pipe => self.ask_pipe(),
            Action::Sort => self.next_sort(),
            Action::Tag => self.ask_tags(count),
            Action::TagAgain => self.tag_again(count),
            Action::Mute => self.ask_mute(),
            Action::Repeat => self.repeat(count),
            Action::TurnStory => self.turn_story(),
            Action::SplitStory => self.split_story(),
            Action::Pick | Action::PickRange => self.pick(action),
            Action::Undo => self.undo(false, named),
            Action::Redo => self.undo(true, named),
            Action::GoInbox => self.go_view(View::Inbox),
            Action::GoUnread => self.go_view(View::Unread),
            Action::GoBookmarks => self.go_view(View::Bookmarks),
            Action::GoArchive => self.go_view(View::Archive),
            Action::GoSources => self.open_places(PlaceKind::Sources),
            Action::GoTags => self.open_places(PlaceKind::Tags),
            Action::GoSaved => self.open_places(PlaceKind::Saved),
            Action::GoFeeds => self.open_places(PlaceKind::Feeds),
            Action::GoMutes => self.open_places(PlaceKind::Mutes),
            Action::Saved(number) => {
                let saved = self.saved.get(usize::from(number)).map(|saved| View::Query(saved.query.clone()));
                saved.map_or_else(Vec::new, |view| self.go_view(view))
            }
            Action::JumpBack => self.jump(true),
            Action::JumpForward => self.jump(false),
            Action::NextSource => self.next_source(true),
            Action::PreviousSource => self.next_source(false),
            Action::SearchLibrary => self.ask_library(),
            Action::ToggleFacts => self.toggle_facts(),
            Action::CycleDirection => self.cycle_direction(),
            Action::Zen => {
                self.zen = !self.zen && self.open;
                Vec::new()
            }
            Action::Narrower => self.set_measure(false),
            Action::Wider => self.set_measure(true),
            Action::GoBoard => self.open_board(),
            Action::SortColumn | Action::PinColumn | Action::ExportBoard | Action::LiftMute => Vec::new(),
            Action::FollowFact => self.follow_fact(),
            Action::TablesOn => self.scroll_tables(true),
            Action::TablesBack => self.scroll_tables(false),
            Action::Search => self.ask(PromptKind::Search),
            Action::Filter => self.ask_filter(),
            Action::Command => self.open_palette(),
            Action::BookmarkNote => self.ask_note(count),
            Action::Select => self.select(),
            Action::Copy => self.copy(),
            Action::CopyArticle => self.copy_article(),
            Action::Compare => self.compare(),
            Action::OpenPage => self.open_page(),
            Action::Follow => self.hint(false),
            Action::CopyLink => self.hint(true),
            Action::EditFact | Action::HideFact | Action::AddFact => self.correct(action),
            Action::CycleHarakat => self.cycle_harakat(),
            Action::Fetch | Action::FetchAll => self.fetch(action),
            Action::Doctor => self.open_doctor(),
            Action::Help => {
                self.open_help();
                Vec::new()
            }
            Action::Redraw => vec![Effect::Redraw],
            Action::Suspend => vec![Effect::Suspend],
        }
    }

    /// Does an action on the screen that is in front.
    pub(super) fn do_action(
        &mut self,
        action: Action,
        count: Option<usize>,
        named: Option<i64>,
    ) -> Vec<Effect> {
        match self.screen {
            Screen::Board | Screen::Places if matches!(action, Action::Undo | Action::Redo) => {
                self.action(action, count, named)
            }
            Screen::Browse => self.action(action, count, named),
            Screen::Help(_) => self.help_action(action, count),
            Screen::Doctor => self.doctor_action(action),
            Screen::Board => self.board_action(action, count),
            Screen::Places => self.places_action(action, count),
        }
    }

    fn timer(&mut self, timer: Timer) -> Vec<Effect> {
        match timer {
            Timer::Preview(at) if at == self.timer => self.preview_now(),
            Timer::Position(at) if at == self.timer => self.save_now(),
            Timer::Preview(_) | Timer::Position(_) => Vec::new(),
            Timer::Fetch => self.fetch_by_interval(),
        }
    }

    fn imported(&mut self, imported: Imported) -> Vec<Effect> {
        let Imported { changed, failed, finished } = imported;
        if let Some(first) = failed.first() {
            let more = failed.len() - 1;
            let rest = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            self.status = Status::Error(format!("{first}{rest}"));
        }
        if changed > 0 || (finished && !self.list.loaded) {
            self.reload(LoadReason::Arrivals)
        } else {
            Vec::new()
        }
    }
}
