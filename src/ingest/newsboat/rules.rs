//! The killfile of newsboat's configuration: `ignore-article "FEED" "EXPRESSION"`. Rules for all feeds whose expression is
//! one plain word or phrase in the title have a counterpart here; the others are told.

use super::{NewsboatSettings, words};

/// What is not to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewsboatRule {
    /// Articles with these words in the title.
    Title(String),
}

/// Takes the rules of a configuration.
pub(super) fn parse(text: &str, settings: &mut NewsboatSettings) {
    for line in text.lines() {
        let words = words(line);
        let [command, feed, expression] = words.as_slice() else { continue };
        if command != "ignore-article" {
            continue;
        }
        match title_words(expression).filter(|_| feed == "*") {
            Some(title) => settings.rules.push(NewsboatRule::Title(title)),
            None => settings.left.push(format!(
                "the rule \u{2068}ignore-article {feed} {expression}\u{2069}: only plain words of titles are muted, for all feeds"
            )),
        }
    }
}

/// The words of `title =~ "…"`, where they are no pattern.
fn title_words(expression: &str) -> Option<String> {
    let rest = expression.trim().strip_prefix("title")?.trim_start().strip_prefix("=~")?.trim();
    let inner = rest.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
    let plain = inner.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-' || c == '\u{200C}');
    (plain && !inner.trim().is_empty()).then(|| inner.trim().to_owned())
}
