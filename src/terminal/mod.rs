//! The terminal: what it is, what is sent to it, what comes from it; and how it is left as it was.
//!
//! [`Terminal`] owns the way out (guard, handshake, screen), [`InputReader`] the way in. The pure parts are
//! [`Decoder`] (bytes → keys and replies), [`Handshake`] (replies → verdict) and [`Screen`] (frames → bytes); they are
//! tested without a terminal. What stands in a frame is not known here.

mod clipboard;
mod decoder;
mod encode;
mod gate;
mod guard;
mod handshake;
mod identity;
mod input;
mod screen;
mod scrolling;
mod sgr;
mod shell;
mod turning;
mod wire;

#[cfg(test)]
mod tests;

pub use decoder::{Awaiting, Decoder, Reply};
pub use gate::Pause;
pub use handshake::{Handshake, Reaction, Wishes};
pub use identity::{Answers, Colour, Environment, Stage, Verdict};
pub use input::{Expectation, Input, InputReader};
pub use screen::Screen;
pub use shell::{Terminal, TerminalError};
pub use wire::Sending;
