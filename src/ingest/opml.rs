//! OPML 2.0 (opml.org): lists of feeds, in folders, in and out. What a person set for a feed goes along in attributes of a
//! namespace of our own, which other programs pass over.

use std::time::Duration;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};
use url::Url;

use super::IngestError;
use super::decode::decode;
use super::limits::{ADDRESS_BYTES, NAME_CHARACTERS};
use crate::article::Subscription;
use crate::text::Direction;

/// Feeds of one list; more are left out.
const MOST: usize = 10_000;
/// Folders in folders.
const DEEPEST: usize = 16;
/// The namespace of our own attributes.
const NAMESPACE: &str = "https://khabar.invalid/opml";

/// Reads a list of feeds. What is no address of the web is passed over, with a sentence.
///
/// # Errors
/// Where it is no OPML, or names no feed.
pub fn read_opml(name: &str, bytes: &[u8]) -> Result<(Vec<Subscription>, Vec<String>), IngestError> {
    let failed = |reason: &str| IngestError::Opml { path: name.to_owned(), reason: reason.to_owned() };
    let mut warnings = Vec::new();
    let text = decode(bytes, None, &mut warnings);
    if !looks_like_opml(&text) {
        return Err(failed("it has no <opml> at its start"));
    }
    let mut list = List::default();
    let mut said: Vec<String> =
        warnings.into_iter().map(|warning| format!("{name}: {}", warning.0)).collect();
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_outline(tag.name().0) => list.outline(&tag, true),
            Ok(Event::Empty(tag)) if is_outline(tag.name().0) => list.outline(&tag, false),
            Ok(Event::End(tag)) if is_outline(tag.name().0) => {
                list.folders.pop();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                said.push(format!("{name} is damaged at its end: what stands before it was read"));
                break;
            }
        }
    }
    said.extend(list.refused.iter().take(20).map(|address| {
        format!("{name}: passed over {address:?}, which is no address of the web (http:// or https://)")
    }));
    if list.left_out > 0 {
        said.push(format!(
            "{name} has more than {MOST} feeds: the {} last ones were left out",
            list.left_out
        ));
    }
    if list.feeds.is_empty() {
        return Err(failed("no outline in it has an xmlUrl of the web"));
    }
    Ok((list.feeds, said))
}

/// Whether a text begins as OPML does.
pub(super) fn looks_like_opml(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    head.contains("<opml")
}

/// Writes feeds as a list, folders as outlines.
pub fn write_opml(feeds: &[Subscription]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let mut events: Vec<Event<'_>> = vec![
        Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)),
        Event::Start(
            BytesStart::new("opml").with_attributes([("version", "2.0"), ("xmlns:khabar", NAMESPACE)]),
        ),
        Event::Start(BytesStart::new("head")),
        Event::Start(BytesStart::new("title")),
        Event::Text(BytesText::new("Khabar")),
        Event::End(BytesEnd::new("title")),
        Event::End(BytesEnd::new("head")),
        Event::Start(BytesStart::new("body")),
    ];
    let mut sorted: Vec<&Subscription> = feeds.iter().collect();
    sorted.sort_by(|one, other| one.settings.folder.cmp(&other.settings.folder));
    let mut open: &[String] = &[];
    for feed in sorted {
        let folder = &feed.settings.folder;
        let shared = open.iter().zip(folder).take_while(|(one, other)| one == other).count();
        events.extend(open.iter().skip(shared).map(|_| Event::End(BytesEnd::new("outline"))));
        events.extend(folder.iter().skip(shared).map(|name| {
            Event::Start(
                BytesStart::new("outline").with_attributes([("text", name.as_str()), ("title", name)]),
            )
        }));
        open = folder;
        events.push(Event::Empty(outline(feed)));
    }
    events.extend(open.iter().map(|_| Event::End(BytesEnd::new("outline"))));
    events.push(Event::End(BytesEnd::new("body")));
    events.push(Event::End(BytesEnd::new("opml")));
    for event in events {
        // Writing into memory does not fail.
        let _ = writer.write_event(event);
    }
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    text
}

fn outline(feed: &Subscription) -> BytesStart<'static> {
    let settings = &feed.settings;
    let address = short(&feed.address);
    let name = settings.name.as_deref().or(feed.title.as_deref()).unwrap_or(&address);
    let mut tag = BytesStart::new("outline");
    let mut put = |key: &str, value: &str| tag.push_attribute((key, value));
    put("type", "rss");
    put("text", name);
    put("title", feed.title.as_deref().unwrap_or(name));
    put("xmlUrl", &feed.address);
    if let Some(site) = &feed.site {
        put("htmlUrl", site);
    }
    if !settings.tags.is_empty() {
        put("category", &settings.tags.join(","));
    }
    if let Some(name) = &settings.name {
        put("khabar:name", name);
    }
    match settings.direction {
        Some(Direction::Rtl) => put("khabar:direction", "rtl"),
        Some(Direction::Ltr) => put("khabar:direction", "ltr"),
        None => {}
    }
    if settings.full_text {
        put("khabar:fullText", "true");
    }
    if let Some(interval) = settings.interval {
        put("khabar:minutes", &(interval.as_secs() / 60).to_string());
    }
    if let Some(days) = settings.keep_days {
        put("khabar:keepDays", &days.to_string());
    }
    tag
}

/// The list as far as it has been read.
#[derive(Default)]
struct List {
    feeds: Vec<Subscription>,
    /// The open outlines; a feed's own stands for itself, without a name.
    folders: Vec<Option<String>>,
    refused: Vec<String>,
    left_out: usize,
}

impl List {
    fn outline(&mut self, tag: &BytesStart<'_>, stays_open: bool) {
        let mut feed = Subscription::default();
        let mut text = None;
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.trim().to_owned(),
                Err(_) => attribute.value.trim().to_owned(),
            };
            if value.is_empty() {
                continue;
            }
            let settings = &mut feed.settings;
            match attribute.key.0.to_ascii_lowercase().as_str() {
                "text" => text = Some(short(&value)),
                "title" => feed.title = Some(short(&value)),
                "xmlurl" | "url" => feed.address = value,
                "htmlurl" => feed.site = web(&value),
                "category" => settings.tags = tags(&value),
                "khabar:name" => settings.name = Some(short(&value)),
                "khabar:direction" if value == "rtl" => settings.direction = Some(Direction::Rtl),
                "khabar:direction" if value == "ltr" => settings.direction = Some(Direction::Ltr),
                "khabar:fulltext" => settings.full_text = value == "true",
                "khabar:minutes" => {
                    settings.interval =
                        value.parse().ok().map(|minutes: u32| Duration::from_secs(u64::from(minutes) * 60));
                }
                "khabar:keepdays" => settings.keep_days = value.parse().ok(),
                _ => {}
            }
        }
        if feed.address.is_empty() {
            if stays_open {
                self.folders.push(text.or(feed.title));
            }
            return;
        }
        if stays_open {
            self.folders.push(None);
        }
        feed.title = feed.title.or(text);
        let Some(address) = web(&feed.address) else {
            self.refused.push(short(&feed.address));
            return;
        };
        if self.feeds.len() >= MOST {
            self.left_out += 1;
            return;
        }
        feed.address = address;
        feed.settings.folder = self.folders.iter().flatten().take(DEEPEST).cloned().collect();
        self.feeds.push(feed);
    }
}

fn is_outline(name: &str) -> bool {
    name.eq_ignore_ascii_case("outline")
}

/// An address of the web, cleaned; `feed://` is one too.
fn web(address: &str) -> Option<String> {
    let address = address.trim();
    let rest = address.strip_prefix("feed:").unwrap_or(address);
    let address =
        if let Some(host) = rest.strip_prefix("//") { format!("http://{host}") } else { rest.to_owned() };
    let url = Url::parse(&address).ok()?;
    // Cleaned it may be nine times as long: that is what is kept, and must come back.
    let fits = matches!(url.scheme(), "http" | "https") && url.as_str().len() <= ADDRESS_BYTES;
    fits.then(|| url.into())
}

/// Tags of an OPML `category`: comma-separated; of a path its last part.
fn tags(text: &str) -> Vec<String> {
    let last = |tag: &str| tag.trim().trim_matches('/').rsplit('/').next().map(short);
    text.split(',').take(50).filter_map(last).filter(|tag| !tag.is_empty()).collect()
}

/// Words on one line, not longer than a name is.
fn short(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(NAME_CHARACTERS).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::FeedSettings;

    fn feed(address: &str, folder: &[&str]) -> Subscription {
        Subscription {
            address: address.to_owned(),
            title: Some("أخبار «اليوم» & more".to_owned()),
            settings: FeedSettings {
                folder: folder.iter().map(|name| (*name).to_owned()).collect(),
                ..FeedSettings::default()
            },
            ..Subscription::default()
        }
    }

    #[test]
    fn what_goes_out_comes_in_again() {
        let mut full = feed("https://d.example/feed?a=1&b=\"2\"", &["عربي", "اقتصاد"]);
        full.site = Some("https://d.example/".to_owned());
        full.settings.name = Some("D <i>".to_owned());
        full.settings.direction = Some(Direction::Rtl);
        full.settings.tags = vec!["مال".to_owned(), "oil".to_owned()];
        full.settings.full_text = true;
        full.settings.interval = Some(Duration::from_secs(45 * 60));
        full.settings.keep_days = Some(30);
        let feeds = [
            feed("https://a.example/feed", &[]),
            feed("https://b.example/feed", &["Tech"]),
            feed("https://c.example/feed", &["عربي"]),
            full,
        ];
        let written = write_opml(&feeds);
        let (read, said) = read_opml("list.opml", written.as_bytes()).unwrap();
        assert_eq!(said, [] as [&str; 0]);
        for feed in &feeds {
            let address = web(&feed.address).unwrap();
            let again = read.iter().find(|own| own.address == address).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(again, &Subscription { address, ..feed.clone() });
        }
        assert_eq!(write_opml(&read), write_opml(&read_opml("x", write_opml(&read).as_bytes()).unwrap().0));
    }

    #[test]
    fn a_long_address_in_the_place_of_a_title_comes_back_as_it_went() {
        let address = format!("https://a.example/{}", "x".repeat(500));
        let bare = Subscription { address, ..Subscription::default() };
        let written = write_opml(&[bare]);
        assert_eq!(write_opml(&read_opml("x", written.as_bytes()).unwrap().0), written);
    }

    #[test]
    fn an_address_that_is_too_long_when_it_is_cleaned_is_none() {
        let check = |letters: usize, feeds: usize| {
            let long = format!("http://a.example/{}", "å".repeat(letters));
            let text =
                format!("<opml><outline xmlUrl='http://b.example/'/><outline xmlUrl='{long}'/></opml>");
            let (read, _) = read_opml("x", text.as_bytes()).unwrap();
            assert_eq!(read.len(), feeds, "{letters}");
            assert_eq!(read_opml("x", write_opml(&read).as_bytes()).unwrap().1, [] as [&str; 0]);
        };
        check(600, 2);
        check(1500, 1);
    }

    #[test]
    fn lists_of_other_programs() {
        let text = "<?xml version='1.0'?><opml version='1.1'><body>\
            <outline text='News'><outline text='One' xmlUrl='http://one.example/rss'/>\
            <outline text='Deep'><outline title='Two' XMLURL='feed://two.example/rss' category='/a/b,c'></outline></outline>\
            </outline><outline text='Top' xmlUrl='https://top.example/?a=1&b=2'>\
            <outline text='x' xmlUrl='javascript:alert(1)'/><outline text='y' xmlUrl='file:///etc/passwd'/></body>";
        let (feeds, said) = read_opml("list.opml", text.as_bytes()).unwrap();
        let seen: Vec<String> =
            feeds.iter().map(|feed| format!("{} {}", feed.settings.folder.join("/"), feed.address)).collect();
        assert_eq!(
            seen,
            [
                "News http://one.example/rss",
                "News/Deep http://two.example/rss",
                " https://top.example/?a=1&b=2"
            ]
        );
        assert_eq!(feeds[1].settings.tags, ["b", "c"]);
        assert_eq!(feeds[0].title.as_deref(), Some("One"));
        assert_eq!(said.len(), 2, "{said:?}");
        for bad in ["", "<html></html>", "<opml><body><outline text='a'/></body></opml>"] {
            assert!(read_opml("x", bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
