//! What came in: where from, what was declared of it, and its bytes.

use jiff::Timestamp;

use crate::text::Direction;

/// Where an article came from; its identity in a library. Several origins may lead to one article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A file, by absolute path.
    File(String),
    /// An entry of a feed, by the feed's address and the entry's id (RFC 4287 `atom:id`, RSS `guid`).
    Feed {
        /// Address or absolute path of the feed document.
        feed: String,
        /// The entry's own id.
        guid: String,
    },
    /// A page, by its cleaned address.
    Url(String),
    /// Standard input, by the hash of its bytes.
    Stdin(BodyHash),
}

impl Origin {
    /// The name under which a library keeps it: `file:…`, `feed:… …`, `url:…`, `stdin:…`.
    pub fn key(&self) -> String {
        match self {
            Self::File(path) => format!("file:{path}"),
            Self::Feed { feed, guid } => format!("feed:{feed} {guid}"),
            Self::Url(url) => format!("url:{url}"),
            Self::Stdin(hash) => format!("stdin:{}", hash.0),
        }
    }
}

/// SHA-256 of a body's raw bytes, as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyHash(pub String);

/// What kind of document a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML, a whole page or a fragment (the content of a feed's entry).
    Html,
    /// CommonMark with tables.
    Markdown,
}

/// One entry's content or one file's bytes, as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The bytes, unchanged.
    pub bytes: Vec<u8>,
    /// What they are.
    pub format: Format,
    /// Their hash.
    pub hash: BodyHash,
}

/// What was declared of an article by its feed or file (RFC 4287 *entry*); the body itself says the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Declared title, as plain text.
    pub title: Option<String>,
    /// Name of the feed or publication.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published, else when it was updated.
    pub published: Option<Timestamp>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// Declared base direction (HTML `dir`, or the feed's).
    pub direction: Option<Direction>,
    /// Address of the page.
    pub url: Option<String>,
    /// Charset declared outside the bytes (an HTTP header).
    pub charset: Option<String>,
}
