//! An article as a column of rows, laid out piece by piece as they are asked for, so that a long article costs what a
//! screen of it does.

use std::sync::Arc;

use super::blocks::{Context, block_rows, flowed};
use super::row::{Measure, Part, Role, Row};
use crate::article::{Article, BlockKind};
use crate::text::{Base, Direction, Options, analyse, direction_of};

/// Pieces before the first block: the title and the byline.
const HEAD: usize = 2;
/// Links that are listed behind the text, at the most: more would stand between an article's end and the next one.
const MOST_LISTED: usize = 24;

/// A row of a flow: the piece (title, byline, then a piece a block) and the row in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The piece.
    pub piece: usize,
    /// The row of the piece.
    pub row: usize,
}

/// An article laid out at a measure.
#[derive(Clone, Debug)]
pub struct Flow {
    article: Arc<Article>,
    byline: Vec<String>,
    context: Context,
    pieces: Vec<Option<Arc<[Row]>>>,
}

impl Flow {
    /// Lays out `article`. `byline` holds the fields of the row under the title, each a paragraph of its own.
    pub fn new(article: Arc<Article>, byline: Vec<String>, measure: Measure) -> Self {
        let direction = article_direction(&article, measure);
        // Behind the blocks stand the links.
        let pieces = vec![None; article.blocks.len() + HEAD + 1];
        Self { article, byline, context: Context { measure, direction }, pieces }
    }

    /// The article.
    pub fn article(&self) -> &Arc<Article> {
        &self.article
    }

    /// The measure that it is laid out for.
    pub fn measure(&self) -> Measure {
        self.context.measure
    }

    /// The article's base direction: the person's word, else what was declared, else by its words.
    pub fn direction(&self) -> Direction {
        self.context.direction
    }

    /// Lays out anew for another measure; nothing is done where it is the same. Places change: keep a byte offset
    /// ([`Flow::offset_at`]) and ask [`Flow::place_of`] afterwards.
    pub fn reflow(&mut self, measure: Measure) {
        if measure != self.context.measure {
            *self = Self::new(Arc::clone(&self.article), std::mem::take(&mut self.byline), measure);
        }
    }

    /// Puts other fields into the row under the title; the rows of all else stay.
    pub fn set_byline(&mut self, byline: Vec<String>) {
        self.byline = byline;
        if let Some(laid) = self.pieces.get_mut(HEAD - 1) {
            *laid = None;
        }
    }

    /// The rows of a piece, blank rows before it included.
    fn piece(&mut self, piece: usize) -> Arc<[Row]> {
        if let Some(Some(rows)) = self.pieces.get(piece) {
            return Arc::clone(rows);
        }
        let rows: Arc<[Row]> = self.lay_out(piece).into();
        if let Some(slot) = self.pieces.get_mut(piece) {
            *slot = Some(Arc::clone(&rows));
        }
        rows
    }

    fn lay_out(&self, piece: usize) -> Vec<Row> {
        match piece {
            0 => self.title_rows(),
            1 => self.byline_rows(),
            _ => {
                let at = piece - HEAD;
                let Some(block) = self.article.blocks.get(at) else { return self.link_rows() };
                let mut rows = block_rows(&self.article, block, self.context);
                if self.space_before(at) && !rows.is_empty() {
                    rows.insert(0, Row::blank(self.direction()));
                }
                rows
            }
        }
    }

    fn title_rows(&self) -> Vec<Row> {
        let title = self.article.title;
        let paragraph = self.context.paragraph(title.of(&self.article.text), None);
        flowed(&paragraph, title.start, 0, self.context, Role::Title)
    }

    /// The fields one after another from the start, wrapped between fields.
    fn byline_rows(&self) -> Vec<Row> {
        const SEPARATOR: &str = " · ";
        let direction = self.direction();
        let options = |base| Options { base, harakat: self.context.measure.harakat, ..Options::default() };
        let separator = analyse(SEPARATOR, &options(Base::Fixed(direction))).whole_line();
        let gap = separator.width().max(SEPARATOR.chars().count());
        let columns = self.context.measure.columns;
        let mut rows: Vec<Row> = Vec::new();
        let mut end = 0;
        for field in &self.byline {
            let line = analyse(field, &options(Base::Auto { fallback: direction })).truncated(columns);
            let fits = end > 0 && end + gap + line.width() <= columns;
            if let Some(row) = rows.last_mut().filter(|_| fits) {
                row.parts.push(Part { start: end, line: separator.clone(), origin: None });
                end += gap;
                let width = line.width();
                row.parts.push(Part { start: end, line, origin: None });
                end += width;
            } else {
                end = line.width();
                let parts = vec![Part { start: 0, line, origin: None }];
                rows.push(Row { direction, role: Role::Byline, parts });
            }
        }
        rows
    }

    /// The addresses of the links, each with its number: left-to-right, from the article's own side.
    fn link_rows(&self) -> Vec<Row> {
        let addresses = self.article.addresses();
        if addresses.is_empty() {
            return Vec::new();
        }
        let direction = self.direction();
        let options = Options { base: Base::Fixed(Direction::Ltr), ..Options::default() };
        let line = |text: &str, columns: usize| analyse(text, &options).truncated(columns);
        let mut rows = vec![Row::blank(direction), Row { direction, role: Role::Rule, parts: Vec::new() }];
        let listed = addresses.len().min(MOST_LISTED);
        let wide = listed.to_string().len() + 1;
        let columns = self.context.measure.columns;
        for (at, address) in addresses.iter().enumerate().take(listed) {
            let number = line(&(at + 1).to_string(), wide);
            let parts = vec![
                Part { start: 0, line: number, origin: None },
                Part { start: wide, line: line(address, columns.saturating_sub(wide).max(1)), origin: None },
            ];
            rows.push(Row { direction, role: Role::Byline, parts });
        }
        if addresses.len() > listed {
            let more = line(&format!("… {}", addresses.len()), columns);
            rows.push(Row {
                direction,
                role: Role::Byline,
                parts: vec![Part { start: 0, line: more, origin: None }],
            });
        }
        rows
    }

    /// Whether a blank row stands before a block: not between the items of a list, nor after a heading's own rows.
    fn space_before(&self, at: usize) -> bool {
        let kind = |at: usize| self.article.blocks.get(at).map(|block| block.kind);
        let is_item = |kind| matches!(kind, Some(BlockKind::Item { .. } | BlockKind::Continued { .. }));
        let before = at.checked_sub(1).and_then(kind);
        match kind(at) {
            Some(BlockKind::Item { .. } | BlockKind::Continued { .. }) => !is_item(before),
            Some(BlockKind::Note(_)) => !matches!(before, Some(BlockKind::Note(_))),
            Some(BlockKind::Caption) => !matches!(before, Some(BlockKind::Table(_))),
            _ => !matches!(before, Some(BlockKind::Heading(_))),
        }
    }

    /// The first row.
    pub fn first(&mut self) -> Place {
        self.settle(Place::default())
    }

    /// The last row.
    pub fn last(&mut self) -> Place {
        for piece in (0..self.pieces.len()).rev() {
            if let Some(row) = self.piece(piece).len().checked_sub(1) {
                return Place { piece, row };
            }
        }
        Place::default()
    }

    /// The place itself, or the next row that there is.
    fn settle(&mut self, place: Place) -> Place {
        let mut place = place;
        while place.piece < self.pieces.len() {
            if place.row < self.piece(place.piece).len() {
                return place;
            }
            place = Place { piece: place.piece + 1, row: 0 };
        }
        self.last()
    }

    /// The place `rows` rows further down, or up where negative; as far as there are rows.
    pub fn step(&mut self, place: Place, rows: isize) -> Place {
        let mut place = self.settle(place);
        let mut left = rows.unsigned_abs();
        while left > 0 {
            if rows > 0 {
                let after = self.piece(place.piece).len().saturating_sub(place.row + 1);
                if left <= after {
                    place.row += left;
                    return place;
                }
                let Some(next) = self.next_piece(place.piece) else { return self.last() };
                left -= after + 1;
                place = Place { piece: next, row: 0 };
            } else {
                if left <= place.row {
                    place.row -= left;
                    return place;
                }
                let Some(previous) = self.previous_piece(place.piece) else { return self.first() };
                left -= place.row + 1;
                place = Place { piece: previous, row: self.piece(previous).len().saturating_sub(1) };
            }
        }
        place
    }

    fn next_piece(&mut self, piece: usize) -> Option<usize> {
        (piece + 1..self.pieces.len()).find(|at| !self.piece(*at).is_empty())
    }

    fn previous_piece(&mut self, piece: usize) -> Option<usize> {
        (0..piece).rev().find(|at| !self.piece(*at).is_empty())
    }

    /// The lowest first row of a window `height` rows high that is still full, so that scrolling stops at the end.
    pub fn last_top(&mut self, height: usize) -> Place {
        let last = self.last();
        self.step(last, -isize::try_from(height.saturating_sub(1)).unwrap_or(0))
    }

    /// The rows of a window: `height` from `top` on, fewer at the end.
    pub fn window(&mut self, top: Place, height: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut place = self.settle(top);
        while rows.len() < height && place.piece < self.pieces.len() {
            let piece = self.piece(place.piece);
            rows.extend(piece.iter().skip(place.row).take(height - rows.len()).cloned());
            place = Place { piece: place.piece + 1, row: 0 };
        }
        rows
    }

    /// The byte of the article's text that a place begins with: of its row, else of its block.
    pub fn offset_at(&mut self, place: Place) -> usize {
        let rows = self.piece(place.piece);
        if let Some(source) = rows.iter().skip(place.row).find_map(Row::source) {
            return source.start;
        }
        match place.piece.checked_sub(HEAD) {
            Some(at) => self.article.blocks.get(at).map_or(self.article.text.len(), |block| block.span.start),
            None => self.article.title.start,
        }
    }

    /// The row that shows byte `offset` of the article's text, else the first one after it in its block.
    pub fn place_of(&mut self, offset: usize) -> Place {
        if self.article.title.contains(offset) {
            return self.row_of(0, offset);
        }
        match self.article.block_at(offset) {
            Some(at) => self.row_of(at + HEAD, offset),
            None => Place::default(),
        }
    }

    fn row_of(&mut self, piece: usize, offset: usize) -> Place {
        let rows = self.piece(piece);
        let row = rows.iter().position(|row| row.source().is_some_and(|source| offset < source.end));
        let row = row.unwrap_or_else(|| rows.len().saturating_sub(1));
        if offset <= self.article.title.start && piece == 0 { Place::default() } else { Place { piece, row } }
    }

    /// How far down a row is, in percent of the article's bytes.
    pub fn percent(&mut self, last_shown: Place) -> usize {
        if last_shown >= self.last() {
            return 100;
        }
        let rows = self.piece(last_shown.piece);
        let end = rows.get(last_shown.row).and_then(Row::source).map(|source| source.end);
        let offset = end.unwrap_or_else(|| self.offset_at(last_shown));
        (offset * 100).checked_div(self.article.text.len()).unwrap_or(100).min(99)
    }
}

/// The person's word, else the declared direction, else by the share of right-to-left words: of the whole text, as
/// far as it takes to tell.
fn article_direction(article: &Article, measure: Measure) -> Direction {
    /// Bytes of text that tell a whole article's direction.
    const SAMPLE: usize = 4096;
    let sample = || {
        let end = article.text.char_indices().map(|(at, _)| at).take_while(|at| *at <= SAMPLE).last();
        direction_of(
            article.text.get(..end.unwrap_or(0)).filter(|text| !text.is_empty()).unwrap_or(&article.text),
        )
    };
    measure.direction.or(article.direction).or_else(sample).unwrap_or(measure.fallback)
}
