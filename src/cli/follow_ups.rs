//! Follow-ups as a command: what is due, for people, for programs and for a login script, which must not wait.

use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;

use super::commands::library;
use super::output::{Failure, line};
use crate::config::{Config, Paths};
use crate::export;

/// Prints the follow-ups that are due until a day (today, in the person's time zone, without one), overdue ones first.
/// Nothing is printed, and no library made, where there is none.
pub(super) fn due(paths: &Paths, until: Option<Date>, json: bool) -> Result<ExitCode, Failure> {
    if !paths.library.exists() {
        return Ok(ExitCode::SUCCESS);
    }
    let zone = Config::load(&paths.config).map_err(Failure::of)?.zone;
    let today = zone.to_datetime(Timestamp::now()).date();
    let store = library(paths)?;
    let ids = store.due(until.unwrap_or(today)).map_err(Failure::of)?;
    for headline in store.headlines(&ids).map_err(Failure::of)? {
        line(&if json {
            export::json::headline(&headline)
        } else {
            export::plain::follow_up(&headline, today)
        })?;
    }
    // A log that others left in the library is theirs to write back: a login does not wait for it.
    store.leave();
    Ok(ExitCode::SUCCESS)
}
