//! Keeps a document from being nested deeper than any page is: a parser of HTML looks through all open elements again and
//! again, so depth costs it quadratic time. Tags that would open an element too deep are taken out before parsing, with
//! those that close it; all text stays. What is open is judged by tags alone, and rather too deep than too shallow.

use std::borrow::Cow;

/// Elements that may be open in one another.
const MOST_DEPTH: usize = 256;
/// Elements of formatting that may be open: a parser opens all of them anew in each paragraph.
const MOST_FORMATTING: usize = 32;
/// Open elements among which an end tag looks for its own.
const REACH: usize = 32;

/// Elements without end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param", "frame", "basefont", "bgsound", "keygen",
];
/// Elements that the next one of their kind ends: they are nested only where others stand between.
const IN_TURN: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp",
    "rb", "colgroup", "caption", "html", "head", "body",
];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose end tag ends all that is open in them; another one's ends only what is none of these.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
];
/// Elements whose content is text up to their end tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements that an end tag from inside does not reach beyond.
const WALLS: &[&str] =
    &["table", "template", "object", "applet", "marquee", "select", "button", "svg", "math"];

/// A document whose elements are nested no deeper than a limit, and whether tags were taken out.
pub(super) fn shallow(text: &str) -> (Cow<'_, str>, bool) {
    let mut scan =
        Scan { text, at: 0, kept: 0, out: String::new(), open: Vec::new(), formatting: 0, raw: None };
    while let Some(found) = scan.text.get(scan.at..).and_then(|rest| rest.find('<')) {
        scan.at += found;
        scan.tag();
    }
    if scan.kept == 0 {
        return (Cow::Borrowed(text), false);
    }
    scan.out.push_str(text.get(scan.kept..).unwrap_or(""));
    (Cow::Owned(scan.out), true)
}

struct Scan<'t> {
    text: &'t str,
    /// Where the scan stands.
    at: usize,
    /// Up to where the text has been copied without what was taken out.
    kept: usize,
    out: String,
    open: Vec<Open>,
    /// How many of those that are open are formatting.
    formatting: usize,
    /// The element whose content is text.
    raw: Option<&'static str>,
}

/// The name of an element, in small letters, as far as any name here is long.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name {
    bytes: [u8; 12],
    many: usize,
}

impl Name {
    fn at(text: &str) -> Self {
        let mut name = Self { bytes: [0; 12], many: 0 };
        let own = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        for (place, byte) in name.bytes.iter_mut().zip(own) {
            *place = byte.to_ascii_lowercase();
            name.many += 1;
        }
        name
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.many).and_then(|own| std::str::from_utf8(own).ok()).unwrap_or("")
    }

    fn is_of(&self, names: &[&str]) -> bool {
        names.contains(&self.as_str())
    }
}

/// An element that is open.
struct Open {
    name: Name,
    formatting: bool,
    /// Whether its start tag was taken out.
    gone: bool,
}

impl Scan<'_> {
    /// Takes the markup that begins here.
    fn tag(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        let closes = rest.starts_with("</");
        let from = if closes { 2 } else { 1 };
        let inner = rest.get(from..).unwrap_or("");
        if self.raw.is_none() && rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            return;
        }
        let name = Name::at(inner);
        if !name.as_str().starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.at += 1;
            return;
        }
        if let Some(raw) = self.raw {
            if !closes || name.as_str() != raw {
                self.at += 1;
                return;
            }
            self.raw = None;
        }
        let end = self.at + tag_end(rest);
        let empty = self.text.get(self.at..end).is_some_and(|tag| tag.ends_with("/>"));
        let goes = if closes { self.close(name) } else { self.open(name, empty) };
        if goes {
            self.out.push_str(self.text.get(self.kept..self.at).unwrap_or(""));
            self.kept = end;
        }
        self.at = end;
    }

    /// An element begins: whether its tag has to go.
    fn open(&mut self, name: Name, empty: bool) -> bool {
        if let Some(raw) = RAW.iter().find(|raw| **raw == name.as_str()) {
            self.raw = Some(raw);
            return false;
        }
        // Only foreign elements can close themselves.
        let inside_foreign = || self.open.iter().rev().any(|open| open.name.is_of(&["svg", "math"]));
        if name.is_of(VOID) || name.is_of(IN_TURN) || (empty && inside_foreign()) {
            return false;
        }
        let formatting = name.is_of(FORMATTING);
        let gone = self.open.len() >= MOST_DEPTH || (formatting && self.formatting >= MOST_FORMATTING);
        self.formatting += usize::from(formatting);
        self.open.push(Open { name, formatting, gone });
        gone
    }

    /// An end tag: whether it has to go, because its start tag went.
    fn close(&mut self, name: Name) -> bool {
        let block = name.is_of(BLOCKS);
        let reachable = self.open.iter().rev().take(REACH).take_while(|open| {
            open.name == name || (!open.name.is_of(WALLS) && (block || !open.name.is_of(BLOCKS)))
        });
        let Some(back) = reachable.map(|open| open.name == name).position(|own| own) else { return false };
        let at = self.open.len().saturating_sub(back + 1);
        let gone = self.open.get(at).is_some_and(|open| open.gone);
        for open in self.open.drain(at..) {
            self.formatting -= usize::from(open.formatting);
        }
        gone
    }
}

/// Bytes of a tag, up to and with its `>`; those in quotation marks are none.
fn tag_end(tag: &str) -> usize {
    let mut quoted = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quoted) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) if tag.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => {
                quoted = Some(byte);
            }
            (_, Some(mark)) if byte == mark => quoted = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deepest(text: &str) -> usize {
        let (mut depth, mut most) = (0usize, 0);
        for part in text.split('<').skip(1) {
            if part.starts_with('/') {
                depth = depth.saturating_sub(1);
            } else {
                depth += 1;
                most = most.max(depth);
            }
        }
        most
    }

    #[test]
    fn a_page_stays_as_it_is() {
        for text in [
            "",
            "text",
            "a < b <",
            "<p>one<p>two<br><img src=\"a>b\"></p>",
            "<b><i>x</b></i>",
            "<script>if (a < b) { '<div>' }</script>",
            "<!-- <div> -->",
        ] {
            assert_eq!(shallow(text), (Cow::Borrowed(text), false));
        }
        let many = "<p>one<li>two<div>three</div><b><i>four</b></i><a href='x'>five</a>".repeat(2000);
        assert!(!shallow(&many).1);
    }

    #[test]
    fn what_is_too_deep_is_opened_no_more_and_its_text_stays() {
        let text = format!("{}x{}y", "<div>".repeat(5000), "</div>".repeat(5000));
        let (out, cut) = shallow(&text);
        assert!(cut && out.contains('x') && out.ends_with('y'));
        assert_eq!(deepest(&out), MOST_DEPTH);
        assert_eq!(out.matches("</div>").count(), MOST_DEPTH);
        let text = "<font color=1>".repeat(5000);
        assert_eq!(deepest(&shallow(&text).0), MOST_FORMATTING);
        // End tags that a parser passes over do not make the rest look shallow.
        let text = "<span><div></span>".repeat(5000);
        assert!(shallow(&text).0.matches("<div>").count() <= MOST_DEPTH);
        let text = "<div><table><td></div>".repeat(5000);
        assert!(shallow(&text).0.matches("<div>").count() <= MOST_DEPTH);
    }
}
