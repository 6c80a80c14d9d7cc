//! Mutes as commands: which are in force, silencing a story, a source or a topic, and lifting one; journaled as in the reader.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};

use super::commands::{library, no_article};
use super::output::{Failure, line};
use super::verbs::with_context;
use crate::article::ArticleId;
use crate::config::{Config, Paths};
use crate::export::{harmless, report};
use crate::query::Mute;
use crate::store::MuteInForce;

/// What to do with mutes.
#[derive(Debug, Subcommand)]
pub(super) enum MuteCommand {
    /// Print the mutes in force: number, what, until when, how many articles it has silenced
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Silence the story that an article tells
    Story {
        /// The article's number, as `khabar list` prints it
        #[arg(value_name = "ID")]
        id: i64,
        /// How long, and how to print
        #[command(flatten)]
        how: How,
    },
    /// Silence a source
    Source {
        /// Its name, as `khabar list` prints it
        name: String,
        /// How long, and how to print
        #[command(flatten)]
        how: How,
    },
    /// Silence what has all of these words in its title
    Topic {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
        /// How long, and how to print
        #[command(flatten)]
        how: How,
    },
    /// Lift mutes before their time, and bring back what they silenced
    Lift {
        /// Numbers, as `khabar mute list` prints them
        #[arg(required = true, value_name = "MUTE")]
        mutes: Vec<i64>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// How long a mute lasts, and how it is printed.
#[derive(Debug, Args)]
pub(super) struct How {
    /// For so many hours
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=8760))]
    hours: u32,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// Runs one of these commands.
pub(super) fn run(paths: &Paths, command: MuteCommand) -> Result<ExitCode, Failure> {
    match command {
        MuteCommand::List { json } => {
            for mute in library(paths)?.mutes(Timestamp::now()).map_err(Failure::of)? {
                print(paths, &mute, json)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        MuteCommand::Story { id, how } => {
            let found = library(paths)?.headlines(&[ArticleId(id)]).map_err(Failure::of)?;
            let Some(headline) = found.into_iter().next() else { return Err(no_article(id)) };
            silence(paths, &Mute::Story(headline.title), &how)
        }
        MuteCommand::Source { name, how } => silence(paths, &Mute::Source(name), &how),
        MuteCommand::Topic { words, how } => silence(paths, &Mute::Topic(words.join(" ")), &how),
        MuteCommand::Lift { mutes, json } => lift(paths, &mutes, json),
    }
}

fn silence(paths: &Paths, mute: &Mute, how: &How) -> Result<ExitCode, Failure> {
    if mute.name().trim().is_empty() {
        return Err(Failure::Usage(format!("a {} to silence has a name: give it in words", mute.kind())));
    }
    let mut store = library(paths)?;
    let now = Timestamp::now();
    let until = now.saturating_add(SignedDuration::from_hours(how.hours.into())).map_err(Failure::of)?;
    let applied = with_context(|context| store.mute(mute, until, context)).map_err(Failure::of)?;
    let made =
        store.mutes(now).map_err(Failure::of)?.into_iter().find(|own| Some(own.entry) == applied.entry);
    made.map_or(Ok(()), |made| print(paths, &made, how.json))?;
    Ok(ExitCode::SUCCESS)
}

fn lift(paths: &Paths, entries: &[i64], json: bool) -> Result<ExitCode, Failure> {
    let mut store = library(paths)?;
    let mut all = true;
    for entry in entries {
        let lifted = with_context(|context| store.lift(*entry, context)).map_err(Failure::of)?;
        let Some(lifted) = lifted else {
            all = false;
            super::output::warn(&format!(
                "looked for mute {entry} and none of that number is in force; `khabar mute list` prints them"
            ));
            continue;
        };
        let back = lifted.changed.len();
        line(&if json {
            report::lifted(*entry, back)
        } else {
            format!("lifted {entry}: {back} articles back")
        })?;
    }
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(paths: &Paths, own: &MuteInForce, json: bool) -> Result<(), Failure> {
    let MuteInForce { entry, mute, until, articles } = own;
    if json {
        return line(&report::mute(*entry, mute.kind(), mute.name(), *until, *articles));
    }
    let zone = Config::load(&paths.config).map_err(Failure::of)?.zone;
    let until = until.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M");
    let (kind, name) = (mute.kind(), harmless(mute.name()));
    line(&format!("{entry:>5} {kind:<6} {name} · until {until} · {articles} articles"))
}
