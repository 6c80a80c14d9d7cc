//! Orders of views, sources beyond what is read, and piping what is under the cursor.

use super::*;
use crate::query::Sort;

fn view(query: &str) -> View {
    View::Query(crate::query::parse(query).unwrap())
}

fn typed(desk: &mut Desk, text: &str) {
    desk.event(Event::Paste(text.to_owned()));
}

#[test]
fn a_view_keeps_the_order_that_was_chosen_for_it() {
    let mut desk = Desk::new(80, 24, 5);
    let effects = desk.keys("S");
    assert_eq!(desk.message(), "by source");
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::KeepOrders(orders) => Some(orders.clone()),
        _ => None,
    });
    desk.keys("guS");
    desk.keys("gi");
    assert_eq!(desk.state.list.sort, Sort::Source, "gone to again it stands as it was left");
    desk.keys("ga");
    assert_eq!(desk.state.list.sort, Sort::Newest, "another one has its own");
    desk.keys("gpgp");
    assert_eq!((desk.view(), desk.state.list.sort), (&View::Unread, Sort::Source));
    // The next start.
    let mut again = Desk::new(80, 24, 5);
    again.state.orders = kept.unwrap();
    let effects = again.state.start(None);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::LoadView { sort: Sort::Source, .. })),
        "{effects:?}"
    );
}

#[test]
fn what_words_find_stands_by_how_near_it_is_or_as_the_person_says() {
    let mut desk = Desk::new(80, 24, 5);
    desk.state.saved = vec![SavedQuery {
        name: "Kuwait".to_owned(),
        query: crate::query::parse("الكويت").unwrap(),
        keys: Vec::new(),
    }];
    let saved = view("الكويت");
    desk.event(Event::Key(Key::char(':')));
    typed(&mut desk, "Kuwait");
    desk.keys("<Enter>");
    assert_eq!((desk.view(), desk.state.list.sort), (&saved, Sort::Best));
    let effects = desk.keys("S");
    assert!(effects.contains(&Effect::LoadView {
        view: saved,
        sort: Sort::Newest,
        reason: LoadReason::Refresh(Some(ArticleId(1)))
    }));
    assert_eq!(desk.message(), "by date");
    desk.keys("gi");
    // A filter of words goes by them, too; of a view with an order of its own it does not.
    desk.keys("\\");
    typed(&mut desk, "الصين");
    assert_eq!(desk.state.list.sort, Sort::Best);
    desk.keys("<Esc>SS");
    desk.keys("\\");
    typed(&mut desk, "الصين");
    assert_eq!(desk.state.list.sort, Sort::Title);
    desk.keys("<Enter>S");
    assert_eq!((desk.message(), desk.state.orders.of(&View::Inbox)), ("by day to come back", Sort::Due));
    desk.effects.clear();
    desk.keys("<Esc>");
    assert_eq!((desk.view(), desk.state.list.sort), (&View::Inbox, Sort::Due), "the whole view's order");
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::LoadView { sort: Sort::Due, .. })));
}

#[test]
fn sources_beyond_the_headlines_are_asked_of_the_library() {
    let mut desk = Desk::new(80, 24, 5);
    let ids: Vec<ArticleId> = (1..=9).map(ArticleId).collect();
    let loaded = ViewLoaded {
        view: View::Inbox,
        sort: Sort::Newest,
        many: 9,
        ids: ids.clone(),
        headlines: Vec::new(),
        complete: true,
        reason: LoadReason::Refresh(None),
        stories: Vec::new(),
    };
    desk.event(Event::ViewLoaded(loaded));
    desk.keys("jj");
    assert_eq!(desk.keys("]"), [Effect::FindSource { ids: ids[2..].to_vec(), down: true }]);
    desk.event(Event::SourceFound(Some(ArticleId(8))));
    assert_eq!(desk.state.list.cursor, 7);
    let up: Vec<ArticleId> = ids[..7].iter().rev().copied().collect();
    assert!(desk.keys("[").contains(&Effect::FindSource { ids: up, down: false }));
    desk.event(Event::SourceFound(None));
    assert_eq!(desk.message(), "no other source further that way");
}

#[test]
fn the_article_under_the_cursor_is_piped_and_stays_unread() {
    let mut desk = Desk::new(80, 24, 3);
    desk.keys("j|");
    typed(&mut desk, "wc -w");
    let effects = desk.keys("<Enter>");
    assert!(
        effects.contains(&Effect::LoadArticle(ArticleId(2)))
            && effects.contains(&Effect::Pipe("wc -w".to_owned()))
    );
    assert_eq!((desk.open(), desk.marks(2).read), (None, false));
    assert_eq!(desk.state.piped.as_ref().unwrap().text, SEED);
    desk.keys("<Enter>|");
    typed(&mut desk, "wc");
    assert_eq!(desk.keys("<Enter>"), [Effect::Pipe("wc".to_owned())], "the open one is at hand");
}
