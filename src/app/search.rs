//! Search in the open article: the prompt, the matches, and going from one to the next.

use super::effect::Effect;
use super::prompt::Prompt;
use super::reading::reveal;
use super::state::{Search, State};
use super::{Key, KeyCode};
use crate::article::{Article, Span};
use crate::text::fold;

impl State {
    /// `/`: asks for a word.
    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        if self.reader.is_none() || self.panes.reader.is_none() {
            self.say("open an article to search in it");
            return Vec::new();
        }
        self.prompt = Some(Prompt::default());
        Vec::new()
    }

    /// A key while the prompt is open.
    pub(super) fn prompt_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        match key.code {
            KeyCode::Esc => self.prompt = None,
            KeyCode::Char('c' | 'g') if key.ctrl => self.prompt = None,
            KeyCode::Enter => {
                let pattern = prompt.text().to_owned();
                self.prompt = None;
                self.search_for(pattern);
            }
            KeyCode::Backspace if !prompt.delete_before() && prompt.text().is_empty() => {
                self.prompt = None;
            }
            KeyCode::Char('h') if key.ctrl => {
                prompt.delete_before();
            }
            KeyCode::Delete => prompt.delete_after(),
            KeyCode::Left => self.caret_towards(false),
            KeyCode::Right => self.caret_towards(true),
            KeyCode::Home => prompt.home(),
            KeyCode::End => prompt.end(),
            KeyCode::Char('a') if key.ctrl => prompt.home(),
            KeyCode::Char('e') if key.ctrl => prompt.end(),
            KeyCode::Char('u') if key.ctrl => self.prompt = Some(Prompt::default()),
            KeyCode::Char(c) if !key.ctrl && !key.alt => prompt.insert(c.encode_utf8(&mut [0; 4])),
            _ => {}
        }
        Vec::new()
    }

    /// An arrow key: the caret goes that way on the screen, so in right-to-left text `←` goes on.
    fn caret_towards(&mut self, right: bool) {
        let Some(prompt) = &mut self.prompt else { return };
        let own = crate::text::direction_of(prompt.text()).unwrap_or(self.direction);
        if right == (own == crate::text::Direction::Ltr) {
            prompt.forward();
        } else {
            prompt.back();
        }
    }

    fn search_for(&mut self, pattern: String) {
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
        self.search = Some(Search { pattern, hits, current });
    }

    /// The next match, or the one before, in a circle.
    pub(super) fn next_match(&mut self, down: bool) -> Vec<Effect> {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows));
        let (Some(search), Some(reader)) = (&mut self.search, &mut self.reader) else { return Vec::new() };
        let many = search.hits.len().max(1);
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
