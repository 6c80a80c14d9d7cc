//! Fetching feeds from inside the reader: `r`, `R`, by interval; what is said of it while it runs and afterwards.

use super::action::Action;
use super::effect::{Effect, FetchWhat, LoadReason, Timer};
use super::event::Fetched;
use super::state::{Library, State, Status};

impl State {
    /// What to begin with, where the person wants feeds to be fetched while the reader is open: those that are due, now
    /// and after each interval.
    pub(super) fn fetch_by_interval(&self) -> Vec<Effect> {
        match (self.settings.fetch_every, self.library) {
            (Some(every), Library::Own) => {
                vec![Effect::Fetch(FetchWhat::Due), Effect::After(every, Timer::Fetch)]
            }
            _ => Vec::new(),
        }
    }

    /// `r` and `R`: the feed of this article, or all feeds.
    pub(super) fn fetch(&mut self, action: Action) -> Vec<Effect> {
        let what = match (action, self.current()) {
            (Action::FetchAll, _) => FetchWhat::All,
            (_, Some(id)) => FetchWhat::Of(id),
            (_, None) => {
                self.say("no article is here whose feed could be fetched; R fetches all feeds");
                return Vec::new();
            }
        };
        self.fetch_what(what)
    }

    /// Fetches feeds, because the person asks.
    pub(super) fn fetch_what(&mut self, what: FetchWhat) -> Vec<Effect> {
        if self.library == Library::Temporary {
            self.say(
                "this is a temporary library: feeds are fetched into your own (start khabar without a file)",
            );
            return Vec::new();
        }
        if let Some(fetching) = &self.fetching {
            self.say(format!("feeds are being fetched already: {}/{}", fetching.done, fetching.of));
            return Vec::new();
        }
        self.fetching = Some(Fetched::default());
        vec![Effect::Fetch(what)]
    }

    /// Takes how far fetching is.
    pub(super) fn fetched(&mut self, fetched: Fetched) -> Vec<Effect> {
        let before = self.fetching.map_or(0, |before| before.new + before.updated);
        let changed = fetched.new + fetched.updated > before;
        self.fetching = (!fetched.finished).then_some(fetched);
        if fetched.finished {
            self.tell_fetched(fetched);
        }
        let mut effects = if changed { self.reload(LoadReason::Arrivals) } else { Vec::new() };
        effects.extend(self.reload_feeds().filter(|_| fetched.finished));
        effects
    }

    /// Says what fetching brought. What nobody asked for is only told where it brought something.
    fn tell_fetched(&mut self, fetched: Fetched) {
        let Fetched { of, new, failed, by_itself, .. } = fetched;
        if by_itself && new == 0 {
            return;
        }
        // What is being read in the status line is not written over by what nobody asked for.
        if by_itself && self.status != Status::Hints {
            return;
        }
        let feeds = if of == 1 { "1 feed".to_owned() } else { format!("{of} feeds") };
        if of == 0 {
            self.say("there is no feed to fetch now: `khabar feed add ADDRESS` adds one, `khabar feed list` shows them");
        } else if failed > 0 {
            self.say(format!("{feeds}: {new} new · {failed} failed, ! says why"));
        } else {
            self.say(format!("{feeds}: {new} new"));
        }
    }
}
