//! The shell around the pure rooms: event loop, workers, clock. It knows all rooms and holds no logic of its own.
//!
//! [`read`] is the reader; [`import`] brings files into a library, for the reader and for the commands alike;
//! [`fetch`] fetches feeds, likewise;
//! [`rederive`] makes stored articles again by a newer extractor, without a reader.

mod board_file;
mod browser;
mod clock;
mod comparing;
pub mod fetch;
pub mod import;
mod keeper;
mod keeping;
mod librarian;
mod newsboat;
mod opening;
mod pipe;
mod places;
mod reader;
mod reading;
mod rederive;
mod shelf;
mod taking_back;
mod watch;

pub use clock::Timers;
pub use newsboat::{MoveError, MovedIn, move_in};
pub use opening::LibrarySource;
pub use reader::{Exit, Left, ReaderError, ReaderOptions, read};
pub use rederive::{read_now, rederive};
