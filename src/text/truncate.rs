//! Truncation: at a word's end where that still uses most of the room, else at a cluster; the joining forms stay those of
//! the whole word. The ellipsis stands at the paragraph's own end side.

use super::analysis::Paragraph;
use super::cluster::Cluster;
use super::direction::Direction;
use super::line::Line;

/// The share of the room, in percent, that a cut at a word's end must use.
const WORD_SHARE: usize = 70;

impl Paragraph {
    /// As much of it as fits `columns`, with an ellipsis where something was cut.
    pub fn truncated(&self, columns: usize) -> Line {
        if self.width() <= columns {
            return self.whole_line();
        }
        if columns == 0 {
            return Line::new(&[], 0, self.glyphs(), self.direction(), 0);
        }
        // The ellipsis takes one.
        let room = columns - 1;
        let cut = self.cut(room, columns);
        let clusters = self.clusters();
        let kept = clusters.get(..cut).unwrap_or(&[]);
        let end = kept.last().map_or(0, |cluster| cluster.source().end);
        let mut line = Line::new(kept, cut, self.glyphs(), self.direction(), self.bytes());
        line.add_at_end(self.ellipsis(), end);
        line
    }

    /// How many clusters stay, when they have `room` columns.
    fn cut(&self, room: usize, columns: usize) -> usize {
        let clusters = self.clusters();
        let mut used = 0;
        let mut fits = 0;
        for cluster in clusters {
            if used + cluster.width() > room {
                break;
            }
            used += cluster.width();
            fits += 1;
        }
        let word = word_end(clusters, fits);
        let word_columns: usize = clusters.iter().take(word).map(Cluster::width).sum();
        // A Latin word of a right-to-left text is not cut in the middle: its head would stand far from the ellipsis.
        let foreign = self.direction() == Direction::Rtl
            && clusters.get(fits).is_some_and(|cluster| cluster.level() % 2 == 0)
            && word > 0;
        if word_columns * 100 >= columns * WORD_SHARE || foreign { word } else { trim(clusters, fits) }
    }
}

/// The last end of a word at or before `fits` clusters, without the space behind it.
fn word_end(clusters: &[Cluster], fits: usize) -> usize {
    let is_space = |at: usize| clusters.get(at).is_some_and(Cluster::is_space);
    let mut end = fits;
    while end > 0 && !is_space(end) && end < clusters.len() {
        end -= 1;
    }
    trim(clusters, end)
}

/// `end` without white space before it.
fn trim(clusters: &[Cluster], end: usize) -> usize {
    let spaces = clusters.iter().take(end).rev().take_while(|cluster| cluster.is_space()).count();
    end - spaces
}
