//! Searching the library, filtering as it is typed, lists of views, the jump list, the palette.

use super::*;
use crate::app::action::On;
use crate::query::Mute;
use crate::query::{Sort, Variants, parse};

fn typed(desk: &mut Desk, text: &str) {
    for c in text.chars() {
        desk.event(Event::Key(Key::char(c)));
    }
}

fn view(query: &str) -> View {
    View::Query(parse(query).unwrap())
}

fn loads(effects: &[Effect]) -> Vec<String> {
    let name = |effect: &Effect| match effect {
        Effect::LoadView { view, .. } => Some(view.to_string()),
        _ => None,
    };
    effects.iter().filter_map(name).collect()
}

#[test]
fn the_list_follows_the_filter_letter_by_letter_and_esc_brings_it_back() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("jj");
    desk.keys("\\");
    desk.effects.clear();
    typed(&mut desk, "قم");
    assert_eq!(loads(&desk.effects), ["in:inbox ق*", "in:inbox قم*"]);
    desk.headlines.remove(0);
    typed(&mut desk, "ة");
    assert_eq!(desk.state.list.ids.len(), 4);
    let effects = desk.keys("<Esc>");
    assert_eq!((loads(&effects), desk.view()), (vec![], &View::Inbox), "the rows are as they were");
    assert_eq!((desk.state.list.ids.len(), desk.state.list.cursor), (5, 2));
}

#[test]
fn a_filter_stays_after_enter_and_can_be_changed_and_ended() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("gu\\");
    typed(&mut desk, "lang:ar ");
    desk.keys("<Enter>");
    assert_eq!(desk.view(), &view("is:unread -is:muted lang:ar"));
    desk.keys("\\");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "lang:ar", "to be changed");
    desk.keys("<C-u>");
    typed(&mut desk, "is:nothing");
    desk.keys("<Enter>");
    let prompt = desk.state.prompt.as_ref().unwrap();
    assert!(prompt.fault.as_ref().unwrap().contains("nothing") && prompt.caret() == 0, "{prompt:?}");
    desk.keys("<C-u><Enter>");
    assert_eq!(desk.view(), &View::Unread);
    desk.keys("\\x<Enter>");
    let effects = desk.keys("q");
    assert_eq!(
        (desk.view(), effects.contains(&Effect::Quit)),
        (&View::Unread, false),
        "q ends the filter first"
    );
}

#[test]
fn a_search_of_the_library_lights_its_hits_and_n_walks_them() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("jj/");
    typed(&mut desk, "الكويت خبر");
    desk.keys("<Enter>");
    assert_eq!(desk.view(), &view("الكويت خبر"));
    desk.state.arrange();
    let lit = desk.state.list.lines(ArticleId(1)).unwrap();
    assert_eq!(lit.hits.len(), 1, "the word of the title");
    desk.keys("nn");
    assert_eq!(desk.state.list.cursor, 2, "each row is a hit");
    desk.keys("N<Enter>");
    let many = desk.state.search.as_ref().unwrap().hits.len();
    assert!(many > 2, "lit in the reader too");
    for _ in 1..many {
        desk.keys("n");
    }
    assert_eq!(desk.open(), Some(2));
    desk.keys("n");
    assert_eq!(desk.open(), Some(3), "behind the last hit the next article");
    desk.keys("<Esc>");
    assert!(desk.state.search.is_none() && desk.open() == Some(3));
    desk.keys("qq");
    assert_eq!((desk.view(), desk.state.list.current()), (&View::Inbox, Some(ArticleId(3))));
}

#[test]
fn sources_and_tags_are_lists_of_views() {
    let mut desk = Desk::new(80, 24, 5);
    let effects = desk.keys("gs");
    assert_eq!(effects, [Effect::LoadPlaces(PlaceKind::Sources, Vec::new())]);
    let row = |name: &str, articles, inbox| PlaceRow {
        name: name.to_owned(),
        articles,
        inbox,
        feed: None,
        mute: None,
    };
    let rows = vec![row("BBC عربي", 9, 4), row("وكالة", 3, 0)];
    desk.event(Event::PlacesLoaded(PlaceKind::Sources, rows));
    desk.keys("<Enter>");
    assert_eq!(desk.view(), &view("in:inbox source:=\"BBC عربي\""), "what waits");
    assert_eq!(desk.view().title(), "BBC عربي");
    desk.keys("gs");
    desk.event(Event::PlacesLoaded(PlaceKind::Sources, vec![row("BBC عربي", 9, 4), row("وكالة", 3, 0)]));
    desk.keys("jj<Enter>");
    assert_eq!(desk.view(), &view("source:=\"وكالة\""), "all, where nothing waits");
    desk.keys("gt");
    desk.event(Event::PlacesLoaded(PlaceKind::Tags, vec![row("قمة الكويت", 3, 1)]));
    desk.keys("<Enter>");
    assert_eq!(desk.view(), &view("tag:\"قمة الكويت\""));
    desk.keys("gsq");
    assert_eq!(desk.state.screen, Screen::Browse);
    desk.keys("g.");
    assert!(desk.message().contains("[[views]]"), "{}", desk.message());
}

#[test]
fn jumps_go_back_and_forward() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("jgu");
    desk.keys("jj<Enter>");
    assert_eq!(desk.open(), Some(3));
    desk.keys("ga");
    desk.keys("<C-o>");
    assert_eq!((desk.view(), desk.open()), (&View::Unread, Some(3)));
    desk.keys("gp");
    assert_eq!((desk.open(), desk.state.list.current()), (None, Some(ArticleId(3))));
    desk.keys("gp");
    assert_eq!((desk.view(), desk.state.list.current()), (&View::Inbox, Some(ArticleId(2))));
    desk.keys("gp");
    assert!(desk.message().contains("no place"), "{}", desk.message());
    desk.keys("gngn");
    assert_eq!((desk.view(), desk.open()), (&View::Unread, Some(3)));
}

#[test]
fn sources_are_jumped_between() {
    let mut desk = Desk::new(80, 24, 0);
    desk.headlines = (1..=6).map(|id| headline(id, "خبر")).collect();
    for (at, source) in ["a", "a", "b", "b", "b", "c"].into_iter().enumerate() {
        desk.headlines[at].source = Some(source.to_owned());
    }
    desk.keys("gi");
    for (keys, row) in [("]", 2), ("]", 5), ("]", 5), ("[", 2), ("j[", 2), ("[", 0)] {
        desk.keys(keys);
        assert_eq!(desk.state.list.cursor, row, "{keys}");
    }
}

#[test]
fn the_next_unread_is_asked_of_the_library_where_headlines_end() {
    let mut desk = Desk::new(80, 24, 5);
    let ids: Vec<ArticleId> = (1..=9).map(ArticleId).collect();
    let loaded = ViewLoaded {
        view: View::Inbox,
        sort: Sort::Newest,
        ids: ids.clone(),
        many: ids.len(),
        headlines: Vec::new(),
        complete: true,
        reason: LoadReason::Refresh(None),
        stories: Vec::new(),
    };
    desk.event(Event::ViewLoaded(loaded));
    desk.keys("ddddd");
    desk.keys("ggj");
    assert_eq!(desk.keys("n"), [Effect::FindUnread(ids[5..].to_vec())]);
    desk.event(Event::UnreadFound(Some(ArticleId(8))));
    assert_eq!(desk.state.list.cursor, 7);
    desk.event(Event::UnreadFound(None));
    assert!(desk.message().contains("no unread article"), "{}", desk.message());
}

#[test]
fn the_palette_finds_actions_by_a_few_letters_of_either_language() {
    let mut desk = Desk::new(80, 24, 5);
    for (letters, name) in [
        ("arch", "archive"),
        ("bkm note", "bookmark-note"),
        ("أرشف", "archive"),
        ("وسم", "tag"),
        ("متابعه بملاحظه", "bookmark-note"),
        ("tag", "tag"),
        ("snooze", "snooze"),
        ("three days", "snooze"),
    ] {
        desk.keys(":");
        typed(&mut desk, letters);
        assert_eq!(desk.state.palette.rows[0].name, name, "{letters}");
        desk.keys("<Esc>");
    }
    desk.keys("<C-p>");
    typed(&mut desk, "done");
    let names: Vec<&str> = desk.state.palette.rows.iter().map(|row| row.name.as_str()).take(3).collect();
    assert_eq!(names, ["done", "done-above", "done-all"]);
    assert_eq!(desk.state.palette.rows[1].keys, "D  gc");
    desk.keys("<Down><Down><Up><Enter>");
    assert!(desk.marks(1).done && !desk.marks(2).done, "the second row: done-above");
    desk.keys(":");
    typed(&mut desk, "3");
    desk.keys("<Enter>");
    assert_eq!(desk.state.list.cursor, 2, "a number is a row");
    desk.keys(":");
    typed(&mut desk, "qqqqqq");
    desk.keys("<Enter>");
    assert!(desk.message().contains("no command is found"), "{}", desk.message());
}

#[test]
fn help_is_of_the_screen_in_front_and_goes_back_to_it() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("gf");
    desk.keys("?");
    assert_eq!(desk.state.help.on, On::BOARD);
    desk.keys("?");
    assert_eq!(desk.state.help.on, On::EVERY);
    desk.keys("q");
    assert_eq!(desk.state.screen, Screen::Board);
}

#[test]
fn saved_queries_have_keys() {
    let mut desk = Desk::new(80, 24, 5);
    let wish = keymap::Wish { action: Action::Saved(0), name: "Kuwait".into(), keys: vec!["g1".into()] };
    let saved = SavedQuery {
        name: "Kuwait".to_owned(),
        query: parse("الكويت is:unread").unwrap(),
        keys: vec!["g1".to_owned()],
    };
    desk.state.configure(keymap::Keymap::with(&[wish]).unwrap(), vec![saved], Variants::default());
    desk.keys("g1");
    assert_eq!(desk.view(), &view("الكويت is:unread"));
    let effects = desk.keys("g.");
    assert_eq!(effects.last(), Some(&Effect::LoadPlaces(PlaceKind::Saved, vec![view("الكويت is:unread")])));
}

#[test]
fn a_persons_own_spellings_are_searched_and_filtered_by() {
    let mut desk = Desk::new(80, 24, 5);
    desk.state.variants = Variants::of(["kuwait koweit"]);
    let expect = parse("koweit").unwrap().with_variants(&desk.state.variants);
    assert_ne!(expect, parse("koweit").unwrap());
    desk.keys("/koweit<Enter>");
    assert_eq!(desk.state.list.view, View::Query(expect));
    assert_eq!(desk.state.list.matcher.spans("Kuwait signs").len(), 1, "the other spelling is lit");
}

/// A view's answer: rows of these articles, of `many`.
fn answer(view: &View, ids: std::ops::RangeInclusive<i64>, many: usize, reason: LoadReason) -> Event {
    let ids: Vec<ArticleId> = ids.map(ArticleId).collect();
    let headlines = ids.iter().map(|id| headline(id.0, "خبر")).collect();
    let complete = ids.len() == many;
    Event::ViewLoaded(ViewLoaded {
        view: view.clone(),
        sort: view.sort(),
        many,
        ids,
        headlines,
        complete,
        reason,
        stories: Vec::new(),
    })
}

/// A reader whose library has not answered yet.
fn unanswered() -> State {
    let settings = Settings { direction: Some(crate::text::Direction::Ltr), ..Settings::default() };
    let mut state = State::new((80, 24), now(), jiff::tz::TimeZone::UTC, settings, Library::Own);
    state.start(None);
    state.arrange();
    state
}

fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keymap::parse_keys(keys).unwrap() {
        effects.extend(state.update(Event::Key(key), now()));
        state.arrange();
    }
    effects
}

#[test]
fn the_last_letter_decides_what_is_shown_whatever_order_answers_come_in() {
    let mut state = unanswered();
    state.update(answer(&View::Inbox, 1..=9, 9, LoadReason::Start(None)), now());
    press(&mut state, "\\قمة");
    let letters = [view("in:inbox ق*"), view("in:inbox قم*"), view("in:inbox قمة*")];
    for (typed, found) in [(2, 3), (0, 9), (1, 5)] {
        state.update(answer(&letters[typed], 1..=found, found as usize, LoadReason::Filter), now());
        assert_eq!(state.list.ids.len(), 3, "after the answer to letter {typed}");
    }
    assert!(state.list.complete);
}

#[test]
fn all_rows_are_counted_before_they_are_read_and_the_end_is_the_last_of_them() {
    let mut state = unanswered();
    press(&mut state, "G");
    state.update(answer(&View::Inbox, 1..=200, 900, LoadReason::Start(None)), now());
    assert_eq!((state.list.many(), state.list.ids.len()), (900, 200));
    state.update(answer(&View::Inbox, 1..=900, 900, LoadReason::Start(None)), now());
    assert_eq!((state.list.many(), state.list.cursor), (900, 899), "G was pressed for the whole view");
    press(&mut state, "gg3j");
    state.update(answer(&View::Inbox, 1..=900, 900, LoadReason::Enter), now());
    assert_eq!(state.list.cursor, 3, "what is read again moves nothing");
}

#[test]
fn the_place_of_the_last_session_is_found_further_down_unless_the_person_went_on() {
    for (keys, row) in [(":<Esc>", 499), ("jj", 2)] {
        let mut state = unanswered();
        let reason = LoadReason::Start(Some(ArticleId(500)));
        state.update(answer(&View::Inbox, 1..=200, 900, reason), now());
        press(&mut state, keys);
        state.update(answer(&View::Inbox, 1..=900, 900, reason), now());
        assert_eq!(state.list.cursor, row, "{keys}");
    }
}

#[test]
fn done_for_all_waits_for_all_of_the_view_and_keys_wait_for_it() {
    let mut state = unanswered();
    state.update(answer(&View::Inbox, 1..=200, 300, LoadReason::Start(None)), now());
    let effects = press(&mut state, "Agu");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Apply { .. } | Effect::LoadView { .. })));
    let effects = state.update(answer(&View::Inbox, 1..=300, 300, LoadReason::Start(None)), now());
    let done = effects.iter().find_map(|effect| match effect {
        Effect::Apply { ids, .. } => Some(ids.len()),
        _ => None,
    });
    assert_eq!(done, Some(300));
    assert_eq!((loads(&effects), &state.list.view), (vec!["unread".to_owned()], &View::Unread));
}

#[test]
fn what_comes_in_while_a_view_is_read_does_not_cut_it_short() {
    let mut state = unanswered();
    let effects = state.update(Event::LibraryChanged, now());
    let reason = LoadReason::Start(None);
    assert!(effects.contains(&Effect::LoadView { view: View::Inbox, sort: Sort::Newest, reason }));
    state.update(answer(&View::Inbox, 1..=200, 300, reason), now());
    press(&mut state, "j");
    let effects = state.update(Event::LibraryChanged, now());
    let reason = LoadReason::Refresh(Some(ArticleId(2)));
    assert!(effects.contains(&Effect::LoadView { view: View::Inbox, sort: Sort::Newest, reason }));
    state.update(answer(&View::Inbox, 1..=300, 300, reason), now());
    assert_eq!((state.list.ids.len(), state.list.arrived, state.list.cursor), (300, 0, 1));
    let effects = state.update(Event::LibraryChanged, now());
    assert!(effects.contains(&Effect::LoadView {
        view: View::Inbox,
        sort: Sort::Newest,
        reason: LoadReason::Arrivals
    }));
    state.update(answer(&View::Inbox, 0..=300, 301, LoadReason::Arrivals), now());
    assert_eq!((state.list.ids.len(), state.list.arrived), (300, 1), "it waits to be shown");
}

#[test]
fn mutes_in_force_are_seen_and_lifted() {
    let mut desk = Desk::new(80, 24, 5);
    desk.keys("d");
    let asked = Effect::LoadPlaces(PlaceKind::Mutes, Vec::new());
    assert_eq!(desk.keys("gX"), std::slice::from_ref(&asked));
    let mute = |entry, mute: Mute| PlaceRow {
        name: format!("{}: {}", mute.kind(), mute.name()),
        articles: 3,
        inbox: 0,
        feed: None,
        mute: Some(MuteRow { entry, mute, until: now() }),
    };
    let topic = Mute::Topic("كأس العالم".to_owned());
    let rows = vec![mute(4, Mute::Source("وكالة".to_owned())), mute(9, topic.clone())];
    desk.event(Event::PlacesLoaded(PlaceKind::Mutes, rows.clone()));
    assert_eq!(desk.keys("jx"), [Effect::LiftMute { entry: 9, mute: topic.clone(), view: View::Inbox }]);
    // What it silenced is as it was, and the list is read again.
    desk.effects.clear();
    desk.event(Event::Lifted { mute: topic, changed: vec![(ArticleId(1), Default::default())] });
    assert_eq!(desk.message(), "\u{2068}كأس العالم\u{2069} is muted no more, 1 back · u undoes");
    assert!(desk.effects.contains(&asked) && !desk.marks(1).done, "{:?}", desk.effects);
    // Undo is at hand here, too, with its second press where it wants one.
    assert!(desk.keys("u").iter().any(|effect| matches!(effect, Effect::Undo { redo: false, .. })));
    desk.keys("g9");
    desk.event(Event::PlacesLoaded(PlaceKind::Mutes, rows));
    desk.keys("gg<Enter>");
    assert_eq!(desk.view(), &view("is:muted source:=\"وكالة\""), "what it silenced");
    desk.keys("gs");
    desk.keys("x");
    assert_eq!(desk.message(), "x lifts a mute: gX shows those in force");
}
