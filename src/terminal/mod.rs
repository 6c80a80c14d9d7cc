//! The terminal: what it is, what is sent to it, what comes from it; and how it is left as it was.
//!
//! [`Terminal`] owns the way out (guard, handshake, screen), [`InputReader`] the way in. The pure parts are
//! [`Decoder`] (bytes → keys and replies), [`Handshake`] (replies → verdict) and [`Screen`] (frames → bytes); they are
//! tested without a terminal. What stands in a frame is not known here.

mod decoder;
mod encode;
mod guard;
mod handshake;
mod input;
mod screen;
mod sgr;
mod shell;
mod wire;

#[cfg(test)]
mod tests;

pub use decoder::{Decoder, Reply};
pub use handshake::{ArabicOutput, Environment, Handshake, Strategy, Verdict};
pub use input::{Input, InputReader};
pub use screen::Screen;
pub use shell::{Terminal, TerminalError, TerminalOptions};
