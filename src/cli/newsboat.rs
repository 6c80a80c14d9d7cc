//! `khabar import --newsboat`: a newsboat user moves in with one command.

use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;

use super::commands::{library, read_behind};
use super::output::{Failure, Progress, line, warn};
use crate::config::Paths;
use crate::export::report;
use crate::ingest::Newsboat;
use crate::runtime::move_in;

/// Brings over what newsboat keeps in `folder`, or where it keeps it.
pub(super) fn run(paths: &Paths, folder: Option<&Path>, json: bool) -> Result<ExitCode, Failure> {
    let newsboat = Newsboat::find(folder, &|name| std::env::var(name).ok()).map_err(Failure::of)?;
    let mut store = library(paths)?;
    let mut progress = Progress::new("stored");
    let now = Timestamp::now();
    let session = format!("{}-{}", std::process::id(), now.as_nanosecond());
    let moved =
        move_in(&mut store, &newsboat, &session, now, &mut |batch| progress.add(batch.articles(), 0.0));
    progress.clear();
    let moved = moved.map_err(Failure::of)?;
    let articles = &moved.articles;
    articles.failed.iter().chain(&articles.warnings).for_each(|sentence| warn(sentence));
    for left in &moved.left {
        warn(&format!("left in newsboat: {left}"));
    }
    line(&if json {
        report::moved_in(&report::MovedIn {
            new: articles.new,
            updated: articles.updated,
            unchanged: articles.unchanged,
            failed: &articles.failed,
            feeds_added: moved.feeds_added,
            feeds_known: moved.feeds_known,
            read: moved.read,
            flagged: moved.flagged,
            rules: moved.rules,
            left: &moved.left,
        })
    } else {
        format!(
            "{} feeds, {} articles new, {} known; {} read there are done here, {} flagged are bookmarked, {} rules are mutes",
            moved.feeds_added,
            articles.new,
            articles.unchanged + articles.updated,
            moved.read,
            moved.flagged,
            moved.rules
        )
    })?;
    // All is listed; facts and search index follow.
    read_behind(&mut store)?;
    let nothing = articles.articles() + moved.feeds_added + moved.feeds_known == 0;
    Ok(if nothing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
