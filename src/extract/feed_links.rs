//! The feeds that a page names: `<link rel="alternate">` of its head (WHATWG HTML, 4.6.7.1), else links in its text that
//! look like feeds.

use scraper::{Html, Selector};
use url::Url;

/// Links of a page that are looked at.
const MOST: usize = 5_000;

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// Its address.
    pub address: Url,
    /// What the page calls it.
    pub title: Option<String>,
}

/// The feeds that the page `html`, found at `address`, names: the site's own first, those of comments last.
pub fn feed_links(html: &str, address: &Url) -> Vec<FeedLink> {
    let page = Html::parse_document(html);
    let select = |selector: &str| Selector::parse(selector).ok();
    let base = select("base[href]")
        .and_then(|own| page.select(&own).next())
        .and_then(|base| address.join(base.value().attr("href")?.trim()).ok())
        .unwrap_or_else(|| address.clone());
    let mut found: Vec<(u8, FeedLink)> = Vec::new();
    let mut keep = |rank: u8, href: &str, title: Option<String>| {
        let Ok(address) = base.join(href.trim()) else { return };
        let known = found.iter().any(|(_, link)| link.address == address);
        if matches!(address.scheme(), "http" | "https") && !known {
            let comments = address.path().contains("comments")
                || title.as_deref().is_some_and(|title| {
                    let title = title.to_lowercase();
                    title.contains("comments") || title.contains("تعليق")
                });
            found.push((rank + u8::from(comments) * 10, FeedLink { address, title }));
        }
    };
    for link in select("link[href]").iter().flat_map(|own| page.select(own)).take(MOST) {
        let attribute = |name| link.value().attr(name).unwrap_or("").trim().to_ascii_lowercase();
        let (rel, kind) = (attribute("rel"), attribute("type"));
        let kind = kind.split(';').next().unwrap_or("").trim();
        let is_feed = matches!(
            kind,
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/rdf+xml"
                | "text/rss+xml"
        ) || (matches!(kind, "application/json" | "application/xml" | "text/xml")
            && looks_like(&attribute("href")));
        let names = rel.split_ascii_whitespace().any(|name| name == "alternate" || name == "feed");
        if is_feed
            && names
            && let Some(href) = link.value().attr("href")
        {
            let title = link.value().attr("title").map(|title| title.trim().to_owned());
            keep(0, href, title.filter(|title| !title.is_empty()));
        }
    }
    for link in select("a[href]").iter().flat_map(|own| page.select(own)).take(MOST) {
        if let Some(href) = link.value().attr("href").filter(|href| looks_like(&href.to_ascii_lowercase())) {
            let title = link.text().collect::<String>();
            keep(1, href, Some(title.trim().to_owned()).filter(|title| !title.is_empty()));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, link)| link).collect()
}

/// Whether an address, in small letters, looks like a feed's.
fn looks_like(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or("");
    matches!(last, "feed" | "rss" | "atom" | "feeds")
        || [".rss", ".rdf", ".atom"].into_iter().any(|ending| last.ends_with(ending))
        || ["rss.xml", "atom.xml", "feed.xml", "feed.json", "index.xml"]
            .into_iter()
            .any(|name| last.ends_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let address = Url::parse("https://site.example/ar/news/").unwrap();
        let found: Vec<String> =
            feed_links(html, &address).into_iter().map(|link| link.address.into()).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn feeds_that_pages_name() {
        check("<html><head><title>لا خلاصة</title></head></html>", &[]);
        check(
            "<link rel=alternate type='application/rss+xml' href='/feed' title='أخبار'>",
            &["https://site.example/feed"],
        );
        check(
            "<LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='atom.xml'>",
            &["https://site.example/ar/news/atom.xml"],
        );
        check(
            "<base href='https://cdn.example/x/'><link rel='alternate' type='application/feed+json' href='feed.json'>",
            &["https://cdn.example/x/feed.json"],
        );
        // Comments last, each address once, other alternates not at all.
        check(
            "<link rel='alternate' type='application/rss+xml' title='Comments Feed' href='/comments/feed/'>\
             <link rel='alternate' type='application/rss+xml' href='/feed/'>\
             <link rel='alternate' type='application/atom+xml' href='/feed/'>\
             <link rel='alternate' hreflang='en' href='/en/'>\
             <link rel='stylesheet' type='text/css' href='/feed'>",
            &["https://site.example/feed/", "https://site.example/comments/feed/"],
        );
        check(
            "<a href='/about'>من نحن</a><a href='/rss'>RSS</a><a href='/feedback'>x</a><a href='javascript:rss.xml'>x</a>",
            &["https://site.example/rss"],
        );
        check("<link rel='alternate' type='application/rss+xml' href='file:///etc/feed'>", &[]);
    }
}
