//! Selecting text in the reader by words, and copying: the text as it was written, in logical order and base letters
//! (what a mouse would copy is presentation forms in visual order).

use super::action::Action;
use super::effect::Effect;
use super::panes::Focus;
use super::reader::Reader;
use super::reading::reveal;
use super::state::State;
use crate::article::{Article, Span};
use crate::text::implicit::plain_letters;

/// Words that are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The words of the article, in reading order.
    words: Vec<Span>,
    /// The word that it began at.
    from: usize,
    /// The word that moves.
    to: usize,
}

impl Selection {
    /// The bytes of the text that are selected.
    pub fn span(&self) -> Span {
        let (first, last) = (self.from.min(self.to), self.from.max(self.to));
        let start = self.words.get(first).map_or(0, |word| word.start);
        Span::new(start, self.words.get(last).map_or(start, |word| word.end))
    }

    /// The word that moves.
    pub fn head(&self) -> Span {
        self.words.get(self.to).copied().unwrap_or_default()
    }

    fn many(&self) -> usize {
        self.from.abs_diff(self.to) + 1
    }

    fn go(&mut self, to: usize) {
        self.to = to.min(self.words.len().saturating_sub(1));
    }

    /// The first word that ends behind a byte.
    fn word_at(words: &[Span], offset: usize) -> usize {
        words.partition_point(|word| word.end <= offset).min(words.len().saturating_sub(1))
    }
}

impl State {
    /// `v`: selects from the first word on the screen on, or from the match that is lit; again, ends it.
    pub(super) fn select(&mut self) -> Vec<Effect> {
        if self.selection.take().is_some() {
            return Vec::new();
        }
        if self.panes.reader.is_none() || self.focus == Focus::List && !self.open {
            self.say("open an article to select in it");
            return Vec::new();
        }
        let hit =
            self.search.as_ref().and_then(|search| search.hits.get(search.current)).map(|hit| hit.start);
        let Some(reader) = &mut self.reader else { return Vec::new() };
        let words = words(reader.flow.article());
        if words.is_empty() {
            return Vec::new();
        }
        let offset = hit.unwrap_or_else(|| reader.flow.offset_at(reader.top));
        let at = Selection::word_at(&words, offset);
        self.selection = Some(Selection { words, from: at, to: at });
        self.focus = Focus::Reader;
        self.tell_selection();
        Vec::new()
    }

    fn tell_selection(&mut self) {
        if let Some(selection) = &self.selection {
            let many = selection.many();
            self.say(format!("{} selected · h l j k move · y copies · Esc ends", counted(many, "word")));
        }
    }

    /// Moves the end of the selection; `None` where the action is another matter.
    pub(super) fn move_selection(&mut self, action: Action, count: Option<usize>) -> Option<Vec<Effect>> {
        let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows)).max(1);
        let ltr = crate::text::Direction::Ltr;
        let (selection, reader) = (self.selection.as_mut()?, self.reader.as_mut()?);
        let many = count.unwrap_or(1).max(1);
        let to = selection.to;
        let block = reader.flow.article().block_at(selection.head().start);
        let own = block.and_then(|at| reader.flow.article().blocks.get(at)?.direction);
        // The keys follow the screen: in right-to-left text the word to the left is the next one.
        let next_is_right = own.unwrap_or(reader.flow.direction()) == ltr;
        let target = match action {
            Action::PaneRight if next_is_right => to.saturating_add(many),
            Action::PaneLeft if !next_is_right => to.saturating_add(many),
            Action::PaneRight | Action::PaneLeft => to.saturating_sub(many),
            Action::First => 0,
            Action::Last => usize::MAX,
            Action::Down | Action::Up | Action::PageDown | Action::PageUp => {
                let step =
                    if matches!(action, Action::PageDown | Action::PageUp) { many * rows } else { many };
                let down = matches!(action, Action::Down | Action::PageDown);
                row_away(reader, selection, isize::try_from(step).unwrap_or(isize::MAX), down)
            }
            Action::HalfPageDown => row_away(reader, selection, isize::try_from(rows / 2).unwrap_or(1), true),
            Action::HalfPageUp => row_away(reader, selection, isize::try_from(rows / 2).unwrap_or(1), false),
            Action::Cancel | Action::Back => {
                self.selection = None;
                return Some(Vec::new());
            }
            _ => return None,
        };
        selection.go(target);
        let head = selection.head().start;
        reveal(reader, head, rows);
        self.tell_selection();
        Some(Vec::new())
    }

    /// The words that are selected, on one line; nothing is selected afterwards.
    pub(super) fn take_selected(&mut self) -> Option<String> {
        let reader = self.reader.as_ref().filter(|_| self.in_reader())?;
        let selection = self.selection.take()?;
        let text = text_of(reader.flow.article(), selection.span());
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// `y`: copies what is selected; on a fact its value; else the article's address, or its title without one.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if let (Some(selection), Some(reader)) = (self.selection.take(), &self.reader) {
            let many = selection.many();
            let text = text_of(reader.flow.article(), selection.span());
            return self.copied(&counted(many, "word"), text);
        }
        let Some(reader) = &self.reader else {
            let title =
                self.list.current().and_then(|id| self.list.headline(id)).map(|line| line.title.clone());
            return title.map_or_else(Vec::new, |title| self.copied("the title", plain_letters(&title)));
        };
        if self.focus == Focus::Facts {
            let value = reader.facts.get(reader.fact).map(|fact| plain_letters(&fact.value));
            return value.map_or_else(Vec::new, |value| self.copied("the value", value));
        }
        match reader.flow.article().url.clone() {
            Some(url) => self.copied("the address", url),
            None => {
                let title = plain_letters(&reader.headline.title);
                self.copied("the title", title)
            }
        }
    }

    /// `Y`: copies title, address and facts; on a fact, its key and value.
    pub(super) fn copy_article(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            self.say("open an article to copy its title, address and facts");
            return Vec::new();
        };
        if self.focus == Focus::Facts {
            let pair = reader.facts.get(reader.fact).map(|fact| format!("{}: {}", fact.key, fact.value));
            return pair.map_or_else(Vec::new, |pair| self.copied("key and value", plain_letters(&pair)));
        }
        let mut lines = vec![reader.headline.title.clone()];
        lines.extend(reader.flow.article().url.clone());
        lines.extend(reader.facts.iter().map(|fact| format!("{}: {}", fact.key, fact.value)));
        let text = plain_letters(&lines.join("\n"));
        self.copied("title, address and facts", text)
    }

    fn copied(&mut self, what: &str, text: String) -> Vec<Effect> {
        self.say(format!("copied {what}"));
        vec![Effect::Copy(text)]
    }
}

/// The word that stands where the selection's row, so many rows away, begins.
fn row_away(reader: &mut Reader, selection: &Selection, rows: isize, down: bool) -> usize {
    let place = reader.flow.place_of(selection.head().start);
    let there = reader.flow.step(place, if down { rows } else { -rows });
    let at = Selection::word_at(&selection.words, reader.flow.offset_at(there));
    // Blank rows have no word of their own: at least one word on.
    match down {
        true if at <= selection.to => selection.to + 1,
        false if at >= selection.to => selection.to.saturating_sub(1),
        _ => at,
    }
}

/// The words of the title and the blocks, parted by white space.
fn words(article: &Article) -> Vec<Span> {
    let shown = std::iter::once(article.title).chain(article.blocks.iter().map(|block| block.span));
    let mut words = Vec::new();
    for span in shown {
        let text = span.of(&article.text);
        let mut at = 0;
        for word in text.split_whitespace() {
            let start = at + text.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
            at = start + word.len();
            words.push(Span::new(start, at).shifted(span.start));
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The text of a span, a line a block.
fn text_of(article: &Article, span: Span) -> String {
    let shown = std::iter::once(article.title).chain(article.blocks.iter().map(|block| block.span));
    let parts: Vec<String> = shown
        .filter(|block| block.overlaps(span))
        .map(|block| {
            let part = Span::new(block.start.max(span.start), block.end.min(span.end));
            plain_letters(part.of(&article.text))
        })
        .collect();
    parts.join("\n")
}

fn counted(many: usize, what: &str) -> String {
    if many == 1 { format!("1 {what}") } else { format!("{many} {what}s") }
}
