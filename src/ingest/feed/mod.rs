//! Feed documents: RSS 0.9x to 2.0, RSS 1.0, Atom (RFC 4287) and JSON Feed. Each entry is an article; its body is its
//! content as the feed gives it.
//!
//! `xml` and `json` gather what stands in it, here it is decided what it means: which words
//! are HTML, which address is a page, which entries are the same. What a feed says is believed only as far as it can be
//! true: no address but of a page on the web, no date of another age, no title as long as a book.

mod date;
mod draft;
mod json;
mod names;
mod xml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use url::Url;

use super::decode::decode;
use super::limits::{ADDRESS_BYTES, ID_BYTES, Limits, NAME_CHARACTERS, TITLE_CHARACTERS};
use super::{Incoming, IngestError, body, hash};
use crate::article::{Entry, Format, Origin};
use crate::text::Direction;
use draft::{Draft, HeadDraft, Kind, Parsed, Words};

/// The part of the limit of documents that holds for JSON, which takes several times its size in memory.
const JSON_SHARE: usize = 4;

/// A document that is to be read as a feed.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The feed's identity: its address, or the file's absolute path.
    pub name: &'a str,
    /// Its bytes, unpacked.
    pub bytes: &'a [u8],
    /// The charset that an HTTP header named.
    pub charset: Option<&'a str>,
    /// Where it was found: what its links are relative to.
    pub address: Option<&'a Url>,
    /// When it was found: no entry is much newer.
    pub now: Timestamp,
    /// When its file was changed last.
    pub modified: Option<Timestamp>,
}

/// What a document says of its feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHead {
    /// Its title, on one line.
    pub title: Option<String>,
    /// The address of its site.
    pub site: Option<String>,
    /// Its declared language (BCP 47). It says little of the entries'.
    pub language: Option<String>,
    /// Minutes for which it says that it need not be fetched again.
    pub minutes: Option<u32>,
}

/// What became of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedRead {
    /// What it says of its feed.
    pub head: FeedHead,
    /// Entries handed on.
    pub entries: usize,
    /// What was not as it should be, a sentence each.
    pub warnings: Vec<String>,
}

/// Reads a feed document and hands on its entries. What is whole is read, whatever is wrong around it.
///
/// # Errors
/// Where it is no feed, or nothing in it can be read.
pub fn read_feed(
    document: &Document<'_>,
    limits: &Limits,
    sink: &mut dyn FnMut(Incoming),
) -> Result<FeedRead, IngestError> {
    let failed = |reason: String| IngestError::Feed { path: document.name.to_owned(), reason };
    let mut warnings = Vec::new();
    let text = decode(document.bytes, document.charset, &mut warnings);
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    let most = usize::try_from(limits.document_bytes).unwrap_or(usize::MAX) / JSON_SHARE;
    let Parsed { head, drafts, left_out, damaged } = if start.starts_with('{') && start.len() > most {
        let most = most >> 20;
        return Err(failed(format!(
            "JSON of more than {most} MB is not read (a quarter of limits.document_mb)"
        )));
    } else if start.starts_with('{') {
        json::parse(start, document.address, limits.entries).map_err(failed)?
    } else if looks_like_feed(start) {
        xml::parse(start, document.address, limits.entries)
    } else {
        return Err(failed("it is neither RSS nor Atom nor JSON Feed; look at its address".to_owned()));
    };
    let mut said: Vec<String> =
        warnings.into_iter().map(|warning| format!("{}: {}", document.name, warning.0)).collect();
    if damaged && drafts.is_empty() {
        return Err(failed(
            "it is cut short or damaged before its first entry is whole; fetch it again".to_owned(),
        ));
    }
    if damaged {
        let many = drafts.len();
        said.push(format!("{} is cut short or damaged: {many} whole entries were read", document.name));
    }
    if left_out > 0 {
        said.push(format!(
            "{} has more than {} entries: the {left_out} last ones were left out (limits.entries)",
            document.name, limits.entries
        ));
    }
    let read = FeedRead { head: head_of(&head), entries: 0, warnings: said };
    let drafts: Vec<Draft<'_>> = drafts.into_iter().filter(has_something).collect();
    Ok(hand_on(document, &head, drafts, read, sink))
}

/// Whether a text is a feed's by its first element, or by one near its start where a server's own words stand before it.
pub(super) fn looks_like_feed(text: &str) -> bool {
    let is_feed = |name: &str| {
        let local = name.rsplit(':').next().unwrap_or(name);
        ["rss", "feed", "rdf", "channel"].iter().any(|own| local.eq_ignore_ascii_case(own))
    };
    let Some((root, behind)) = first_element(text) else { return false };
    if is_feed(root) {
        return true;
    }
    let page = ["html", "opml", "urlset", "body", "head"].iter().any(|own| root.eq_ignore_ascii_case(own));
    let end = (0..=behind.len().min(4096)).rev().find(|at| behind.is_char_boundary(*at)).unwrap_or(0);
    let near = behind.get(..end).unwrap_or("");
    !page && ["<rss ", "<rss>", "<feed ", "<rdf:RDF "].iter().any(|tag| near.contains(tag))
}

/// The name of the first element, and what stands behind it: declarations, comments and a DOCTYPE are passed over.
fn first_element(text: &str) -> Option<(&str, &str)> {
    let mut rest = text;
    for _ in 0..100 {
        rest = rest.get(rest.find('<')? + 1..)?;
        let skipped = if rest.starts_with('?') {
            rest.split_once("?>")
        } else if rest.starts_with("!--") {
            rest.split_once("-->")
        } else if rest.starts_with('!') {
            // Declarations of entities stand in brackets.
            let end = rest.find('>')?;
            match rest.find('[').filter(|bracket| *bracket < end) {
                Some(_) => rest.split_once("]").and_then(|(_, rest)| rest.split_once('>')),
                None => rest.split_once('>'),
            }
        } else {
            let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            return Some((name, rest));
        };
        rest = skipped?.1;
    }
    None
}

/// Whether there is anything to read in an entry.
fn has_something(draft: &Draft<'_>) -> bool {
    let words = |words: &Option<Words<'_>>| words.as_ref().is_some_and(|words| !words.text.trim().is_empty());
    words(&draft.title) || words(&draft.content) || words(&draft.summary)
}

/// Makes articles of entries. Ids that stand at several different entries tell nothing apart: there the address does too.
fn hand_on(
    document: &Document<'_>,
    head: &HeadDraft<'_>,
    drafts: Vec<Draft<'_>>,
    mut read: FeedRead,
    sink: &mut dyn FnMut(Incoming),
) -> FeedRead {
    let ids: Vec<String> = drafts.iter().map(id_of).collect();
    let mut times: HashMap<&str, usize> = HashMap::with_capacity(ids.len());
    for id in &ids {
        *times.entry(id).or_default() += 1;
    }
    // Of ids that stand there more than once: what has each.
    let mut holders: HashMap<&str, HashSet<String>> = HashMap::new();
    for (draft, id) in drafts.iter().zip(&ids) {
        if times.get(id.as_str()).is_some_and(|many| *many > 1) {
            holders.entry(id).or_default().insert(what_it_is(draft));
        }
    }
    let mut seen = HashSet::new();
    let mut repeated = 0;
    for (draft, id) in drafts.into_iter().zip(&ids) {
        let id = match holders.get(id.as_str()) {
            Some(several) if several.len() > 1 => format!("{id} {}", what_it_is(&draft)),
            _ => id.clone(),
        };
        if !holders.is_empty() && !seen.insert(id.clone()) {
            repeated += 1;
            continue;
        }
        read.entries += 1;
        sink(incoming(document, head, &read.head, draft, id));
    }
    if repeated > 0 {
        read.warnings
            .push(format!("{}: {repeated} entries stand in it twice and were read once", document.name));
    }
    read
}

/// An entry as an article on its way in.
fn incoming(
    document: &Document<'_>,
    head: &HeadDraft<'_>,
    feed: &FeedHead,
    draft: Draft<'_>,
    guid: String,
) -> Incoming {
    let now = document.now;
    let base = draft.base.as_ref().or(head.base.as_ref()).or(document.address);
    let permalink = draft.id.as_ref().filter(|_| draft.permalink);
    let url = draft.link.as_deref().and_then(|link| page(link, base));
    let url = url.or_else(|| page(permalink?, None));
    let title = draft.title.as_ref().map(title_text).filter(|title| !title.is_empty());
    let author =
        draft.author.as_deref().or(head.author.as_deref()).map(person).filter(|name| !name.is_empty());
    let source = draft.source.as_deref().map(|own| one_line(own, NAME_CHARACTERS));
    let published =
        [&draft.published, &draft.updated].into_iter().find_map(|text| date::parse(text.as_deref()?, now));
    let (text, format) = content(draft.content, draft.summary);
    let entry = Entry {
        title,
        source: source.filter(|own| !own.is_empty() && !own.contains("://")).or_else(|| feed.title.clone()),
        author,
        published,
        direction: direction(draft.language.as_deref()),
        // A feed's language says little of an entry's: one feed may speak two, and many leave a template's «en».
        language: draft.language.map(|language| one_line(&language, NAME_CHARACTERS)),
        url,
        charset: None,
    };
    let origin = Origin::Feed { feed: document.name.to_owned(), guid };
    Incoming { origin, entry, body: body(text.into_bytes(), format), modified: document.modified }
}

fn head_of(head: &HeadDraft<'_>) -> FeedHead {
    FeedHead {
        title: head.title.as_ref().map(title_text).filter(|title| !title.is_empty()),
        site: head.link.as_deref().and_then(|link| page(link, head.base.as_ref())),
        language: head.language.as_deref().map(|language| one_line(language, NAME_CHARACTERS)),
        minutes: head.minutes.filter(|minutes| *minutes > 0),
    }
}

/// The entry's own id, else its address, else what it says.
fn id_of(draft: &Draft<'_>) -> String {
    let id = draft.id.as_deref().map(|id| one_line(id, usize::MAX)).filter(|id| !id.is_empty());
    match id.or_else(|| draft.link.as_deref().map(|link| one_line(link, usize::MAX))) {
        Some(id) if id.len() <= ID_BYTES => id,
        Some(id) => hash(id.as_bytes()).0,
        None => what_it_is(draft),
    }
}

/// What tells an entry apart where its id does not: its address, else the hash of its words.
fn what_it_is(draft: &Draft<'_>) -> String {
    if let Some(link) = draft.link.as_deref().filter(|link| link.len() <= ID_BYTES) {
        return one_line(link, usize::MAX);
    }
    let words = |words: &Option<Words<'_>>| words.as_ref().map(|words| words.text.clone().into_owned());
    let title = words(&draft.title).unwrap_or_default();
    let text = if title.trim().is_empty() {
        words(&draft.content).or_else(|| words(&draft.summary)).unwrap_or_default()
    } else {
        format!("{title}\n{}", draft.published.as_deref().unwrap_or(""))
    };
    hash(text.as_bytes()).0
}

/// The address of a page on the web: nothing that runs, reads files or is no address at all.
fn page(link: &str, base: Option<&Url>) -> Option<String> {
    let link: String = link.trim().chars().filter(|c| !c.is_control()).collect();
    if link.is_empty() || link.len() > ADDRESS_BYTES {
        return None;
    }
    let url = match Url::parse(&link) {
        Ok(url) => url,
        Err(_) => base?.join(&link).ok()?,
    };
    (matches!(url.scheme(), "http" | "https") && url.host().is_some()).then(|| url.into())
}

/// The content, else the summary, and what it is.
fn content(content: Option<Words<'_>>, summary: Option<Words<'_>>) -> (String, Format) {
    let filled = |words: Option<Words<'_>>| {
        words.filter(|words| !words.text.trim().is_empty()).map(|words| (words.text.into_owned(), words.kind))
    };
    let (text, kind) = filled(content).or_else(|| filled(summary)).unwrap_or_default();
    if kind == Kind::Text {
        return (text, Format::Text);
    }
    // Feeds call text HTML and HTML text: what holds a tag is HTML.
    let tags = ["</", "/>", "<p>", "<br", "<img", "<P>", "<BR", "<div"];
    let has_tags = tags.into_iter().any(|tag| text.contains(tag));
    let has_entities =
        ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#"].into_iter().any(|name| text.contains(name));
    (text, if has_tags || has_entities { Format::Html } else { Format::Text })
}

/// A title as text on one line: of HTML titles without tags and entities.
fn title_text(words: &Words<'_>) -> String {
    let text = words.text.as_ref();
    let plain = if words.kind != Kind::Text && text.contains(['<', '&']) {
        // A title of a megabyte is none: its start is enough to be read.
        let end = (0..=text.len().min(TITLE_CHARACTERS * 16)).rev().find(|at| text.is_char_boundary(*at));
        let plain = crate::extract::plain_text(text.get(..end.unwrap_or(0)).unwrap_or(""));
        if plain.trim().is_empty() { Cow::Borrowed(text) } else { Cow::Owned(plain) }
    } else {
        Cow::Borrowed(text)
    };
    one_line(&plain, TITLE_CHARACTERS)
}

/// A person's name, of `name`, `address (name)` or `name <address>`.
fn person(text: &str) -> String {
    let text = one_line(text, NAME_CHARACTERS);
    let inside = text.split_once('(').and_then(|(before, rest)| Some((before, rest.split(')').next()?)));
    let name = match inside {
        Some((before, name)) if before.contains('@') && !name.trim().is_empty() => name,
        _ => text.split('<').next().unwrap_or(&text),
    };
    let name = name.trim();
    // An address alone still says who it was.
    if name.is_empty() { text } else { name.to_owned() }
}

/// Words with single spaces between them, no control characters, at the most so many characters.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(256));
    let mut left = most;
    for c in text.chars() {
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        if c == ' ' && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        if left == 0 {
            line.push('…');
            break;
        }
        left -= 1;
        line.push(c);
    }
    line.truncate(line.trim_end().len());
    line
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
