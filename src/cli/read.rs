//! Starting the reader, or a plain listing where there is no terminal to draw on.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;

use super::commands::{has_screen, print_list, sources};
use super::output::{Failure, line, warn};
use crate::article::Article;
use crate::config::{Config, Paths, arabic_names, arabic_output};
use crate::ingest::Limits;
use crate::layout::{Flow, Measure, Row};
use crate::query::View;
use crate::runtime::import::{Order, Source, import};
use crate::runtime::{Exit, LibrarySource, ReaderOptions, read, rederive};
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
            Failure::Usage(format!("could not use --arabic {arabic:?}; it takes {names}"))
        })?;
    }
    let library = source(paths, given, config.fetch.limits)?;
    if !has_screen() {
        return plain(paths, library);
    }
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let left = read(options(paths, config, library, no_color, false)).map_err(Failure::of)?;
    if let Some(summary) = &left.summary {
        line(summary)?;
    }
    Ok(exit_code(&left.exit))
}

fn options(
    paths: &Paths,
    config: Config,
    library: LibrarySource,
    no_color: bool,
    doctor: bool,
) -> ReaderOptions {
    ReaderOptions {
        library,
        own: paths.library.clone(),
        config,
        no_color,
        terminals: paths.terminals.clone(),
        copied: paths.copied.clone(),
        doctor,
    }
}

fn exit_code(exit: &Exit) -> ExitCode {
    match exit {
        Exit::Quit => ExitCode::SUCCESS,
        Exit::Signal(signal) => u8::try_from(128 + signal).map_or(ExitCode::FAILURE, ExitCode::from),
    }
}

/// The doctor: its screen where there is a terminal, and afterwards what was found, the paths and the library's state, as
/// lines of text.
pub(super) fn doctor(paths: &Paths, config: Config) -> Result<ExitCode, Failure> {
    let mut code = ExitCode::SUCCESS;
    let mut lines: Vec<(String, String)> = Vec::new();
    let store = Store::open(&paths.library);
    if has_screen() {
        let own = store.as_ref().is_ok();
        let library = if own { LibrarySource::Own } else { LibrarySource::Nothing };
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let left = read(options(paths, config, library, no_color, true)).map_err(Failure::of)?;
        code = exit_code(&left.exit);
        lines.extend(left.verdict.lines().into_iter().map(|(label, text)| (label.to_owned(), text)));
    } else {
        lines.push(("terminal".to_owned(), "none: standard output or input is something else".to_owned()));
    }
    for (label, path) in [
        ("configuration", &paths.config),
        ("library", &paths.library),
        ("temporary libraries", &paths.temporary),
        ("remembered of terminals", &paths.terminals),
    ] {
        let there = if path.exists() { "" } else { " (not there yet)" };
        lines.push((label.to_owned(), format!("{}{there}", path.display())));
    }
    let health = store.and_then(|store| store.counts()).map(|counts| counts.all);
    lines.push((
        "the library".to_owned(),
        match &health {
            Ok(many) => format!("opens, and holds {many} articles"),
            Err(error) => error.to_string(),
        },
    ));
    let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, text) in &lines {
        line(&format!("{label:width$}  {text}"))?;
    }
    Ok(if health.is_err() { ExitCode::FAILURE } else { code })
}

/// Which library the arguments ask for. Standard input is read into memory; files have a library of their own, so that
/// marks and places are there the next time.
fn source(paths: &Paths, given: Vec<PathBuf>, limits: Limits) -> Result<LibrarySource, Failure> {
    if given.is_empty() {
        return Ok(LibrarySource::Own);
    }
    let file = paths.temporary.join(temporary_name(&given));
    let sources = sources(given, limits)?;
    let stdin = sources.iter().any(|source| match source {
        Source::Stdin(..) => true,
        Source::Export(export) => export.is_standard_input(),
        Source::Path(..) | Source::Newsboat(_) | Source::Url(..) => false,
    });
    Ok(if stdin { LibrarySource::Memory { sources } } else { LibrarySource::Temporary { file, sources } })
}

/// The listing: what the reader's list would show first.
fn plain(paths: &Paths, library: LibrarySource) -> Result<ExitCode, Failure> {
    let (store, sort) = match library {
        LibrarySource::Nothing => (Store::open_in_memory().map_err(Failure::of)?, Sort::Newest),
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
            rederive(&mut store, &mut |_, _| {}).map_err(Failure::of)?;
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
    let measure = Measure {
        columns,
        harakat: Harakat::Shown,
        direction: None,
        fallback: Direction::Ltr,
        sideways: None,
    };
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
