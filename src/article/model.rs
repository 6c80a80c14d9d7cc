//! The article: one canonical text, and what its parts are.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Marks, Span, Table};
use crate::text::Direction;

/// An article's number in its library; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub i64);

/// What can be read. All parts are byte spans into one canonical text: decoded, LF, control characters out,
/// otherwise as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The canonical text: title, headings, paragraphs and table cells stand in it, each once, in reading order.
    pub text: String,
    /// The title's bytes; empty where it has none.
    pub title: Span,
    /// The body's blocks in reading order, without the title; they do not overlap.
    pub blocks: Vec<Block>,
    /// The tables that [`BlockKind::Table`] names by index.
    pub tables: Vec<Table>,
    /// The links of the text, in reading order.
    pub links: Vec<Link>,
    /// What is stressed in running text, in reading order.
    pub emphasis: Vec<Emphasis>,
    /// References to notes, in reading order.
    pub references: Vec<Reference>,
    /// Blocks that stand inside a quotation and are more than its words: its lists, tables, headings. In reading order.
    pub quoted: Vec<Span>,
    /// Name of the feed or publication.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// BCP 47 language tag, declared or guessed.
    pub language: Option<String>,
    /// Declared base direction of the whole.
    pub direction: Option<Direction>,
    /// Address of the page.
    pub url: Option<String>,
}

impl Article {
    /// The title's text; empty where it has none.
    pub fn title_text(&self) -> &str {
        self.title.of(&self.text)
    }

    /// The addresses of its links, each once, in reading order: a link's number is its address's place here, from 1.
    pub fn addresses(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.links.iter().map(|link| link.url.as_str()).filter(|url| seen.insert(*url)).collect()
    }

    /// Whether a block is a quotation, or stands inside one.
    pub fn is_quoted(&self, block: &Block) -> bool {
        let at = self.quoted.partition_point(|span| span.start < block.span.start);
        block.kind == BlockKind::Quote || self.quoted.get(at) == Some(&block.span)
    }

    /// The index of the block that holds byte `offset`, else of the first block after it, else of the last.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span.end <= offset);
        if after < self.blocks.len() { Some(after) } else { self.blocks.len().checked_sub(1) }
    }
}

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes: the text alone, without list marker and line end.
    pub span: Span,
    /// Declared direction of this block (HTML `dir`).
    pub direction: Option<Direction>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item {
        /// How deep the list is nested, from 0.
        depth: u8,
        /// Its number, in an ordered list.
        number: Option<u32>,
    },
    /// A further paragraph of the list item before it.
    Continued {
        /// How deep the list is nested, from 0.
        depth: u8,
    },
    /// A quotation.
    Quote,
    /// Preformatted text; its line feeds count.
    Code,
    /// A table: the index in [`Article::tables`]. The span covers all its rows.
    Table(usize),
    /// The caption of a table.
    Caption,
    /// A picture, as the caption that stands for it, else its alternative text.
    Figure,
    /// A note, with the number that references have.
    Note(u32),
    /// A thematic break; its span is empty.
    Rule,
}

/// A link of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes that it stands on.
    pub span: Span,
    /// Absolute address: `http`, `https` or `mailto`.
    pub url: String,
}

/// Words that are stressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// Their bytes.
    pub span: Span,
    /// How they are.
    pub kind: EmphasisKind,
}

/// How words are stressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmphasisKind {
    /// Said with stress (HTML `em`).
    Stress,
    /// Important (HTML `strong`).
    Strong,
    /// A name or a fragment of code (HTML `code`).
    Code,
}

/// A reference to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The bytes that it stands on.
    pub span: Span,
    /// The block that is the note.
    pub block: usize,
}

/// What a list shows of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Its number.
    pub id: ArticleId,
    /// Its title; the first words of its text where it has none.
    pub title: String,
    /// Name of the feed or publication.
    pub source: Option<String>,
    /// When it was published, else when it came in.
    pub published: Timestamp,
    /// Declared base direction.
    pub direction: Option<Direction>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// What the person decided of it.
    pub marks: Marks,
    /// How many facts it has.
    pub facts: usize,
    /// How many words its text has.
    pub words: usize,
}

/// Something that was not read as it should have been: one sentence for the person. The rest of the work goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning(pub String);
