//! Feed files: RSS, Atom and JSON Feed, by feed-rs. Each entry is an article; its body is its content as the feed gives
//! it.

use feed_rs::model::{Feed, Text};
use jiff::Timestamp;

use super::{Incoming, IngestError, body};
use crate::article::{Entry, Format, Origin};
use crate::text::Direction;

/// Reads a feed document; `name` is its absolute path or address.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    modified: Option<Timestamp>,
    sink: &mut dyn FnMut(Result<Incoming, IngestError>),
) {
    let feed = match feed_rs::parser::parse(bytes) {
        Ok(feed) => feed,
        Err(error) => {
            let reason = error.to_string();
            return sink(Err(IngestError::Feed { path: name.to_owned(), reason }));
        }
    };
    if feed.entries.is_empty() {
        return sink(Err(IngestError::EmptyFeed { path: name.to_owned() }));
    }
    let source = feed_title(&feed);
    for own in feed.entries {
        let (text, format) = content(&own);
        let title = own.title.as_ref().map(|title| one_line(&plain_of(title)));
        if text.trim().is_empty() && title.as_deref().is_none_or(str::is_empty) {
            continue;
        }
        let entry = Entry {
            title: title.filter(|title| !title.is_empty()),
            source: own.source.clone().filter(|source| !source.contains("://")).or_else(|| source.clone()),
            author: own
                .authors
                .first()
                .and_then(|author| author.name.as_deref())
                .map(one_line)
                .filter(|name| !name.is_empty()),
            published: own
                .published
                .or(own.updated)
                .and_then(|time| Timestamp::from_second(time.timestamp()).ok()),
            // A feed's language says little of an entry's: one feed may speak two, and many leave a template's «en».
            language: own.language.clone(),
            direction: direction(own.language.as_deref()),
            url: own
                .links
                .iter()
                .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
                .map(|link| link.href.clone()),
            charset: None,
        };
        let origin = Origin::Feed { feed: name.to_owned(), guid: own.id };
        sink(Ok(Incoming { origin, entry, body: body(text.into_bytes(), format), modified }));
    }
}

fn feed_title(feed: &Feed) -> Option<String> {
    feed.title.as_ref().map(|title| one_line(&plain_of(title))).filter(|title| !title.is_empty())
}

/// The content, else the summary, and what it is.
fn content(entry: &feed_rs::model::Entry) -> (String, Format) {
    let own = entry.content.as_ref().and_then(|content| {
        let text = content.body.clone().filter(|text| !text.trim().is_empty())?;
        Some((text, content.content_type.subty().as_str() != "plain"))
    });
    let summary = entry
        .summary
        .as_ref()
        .map(|text| (text.content.clone(), text.content_type.subty().as_str() != "plain"));
    let (text, declared_html) = own.or(summary).unwrap_or_default();
    // Feeds call text HTML and HTML text: what holds a tag is HTML.
    let has_tags = text.contains("</") || text.contains("/>") || text.contains("<p>") || text.contains("<br");
    let has_entities = text.contains("&amp;") || text.contains("&lt;") || text.contains("&#");
    (text, if has_tags || (declared_html && has_entities) { Format::Html } else { Format::Text })
}

/// A title's text: of HTML titles without tags and entities.
fn plain_of(text: &Text) -> String {
    if text.content.contains('<') || text.content.contains('&') {
        let fragment = crate::extract::plain_text(&text.content);
        if !fragment.trim().is_empty() {
            return fragment;
        }
    }
    text.content.clone()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The direction of a declared language.
fn direction(language: Option<&str>) -> Option<Direction> {
    let primary = language?.split(['-', '_']).next()?.to_ascii_lowercase();
    match primary.as_str() {
        "ar" | "fa" | "ur" | "he" | "iw" | "ps" | "ckb" | "sd" | "ug" | "yi" | "dv" => Some(Direction::Rtl),
        // Feeds in Arabic say «en» as often as not: only a right-to-left tag is believed.
        _ => None,
    }
}
