//! RSS 0.9x, 1.0 and 2.0 and Atom, by one tolerant reader: elements are known by their names wherever they stand, tags
//! need not match, entities need not be declared, and an entry that is whole is read whatever comes after it. Nothing is
//! expanded but characters: documents declare entities in vain, and no other document is ever read.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use url::Url;

use super::draft::{Draft, Kind, Parsed, Words};
use super::names::{Attributes, Family, Slot, is_entry, slot, split};

/// Elements that may stand in one another; deeper ones are passed over.
const DEEPEST: usize = 200;
/// Places that cannot be read and after which it goes on. Each may cost a look at the rest of the document.
const MOST_DAMAGE: usize = 64;

/// Reads a document of which the root element has been seen to be a feed's. `entries` is the most that are taken.
pub(super) fn parse<'a>(text: &'a str, base: Option<&Url>, entries: usize) -> Parsed<'a> {
    let mut state = State {
        text,
        most: entries,
        prefixes: Vec::new(),
        open: Vec::new(),
        deeper: 0,
        entry: None,
        capture: None,
        period: None,
        parsed: Parsed::default(),
    };
    state.parsed.head.base = base.cloned();
    // Where a place cannot be read, it goes on at the next entry.
    let mut from = 0;
    for _ in 0..MOST_DAMAGE {
        let Some(rest) = text.get(from..) else { break };
        let Some(stop) = state.run(rest, from) else { break };
        state.parsed.damaged = true;
        state.forget();
        let Some(next) = next_entry(text, stop) else { break };
        from = next;
    }
    state.parsed.damaged |= state.entry.is_some();
    state.parsed
}

/// The start of the next entry's tag at or after a byte.
fn next_entry(text: &str, from: usize) -> Option<usize> {
    let from = (from..=text.len()).find(|at| text.is_char_boundary(*at))?;
    let rest = text.get(from..)?;
    let mut tags = rest.match_indices('<').map(|(at, _)| at);
    let found = tags.find(|at| {
        rest.get(at + 1..).is_some_and(|tag| tag.starts_with("item") || tag.starts_with("entry"))
    })?;
    Some(from + found)
}

struct State<'a> {
    text: &'a str,
    most: usize,
    prefixes: Vec<(String, Family)>,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    /// Open elements below the deepest that are kept.
    deeper: usize,
    entry: Option<Draft<'a>>,
    capture: Option<Capture<'a>>,
    period: Option<u32>,
    parsed: Parsed<'a>,
}

/// The text of an element, being gathered.
struct Capture<'a> {
    slot: Slot,
    family: Family,
    /// Open elements around it, itself included.
    depth: usize,
    /// The byte after its start tag.
    start: usize,
    text: Cow<'a, str>,
    /// There is nothing but space in it so far.
    blank: bool,
    kind: Kind,
    /// Elements stand in it: it is markup as it is.
    markup: bool,
    /// The last part was a CDATA section.
    section: bool,
    /// RSS `guid`: whether the id may be an address.
    permalink: bool,
}

impl Capture<'_> {
    /// The element inside it of which alone the text is wanted.
    fn inner(&self) -> Option<&'static str> {
        match self.slot {
            Slot::Author => Some("name"),
            Slot::Source => Some("title"),
            _ => None,
        }
    }
}

impl<'a> State<'a> {
    /// Reads on; where the reader gives up, the byte at which it did.
    fn run(&mut self, rest: &'a str, from: usize) -> Option<usize> {
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let before = from + position(&reader);
            let event = reader.read_event();
            let after = from + position(&reader);
            match event {
                Ok(Event::Start(tag)) => self.start(&tag, after, false),
                Ok(Event::Empty(tag)) => self.start(&tag, after, true),
                Ok(Event::End(tag)) => {
                    let name = tag.name().0;
                    self.end(name, before);
                    // What stands behind the document is not of it.
                    if self.capture.is_none() && matches!(split(name).1, "rss" | "feed" | "RDF") {
                        self.close_entry();
                        return None;
                    }
                }
                Ok(Event::Text(_)) => self.take(before, after, false),
                Ok(Event::CData(section)) => {
                    let start = before + "<![CDATA[".len();
                    self.take(start, start + section.len(), true);
                }
                Ok(Event::GeneralRef(name)) => self.reference(&name, before, after),
                Ok(Event::Eof) => return None,
                Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
                Err(_) => return Some(after.max(before + 1)),
            }
        }
    }

    /// Drops what is half read.
    fn forget(&mut self) {
        self.entry = None;
        self.capture = None;
        self.open.clear();
        self.deeper = 0;
    }

    fn start(&mut self, tag: &BytesStart<'_>, after: usize, empty: bool) {
        let full = tag.name().0;
        let (prefix, local) = split(full);
        if let Some(capture) = &mut self.capture {
            if capture.inner() == Some(local) {
                (capture.start, capture.markup) = (after, false);
                (capture.text, capture.blank) = (Cow::Borrowed(""), true);
            } else {
                capture.markup = true;
            }
        } else {
            self.open_outside(tag, prefix, local, after, empty);
        }
        if empty {
            if self.entry.is_some() && self.open.len() < DEEPEST && is_entry(local) && self.capture.is_none()
            {
                self.close_entry();
            }
        } else if self.open.len() < DEEPEST {
            self.open.push(full.to_owned());
        } else {
            self.deeper += 1;
        }
    }

    /// An element that is not inside a text.
    fn open_outside(&mut self, tag: &BytesStart<'_>, prefix: &str, local: &str, after: usize, empty: bool) {
        let attributes = Attributes::of(tag, &mut self.prefixes);
        let family = self.family(prefix);
        if family == Family::Core && is_entry(local) {
            self.close_entry();
            let base = attributes.base(self.parsed.head.base.as_ref());
            self.entry = Some(Draft {
                id: attributes.about.map(Cow::Owned),
                language: attributes.language,
                base,
                ..Draft::default()
            });
            return;
        }
        let parent = self.open.last().map(|name| split(name).1);
        let at_head = matches!(parent, Some("channel" | "feed" | "rss" | "RDF"));
        if self.open.is_empty() || (local == "channel" && family == Family::Core) {
            let head = &mut self.parsed.head;
            head.base = attributes.base(head.base.as_ref());
            head.language = attributes.language.or_else(|| head.language.take());
            return;
        }
        let inside = match self.entry {
            Some(_) => parent.is_some_and(|parent| is_entry(parent) || parent == "group"),
            None => at_head,
        };
        let Some(slot) = inside.then(|| slot(family, local)).flatten() else { return };
        if let (Slot::Link, Some(href)) = (slot, &attributes.href) {
            if matches!(attributes.rel.as_deref(), None | Some("alternate" | "")) {
                let page = attributes.kind.as_deref().is_none_or(|kind| kind.contains("html"));
                self.link(Cow::Owned(href.clone()), page && family != Family::Origin);
            }
            return;
        }
        if empty {
            return;
        }
        let kind = match attributes.kind.as_deref() {
            Some("text" | "text/plain") => Kind::Text,
            Some("html" | "xhtml" | "text/html" | "application/xhtml+xml") => Kind::Html,
            _ => Kind::Unknown,
        };
        self.capture = Some(Capture {
            slot,
            family,
            depth: self.open.len() + 1,
            start: after,
            text: Cow::Borrowed(""),
            blank: true,
            kind,
            markup: false,
            section: false,
            permalink: local == "guid" && attributes.permalink,
        });
    }

    fn end(&mut self, full: &str, before: usize) {
        if self.deeper > 0 && !is_entry(split(full).1) {
            self.deeper -= 1;
            return;
        }
        self.deeper = 0;
        // An end without a start is passed over; one that skips others ends them too.
        let Some(at) = self.open.iter().rposition(|name| name == full) else { return };
        self.open.truncate(at);
        let ended = self.capture.take_if(|capture| {
            // What comes after a person's name (a page, an address) is not of it.
            at < capture.depth || capture.inner() == Some(split(full).1)
        });
        if let Some(capture) = ended {
            self.finish(capture, before);
        }
        if is_entry(split(full).1) {
            self.close_entry();
        }
    }

    /// Bytes of text or of a CDATA section.
    fn take(&mut self, start: usize, end: usize, section: bool) {
        let Some(part) = self.text.get(start..end) else { return };
        let Some(capture) = &mut self.capture else { return };
        let blank = part.trim_ascii().is_empty();
        if capture.blank && !blank {
            (capture.text, capture.blank) = (Cow::Borrowed(part), false);
        } else if !(blank && capture.section) {
            capture.text.to_mut().push_str(part);
        }
        capture.section = section;
    }

    /// A reference to a character; what is no character stays as it was written.
    fn reference(&mut self, name: &BytesRef<'_>, before: usize, after: usize) {
        let written = self.text.get(before..after).unwrap_or("");
        let Some(capture) = &mut self.capture else { return };
        capture.blank = false;
        let text = capture.text.to_mut();
        match name.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            _ => text.push_str(resolve_html5_entity(name).unwrap_or(written)),
        }
        capture.section = false;
    }

    /// An element whose text was wanted has ended.
    fn finish(&mut self, mut capture: Capture<'a>, before: usize) {
        if capture.markup && capture.inner().is_some() {
            // A person without a name, a source without a title.
            return;
        }
        if capture.markup
            && let Some(inside) = self.text.get(capture.start..before)
        {
            // Markup that was not escaped: the text as it stands, without the marks of sections.
            let has_section = inside.contains("<![CDATA[");
            capture.text = if has_section {
                Cow::Owned(inside.replace("<![CDATA[", "").replace("]]>", ""))
            } else {
                Cow::Borrowed(inside)
            };
            capture.kind = Kind::Html;
        }
        self.fill(capture);
    }

    /// Puts a text where it belongs.
    fn fill(&mut self, capture: Capture<'a>) {
        let Capture { slot, family, text, kind, permalink, .. } = capture;
        if text.trim_ascii().is_empty() {
            return;
        }
        let small = || match &text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        let Some(entry) = &mut self.entry else {
            let head = &mut self.parsed.head;
            match slot {
                Slot::Title if family == Family::Core => head.title = Some(Words { text, kind }),
                Slot::Link => self.link(small(), true),
                Slot::Language => head.language = Some(small().into_owned()),
                Slot::Author => head.author = Some(small()),
                Slot::Minutes => head.minutes = text.trim().parse().ok(),
                Slot::Period => {
                    self.period = match text.trim() {
                        "hourly" => Some(60),
                        "daily" => Some(24 * 60),
                        "weekly" => Some(7 * 24 * 60),
                        _ => None,
                    };
                    head.minutes = head.minutes.or(self.period);
                }
                Slot::Frequency => {
                    if let (Some(period), Ok(times @ 1..)) = (self.period, text.trim().parse::<u32>()) {
                        head.minutes = Some(period / times);
                    }
                }
                _ => {}
            }
            return;
        };
        match slot {
            Slot::Id if family == Family::Core || entry.id.is_none() => {
                entry.id = Some(small());
                entry.permalink = permalink;
            }
            Slot::Link if entry.link.is_none() || family == Family::Origin => entry.link = Some(small()),
            Slot::Title if family == Family::Core || entry.title.is_none() => {
                entry.title = Some(Words { text, kind });
            }
            Slot::Author if family != Family::Media || entry.author.is_none() => {
                entry.author = entry.author.take().or_else(|| Some(small()));
            }
            Slot::Source => entry.source = Some(small()),
            Slot::Content => entry.content = Some(Words { text, kind }),
            Slot::Summary if family != Family::Media || entry.summary.is_none() => {
                // Two summaries (RSS and Atom): the longer one says more.
                let longer = entry.summary.as_ref().is_none_or(|other| other.text.len() < text.len());
                if longer {
                    let kind = if family == Family::Media { Kind::Text } else { kind };
                    entry.summary = Some(Words { text, kind });
                }
            }
            Slot::Published => entry.published = entry.published.take().or_else(|| Some(small())),
            Slot::Updated => entry.updated = Some(small()),
            Slot::Language => entry.language = Some(small().into_owned()),
            _ => {}
        }
    }

    /// A link to a page; the first counts, but a page before anything else.
    fn link(&mut self, address: Cow<'a, str>, page: bool) {
        let own = match &mut self.entry {
            Some(entry) => &mut entry.link,
            None => &mut self.parsed.head.link,
        };
        if own.is_none() && page {
            *own = Some(address);
        }
    }

    fn close_entry(&mut self) {
        self.capture = None;
        let Some(entry) = self.entry.take() else { return };
        if self.parsed.drafts.len() < self.most {
            self.parsed.drafts.push(entry);
        } else {
            self.parsed.left_out += 1;
        }
    }

    fn family(&self, prefix: &str) -> Family {
        let declared = self.prefixes.iter().rev().find(|(own, _)| own == prefix).map(|(_, family)| *family);
        declared.unwrap_or_else(|| Family::usual(prefix))
    }
}

/// Bytes read so far.
fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
