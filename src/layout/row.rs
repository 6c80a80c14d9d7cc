//! A placed row, and the measure that it was placed for.

use std::ops::Range;

use crate::text::{Direction, Harakat, Line};

/// What a layout is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Columns that a row may take.
    pub columns: usize,
    /// Whether harakat are shown.
    pub harakat: Harakat,
    /// The person's word on the article's direction.
    pub direction: Option<Direction>,
    /// The direction of what has no strong letters and no declared direction.
    pub fallback: Direction,
    /// Columns of wide tables that are scrolled over; `None` where nobody can scroll: then their cells stand a line each.
    pub sideways: Option<usize>,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The side that it starts from.
    pub direction: Direction,
    /// What it is.
    pub role: Role,
    /// Its pieces of text; empty in a blank row.
    pub parts: Vec<Part>,
}

/// A piece of text in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Columns from the row's start edge to the piece's own start edge.
    pub start: usize,
    /// The text.
    pub line: Line,
    /// The byte of the article's text that the line's byte 0 stands for; `None` for text that is not the article's.
    pub origin: Option<usize>,
}

/// What a row is, for its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The article's title.
    Title,
    /// Source, date, reading time.
    Byline,
    /// Running text.
    Text,
    /// A heading.
    Heading,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A row of a table.
    Table,
    /// A header row of a table.
    TableHeader,
    /// A caption.
    Caption,
    /// A fact's key.
    Key,
    /// A fact's value.
    Value,
    /// A thematic break.
    Rule,
    /// An empty row.
    Blank,
}

impl Row {
    /// A row without text.
    pub fn blank(direction: Direction) -> Self {
        Self { direction, role: Role::Blank, parts: Vec::new() }
    }

    /// The bytes of the article's text that it shows: from the first to the last of its parts.
    pub fn source(&self) -> Option<Range<usize>> {
        let spans = self.parts.iter().filter_map(Part::source);
        spans.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
    }
}

impl Part {
    /// The bytes of the article's text that it shows.
    pub fn source(&self) -> Option<Range<usize>> {
        let origin = self.origin?;
        let own = self.line.source();
        Some(own.start + origin..own.end + origin)
    }

    /// The columns, counted from the part's left edge, that the bytes `source` of the article's text take in it.
    pub fn columns_of(&self, source: Range<usize>) -> Vec<Range<usize>> {
        let (Some(origin), Some(shown)) = (self.origin, self.source()) else { return Vec::new() };
        let (start, end) = (source.start.max(shown.start), source.end.min(shown.end));
        if start >= end { Vec::new() } else { self.line.columns_of(start - origin..end - origin) }
    }
}
