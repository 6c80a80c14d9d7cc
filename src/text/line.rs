//! A line in visual order: cells from left to right, and the way between columns and source bytes.

use std::ops::Range;
use std::sync::Arc;

use super::cluster::Cluster;
use super::direction::Direction;
use super::reorder::{line_levels, visual_order};

/// A line of a paragraph, in visual order.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    cells: Vec<Record>,
    glyphs: Arc<str>,
    direction: Direction,
    width: usize,
    source: Range<usize>,
}

/// A cell, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) glyph: u32,
    pub(super) glyph_bytes: u16,
    pub(super) width: u8,
    pub(super) level: u8,
}

/// A cell of a line: a cluster, shaped and mirrored, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCell<'l> {
    glyph: &'l str,
    record: Record,
}

impl<'l> LineCell<'l> {
    /// What is drawn: a base and its marks.
    pub fn glyph(&self) -> &'l str {
        self.glyph
    }

    /// Columns: 1 or 2.
    pub fn width(&self) -> usize {
        usize::from(self.record.width)
    }

    /// The bytes of the analysed text that it stands for; none for the ellipsis.
    pub fn source(&self) -> Range<usize> {
        self.record.start as usize..self.record.end as usize
    }

    /// Whether it is drawn from right to left.
    pub fn is_rtl(&self) -> bool {
        self.record.level % 2 == 1
    }
}

impl Record {
    fn of(cluster: &Cluster, level: u8) -> Self {
        let Cluster { start, end, glyph, glyph_bytes, width, .. } = *cluster;
        Self { start, end, glyph, glyph_bytes, width, level }
    }
}

impl Line {
    /// The first `drawn` of `clusters`, reordered; `bytes` is the length of the analysed text.
    pub(super) fn new(
        clusters: &[Cluster],
        drawn: usize,
        glyphs: &Arc<str>,
        direction: Direction,
        bytes: usize,
    ) -> Self {
        let levels = line_levels(clusters, direction);
        let order = visual_order(levels.get(..drawn).unwrap_or(&levels));
        let mut cells = Vec::with_capacity(order.len());
        let mut width = 0;
        for at in order {
            if let (Some(cluster), Some(level)) = (clusters.get(at), levels.get(at))
                && cluster.width > 0
            {
                width += cluster.width();
                cells.push(Record::of(cluster, *level));
            }
        }
        let source = match (clusters.first(), clusters.last()) {
            (Some(first), Some(last)) => first.source().start..last.source().end,
            _ => bytes..bytes,
        };
        Self { cells, glyphs: Arc::clone(glyphs), direction, width, source }
    }

    /// Adds a cell without source at the end side of the line: the ellipsis.
    pub(super) fn add_at_end(&mut self, glyph: Range<usize>, at: usize) {
        let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let record = Record {
            start: small(at),
            end: small(at),
            glyph: small(glyph.start),
            glyph_bytes: u16::try_from(glyph.len()).unwrap_or(0),
            width: 1,
            level: u8::from(self.direction == Direction::Rtl),
        };
        match self.direction {
            Direction::Ltr => self.cells.push(record),
            Direction::Rtl => self.cells.insert(0, record),
        }
        self.width += 1;
    }

    /// The paragraph's direction: the side that the line starts from.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Columns that it takes.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Its cells from left to right.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = LineCell<'_>> + Clone {
        self.cells.iter().map(|record| {
            let start = record.glyph as usize;
            let glyph = self.glyphs.get(start..start + usize::from(record.glyph_bytes)).unwrap_or(" ");
            LineCell { glyph, record: *record }
        })
    }

    /// The bytes of the analysed text that it covers, hanging white space included.
    pub fn source(&self) -> Range<usize> {
        self.source.clone()
    }

    /// The columns, from the left, that the bytes `source` of the analysed text take: several ranges where the direction
    /// changes in them. Half a ligature is all of its cell.
    pub fn columns_of(&self, source: Range<usize>) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut column = 0;
        for cell in &self.cells {
            let end = column + usize::from(cell.width);
            if (cell.start as usize) < source.end && source.start < cell.end as usize {
                match ranges.last_mut() {
                    Some(last) if last.end == column => last.end = end,
                    _ => ranges.push(column..end),
                }
            }
            column = end;
        }
        ranges
    }

    /// The bytes of the analysed text that stand in a column.
    pub fn source_at(&self, column: usize) -> Option<Range<usize>> {
        let mut end = 0;
        self.cells().find_map(|cell| {
            end += cell.width();
            (column < end).then(|| cell.source())
        })
    }

    /// The column of a caret that stands before byte `offset` of the analysed text: at the side of its cell that it is
    /// read from; at the end of the text, behind its last cell in reading order.
    pub fn caret_column(&self, offset: usize) -> usize {
        let mut column = 0;
        let mut last: Option<(usize, usize)> = None;
        for cell in self.cells() {
            let (left, right) = (column, column + cell.width());
            let own = cell.source();
            if own.contains(&offset) {
                return if cell.is_rtl() { right } else { left };
            }
            if own.end <= offset && !own.is_empty() && last.is_none_or(|(end, _)| own.end > end) {
                last = Some((own.end, if cell.is_rtl() { left } else { right }));
            }
            column = right;
        }
        match (last, self.direction) {
            (Some((_, column)), _) => column,
            (None, Direction::Ltr) => 0,
            (None, Direction::Rtl) => self.width,
        }
    }

    /// The glyphs from left to right, for tests and plain output.
    pub fn to_visual_string(&self) -> String {
        self.cells().map(|cell| cell.glyph()).collect()
    }
}
