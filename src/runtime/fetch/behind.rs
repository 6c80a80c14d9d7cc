//! Fetching behind the reader: on a thread and a connection of its own, told to the loop as it goes on.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{FeedReport, FetchProgress, Fetching, Scope, fetch};
use crate::app::{Event, FetchWhat, Fetched};
use crate::config;
use crate::store::{Store, StoreError};

/// The loop is told of progress this often at the most.
const PAUSE: Duration = Duration::from_millis(250);

/// What fetching behind the reader needs to know.
#[derive(Clone, Debug)]
pub(in crate::runtime) struct Behind {
    /// The person's library.
    pub library: PathBuf,
    /// How feeds are fetched.
    pub fetch: config::Fetch,
}

impl Behind {
    /// Begins to fetch; what happens goes to `sink`. Whoever quits meanwhile need not wait: what was stored is safe, and the
    /// rest is asked for again.
    pub(in crate::runtime) fn start(&self, what: FetchWhat, sink: impl Fn(Event) + Send + 'static) {
        let own = self.clone();
        std::thread::spawn(move || {
            let by_itself = what == FetchWhat::Due;
            let told = |progress: &FetchProgress, finished: bool| {
                let FetchProgress { done, of, new, updated, failed, waiting: _ } = *progress;
                Event::Fetched(Fetched { done, of, new, updated, failed, finished, by_itself })
            };
            let mut last = FetchProgress::default();
            let mut spoke: Option<Instant> = None;
            let done = own.run(what, &mut |progress| {
                if progress.waiting {
                    let sentence = "another khabar is fetching: this one goes on when that one is through";
                    sink(Event::Said(sentence.to_owned()));
                    return true;
                }
                last = progress.clone();
                if spoke.is_none_or(|at| at.elapsed() >= PAUSE) {
                    spoke = Some(Instant::now());
                    sink(told(progress, false));
                }
                true
            });
            if let Ok(Some(reports)) = &done {
                // What another process fetched while this one waited is through, too.
                last.of = last.of.max(reports.len());
            }
            sink(told(&last, true));
            match done {
                Ok(Some(reports)) => sink_failure(&reports, by_itself, &sink),
                Ok(None) => sink(Event::Said(
                    "this article came from no feed that you read; R fetches all".to_owned(),
                )),
                Err(error) => sink(Event::Failed(error.to_string())),
            }
        });
    }

    /// Fetches; nothing where an article's feed is wanted that is not read.
    fn run(
        &self,
        what: FetchWhat,
        progress: &mut dyn FnMut(&FetchProgress) -> bool,
    ) -> Result<Option<Vec<FeedReport>>, StoreError> {
        let mut store = Store::open(&self.library)?;
        let scope = match what {
            FetchWhat::All => Scope::All,
            FetchWhat::Due => Scope::Due,
            FetchWhat::Feed(feed) => Scope::These(vec![feed]),
            FetchWhat::Of(article) => match store.feed_of(article)? {
                Some(feed) => Scope::These(vec![feed]),
                None => return Ok(None),
            },
        };
        let fetching = Fetching { scope, interval: self.fetch.interval, limits: self.fetch.limits };
        fetch(&mut store, &fetching, Timestamp::now(), progress).map(Some)
    }
}

/// Says what is wrong with the one feed that was asked for.
fn sink_failure(reports: &[FeedReport], by_itself: bool, sink: &impl Fn(Event)) {
    if let ([report], false) = (reports, by_itself)
        && let Some(error) = &report.feed.state.error
    {
        sink(Event::Said(error.clone()));
    }
}
