//! From an address that a person gives to the feed that they mean: the address itself, else the feeds that its page names,
//! else the places where sites keep one.

use jiff::Timestamp;
use url::Url;

use super::decode::decode;
use super::feed::looks_like_feed;
use super::http::{Client, FetchError, Fetched, Request, Wanted};
use super::{IngestError, opml};
use crate::extract::{self, FeedLink};

/// Where sites keep their feeds, in the order of how often.
const PLACES: &[&str] = &["feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json"];

/// A feed that was found, with its document.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// Its address.
    pub address: Url,
    /// Its document, fetched.
    pub fetched: Fetched,
    /// Whether the address is of the host that the person named.
    pub named: bool,
    /// Other feeds that the page names.
    pub others: Vec<FeedLink>,
}

/// The address of what a person typed; `https://` where they left it out.
///
/// # Errors
/// Where it is no address of the web.
pub fn address_of(typed: &str) -> Result<Url, FetchError> {
    let typed = typed.trim();
    let failed = |reason| FetchError::Address { address: typed.to_owned(), reason };
    let text = typed.strip_prefix("feed:").map_or(typed, |rest| rest.trim_start_matches("//"));
    let full = match text.split_once("://") {
        Some(_) => text.to_owned(),
        // A name with a port and a path has a colon too; schemes that run or read files have nothing behind it.
        None if text
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|host| host.contains('.') || host.starts_with("localhost")) =>
        {
            format!("https://{text}")
        }
        None => return Err(failed("it is no address of the web")),
    };
    let url = Url::parse(&full).map_err(|_| failed("it is no address of the web"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(failed("only the web is read"));
    }
    if url.host().is_none() {
        return Err(failed("it names no host"));
    }
    Ok(url)
}

/// The address to try where the first one, typed without a scheme, leads to nothing: hosts of a home network and old sites
/// do not speak `https`. A certificate that cannot be trusted is no such case.
pub fn without_tls(typed: &str, address: &Url, error: &IngestError) -> Option<Url> {
    let bare = !typed.contains("://");
    let nothing =
        matches!(error, IngestError::Fetch(FetchError::Connection { .. } | FetchError::Broken { .. }));
    let mut plain = address.clone();
    (bare && nothing && address.scheme() == "https" && plain.set_scheme("http").is_ok()).then_some(plain)
}

/// Finds the feed of `address`, which the person named.
///
/// # Errors
/// Where nothing can be fetched there, or no feed is found.
pub fn discover(client: &Client, address: &Url, now: Timestamp) -> Result<Discovered, IngestError> {
    let ask = |target: &Url| {
        let request = Request {
            address: target,
            named: Some(address),
            wanted: Wanted::Feed,
            etag: None,
            last_modified: None,
        };
        client.fetch(&request, now)
    };
    let first = ask(address)?;
    if is_feed(&first) {
        return Ok(found(address, first, Vec::new()));
    }
    let page = first
        .document
        .as_ref()
        .map(|document| extract::decode(&document.bytes, document.charset.as_deref(), true, &mut Vec::new()));
    let mut links = extract::feed_links(&page.unwrap_or_default(), &first.address);
    let mut failed = None;
    for at in 0..links.len().min(5) {
        let Some(link) = links.get(at) else { break };
        match ask(&link.address) {
            Ok(fetched) if is_feed(&fetched) => {
                let link = links.remove(at);
                return Ok(found(&link.address, fetched, links));
            }
            Ok(_) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    // A page that names a feed that cannot be fetched is not searched any further: that feed is what is meant.
    if let Some(error) = failed {
        return Err(error.into());
    }
    for place in PLACES {
        let Ok(place) = first.address.join(&format!("/{place}")) else { continue };
        if let Ok(fetched) = ask(&place)
            && is_feed(&fetched)
        {
            return Ok(found(&place, fetched, Vec::new()));
        }
    }
    Err(IngestError::NoFeed { address: super::http::shown(address) })
}

fn found(address: &Url, fetched: Fetched, others: Vec<FeedLink>) -> Discovered {
    let address = fetched.moved.clone().unwrap_or_else(|| address.clone());
    Discovered { address, fetched, named: true, others }
}

fn is_feed(fetched: &Fetched) -> bool {
    let Some(document) = &fetched.document else { return false };
    let text = decode(&document.bytes, document.charset.as_deref(), &mut Vec::new());
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    let json = start.starts_with('{') && start.contains("jsonfeed.org");
    json || (looks_like_feed(start) && !opml::looks_like_opml(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, expected) in [
            ("news.example", "https://news.example/"),
            ("news.example/ar?x=1", "https://news.example/ar?x=1"),
            ("http://news.example", "http://news.example/"),
            ("feed://news.example/rss", "https://news.example/rss"),
            ("feed:https://news.example/rss", "https://news.example/rss"),
            ("localhost:8080/feed", "https://localhost:8080/feed"),
            (" https://أخبار.example/ ", "https://xn--igbicxr.example/"),
            ("file:///etc/passwd", ""),
            ("javascript:alert(1)", ""),
            ("ftp://news.example/", ""),
            ("news", ""),
            ("", ""),
        ] {
            let read = address_of(typed).map(String::from).unwrap_or_default();
            assert_eq!(read, expected, "{typed}");
        }
    }
}
