//! The Board on its way to a file that the person named, on a thread of its own: no key waits for it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shelf::Sink;
use crate::app::{BoardFormat, Event};
use crate::article::ArticleId;
use crate::export::board;
use crate::query::BoardColumn;
use crate::store::Store;

/// Articles that are read at a time.
const SOME: usize = 200;

/// A Board to be written.
#[derive(Debug)]
pub(super) struct BoardFile {
    /// The file, as the person named it: from the folder that the program was started in, or `~/…`.
    pub file: String,
    /// Its articles, in their order: those that are on the screen, also where they were dealt with since.
    pub ids: Vec<ArticleId>,
    /// Its columns.
    pub columns: Vec<BoardColumn>,
}

impl BoardFile {
    /// Writes it from a connection of its own to the library at `library`; a library in memory has only the one at hand.
    pub(super) fn start(self, here: &Store, sink: &Sink) {
        let Some(library) = here.path() else {
            sink(self.told(here));
            return;
        };
        let sink = Arc::clone(sink);
        std::thread::spawn(move || {
            sink(match Store::open(&library) {
                Ok(store) => self.told(&store),
                Err(error) => Event::CannotRead(error.to_string()),
            });
        });
    }

    /// What is said of it afterwards.
    fn told(self, store: &Store) -> Event {
        let path = expanded(&self.file);
        match self.write(store, &path) {
            Ok(articles) => {
                let (shown, columns) = (path.canonicalize().unwrap_or(path), self.columns.len());
                let name = shown.display();
                Event::Said(format!(
                    "{articles} articles, {columns} columns: written to \u{2068}{name}\u{2069}"
                ))
            }
            Err(sentence) => Event::CannotRead(sentence),
        }
    }

    /// Writes it to a file that is not there yet, whole or not at all; how many articles.
    fn write(&self, store: &Store, path: &Path) -> Result<usize, String> {
        let name = path.display();
        let file = File::create_new(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{name} is there already: name another file"),
            _ => format!("could not make {name} ({error}): name another file"),
        })?;
        let written = self.write_to(store, BufWriter::new(file));
        if written.is_err() {
            // What is half there is of no use; where it cannot be removed the sentence says what failed.
            let _ = fs::remove_file(path);
        }
        written.map_err(|error| format!("could not write {name}: {error}"))
    }

    fn write_to(&self, store: &Store, mut out: impl Write) -> Result<usize, String> {
        let failed = |error: io::Error| format!("{error}; free some space there, or name another file");
        let names: Vec<String> = self.columns.iter().map(BoardColumn::to_string).collect();
        let csv = BoardFormat::of_name(&self.file) == Some(BoardFormat::Csv);
        if csv {
            writeln!(out, "{}", board::csv_header("id", &names)).map_err(failed)?;
        }
        let mut written = 0;
        for some in self.ids.chunks(SOME) {
            for row in store.board_rows(some, &self.columns).map_err(|error| error.to_string())? {
                let line = if csv { board::csv_stored(&row) } else { board::json_row(&row, &names) };
                writeln!(out, "{line}").map_err(failed)?;
                written += 1;
            }
        }
        out.flush().map_err(failed)?;
        Ok(written)
    }
}

/// A path as a person writes it: `~/` is the home.
fn expanded(name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(name),
    }
}
