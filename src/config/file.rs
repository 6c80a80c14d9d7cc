//! `config.toml`: its settings, and errors that name the line and what is known there.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::fetching::{Fetch, FetchPart, LimitsPart};
use super::keymap;
use crate::app::keymap::Keymap;
use crate::app::{DEFAULT_MEASURE, Layout, SavedQuery, Settings, Strategy};
use crate::query::Variants;
use crate::text::{Direction, Harakat};

/// The configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What the reader starts with.
    pub settings: Settings,
    /// How Arabic is sent to the terminal; `None` goes by its answers.
    pub arabic: Option<Strategy>,
    /// The zone of ages and dates.
    pub zone: TimeZone,
    /// How feeds are fetched.
    pub fetch: Fetch,
    /// How long what is dealt with is kept.
    pub keep: Keep,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// The saved queries, in their order.
    pub saved: Vec<SavedQuery>,
    /// Spellings that the person has for one word, beside the known ones.
    pub variants: Variants,
    /// Whether the mouse is listened to.
    pub mouse: bool,
}

/// The configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// It is no TOML, or has settings or values that are not known.
    #[error("could not use {file}, line {line}: {reason}; mend that line or take it out")]
    Invalid {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It is there and cannot be read.
    #[error("could not read {file}: {reason}; make it readable or move it away")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        reason: String,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    ui: Ui,
    text: Text,
    keys: Keys,
    terminal: Terminal,
    time: Time,
    fetch: FetchPart,
    limits: LimitsPart,
    keep: Keep,
    session: SessionChoice,
    search: Search,
    views: Vec<SavedView>,
}

/// `[keep]`: how long what is done, and nothing more, is kept; all of it where nothing is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// Days; a feed's own come first.
    pub days: Option<u32>,
    /// Articles of the library, at the most.
    pub articles: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Ui {
    direction: UiDirection,
    measure: u16,
    facts: bool,
}

impl Default for Ui {
    fn default() -> Self {
        Self { direction: UiDirection::Auto, measure: DEFAULT_MEASURE, facts: true }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Text {
    harakat: HarakatChoice,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Keys {
    layout: Option<KeyboardLayout>,
    preset: Preset,
    map: BTreeMap<Spanned<String>, Spanned<KeyList>>,
}

/// Where the keys come from that are not named.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Preset {
    #[default]
    Default,
}

/// One sequence of keys, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum KeyList {
    One(String),
    Many(Vec<String>),
}

impl KeyList {
    pub(super) fn list(&self) -> Vec<String> {
        match self {
            Self::One(keys) => vec![keys.clone()],
            Self::Many(list) => list.clone(),
        }
    }
}

/// A saved query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedView {
    pub(super) name: String,
    pub(super) query: Spanned<String>,
    pub(super) keys: Option<Spanned<KeyList>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SessionChoice {
    summary: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Search {
    /// A group of spellings an item, parted by blanks.
    variants: Vec<String>,
}

/// A keyboard layout by name.
#[derive(Clone, Copy, Debug)]
struct KeyboardLayout(Layout);

impl<'de> Deserialize<'de> for KeyboardLayout {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Layout::from_name(&name).map(Self).ok_or_else(|| {
            let known = Layout::NAMED.map(Layout::name).join(", ");
            serde::de::Error::custom(format!("no keyboard layout is called `{name}`; there are {known}"))
        })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Terminal {
    arabic: ArabicOutput,
    mouse: Option<bool>,
}

/// A strategy by name, or `auto`.
#[derive(Clone, Copy, Debug, Default)]
struct ArabicOutput(Option<Strategy>);

impl<'de> Deserialize<'de> for ArabicOutput {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        arabic_output(&name).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "no way to send Arabic is called `{name}`; there are {}",
                arabic_names()
            ))
        })
    }
}

/// The way to send Arabic of a name: `Some(None)` for `auto`, `None` where there is no such name.
pub fn arabic_output(name: &str) -> Option<Option<Strategy>> {
    if name == "auto" { Some(None) } else { Strategy::from_name(name).map(Some) }
}

/// All names that [`arabic_output`] knows.
pub fn arabic_names() -> String {
    std::iter::once("auto").chain(Strategy::ALL.map(Strategy::name)).collect::<Vec<_>>().join(", ")
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Time {
    zone: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UiDirection {
    #[default]
    Auto,
    Ltr,
    Rtl,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum HarakatChoice {
    #[default]
    Auto,
    Always,
    Never,
}

impl Config {
    /// Reads the configuration; all defaults where there is no such file.
    ///
    /// # Errors
    /// Where the file cannot be read, or [`parse`] fails.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => parse(&text, &file),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => parse("", &file),
            Err(error) => Err(ConfigError::Unreadable { file, reason: error.to_string() }),
        }
    }
}

/// Reads the text of a configuration file; `file` is its name, for errors.
///
/// # Errors
/// Where it is no TOML, or names what is not known.
pub fn parse(text: &str, file: &str) -> Result<Config, ConfigError> {
    let invalid = |line: usize, reason: String| ConfigError::Invalid { file: file.to_owned(), line, reason };
    let read: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        invalid(line_of(text, at), error.message().replace('\n', " "))
    })?;
    let zone = match &read.time.zone {
        None => TimeZone::system(),
        Some(name) => TimeZone::get(name).map_err(|_| {
            let line = text.lines().position(|line| line.trim_start().starts_with("zone"));
            let reason = format!("no time zone is called {name:?} (a name such as \"Asia/Kuwait\")");
            invalid(line.map_or(1, |line| line + 1), reason)
        })?,
    };
    let fetch = read.fetch.with(&read.limits);
    let settings = Settings {
        direction: match read.ui.direction {
            UiDirection::Auto => None,
            UiDirection::Ltr => Some(Direction::Ltr),
            UiDirection::Rtl => Some(Direction::Rtl),
        },
        measure: read.ui.measure.clamp(24, 160),
        facts: read.ui.facts,
        harakat: match read.text.harakat {
            HarakatChoice::Auto => None,
            HarakatChoice::Always => Some(Harakat::Shown),
            HarakatChoice::Never => Some(Harakat::Hidden),
        },
        layout: read.keys.layout.map_or(Layout::Unknown, |layout| layout.0),
        summary: read.session.summary,
        fetch_every: fetch.reader.map(|every| u64::try_from(every.as_millis()).unwrap_or(u64::MAX)),
    };
    let variants = Variants::of(read.search.variants.iter().map(String::as_str));
    let (keymap, saved) = keymap::read(&read.keys.map, &read.views, &variants)
        .map_err(|(at, reason)| invalid(line_of(text, at), reason))?;
    Ok(Config {
        settings,
        arabic: read.terminal.arabic.0,
        zone,
        fetch,
        keep: read.keep,
        keymap,
        saved,
        variants,
        mouse: read.terminal.mouse.unwrap_or(true),
    })
}

/// The line, from 1, of a byte of `text`.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_all_defaults() {
        let config = Config::load(Path::new("/nowhere/at/all.toml")).unwrap();
        assert_eq!(config.settings, Settings::default());
        assert_eq!(config.arabic, None);
    }

    #[test]
    fn settings_are_read() {
        let config = parse(
            "[ui]\ndirection = \"rtl\"\nmeasure = 60\nfacts = false\n[text]\nharakat = \"always\"\n[terminal]\narabic = \"visual\"\n[time]\nzone = \"UTC\"\n",
            "config.toml",
        )
        .unwrap();
        assert_eq!(config.settings.direction, Some(Direction::Rtl));
        assert_eq!((config.settings.measure, config.settings.facts), (60, false));
        assert_eq!(config.settings.harakat, Some(Harakat::Shown));
        assert_eq!(config.arabic, Some(Strategy::Visual));
    }

    #[test]
    fn how_long_things_are_kept_is_read() {
        let keep = parse("[keep]\ndays = 90\narticles = 50000\n", "config.toml").unwrap().keep;
        assert_eq!(keep, Keep { days: Some(90), articles: Some(50_000) });
        assert_eq!(parse("", "config.toml").unwrap().keep, Keep::default());
    }

    #[test]
    fn spellings_of_ones_own_are_known_to_saved_queries() {
        let text = "[search]\nvariants = [\"kuwait koweit\"]\n[[views]]\nname = \"K\"\nquery = \"koweit\"\n";
        let config = parse(text, "config.toml").unwrap();
        assert_eq!(config.variants, Variants::of(["kuwait koweit"]));
        let plain = crate::query::parse("koweit").unwrap();
        assert_eq!(config.saved[0].query, plain.clone().with_variants(&config.variants));
        assert_ne!(config.saved[0].query, plain);
    }

    #[test]
    fn fetching_and_its_limits_are_read() {
        let text = "[fetch]\ninterval = \"6h\"\nreader = \"30m\"\n[limits]\ndocument_mb = 4\nentries = 100\nrequest = \"5s\"\n";
        let fetch = parse(text, "config.toml").unwrap().fetch;
        assert_eq!(fetch.interval.as_secs(), 6 * 3600);
        assert_eq!(fetch.reader.map(|every| every.as_secs()), Some(1800));
        assert_eq!((fetch.limits.document_bytes, fetch.limits.entries), (4 << 20, 100));
        assert_eq!(fetch.limits.request.as_secs(), 5);
        assert_eq!(parse("", "config.toml").unwrap().fetch, Fetch::default());
    }

    #[test]
    fn saved_queries_and_keys_are_read() {
        let text = "[keys.map]\ndone = [\"Q\", \"<F5>\"]\n[[views]]\nname = \"الكويت\"\nquery = \"الكويت is:unread\"\nkeys = \"g1\"\n[terminal]\nmouse = false\n[session]\nsummary = true\n";
        let config = parse(text, "config.toml").unwrap();
        assert_eq!(config.keymap.keys_of(crate::app::Action::Done), ["Q", "F5"]);
        assert_eq!(config.keymap.keys_of(crate::app::Action::Saved(0)), ["g1"]);
        assert_eq!(config.saved[0].query.to_string(), "الكويت is:unread");
        assert!(config.settings.summary && !config.mouse);
    }

    #[test]
    fn an_error_names_the_line_and_what_is_known() {
        let check = |text: &str, line: usize, part: &str| {
            let error = parse(text, "config.toml").unwrap_err().to_string();
            assert!(error.contains(&format!("config.toml, line {line}:")), "{error}");
            assert!(error.contains(part), "{error}");
        };
        check("[ui]\nmesure = 60\n", 2, "`measure`");
        check("[ui]\n\ndirection = \"left\"\n", 3, "`ltr`");
        check("[ui\n", 1, "");
        check("[keys]\nlayout = \"qwerty\"\n", 2, "pc, mac, ir, none");
        check("[terminal]\narabic = \"sideways\"\n", 2, "precompensate");
        check("[keys.map]\ndown = \"j\"\ndonne = \"x\"\n", 3, "did you mean `done`");
        check("[keys.map]\ndone = \"a\"\n", 2, "which is archive");
        check("[keys]\nmap = { done = [\"Q\", \"gh\"] }\n", 2, "Arabic keyboard");
        check("[[views]]\nname = \"K\"\nquery = \"is:nothing\"\n", 3, "cannot be");
        check("[[views]]\nname = \"K\"\nquery = \"a\"\nkeys = \"d\"\n", 4, "which is done");
        check("[keys]\npreset = \"emacs\"\n", 2, "`default`");
        check("[time]\nzone = \"Kuwait/City\"\n", 2, "Asia/Kuwait");
        check("[fetch]\ninterval = \"often\"\n", 2, "such as \"30m\"");
        check("[fetch]\nreader = \"on\"\n", 2, "\"off\"");
        check("[limits]\nentries = 10\nmegabytes = 5\n", 3, "`document_mb`");
    }
}
