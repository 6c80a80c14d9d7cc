//! Tables: columns as wide as they need, as far as there is room; cells wrap. Where they would be too narrow to be read,
//! the first column stays and the others are scrolled sideways. Mirrored in right-to-left text, because a part's place is
//! counted from the start edge.

use std::ops::Range;

use super::blocks::{Context, lines};
use super::row::{Part, Role, Row as PlacedRow};
use crate::article::{Article, Block, Cell, Row, Table};
use crate::text::{Base, Direction, Line, Options, Paragraph, analyse, is_numeric};

/// Columns between two columns of a table.
const GAP: usize = 2;
/// The least columns that a column of a table is given.
const LEAST: usize = 4;
/// Columns that a column of a table must have to be read; where not all have them the table is scrolled sideways.
const READABLE: usize = 8;
/// Columns of the screen that a column of a table takes at the most, where it is scrolled.
const WIDEST: usize = 32;

/// The rows of a table.
pub(super) fn table_rows(
    article: &Article,
    table: &Table,
    block: &Block,
    context: Context,
) -> Vec<PlacedRow> {
    let direction = table_direction(article, block, context);
    let cells: Vec<Vec<Analysed<'_>>> =
        table.rows.iter().map(|row| analyse_row(article, row, block, direction, context)).collect();
    let mut rows = Vec::new();
    if let Some(skipped) = context.measure.sideways
        && let Some(window) = Window::of(&natural_widths(&cells), context.measure.columns, skipped)
    {
        return window.rows(table, cells, direction, context);
    }
    let widths = column_widths(&cells, context.measure.columns);
    let needed = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    if needed > context.measure.columns && widths.len() > 1 {
        // Not even the narrowest columns fit side by side: a cell a line.
        for row in &cells {
            stack_row(row, direction, context.measure.columns, &mut rows);
        }
        return rows;
    }
    for (row, cells) in table.rows.iter().zip(&cells) {
        let header = row.cells.iter().all(|cell| cell.header) && !row.cells.is_empty();
        place_row(cells, &widths, direction, header, context.measure.columns, &mut rows);
    }
    rows
}

/// A cell and its text, analysed.
struct Analysed<'a> {
    cell: &'a Cell,
    /// The column of the table that it begins in.
    column: usize,
    paragraph: Paragraph,
}

/// The side that a table's first column stands on: that of its text as a whole.
fn table_direction(article: &Article, block: &Block, context: Context) -> Direction {
    context.paragraph(block.span.of(&article.text), block.direction).direction()
}

fn analyse_row<'a>(
    article: &Article,
    row: &'a Row,
    block: &Block,
    direction: Direction,
    context: Context,
) -> Vec<Analysed<'a>> {
    let mut column = 0;
    let own = Context { direction, ..context };
    row.cells
        .iter()
        .map(|cell| {
            let text = cell.span.of(&article.text);
            // A number is an island: its sign stands before it, also in a right-to-left table.
            let paragraph = if is_numeric(text) {
                analyse(text, &Options { base: Base::Fixed(Direction::Ltr), ..own.options(None) })
            } else {
                own.paragraph(text, block.direction)
            };
            let analysed = Analysed { cell, column, paragraph };
            column += cell.columns.max(1);
            analysed
        })
        .collect()
}

/// The columns of a wide table that are shown: the first, and some of the others.
struct Window {
    /// Of the others, from which to which.
    shown: Range<usize>,
    count: usize,
    /// The widths of the first and of those.
    widths: Vec<usize>,
}

impl Window {
    /// What is shown of a table that is too wide to be read side by side; `None` for one that is not.
    fn of(natural: &[usize], columns: usize, skipped: usize) -> Option<Self> {
        let count = natural.len();
        let least: usize = natural.iter().map(|width| (*width).min(READABLE)).sum();
        if count < 3 || least + GAP * (count - 1) <= columns {
            return None;
        }
        let first = natural.first().copied().unwrap_or(1).min(columns / 3).max(1);
        let room = columns.saturating_sub(first + GAP);
        let own = |at: usize| natural.get(at).copied().unwrap_or(1).min(room.min(WIDEST)).max(1);
        let fits = |order: &mut dyn Iterator<Item = usize>| {
            let mut used = 0;
            let taken = order.take_while(|at| {
                used += own(*at) + GAP;
                used <= room + GAP
            });
            taken.count().max(1)
        };
        // Never further than until the last column is seen.
        let last = count - fits(&mut (1..count).rev());
        let from = (1 + skipped).min(last.max(1));
        let to = (from + fits(&mut (from..count))).min(count);
        let widths = std::iter::once(first).chain((from..to).map(own)).collect();
        Some(Self { shown: from..to, count, widths })
    }

    fn rows(
        &self,
        table: &Table,
        cells: Vec<Vec<Analysed<'_>>>,
        direction: Direction,
        context: Context,
    ) -> Vec<PlacedRow> {
        let mut rows = Vec::new();
        for (row, mut own) in table.rows.iter().zip(cells) {
            let header = row.cells.iter().all(|cell| cell.header) && !row.cells.is_empty();
            own.retain(|cell| cell.column == 0 || self.shown.contains(&cell.column));
            for cell in own.iter_mut().filter(|cell| cell.column > 0) {
                cell.column -= self.shown.start - 1;
            }
            place_row(&own, &self.widths, direction, header, context.measure.columns, &mut rows);
        }
        // What is seen of how many: «‹ 4–6 / 9 ›».
        let before = if self.shown.start > 1 { "‹ " } else { "" };
        let behind = if self.shown.end < self.count { " ›" } else { "" };
        let seen = match self.shown.len() {
            1 => self.shown.end.to_string(),
            _ => format!("{}–{}", self.shown.start + 1, self.shown.end),
        };
        let text = format!("{before}{seen} / {}{behind}", self.count);
        let base = Options { base: Base::Fixed(direction), ..context.options(None) };
        for line in lines(&analyse(&text, &base), context.measure.columns) {
            let parts = vec![Part { start: 0, line, origin: None }];
            rows.push(PlacedRow { direction, role: Role::Caption, parts });
        }
        rows
    }
}

/// The width that each column needs.
fn natural_widths(rows: &[Vec<Analysed<'_>>]) -> Vec<usize> {
    let count = rows.iter().flatten().map(|cell| cell.column + 1).max().unwrap_or(0);
    let mut widths = vec![0usize; count];
    for row in rows.iter().filter(|row| row.len() > 1 || count == 1) {
        for cell in row.iter().filter(|cell| cell.cell.columns <= 1) {
            if let Some(width) = widths.get_mut(cell.column) {
                *width = (*width).max(cell.paragraph.width());
            }
        }
    }
    for width in &mut widths {
        *width = (*width).max(1);
    }
    widths
}

/// The width of each column: what it needs, the widest made narrower until all fit.
fn column_widths(rows: &[Vec<Analysed<'_>>], columns: usize) -> Vec<usize> {
    let mut widths = natural_widths(rows);
    let count = widths.len();
    let room = columns.saturating_sub(GAP * count.saturating_sub(1)).max(count * LEAST);
    shrink(&mut widths, room);
    widths
}

/// Takes from the widest columns until their sum is `room` or all are at their least.
fn shrink(widths: &mut [usize], room: usize) {
    loop {
        let sum: usize = widths.iter().sum();
        let Some(excess) = sum.checked_sub(room).filter(|excess| *excess > 0) else { return };
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= LEAST {
            return;
        }
        let next = widths.iter().copied().filter(|width| *width < widest).max().unwrap_or(LEAST).max(LEAST);
        let many = widths.iter().filter(|width| **width == widest).count();
        let step = (widest - next).min(excess.div_ceil(many)).max(1);
        let mut left = excess;
        for width in widths.iter_mut().filter(|width| **width == widest) {
            let take = step.min(left);
            *width -= take;
            left -= take;
        }
    }
}

/// Places the cells of one row under each other, all but the first a little in from the start.
fn stack_row(cells: &[Analysed<'_>], direction: Direction, columns: usize, rows: &mut Vec<PlacedRow>) {
    for (at, cell) in cells.iter().enumerate() {
        let start = if at == 0 { 0 } else { GAP.min(columns.saturating_sub(1)) };
        let role = if cell.cell.header { Role::TableHeader } else { Role::Table };
        for line in lines(&cell.paragraph, columns.saturating_sub(start).max(1)) {
            let parts = vec![Part { start, line, origin: Some(cell.cell.span.start) }];
            rows.push(PlacedRow { direction, role, parts });
        }
    }
}

/// Places one row of cells, as many rows as its highest cell has lines.
fn place_row(
    cells: &[Analysed<'_>],
    widths: &[usize],
    direction: Direction,
    header: bool,
    columns: usize,
    rows: &mut Vec<PlacedRow>,
) {
    let role = if header { Role::TableHeader } else { Role::Table };
    let alone = cells.len() == 1;
    let mut laid: Vec<(usize, &Analysed<'_>, Vec<Line>)> = Vec::new();
    for cell in cells {
        let start: usize = widths.iter().take(cell.column).map(|width| width + GAP).sum();
        let width = if alone { columns } else { span_width(widths, cell) };
        laid.push((start, cell, lines(&cell.paragraph, width.max(1)).collect()));
    }
    let height = laid.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(0);
    for at in 0..height {
        let mut parts = Vec::new();
        for (start, cell, lines) in &laid {
            if let Some(line) = lines.get(at) {
                // A cell of the other direction is aligned to its column's start all the same.
                parts.push(Part { start: *start, line: line.clone(), origin: Some(cell.cell.span.start) });
            }
        }
        rows.push(PlacedRow { direction, role, parts });
    }
}

/// The columns that a cell may take: its own column, or all that it spans with the gaps between.
fn span_width(widths: &[usize], cell: &Analysed<'_>) -> usize {
    let many = cell.cell.columns.min(widths.len().saturating_sub(cell.column)).max(1);
    let sum: usize = widths.iter().skip(cell.column).take(many).sum();
    sum + GAP * (many - 1)
}

#[cfg(test)]
mod tests {
    use super::{Window, shrink};

    #[test]
    fn a_wide_table_shows_its_first_column_and_some_others() {
        let window = |natural: &[usize], columns, skipped| {
            Window::of(natural, columns, skipped).map(|own| (own.shown, own.widths))
        };
        assert_eq!(window(&[10, 10, 10], 40, 0), None);
        assert_eq!(window(&[60, 60], 40, 0), None, "two columns wrap");
        let nine = [10; 9];
        assert_eq!(window(&nine, 40, 0), Some((1..3, vec![10, 10, 10])));
        assert_eq!(window(&nine, 40, 3), Some((4..6, vec![10, 10, 10])));
        assert_eq!(window(&nine, 40, 100), Some((7..9, vec![10, 10, 10])), "until the last is seen");
        assert_eq!(window(&[90, 90, 90], 12, 0), Some((1..2, vec![4, 6])));
    }

    #[test]
    fn the_widest_column_gives_first() {
        let check = |mut widths: Vec<usize>, room, expect: &[usize]| {
            shrink(&mut widths, room);
            assert_eq!(widths, expect);
        };
        check(vec![10, 40], 60, &[10, 40]);
        check(vec![10, 40], 30, &[10, 20]);
        check(vec![30, 40], 30, &[15, 15]);
        check(vec![4, 4, 4], 5, &[4, 4, 4]);
    }
}
