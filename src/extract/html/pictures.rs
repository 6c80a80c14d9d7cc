//! Pictures on the walk through an article: what stands for them, their captions.

use scraper::ElementRef;
use scraper::node::Element;

use super::collapsed;
use super::walk::Walk;
use crate::article::BlockKind;
use crate::text::fold::fold;

/// Letters of a caption that a class names.
const MOST_CAPTION: usize = 600;

/// A figure that is being read.
#[derive(Default)]
pub(super) struct Figure {
    pub alternative: Option<String>,
    pub written: bool,
}

impl Walk<'_, '_> {
    /// Remembers what stands for a picture.
    pub(super) fn image(&mut self, element: &Element) {
        let alternative = element.attr("alt").map(|alt| collapsed(std::iter::once(alt))).filter(|alt| {
            let words = alt.split_whitespace().count();
            words >= 2
                && alt.chars().count() <= MOST_CAPTION
                && fold(alt) != fold(self.build.article.title_text())
        });
        match (&mut self.figure, alternative) {
            (Some(figure), Some(alternative)) => {
                figure.alternative.get_or_insert(alternative);
            }
            // Pictures in running text are ornaments.
            (None, Some(alternative)) if self.text.trim().is_empty() && self.items.is_empty() => {
                self.put_picture();
                self.picture = Some(alternative);
            }
            _ => {}
        }
    }

    /// Writes what stands for a picture that has no caption.
    pub(super) fn put_picture(&mut self) {
        if let Some(alternative) = self.picture.take() {
            self.build.block(BlockKind::Figure, &alternative, None, &[]);
        }
    }

    pub(super) fn end_figure(&mut self) {
        if let Some(figure) = self.figure.take().filter(|figure| !figure.written) {
            self.put_picture();
            self.picture = figure.alternative;
            self.put_picture();
        }
    }

    pub(super) fn fits_caption(&self, reference: Option<ElementRef<'_>>) -> bool {
        let blocks = |own: &ElementRef<'_>| {
            own.descendants().skip(1).any(|node| {
                node.value()
                    .as_element()
                    .is_some_and(|own| matches!(own.name(), "p" | "div" | "img" | "amp-img"))
            })
        };
        reference.is_some_and(|own| {
            own.text().map(|text| text.chars().count()).sum::<usize>() <= MOST_CAPTION && !blocks(&own)
        })
    }
}
