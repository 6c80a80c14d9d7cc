//! The library: SQLite, and the only room that knows so. Speaks domain types and query trees; its own rows never
//! leave it.
//!
//! Owns [`Store`], one connection to a library. Bodies are kept as they came; what can be read is derived from
//! them and can be made again; every change that a person makes is a journal entry first. It may not know where
//! a library lies, what an extractor does, nor what is on the screen. Start in `migrations/` (the tables), then
//! `open.rs`, `write.rs`, `read.rs`, `window.rs` (views; what they ask is in `asked.rs`), `board.rs`, `journal.rs` (verbs
//! and undo), `corrections.rs` (what a person changes of the facts).

mod amend;
mod arrival;
mod asked;
mod asked_facts;
mod backup;
mod board;
mod content;
mod corrections;
mod derived;
mod error;
mod fact_rows;
mod facts;
mod feeds;
mod file_system;
mod id_set;
mod index;
mod journal;
mod lock;
mod mutes;
mod open;
mod orders;
mod pack;
mod read;
mod retention;
mod rows;
mod salvage;
mod search;
mod session;
mod stage;
mod stories;
mod tags;
mod temporary;
mod types;
mod window;
mod write;

#[cfg(test)]
mod tests;

pub use crate::query::Sort;
pub use arrival::PackedBody;
pub use backup::Repaired;
pub use derived::Remade;
pub use error::StoreError;
pub use feeds::{FeedTry, Subscribed};
pub use lock::{Right, Taken};
pub use mutes::MuteInForce;
pub use retention::Retention;
pub use stage::Staged;
pub use tags::Named;
pub use temporary::{sweep_temporary, temporary_name, touch_temporary};
pub use types::{
    Applied, Board, Corrected, Counts, JournalContext, JournalEntry, NewArticle, NewDerived, Rederived,
    Revision, StoredArticle, Undone, Upsert,
};
pub use window::{Answer, Interrupter};

/// One connection to a library. It can be sent to another thread; two of them may have the same library open,
/// also in different processes.
#[derive(Debug)]
pub struct Store {
    connection: rusqlite::Connection,
    journal_note: Option<String>,
    spellings: index::Spellings,
    orders: orders::Orders,
}
