//! newsboat's list of feeds: a feed a line, an address and tags. A tag that begins with `~` is the feed's name, `!` hides
//! it there; the first other one becomes its folder here, where articles' own tags are the person's alone.

use super::{NewsboatSettings, words};
use crate::article::{FeedSettings, Subscription};

/// Takes the feeds of a list.
pub(super) fn parse(text: &str, settings: &mut NewsboatSettings) {
    for line in text.lines() {
        let words = words(line);
        let Some((address, tags)) = words.split_first() else { continue };
        match address.split_once(':').map(|(scheme, _)| scheme) {
            Some("query") => {
                let name = address.split(':').nth(1).unwrap_or_default();
                settings
                    .left
                    .push(format!("the query feed \u{2068}{name}\u{2069}: a search with \\ shows the same"));
                continue;
            }
            Some("exec" | "filter") => {
                settings.left.push(format!("\u{2068}{address}\u{2069}: programs are not run for feeds"));
                continue;
            }
            Some("http" | "https" | "file") => {}
            _ => {
                settings.left.push(format!("\u{2068}{address}\u{2069}: it is no address of a feed"));
                continue;
            }
        }
        let named = tags.iter().find_map(|tag| tag.strip_prefix('~')).map(str::to_owned);
        let folder = tags.iter().find(|tag| !tag.starts_with(['~', '!']) && !tag.is_empty());
        settings.feeds.push(Subscription {
            address: address.clone(),
            title: None,
            site: None,
            named: true,
            settings: FeedSettings {
                name: named.filter(|name| !name.is_empty()),
                folder: folder.into_iter().cloned().collect(),
                ..FeedSettings::default()
            },
        });
    }
}
