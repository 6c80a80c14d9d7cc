//! Searching the library, and filtering the present view while it is typed.

use super::effect::{Effect, LoadReason};
use super::list::List;
use super::prompt::{Prompt, PromptKind};
use super::state::{Screen, State};
use crate::query::{self, Clause, Matcher, Query, QueryError, Sort, Term, Variants, View};

/// What a filter narrows: the list as it was before, and what is typed.
#[derive(Clone, Debug)]
pub(super) struct Filtered {
    base: List,
    text: String,
}

impl State {
    /// `/` in the list: asks for a search of the whole library.
    pub(super) fn ask_library(&mut self) -> Vec<Effect> {
        self.prompt = Some(Prompt::new(PromptKind::Library));
        Vec::new()
    }

    /// The search was typed: its view; where it cannot be read, the caret stands at the place.
    pub(super) fn library_typed(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() {
            return Vec::new();
        }
        match query::parse(line) {
            Ok(query) => self.go_view(View::Query(query.with_variants(&self.variants))),
            Err(error) => self.ask_again(PromptKind::Library, line, &error),
        }
    }

    /// `\`: asks for a filter of the present view.
    pub(super) fn ask_filter(&mut self) -> Vec<Effect> {
        if self.filtered.is_none() {
            let mut base = self.list.clone();
            base.forget_layout();
            self.filtered = Some(Filtered { base, text: String::new() });
        }
        let text = self.filtered.as_ref().map_or("", |filtered| filtered.text.as_str());
        self.prompt = Some(Prompt::with(PromptKind::Filter, text));
        Vec::new()
    }

    /// The prompt of the filter has another text: the list follows, as far as it can be read.
    pub(super) fn filter_changed(&mut self) -> Vec<Effect> {
        let here = self.filtered.is_some() && self.screen == Screen::Browse || self.on_board();
        let own = |prompt: &&Prompt| prompt.kind == PromptKind::Filter && here;
        let Some(prompt) = self.prompt.as_ref().filter(own) else {
            return Vec::new();
        };
        let text = prompt.text().to_owned();
        match begun(&text, &self.variants) {
            Ok(filter) if self.on_board() => self.board_by(filter),
            Ok(filter) => self.filter_by(&text, filter),
            Err(_) => Vec::new(),
        }
    }

    /// Enter: the filter stays until Esc, or until another view is gone to; an empty one is none.
    pub(super) fn filter_typed(&mut self, line: &str) -> Vec<Effect> {
        match begun(line, &self.variants) {
            Ok(filter) if filter.clauses.is_empty() => self.filter_left(),
            Ok(filter) => self.filter_by(line, filter),
            Err(error) => self.ask_again(PromptKind::Filter, line, &error),
        }
    }

    /// Back to the list as it was before the filter; whether there was one.
    pub(super) fn filter_left(&mut self) -> Vec<Effect> {
        let Some(filtered) = self.filtered.take() else { return Vec::new() };
        let (before, at) = (self.list.current(), filtered.base.current());
        self.list = filtered.base;
        let sort = self.orders.of(&self.list.view);
        if sort != self.list.sort {
            // Another order was chosen meanwhile.
            self.list.sort = sort;
            return vec![self.load_view(LoadReason::Refresh(before.or(at)))];
        }
        // What was marked meanwhile is read again; the rows stay as they were.
        let mut effects = vec![Effect::LoadHeadlines(self.list.around())];
        if !self.list.complete {
            // It was still being read when the filter was asked for.
            effects.push(self.load_view(LoadReason::Start(at)));
        }
        let row = before.and_then(|id| self.list.row_of(id));
        if let Some(row) = row.filter(|_| before != at) {
            effects.extend(self.go_row(row));
        }
        effects
    }

    /// The view that a filter narrows, where there is one.
    pub(super) fn filtered_view(&self) -> Option<&View> {
        self.filtered.as_ref().map(|filtered| &filtered.base.view)
    }

    fn filter_by(&mut self, text: &str, filter: Query) -> Vec<Effect> {
        let Some(filtered) = &mut self.filtered else { return Vec::new() };
        filtered.text = text.to_owned();
        let view = filtered.base.view.filtered(filter);
        if view == self.list.view {
            return Vec::new();
        }
        // What words find stands by how near it is, unless the view has an order that was chosen.
        let chosen = self.orders.of(&filtered.base.view);
        self.list.sort = if chosen == Sort::Newest { view.sort() } else { chosen };
        // The rows stay until those of the new view are there, so that nothing flickers.
        self.list.view = view;
        self.list.matcher = matcher(&self.list.view);
        self.list.complete = false;
        self.list.beyond = None;
        self.list.forget_layout();
        vec![self.load_view(LoadReason::Filter)]
    }

    /// The prompt again, with what is wrong with its line, the caret at the place.
    pub(super) fn ask_again(&mut self, kind: PromptKind, line: &str, error: &QueryError) -> Vec<Effect> {
        let mut prompt = Prompt::with(kind, line);
        prompt.go(error.at.start);
        prompt.fault = Some(error.to_string());
        self.prompt = Some(prompt);
        Vec::new()
    }
}

/// The query of a line whose last word may still be typed: it stands for all words that begin so.
pub(super) fn begun(line: &str, variants: &Variants) -> Result<Query, QueryError> {
    let mut query = query::parse(line)?;
    let complete = line.ends_with(char::is_whitespace);
    if let Some(Clause { negated: false, term: Term::Word { prefix, .. } }) = query.clauses.last_mut() {
        *prefix |= !complete;
    }
    Ok(query.with_variants(variants))
}

/// What is lit in the rows and articles of a view.
pub(super) fn matcher(view: &View) -> Matcher {
    match view {
        View::Query(query) => Matcher::of(query),
        _ => Matcher::default(),
    }
}
