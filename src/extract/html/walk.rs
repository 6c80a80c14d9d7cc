//! The walk through an article's element: its blocks in reading order, with what stands on parts of their text.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};
use url::Url;

use super::around::{is_byline, is_rubric};
use super::main_part::MainPart;
use super::measure::is_block;
use super::meta::BY;
use super::names::is_caption;
use super::pictures::Figure;
use super::{collapsed, direction, web_address};
use crate::article::{Article, BlockKind, EmphasisKind, Span};
use crate::extract::build::{Build, MOST_ROWS, Mark, MarkKind};
use crate::extract::{html_pairs, html_table};
use crate::text::Direction;
use crate::text::fold::fold;

/// Elements inside one another in which tables and boxes of facts are looked for.
const MOST_DEPTH: usize = 200;
/// Letters of running text that a page has at the least, so that a few words before it are a rubric.
const LEAST_PROSE: usize = 200;
/// Letters of a reference to a note.
const MOST_REFERENCE: usize = 5;

/// Takes the blocks of `main` into an article that has its title already. Says whether rows of a table were left out.
pub(super) fn walk(main: &MainPart<'_>, build: Build, base: Option<Url>) -> (Article, bool) {
    let mut walk = Walk {
        main,
        build,
        base,
        text: String::new(),
        marks: Vec::new(),
        open: Vec::new(),
        lists: Vec::new(),
        items: Vec::new(),
        heading: None,
        quotes: 0,
        preformatted: 0,
        captions: Vec::new(),
        directions: Vec::new(),
        taken: 0,
        cut: false,
        figure: None,
        picture: None,
        passed_since: false,
    };
    if let Some(deck) = &main.deck {
        walk.build.block(BlockKind::Paragraph, deck, None, &[]);
    }
    walk.through(*main.root);
    walk.flush();
    walk.put_picture();
    walk.end_section(0);
    (walk.build.finish(), walk.cut)
}

/// A list item: what it is, and whether its first block was written.
#[derive(Clone, Copy)]
pub(super) struct Item {
    kind: BlockKind,
    begun: bool,
}

/// The state of the walk.
pub(super) struct Walk<'m, 'd> {
    main: &'m MainPart<'d>,
    pub(super) build: Build,
    base: Option<Url>,
    /// The text of the block that is being read, and what stands on parts of it.
    pub(super) text: String,
    marks: Vec<Mark>,
    /// What has begun and not ended: where in the text, and what.
    open: Vec<(usize, MarkKind)>,
    /// What the block will be, by the elements around it.
    lists: Vec<Option<u32>>,
    pub(super) items: Vec<Item>,
    heading: Option<u8>,
    quotes: usize,
    preformatted: usize,
    captions: Vec<BlockKind>,
    directions: Vec<Option<Direction>>,
    /// Paragraphs and items that a table before them has taken.
    taken: usize,
    /// Whether rows of a table were left out.
    cut: bool,
    pub(super) figure: Option<Figure>,
    /// What stands for a picture outside of figures, until it is known whether a caption follows.
    pub(super) picture: Option<String>,
    /// Whether something was passed over since the last block.
    passed_since: bool,
}

impl Walk<'_, '_> {
    fn through(&mut self, root: NodeRef<'_, Node>) {
        let mut passed = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if passed.is_none() => match node.value() {
                    Node::Text(text) => self.push(text),
                    Node::Element(element) if !self.begin(element, node) => {
                        passed = Some(node.id());
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if passed == Some(node.id()) {
                        passed = None;
                    } else if passed.is_none()
                        && let Node::Element(element) = node.value()
                    {
                        self.end(element);
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }

    /// Begins an element; false where all of it is passed over.
    fn begin(&mut self, element: &Element, node: NodeRef<'_, Node>) -> bool {
        let name = element.name();
        let is_root = node.id() == self.main.root.id();
        if !is_root && self.main.beside.contains(&node.id()) {
            self.passed_since |= is_block(name);
            return false;
        }
        if self.taken > 0 && matches!(name, "p" | "li") {
            self.taken -= 1;
            return false;
        }
        // What is nested deeper than any table or box of facts is only read for its text.
        let reference = ElementRef::wrap(node).filter(|_| self.directions.len() < MOST_DEPTH);
        if let Some(reference) = reference
            && self.is_table(name, element, reference)
        {
            return false;
        }
        if !is_root && self.main.idle.contains(&node.id()) {
            self.flush();
            self.passed_since = true;
            return false;
        }
        if let Some(id) = element.attr("id").filter(|_| !self.is_inline(name)) {
            self.flush();
            self.build.name(id);
        }
        let own = element.attr("dir").and_then(direction).or_else(|| self.direction());
        if is_block(name) {
            self.flush();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let text = reference.map(|own| collapsed(own.text())).unwrap_or_default();
                let level = name.bytes().last().map_or(2, |digit| digit.saturating_sub(b'0')).clamp(1, 6);
                // The title, once; further ones are headings.
                if level <= 2 && self.is_title(&text) {
                    return false;
                }
                self.end_section(level);
                self.heading = Some(level);
            }
            "ul" => self.lists.push(None),
            "ol" => {
                let first = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push(Some(first));
            }
            "li" => self.begin_item(element),
            "blockquote" => {
                self.quotes += 1;
                self.build.in_quotation = true;
            }
            "pre" => self.preformatted += 1,
            "caption" => self.captions.push(BlockKind::Caption),
            "figcaption" => self.captions.push(BlockKind::Figure),
            "figure" => self.figure = Some(Figure::default()),
            // Two line breaks part paragraphs.
            "br" if self.preformatted == 0 && self.text.trim_end_matches(' ').ends_with('\n') => self.flush(),
            "br" => self.text.push('\n'),
            "hr" => {
                self.flush();
                self.build.rule();
            }
            "img" | "amp-img" => self.image(element),
            "a" => {
                let kind = self.link(element, reference);
                if matches!(kind, Some(MarkKind::Reference(_))) {
                    // A number that stands against a word, as print has it raised.
                    self.reference(reference, kind);
                    return false;
                }
                if kind.is_none() && self.is_way_back(element, reference) {
                    return false;
                }
                self.open.push((self.text.len(), kind.unwrap_or(MarkKind::Link(String::new()))));
            }
            "em" | "i" | "cite" | "dfn" => self.stress(EmphasisKind::Stress),
            "strong" | "b" => self.stress(EmphasisKind::Strong),
            "code" | "kbd" | "samp" | "tt" => self.stress(EmphasisKind::Code),
            _ if is_block(name) && is_caption(element) && self.fits_caption(reference) => {
                self.captions.push(BlockKind::Figure);
                self.directions.push(own);
                return true;
            }
            _ => {}
        }
        self.directions.push(own);
        true
    }

    fn is_inline(&self, name: &str) -> bool {
        !is_block(name)
    }

    fn is_title(&self, text: &str) -> bool {
        let title = self.build.article.title_text();
        text == title
            || (!title.is_empty() && fold(text) == fold(title) && self.build.article.blocks.is_empty())
    }

    /// Writes an element as a table, where it is one.
    fn is_table(&mut self, name: &str, element: &Element, reference: ElementRef<'_>) -> bool {
        let (table, taken) = match name {
            "div" | "section" | "ul" | "aside" | "figure" => (html_pairs::boxed(reference), 0),
            "p" | "li" => match html_pairs::bold_labels(reference) {
                Some((table, many)) => (Some(table), many - 1),
                None => (None, 0),
            },
            "table" => (html_table::table(reference, self.base.as_ref()), 0),
            "dl" => (html_table::definitions(reference, self.base.as_ref()), 0),
            _ => (None, 0),
        };
        let Some(table) = table else { return false };
        self.flush();
        self.put_picture();
        if let Some(caption) = &table.caption {
            self.build.block(BlockKind::Caption, caption, None, &[]);
        }
        self.cut |= table.rows.len() >= MOST_ROWS;
        let own = element.attr("dir").and_then(direction).or_else(|| self.direction());
        self.build.table(table.kind, &table.rows, own);
        self.passed_since = false;
        self.taken = taken;
        true
    }

    fn end(&mut self, element: &Element) {
        let name = element.name();
        if is_block(name) {
            self.flush();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ul" | "ol" => {
                self.lists.pop();
            }
            "li" => {
                self.items.pop();
            }
            "blockquote" => {
                self.quotes = self.quotes.saturating_sub(1);
                self.build.in_quotation = self.quotes > 0;
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "caption" | "figcaption" => {
                self.captions.pop();
            }
            "figure" => self.end_figure(),
            "a" => self.close_mark(|kind| matches!(kind, MarkKind::Link(_))),
            "em" | "i" | "cite" | "dfn" => {
                self.close_mark(|kind| *kind == MarkKind::Emphasis(EmphasisKind::Stress));
            }
            "strong" | "b" => self.close_mark(|kind| *kind == MarkKind::Emphasis(EmphasisKind::Strong)),
            "code" | "kbd" | "samp" | "tt" => {
                self.close_mark(|kind| *kind == MarkKind::Emphasis(EmphasisKind::Code));
            }
            _ if is_block(name) && is_caption(element) && !self.captions.is_empty() => {
                self.captions.pop();
            }
            _ => {}
        }
        self.directions.pop();
    }

    fn begin_item(&mut self, element: &Element) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1).min(8)).unwrap_or(8);
        let number = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = element.attr("value").and_then(|value| value.parse().ok()).unwrap_or(*next);
                *next = number.saturating_add(1);
                Some(number)
            }
            _ => None,
        };
        self.items.push(Item { kind: BlockKind::Item { depth, number }, begun: false });
    }

    fn stress(&mut self, kind: EmphasisKind) {
        self.open.push((self.text.len(), MarkKind::Emphasis(kind)));
    }

    /// Ends the innermost mark of a kind.
    fn close_mark(&mut self, is_it: impl Fn(&MarkKind) -> bool) {
        let Some(at) = self.open.iter().rposition(|(_, kind)| is_it(kind)) else { return };
        let (start, kind) = self.open.remove(at);
        self.put_mark(start, kind);
    }

    fn put_mark(&mut self, start: usize, kind: MarkKind) {
        let empty = self.text.get(start..).is_none_or(|text| text.trim().is_empty());
        if !empty && kind != MarkKind::Link(String::new()) {
            self.marks.push(Mark { span: Span::new(start, self.text.len()), kind });
        }
    }

    /// Where a link leads: to an address, or to a note of this page. Nothing where it leads nowhere that can be shown.
    fn link(&self, element: &Element, reference: Option<ElementRef<'_>>) -> Option<MarkKind> {
        let href = element.attr("href")?.trim();
        let name = self.inside(href);
        let Some(name) = name else { return web_address(self.base.as_ref(), href).map(MarkKind::Link) };
        let text = reference.map(|own| collapsed(own.text())).unwrap_or_default();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number =
            !bare.is_empty() && bare.chars().count() <= MOST_REFERENCE && bare.chars().all(char::is_numeric);
        is_number.then(|| MarkKind::Reference(name.to_owned()))
    }

    /// The name of a place of this page, where a link leads to one.
    fn inside<'h>(&self, href: &'h str) -> Option<&'h str> {
        let (before, name) = href.split_once('#')?;
        let here = before.is_empty() || self.base.as_ref().is_some_and(|base| base.as_str() == before);
        here.then_some(name)
    }

    /// Whether a link leads from a note back to the text: an arrow alone.
    fn is_way_back(&self, element: &Element, reference: Option<ElementRef<'_>>) -> bool {
        let inside = element.attr("href").is_some_and(|href| self.inside(href.trim()).is_some());
        let text = reference.map(|own| collapsed(own.text())).unwrap_or_default();
        inside && !text.chars().any(char::is_alphanumeric)
    }

    /// Writes a reference to a note: its number in brackets.
    fn reference(&mut self, reference: Option<ElementRef<'_>>, kind: Option<MarkKind>) {
        let text = reference.map(|own| collapsed(own.text())).unwrap_or_default();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let start = self.text.len();
        self.text.push('[');
        self.text.push_str(bare);
        self.text.push(']');
        if let Some(kind) = kind {
            self.put_mark(start, kind);
        }
    }

    fn direction(&self) -> Option<Direction> {
        self.directions.last().copied().flatten()
    }

    fn push(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.text.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}') {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else if !c.is_control() {
                // Character references can name controls.
                self.text.push(c);
            }
        }
    }

    /// A heading ends the section before it: one of which nothing was kept loses its heading too.
    fn end_section(&mut self, level: u8) {
        let last = self.build.article.blocks.last().map(|block| block.kind);
        if let Some(BlockKind::Heading(own)) = last
            && self.passed_since
            && level <= own
        {
            self.build.take_heading_back();
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        // What is open goes on in the next block.
        for at in 0..self.open.len() {
            if let Some((start, kind)) = self.open.get(at).cloned() {
                self.put_mark(start, kind);
            }
        }
        for (start, _) in &mut self.open {
            *start = 0;
        }
        let mut text = std::mem::take(&mut self.text);
        let mut marks = std::mem::take(&mut self.marks);
        let kind = self.kind();
        let own = self.direction();
        let first = kind == BlockKind::Paragraph && self.build.article.blocks.is_empty();
        if first
            && let Some((line, rest)) = text.trim_start().split_once('\n')
            && self.is_title(line.trim())
        {
            let cut = text.len() - rest.len();
            marks.retain(|mark| mark.span.start >= cut);
            marks
                .iter_mut()
                .for_each(|mark| mark.span = Span::new(mark.span.start - cut, mark.span.end - cut));
            text = rest.to_owned();
        }
        let rubric = self.main.is_page && self.main.prose > LEAST_PROSE && is_rubric(&text);
        if first && (rubric || is_byline(&text, BY)) {
            return;
        }
        // Old pages set their title as large bold text.
        if kind == BlockKind::Paragraph && self.build.article.blocks.is_empty() && self.is_title(text.trim())
        {
            return;
        }
        if text.trim().is_empty() {
            return;
        }
        if kind == BlockKind::Figure {
            self.picture = None;
        }
        self.put_picture();
        if !self.build.block(kind, &text, own, &marks) {
            return;
        }
        self.passed_since = false;
        if kind == BlockKind::Figure
            && let Some(figure) = &mut self.figure
        {
            figure.written = true;
        }
        if self.heading.is_none()
            && let Some(item) = self.items.last_mut()
        {
            item.begun = true;
        }
    }

    /// What the block that is being read is.
    fn kind(&self) -> BlockKind {
        if let Some(level) = self.heading {
            BlockKind::Heading(level)
        } else if self.preformatted > 0 {
            BlockKind::Code
        } else if let Some(kind) = self.captions.last() {
            *kind
        } else if let Some(item) = self.items.last() {
            match item.kind {
                BlockKind::Item { depth, .. } if item.begun => BlockKind::Continued { depth },
                kind => kind,
            }
        } else if self.quotes > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        }
    }
}
