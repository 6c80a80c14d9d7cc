//! The domain: what a feed declared, what can be read, what a person marked. Plain data, no I/O, nothing fails.
//!
//! Owns [`Entry`] (what was declared), [`Article`] (what can be read: one canonical text, with blocks, tables
//! and facts as byte spans into it), [`Marks`] and [`Verb`] (what a person did), [`Correction`] (what a person changed
//! of the facts). It names no other room but `text`, and of that only [`Direction`](crate::text::Direction).

mod anchor;
mod board;
mod changes;
mod concept;
mod correction;
mod entry;
mod fact;
mod feed;
mod feed_words;
mod follow_up;
mod link;
mod marks;
mod model;
mod reading_time;
mod span;
mod story;
mod table;

pub use anchor::Anchor;
pub use board::{BoardCell, BoardRow};
pub use changes::{Change, Changes};
pub use concept::CONCEPTS;
pub use correction::{Amendment, Correction, FactQuote, FactRef, Meaning, OwnFact};
pub use entry::{Body, BodyHash, Entry, Format, Origin};
pub use fact::{Evidence, Fact, Method, Normalized};
pub use feed::{Feed, FeedId, FeedSettings, FeedState, Subscription};
pub use feed_words::{NextTry, length_in_words};
pub use follow_up::{FollowUp, follow_up};
pub use link::is_followed;
pub use marks::{Bookmark, Marks, Verb, tags_of};
pub use model::{
    Article, ArticleId, Block, BlockKind, Emphasis, EmphasisKind, Headline, Link, Reference, Warning,
};
pub use reading_time::reading_minutes;
pub use span::Span;
pub use story::{Sketch, clean_address};
pub use table::{Cell, Row, Table, TableForm, TableKind};
