//! `khabar facts`: facts of stored articles or of files, for people, as JSON, or as a board in CSV.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::Timestamp;

use super::commands::{each_file, library, view_of};
use super::output::{Failure, line};
use crate::article::{Article, Fact};
use crate::config::Paths;
use crate::export::{self, json::Subject};
use crate::query::{BoardColumn, BoardQuery, Sort, View, cells_of, columns_of};
use crate::runtime::read_now;

/// Columns of a board that names none.
const COLUMNS: usize = 12;

/// Articles that are read at a time.
const SOME: usize = 200;

/// What is to be printed.
pub(super) struct Asked {
    /// Only facts of these columns; all without any.
    pub(super) columns: Vec<BoardColumn>,
    /// As a board.
    pub(super) csv: bool,
    /// As JSON.
    pub(super) json: bool,
}

impl Asked {
    /// The facts that are asked for, in their order.
    fn of(&self, facts: &[Fact]) -> Vec<Fact> {
        let asked =
            |fact: &&Fact| self.columns.is_empty() || self.columns.iter().any(|column| column.holds(fact));
        facts.iter().filter(asked).cloned().collect()
    }

    /// Prints the facts of one article; for people nothing where it has none.
    fn print(&self, subject: Subject<'_>, article: &Article, facts: &[Fact]) -> Result<(), Failure> {
        let facts = self.of(facts);
        if self.json {
            line(&export::json::facts(subject, article, &facts))
        } else if facts.is_empty() {
            Ok(())
        } else {
            line(&export::plain::facts(article, &facts))
        }
    }
}

/// Facts of the stored articles that a query finds; of all without one.
pub(super) fn of_stored(paths: &Paths, query: Option<&str>, asked: &Asked) -> Result<ExitCode, Failure> {
    let view = match query {
        Some(text) => view_of(paths, text)?,
        None => View::All,
    };
    let (mut store, now) = (library(paths)?, Timestamp::now());
    if !asked.csv {
        for id in store.view(&view, Sort::Newest, now, None).map_err(Failure::of)? {
            read_now(&mut store, id).map_err(Failure::of)?;
            let Some(stored) = store.article(id).map_err(Failure::of)? else { continue };
            asked.print(Subject::Stored(id), &stored.article, &stored.facts)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let columns = if asked.columns.is_empty() {
        let offered = store.board_columns(&view, now, COLUMNS).map_err(Failure::of)?;
        offered.into_iter().map(|offered| offered.column).collect()
    } else {
        asked.columns.clone()
    };
    line(&export::board::csv_header("id", &names(&columns)))?;
    let board = BoardQuery { view, ..BoardQuery::default() };
    for some in store.board_articles(&board, now).map_err(Failure::of)?.chunks(SOME) {
        for found in store.board_rows(some, &columns).map_err(Failure::of)? {
            line(&export::board::csv_stored(&found))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Facts of files, without storing them.
pub(super) fn of_files(given: Vec<PathBuf>, asked: &Asked) -> Result<ExitCode, Failure> {
    if !asked.csv {
        return each_file(given, &mut |name, extracted| {
            asked.print(Subject::Path(name), &extracted.article, &extracted.facts)
        });
    }
    let mut read = Vec::new();
    let code = each_file(given, &mut |name, extracted| {
        if !extracted.facts.is_empty() {
            read.push((name.to_owned(), extracted.clone()));
        }
        Ok(())
    })?;
    let columns = if asked.columns.is_empty() {
        let facts = read.iter().flat_map(|(_, extracted)| &extracted.facts);
        let offered = columns_of(facts.map(|fact| (BoardColumn::of_fact(fact), fact.key.as_str(), 1)));
        offered.into_iter().take(COLUMNS).map(|offered| offered.column).collect()
    } else {
        asked.columns.clone()
    };
    line(&export::board::csv_header("path", &names(&columns)))?;
    for (name, extracted) in read {
        let article = &extracted.article;
        let published = article.published.map(|time| time.to_string()).unwrap_or_default();
        let cells = cells_of(extracted.facts, &columns);
        let source = article.source.as_deref();
        line(&export::board::csv_row(&name, article.title_text(), source, &published, &cells))?;
    }
    Ok(code)
}

/// What columns are called in files.
fn names(columns: &[BoardColumn]) -> Vec<String> {
    columns.iter().map(BoardColumn::to_string).collect()
}
