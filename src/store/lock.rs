//! Rights that one process at a time has on a library: to read behind, to fetch. Each is a lock on a file beside the
//! library (flock), which the system takes back when its holder ends, in whatever way.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::Store;

/// Bytes of a word that a holder may leave.
const MOST_NOTED: usize = 64;

/// A right that one process has at a time, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Right {
    file: Option<File>,
}

/// A right that another process has.
#[derive(Debug)]
pub struct Taken(File);

impl Right {
    /// Lets whoever waits for the right read a word, until it is had the next time.
    pub fn note(&self, word: &str) {
        if let Some(file) = &self.file {
            // A word that cannot be left is only a courtesy less.
            let _ = file.set_len(0).and_then(|()| file.write_all_at(word.as_bytes(), 0));
        }
    }
}

impl Taken {
    /// The word that its holder left.
    pub fn note(&self) -> Option<String> {
        let mut word = [0; MOST_NOTED];
        let read = self.0.read_at(&mut word, 0).ok()?;
        String::from_utf8(word.get(..read)?.to_vec()).ok()
    }

    /// Waits until the other process gives it back or ends, and takes it. It costs nothing while it lasts.
    pub fn wait(self) -> Right {
        loop {
            match flock(&self.0, FlockOperation::LockExclusive) {
                Err(Errno::INTR) => {}
                // Where it cannot be had any more, two may do the same: the library takes what comes first.
                Err(_) => return Right { file: None },
                Ok(()) => return Right { file: Some(self.0) },
            }
        }
    }
}

impl Store {
    /// The right to read behind what was only listed, and to read again what an earlier extractor read. A library in memory
    /// needs none.
    ///
    /// # Errors
    /// No fault: another process has it.
    pub fn right_to_read_behind(&self) -> Result<Right, Taken> {
        self.right("work")
    }

    /// The right to fetch feeds.
    ///
    /// # Errors
    /// No fault: another process has it.
    pub fn right_to_fetch(&self) -> Result<Right, Taken> {
        self.right("fetch")
    }

    fn right(&self, name: &str) -> Result<Right, Taken> {
        let Some(path) = self.connection.path().filter(|path| !path.is_empty()) else {
            return Ok(Right { file: None });
        };
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .mode(0o600)
            .open(format!("{path}-{name}"));
        // Where there is no such file or no such lock, two may do the same: the library takes what comes first.
        let Ok(file) = file else { return Ok(Right { file: None }) };
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => Err(Taken(file)),
            Err(_) | Ok(()) => Ok(Right { file: Some(file) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_had_once_and_goes_to_who_waits() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("library.db");
        let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let right = one.right_to_fetch().unwrap();
        right.note("since ten");
        right.note("since 10");
        let taken = other.right_to_fetch().unwrap_err();
        assert_eq!(taken.note().as_deref(), Some("since 10"));
        let reading = other.right_to_read_behind().unwrap();
        let waiting = std::thread::spawn(move || taken.wait());
        drop(right);
        let right = waiting.join().unwrap();
        assert!(one.right_to_fetch().is_err(), "who waited has it");
        drop((right, reading));
        assert!(one.right_to_fetch().is_ok() && one.right_to_read_behind().is_ok());
        let memory = Store::open_in_memory().unwrap();
        let (_one, other) = (memory.right_to_fetch().unwrap(), memory.right_to_fetch());
        assert!(other.is_ok(), "a library in memory has one process");
    }
}
