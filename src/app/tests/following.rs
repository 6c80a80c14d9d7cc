//! Links by their numbers: opened, copied, typed on any layout; what may not be followed is not.

use super::*;
use crate::article::{Link, Reference};

/// A reader of an article in which each word is a link to its number; the last word is a reference to the last block.
fn linked(words: usize) -> Desk {
    let mut desk = Desk::new(80, 24, 1);
    desk.keys("<Enter>");
    let text: Vec<String> = (1..=words).map(|number| format!("كلمة{number}")).collect();
    let mut article = article(&format!("عنوان\n{}\nحاشية", text.join(" ")));
    let mut at = article.text.find("كلمة").unwrap();
    for (number, word) in (1..).zip(&text) {
        let span = Span::new(at, at + word.len());
        if number == words {
            article.references.push(Reference { span, block: 1 });
        } else {
            article.links.push(Link { span, url: format!("https://a.example/{number}") });
        }
        at = span.end + 1;
    }
    article.url = Some("https://a.example/page".to_owned());
    let headline = desk.headlines[0].clone();
    let loaded =
        Loaded { article: Arc::new(article), facts: Arc::new([]), headline, position: None, changed: None };
    desk.state.wanted = Some(ArticleId(1));
    desk.event(Event::ArticleLoaded(ArticleId(1), Some(Box::new(loaded))));
    desk
}

fn browsed(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Browse(address) => Some(address.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_link_is_opened_by_its_number_at_once_where_no_longer_one_begins_so() {
    let mut desk = linked(12);
    assert!(browsed(&desk.keys("f")).is_empty());
    assert_eq!(desk.message(), "open which link? its number, 1 to 12 · Esc");
    assert_eq!(browsed(&desk.keys("3")), ["https://a.example/3"]);
    // 1 may become 10, 11 or 12.
    assert!(browsed(&desk.keys("f1")).is_empty());
    assert_eq!(browsed(&desk.keys("<Enter>")), ["https://a.example/1"]);
    assert_eq!(browsed(&desk.keys("f11")), ["https://a.example/11"]);
    assert_eq!(browsed(&desk.keys("f\u{0661}\u{0660}")), ["https://a.example/10"]);
    assert!(browsed(&desk.keys("f0<Esc>")).is_empty(), "there is no 0, and Esc ends it");
    assert!(desk.state.hints.is_none() && desk.open() == Some(1));
}

#[test]
fn an_address_is_copied_and_the_page_opened() {
    let mut desk = linked(12);
    assert!(desk.keys("F2").contains(&Effect::Copy("https://a.example/2".to_owned())));
    assert!(desk.keys("F12").is_empty(), "a note has no address: 12 is none");
    desk.keys("<Esc>");
    assert_eq!(browsed(&desk.keys("o")), ["https://a.example/page"]);
    let mut desk = linked(2);
    assert_eq!(browsed(&desk.keys("f1")), ["https://a.example/1"]);
}

#[test]
fn a_note_is_gone_to() {
    let mut desk = linked(12);
    desk.keys("f12");
    assert_eq!(desk.message(), "the note · Esc goes back");
}

#[test]
fn what_runs_or_names_files_is_never_opened() {
    let mut desk = linked(12);
    for address in ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/\u{1b}]0;x\u{7}"] {
        desk.event(Event::AddressFound(Some(address.to_owned())));
        assert!(desk.message().starts_with("only web and mail addresses"), "{address}");
        assert!(browsed(&desk.effects).is_empty());
    }
}
