//! A page or a feed of the web, because the person named its address.

use jiff::Timestamp;
use url::Url;

use super::exported::read_lines;
use super::http::{Client, Downloaded, FetchError, Fetched, Request, Wanted, shown};
use super::sniff::{Kind, kind};
use super::{Document, Incoming, IngestError, body, read_feed};
use crate::article::{Entry, Format, Origin};

/// Reads what lies at `address`: the entries of a feed, else a page. Each article, and what could not be read, goes to
/// `sink`.
pub fn read_url(
    client: &Client,
    address: &Url,
    now: Timestamp,
    sink: &mut dyn FnMut(Result<Incoming, IngestError>),
) {
    let request =
        Request { address, named: Some(address), wanted: Wanted::Page, etag: None, last_modified: None };
    let path = shown(address);
    let (document, found) = match client.fetch(&request, now) {
        Ok(Fetched { document: Some(document), address, .. }) => (document, address),
        // Nothing was asked for that could be unchanged.
        Ok(Fetched { document: None, .. }) => {
            let reason = "it was answered with nothing".to_owned();
            return sink(Err(FetchError::Broken { address: path, reason }.into()));
        }
        Err(error) => return sink(Err(error.into())),
    };
    if document.bytes.iter().all(u8::is_ascii_whitespace) {
        return sink(Err(IngestError::Empty { path }));
    }
    match kind(None, &document.bytes) {
        Kind::Binary(kind) => sink(Err(IngestError::Binary { path, kind })),
        Kind::Feeds => sink(Err(IngestError::ListOfFeeds { path })),
        Kind::Export => read_lines(&path, document.bytes.as_slice(), now, &mut |outcome| {
            sink(outcome.map(|exported| exported.incoming));
        }),
        Kind::Feed => {
            let name: String = found.clone().into();
            let own = Document {
                name: &name,
                bytes: &document.bytes,
                charset: document.charset.as_deref(),
                address: Some(&found),
                now,
                modified: None,
            };
            match read_feed(&own, client.limits(), &mut |incoming| sink(Ok(incoming))) {
                Ok(read) if read.entries == 0 => sink(Err(IngestError::EmptyFeed { path })),
                Ok(read) => read.warnings.into_iter().for_each(|said| sink(Err(IngestError::Partly(said)))),
                Err(error) => sink(Err(error)),
            }
        }
        Kind::Article(sniffed) => {
            let format = format_of(&document, sniffed);
            let mut page = found;
            page.set_fragment(None);
            let url: String = page.into();
            let entry = Entry { url: Some(url.clone()), charset: document.charset, ..Entry::default() };
            let origin = Origin::Url(url);
            sink(Ok(Incoming { origin, entry, body: body(document.bytes, format), modified: None }));
        }
    }
}

/// Whether a document is a page: HTML by its own look or by its header.
pub fn is_page(document: &Downloaded) -> bool {
    matches!(kind(None, &document.bytes), Kind::Article(sniffed) if format_of(document, sniffed) == Format::Html)
}

/// What a document is: HTML where its header or its look says so.
fn format_of(document: &Downloaded, sniffed: Format) -> Format {
    match document.media_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => Format::Html,
        Some("text/markdown") => Format::Markdown,
        _ => sniffed,
    }
}
