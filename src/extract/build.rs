//! Builds an article's canonical text block by block, for formats whose text has to be made (HTML, Markdown): each block
//! stands once, an empty line between two.

use std::collections::HashMap;

use crate::article::{
    Article, Block, BlockKind, Cell, Emphasis, EmphasisKind, Link, Reference, Row, Span, Table, TableForm,
    TableKind,
};
use crate::text::Direction;

/// The most tables, rows and cells that are kept of one article; more is no summary of anything.
pub(super) const MOST_ROWS: usize = 20_000;

/// A cell that is to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct NewCell {
    pub text: String,
    pub header: bool,
    pub columns: usize,
    pub rows: usize,
    /// What stands on parts of its text.
    pub marks: Vec<Mark>,
}

/// Something that stands on a part of a block's text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Its bytes in the block's text.
    pub span: Span,
    pub kind: MarkKind,
}

/// What stands on a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A link to an absolute address.
    Link(String),
    /// Stress.
    Emphasis(EmphasisKind),
    /// A reference to the note of this name.
    Reference(String),
}

/// An article that is being built.
#[derive(Debug, Default)]
pub(super) struct Build {
    pub article: Article,
    /// Whether what is written stands inside a quotation.
    pub in_quotation: bool,
    /// The blocks that begin where the document gives a name.
    names: HashMap<String, usize>,
    /// References whose notes may still come: bytes and name of the note.
    references: Vec<(Span, String)>,
}

impl Build {
    /// Writes the title; only the first one counts.
    pub(super) fn title(&mut self, text: &str) {
        let text = text.trim();
        if self.article.title.is_empty() && !text.is_empty() {
            self.article.title = self.write(text);
        }
    }

    /// Writes a block, with what stands on parts of `text`. Empty text writes nothing; whether there was any.
    pub(super) fn block(
        &mut self,
        kind: BlockKind,
        text: &str,
        direction: Option<Direction>,
        marks: &[Mark],
    ) -> bool {
        let (from, trimmed) = match kind {
            BlockKind::Code => (text.trim_start_matches('\n'), text.trim_matches('\n')),
            _ => (text.trim_start(), text.trim()),
        };
        if trimmed.is_empty() {
            return false;
        }
        let cut = text.len() - from.len();
        let span = self.write(trimmed);
        self.put(Block { kind, span, direction });
        for mark in marks {
            let start = mark.span.start.saturating_sub(cut).min(trimmed.len());
            let end = mark.span.end.saturating_sub(cut).min(trimmed.len());
            if start < end {
                self.mark(Span::new(start, end).shifted(span.start), &mark.kind);
            }
        }
        true
    }

    /// Adds a block; inside a quotation it is remembered as a part of it.
    fn put(&mut self, block: Block) {
        if self.in_quotation && block.kind != BlockKind::Quote {
            self.article.quoted.push(block.span);
        }
        self.article.blocks.push(block);
    }

    fn mark(&mut self, span: Span, kind: &MarkKind) {
        match kind {
            MarkKind::Link(url) => self.article.links.push(Link { span, url: url.clone() }),
            MarkKind::Emphasis(kind) => self.article.emphasis.push(Emphasis { span, kind: *kind }),
            MarkKind::Reference(name) => self.references.push((span, name.clone())),
        }
    }

    /// The next block has this name in the document.
    pub(super) fn name(&mut self, name: &str) {
        self.names.entry(name.to_owned()).or_insert(self.article.blocks.len());
    }

    /// Takes the last block back, where it is a heading.
    pub(super) fn take_heading_back(&mut self) {
        let Some(last) = self.article.blocks.last() else { return };
        if matches!(last.kind, BlockKind::Heading(_)) {
            let start = last.span.start;
            self.article.blocks.pop();
            self.article.quoted.retain(|span| span.start < start);
            self.article.links.retain(|link| link.span.start < start);
            self.article.emphasis.retain(|own| own.span.start < start);
            self.references.retain(|(span, _)| span.start < start);
            let end = self.article.text.get(..start).map_or(start, |text| text.trim_end().len());
            self.article.text.truncate(end);
        }
    }

    /// The article, its references led to their notes. A reference whose note is not there, or is no text of its own,
    /// leads nowhere.
    pub(super) fn finish(mut self) -> Article {
        for (span, name) in std::mem::take(&mut self.references) {
            let digits: String = span.of(&self.article.text).chars().filter(|c| c.is_numeric()).collect();
            let Some(index) = self.names.get(&name).copied() else { continue };
            let Some(block) = self.article.blocks.get_mut(index) else { continue };
            let can = matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote | BlockKind::Note(_)
            );
            if can && block.span.start > span.end {
                let number = digits.parse().ok().or(match block.kind {
                    BlockKind::Item { number, .. } => number,
                    _ => None,
                });
                if let Some(number) = number {
                    block.kind = BlockKind::Note(number);
                    self.article.references.push(Reference { span, block: index });
                }
            }
        }
        self.article.links.sort_by_key(|link| link.span.start);
        self.article.emphasis.sort_by_key(|own| own.span.start);
        self.article
    }

    /// Writes a thematic break.
    pub(super) fn rule(&mut self) {
        let at = self.article.text.len();
        self.article.blocks.push(Block { kind: BlockKind::Rule, span: Span::new(at, at), direction: None });
    }

    /// Writes a table: a row a line, cells parted by tabs.
    pub(super) fn table(&mut self, kind: TableKind, rows: &[Vec<NewCell>], direction: Option<Direction>) {
        if rows.iter().flatten().all(|cell| cell.text.trim().is_empty()) {
            return;
        }
        self.separate();
        let start = self.article.text.len();
        let mut written = Vec::new();
        for row in rows.iter().take(MOST_ROWS) {
            if !written.is_empty() {
                self.article.text.push('\n');
            }
            let from = self.article.text.len();
            let mut cells = Vec::new();
            for cell in row {
                if !cells.is_empty() {
                    self.article.text.push('\t');
                }
                let at = self.article.text.len();
                self.article.text.push_str(cell.text.trim());
                let span = Span::new(at, self.article.text.len());
                let cut = cell.text.len() - cell.text.trim_start().len();
                for mark in &cell.marks {
                    let start = mark.span.start.saturating_sub(cut).min(span.len());
                    let end = mark.span.end.saturating_sub(cut).min(span.len());
                    if start < end {
                        self.mark(Span::new(start, end).shifted(at), &mark.kind);
                    }
                }
                cells.push(Cell {
                    span,
                    header: cell.header,
                    columns: cell.columns.max(1),
                    rows: cell.rows.max(1),
                });
            }
            written.push(Row { span: Span::new(from, self.article.text.len()), cells });
        }
        let span = Span::new(start, self.article.text.len());
        self.put(Block { kind: BlockKind::Table(self.article.tables.len()), span, direction });
        self.article.tables.push(Table { kind, form: TableForm::Html, rows: written });
    }

    fn separate(&mut self) {
        if !self.article.text.is_empty() {
            self.article.text.push_str("\n\n");
        }
    }

    fn write(&mut self, text: &str) -> Span {
        self.separate();
        let start = self.article.text.len();
        self.article.text.push_str(text);
        Span::new(start, self.article.text.len())
    }
}

/// What the columns of rows mean: a key and a value, pairs of them side by side, or more.
pub(super) fn kind_of(rows: &[Vec<NewCell>]) -> TableKind {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_pair = |row: &Vec<NewCell>| {
        row.len() >= 4
            && row.len().is_multiple_of(2)
            && row.iter().enumerate().all(|(at, cell)| cell.header == (at % 2 == 0))
    };
    if widest == 2 {
        TableKind::KeyValue
    } else if widest >= 4
        && widest % 2 == 0
        && rows.iter().filter(|row| is_pair(row)).count() * 2 > rows.len()
    {
        TableKind::Pairs
    } else {
        TableKind::Grid
    }
}
