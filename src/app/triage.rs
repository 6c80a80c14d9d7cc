//! Verbs: what each acts on, what it changes on the screen at once, what it asks to be journaled. What is said of undo is
//! in `undoing`, tags are in `tagging`, mutes in `muting`, picked rows in `picking`.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::action::Action;
use super::byline::byline;
use super::effect::Effect;
use super::event::Applied;
use super::muting::MuteMenu;
use super::state::{Library, State, Status};
use crate::article::{ArticleId, BoardRow, Bookmark, Headline, Marks, Verb};

/// What stands behind every message of a verb.
const UNDOES: &str = " · u undoes";

/// What the verbs remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triage {
    /// The last verb, for `.`.
    last: Option<LastVerb>,
    /// The tags that were put on last.
    pub(super) last_tags: BTreeSet<String>,
    /// The library's tags, those with most articles first.
    pub(super) tags: Vec<String>,
    /// The tags that the articles of the prompt had in common when it was opened.
    pub(super) tags_before: BTreeSet<String>,
    /// The note that was typed, while its day is asked for.
    pub(super) note: Option<Option<String>>,
    /// The menu of what can be silenced, while it is open.
    pub mute: Option<MuteMenu>,
    /// Changes that the journal has not answered yet: how many of each article, and its marks after all of them.
    pub(super) asked: HashMap<ArticleId, (usize, Marks)>,
    /// What was said of a verb ahead of the journal's answer, and of which articles, where they are many.
    said: Option<(Verb, Vec<ArticleId>)>,
}

/// A verb that can be done again.
#[derive(Clone, Debug, PartialEq)]
struct LastVerb {
    verb: Verb,
    moves: bool,
    many: usize,
}

impl State {
    /// The articles that a verb is meant for, now: the open one; else those that are picked; else a count of rows from the
    /// cursor, of the list or of the Board. Picked rows are picked no longer.
    pub(super) fn targets(&mut self, count: Option<usize>) -> Vec<ArticleId> {
        if self.in_reader() {
            return self.current().into_iter().collect();
        }
        let picked = self.take_picked();
        if !picked.is_empty() {
            return picked;
        }
        let (ids, cursor) = self.rows_in_front();
        ids.iter().skip(cursor).take(count.unwrap_or(1)).copied().collect()
    }

    /// `d b m a`.
    pub(super) fn verb(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let ids = self.targets(count);
        let Some(first) = ids.first().copied() else { return self.nothing_here() };
        let marks = self.known_marks(first);
        let (verb, moves) = match action {
            Action::Done if self.is_following_up() => (Verb::FollowedUp, true),
            Action::Done => (Verb::Done, true),
            Action::Archive => (Verb::Archive, true),
            Action::ToggleRead if marks.read => (Verb::Unread, false),
            Action::ToggleRead => (Verb::Read, false),
            _ if marks.bookmark.is_some() => (Verb::Unbookmark, false),
            _ => (Verb::Bookmark(Bookmark::default()), !self.in_reader()),
        };
        self.act(&verb, ids, moves)
    }

    /// `D` and `A`: done for all down to the cursor, or for all of the view, as it is now.
    pub(super) fn done_many(&mut self, all: bool) -> Vec<Effect> {
        if all && !self.rows_are_complete() {
            // All of it is what the library is about to give; keys wait for that.
            self.list.all_done = !self.on_board();
            return Vec::new();
        }
        let (ids, cursor) = self.rows_in_front();
        let rows = if all { ids.len() } else { cursor + 1 };
        let waiting = |id: &ArticleId| self.row_marks(*id).is_none_or(|marks| !marks.done);
        let ids: Vec<ArticleId> = ids.iter().take(rows).copied().filter(waiting).collect();
        if ids.is_empty() {
            self.say("all of these are done already");
            return Vec::new();
        }
        self.take_picked();
        let effects = self.act(&Verb::Done, ids, !all);
        if let Some(last) = &mut self.triage.last {
            last.many = 1;
        }
        effects
    }

    /// `.`: the last verb again, on what is meant now.
    pub(super) fn repeat(&mut self, count: Option<usize>) -> Vec<Effect> {
        let Some(LastVerb { verb, moves, many }) = self.triage.last.clone() else {
            self.say("there is no verb to repeat yet");
            return Vec::new();
        };
        let ids = self.targets(Some(count.unwrap_or(many)));
        if ids.is_empty() {
            return self.nothing_here();
        }
        // In the reader a bookmark stays, as when it was made there.
        let moves = moves && !(self.in_reader() && matches!(verb, Verb::Bookmark(_) | Verb::Due(_)));
        self.act(&verb, ids, moves)
    }

    pub(super) fn nothing_here(&mut self) -> Vec<Effect> {
        self.say("there is no article here");
        Vec::new()
    }

    /// Does a verb to articles, says so, and goes on where it `moves`.
    pub(super) fn act(&mut self, verb: &Verb, ids: Vec<ArticleId>, moves: bool) -> Vec<Effect> {
        // A count of rows is done again with its count; picked rows and whole views are not.
        let (rows, cursor) = self.rows_in_front();
        let counted = rows.iter().skip(cursor).take(ids.len()).eq(&ids);
        let many = if counted && !self.in_reader() { ids.len() } else { 1 };
        // A row that stands for several articles stands for all of them.
        let ids = self.whole_rows(ids);
        self.say(said(verb, ids.len()));
        self.triage.said = (ids.len() > 1).then(|| (verb.clone(), ids.clone()));
        self.triage.last = Some(LastVerb { verb: verb.clone(), moves, many });
        self.tally.note(verb, &ids, self.now);
        let dealt: HashSet<ArticleId> = ids.iter().copied().collect();
        let mut effects = self.change(verb, ids);
        if moves {
            effects.extend(self.after(&dealt));
        }
        effects
    }

    /// What is known of an article's marks.
    pub(super) fn known_marks(&self, id: ArticleId) -> Marks {
        let reader = self.reader.as_ref().filter(|reader| reader.id == id);
        let marks = reader.map(|reader| &reader.headline.marks).or_else(|| self.list.marks(id));
        let marks = marks.or_else(|| self.board.rows.get(&id).map(|row| &row.headline.marks));
        marks.cloned().unwrap_or_default()
    }

    /// Goes on to the first article from the cursor down that a verb did not act on; at the end it stays on the last one.
    fn after(&mut self, dealt: &HashSet<ArticleId>) -> Vec<Effect> {
        let own = self.current().filter(|_| self.in_reader()).and_then(|id| self.list.row_of(id));
        let (ids, cursor) = self.rows_in_front();
        let from = own.unwrap_or(cursor);
        let next = ids.iter().skip(from).position(|id| !dealt.contains(id)).map(|at| from + at);
        match next {
            _ if self.on_board() => self.go_board_row(next.unwrap_or(usize::MAX)),
            Some(row) => {
                let status = std::mem::take(&mut self.status);
                let effects = self.go_to_row(row);
                self.status = status;
                effects
            }
            None if self.open => Vec::new(),
            None => self.go_row(usize::MAX),
        }
    }

    /// Changes marks on the screen at once, and asks for it to be journaled.
    pub(super) fn change(&mut self, verb: &Verb, ids: Vec<ArticleId>) -> Vec<Effect> {
        let view = self.view_in_front().clone();
        // A row counts once, and only for what is done now.
        let hidden = if ids.len() > 1 { self.list.hidden() } else { HashSet::new() };
        let mut changed = Vec::with_capacity(ids.len());
        let mut dealt = Vec::new();
        for id in &ids {
            let before = self.known_marks(*id);
            let after = verb.apply(&before);
            if self.list.is_dealt(&after) && !self.list.is_dealt(&before) && !hidden.contains(id) {
                dealt.push(*id);
            }
            changed.push((*id, after));
        }
        self.take_marks(&changed);
        for (id, marks) in &changed {
            let (many, after) = self.triage.asked.entry(*id).or_default();
            *many += 1;
            after.clone_from(marks);
        }
        if view == self.list.view {
            self.list.dealt.extend(dealt);
        }
        let mut effects = vec![Effect::Apply { verb: verb.clone(), ids: ids.clone(), view }];
        if self.library == Library::Temporary
            && matches!(verb, Verb::Bookmark(_) | Verb::Due(_) | Verb::Tag { .. })
        {
            effects.extend(ids.into_iter().map(|id| Effect::Keep(id, verb.clone())));
        }
        effects
    }

    /// The journal's answer: how many articles a verb really changed, where that is still what is said.
    pub(super) fn applied(&mut self, applied: &Applied) {
        // Of an article for which more is asked the answer is of yesterday.
        for id in &applied.asked {
            if let Some((many, _)) = self.triage.asked.get_mut(id) {
                *many -= 1;
                if *many == 0 {
                    self.triage.asked.remove(id);
                }
            }
        }
        let asked = &self.triage.asked;
        let changed: Vec<_> =
            applied.changed.iter().filter(|(id, _)| !asked.contains_key(id)).cloned().collect();
        self.take_marks(&changed);
        let changed = &applied.changed;
        if let Some((verb, asked)) = self.triage.said.take_if(|(_, asked)| *asked == applied.asked)
            && asked.len() != changed.len()
            && self.status.says(&said(&verb, asked.len()))
        {
            self.say(said(&verb, changed.len()));
        }
    }

    /// A change failed: nothing is known of those that were asked for but what the library says next.
    pub(super) fn forget_asked(&mut self) {
        for id in self.triage.asked.drain().map(|(id, _)| id) {
            self.list.dealt.remove(&id);
        }
    }

    /// An article is in the person's own library too: said behind what was done to it, and over nothing else.
    pub(super) fn tell_kept(&mut self) {
        const KEPT: &str = "kept in your library too";
        match &self.status {
            Status::Message(said) if said.contains(KEPT) => {}
            Status::Message(said) => {
                if let Some(did) = said.strip_suffix(UNDOES) {
                    self.say(format!("{did} · {KEPT}{UNDOES}"));
                }
            }
            Status::Hints => self.say(format!("{KEPT}{UNDOES}")),
            Status::Error(_) => {}
        }
    }

    /// Headlines as the library has them, with the marks of what it has been asked for and has not answered.
    pub(super) fn with_asked_marks(&self, mut headlines: Vec<Headline>) -> Vec<Headline> {
        for line in &mut headlines {
            if let Some((_, marks)) = self.triage.asked.get(&line.id) {
                line.marks.clone_from(marks);
            }
        }
        headlines
    }

    /// The same for rows of the Board.
    pub(super) fn rows_with_asked_marks(&self, mut rows: Vec<BoardRow>) -> Vec<BoardRow> {
        for row in &mut rows {
            if let Some((_, marks)) = self.triage.asked.get(&row.headline.id) {
                row.headline.marks.clone_from(marks);
            }
        }
        rows
    }

    /// Takes marks as they are now.
    pub(super) fn take_marks(&mut self, changed: &[(ArticleId, Marks)]) {
        for (id, marks) in changed {
            if !self.list.is_dealt(marks) {
                self.list.dealt.remove(id);
            }
            self.list.mark(*id, marks.clone());
            if let Some(reader) = self.reader.as_mut().filter(|reader| reader.id == *id) {
                let before = std::mem::replace(&mut reader.headline.marks, marks.clone());
                if (&before.tags, &before.bookmark) != (&marks.tags, &marks.bookmark) {
                    reader.flow.set_byline(byline(reader.flow.article(), &reader.headline, &self.zone));
                    reader.arranged = None;
                }
            }
            if let Some(row) = self.board.rows.get_mut(id) {
                row.headline.marks = marks.clone();
            }
        }
    }
}

/// What a verb did to so many articles, for the status line.
pub(super) fn said(verb: &Verb, many: usize) -> String {
    let isolated = |tags: &BTreeSet<String>| {
        let tags: Vec<String> = tags.iter().map(|tag| format!("\u{2068}{tag}\u{2069}")).collect();
        tags.join(", ")
    };
    let what = match verb {
        Verb::Open => "opened".to_owned(),
        Verb::Read => "read".to_owned(),
        Verb::Unread => "unread".to_owned(),
        Verb::Done => "done".to_owned(),
        Verb::Undone => "back in the inbox".to_owned(),
        Verb::Archive => "archived".to_owned(),
        Verb::Bookmark(Bookmark { note: None, due: None }) => "bookmarked".to_owned(),
        Verb::Bookmark(Bookmark { note: Some(_), due: None }) => "bookmarked with a note".to_owned(),
        Verb::Bookmark(Bookmark { due: Some(day), .. }) => {
            format!("bookmarked for {}", day.strftime("%a %Y-%m-%d"))
        }
        Verb::Due(Some(day)) => format!("to come back on {}", day.strftime("%a %Y-%m-%d")),
        Verb::Due(None) => "bookmarked without a day".to_owned(),
        Verb::Unbookmark => "bookmark taken off".to_owned(),
        Verb::Direction(_) => "direction set".to_owned(),
        Verb::Tag { add, remove } if remove.is_empty() => format!("tagged {}", isolated(add)),
        Verb::Tag { add, remove } if add.is_empty() => format!("no longer tagged {}", isolated(remove)),
        Verb::Tag { add, remove } => format!("tagged {}, no longer {}", isolated(add), isolated(remove)),
        Verb::FollowedUp => "followed up".to_owned(),
        Verb::Apart => "each a story of its own".to_owned(),
        Verb::Mute => "muted".to_owned(),
    };
    if many == 1 { format!("{what}{UNDOES}") } else { format!("{many} {what}{UNDOES}") }
}
