//! What cannot be read, and what to do: one sentence each.

use super::http::FetchError;

/// Something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// There is nothing of that name.
    #[error("could not find {path}; look at how it is written")]
    Missing {
        /// Its path.
        path: String,
    },
    /// The system does not let it be read.
    #[error("could not read {path}: {reason}; change its permissions or leave it out")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// A folder without anything to read.
    #[error("found no article in the folder {path}; give a folder with text, Markdown, HTML or feed files")]
    EmptyFolder {
        /// Its path.
        path: String,
    },
    /// A file without text.
    #[error("{path} is empty: there is nothing to read in it")]
    Empty {
        /// Its path.
        path: String,
    },
    /// Not text at all.
    #[error("{path} is no text (it looks like {kind}); give text, Markdown, HTML or a feed")]
    Binary {
        /// Its path.
        path: String,
        /// What it looks like.
        kind: &'static str,
    },
    /// Larger than what is read.
    #[error("{path} has {size} MB, and files of at most {limit} MB are read; give a part of it")]
    TooLarge {
        /// Its path.
        path: String,
        /// Its size in megabytes.
        size: u64,
        /// The limit in megabytes.
        limit: u64,
    },
    /// A feed that cannot be understood.
    #[error("could not read the feed {path}: {reason}")]
    Feed {
        /// Its path.
        path: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A list of feeds that cannot be understood.
    #[error("could not read the list of feeds {path}: {reason}; give an OPML file")]
    Opml {
        /// Its path.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A list of feeds where articles are read.
    #[error("{path} is a list of feeds (OPML): `khabar import {path}` adds them to those that you read")]
    ListOfFeeds {
        /// Its path.
        path: String,
    },
    /// A line of an export that cannot be understood.
    #[error("could not read line {line} of {path}: {reason}")]
    ExportLine {
        /// The export.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// Lines of an export that cannot be understood and are not told one by one.
    #[error("could not read {more} more lines of {path}")]
    ExportLines {
        /// The export.
        path: String,
        /// How many.
        more: usize,
    },
    /// Nothing came.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A site that names no feed.
    #[error(
        "found no feed at {address}: its page names none, and none lies where sites keep them; give the feed's own address"
    )]
    NoFeed {
        /// What was asked for.
        address: String,
    },
    /// newsboat's articles cannot be understood.
    #[error(
        "could not read newsboat's articles in {path}: {reason}; close newsboat and try again, or give its folder"
    )]
    Newsboat {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A feed of which not all is as it should be; the rest was read.
    #[error("{0}")]
    Partly(String),
    /// A feed without entries.
    #[error("the feed {path} has no entries")]
    EmptyFeed {
        /// Its path.
        path: String,
    },
}
