//! The fetching threads: each takes work, asks for a document, reads it, packs what came and hands it to the writer.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use jiff::Timestamp;
use url::Url;

use super::queue::{Given, Queue};
use crate::article::{Feed, FeedState, Format};
use crate::ingest::{
    self, Client, Document, FeedHead, Fetched, Incoming, Met, Request, Wanted, after, read_feed,
};
use crate::runtime::import::staged;
use crate::store::{Staged, StoreError};

/// Entries that are handed on at once.
const PART: usize = 128;

/// Work for a thread.
#[derive(Debug)]
pub(super) enum Work {
    /// A feed, by its place among those that are fetched.
    Feed(usize),
    /// The page of an entry, because its feed gives only summaries.
    Page(usize, Box<Incoming>),
}

/// What a thread hands to the writer, in this order for each feed.
#[derive(Debug)]
pub(super) enum Part {
    /// The feed has moved for good.
    Moved(usize, String),
    /// Articles, to be listed.
    Articles(usize, Vec<Staged>),
    /// Entries whose pages are wanted, where they are new.
    Summaries(usize, Vec<Incoming>),
    /// A page in the place of a summary; or the summary, and why.
    Page(usize, Result<Box<Staged>, StoreError>, Option<String>),
    /// The feed is through.
    Through(usize, Box<Through>),
    /// What came cannot be packed: there is no memory.
    Failed(StoreError),
}

/// How a try of a feed ended.
#[derive(Debug)]
pub(super) struct Through {
    pub state: FeedState,
    pub head: Option<FeedHead>,
    pub warnings: Vec<String>,
    pub same: bool,
}

/// What all threads share.
#[derive(Debug)]
pub(super) struct Bench {
    pub client: Client,
    pub feeds: Vec<Feed>,
    pub queue: Queue<Work>,
    pub now: Timestamp,
}

/// Takes work until there is no more.
pub(super) fn work(bench: &Arc<Bench>, sink: &SyncSender<Part>) {
    while let Some(given) = bench.queue.next() {
        let Given { work, host, until } = given;
        let mut left_alone = None;
        match work {
            Work::Feed(at) => {
                if let Some(feed) = bench.feeds.get(at) {
                    let through = match until {
                        Some(until) => put_off(feed, until, bench.now),
                        None => fetch(bench, at, feed, sink),
                    };
                    left_alone = through.state.until.filter(|_| until.is_none());
                    let _ = sink.send(Part::Through(at, Box::new(through)));
                }
            }
            Work::Page(at, incoming) => {
                let (staged, note) = page(bench, at, *incoming, until.is_some());
                let _ = sink.send(Part::Page(at, staged.map(Box::new), note));
            }
        }
        bench.queue.done(&host, left_alone);
    }
}

/// The part of an address that is spared: its host and port.
pub(super) fn host_of(address: &str) -> String {
    Url::parse(address).map_or_else(
        |_| String::new(),
        |url| format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(0)),
    )
}

fn put_off(feed: &Feed, until: Timestamp, now: Timestamp) -> Through {
    let host = host_of(&feed.subscription.address);
    let sentence = format!("not fetched: {host} was asked too often, and wants to be left alone for a while");
    let state = after(&feed.state, Met::PutOff(until, &sentence), now);
    Through { state, head: None, warnings: Vec::new(), same: false }
}

/// Fetches a feed and hands on what is in it.
fn fetch(bench: &Bench, at: usize, feed: &Feed, sink: &SyncSender<Part>) -> Through {
    let ended = |met: Met<'_>| Through {
        state: after(&feed.state, met, bench.now),
        head: None,
        warnings: Vec::new(),
        same: false,
    };
    let own = &feed.subscription;
    let address = match ingest::address_of(&own.address) {
        Ok(address) => address,
        Err(error) => return ended(Met::Nothing(&error)),
    };
    let request = Request {
        address: &address,
        named: own.named.then_some(&address),
        wanted: Wanted::Feed,
        etag: feed.state.etag.as_deref(),
        last_modified: feed.state.last_modified.as_deref(),
    };
    let mut fetched = match bench.client.fetch(&request, bench.now) {
        Ok(fetched) => fetched,
        Err(error) => return ended(Met::Nothing(&error)),
    };
    let name = fetched.moved.as_ref().map_or_else(|| own.address.clone(), Url::to_string);
    let Some(document) = fetched.document.take() else {
        if name != own.address {
            let _ = sink.send(Part::Moved(at, name));
        }
        let through = ended(Met::Answer(&fetched, None));
        return Through { same: true, ..through };
    };
    let size = document.bytes.len();
    bench.queue.took(size);
    let mut handing = Handing::new(at, feed, &fetched, bench.now, sink, &name);
    let read = read_feed(
        &Document {
            name: &name,
            bytes: &document.bytes,
            charset: document.charset.as_deref(),
            address: Some(&fetched.address),
            now: bench.now,
            modified: None,
        },
        bench.client.limits(),
        &mut |incoming| handing.take(incoming),
    );
    handing.finish();
    bench.queue.stored(size);
    // The document came, whatever is in it: what to ask with is of this one.
    fetched.document = Some(ingest::Downloaded::default());
    match read {
        Ok(read) => {
            let through = ended(Met::Answer(&fetched, read.head.minutes));
            Through { head: Some(read.head), warnings: read.warnings, ..through }
        }
        Err(error) => ended(Met::Unreadable(&error.to_string())),
    }
}

/// Hands on the entries of one document, packed, some at a time.
struct Handing<'a> {
    at: usize,
    feed: &'a Feed,
    moved: Option<String>,
    now: Timestamp,
    sink: &'a SyncSender<Part>,
    articles: Vec<Staged>,
    summaries: Vec<Incoming>,
}

impl<'a> Handing<'a> {
    fn new(
        at: usize,
        feed: &'a Feed,
        fetched: &Fetched,
        now: Timestamp,
        sink: &'a SyncSender<Part>,
        name: &str,
    ) -> Self {
        let moved = fetched.moved.is_some() && name != feed.subscription.address;
        let moved = moved.then(|| name.to_owned());
        Self { at, feed, moved, now, sink, articles: Vec::new(), summaries: Vec::new() }
    }

    fn take(&mut self, mut incoming: Incoming) {
        // A feed has moved once there is a feed at its new place.
        if let Some(address) = self.moved.take() {
            let _ = self.sink.send(Part::Moved(self.at, address));
        }
        let settings = &self.feed.subscription.settings;
        if let Some(name) = &settings.name {
            incoming.entry.source = Some(name.clone());
        }
        incoming.entry.direction = settings.direction.or(incoming.entry.direction);
        if settings.full_text && incoming.entry.url.is_some() {
            self.summaries.push(incoming);
            return;
        }
        match staged(incoming, None, self.now) {
            Ok(staged) => self.articles.push(staged),
            Err(error) => {
                let _ = self.sink.send(Part::Failed(error));
            }
        }
        if self.articles.len() >= PART {
            let articles = std::mem::take(&mut self.articles);
            let _ = self.sink.send(Part::Articles(self.at, articles));
        }
    }

    fn finish(self) {
        if !self.articles.is_empty() {
            let _ = self.sink.send(Part::Articles(self.at, self.articles));
        }
        if !self.summaries.is_empty() {
            let _ = self.sink.send(Part::Summaries(self.at, self.summaries));
        }
    }
}

/// The page of an entry in the place of its summary; the summary where the page cannot be had, and why.
fn page(
    bench: &Bench,
    at: usize,
    mut incoming: Incoming,
    put_off: bool,
) -> (Result<Staged, StoreError>, Option<String>) {
    let mut note = None;
    let url = incoming.entry.url.as_deref().and_then(|url| Url::parse(url).ok());
    if let Some(url) = url.filter(|_| !put_off) {
        // Where the person named a feed of a private host, its pages may lie on that host too.
        let feed = bench.feeds.get(at).map(|feed| &feed.subscription).filter(|feed| feed.named);
        let named = feed.and_then(|feed| Url::parse(&feed.address).ok());
        let request = Request {
            address: &url,
            named: named.as_ref(),
            wanted: Wanted::Page,
            etag: None,
            last_modified: None,
        };
        match bench.client.fetch(&request, bench.now) {
            Ok(Fetched { document: Some(document), .. }) if ingest::is_page(&document) => {
                incoming.entry.charset = document.charset;
                incoming.body = ingest::body(document.bytes, Format::Html);
            }
            Ok(_) => note = Some(format!("{url} is no page: its summary was kept")),
            Err(error) => note = Some(format!("{error}; its summary was kept")),
        }
    }
    (staged(incoming, None, bench.now), note)
}
