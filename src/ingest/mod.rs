//! The outside, read: files, folders, feed files, standard input. Gives what came in as it came; what it means is
//! `extract`'s. One thing that cannot be read is one error, and the rest goes on.

mod decode;
mod discover;
mod error;
mod exported;
mod feed;
mod files;
mod http;
mod limits;
mod newsboat;
mod opml;
mod schedule;
mod sniff;
mod web;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::article::{Body, BodyHash, Entry, Format, Origin};

pub use discover::{Discovered, address_of, discover, without_tls};
pub use error::IngestError;
#[doc(hidden)]
pub use exported::export_lines;
pub use exported::{Export, Exported};
pub use feed::{Document, FeedHead, FeedRead, read_feed};
pub use files::{list_of_feeds, read_path, read_stdin, size_of};
pub use http::{Client, Downloaded, FetchError, Fetched, Request, Wanted, shown};
pub use limits::Limits;
#[doc(hidden)]
pub use newsboat::newsboat_texts;
pub use newsboat::{Newsboat, NewsboatMark, NewsboatRule, NewsboatSettings, newsboat_marks, read_newsboat};
pub use opml::{read_opml, write_opml};
pub use schedule::{Due, Met, after, due, when_asked};
pub use web::{is_page, read_url};

/// The largest file that is read: 64 MiB.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// An article on its way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Where it comes from.
    pub origin: Origin,
    /// What was declared of it.
    pub entry: Entry,
    /// Its bytes.
    pub body: Body,
    /// When its file was changed last.
    pub modified: Option<Timestamp>,
}

/// The hash of a body's bytes.
pub fn hash(bytes: &[u8]) -> BodyHash {
    let digest = Sha256::digest(bytes);
    BodyHash(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A body of bytes.
pub fn body(bytes: Vec<u8>, format: Format) -> Body {
    let hash = hash(&bytes);
    Body { bytes, format, hash }
}
