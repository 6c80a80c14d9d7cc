//! A paragraph, looked at once: clusters in logical order with their shape, width, level and break opportunity.
//! It knows no width of a line; [`Line`] does.

use std::ops::Range;
use std::sync::Arc;

use icu_properties::props::BidiMirroringGlyph;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use unicode_width::UnicodeWidthChar;

use super::chars::{MARK_BASE, SIGN, is_haraka, is_ignorable, is_number_sign};
use super::cluster::{
    BREAK, Cluster, HYPHEN, MOST_MARKS, SPACE, WHITE, cells_of, char_width, cluster_width, clusters,
};
use super::direction::{Direction, direction_of};
use super::islands::islands;
use super::joining::{Shape, shapes};
use super::levels::levels;
use super::line::Line;
use super::line_break::opportunities;
use super::prepare::Prepared;
use super::reorder::is_white;

static MIRRORS: CodePointMapDataBorrowed<'static, BidiMirroringGlyph> =
    CodePointMapData::<BidiMirroringGlyph>::new();

/// What decides a paragraph's base direction (UAX #9, P2–P3 and HL1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The share of right-to-left words; without any that count, `fallback`.
    Auto {
        /// The direction of a text without letters.
        fallback: Direction,
    },
    /// Given.
    Fixed(Direction),
}

/// Whether harakat, Quranic marks and Hebrew points are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Harakat {
    /// With their letter, in its cell.
    Shown,
    /// Not at all: for terminals that draw them elsewhere.
    #[default]
    Hidden,
}

/// How a paragraph is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What decides the base direction.
    pub base: Base,
    /// Whether phone numbers, addresses and the like are isolated left-to-right.
    pub islands: bool,
    /// Whether harakat are drawn.
    pub harakat: Harakat,
    /// Whether Arabic letters are drawn in their presentation forms; else as they stand, each in a cell of its own, for
    /// fonts that lack the forms.
    pub shape: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base: Base::Auto { fallback: Direction::Ltr },
            islands: true,
            harakat: Harakat::Hidden,
            shape: true,
        }
    }
}

/// A paragraph, analysed. Cheap to keep: clusters and one string of glyphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    clusters: Vec<Cluster>,
    /// What is drawn, cluster after cluster, and last [`TAIL`].
    glyphs: Arc<str>,
    direction: Direction,
    bytes: usize,
}

/// Analyses `text` as one paragraph. Line feeds and tabs in it are spaces; other control characters become U+FFFD.
pub fn analyse(text: &str, options: &Options) -> Paragraph {
    let direction = match options.base {
        Base::Fixed(direction) => direction,
        Base::Auto { fallback } => direction_of(text).unwrap_or(fallback),
    };
    let prepared = Prepared::new(text);
    let complex = prepared.complex || direction == Direction::Rtl;
    let wanted = options.islands && (complex || has_groups(&prepared.text));
    let islands = if wanted { islands(&prepared.text) } else { Vec::new() };
    let levels = if complex { levels(&prepared.text, direction, &islands) } else { Vec::new() };
    let shapes = if complex && options.shape { shapes(&prepared.text) } else { Vec::new() };
    let mut builder = Builder {
        prepared: &prepared,
        levels: &levels,
        shapes: &shapes,
        hidden: options.harakat == Harakat::Hidden,
        clusters: Vec::with_capacity(text.len() / 2 + 1),
        glyphs: String::with_capacity(text.len() * 2 + TAIL.len()),
        through: 0,
    };
    builder.run();
    let Builder { mut clusters, mut glyphs, .. } = builder;
    mark_breaks(&prepared.text, &islands, &mut clusters);
    if prepared.is_rewritten() {
        finish_sources(&prepared, &mut clusters);
    }
    glyphs.push_str(TAIL);
    Paragraph { clusters, glyphs: glyphs.into(), direction, bytes: text.len() }
}

/// Columns of `text` when it is drawn on one line.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    analyse(text, &Options { islands: false, ..Options::default() }).width()
}

/// What the end of a line may need: the ellipsis, where it was cut, and the hyphen, where a word was parted.
const TAIL: &str = "…-";
const HYPHEN_BYTES: usize = 1;

impl Paragraph {
    /// Its base direction.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Columns of all of it on one line.
    pub fn width(&self) -> usize {
        self.clusters.iter().map(Cluster::width).sum()
    }

    /// Its clusters, in logical order.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The clusters of each line at a width of `columns` (0 counts as 1): they tile the paragraph. White space hangs at
    /// a line's end; without it no line is wider, unless it is one cluster.
    pub fn break_lines(&self, columns: usize) -> Vec<Range<usize>> {
        let columns = columns.max(1);
        let mut lines = Vec::new();
        let (mut from, mut at, mut used) = (0, 0, 0);
        // The last place where the line may end.
        let mut chance: Option<usize> = None;
        while let Some(cluster) = self.clusters.get(at) {
            let width = cluster.width();
            if used + width > columns && at > from && width > 0 && !cluster.is_space() {
                let end = chance.take().unwrap_or_else(|| self.before_soft_hyphen(from, at));
                lines.push(from..end);
                // What stands behind that place is the next line's, and may still be too long for it.
                (from, at, used) = (end, end, 0);
                continue;
            }
            used += width;
            at += 1;
            // A soft hyphen needs a column for itself, and a word before it.
            let has_room = !cluster.is_soft_hyphen() || (used > 0 && used < columns);
            if cluster.may_break_after() && has_room {
                chance = Some(at);
            }
        }
        if from < self.clusters.len() {
            lines.push(from..self.clusters.len());
        }
        lines
    }

    /// The end of a line that is full before cluster `at`: a soft hyphen there would find no room.
    fn before_soft_hyphen(&self, from: usize, at: usize) -> usize {
        let is_hyphen = |cluster: &&Cluster| cluster.is_soft_hyphen();
        let hyphens =
            self.clusters.get(from + 1..at).unwrap_or(&[]).iter().rev().take_while(is_hyphen).count();
        at - hyphens
    }

    /// The line of these clusters in visual order, without the white space at its end. A soft hyphen that a line of the
    /// paragraph ends after is drawn.
    pub fn line(&self, clusters: Range<usize>) -> Line {
        let end = clusters.end.min(self.clusters.len());
        let start = clusters.start.min(end);
        let own = self.clusters.get(start..end).unwrap_or(&[]);
        if let Some((hyphen, word)) = own.split_last()
            && hyphen.is_soft_hyphen()
            && end < self.clusters.len()
            && let Some(last) = word.last()
        {
            let mut parted = word.to_vec();
            parted.push(Cluster {
                glyph: self.hyphen(),
                glyph_bytes: 1,
                width: 1,
                level: last.level,
                flags: 0,
                ..*hyphen
            });
            return Line::new(&parted, parted.len(), &self.glyphs, self.direction, self.bytes);
        }
        let hanging = own.iter().rev().take_while(|cluster| cluster.is_space() || cluster.width == 0).count();
        self.place(start..end, own.len() - hanging)
    }

    /// All of it on one line, white space at the end included.
    pub fn whole_line(&self) -> Line {
        self.place(0..self.clusters.len(), self.clusters.len())
    }

    /// The first `drawn` of these clusters as a line.
    fn place(&self, clusters: Range<usize>, drawn: usize) -> Line {
        let own = self.clusters.get(clusters).unwrap_or(&[]);
        Line::new(own, drawn, &self.glyphs, self.direction, self.bytes)
    }

    pub(super) fn glyphs(&self) -> &Arc<str> {
        &self.glyphs
    }

    /// Where the ellipsis stands among the glyphs.
    pub(super) fn ellipsis(&self) -> Range<usize> {
        let end = self.glyphs.len() - HYPHEN_BYTES;
        self.glyphs.len() - TAIL.len()..end
    }

    /// Where the hyphen stands among the glyphs.
    fn hyphen(&self) -> u32 {
        u32::try_from(self.glyphs.len() - HYPHEN_BYTES).unwrap_or(u32::MAX)
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

/// Makes the clusters of a paragraph, in prepared bytes.
struct Builder<'p> {
    prepared: &'p Prepared<'p>,
    levels: &'p [u8],
    shapes: &'p [Shape],
    hidden: bool,
    clusters: Vec<Cluster>,
    glyphs: String,
    /// The byte up to which a ligature has taken letters in.
    through: usize,
}

impl Builder<'_> {
    fn run(&mut self) {
        let prepared = self.prepared;
        for (start, grapheme) in clusters(&prepared.text) {
            self.cluster(start, grapheme);
        }
    }

    fn cluster(&mut self, start: usize, grapheme: &str) {
        if grapheme.len() == 1 {
            self.push_ascii(start, grapheme);
            return;
        }
        if grapheme.chars().nth(1).is_none() {
            self.push(start..start + grapheme.len(), grapheme);
            return;
        }
        for part in cells_of(grapheme) {
            let own = start + part.start..start + part.end;
            self.push(own.clone(), grapheme.get(part).unwrap_or(""));
        }
    }

    fn level(&self, at: usize) -> u8 {
        self.levels.get(at).copied().unwrap_or(0)
    }

    fn push_ascii(&mut self, start: usize, grapheme: &str) {
        let level = self.level(start);
        let flags = if grapheme == " " { SPACE | WHITE } else { 0 };
        let glyph = self.glyphs.len();
        let byte = grapheme.chars().next().unwrap_or(' ');
        self.glyphs.push(if level % 2 == 1 { mirrored(byte) } else { byte });
        self.add(start..start + 1, glyph, 1, level, flags);
    }

    fn push(&mut self, own: Range<usize>, text: &str) {
        let Some(first) = text.chars().next() else { return };
        if own.start < self.through {
            self.extend_ligature(own, text);
            return;
        }
        let level = self.level(own.start);
        let glyph = self.glyphs.len();
        if is_number_sign(first) {
            self.glyphs.push(SIGN);
            self.add(own, glyph, 1, level, 0);
            return;
        }
        while self.shapes.first().is_some_and(|shape| shape.at < own.start) {
            self.shapes = self.shapes.get(1..).unwrap_or(&[]);
        }
        let shape = self.shapes.first().filter(|shape| shape.at == own.start).copied();
        if let Some(through) = shape.and_then(|shape| shape.through) {
            self.through = through;
        }
        if let (Some(shape), true) = (shape, text.len() == first.len_utf8()) {
            // A letter without marks, as most are. No presentation form of a letter is mirrored.
            self.glyphs.push(shape.glyph);
            self.glyphs.extend(shape.hint.filter(|_| !self.hidden));
            self.add(own, glyph, 1, level, 0);
            return;
        }
        let mut width = self.draw(text, shape, level);
        if self.glyphs.len() == glyph {
            let soft_hyphen = if text == "\u{AD}" { HYPHEN } else { 0 };
            let flags = soft_hyphen | if text.chars().all(is_white) { WHITE } else { 0 };
            self.add(own, glyph, 0, level, flags);
            return;
        }
        if width == 0 {
            width = 1;
        }
        let mut flags = if is_white(first) { WHITE } else { 0 };
        // A space with a mark on it is drawn wherever it stands.
        if first.is_whitespace() && !is_no_break(first) && self.glyphs.len() == glyph + first.len_utf8() {
            flags |= SPACE;
        }
        self.add(own, glyph, width, level, flags);
    }

    /// Draws a cluster into the glyphs; returns its columns.
    fn draw(&mut self, text: &str, shape: Option<Shape>, level: u8) -> usize {
        let mut width = match shape {
            Some(_) => 1,
            None => cluster_width(text),
        };
        let emoji = width == 2 && shape.is_none();
        let mut marks = 0;
        for (at, c) in text.chars().enumerate() {
            if at == 0 && !is_ignorable(c) && !is_mark(c) {
                let drawn = shape.map_or(c, |shape| shape.glyph);
                self.glyphs.push(if level % 2 == 1 { mirrored(drawn) } else { drawn });
                self.glyphs.extend(shape.and_then(|shape| shape.hint).filter(|_| !self.hidden));
                continue;
            }
            let joiner = emoji && matches!(c, '\u{200D}' | '\u{FE0F}' | '\u{E0020}'..='\u{E007F}');
            if (self.hidden && is_haraka(c))
                || (is_ignorable(c) && !joiner)
                || marks >= MOST_MARKS + 8 * usize::from(emoji)
            {
                continue;
            }
            if at == 0 {
                // A mark without a letter.
                self.glyphs.push(MARK_BASE);
                width = 1;
            }
            marks += 1;
            self.glyphs.push(c);
        }
        width
    }

    /// The alef of a lam-alef: its bytes and marks go to the lam's cell.
    fn extend_ligature(&mut self, own: Range<usize>, text: &str) {
        let from = self.glyphs.len();
        for c in text.chars().skip(1) {
            let is_hidden = self.hidden && is_haraka(c);
            if !is_ignorable(c) && !is_hidden {
                self.glyphs.push(c);
            }
        }
        let added = self.glyphs.len() - from;
        if let Some(last) = self.clusters.last_mut() {
            last.end = u32::try_from(own.end).unwrap_or(u32::MAX);
            last.glyph_bytes = last.glyph_bytes.saturating_add(u16::try_from(added).unwrap_or(0));
        }
    }

    fn add(&mut self, own: Range<usize>, glyph: usize, width: usize, level: u8, flags: u8) {
        let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        self.clusters.push(Cluster {
            start: small(own.start),
            end: small(own.end),
            glyph: small(glyph),
            glyph_bytes: u16::try_from(self.glyphs.len() - glyph).unwrap_or(0),
            width: u8::try_from(width.min(2)).unwrap_or(2),
            level,
            flags,
        });
    }
}

/// A space that no line ends after (UAX #14, GL).
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Whether a character stands on another one's cell.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && char_width(c) == 0 && c.width() == Some(0)
}

/// L4: the mirrored character, by Bidi_Mirroring_Glyph.
pub(super) fn mirrored(c: char) -> char {
    MIRRORS.get(c).mirroring_glyph.unwrap_or(c)
}

/// Whether a text without right-to-left letters may hold an island with a space in it: groups of digits.
fn has_groups(text: &str) -> bool {
    text.as_bytes().windows(3).any(
        |bytes| matches!(bytes, [before, b' ', after] if before.is_ascii_digit() && after.is_ascii_digit()),
    )
}

/// Marks the clusters after which a line may end: where UAX #14 says, but not at a space in an island (of a telephone
/// number, of a time stamp).
fn mark_breaks(text: &str, islands: &[Range<usize>], clusters: &mut [Cluster]) {
    let is_in_island = |at: usize| {
        text.as_bytes().get(at.wrapping_sub(1)) == Some(&b' ')
            && islands.iter().any(|island| island.start < at && at < island.end)
    };
    let breaks = opportunities(text);
    let mut breaks = breaks.into_iter().filter(|at| !is_in_island(*at)).peekable();
    for cluster in clusters {
        let end = cluster.end as usize;
        while breaks.peek().is_some_and(|at| *at < end) {
            breaks.next();
        }
        if breaks.peek() == Some(&end) {
            cluster.flags |= BREAK;
        }
    }
}

/// From prepared bytes to the source's.
fn finish_sources(prepared: &Prepared<'_>, clusters: &mut [Cluster]) {
    for cluster in clusters {
        let source = prepared.source(cluster.source());
        cluster.start = u32::try_from(source.start).unwrap_or(u32::MAX);
        cluster.end = u32::try_from(source.end).unwrap_or(u32::MAX);
    }
}
