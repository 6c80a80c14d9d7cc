//! Starting the reader, or a plain listing where there is no terminal to draw on.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;

use super::commands::{has_screen, print_list, sources};
use super::output::{Failure, warn};
use crate::article::Article;
use crate::config::{Config, Paths, arabic_names, arabic_output};
use crate::layout::{Flow, Measure, Row};
use crate::query::View;
use crate::runtime::import::{Order, Source, import};
use crate::runtime::{Exit, LibrarySource, ReaderOptions, read};
use crate::store::{Sort, Store, temporary_name};
use crate::text::{Direction, Harakat};

/// Opens the reader on the person's library, or on `given` in a temporary one.
pub(super) fn run(
    paths: &Paths,
    mut config: Config,
    given: Vec<PathBuf>,
    arabic: Option<&str>,
) -> Result<ExitCode, Failure> {
    if let Some(arabic) = arabic {
        config.arabic = arabic_output(arabic).ok_or_else(|| {
            let names = arabic_names();
            Failure::Sentence(format!("could not use --arabic {arabic:?}; it takes {names}"))
        })?;
    }
    let library = source(paths, given)?;
    if !has_screen() {
        return plain(paths, library);
    }
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let options = ReaderOptions { library, own: paths.library.clone(), config, no_color };
    match read(options).map_err(Failure::of)? {
        Exit::Quit => Ok(ExitCode::SUCCESS),
        Exit::Signal(signal) => Ok(u8::try_from(128 + signal).map_or(ExitCode::FAILURE, ExitCode::from)),
    }
}

/// Which library the arguments ask for. Standard input is read into memory; files have a library of their own, so that
/// marks and places are there the next time.
fn source(paths: &Paths, given: Vec<PathBuf>) -> Result<LibrarySource, Failure> {
    if given.is_empty() {
        return Ok(LibrarySource::Own);
    }
    let file = paths.temporary.join(temporary_name(&given));
    let sources = sources(given)?;
    let stdin = sources.iter().any(|source| matches!(source, Source::Stdin(_)));
    Ok(if stdin { LibrarySource::Memory { sources } } else { LibrarySource::Temporary { file, sources } })
}

/// The listing: what the reader's list would show first.
fn plain(paths: &Paths, library: LibrarySource) -> Result<ExitCode, Failure> {
    let (store, sort) = match library {
        LibrarySource::Own => (Store::open(&paths.library).map_err(Failure::of)?, Sort::Newest),
        LibrarySource::Temporary { sources, .. } | LibrarySource::Memory { sources } => {
            let mut store = Store::open_in_memory().map_err(Failure::of)?;
            let summary = import(&mut store, sources, Order::AsGiven, Timestamp::now(), &mut |_| {})
                .map_err(Failure::of)?;
            for sentence in summary.failed.iter().chain(&summary.warnings) {
                warn(sentence);
            }
            if summary.articles() == 0 {
                if summary.failed.is_empty() {
                    warn("found nothing to read in what was given");
                }
                return Ok(ExitCode::FAILURE);
            }
            (store, Sort::Given)
        }
    };
    let ids = store.view(&View::Inbox, sort, Timestamp::now(), None).map_err(Failure::of)?;
    print_list(&store, &ids, false)?;
    Ok(ExitCode::SUCCESS)
}

/// An article as laid-out lines in visual order, `columns` wide, as a screen shows it.
pub(super) fn laid_out(article: &Article, columns: usize) -> String {
    let columns = columns.clamp(1, 1000);
    let measure = Measure { columns, harakat: Harakat::Shown, direction: None, fallback: Direction::Ltr };
    let byline = article.source.iter().chain(&article.author).cloned().collect();
    let mut flow = Flow::new(std::sync::Arc::new(article.clone()), byline, measure);
    let rows = flow.window(crate::layout::Place::default(), usize::MAX);
    let mut text = String::new();
    for row in &rows {
        text.push_str(visual_row(row, columns).trim_end());
        text.push('\n');
    }
    text
}

/// A row of a layout in visual order, from the left.
fn visual_row(row: &Row, columns: usize) -> String {
    let mut cells = vec![" ".to_owned(); columns];
    for part in &row.parts {
        let mut column = match row.direction {
            Direction::Ltr => part.start,
            Direction::Rtl => columns.saturating_sub(part.start + part.line.width()),
        };
        for cell in part.line.cells() {
            if let Some(slot) = cells.get_mut(column) {
                *slot = cell.glyph().to_owned();
            }
            for behind in 1..cell.width() {
                if let Some(slot) = cells.get_mut(column + behind) {
                    slot.clear();
                }
            }
            column += cell.width();
        }
    }
    cells.concat()
}
