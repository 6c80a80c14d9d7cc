//! What a reader of one format makes of a document: the feed's own words and its entries, as far as they go, borrowed
//! from the text. What they mean is decided in `mod.rs`.

use std::borrow::Cow;

use url::Url;

/// A text and what it was declared to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words<'a> {
    pub text: Cow<'a, str>,
    pub kind: Kind,
}

/// What a text was declared to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing was said: RSS means HTML and text alike.
    #[default]
    Unknown,
    /// Plain text.
    Text,
    /// HTML.
    Html,
}

/// An entry on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft<'a> {
    pub id: Option<Cow<'a, str>>,
    pub title: Option<Words<'a>>,
    pub link: Option<Cow<'a, str>>,
    /// An id that is an address: a link where there is none.
    pub permalink: bool,
    pub content: Option<Words<'a>>,
    pub summary: Option<Words<'a>>,
    pub author: Option<Cow<'a, str>>,
    pub source: Option<Cow<'a, str>>,
    pub published: Option<Cow<'a, str>>,
    pub updated: Option<Cow<'a, str>>,
    pub language: Option<String>,
    /// What its links are relative to.
    pub base: Option<Url>,
}

/// What a document says of its feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HeadDraft<'a> {
    pub title: Option<Words<'a>>,
    pub link: Option<Cow<'a, str>>,
    pub language: Option<String>,
    pub author: Option<Cow<'a, str>>,
    /// Minutes for which it may be kept (RSS `ttl`, RSS 1.0 `sy:updatePeriod`).
    pub minutes: Option<u32>,
    pub base: Option<Url>,
}

/// A document, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed<'a> {
    pub head: HeadDraft<'a>,
    pub drafts: Vec<Draft<'a>>,
    /// Entries that were left out, because there are more than are read.
    pub left_out: usize,
    /// It ends in the middle, or has a place that could not be read.
    pub damaged: bool,
}
