//! The verbs as commands: on numbers or on what a query finds, journaled as in the reader, and undo and redo.

use std::process::ExitCode;

use jiff::Timestamp;

use super::args::VerbArguments;
use super::commands::{library, no_article, view_of};
use super::output::{Failure, line, warn};
use crate::article::{ArticleId, Verb, tags_of};
use crate::config::Paths;
use crate::export;
use crate::store::{JournalContext, Sort, Store};

/// The view that the journal names for changes made by commands.
pub(super) const VIEW: &str = "command line";

/// Articles that are printed at a time.
const SOME: usize = 200;

/// Does a verb and prints each article that it was for, as it is now.
pub(super) fn apply(paths: &Paths, arguments: &VerbArguments, verb: &Verb) -> Result<ExitCode, Failure> {
    let mut store = library(paths)?;
    let ids = targets(paths, &store, arguments)?;
    if ids.is_empty() {
        return Ok(if arguments.query.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    with_context(|context| store.apply(verb, &ids, context)).map_err(Failure::of)?;
    for some in ids.chunks(SOME) {
        for headline in store.headlines(some).map_err(Failure::of)? {
            if arguments.json {
                line(&export::json::headline(&headline))?;
            } else {
                line(&format!("{}: {}", verb.name(), export::plain::headline(&headline)))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The verb of `tag` and `untag`: names of tags, parted by commas.
pub(super) fn tagging(names: &[String], on: bool) -> Result<Verb, Failure> {
    let tags = tags_of(&names.join(","));
    if tags.is_empty() {
        return Err(Failure::Usage("a tag has at least one letter; give it as --name Kuwait".to_owned()));
    }
    Ok(if on {
        Verb::Tag { add: tags, remove: Default::default() }
    } else {
        Verb::Tag { add: Default::default(), remove: tags }
    })
}

/// The articles that are meant: those of the numbers that the library has, or those that the query finds now.
fn targets(paths: &Paths, store: &Store, arguments: &VerbArguments) -> Result<Vec<ArticleId>, Failure> {
    if let Some(query) = &arguments.query {
        let view = view_of(paths, query)?;
        return store.view(&view, Sort::Newest, Timestamp::now(), None).map_err(Failure::of);
    }
    let asked: Vec<ArticleId> = arguments.ids.iter().copied().map(ArticleId).collect();
    let known: Vec<ArticleId> =
        store.headlines(&asked).map_err(Failure::of)?.into_iter().map(|headline| headline.id).collect();
    for id in asked.iter().filter(|id| !known.contains(id)) {
        if let Failure::Sentence(sentence) = no_article(id.0) {
            warn(&sentence);
        }
    }
    Ok(known)
}

/// Undoes the last change, or makes the change again that was undone last.
pub(super) fn undo(paths: &Paths, redo: bool, json: bool) -> Result<ExitCode, Failure> {
    let mut store = library(paths)?;
    let undone = with_context(|context| if redo { store.redo(context) } else { store.undo(context) });
    let Some(undone) = undone.map_err(Failure::of)? else {
        let what = if redo { "redo" } else { "undo" };
        return Err(Failure::Sentence(format!("looked for a change to {what} and the journal has none")));
    };
    let title = undone.entry.title.as_deref();
    let (verb, changed, skipped) = (undone.entry.verb.as_str(), undone.changed.len(), undone.skipped);
    if json {
        return line(&export::report::undone(verb, title, changed, skipped)).map(|()| ExitCode::SUCCESS);
    }
    let what = match title {
        Some(title) => format!("{verb} of {title}"),
        None => format!("{verb} of {} articles", undone.entry.count),
    };
    let rest =
        if skipped > 0 { format!(" ({skipped} changed since, left as they are)") } else { String::new() };
    let did = if redo { "redone" } else { "undone" };
    line(&format!("{did}: {}{rest}", export::harmless(&what)))?;
    Ok(ExitCode::SUCCESS)
}

/// Calls `change` with the context of this run of the program.
pub(super) fn with_context<T>(change: impl FnOnce(&JournalContext<'_>) -> T) -> T {
    let session = format!("command {}", std::process::id());
    change(&JournalContext { session: &session, view: VIEW, now: Timestamp::now() })
}
