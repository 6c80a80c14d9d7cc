//! What a command did, as one JSON object on one line: an import's counts, an undone change.

use jiff::Timestamp;
use serde::Serialize;

use super::json::line;

#[derive(Serialize)]
struct ImportOut<'a> {
    new: usize,
    updated: usize,
    unchanged: usize,
    failed: &'a [String],
    warnings: &'a [String],
}

#[derive(Serialize)]
struct UndoneOut<'a> {
    undone: &'a str,
    title: Option<&'a str>,
    changed: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct MuteOut<'a> {
    mute: i64,
    kind: &'a str,
    name: &'a str,
    until: String,
    articles: usize,
}

#[derive(Serialize)]
struct LiftedOut {
    lifted: i64,
    articles: usize,
}

#[derive(Serialize)]
struct FeedsOut {
    feeds_added: usize,
    feeds_known: usize,
}

#[derive(Serialize)]
struct RederivedOut {
    rederived: usize,
}

/// What came over from newsboat.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MovedIn<'a> {
    /// Articles that were not there.
    pub new: usize,
    /// Articles whose body changed.
    pub updated: usize,
    /// Articles that were there as they are.
    pub unchanged: usize,
    /// What could not be read.
    pub failed: &'a [String],
    /// Feeds that were not read before.
    pub feeds_added: usize,
    /// Feeds that were.
    pub feeds_known: usize,
    /// Articles that were read in newsboat.
    pub read: usize,
    /// Articles that were flagged in newsboat.
    pub flagged: usize,
    /// Rules that became mutes.
    pub rules: usize,
    /// What has no counterpart.
    pub left: &'a [String],
}

/// What came over from newsboat, as `khabar import --newsboat --json` prints it.
pub fn moved_in(moved: &MovedIn<'_>) -> String {
    line(moved)
}

/// How many articles were derived again, as `khabar rederive --json` prints it.
pub fn rederived(articles: usize) -> String {
    line(&RederivedOut { rederived: articles })
}

/// What an import did, as `khabar import --json` prints it.
pub fn import(
    new: usize,
    updated: usize,
    unchanged: usize,
    failed: &[String],
    warnings: &[String],
) -> String {
    line(&ImportOut { new, updated, unchanged, failed, warnings })
}

/// How many feeds a list added and how many were read already, as `khabar import --json` prints it.
pub fn feeds(added: usize, known: usize) -> String {
    line(&FeedsOut { feeds_added: added, feeds_known: known })
}

/// What was undone, as `khabar undo --json` prints it: the verb, the title of a single article, how many changed and how
/// many were left as they are.
pub fn undone(verb: &str, title: Option<&str>, changed: usize, skipped: usize) -> String {
    line(&UndoneOut { undone: verb, title, changed, skipped })
}

/// A mute, as `khabar mute list --json` prints it: its number, what it silences, until when, how many articles so far.
pub fn mute(number: i64, kind: &str, name: &str, until: Timestamp, articles: usize) -> String {
    line(&MuteOut { mute: number, kind, name, until: until.to_string(), articles })
}

/// A mute that was lifted, and how many articles came back.
pub fn lifted(number: i64, articles: usize) -> String {
    line(&LiftedOut { lifted: number, articles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        assert_eq!(
            import(1, 2, 3, &["bad \u{1b}[2J".to_owned()], &[]),
            r#"{"new":1,"updated":2,"unchanged":3,"failed":["bad \u001b[2J"],"warnings":[]}"#
        );
        assert_eq!(rederived(3), r#"{"rederived":3}"#);
        assert_eq!(
            undone("done", Some("خبر"), 1, 0),
            r#"{"undone":"done","title":"خبر","changed":1,"skipped":0}"#
        );
    }
}
