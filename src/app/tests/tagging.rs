//! Tags, picked rows, bulk verbs, mutes, and the last verb again.

use super::*;
use crate::article::{Verb, tags_of};
use crate::query::Mute;

fn applied(effects: &[Effect]) -> Vec<(String, Vec<i64>)> {
    let verb = |effect: &Effect| match effect {
        Effect::Apply { verb, ids, .. } => {
            Some((verb.name().to_owned(), ids.iter().map(|id| id.0).collect::<Vec<_>>()))
        }
        _ => None,
    };
    effects.iter().filter_map(verb).collect()
}

fn check(keys: &str, expect: &[(&str, &[i64])], cursor: usize) {
    let mut desk = Desk::new(80, 24, 6);
    let got = applied(&desk.keys(keys));
    let expect: Vec<(String, Vec<i64>)> =
        expect.iter().map(|(verb, ids)| ((*verb).to_owned(), ids.to_vec())).collect();
    assert_eq!((got, desk.state.list.cursor), (expect, cursor), "{keys}");
}

#[test]
fn verbs_act_on_picks_ranges_and_all_above() {
    check("vjvd", &[("done", &[1, 3])], 3);
    check("vvd", &[("done", &[1, 2])], 2);
    check("vkvd", &[("done", &[2])], 2);
    check("jVjja", &[("archive", &[2, 3, 4])], 4);
    check("VjVjjvb", &[("bookmark", &[1, 2, 4])], 4);
    check("4jVkkd", &[("done", &[3, 4, 5])], 5);
    check("jjD", &[("done", &[1, 2, 3])], 3);
    check("jjA", &[("done", &[1, 2, 3, 4, 5, 6])], 2);
    check("jddA", &[("done", &[2]), ("done", &[3]), ("done", &[1, 4, 5, 6])], 3);
    check("v<Esc>d", &[("done", &[2])], 2);
    check("2d.", &[("done", &[1, 2]), ("done", &[3, 4])], 4);
    check("d3.", &[("done", &[1]), ("done", &[2, 3, 4])], 4);
    check("b.", &[("bookmark", &[1]), ("bookmark", &[2])], 2);
    check("vjvd.", &[("done", &[1, 3]), ("done", &[4])], 4);
    check("jD.", &[("done", &[1, 2]), ("done", &[3])], 3);
    check("m.", &[("read", &[1]), ("read", &[1])], 0);
}

#[test]
fn picks_are_told_and_forgotten_with_the_verb() {
    let mut desk = Desk::new(80, 24, 6);
    desk.keys("vv");
    assert!(desk.message().starts_with("2 picked"), "{}", desk.message());
    desk.keys("d");
    assert_eq!(
        (desk.message(), (0..9).any(|row| desk.state.list.is_picked(row))),
        ("2 done · u undoes", false)
    );
}

#[test]
fn the_message_of_a_bulk_verb_is_corrected_by_the_journal_until_a_key() {
    let mut desk = Desk::new(80, 24, 6);
    desk.keys("3d");
    desk.event(Event::Applied(Applied { asked: vec![ArticleId(6)], changed: Vec::new() }));
    assert_eq!(desk.message(), "3 done · u undoes", "that was the answer to an earlier one");
    desk.event(Event::Applied(Applied {
        asked: vec![ArticleId(1), ArticleId(2), ArticleId(3)],
        changed: vec![(ArticleId(1), desk.marks(1)), (ArticleId(2), desk.marks(2))],
    }));
    assert_eq!(desk.message(), "2 done · u undoes", "another process had done the third");
    desk.keys("2dj");
    desk.event(Event::Applied(Applied {
        asked: vec![ArticleId(4), ArticleId(5)],
        changed: vec![(ArticleId(4), desk.marks(4))],
    }));
    assert_eq!(desk.message(), "");
}

#[test]
fn tags_are_typed_completed_and_put_on_again() {
    let mut desk = Desk::new(80, 24, 6);
    let effects = desk.keys("2t");
    assert!(effects.contains(&Effect::LoadTags));
    desk.event(Event::Tags(vec!["الصين".to_owned(), "كويت".to_owned(), "الكويت".to_owned()]));
    desk.event(Event::Paste("ال".to_owned()));
    assert_eq!(desk.state.tag_completions(), ["الصين", "الكويت"]);
    desk.event(Event::Paste("ك".to_owned()));
    desk.keys("<Tab>");
    assert_eq!(desk.state.prompt.as_ref().unwrap().text(), "الكويت, ");
    assert_eq!(desk.state.tag_completions(), ["الصين", "كويت"], "not one that stands there");
    let effects = desk.keys("<Enter>");
    let verb = Verb::Tag { add: tags_of("الكويت"), remove: Default::default() };
    let ids = vec![ArticleId(1), ArticleId(2)];
    assert!(effects.contains(&Effect::Apply { verb, ids, view: View::Inbox }), "{effects:?}");
    assert_eq!(desk.message(), "2 tagged \u{2068}الكويت\u{2069} · u undoes");
    desk.keys("jjT");
    assert_eq!(desk.marks(3).tags, tags_of("الكويت"));
    assert_eq!(desk.state.list.cursor, 2, "tagging stays");
    // What is deleted in the prompt is taken off; what is written otherwise is the tag that there is.
    desk.keys("t<C-u>");
    desk.event(Event::Paste("الصّين".to_owned()));
    desk.keys("<Enter>");
    assert_eq!(desk.marks(3).tags, tags_of("الصين"));
}

#[test]
fn a_story_a_source_or_a_topic_is_muted() {
    let asked = |keys: &str, typed: &str| {
        let mut desk = Desk::new(80, 24, 6);
        desk.keys(keys);
        desk.event(Event::Paste(typed.to_owned()));
        let effects = desk.keys("<Enter>");
        effects.into_iter().find_map(|effect| match effect {
            Effect::Mute { mute, until, .. } => Some((mute, until.as_second() - now().as_second())),
            _ => None,
        })
    };
    assert_eq!(asked("Xt", "كأس العالم"), Some((Mute::Topic("كأس العالم".to_owned()), 24 * 3600)));
    let mut desk = Desk::new(80, 24, 6);
    for (keys, expect) in
        [("Xs", Mute::Story("خبر رقم 1".to_owned())), ("Xo", Mute::Source("وكالة الاختبار".to_owned()))]
    {
        let effects = desk.keys(keys);
        assert!(
            effects.iter().any(|effect| matches!(effect, Effect::Mute { mute, .. } if *mute == expect)),
            "{effects:?}"
        );
    }
    assert_eq!(desk.keys("Xd"), [], "any other key closes the menu and does nothing");
    let done = Verb::Mute.apply(&Marks::default());
    desk.event(Event::Muted {
        mute: Mute::Source("وكالة".to_owned()), changed: vec![(ArticleId(1), done)]
    });
    assert!(desk.marks(1).muted);
    assert!(desk.message().starts_with("1 muted"), "{}", desk.message());
}

#[test]
fn an_answer_of_the_journal_does_not_undo_what_was_pressed_since() {
    let mut desk = Desk::new(80, 24, 6);
    desk.keys("m");
    let first = desk.marks(1);
    desk.keys("b");
    desk.event(Event::Applied(Applied { asked: vec![ArticleId(1)], changed: vec![(ArticleId(1), first)] }));
    assert!(desk.marks(1).bookmark.is_some() && desk.marks(1).read, "the second is still asked for");
    desk.event(Event::Headlines(vec![headline(1, "خبر")]));
    assert!(desk.marks(1).bookmark.is_some(), "a headline read meanwhile neither");
    let both = desk.marks(1);
    desk.event(Event::Applied(Applied { asked: vec![ArticleId(1)], changed: vec![(ArticleId(1), both)] }));
    desk.event(Event::Headlines(vec![headline(1, "خبر")]));
    assert!(desk.marks(1).bookmark.is_none(), "all is answered: another process took it off");
}

#[test]
fn what_arrives_meanwhile_is_not_meant() {
    let mut desk = Desk::new(80, 24, 3);
    desk.headlines.insert(0, headline(9, "خبر وصل الآن"));
    desk.event(Event::LibraryChanged);
    assert_eq!(desk.state.list.arrived, 1);
    let effects = desk.keys("A");
    assert_eq!(applied(&effects), [("done".to_owned(), vec![1, 2, 3])], "the ids that were in view");
}
