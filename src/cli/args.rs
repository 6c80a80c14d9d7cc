//! The arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::export::Format;
use super::feed_args::FeedCommand;
use super::mutes::MuteCommand;

/// A news reader for the terminal, for Arabic and English.
#[derive(Debug, Parser)]
#[command(name = "khabar", version, about, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    /// What to do, where it is not reading.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Files, folders and addresses of pages and feeds to read at once, in a temporary library; `-` is standard input. Without
    /// any: your library
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// What to send for Arabic, whatever the terminal answers
    #[arg(long, value_name = "auto|visual|lrm|…")]
    pub(super) arabic: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read files, folders, exports, pages and feeds of the web into your library; a list of feeds (OPML) is added to yours
    Import {
        /// Files, folders, addresses (http:// or https://); `-` is standard input
        #[arg(required_unless_present = "newsboat", value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// What newsboat keeps, instead: feeds, articles, what was read and flagged; in DIR, or where newsboat keeps it
        #[arg(long, value_name = "DIR", num_args = 0..=1, conflicts_with = "paths")]
        newsboat: Option<Option<PathBuf>>,
        /// One JSON object with what was done
        #[arg(long)]
        json: bool,
    },
    /// The feeds that you read: add, list, set, remove, export
    Feed {
        /// What to do with them
        #[command(subcommand)]
        command: FeedCommand,
    },
    /// Fetch your feeds
    Fetch {
        /// Only these: numbers or addresses, as `khabar feed list` prints them
        #[arg(value_name = "FEED", conflicts_with = "due")]
        feeds: Vec<String>,
        /// Only those that are due, each by its interval (for cron and timers)
        #[arg(long)]
        due: bool,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Read stored articles again with this program's extractor, where an earlier one read them; the reader does the same
    /// while it is open
    Rederive {
        /// One JSON object with what was done
        #[arg(long)]
        json: bool,
    },
    /// List the articles of a view or query (the inbox, without one)
    List {
        /// Words and operators, such as `is:unread lang:ar الكويت`
        query: Vec<String>,
        /// In which order: newest, oldest, best, source, title, due
        #[arg(long, value_name = "ORDER", default_value = "newest")]
        sort: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Search all articles: exact spellings first, then others, then words with particles, the newest first in each
    Search {
        /// Words, "phrases", -words and operators
        #[arg(required = true)]
        query: Vec<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Follow-ups that are due; nothing is printed where there are none, so that it can stand in a login script
    Due {
        /// Also those until this day: 2026-12-01, tomorrow, +3d
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print articles for other programs; bookmarks, without a query
    Export {
        /// Words and operators
        query: Vec<String>,
        /// In which format
        #[arg(long, value_enum)]
        format: Format,
    },
    /// Copy the library to a file, also while it is in use
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Print one article: plain text in logical order, or laid out
    Show {
        /// An article's number, or a file
        #[arg(value_name = "ID|PATH")]
        what: String,
        /// Lay out in so many columns, in visual order, as a screen shows it
        #[arg(long, value_name = "COLUMNS")]
        width: Option<usize>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print the facts of stored articles, or of files without storing them
    Facts {
        /// Files and folders; `-` is standard input. Without any: stored articles
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Only of the stored articles that this query finds
        #[arg(long, value_name = "QUERY", conflicts_with = "paths")]
        query: Option<String>,
        /// Only these facts: concepts such as `host`, `date`, `next_round`, or keys as printed
        #[arg(long, value_name = "A,B", value_delimiter = ',')]
        columns: Vec<String>,
        /// A table as CSV: a row an article, a column a fact; the most common ones without `--columns`
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Bookmark articles for follow-up
    Bookmark {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
        /// A note to keep with the bookmark
        #[arg(long)]
        note: Option<String>,
        /// The day to come back to it: tomorrow, +3d, next monday, 2026-12-01, غداً …
        #[arg(long, value_name = "DATE")]
        due: Option<String>,
    },
    /// Mark articles as done: read, and out of the inbox
    Done {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Take articles' done and archive marks back: they are in the inbox again
    Undone {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Mark articles as read
    Read {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Mark articles as not read
    Unread {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Mark articles as done, and keep them apart
    Archive {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Take bookmarks off
    Unbookmark {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
    },
    /// Put tags on articles
    Tag {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
        /// The tags; several are parted by commas
        #[arg(long = "name", short, required = true, value_name = "TAG")]
        names: Vec<String>,
    },
    /// Take tags off articles
    Untag {
        /// The articles, and how to print
        #[command(flatten)]
        verb: VerbArguments,
        /// The tags; several are parted by commas
        #[arg(long = "name", short, required = true, value_name = "TAG")]
        names: Vec<String>,
    },
    /// What is silenced for a while: list, story, source, topic, lift
    Mute {
        /// What to do with mutes
        #[command(subcommand)]
        command: MuteCommand,
    },
    /// Which terminal this is, what it does with Arabic, and where things are kept
    Doctor {
        /// Save what can be read of a damaged library in a new one
        #[arg(long)]
        repair: bool,
    },
    /// Take the last change back
    Undo {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Make the change again that was taken back last
    Redo {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
}

/// What every verb takes.
#[derive(Debug, Args)]
pub(super) struct VerbArguments {
    /// Numbers of articles, as `khabar list` prints them
    #[arg(required_unless_present = "query", value_name = "ID")]
    pub(super) ids: Vec<i64>,
    /// All articles that this query finds, instead of numbers
    #[arg(long, value_name = "QUERY", conflicts_with = "ids")]
    pub(super) query: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}
