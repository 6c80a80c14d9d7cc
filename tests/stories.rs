//! The same story once: on a labelled set of pairs, and in a library.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and the table is for people"
)]

mod store_support;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use khabar::article::{Article, ArticleId, Block, BlockKind, Sketch, Span, Verb};
use khabar::store::{JournalContext, NewArticle, NewDerived, Remade, Store};
use store_support::{plain, time};

/// The texts of the set: identity, article, day.
fn texts() -> HashMap<String, Article> {
    let lines = include_str!("data/stories/texts.jsonl").lines();
    lines
        .map(|line| {
            let own: serde_json::Value = serde_json::from_str(line).unwrap();
            let mut article = Article { url: own["url"].as_str().map(str::to_owned), ..Article::default() };
            article.text = own["title"].as_str().unwrap().to_owned();
            article.title = Span::new(0, article.text.len());
            for paragraph in own["paragraphs"].as_array().unwrap() {
                article.text.push_str("\n\n");
                let start = article.text.len();
                article.text.push_str(paragraph.as_str().unwrap());
                let span = Span::new(start, article.text.len());
                article.blocks.push(Block { kind: BlockKind::Paragraph, span, direction: None });
            }
            (own["id"].as_str().unwrap().to_owned(), article)
        })
        .collect()
}

/// Whether two articles would become one row: they share a key, and tell the same.
fn are_one(one: &Sketch, other: &Sketch) -> bool {
    let keys: BTreeSet<i64> = one.keys().collect();
    other.keys().any(|key| keys.contains(&key)) && (one.is_at(other) || one.tells(other))
}

#[test]
fn pairs_of_the_labelled_set_are_told_apart() {
    let texts = texts();
    let sketches: HashMap<&str, Sketch> =
        texts.iter().map(|(id, article)| (id.as_str(), Sketch::of(article))).collect();
    let pairs = include_str!("data/stories/pairs.tsv").lines().filter(|line| !line.starts_with(';'));
    // For each kind of pair: how many, and how many of them were made one.
    let mut kinds: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
    let (mut hit, mut missed, mut wrong, mut many) = (0, 0, 0, 0);
    for line in pairs {
        let [one, other, label, kind] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (same, one) = (label == "same", are_one(&sketches[one], &sketches[other]));
        let entry = kinds.entry((!same, kind)).or_default();
        entry.0 += 1;
        entry.1 += usize::from(one);
        many += 1;
        match (same, one) {
            (true, true) => hit += 1,
            (true, false) => missed += 1,
            (false, true) => wrong += 1,
            (false, false) => {}
        }
    }
    for ((other, kind), (pairs, ones)) in kinds {
        println!("{:5} {kind:40} {pairs:>4} pairs, {ones:>4} made one", if other { "other" } else { "same" });
    }
    let (precision, recall) =
        (f64::from(hit) / f64::from(hit + wrong), f64::from(hit) / f64::from(hit + missed));
    println!("{many} pairs: precision {precision:.3}, recall {recall:.3}");
    assert!(many >= 200);
    // What is missed is told in other words altogether; what is wrong are reports of one form with other names.
    assert!(precision >= 0.95 && recall >= 0.94, "precision {precision:.3}, recall {recall:.3}");
}

/// A library of articles with these texts, an hour apart.
fn library(texts: &[String]) -> (Store, Vec<ArticleId>) {
    let mut store = Store::open_in_memory().unwrap();
    let mut ids = Vec::new();
    for (at, text) in (0..).zip(texts) {
        let mut new: NewArticle = plain(&format!("{at}.txt"), &format!("عنوان {at}\n\n{text}"));
        let start = new.article.text.len() - text.len();
        let span = Span::new(start, new.article.text.len());
        new.article.blocks = vec![Block { kind: BlockKind::Paragraph, span, direction: None }];
        new.sketch = Sketch::of(&new.article);
        new.article.published = Some(time(at * 3600));
        ids.push(store.upsert(&new).unwrap().id());
    }
    (store, ids)
}

fn words(from: usize, many: usize) -> String {
    (from..from + many).map(|at| format!("كلمة{at} ")).collect()
}

#[test]
fn a_library_groups_what_tells_the_same_and_the_person_splits_it() {
    let texts = [words(0, 200), words(5000, 200), words(10, 200), words(0, 150)];
    let (mut store, ids) = library(&texts);
    let stories = store.stories().unwrap();
    assert_eq!(stories.len(), 3, "{stories:?}");
    assert_eq!((stories[&ids[0]], stories[&ids[0]]), (stories[&ids[2]], stories[&ids[3]]));
    let context = JournalContext { session: "s", view: "v", now: time(0) };
    store.apply(&Verb::Apart, &[ids[0], ids[2], ids[3]], &context).unwrap();
    assert!(store.stories().unwrap().is_empty());
    assert!(store.headlines(&[ids[0]]).unwrap()[0].marks.apart);
    store.undo(&context).unwrap().unwrap();
    assert_eq!(store.stories().unwrap(), stories, "and undo joins it again");
}

#[test]
fn the_same_words_a_week_later_are_another_story() {
    let mut store = Store::open_in_memory().unwrap();
    for (at, hours) in [(0, 0), (1, 24 * 7)] {
        let mut new = plain(&format!("{at}.txt"), &words(0, 200));
        new.article.blocks = vec![Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, new.article.text.len()),
            direction: None,
        }];
        new.article.published = Some(time(hours * 3600));
        store.upsert(&new).unwrap();
    }
    assert!(store.stories().unwrap().is_empty());
}

#[test]
fn an_article_that_changed_is_compared_anew() {
    let (mut store, ids) = library(&[words(0, 200), words(0, 200)]);
    assert_eq!(store.stories().unwrap().len(), 2);
    let new = plain("1.txt", &words(7000, 200));
    assert_eq!(store.upsert(&new).unwrap().id(), ids[1]);
    assert_eq!(store.stories().unwrap().get(&ids[1]), None);
}

#[test]
fn what_was_read_and_not_compared_is_compared_later() {
    let (mut store, ids) = library(&[words(0, 200), words(0, 200)]);
    let stories = store.stories().unwrap();
    let remade: Vec<Remade> = ids
        .iter()
        .map(|id| {
            let (entry, body) = store.body(*id).unwrap().unwrap();
            let NewArticle { article, facts, index, sketch, .. } = plain("a", &words(0, 200));
            let derived = NewDerived { article, facts, index, sketch, extractor_version: 2 };
            Remade::new(*id, entry, body, derived).unwrap()
        })
        .collect();
    assert_eq!(store.rederive(&remade).unwrap().written, 2);
    // The process may end here.
    assert!(store.stories().unwrap().is_empty());
    assert_eq!((store.tell(1).unwrap(), store.tell(9).unwrap(), store.tell(9).unwrap()), (1, 1, 0));
    assert_eq!(store.stories().unwrap(), stories);
}
