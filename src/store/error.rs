//! What can go wrong with a library, in sentences for the person. Maps SQLite's codes; knows no table.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi::{
    SQLITE_IOERR_SHMSIZE as IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE as IOERR_TRUNCATE,
    SQLITE_IOERR_WRITE as IOERR_WRITE,
};
use thiserror::Error;

/// A library that did not do what was asked. Nothing that was stored is lost in any of them.
#[derive(Debug, Error)]
pub enum StoreError {
    /// It could not be opened.
    #[error("{}: {why}", path.display())]
    Open {
        /// The library's file.
        path: PathBuf,
        /// What stood against it.
        #[source]
        why: Box<StoreError>,
    },
    /// It has a schema of a later program.
    #[error(
        "made by a newer khabar (schema {schema}, this one knows {known}): update khabar; nothing was changed"
    )]
    Newer {
        /// The library's schema.
        schema: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
    /// It is an SQLite file of another program.
    #[error(
        "this is not a khabar library but another program's file: name another path; nothing was changed"
    )]
    Foreign,
    /// Its bytes are not what they should be.
    #[error(
        "the library is damaged: `khabar doctor --repair` saves what can be read of it, or put a backup in its place; nothing was changed"
    )]
    Damaged,
    /// Something is there already that must not be lost.
    #[error("{} is there already: name another file", .0.display())]
    Exists(PathBuf),
    /// Another process held it for too long.
    #[error("another program is busy with the library: try again in a moment, or end that program")]
    Busy,
    /// There is no room on the disk.
    #[error("the disk is full: free some space and try again; what was stored before is safe")]
    Full,
    /// The disk took nothing more, and did not say that it is full: a quota, a limit of a file's size, a fault.
    #[error(
        "the disk took no more ({0}): see whether it is full or your share of it used up, and try again; what was stored before is safe"
    )]
    NotTaken(String),
    /// It can be read and not written.
    #[error(
        "the library cannot be written: make its file and folder writable, or copy the folder and name the copy with KHABAR_HOME"
    )]
    ReadOnly,
    /// The file cannot be opened at all.
    #[error("the library's file cannot be opened: look at the permissions of its folder")]
    Denied,
    /// The library's folder cannot be made.
    #[error("the folder {} cannot be created ({why}): create it or name another one", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's answer.
        why: std::io::Error,
    },
    /// A copy or a new library cannot be made there.
    #[error("{} cannot be made ({why}): look at its folder or name another one", path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        why: std::io::Error,
    },
    /// The disk failed.
    #[error("the disk does not answer as it should ({0}): check it, and keep a copy of the library")]
    Disk(String),
    /// What was being read is not wanted any more.
    #[error("reading the library was broken off")]
    Interrupted,
    /// SQLite refused; a fault of this program.
    #[error("the library refused a request ({0}): this is a fault of khabar, please report it")]
    Fault(String),
}

impl StoreError {
    /// Whether the library's bytes are not what they should be.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged => true,
            Self::Open { why, .. } => why.is_damage(),
            _ => false,
        }
    }

    /// Whether it was broken off by an [`Interrupter`](super::Interrupter).
    pub fn is_interrupted(&self) -> bool {
        matches!(self, Self::Interrupted)
    }

    /// Whether the same request may succeed a little later.
    pub fn may_retry(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Open { why, .. } => why.may_retry(),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::SqliteFailure(failure, _) = &error {
            match failure.extended_code {
                // Room for the log's index could not be made; SQLite does not look why.
                IOERR_SHMSIZE => return Self::Full,
                // SQLite knows one answer of a full disk (ENOSPC) and no other (EDQUOT, EFBIG).
                IOERR_WRITE | IOERR_TRUNCATE => return Self::NotTaken(error.to_string()),
                _ => {}
            }
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            // The last is what SQLite answers after many tries to begin beside others (SQLITE_PROTOCOL).
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::Denied,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error.to_string()),
            Some(_) => Self::Fault(error.to_string()),
            // A value of the wrong type or shape in a row: the bytes are not what was written.
            None => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
                | rusqlite::Error::InvalidColumnType(..) => Self::Damaged,
                other => Self::Fault(other.to_string()),
            },
        }
    }
}
