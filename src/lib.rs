//! Khabar (خبر): a terminal news reader for Arabic and English, made for triage over SSH.
//!
//! The map of the rooms, bottom up. A room may name only the rooms that ARCHITECTURE.md allows;
//! `tests/architecture.rs` keeps it so.

#![cfg_attr(test, allow(clippy::string_slice, clippy::single_range_in_vec_init, reason = "a test may panic"))]

pub mod text;

pub mod article;

pub mod extract;
pub mod ingest;
pub mod layout;
pub mod query;

pub mod export;
pub mod store;

pub mod app;
pub mod frame;
pub mod terminal;
pub mod ui;

pub mod config;

pub mod runtime;

pub mod cli;
