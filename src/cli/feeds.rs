//! The commands for feeds: adding by the address of a feed or a site, listing, settings, removing, OPML out, fetching.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;

use super::commands::{library, read_behind};
use super::feed_args::{DirectionArgument, FeedCommand, SettingsArguments, YesNo};
use super::output::{Failure, FeedProgress, line, warn};
use crate::article::{Feed, FeedId, FeedSettings, NextTry, Subscription};
use crate::config::{Config, Keep, Paths, period};
use crate::export::feed as out;
use crate::export::report;
use crate::ingest::{self, Client, Discovered, shown};
use crate::runtime::fetch::{FeedReport, Fetching, Scope, fetch, next_try};
use crate::store::{Retention, Store, Subscribed};
use crate::text::Direction;

/// Runs a command for feeds.
pub(super) fn run(paths: &Paths, command: FeedCommand) -> Result<ExitCode, Failure> {
    let config = Config::load(&paths.config).map_err(Failure::of)?;
    match command {
        FeedCommand::Add { addresses, settings, json } => add(paths, &config, &addresses, &settings, json),
        FeedCommand::List { json } => {
            let store = library(paths)?;
            let feeds = store.feeds().map_err(Failure::of)?;
            if feeds.is_empty() && !json {
                line(
                    "no feeds yet: `khabar feed add ADDRESS` adds one, `khabar import FILE` takes a list (OPML)",
                )?;
            }
            feeds.iter().try_for_each(|feed| print(feed, &config, json))?;
            Ok(ExitCode::SUCCESS)
        }
        FeedCommand::Set { feeds, settings, json } => {
            let mut store = library(paths)?;
            for feed in named(&store, &feeds)? {
                let mut own = feed.subscription.settings.clone();
                set(&mut own, &settings)?;
                store.set_feed(feed.id, &own).map_err(Failure::of)?;
                print(&again(&store, feed.id)?, &config, json)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        FeedCommand::Remove { feeds, json } => {
            let mut store = library(paths)?;
            for feed in named(&store, &feeds)? {
                store.unsubscribe(feed.id).map_err(Failure::of)?;
                if json {
                    line(&out::json(&feed, NextTry::Never))?;
                } else {
                    let name = crate::export::harmless(feed.name()).into_owned();
                    line(&format!(
                        "removed {name}; `khabar feed add {}` reads it again",
                        feed.subscription.address
                    ))?;
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        FeedCommand::Export => {
            let feeds = library(paths)?.feeds().map_err(Failure::of)?;
            let feeds: Vec<Subscription> = feeds.into_iter().map(|feed| feed.subscription).collect();
            line(ingest::write_opml(&feeds).trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Fetches feeds: all, those that are due, or those that are named.
pub(super) fn run_fetch(paths: &Paths, asked: &[String], due: bool, json: bool) -> Result<ExitCode, Failure> {
    let config = Config::load(&paths.config).map_err(Failure::of)?;
    let mut store = library(paths)?;
    let scope = match (asked.is_empty(), due) {
        (false, _) => Scope::These(named(&store, asked)?.into_iter().map(|feed| feed.id).collect()),
        (true, true) => Scope::Due,
        (true, false) => Scope::All,
    };
    let reports = fetch_now(&mut store, scope, &config)?;
    let now = Timestamp::now();
    for report in &reports {
        if json {
            let fetched = out::Fetched {
                new: report.new,
                updated: report.updated,
                unchanged: report.unchanged,
                not_modified: report.same,
                warnings: &report.warnings,
            };
            line(&out::fetched_json(&report.feed, &fetched, next(&report.feed, &config)))?;
        }
        tell(report, &config, now);
    }
    if !json {
        line(&summary(&reports))?;
    }
    // All is listed; facts and search index follow.
    read_behind(&mut store)?;
    let Keep { days, articles } = config.keep;
    store.expire(&Retention { days, articles }, Timestamp::now()).map_err(Failure::of)?;
    let failed = reports.iter().filter(|report| report.feed.state.error.is_some()).count();
    // Nothing could be read at all: that is a failure; a dead feed among others is not.
    Ok(if failed > 0 && failed == reports.len() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn fetch_now(store: &mut Store, scope: Scope, config: &Config) -> Result<Vec<FeedReport>, Failure> {
    let fetching = Fetching { scope, interval: config.fetch.interval, limits: config.fetch.limits };
    let progress = FeedProgress::new();
    let reports = fetch(store, &fetching, Timestamp::now(), &mut |so_far| {
        if so_far.waiting {
            warn(
                "another khabar is fetching: this one waits until that one is through, and fetches what is left",
            );
            return true;
        }
        progress.show(so_far.done, so_far.of, so_far.new);
        true
    });
    progress.clear();
    reports.map_err(Failure::of)
}

/// What a fetch did, in one line.
fn summary(reports: &[FeedReport]) -> String {
    let sum = |of: fn(&FeedReport) -> usize| reports.iter().map(of).sum::<usize>();
    let failed = reports.iter().filter(|report| report.feed.state.error.is_some()).count();
    let same = reports.iter().filter(|report| report.same).count();
    let elsewhere = match reports.iter().filter(|report| report.elsewhere).count() {
        0 => String::new(),
        many => format!(", {many} fetched by another khabar meanwhile"),
    };
    format!(
        "{} feeds: {} new, {} updated, {} unchanged; {same} feeds without change, {failed} failed{elsewhere}",
        reports.len(),
        sum(|report| report.new),
        sum(|report| report.updated),
        sum(|report| report.unchanged)
    )
}

/// Says what went wrong with a feed, and when it is tried again.
fn tell(report: &FeedReport, config: &Config, now: Timestamp) {
    report.warnings.iter().for_each(|sentence| warn(sentence));
    if let Some(error) = &report.feed.state.error {
        warn(&format!("{error} ({})", next(&report.feed, config).in_words(now)));
    }
}

fn add(
    paths: &Paths,
    config: &Config,
    addresses: &[String],
    settings: &SettingsArguments,
    json: bool,
) -> Result<ExitCode, Failure> {
    let mut own = FeedSettings::default();
    set(&mut own, settings)?;
    let client = Client::new(config.fetch.limits);
    let mut store = library(paths)?;
    let mut ids = Vec::new();
    for typed in addresses {
        match find(&client, typed, &own) {
            Ok((feed, others)) => {
                let added =
                    store.subscribe(std::slice::from_ref(&feed), Timestamp::now()).map_err(Failure::of)?;
                match added.first() {
                    Some(Subscribed::New(id)) => ids.push(*id),
                    Some(Subscribed::Known(id)) => {
                        warn(&format!("{} is among your feeds already, as number {}", feed.address, id.0));
                    }
                    None => {}
                }
                if let (false, Some(first)) = (json, others.first()) {
                    let title = first.title.as_deref().unwrap_or("another feed");
                    let more = others.len();
                    warn(&format!("the page names {more} more: {title}, {}", shown(&first.address)));
                }
            }
            Err(sentence) => warn(&sentence),
        }
    }
    if ids.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    let reports = fetch_now(&mut store, Scope::These(ids), config)?;
    for report in &reports {
        print(&report.feed, config, json)?;
        report.warnings.iter().for_each(|sentence| warn(sentence));
        if !json {
            line(&format!("      {} articles", report.new + report.updated + report.unchanged))?;
        }
    }
    // All is listed; facts and search index follow.
    read_behind(&mut store)?;
    Ok(ExitCode::SUCCESS)
}

/// The feed that the person means by an address, with what was set; and other feeds of the page.
fn find(
    client: &Client,
    typed: &str,
    settings: &FeedSettings,
) -> Result<(Subscription, Vec<crate::extract::FeedLink>), String> {
    let address = ingest::address_of(typed).map_err(|error| error.to_string())?;
    let now = Timestamp::now();
    let found = ingest::discover(client, &address, now).or_else(|error| {
        match ingest::without_tls(typed, &address, &error) {
            Some(plain) => ingest::discover(client, &plain, now),
            None => Err(error),
        }
    });
    let found = found.map_err(|error| error.to_string())?;
    let Discovered { address, named, others, .. } = found;
    let feed = Subscription {
        address: address.into(),
        named,
        settings: settings.clone(),
        ..Subscription::default()
    };
    Ok((feed, others))
}

/// Parts lists of feeds (OPML) from what else the arguments name.
pub(super) fn lists(given: Vec<PathBuf>) -> (Vec<(String, Vec<u8>)>, Vec<PathBuf>) {
    let mut lists = Vec::new();
    let mut others = Vec::new();
    for path in given {
        match ingest::list_of_feeds(&path) {
            Some(bytes) => lists.push((path.display().to_string(), bytes)),
            None => others.push(path),
        }
    }
    (lists, others)
}

/// Adds the feeds of lists to those that are read; whether there were any. They are fetched when the person says so.
pub(super) fn import_lists(
    store: &mut Store,
    lists: &[(String, Vec<u8>)],
    json: bool,
) -> Result<bool, Failure> {
    let (mut added, mut known) = (0, 0);
    for (name, bytes) in lists {
        match ingest::read_opml(name, bytes) {
            Ok((mut feeds, said)) => {
                said.iter().for_each(|sentence| warn(sentence));
                // The person gave the list, and with it each address.
                feeds.iter_mut().for_each(|feed| feed.named = true);
                for outcome in store.subscribe(&feeds, Timestamp::now()).map_err(Failure::of)? {
                    match outcome {
                        Subscribed::New(_) => added += 1,
                        Subscribed::Known(_) => known += 1,
                    }
                }
            }
            Err(error) => warn(&error.to_string()),
        }
    }
    line(&if json {
        report::feeds(added, known)
    } else {
        format!("{added} feeds added, {known} were there already; `khabar fetch` fetches them")
    })?;
    Ok(added + known > 0)
}

/// The feeds that arguments name, by number or address.
fn named(store: &Store, asked: &[String]) -> Result<Vec<Feed>, Failure> {
    let feeds = store.feeds().map_err(Failure::of)?;
    asked
        .iter()
        .map(|asked| {
            let number: Option<i64> = asked.parse().ok();
            let address = ingest::address_of(asked).ok().map(String::from);
            let found = feeds.iter().find(|feed| {
                number == Some(feed.id.0)
                    || *asked == feed.subscription.address
                    || address.as_ref() == Some(&feed.subscription.address)
            });
            found.cloned().ok_or_else(|| {
                Failure::Sentence(format!(
                    "looked for the feed {asked:?} and found none; `khabar feed list` prints them"
                ))
            })
        })
        .collect()
}

fn again(store: &Store, id: FeedId) -> Result<Feed, Failure> {
    let feeds = store.feeds().map_err(Failure::of)?;
    feeds.into_iter().find(|feed| feed.id == id).ok_or_else(|| {
        Failure::Sentence(
            "the feed was removed meanwhile; `khabar feed list` prints those that there are".to_owned(),
        )
    })
}

/// Changes settings by arguments.
fn set(settings: &mut FeedSettings, given: &SettingsArguments) -> Result<(), Failure> {
    let words = |text: &str, part: char| -> Vec<String> {
        text.split(part).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
    };
    if let Some(name) = &given.name {
        settings.name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    }
    if let Some(folder) = &given.folder {
        settings.folder = words(folder, '/');
    }
    if let Some(tags) = &given.tags {
        settings.tags = words(tags, ',');
    }
    match given.direction {
        Some(DirectionArgument::Auto) => settings.direction = None,
        Some(DirectionArgument::Rtl) => settings.direction = Some(Direction::Rtl),
        Some(DirectionArgument::Ltr) => settings.direction = Some(Direction::Ltr),
        None => {}
    }
    if let Some(full_text) = given.full_text {
        settings.full_text = full_text == YesNo::Yes;
    }
    if let Some(interval) = &given.interval {
        settings.interval = time(interval)?;
    }
    if let Some(keep) = &given.keep {
        let days = |time: Duration| u32::try_from(time.as_secs().div_ceil(86_400)).unwrap_or(u32::MAX);
        settings.keep_days = time(keep)?.map(days);
    }
    Ok(())
}

/// A length of time, or `usual`.
fn time(text: &str) -> Result<Option<Duration>, Failure> {
    if text == "usual" {
        return Ok(None);
    }
    period(text).map(Some).ok_or_else(|| {
        Failure::Sentence(format!(
            "could not read {text:?} as a length of time; write one such as 30m, 6h or 2 days"
        ))
    })
}

fn next(feed: &Feed, config: &Config) -> NextTry {
    next_try(feed, config.fetch.interval)
}

fn print(feed: &Feed, config: &Config, json: bool) -> Result<(), Failure> {
    let next = next(feed, config);
    line(&if json { out::json(feed, next) } else { out::plain(feed, next, Timestamp::now()) })
}
