//! An article's derived form as one packed value: its canonical text, then its structure as JSON, compressed
//! with the body as prefix. Knows the shape of the JSON; `pack.rs` knows the compression.

use serde::{Deserialize, Serialize};

use super::rows::{self, Pair, direction_in, direction_out, pair, span};
use super::{StoreError, pack};
use crate::article::{
    Article, Block, BlockKind, Cell, Emphasis, EmphasisKind, Link, Reference, Row, Table, TableForm,
    TableKind,
};

/// A packed article.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    /// Bytes of text at the start.
    pub(super) text: usize,
    /// Bytes of text and JSON.
    pub(super) size: usize,
    /// The frame.
    pub(super) frame: Vec<u8>,
}

/// Packs `article`, which was made of `body`.
pub(super) fn pack_article(article: &Article, body: &[u8]) -> Result<Packed, StoreError> {
    let mut bytes = article.text.clone().into_bytes();
    let text = bytes.len();
    bytes.extend_from_slice(rows::write(&StructureRow::from(article))?.as_bytes());
    Ok(Packed { text, size: bytes.len(), frame: pack::pack(&bytes, body)? })
}

/// The article again, without source, language and direction, which its headline has.
pub(super) fn unpack_article(packed: &Packed, body: &[u8]) -> Result<Article, StoreError> {
    let bytes = pack::unpack(&packed.frame, packed.size, body)?;
    let (text, structure) = bytes.split_at_checked(packed.text).ok_or(StoreError::Damaged)?;
    let text = std::str::from_utf8(text).map_err(|_| StoreError::Damaged)?;
    let structure: StructureRow = serde_json::from_slice(structure).map_err(|_| StoreError::Damaged)?;
    structure.article(text.to_owned())
}

/// What an [`Article`] has besides its text.
#[derive(Serialize, Deserialize)]
struct StructureRow {
    #[serde(rename = "t")]
    title: Pair,
    #[serde(rename = "b")]
    blocks: Vec<BlockRow>,
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    tables: Vec<TableRow>,
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<(usize, usize, String)>,
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    emphasis: Vec<(usize, usize, u8)>,
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<(usize, usize, usize)>,
    #[serde(rename = "q", default, skip_serializing_if = "Vec::is_empty")]
    quoted: Vec<Pair>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A block: start, end, kind, direction.
#[derive(Serialize, Deserialize)]
struct BlockRow(usize, usize, KindRow, Option<i64>);

/// [`BlockKind`], by one letter.
#[derive(Serialize, Deserialize)]
enum KindRow {
    #[serde(rename = "p")]
    Paragraph,
    #[serde(rename = "h")]
    Heading(u8),
    #[serde(rename = "i")]
    Item(u8, Option<u32>),
    #[serde(rename = "q")]
    Quote,
    #[serde(rename = "c")]
    Code,
    #[serde(rename = "t")]
    Table(usize),
    #[serde(rename = "f")]
    Caption,
    #[serde(rename = "r")]
    Rule,
    #[serde(rename = "j")]
    Continued(u8),
    #[serde(rename = "m")]
    Figure,
    #[serde(rename = "n")]
    Note(u32),
}

/// A table: kind, form, rows.
#[derive(Serialize, Deserialize)]
struct TableRow(u8, u8, Vec<TableRowRow>);

/// A table's row: start, end, cells.
#[derive(Serialize, Deserialize)]
struct TableRowRow(usize, usize, Vec<CellRow>);

/// A cell: start, end, whether a header, columns, rows.
#[derive(Serialize, Deserialize)]
struct CellRow(usize, usize, u8, usize, usize);

impl From<&Article> for StructureRow {
    fn from(article: &Article) -> Self {
        Self {
            title: pair(article.title),
            blocks: article.blocks.iter().map(BlockRow::from).collect(),
            tables: article.tables.iter().map(TableRow::from).collect(),
            links: article
                .links
                .iter()
                .map(|link| (link.span.start, link.span.end, link.url.clone()))
                .collect(),
            emphasis: article
                .emphasis
                .iter()
                .map(|own| (own.span.start, own.span.end, emphasis_in(own.kind)))
                .collect(),
            references: article
                .references
                .iter()
                .map(|own| (own.span.start, own.span.end, own.block))
                .collect(),
            quoted: article.quoted.iter().map(|own| pair(*own)).collect(),
            author: article.author.clone(),
            published: article.published.map(|time| time.to_string()),
            url: article.url.clone(),
        }
    }
}

impl StructureRow {
    /// The article of this structure over `text`.
    fn article(self, text: String) -> Result<Article, StoreError> {
        let blocks: Result<Vec<Block>, StoreError> = self.blocks.into_iter().map(BlockRow::block).collect();
        let tables: Result<Vec<Table>, StoreError> = self.tables.into_iter().map(TableRow::table).collect();
        let links = self.links.into_iter();
        let emphasis: Result<Vec<Emphasis>, StoreError> = self
            .emphasis
            .into_iter()
            .map(|(start, end, kind)| Ok(Emphasis { span: span((start, end)), kind: emphasis_out(kind)? }))
            .collect();
        Ok(Article {
            text,
            title: span(self.title),
            blocks: blocks?,
            tables: tables?,
            links: links.map(|(start, end, url)| Link { span: span((start, end)), url }).collect(),
            emphasis: emphasis?,
            references: self
                .references
                .into_iter()
                .map(|(start, end, block)| Reference { span: span((start, end)), block })
                .collect(),
            quoted: self.quoted.into_iter().map(span).collect(),
            author: self.author,
            published: rows::instant(self.published)?,
            url: self.url,
            ..Article::default()
        })
    }
}

/// A kind of stress as a number.
fn emphasis_in(kind: EmphasisKind) -> u8 {
    match kind {
        EmphasisKind::Stress => 0,
        EmphasisKind::Strong => 1,
        EmphasisKind::Code => 2,
    }
}

/// The kind of stress of a number.
fn emphasis_out(number: u8) -> Result<EmphasisKind, StoreError> {
    match number {
        0 => Ok(EmphasisKind::Stress),
        1 => Ok(EmphasisKind::Strong),
        2 => Ok(EmphasisKind::Code),
        _ => Err(StoreError::Damaged),
    }
}

impl From<&Block> for BlockRow {
    fn from(block: &Block) -> Self {
        let kind = match block.kind {
            BlockKind::Paragraph => KindRow::Paragraph,
            BlockKind::Heading(level) => KindRow::Heading(level),
            BlockKind::Item { depth, number } => KindRow::Item(depth, number),
            BlockKind::Quote => KindRow::Quote,
            BlockKind::Code => KindRow::Code,
            BlockKind::Table(index) => KindRow::Table(index),
            BlockKind::Caption => KindRow::Caption,
            BlockKind::Rule => KindRow::Rule,
            BlockKind::Continued { depth } => KindRow::Continued(depth),
            BlockKind::Figure => KindRow::Figure,
            BlockKind::Note(number) => KindRow::Note(number),
        };
        Self(block.span.start, block.span.end, kind, direction_in(block.direction))
    }
}

impl BlockRow {
    fn block(self) -> Result<Block, StoreError> {
        let kind = match self.2 {
            KindRow::Paragraph => BlockKind::Paragraph,
            KindRow::Heading(level) => BlockKind::Heading(level),
            KindRow::Item(depth, number) => BlockKind::Item { depth, number },
            KindRow::Quote => BlockKind::Quote,
            KindRow::Code => BlockKind::Code,
            KindRow::Table(index) => BlockKind::Table(index),
            KindRow::Caption => BlockKind::Caption,
            KindRow::Rule => BlockKind::Rule,
            KindRow::Continued(depth) => BlockKind::Continued { depth },
            KindRow::Figure => BlockKind::Figure,
            KindRow::Note(number) => BlockKind::Note(number),
        };
        Ok(Block { kind, span: span((self.0, self.1)), direction: direction_out(self.3)? })
    }
}

impl From<&Table> for TableRow {
    fn from(table: &Table) -> Self {
        let kind = match table.kind {
            TableKind::KeyValue => 0,
            TableKind::Pairs => 1,
            TableKind::Grid => 2,
        };
        let form = match table.form {
            TableForm::Html => 0,
            TableForm::Delimited => 1,
            TableForm::Flattened => 2,
        };
        let cell = |cell: &Cell| {
            CellRow(cell.span.start, cell.span.end, u8::from(cell.header), cell.columns, cell.rows)
        };
        let row = |row: &Row| TableRowRow(row.span.start, row.span.end, row.cells.iter().map(cell).collect());
        Self(kind, form, table.rows.iter().map(row).collect())
    }
}

impl TableRow {
    fn table(self) -> Result<Table, StoreError> {
        let kind = match self.0 {
            0 => TableKind::KeyValue,
            1 => TableKind::Pairs,
            2 => TableKind::Grid,
            _ => return Err(StoreError::Damaged),
        };
        let form = match self.1 {
            0 => TableForm::Html,
            1 => TableForm::Delimited,
            2 => TableForm::Flattened,
            _ => return Err(StoreError::Damaged),
        };
        let cell = |cell: CellRow| Cell {
            span: span((cell.0, cell.1)),
            header: cell.2 != 0,
            columns: cell.3,
            rows: cell.4,
        };
        let row = |row: TableRowRow| Row {
            span: span((row.0, row.1)),
            cells: row.2.into_iter().map(cell).collect(),
        };
        Ok(Table { kind, form, rows: self.2.into_iter().map(row).collect() })
    }
}
