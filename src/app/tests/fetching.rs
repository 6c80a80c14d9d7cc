//! Fetching feeds from inside the reader.

use super::*;
use crate::article::{FeedId, FeedState, NextTry};

fn progress(done: usize, new: usize, failed: usize, finished: bool) -> Event {
    Event::Fetched(Fetched { done, of: 3, new, updated: 0, failed, finished, by_itself: false })
}

#[test]
fn r_fetches_this_feed_and_capital_r_all() {
    let mut desk = Desk::new(80, 24, 3);
    assert!(desk.keys("jr").contains(&Effect::Fetch(FetchWhat::Of(ArticleId(2)))));
    // One at a time: what runs is said instead.
    assert_eq!(desk.keys("R"), []);
    assert!(desk.message().contains("already"), "{}", desk.message());
    desk.event(progress(3, 0, 0, true));
    assert_eq!(desk.message(), "3 feeds: 0 new");
    assert_eq!(desk.keys("R"), [Effect::Fetch(FetchWhat::All)]);
    desk.event(progress(3, 0, 0, true));
    assert_eq!(desk.keys("g'"), [Effect::Fetch(FetchWhat::All)]);
}

#[test]
fn what_arrives_waits_and_the_end_is_told() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("R");
    desk.event(progress(1, 0, 0, false));
    assert_eq!(desk.state.fetching.as_ref().map(|fetching| (fetching.done, fetching.of)), Some((1, 3)));
    desk.headlines.insert(0, headline(9, "خبر جديد"));
    desk.event(progress(2, 1, 0, false));
    assert_eq!((desk.state.list.ids.len(), desk.state.list.arrived), (3, 1));
    desk.event(progress(3, 1, 1, true));
    assert_eq!(desk.message(), "3 feeds: 1 new · 1 failed, ! says why");
    assert_eq!(desk.state.fetching, None);
    desk.event(Event::Fetched(Fetched { finished: true, ..Fetched::default() }));
    assert!(desk.message().contains("khabar feed add"), "{}", desk.message());
}

#[test]
fn the_list_of_feeds_tries_the_one_under_the_cursor() {
    let mut desk = Desk::new(80, 24, 3);
    let read = Effect::LoadPlaces(PlaceKind::Feeds, Vec::new());
    assert_eq!(desk.keys("!"), std::slice::from_ref(&read));
    let row = |id: i64, inbox| {
        let address = format!("https://a.example/{id}");
        let feed = FeedRow { id: FeedId(id), address, state: FeedState::default(), next: NextTry::Now };
        PlaceRow { name: format!("Feed {id}"), articles: 3, inbox, feed: Some(Box::new(feed)), mute: None }
    };
    desk.event(Event::PlacesLoaded(PlaceKind::Feeds, vec![row(7, 0), row(8, 2)]));
    assert_eq!(desk.keys("jr"), [Effect::Fetch(FetchWhat::Feed(FeedId(8)))]);
    // What came of it is read again, and the list stays in front.
    let effects = desk.state.update(progress(1, 0, 1, true), now());
    assert!(effects.contains(&read), "{effects:?}");
    desk.event(Event::PlacesLoaded(PlaceKind::Feeds, vec![row(8, 2), row(7, 0)]));
    assert_eq!(desk.state.screen, Screen::Places);
    assert_eq!(desk.keys("R"), [Effect::Fetch(FetchWhat::All)]);
    desk.event(progress(3, 0, 0, true));
    desk.keys("gg<Enter>");
    assert_eq!(
        desk.view(),
        &View::Query(crate::query::parse("in:inbox feed:\"https://a.example/8\"").unwrap())
    );
}

#[test]
fn nothing_is_fetched_by_itself_unless_that_is_set() {
    let start = |every, library| {
        let settings = Settings { fetch_every: every, ..Settings::default() };
        let mut state = State::new((80, 24), now(), TimeZone::UTC, settings, library);
        let effects = state.start(None);
        let again = state.update(Event::Timer(Timer::Fetch), now());
        let own = |effect: &Effect| matches!(effect, Effect::Fetch(_) | Effect::After(_, Timer::Fetch));
        (effects.into_iter().filter(own).collect::<Vec<_>>(), again)
    };
    assert_eq!(start(None, Library::Own), (vec![], vec![]));
    let own = vec![Effect::Fetch(FetchWhat::Due), Effect::After(900_000, Timer::Fetch)];
    assert_eq!(start(Some(900_000), Library::Own), (own.clone(), own));
    assert_eq!(start(Some(900_000), Library::Temporary).0, []);
}

#[test]
fn what_nobody_asked_for_is_told_only_where_it_brought_something() {
    let mut desk = Desk::new(80, 24, 3);
    let by_itself = |new| {
        Event::Fetched(Fetched { done: 3, of: 3, new, finished: true, by_itself: true, ..Fetched::default() })
    };
    desk.event(by_itself(0));
    assert_eq!(desk.message(), "");
    desk.event(by_itself(2));
    assert_eq!(desk.message(), "3 feeds: 2 new");
    desk.keys("d");
    desk.state.status = Status::Message("kept".to_owned());
    desk.event(by_itself(5));
    assert_eq!(desk.message(), "kept");
}

#[test]
fn a_temporary_library_has_no_feeds() {
    let mut state = State::new((80, 24), now(), TimeZone::UTC, Settings::default(), Library::Temporary);
    state.start(None);
    let effects = state.action(Action::FetchAll, None, None);
    assert_eq!(effects, []);
    assert!(matches!(&state.status, Status::Message(text) if text.contains("temporary library")));
}
