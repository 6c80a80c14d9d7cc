//! The arguments of the commands for feeds.

use clap::{Args, Subcommand, ValueEnum};

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub(super) enum FeedCommand {
    /// Read the feed of an address: a feed's own, or a site's, whose feed is found
    Add {
        /// Addresses of feeds or sites
        #[arg(required = true, value_name = "ADDRESS")]
        addresses: Vec<String>,
        /// What to set for them
        #[command(flatten)]
        settings: SettingsArguments,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the feeds, when each was read and is tried next, and what went wrong
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Change what is set for feeds
    Set {
        /// Numbers or addresses, as `khabar feed list` prints them
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// What to set
        #[command(flatten)]
        settings: SettingsArguments,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Read feeds no more; their articles stay
    Remove {
        /// Numbers or addresses, as `khabar feed list` prints them
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the feeds as OPML, which `khabar import` and other readers take
    Export,
}

/// What can be set for a feed.
#[derive(Debug, Default, Args)]
pub(super) struct SettingsArguments {
    /// What to call it; nothing for its own title
    #[arg(long)]
    pub(super) name: Option<String>,
    /// The folder that it stands in, such as `News/Kuwait`; nothing for the top
    #[arg(long)]
    pub(super) folder: Option<String>,
    /// The base direction of its articles
    #[arg(long)]
    pub(super) direction: Option<DirectionArgument>,
    /// Tags of its articles, parted by commas; nothing for none
    #[arg(long, value_name = "A,B")]
    pub(super) tags: Option<String>,
    /// Fetch each article's page, because the feed gives only summaries
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes")]
    pub(super) full_text: Option<YesNo>,
    /// How often it is fetched, such as `30m` or `6h`; `usual` for what the configuration says
    #[arg(long, value_name = "TIME")]
    pub(super) interval: Option<String>,
    /// How long its articles are kept, such as `30 days`; `usual` for what the configuration says
    #[arg(long, value_name = "TIME")]
    pub(super) keep: Option<String>,
}

/// A direction by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DirectionArgument {
    /// By each article's own text.
    Auto,
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}
