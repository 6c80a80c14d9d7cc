//! The terminal room without a terminal: bytes in, keys and replies out; replies in, verdict out; frames in, bytes out.

mod decoding;
mod drawing;
mod emulator;
mod handshakes;
mod models;
