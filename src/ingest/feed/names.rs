//! The names of RSS, Atom and the modules that feeds use: what a prefix stands for, where an element's text goes, which
//! attributes mean something.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use url::Url;

/// The vocabulary that a prefix stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// RSS and Atom.
    Core,
    /// Dublin Core, RSS 1.0's content and syndication modules.
    Module,
    /// Media RSS and podcasts: only what stands in for a missing summary or author.
    Media,
    /// FeedBurner's first address of an entry.
    Origin,
    /// Anything else.
    Other,
}

impl Family {
    /// What a prefix stands for where the document does not say.
    pub(super) fn usual(prefix: &str) -> Self {
        match prefix {
            "" | "atom" | "a10" | "rss" => Self::Core,
            "dc" | "dcterms" | "content" | "sy" => Self::Module,
            "media" | "itunes" => Self::Media,
            "feedburner" => Self::Origin,
            _ => Self::Other,
        }
    }
}

/// Where an element's text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Id,
    Title,
    Link,
    Author,
    Content,
    Summary,
    Source,
    Published,
    Updated,
    Language,
    Minutes,
    Period,
    Frequency,
}

/// Names, and where their text goes. Names are compared without regard to case: feeds write `pubdate` too.
const SLOTS: &[(Family, &str, Slot)] = &[
    (Family::Core, "title", Slot::Title),
    (Family::Core, "link", Slot::Link),
    (Family::Core, "guid", Slot::Id),
    (Family::Core, "id", Slot::Id),
    (Family::Core, "description", Slot::Summary),
    (Family::Core, "summary", Slot::Summary),
    (Family::Core, "content", Slot::Content),
    (Family::Core, "encoded", Slot::Content),
    (Family::Core, "author", Slot::Author),
    (Family::Core, "source", Slot::Source),
    (Family::Core, "pubDate", Slot::Published),
    (Family::Core, "published", Slot::Published),
    (Family::Core, "issued", Slot::Published),
    (Family::Core, "date", Slot::Published),
    (Family::Core, "updated", Slot::Updated),
    (Family::Core, "modified", Slot::Updated),
    (Family::Core, "language", Slot::Language),
    (Family::Core, "ttl", Slot::Minutes),
    (Family::Module, "encoded", Slot::Content),
    (Family::Module, "creator", Slot::Author),
    (Family::Module, "title", Slot::Title),
    (Family::Module, "description", Slot::Summary),
    (Family::Module, "date", Slot::Published),
    (Family::Module, "created", Slot::Published),
    (Family::Module, "issued", Slot::Published),
    (Family::Module, "modified", Slot::Updated),
    (Family::Module, "language", Slot::Language),
    (Family::Module, "identifier", Slot::Id),
    (Family::Module, "updatePeriod", Slot::Period),
    (Family::Module, "updateFrequency", Slot::Frequency),
    (Family::Media, "description", Slot::Summary),
    (Family::Media, "summary", Slot::Summary),
    (Family::Media, "author", Slot::Author),
    (Family::Origin, "origLink", Slot::Link),
];

/// The attributes that mean something.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) href: Option<String>,
    pub(super) rel: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) about: Option<String>,
    pub(super) language: Option<String>,
    pub(super) base: Option<String>,
    pub(super) permalink: bool,
}

impl Attributes {
    /// Reads them, and notes what prefixes stand for.
    pub(super) fn of(tag: &BytesStart<'_>, prefixes: &mut Vec<(String, Family)>) -> Self {
        let mut own = Self { permalink: true, ..Self::default() };
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let name = attribute.key.0;
            let value = || match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.trim().to_owned(),
                Err(_) => attribute.value.trim().to_owned(),
            };
            match name {
                "href" => own.href = Some(value()),
                "rel" => own.rel = Some(value().to_ascii_lowercase()),
                "type" => own.kind = Some(value().to_ascii_lowercase()),
                "rdf:about" => own.about = Some(value()).filter(|about| !about.is_empty()),
                "xml:lang" => own.language = Some(value()).filter(|language| !language.is_empty()),
                "xml:base" => own.base = Some(value()),
                "isPermaLink" | "ispermalink" => own.permalink = !value().eq_ignore_ascii_case("false"),
                "xmlns" => note(prefixes, "", family_of(&value(), true)),
                _ => {
                    if let Some(prefix) = name.strip_prefix("xmlns:") {
                        note(prefixes, prefix, family_of(&value(), false));
                    }
                }
            }
        }
        own
    }

    /// What links are relative to from here on.
    pub(super) fn base(&self, outer: Option<&Url>) -> Option<Url> {
        match (&self.base, outer) {
            (None, outer) => outer.cloned(),
            (Some(own), Some(outer)) => outer.join(own).ok().or_else(|| Some(outer.clone())),
            (Some(own), None) => Url::parse(own).ok(),
        }
    }
}

fn note(prefixes: &mut Vec<(String, Family)>, prefix: &str, family: Family) {
    prefixes.retain(|(own, _)| own != prefix);
    if prefixes.len() < 64 {
        prefixes.push((prefix.to_owned(), family));
    }
}

/// The vocabulary of a namespace; a default namespace that is not known is the feed's own.
fn family_of(namespace: &str, default: bool) -> Family {
    let has = |part: &str| namespace.contains(part);
    if has("w3.org/2005/Atom") || has("purl.org/atom") || has("purl.org/rss/1.0/modules/atom") {
        Family::Core
    } else if has("purl.org/dc/") || has("purl.org/rss/1.0/modules/") {
        Family::Module
    } else if has("search.yahoo.com/mrss") || has("itunes.com/dtds") {
        Family::Media
    } else if has("feedburner") {
        Family::Origin
    } else if default || has("purl.org/rss/1.0") || has("backend.userland.com/rss") || has("netscape.com") {
        Family::Core
    } else {
        Family::Other
    }
}

pub(super) fn slot(family: Family, local: &str) -> Option<Slot> {
    let known = SLOTS.iter().find(|(own, name, _)| *own == family && name.eq_ignore_ascii_case(local));
    known.map(|(.., slot)| *slot)
}

pub(super) fn is_entry(local: &str) -> bool {
    local == "item" || local == "entry"
}

/// A name's prefix and the rest.
pub(super) fn split(full: &str) -> (&str, &str) {
    full.split_once(':').unwrap_or(("", full))
}
