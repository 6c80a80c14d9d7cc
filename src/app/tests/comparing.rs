//! What changed of an article, step by step.

use super::*;
use crate::article::{Change, Changes};

fn compared(back: usize, earlier: bool) -> Compared {
    let article = article("عنوان\nكان هنا نص قديم");
    let span = article.blocks[0].span;
    let changes = Some(Changes { article, changes: vec![(span, Change::Removed)] });
    Compared { changes, back, when: "2026-11-20T08:30:00Z".parse().unwrap(), earlier }
}

#[test]
fn c_steps_back_through_changes_and_then_to_the_article() {
    let mut desk = Desk::new(80, 24, 2);
    desk.keys("<Enter>");
    let id = ArticleId(1);
    let ask = |back| Effect::LoadChanges(id, back);
    assert_eq!(desk.keys("c"), [ask(0)]);
    desk.event(Event::ChangesLoaded(id, Box::new(compared(0, true))));
    assert_eq!(desk.message(), "changed 2026-11-20 08:30: 1 place · c shows the change before");
    assert_eq!(desk.keys("c"), [ask(1)]);
    desk.event(Event::ChangesLoaded(id, Box::new(compared(1, false))));
    assert!(desk.message().ends_with("c shows the article"), "{}", desk.message());
    assert_eq!(desk.keys("c"), [Effect::LoadArticle(id)]);
    assert!(!desk.state.is_comparing());
    // Back leads to the article from any.
    desk.keys("c");
    desk.event(Event::ChangesLoaded(id, Box::new(compared(0, true))));
    assert!(desk.keys("q").contains(&Effect::LoadArticle(id)));
    assert!(desk.state.open && !desk.state.is_comparing());
    // What came in before may read the same.
    desk.keys("c");
    desk.event(Event::ChangesLoaded(id, Box::new(compared(0, true))));
    desk.keys("c");
    desk.event(Event::ChangesLoaded(id, Box::new(Compared { back: 1, ..Compared::default() })));
    assert_eq!(desk.message(), "nothing else changed");
    assert!(!desk.state.is_comparing());
    desk.keys("c");
    desk.event(Event::ChangesLoaded(id, Box::default()));
    assert_eq!(desk.message(), "nothing changed since it came in");
}
