//! Feeds from outside: documents of every generator and fault, and fetching them from a server of the tests' own. Nothing
//! here leaves this machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod client;
mod commands;
mod documents;
mod hundred;
mod server;
mod support;
mod together;
