//! Clusters (UAX #29) and their widths: the only place where columns are counted. A terminal takes two columns for a
//! raw lam and alef, `unicode-width` says one; here width is counted after shaping, cluster by cluster.

use std::ops::Range;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};
use unicode_width::UnicodeWidthChar;

use super::chars::{is_ignorable, is_regional_indicator};

/// The most marks that are drawn in a cell; more cannot be read and cost the wire.
pub(super) const MOST_MARKS: usize = 8;

/// A cluster of a paragraph, in logical order: what a person takes for one letter, shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) glyph: u32,
    pub(super) glyph_bytes: u16,
    pub(super) width: u8,
    pub(super) level: u8,
    pub(super) flags: u8,
}

/// A line may end after the cluster (UAX #14).
pub(super) const BREAK: u8 = 1;
/// White space, which hangs at the end of a line.
pub(super) const SPACE: u8 = 2;
/// L1 takes it for white space.
pub(super) const WHITE: u8 = 4;
/// A soft hyphen: drawn where a line ends after it.
pub(super) const HYPHEN: u8 = 8;

impl Cluster {
    /// The bytes of the analysed text that it stands for.
    pub fn source(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Columns that it takes: 0 for what is not drawn, else 1 or 2.
    pub fn width(&self) -> usize {
        usize::from(self.width)
    }

    /// Its embedding level (UAX #9), before the line rules.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Whether it is white space.
    pub fn is_space(&self) -> bool {
        self.flags & SPACE != 0
    }

    /// Whether a line may end after it.
    pub fn may_break_after(&self) -> bool {
        self.flags & BREAK != 0
    }

    pub(super) fn is_soft_hyphen(&self) -> bool {
        self.flags & HYPHEN != 0
    }

    pub(super) fn is_white(&self) -> bool {
        self.flags & WHITE != 0
    }
}

/// The extended grapheme clusters of `text` (UAX #29), each with the byte that it begins at.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { text, at: 0, complex: None }
}

/// See [`clusters`]. Where two characters meet that part in any case, no rule needs to be asked.
pub struct Clusters<'t> {
    text: &'t str,
    at: usize,
    /// Where a run that the rules decide on began.
    complex: Option<(usize, GraphemeIndices<'t>)>,
}

impl<'t> Iterator for Clusters<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((from, graphemes)) = &mut self.complex {
            if let Some((at, grapheme)) = graphemes.next() {
                self.at = *from + at + grapheme.len();
                return Some((*from + at, grapheme));
            }
            self.complex = None;
        }
        let rest = self.text.get(self.at..)?;
        let at = self.at;
        if let Some(length) = simple_cluster(rest) {
            self.at += length;
            return Some((at, rest.get(..length)?));
        }
        if rest.is_empty() {
            return None;
        }
        let run = rest.get(..complex_run(rest))?;
        self.complex = Some((at, run.grapheme_indices(true)));
        self.next()
    }
}

/// The length of the first cluster of `text` where it is a simple character with simple marks, before another one or the
/// end.
fn simple_cluster(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| is_simple(*c))?;
    let mut length = first.len_utf8();
    for c in chars {
        if is_simple(c) {
            break;
        }
        if !is_simple_mark(c) {
            return None;
        }
        length += c.len_utf8();
    }
    Some(length)
}

/// Whether there is a boundary between two such characters in any case (GB999): letters and punctuation of ASCII, Latin,
/// Greek, Cyrillic, Hebrew, Arabic, Japanese and Chinese, of which none is an emoji.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D5}' | '\u{60C}' | '\u{61B}' | '\u{61F}'
        | '\u{660}'..='\u{66D}' | '\u{6F0}'..='\u{6FC}' | '\u{5D0}'..='\u{5EA}' | '\u{AB}' | '\u{BB}'
        | '\u{C0}'..='\u{2FF}' | '\u{391}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3020}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether a character stays with a simple one before it and parts from a simple one behind it (GB9): accents, harakat,
/// Hebrew points, joiners.
fn is_simple_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{64B}'..='\u{65F}'
        | '\u{670}' | '\u{200C}' | '\u{200D}')
}

/// Bytes at the head of `text` up to where the next two simple characters meet.
fn complex_run(text: &str) -> usize {
    let mut before_is_simple = false;
    for (at, c) in text.char_indices() {
        let simple = is_simple(c);
        if simple && before_is_simple {
            return at;
        }
        before_is_simple = simple;
    }
    text.len()
}

/// Columns of one character drawn by itself: 0 for marks and format characters (UAX #11).
pub(super) fn char_width(c: char) -> usize {
    if c.is_ascii() {
        return usize::from(!c.is_ascii_control());
    }
    if is_ignorable(c) {
        return 0;
    }
    c.width().unwrap_or(0).min(2)
}

/// Columns of a cluster that is drawn as it stands.
pub(super) fn cluster_width(cluster: &str) -> usize {
    let mut chars = cluster.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return 0 };
    let Some(second) = second else { return char_width(first) };
    if is_regional_indicator(first) && is_regional_indicator(second) {
        return 2;
    }
    let joined = cluster.contains('\u{200D}') && char_width(first) == 2;
    if joined || (cluster.contains('\u{FE0F}') && char_width(first) > 0 && !first.is_ascii()) {
        return 2;
    }
    // Emoji modifiers and the like stand in the first one's cells.
    if char_width(first) == 2 {
        return 2;
    }
    cluster.chars().map(char_width).sum()
}

/// Cuts a grapheme where a cell cannot hold it: after a sign that holds a number, and before each spacing character of
/// a conjunct that is wider than two columns.
pub(super) fn cells_of(grapheme: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let wide = !grapheme.is_ascii() && cluster_width(grapheme) > 2;
    let mut from = 0;
    let mut chars = grapheme.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let mut last = first;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.peek().copied() {
            let cut = super::chars::is_number_sign(last) || (wide && char_width(c) > 0);
            if cut {
                break;
            }
            end = at + c.len_utf8();
            last = c;
            chars.next();
        }
        let range = from..end;
        from = end;
        Some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_parts_characters_as_the_rules_do() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_simple(*c) || is_simple_mark(*c)) {
            let text = format!("a{c}b{c}{c}\u{64B}א");
            let own: Vec<_> = clusters(&text).collect();
            assert_eq!(own, text.grapheme_indices(true).collect::<Vec<_>>(), "U+{:04X}", u32::from(c));
        }
    }
}
