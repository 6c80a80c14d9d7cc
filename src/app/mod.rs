//! The program without its surroundings: state, actions, events, effects, and `update`, which turns one into the other.
//!
//! Pure: it knows no ratatui, no crossterm, no SQL and no clock (the time comes with each event). See
//! [`update`](State::update) for the way of a key.

pub mod action;
pub mod actions;
mod arrange;
mod asking;
mod board;
mod browse;
mod byline;
mod comparing;
mod correcting;
mod doctor;
pub mod effect;
pub mod event;
mod fetching;
mod filtering;
mod follow_ups;
mod following;
mod helping;
mod in_front;
mod jumping;
pub mod key;
pub mod keyboard;
pub mod keymap;
pub mod list;
mod muting;
pub mod orders;
mod palette;
pub mod panes;
mod picking;
pub mod pins;
mod places;
mod pointing;
mod prompt;
mod reader;
mod reading;
mod search;
mod selecting;
mod state;
mod stories;
mod strategy;
mod tagging;
mod tally;
pub mod terminal_needs;
mod triage;
mod undoing;
mod update;
mod viewing;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use board::{Board, BoardFormat, BoardLoaded};
pub use byline::byline;
pub use comparing::Compared;
pub use doctor::{Examined, MARKS_TEXT, Preference, SAMPLE_TEXT, SAMPLES, SWITCHES, Sample};
pub use effect::{Effect, FetchWhat, LoadReason, Session, Timer};
pub use event::{Applied, Counts, Event, Fetched, Imported, JournalNote, Loaded, Undone, ViewLoaded};
pub use following::Hints;
pub use key::{Key, KeyCode, Mouse, MouseKind};
pub use keyboard::Layout;
pub use orders::Orders;
pub use palette::{Palette, PaletteRow};
pub use panes::{Area, Focus, Panes};
pub use places::{FEED_ROWS, FeedRow, MuteRow, PlaceKind, PlaceRow, Places, SavedQuery};
pub use prompt::{History, Prompt, PromptKind};
pub use reader::{Evidence, Reader, Search};
pub use search::matches;
pub use selecting::Selection;
pub use state::{DEFAULT_MEASURE, HelpOf, Library, Screen, Settings, State, Status};
pub use stories::once;
pub use strategy::Strategy;
pub use tally::Tally;
pub use terminal_needs::TerminalNeeds;
pub use triage::Triage;
