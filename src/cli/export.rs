//! Articles and follow-ups out of the library: JSON, Markdown, HTML, iCalendar; copies of the whole library.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::Timestamp;

use super::commands::{library, view_of};
use super::output::{Failure, line, raw};
use crate::config::{Config, Paths};
use crate::export::{self, whole::Whole};
use crate::query::{Sort, View};
use crate::runtime::read_now;

/// A format of `khabar export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object a line, as `khabar show --json` prints it, with the body as it came: `khabar import` takes it
    Json,
    /// Markdown
    Md,
    /// One HTML page
    Html,
    /// iCalendar: bookmarks as to-dos, for calendars
    Ics,
}

/// Prints the articles that a query finds; without one the bookmarks.
pub(super) fn export(paths: &Paths, query: &str, format: Format) -> Result<ExitCode, Failure> {
    let view = if query.trim().is_empty() { View::Bookmarks } else { view_of(paths, query)? };
    let sort = if format == Format::Ics { Sort::Due } else { Sort::Newest };
    let zone = Config::load(&paths.config).map_err(Failure::of)?.zone;
    let (mut store, now) = (library(paths)?, Timestamp::now());
    let ids = store.view(&view, sort, now, None).map_err(Failure::of)?;
    match format {
        Format::Html => raw(&export::html::begin("khabar"))?,
        Format::Ics => raw(&export::ics::begin())?,
        Format::Json | Format::Md => {}
    }
    let mut first = true;
    for id in ids {
        read_now(&mut store, id).map_err(Failure::of)?;
        let Some(stored) = store.article(id).map_err(Failure::of)? else { continue };
        let (article, facts, marks) = (&stored.article, &stored.facts, &stored.marks);
        match format {
            Format::Json => {
                let Some((entry, body)) = store.body(id).map_err(Failure::of)? else { continue };
                let (origin, received) = (&stored.origin, stored.received);
                let (entry, body) = (&entry, &body);
                let whole = Whole { id, article, facts, marks, origin, received, entry, body };
                line(&export::whole::article(&whole))?;
            }
            Format::Html => raw(&export::html::article(article, facts, Some(marks), &zone))?,
            Format::Md => {
                // A rule stands between two articles.
                let between = if first { "" } else { "\n---\n\n" };
                raw(&format!("{between}{}", export::markdown::article(article, facts, Some(marks), &zone)))?;
            }
            Format::Ics if marks.bookmark.is_none() => continue,
            Format::Ics => {
                let headlines = store.headlines(&[id]).map_err(Failure::of)?;
                for headline in &headlines {
                    raw(&export::ics::to_do(headline, &stored.origin, article.url.as_deref(), now))?;
                }
            }
        }
        first = false;
    }
    match format {
        Format::Html => raw(export::html::end())?,
        Format::Ics => raw(&export::ics::end())?,
        Format::Json | Format::Md => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies the library to a file, while others may use it.
pub(super) fn backup(paths: &Paths, to: &Path) -> Result<ExitCode, Failure> {
    if !paths.library.exists() {
        return Err(Failure::Sentence(format!("there is no library at {} to copy", paths.library.display())));
    }
    let bytes = library(paths)?.backup(to).map_err(Failure::of)?;
    line(&format!("{} ({} MB)", to.display(), bytes.div_ceil(1 << 20)))?;
    Ok(ExitCode::SUCCESS)
}
