//! From one block of an article to its rows.

use super::row::{Measure, Part, Role, Row};
use super::table::table_rows;
use crate::article::{Article, Block, BlockKind};
use crate::text::{Base, Direction, Line, Options, Paragraph, analyse};

/// Columns that a nested list item or a quotation stands in from its parent.
const INDENT: usize = 2;
/// The least columns that text is given beside an indent.
const LEAST: usize = 8;

/// What all blocks of an article are laid out with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub measure: Measure,
    /// The whole article's direction.
    pub direction: Direction,
}

impl Context {
    /// The options for a paragraph whose declared direction is `declared`.
    pub(super) fn options(&self, declared: Option<Direction>) -> Options {
        let base = match self.measure.direction.or(declared) {
            Some(direction) => Base::Fixed(direction),
            None => Base::Auto { fallback: self.direction },
        };
        Options { base, harakat: self.measure.harakat, ..Options::default() }
    }

    /// Analyses `text` as a paragraph of its own.
    pub(super) fn paragraph(&self, text: &str, declared: Option<Direction>) -> Paragraph {
        analyse(text, &self.options(declared))
    }
}

/// The rows of a block, without the blank rows around it; inside a quotation each has its mark.
pub(super) fn block_rows(article: &Article, block: &Block, context: Context) -> Vec<Row> {
    if !article.is_quoted(block) {
        return unquoted_rows(article, block, context);
    }
    let columns = context.measure.columns.saturating_sub(INDENT).max(1);
    let inner = Context { measure: Measure { columns, ..context.measure }, ..context };
    let mut rows = unquoted_rows(article, block, inner);
    for row in &mut rows {
        for part in &mut row.parts {
            part.start += INDENT;
        }
        let bar = marker("│", row.direction, context);
        row.parts.insert(0, Part { start: 0, line: bar, origin: None });
        if row.role == Role::Text {
            row.role = Role::Quote;
        }
    }
    rows
}

fn unquoted_rows(article: &Article, block: &Block, context: Context) -> Vec<Row> {
    let text = block.span.of(&article.text);
    let origin = block.span.start;
    match block.kind {
        BlockKind::Paragraph => {
            flowed(&context.paragraph(text, block.direction), origin, 0, context, Role::Text)
        }
        BlockKind::Caption => {
            flowed(&context.paragraph(text, block.direction), origin, 0, context, Role::Caption)
        }
        BlockKind::Heading(_) => {
            flowed(&context.paragraph(text, block.direction), origin, 0, context, Role::Heading)
        }
        BlockKind::Quote => {
            flowed(&context.paragraph(text, block.direction), origin, 0, context, Role::Quote)
        }
        BlockKind::Item { depth, number } => {
            let bullet = if depth % 2 == 0 { "•" } else { "◦" };
            let own = number.map_or_else(|| bullet.to_owned(), |number| format!("{number}."));
            marked(text, block, usize::from(depth) * INDENT, &own, Role::Text, context)
        }
        BlockKind::Continued { depth } => {
            let indent = (usize::from(depth) + 1) * INDENT;
            let indent = indent.min(context.measure.columns.saturating_sub(LEAST));
            flowed(&context.paragraph(text, block.direction), origin, indent, context, Role::Text)
        }
        BlockKind::Figure => marked(text, block, 0, "▣", Role::Caption, context),
        BlockKind::Note(number) => marked(text, block, 0, &format!("[{number}]"), Role::Caption, context),
        BlockKind::Code => code_rows(text, origin, context),
        BlockKind::Table(index) => match article.tables.get(index) {
            Some(table) => table_rows(article, table, block, context),
            None => Vec::new(),
        },
        BlockKind::Rule => vec![Row { direction: context.direction, role: Role::Rule, parts: Vec::new() }],
    }
}

/// The rows of a paragraph, `indent` columns in from its start.
pub(super) fn flowed(
    paragraph: &Paragraph,
    origin: usize,
    indent: usize,
    context: Context,
    role: Role,
) -> Vec<Row> {
    let columns = context.measure.columns.saturating_sub(indent).max(1);
    let direction = paragraph.direction();
    lines(paragraph, columns)
        .map(|line| Row { direction, role, parts: vec![Part { start: indent, line, origin: Some(origin) }] })
        .collect()
}

/// The lines of a paragraph at a width in columns.
pub(super) fn lines(paragraph: &Paragraph, columns: usize) -> impl Iterator<Item = Line> {
    paragraph.break_lines(columns).into_iter().map(|clusters| paragraph.line(clusters))
}

/// The rows of a block with a marker before its first line, `outer` columns in from its start.
fn marked(text: &str, block: &Block, outer: usize, sign: &str, role: Role, context: Context) -> Vec<Row> {
    let paragraph = context.paragraph(text, block.direction);
    let marker = marker(sign, paragraph.direction(), context);
    let inner = (outer + marker.width() + 1).min(context.measure.columns.saturating_sub(LEAST));
    let mut rows = flowed(&paragraph, block.span.start, inner, context, role);
    if let Some(first) = rows.first_mut() {
        let start = inner.saturating_sub(marker.width() + 1);
        first.parts.insert(0, Part { start, line: marker, origin: None });
    }
    rows
}

/// A marker, isolated and in its block's direction.
fn marker(text: &str, direction: Direction, context: Context) -> Line {
    let options =
        Options { base: Base::Fixed(direction), harakat: context.measure.harakat, ..Options::default() };
    analyse(text, &options).whole_line()
}

/// Preformatted text: a line a row, broken only where it does not fit.
fn code_rows(text: &str, origin: usize, context: Context) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = origin;
    for line in text.split('\n') {
        let paragraph = analyse(
            line,
            &Options { base: Base::Auto { fallback: Direction::Ltr }, ..context.options(None) },
        );
        let mut of_line = flowed(&paragraph, at, INDENT, context, Role::Code);
        if of_line.is_empty() {
            of_line.push(Row::blank(Direction::Ltr));
        }
        rows.append(&mut of_line);
        at += line.len() + 1;
    }
    rows
}
