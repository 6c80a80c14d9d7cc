//! Builds an article's canonical text block by block, for formats whose text has to be made (HTML, Markdown): each block
//! stands once, an empty line between two.

use crate::article::{Article, Block, BlockKind, Cell, Link, Row, Span, Table, TableForm, TableKind};
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
}

/// An article that is being built.
#[derive(Debug, Default)]
pub(super) struct Build {
    pub article: Article,
}

impl Build {
    /// Writes the title; only the first one counts.
    pub(super) fn title(&mut self, text: &str) {
        let text = text.trim();
        if self.article.title.is_empty() && !text.is_empty() {
            self.article.title = self.write(text);
        }
    }

    /// Writes a block, with links as spans of `text`. Empty text writes nothing.
    pub(super) fn block(
        &mut self,
        kind: BlockKind,
        text: &str,
        direction: Option<Direction>,
        links: &[Link],
    ) {
        let trimmed = if kind == BlockKind::Code { text.trim_matches('\n') } else { text.trim() };
        if trimmed.is_empty() {
            return;
        }
        let cut = text.find(trimmed).unwrap_or(0);
        let span = self.write(trimmed);
        self.article.blocks.push(Block { kind, span, direction });
        for link in links {
            let start = link.span.start.saturating_sub(cut).min(trimmed.len());
            let end = link.span.end.saturating_sub(cut).min(trimmed.len());
            if start < end {
                let span = Span::new(start, end).shifted(span.start);
                self.article.links.push(Link { span, url: link.url.clone() });
            }
        }
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
        self.article.blocks.push(Block {
            kind: BlockKind::Table(self.article.tables.len()),
            span,
            direction,
        });
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
