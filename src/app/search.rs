//! Search in the open article: the matches, and going from one to the next. `asking` asks for the word.

use std::sync::Arc;

use super::effect::Effect;
use super::reader::Search;
use super::reading::reveal;
use super::state::State;
use crate::article::{Article, ArticleId, Span};
use crate::text::fold;

impl State {
    /// `|`: asks for a command that the text of the open article, or of the one under the cursor, is piped to.
    pub(super) fn ask_pipe(&mut self) -> Vec<Effect> {
        let Some(id) = self.current() else { return self.nothing_here() };
        self.asked_for = vec![id];
        self.ask(super::prompt::PromptKind::Pipe)
    }

    /// The command was typed. An article that is not on the screen is read first, and stays unread.
    pub(super) fn pipe_typed(&mut self, line: &str) -> Vec<Effect> {
        let id = std::mem::take(&mut self.asked_for).first().copied();
        let Some(id) = id.filter(|_| !line.is_empty()) else { return Vec::new() };
        match self.reader.as_ref().filter(|reader| reader.id == id) {
            Some(reader) => {
                self.piped = Some(Arc::clone(reader.flow.article()));
                vec![Effect::Pipe(line.to_owned())]
            }
            None => {
                self.piping = Some((id, line.to_owned()));
                vec![Effect::LoadArticle(id)]
            }
        }
    }

    /// An article was read: where a command waits for it, its text is piped.
    pub(super) fn pipe_loaded(&mut self, id: ArticleId, article: Option<&Arc<Article>>) -> Vec<Effect> {
        let Some((_, command)) = self.piping.take_if(|(own, _)| *own == id) else { return Vec::new() };
        let Some(article) = article else {
            self.say("that article is no longer in the library");
            return Vec::new();
        };
        self.piped = Some(Arc::clone(article));
        vec![Effect::Pipe(command)]
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
