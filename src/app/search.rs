//! Search in the open article: the matches, and going from one to the next. `asking` asks for the word.

use super::effect::Effect;
use super::reader::Search;
use super::reading::reveal;
use super::state::State;
use crate::article::{Article, Span};
use crate::text::fold;

impl State {
    /// `|`: asks for a command that the article's text is piped to.
    pub(super) fn ask_pipe(&mut self) -> Vec<Effect> {
        match (&self.reader, self.current()) {
            (Some(reader), Some(id)) if reader.id == id => self.ask(super::prompt::PromptKind::Pipe),
            _ => {
                self.say("open the article to pipe its text");
                Vec::new()
            }
        }
    }

    /// The command was typed.
    pub(super) fn pipe_typed(&mut self, line: &str) -> Vec<Effect> {
        if line.is_empty() { Vec::new() } else { vec![Effect::Pipe(line.to_owned())] }
    }

    /// Lights a word's matches in the open article and goes to the first one on the screen or behind it.
    pub(super) fn search_for(&mut self, pattern: String) {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows));
        let Some(reader) = &mut self.reader else { return };
        if pattern.trim().is_empty() {
            self.search = None;
            return;
        }
        let hits = matches(reader.flow.article(), &pattern);
        if hits.is_empty() {
            self.search = None;
            self.say(format!("no match for \u{2068}{pattern}\u{2069} in this article"));
            return;
        }
        let from = reader.flow.offset_at(reader.top);
        let current = hits.iter().position(|hit| hit.start >= from).unwrap_or(0);
        if let Some(hit) = hits.get(current) {
            reveal(reader, hit.start, rows);
        }
        self.search = Some(Search { pattern: Some(pattern), hits, current });
    }

    /// Brings the match of the view's query that the reader is at onto the screen, where nobody was further on already.
    pub(super) fn reveal_hit(&mut self) {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows));
        let (Some(search), Some(reader)) = (&self.search, &mut self.reader) else { return };
        let fresh = search.pattern.is_none() && reader.anchor.is_none();
        if let Some(hit) = search.hits.get(search.current).filter(|_| fresh) {
            reveal(reader, hit.start, rows);
        }
    }

    /// The next match, or the one before, in a circle.
    pub(super) fn next_match(&mut self, down: bool) -> Vec<Effect> {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows));
        let (Some(search), Some(reader)) = (&mut self.search, &mut self.reader) else { return Vec::new() };
        let many = search.hits.len().max(1);
        // The hits of the view's query go on in the next article of the view.
        let at_end = if down { search.current + 1 == many } else { search.current == 0 };
        let own = search.pattern.is_none();
        let row = self.list.row_of(reader.id);
        let further = row.is_some_and(|row| if down { row + 1 < self.list.ids.len() } else { row > 0 });
        if own && self.open && at_end && further {
            return self.neighbour(down);
        }
        search.current = (search.current + if down { 1 } else { many - 1 }) % many;
        if let Some(hit) = search.hits.get(search.current) {
            reveal(reader, hit.start, rows);
        }
        vec![self.save_later()]
    }
}

/// Where an article's title and blocks match `pattern` after folding, in logical order.
pub fn matches(article: &Article, pattern: &str) -> Vec<Span> {
    let shown = std::iter::once(article.title).chain(article.blocks.iter().map(|block| block.span));
    let mut hits: Vec<Span> = shown
        .flat_map(|span| {
            let found = fold::find_all(span.of(&article.text), pattern.trim());
            found.into_iter().map(move |range| Span::from(range).shifted(span.start))
        })
        .collect();
    hits.dedup();
    hits
}
