//! The commands: each opens what it needs, does it, and prints for people or, with `--json`, for programs.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::CommandFactory;
use jiff::Timestamp;
use jiff::civil::Date;

use super::args::{Arguments, Command};
use super::output::{Failure, Progress, line, raw, warn};
use super::{export as export_to, facts, feeds, follow_ups, mutes, newsboat, read, verbs};
use crate::article::{Article, ArticleId, Bookmark, Origin, Verb};
use crate::config::{Config, Paths};
use crate::export::{self, json::Subject};
use crate::extract::{Extracted, country, extract};
use crate::ingest::{self, Client, Export, Incoming, IngestError, Limits};
use crate::query::{self, BoardColumn, View};
use crate::runtime::import::{Order, Source, Summary, import, mark};
use crate::runtime::read_now;
use crate::store::{JournalContext, Repaired, Sort, Store};

/// Runs what the arguments ask for; returns the exit code.
pub(super) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let home = std::env::var_os("KHABAR_HOME").map(PathBuf::from);
    let paths = Paths::find(home.as_deref()).map_err(Failure::of)?;
    match arguments.command {
        None => {
            let config = Config::load(&paths.config).map_err(Failure::of)?;
            read::run(&paths, config, arguments.paths, arguments.arabic.as_deref())
        }
        Some(Command::Import { newsboat: Some(folder), json, .. }) => {
            newsboat::run(&paths, folder.as_deref(), json)
        }
        Some(Command::Import { paths: given, json, .. }) => run_import(&paths, given, json),
        Some(Command::Feed { command }) => feeds::run(&paths, command),
        Some(Command::Fetch { feeds: asked, due, json }) => feeds::run_fetch(&paths, &asked, due, json),
        Some(Command::Rederive { json }) => rederive(&paths, json),
        Some(Command::List { query, sort, json }) => list(&paths, &query.join(" "), &sort, json),
        Some(Command::Search { query, json }) => list(&paths, &query.join(" "), "best", json),
        Some(Command::Due { until, json }) => {
            let until = until.map(|day| day_of(&paths, &day)).transpose()?;
            follow_ups::due(&paths, until, json)
        }
        Some(Command::Export { query, format }) => export_to::export(&paths, &query.join(" "), format),
        Some(Command::Backup { file }) => export_to::backup(&paths, &file),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Man) => manual(),
        Some(Command::Doctor { repair: true }) => repair(&paths),
        Some(Command::Show { what, width, json }) => show(&paths, &what, width, json),
        Some(Command::Facts { paths: given, query, columns, csv, json }) => {
            let columns = columns.iter().map(|name| BoardColumn::of_name(name)).collect();
            let asked = facts::Asked { columns, csv, json };
            if given.is_empty() {
                facts::of_stored(&paths, query.as_deref(), &asked)
            } else {
                facts::of_files(given, &asked)
            }
        }
        Some(Command::Bookmark { verb, note, due }) => {
            let due = due.map(|due| day_of(&paths, &due)).transpose()?;
            verbs::apply(&paths, &verb, &Verb::Bookmark(Bookmark { note, due }))
        }
        Some(Command::Unbookmark { verb }) => verbs::apply(&paths, &verb, &Verb::Unbookmark),
        Some(Command::Done { verb }) => verbs::apply(&paths, &verb, &Verb::Done),
        Some(Command::Undone { verb }) => verbs::apply(&paths, &verb, &Verb::Undone),
        Some(Command::Read { verb }) => verbs::apply(&paths, &verb, &Verb::Read),
        Some(Command::Unread { verb }) => verbs::apply(&paths, &verb, &Verb::Unread),
        Some(Command::Archive { verb }) => verbs::apply(&paths, &verb, &Verb::Archive),
        Some(Command::Tag { verb, names }) => verbs::apply(&paths, &verb, &verbs::tagging(&names, true)?),
        Some(Command::Untag { verb, names }) => verbs::apply(&paths, &verb, &verbs::tagging(&names, false)?),
        Some(Command::Doctor { repair: false }) => {
            let config = Config::load(&paths.config).map_err(Failure::of)?;
            read::doctor(&paths, config)
        }
        Some(Command::Mute { command }) => mutes::run(&paths, command),
        Some(Command::Undo { json }) => verbs::undo(&paths, false, json),
        Some(Command::Redo { json }) => verbs::undo(&paths, true, json),
    }
}

/// The person's library.
pub(super) fn library(paths: &Paths) -> Result<Store, Failure> {
    Store::open(&paths.library).map_err(Failure::of)
}

/// What the arguments name: `-` is standard input, `http://…` and `https://…` are of the web, all else a path.
pub(super) fn sources(given: Vec<PathBuf>, limits: Limits) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    let mut client = None;
    for path in given {
        let name = path.to_string_lossy();
        if name.starts_with("http://") || name.starts_with("https://") {
            let address = ingest::address_of(&name).map_err(Failure::of)?;
            let client = client.get_or_insert_with(|| Arc::new(Client::new(limits)));
            sources.push(Source::Url(Box::new(address), Arc::clone(client)));
            continue;
        }
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            // One byte more than is taken, so that more is noticed and refused with its sentence.
            let most = ingest::MAX_FILE_BYTES.saturating_add(1);
            std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|error| {
                Failure::Sentence(format!("could not read standard input: {error}; give a file instead"))
            })?;
            sources.push(match Export::of_standard_input(bytes) {
                Ok(export) => Source::Export(export),
                Err(bytes) => Source::Stdin(bytes, limits),
            });
        } else {
            sources.push(Export::of_file(&path).map_or(Source::Path(path, limits), Source::Export));
        }
    }
    Ok(sources)
}

fn run_import(paths: &Paths, given: Vec<PathBuf>, json: bool) -> Result<ExitCode, Failure> {
    let limits = Config::load(&paths.config).map_err(Failure::of)?.fetch.limits;
    let mut store = library(paths)?;
    let (lists, given) = feeds::lists(given);
    if !lists.is_empty() {
        let added = feeds::import_lists(&mut store, &lists, json)?;
        if given.is_empty() {
            return Ok(if added { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    let sources = sources(given, limits)?;
    let (whole, mut taken) = (size_of(&sources).max(1) as f64, 0_u64);
    let mut progress = Progress::new("stored");
    let now = Timestamp::now();
    let summary = import(&mut store, sources, Order::ByDate, now, &mut |batch| {
        taken += batch.bytes;
        progress.add(batch.articles(), taken as f64 / whole);
    })
    .map_err(Failure::of)?;
    progress.clear();
    let session = format!("{}-{}", std::process::id(), now.as_nanosecond());
    let context = JournalContext { session: &session, view: verbs::VIEW, now };
    let marked = mark(&mut store, &summary, &context).map_err(Failure::of)?;
    for sentence in summary.failed.iter().chain(&summary.warnings) {
        warn(sentence);
    }
    if json {
        let Summary { new, updated, unchanged, failed, warnings, .. } = &summary;
        line(&export::report::import(*new, *updated, *unchanged, failed, warnings))?;
    } else {
        line(&format!(
            "{} new, {} updated, {} unchanged, {} failed",
            summary.new,
            summary.updated,
            summary.unchanged,
            summary.failed.len()
        ))?;
        if marked > 0 {
            line(&format!("{marked} are marked as the export says; `khabar undo` takes the marks back"))?;
        }
    }
    // All is stored and listed, and said so. Facts and search index follow; a reader that is open may be at it already,
    // and what is not done now is done by whoever opens the library next.
    read_behind(&mut store)?;
    // Nothing could be done at all: that is a failure; a bad file among good ones is not.
    let nothing = summary.articles() == 0;
    Ok(if nothing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads what was only listed so far, with progress; returns how many articles.
pub(super) fn read_behind(store: &mut Store) -> Result<usize, Failure> {
    let mut progress = Progress::new("read");
    let mut done = 0;
    let read = crate::runtime::rederive(store, &mut |articles, waiting| {
        done += articles;
        progress.add(articles, done as f64 / (done + waiting).max(1) as f64);
    });
    progress.clear();
    read.map_err(Failure::of)
}

/// Bytes of what is to be read, as far as that can be told.
fn size_of(sources: &[Source]) -> u64 {
    let size = |source: &Source| match source {
        Source::Path(path, _) | Source::Newsboat(path) => ingest::size_of(path),
        Source::Stdin(bytes, _) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        // How much of an export are bodies is known when it is through.
        Source::Export(_) | Source::Url(..) => 0,
    };
    sources.iter().map(size).sum()
}

/// A query as the command line gives it; the inbox without one.
pub(super) fn view_of(paths: &Paths, text: &str) -> Result<View, Failure> {
    if text.trim().is_empty() {
        return Ok(View::Inbox);
    }
    let variants = Config::load(&paths.config).map_err(Failure::of)?.variants;
    let read =
        query::parse(text).map(|query| View::Query(query.with_countries(&country).with_variants(&variants)));
    read.map_err(|error| {
        let before = text.get(..error.at.start).unwrap_or(text).chars().count();
        Failure::Usage(format!("{error} (at character {} of the query)", before + 1))
    })
}

fn list(paths: &Paths, query: &str, order: &str, json: bool) -> Result<ExitCode, Failure> {
    let sort = Sort::from_name(order).ok_or_else(|| {
        let known = Sort::NAMED.map(|(name, _)| name).join(", ");
        Failure::Usage(format!("there is no order {order:?}: it is one of {known}"))
    })?;
    let view = view_of(paths, query)?;
    let store = library(paths)?;
    let ids = store.view(&view, sort, Timestamp::now(), None).map_err(Failure::of)?;
    print_list(&store, &ids, json)?;
    Ok(ExitCode::SUCCESS)
}

/// A completion script, made of the arguments' own definition.
fn completions(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "khabar", &mut script);
    raw(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// The manual page, made of the same.
fn manual() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page).map_err(Failure::of)?;
    raw(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}

/// Saves what can be read of a damaged library; a sound one is left as it is, and what waits in it is read.
fn repair(paths: &Paths) -> Result<ExitCode, Failure> {
    if !paths.library.exists() {
        return Err(Failure::Sentence(format!("there is no library at {}", paths.library.display())));
    }
    let faults = match Store::open(&paths.library) {
        Ok(store) => store.check().unwrap_or_else(|error| vec![error.to_string()]),
        Err(error) if error.is_damage() => vec![error.to_string()],
        Err(error) => return Err(Failure::of(error)),
    };
    if faults.is_empty() {
        read_behind(&mut library(paths)?)?;
        line("the library is sound")?;
        return Ok(ExitCode::SUCCESS);
    }
    let Repaired { articles, without_text, damaged } =
        Store::repair(&paths.library, Timestamp::now()).map_err(Failure::of)?;
    line(&format!(
        "{articles} articles were saved with their marks, {without_text} of them without their text; the damaged file is {}",
        damaged.display()
    ))?;
    read_behind(&mut library(paths)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints headlines, a line each.
pub(super) fn print_list(store: &Store, ids: &[ArticleId], json: bool) -> Result<(), Failure> {
    for some in ids.chunks(200) {
        for headline in store.headlines(some).map_err(Failure::of)? {
            line(&if json { export::json::headline(&headline) } else { export::plain::headline(&headline) })?;
        }
    }
    Ok(())
}

fn rederive(paths: &Paths, json: bool) -> Result<ExitCode, Failure> {
    let articles = read_behind(&mut library(paths)?)?;
    line(&if json {
        export::report::rederived(articles)
    } else if articles == 0 {
        "every article was read by this extractor already".to_owned()
    } else {
        format!("{articles} articles read again")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn show(paths: &Paths, what: &str, width: Option<usize>, json: bool) -> Result<ExitCode, Failure> {
    let zone = Config::load(&paths.config).map_err(Failure::of)?.zone;
    let as_text = |article: &Article| match width {
        Some(columns) => read::laid_out(article, columns),
        None => export::plain::article(article, &zone),
    };
    if let Ok(id) = what.parse::<i64>() {
        let mut store = library(paths)?;
        read_now(&mut store, ArticleId(id)).map_err(Failure::of)?;
        let stored = store.article(ArticleId(id)).map_err(Failure::of)?;
        let Some(stored) = stored else { return Err(no_article(id)) };
        let text = if json {
            export::json::article(
                Subject::Stored(stored.id),
                &stored.article,
                &stored.facts,
                Some(&stored.marks),
            )
        } else {
            as_text(&stored.article)
        };
        line(text.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    each_file(vec![PathBuf::from(what)], &mut |name, extracted| {
        let text = if json {
            export::json::article(Subject::Path(name), &extracted.article, &extracted.facts, None)
        } else {
            as_text(&extracted.article)
        };
        line(text.trim_end())
    })
}

pub(super) fn no_article(id: i64) -> Failure {
    Failure::Sentence(format!(
        "looked for article {id} and the library has none of that number; `khabar list` prints the numbers"
    ))
}

/// Reads files without storing them, and hands on what was made of each, with its name. Fails where nothing was read.
pub(super) fn each_file(
    given: Vec<PathBuf>,
    show: &mut dyn FnMut(&str, &Extracted) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    let mut result = Ok(());
    let mut shown = 0;
    for source in sources(given, Limits::default())? {
        let name = match &source {
            Source::Path(path, _) => Some(path.clone()),
            Source::Stdin(..) | Source::Url(..) | Source::Newsboat(_) | Source::Export(_) => None,
        };
        let mut take = |incoming: Result<Incoming, IngestError>| match incoming {
            _ if result.is_err() => {}
            Ok(incoming) => {
                shown += 1;
                let extracted = extract(&incoming.entry, &incoming.body);
                result = show(&shown_name(name.as_deref(), &incoming), &extracted);
            }
            Err(error) => warn(&error.to_string()),
        };
        match source {
            Source::Path(path, limits) => ingest::read_path(&path, &limits, &mut take),
            Source::Stdin(bytes, limits) => ingest::read_stdin(bytes, &limits, &mut take),
            Source::Newsboat(cache) => ingest::read_newsboat(&cache, &mut take),
            Source::Url(url, client) => ingest::read_url(&client, &url, Timestamp::now(), &mut take),
            Source::Export(export) => {
                let mut article = |outcome: Result<ingest::Exported, IngestError>| {
                    take(outcome.map(|exported| exported.incoming));
                };
                export.read(Timestamp::now(), &mut article);
            }
        }
    }
    result?;
    Ok(if shown == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What an article of a file is called in output: the path as given for a file, its own path in a folder.
fn shown_name(given: Option<&Path>, incoming: &Incoming) -> String {
    match (&incoming.origin, given) {
        (Origin::Stdin(_), _) => "-".to_owned(),
        (_, Some(given)) if given.is_file() => given.display().to_string(),
        (Origin::File(path), _) => path.clone(),
        (Origin::Feed { feed, .. }, _) => feed.clone(),
        (Origin::Url(url), _) => url.clone(),
    }
}

/// A day as a person writes it, in the person's zone.
pub(super) fn day_of(paths: &Paths, text: &str) -> Result<Date, Failure> {
    let zone = Config::load(&paths.config).map_err(Failure::of)?.zone;
    let today = Timestamp::now().to_zoned_datetime(zone).date();
    query::parse_day(text, today).map_err(|error| Failure::Usage(error.to_string()))
}

/// Whether the reader can be drawn: both ends are a terminal that can be drawn on.
pub(super) fn has_screen() -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    std::io::stdout().is_terminal() && !dumb
}
