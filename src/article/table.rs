//! Tables, all of one model, whatever form they came in.

use super::Span;

/// A table of the article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What its columns mean.
    pub kind: TableKind,
    /// What form it came in.
    pub form: TableForm,
    /// Its rows, header rows included.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its bytes in the canonical text.
    pub span: Span,
    /// Its cells. A flattened row whose border was not found has one.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its bytes in the canonical text.
    pub span: Span,
    /// Whether it names a column or a row.
    pub header: bool,
    /// Columns that it spans; 1 usually.
    pub columns: usize,
    /// Rows that it spans; 1 usually.
    pub rows: usize,
}

/// What a table's columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// Two columns: a key and a value a row.
    KeyValue,
    /// Key/value pairs side by side in a row.
    Pairs,
    /// Three columns or more: stays a table.
    Grid,
}

/// What form a table came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableForm {
    /// HTML.
    Html,
    /// Tab, bar, Markdown, colon, dash or two spaces between cells.
    Delimited,
    /// One space between key and value.
    Flattened,
}
