//! Views, their order and their query plans; queries and search.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at its first surprise"
)]

mod store_support;

use khabar::article::*;
use khabar::query::{Clause, Query, Relation, Term, Test, View, parse};
use khabar::store::*;
use proptest::prelude::*;
use store_support::*;

const NAMED: [View; 5] = [View::Inbox, View::Unread, View::Bookmarks, View::Archive, View::All];

fn ids(store: &Store, view: &View) -> Vec<i64> {
    store.view(view, Sort::Newest, time(0), None).unwrap().into_iter().map(|id| id.0).collect()
}

/// Five articles: 1 to 5, of which 3 is the newest, and 4 and 5 are of the same time.
fn library() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    let articles = [
        dated("1", "الكويت والصين توقعان اتفاقا", -50 * 3600),
        dated("2", "China and Kuwait sign a deal", -30 * 3600),
        dated("3", "ميناء مبارك الكبير في الكويت", -3600),
        dated("4", "football \"derby\" 2035", -40 * 3600),
        dated("5", "Kuwaiti cinema", -40 * 3600),
    ];
    store.upsert_all(&articles).unwrap();
    store
}

#[test]
fn views_have_what_their_marks_say_newest_first() {
    let mut store = library();
    let mark = |store: &mut Store, verb: Verb, id: i64| {
        store.apply(&verb, &[ArticleId(id)], &context(1)).unwrap();
    };
    assert_eq!(ids(&store, &View::All), [3, 2, 4, 5, 1], "of the same time: as they came");
    mark(&mut store, Verb::Done, 1);
    mark(&mut store, Verb::Archive, 2);
    mark(&mut store, Verb::Open, 3);
    mark(&mut store, Verb::Bookmark(Bookmark::default()), 1);
    mark(&mut store, Verb::Bookmark(Bookmark::default()), 4);
    assert_eq!(ids(&store, &View::Inbox), [3, 4, 5]);
    assert_eq!(ids(&store, &View::Unread), [4, 5]);
    assert_eq!(ids(&store, &View::Bookmarks), [4, 1]);
    assert_eq!(ids(&store, &View::Archive), [2]);
    assert_eq!(ids(&store, &View::All).len(), 5);
    for view in &NAMED {
        let all = store.view(view, Sort::Newest, time(0), None).unwrap();
        let lines = store.first_window(view, Sort::Newest, time(0), 50).unwrap();
        assert_eq!(lines, store.headlines(&all).unwrap());
        assert_eq!(store.view(view, Sort::Newest, time(0), Some(1)).unwrap(), all[..1]);
        assert_eq!(store.first_window(view, Sort::Newest, time(0), 1).unwrap(), lines[..1]);
    }
}

#[test]
fn the_order_given_is_kept_and_can_change() {
    let mut store = Store::open_in_memory().unwrap();
    let give = |store: &mut Store, order: [&str; 3]| {
        let articles: Vec<NewArticle> = (1..)
            .zip(order)
            .map(|(rank, name)| NewArticle { rank: Some(rank), ..dated(name, name, rank * 60) })
            .collect();
        store.upsert_all(&articles).unwrap();
    };
    let titles = |store: &Store| -> Vec<String> {
        let lines = store.first_window(&View::Inbox, Sort::Given, time(0), 50).unwrap();
        assert_eq!(
            lines.iter().map(|line| line.id).collect::<Vec<_>>(),
            store.view(&View::Inbox, Sort::Given, time(0), None).unwrap()
        );
        lines.into_iter().map(|line| line.title).collect()
    };
    give(&mut store, ["c", "a", "b"]);
    assert_eq!(titles(&store), ["c", "a", "b"]);
    give(&mut store, ["b", "c", "a"]);
    assert_eq!(titles(&store), ["b", "c", "a"]);
    store.upsert(&plain("z", "z")).unwrap();
    assert_eq!(titles(&store), ["b", "c", "a", "z"], "what was given no rank comes last");
}

/// `query` must find exactly these, newest first.
fn check(store: &Store, query: &str, expect: &[i64]) {
    let view = View::Query(parse(query).unwrap());
    assert_eq!(ids(store, &view), expect, "{query}");
    let lines = store.first_window(&view, Sort::Newest, time(0), 50).unwrap();
    assert_eq!(lines.iter().map(|line| line.id.0).collect::<Vec<_>>(), expect, "{query}");
}

#[test]
fn search_finds_words_phrases_and_beginnings() {
    let store = library();
    for (query, expect) in [
        ("الكويت", &[3, 1][..]),
        ("KUWAIT", &[2]),
        ("kuwait*", &[2, 5]),
        ("kuw", &[]),
        ("الكويت والصين", &[1]),
        ("\"مبارك الكبير\"", &[3]),
        ("\"الكبير مبارك\"", &[]),
        ("-الكويت", &[2, 4, 5]),
        ("kuwait* -cinema", &[2]),
        ("-\"sign a\" kuwait*", &[5]),
        ("2035", &[4]),
        ("derby", &[4]),
        // What FTS5 would take for its own words and signs is only text.
        ("AND", &[2]),
        ("OR NOT NEAR", &[]),
        ("NEAR(a,b)", &[]),
        ("foo\"bar", &[]),
        ("text:x", &[]),
        ("sign^2 ", &[]),
        ("cinema'--", &[5]),
        ("—", &[3, 2, 4, 5, 1]),
        ("cinema …", &[5]),
        ("*", &[3, 2, 4, 5, 1]),
    ] {
        match parse(query) {
            Ok(_) => check(&store, query, expect),
            Err(error) => assert!(query.contains(':'), "{query}: {error}"),
        }
    }
}

#[test]
fn every_operator_finds_what_it_says() {
    let mut store = library();
    let mut rich = rich();
    rich.article.published = Some(time(-100 * 3600));
    store.upsert(&rich).unwrap(); // 6
    let mut feed = dated("7", "from a feed", -200 * 3600);
    feed.origin = Origin::Feed { feed: "https://aljazeera.example/rss".into(), guid: "1".into() };
    feed.article.language = Some("en-GB".into());
    feed.article.source = Some("BBC News".into());
    store.upsert(&feed).unwrap(); // 7
    store.apply(&Verb::Done, &[ArticleId(1)], &context(1)).unwrap();
    store.apply(&Verb::Archive, &[ArticleId(2)], &context(1)).unwrap();
    store.apply(&Verb::Bookmark(Bookmark::default()), &[ArticleId(3)], &context(1)).unwrap();
    for (query, expect) in [
        ("", &[3, 2, 4, 5, 1, 6, 7][..]),
        ("in:all", &[3, 2, 4, 5, 1, 6, 7]),
        ("is:unread", &[3, 4, 5, 6, 7]),
        ("is:read", &[2, 1]),
        ("-is:unread", &[2, 1]),
        ("is:done", &[2, 1]),
        ("is:archived", &[2]),
        ("is:bookmarked", &[3]),
        ("is:muted", &[]),
        ("in:inbox", &[3, 4, 5, 6, 7]),
        ("in:archive", &[2]),
        ("in:bookmarks is:unread", &[3]),
        ("-in:inbox", &[2, 1]),
        ("newer:2d", &[3, 2, 4, 5]),
        ("newer:1h", &[]),
        ("older:1h newer:31h", &[2]),
        ("-newer:2d", &[1, 6, 7]),
        ("newer:4294967295w", &[3, 2, 4, 5, 1, 6, 7]),
        ("lang:en", &[7]),
        ("lang:en-gb", &[7]),
        ("lang:e", &[]),
        ("lang:ar", &[6]),
        ("source:bbc", &[7]),
        ("source:الأنباء", &[6]),
        ("-source:bbc is:unread", &[3, 4, 5, 6]),
        ("feed:aljazeera", &[7]),
        ("feed:bbc", &[7]),
        ("feed:nobody", &[]),
        ("has:facts", &[6]),
        ("-has:facts newer:2h", &[3]),
        ("fact:\"الدولة المستضيفة\"=الصين", &[6]),
        ("fact:\"الدولة المستضيفة\"=الهند", &[]),
        ("fact:\"الدورة المقبلة\"=الكويت", &[6]),
        ("fact:\"الدورة المقبلة\"", &[6]),
        ("fact:الدورة", &[]),
        ("host:الصين", &[6]),
        ("host:cn", &[6]),
        ("host:kw", &[]),
        ("-host:cn feed:bbc", &[7]),
        ("الكويت is:unread in:bookmarks -source:bbc newer:2d", &[3]),
    ] {
        check(&store, query, expect);
    }
}

#[test]
fn the_first_window_of_a_named_view_is_an_index_scan() {
    let store = library();
    for (view, index) in NAMED.iter().zip(["inbox", "unread", "bookmarks", "archive", "all"]) {
        let plan = store.explain(view, Sort::Newest, time(0)).unwrap();
        assert!(plan[0].contains(&format!("SCAN m USING INDEX mark_{index}")), "{view}: {plan:?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{view}: {plan:?}");
        assert!(
            plan[1..].iter().all(|step| step.contains("SEARCH") || step.starts_with("CORRELATED")),
            "{view}: {plan:?}"
        );
    }
    for query in ["in:inbox newer:2d", "is:unread -is:muted", "-in:archive in:inbox"] {
        let plan = store.explain(&View::Query(parse(query).unwrap()), Sort::Newest, time(0)).unwrap();
        assert!(plan[0].contains("USING INDEX mark_"), "{query}: {plan:?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{query}: {plan:?}");
    }
}

#[test]
fn a_set_of_ids_stays_while_the_library_moves() {
    let mut store = library();
    let frozen = store.view(&View::Inbox, Sort::Newest, time(0), None).unwrap();
    store.upsert(&dated("new", "latest", 0)).unwrap();
    store.apply(&Verb::Done, &frozen, &context(1)).unwrap();
    let lines = store.headlines(&frozen).unwrap();
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), frozen);
    assert!(lines.iter().all(|line| line.marks.done));
    assert_eq!(ids(&store, &View::Inbox), [6], "what came meanwhile was not touched");
}

#[test]
fn a_word_that_many_articles_have_is_sifted_in_the_same_order() {
    let mut store = Store::open_in_memory().unwrap();
    let articles: Vec<NewArticle> = (0..1_400)
        .map(|n: i64| {
            let text = format!("common {} {}", if n % 7 == 0 { "seventh" } else { "other" }, n);
            dated(&n.to_string(), &text, (n * 7_919) % 1_400)
        })
        .collect();
    store.upsert_all(&articles).unwrap();
    let all = ids(&store, &View::All);
    assert_eq!(all.len(), 1_400);
    let sevenths: Vec<i64> = all.iter().copied().filter(|id| (id - 1) % 7 == 0).collect();
    let others: Vec<i64> = all.iter().copied().filter(|id| (id - 1) % 7 != 0).collect();
    for (query, expect) in [
        ("common", &all),
        ("other", &others),
        ("seventh", &sevenths),
        ("common -seventh", &others),
        ("common -other", &sevenths),
        ("-other", &sevenths),
        ("-seventh", &others),
        ("common other is:unread in:inbox", &others),
        ("-common", &Vec::new()),
        ("-missing", &all),
    ] {
        let view = View::Query(parse(query).unwrap());
        assert_eq!(&ids(&store, &view), expect, "{query}");
        let first = store.view(&view, Sort::Newest, time(0), Some(9)).unwrap();
        assert_eq!(first.iter().map(|id| id.0).collect::<Vec<_>>(), expect[..expect.len().min(9)], "{query}");
        let lines = store.first_window(&view, Sort::Newest, time(0), 9).unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), first, "{query}");
        assert_eq!(store.first_window(&view, Sort::Newest, time(0), 0).unwrap(), []);
        assert_eq!(store.view(&view, Sort::Newest, time(0), Some(0)).unwrap(), []);
    }
}

proptest! {
    /// Whatever is typed is text to look for: never an error of the search index.
    #[test]
    fn any_words_can_be_asked(text in "\\PC{1,12}|[\"'*^:(){}+-]{1,5}[a-zا-ي]{0,3}|\u{24B6}", prefix: bool, negated: bool) {
        let store = Store::open_in_memory().unwrap();
        store.view(&View::Inbox, Sort::Newest, time(0), None).unwrap();
        let clause = |term, negated| Clause { negated, term };
        let query = Query {
            clauses: vec![
                clause(Term::Word { text: text.clone(), prefix, also: Vec::new() }, negated),
                clause(Term::Phrase(text.clone()), false),
                clause(Term::Source(text.clone()), negated),
                clause(Term::Feed(text.clone()), false),
                clause(Term::Language(text.clone()), negated),
                clause(Term::Fact { key: text.clone(), test: Some(Test::new(Relation::Holds, text)) }, negated),
            ],
        };
        prop_assert!(store.view(&View::Query(query), Sort::Newest, time(0), Some(5)).is_ok());
    }
}

/// A library whose articles have one fact each, in this order.
fn of_facts(facts: &[(&str, &str, Option<&str>, Vec<Normalized>)]) -> Store {
    let article =
        |(number, (key, value, concept, normalized)): (usize, &(&str, &str, Option<&str>, Vec<_>))| {
            let text = format!("{number}\n{key} {value}");
            let mut incoming = dated(&number.to_string(), &text, -(number as i64));
            incoming.facts = vec![fact(&text, key, value, *concept, normalized.clone())];
            incoming
        };
    let mut store = Store::open_in_memory().unwrap();
    store.upsert_all(&facts.iter().enumerate().map(article).collect::<Vec<_>>()).unwrap();
    store
}

fn day(text: &str) -> Normalized {
    Normalized::Date(text.parse().unwrap())
}

fn country(code: &str) -> Normalized {
    Normalized::Country(code.into())
}

#[test]
fn facts_are_asked_by_what_their_values_mean() {
    let month = Normalized::Period { from: "2026-12-01".parse().unwrap(), to: "2026-12-31".parse().unwrap() };
    let money = |amount, currency: &str| Normalized::Money { amount, currency: currency.into() };
    let tonnes = Normalized::Quantity { number: 100.0, unit: "طن".into() };
    let store = of_facts(&[
        ("الدولة المستضيفة", "الصين", Some("host_country"), vec![country("CN")]), // 1
        ("Host country", "People’s Republic of China", Some("host_country"), vec![country("CN")]), // 2
        ("الدولتان", "عُمان والصين", Some("host_country"), vec![country("OM"), country("CN")]), // 3
        ("Host country", "Kuwait, near China Town", Some("host_country"), vec![country("KW")]), // 4
        ("Host country", "perhaps China", Some("host_country"), vec![]),          // 5
        ("الدورة المقبلة", "الكويت", Some("next_round"), vec![country("KW")]),    // 6
        ("التاريخ", "1 ديسمبر 2026", Some("date"), vec![day("2026-12-01")]),      // 7
        ("التاريخ", "ديسمبر", Some("date"), vec![month]),                         // 8
        ("Date", "2027-01-15", Some("date"), vec![day("2027-01-15")]),            // 9
        ("Date", "later in 2026-12, they say", Some("date"), vec![Normalized::ToBeAnnounced]), // 10
        ("السعر", "100 دولار", Some("price"), vec![money(100.0, "USD")]),          // 11
        ("السعر", "1000 دينار", Some("price"), vec![money(1000.0, "KWD")]),       // 12
        ("السعر", "١٥٪", Some("price"), vec![Normalized::Percent(15.0)]),         // 13
        ("السعر", "100 طن", Some("price"), vec![tonnes]),                         // 14
        ("مجهول", "نحو 100", None, vec![Normalized::Quantity { number: 100.0, unit: String::new() }]), // 15
    ]);
    let code = |name: &str| match name {
        "china" | "الصين" => Some("CN"),
        "kuwait" | "الكويت" => Some("KW"),
        _ => None,
    };
    for (query, expect) in [
        ("host:china", &[1, 2, 3, 5][..]),
        ("host:الصين", &[1, 2, 3]),
        ("host:CN", &[1, 2, 3]),
        ("host_country:om", &[3]),
        ("host:kuwait", &[4]),
        ("next_round:kuwait", &[6]),
        ("next_round:كويت", &[6]),
        ("topic:kuwait", &[]),
        ("-host:china host:kuwait", &[4]),
        ("fact:\"host country\"=china", &[2, 5]),
        ("fact:\"host country\"", &[2, 4, 5]),
        ("date:2026-12-01", &[7, 8]),
        ("date:2026-12", &[7, 8, 10]),
        ("date:2026", &[7, 8, 10]),
        ("date:>2026-12-01", &[8, 9]),
        ("date:>2026-12", &[9]),
        ("date:>=2026-12-31", &[8, 9]),
        ("date:<2026-12-02", &[7, 8]),
        ("date:<2026-12", &[]),
        ("date:<=2026-12", &[7, 8]),
        ("date:>٢٠٢٦-١٢ date:<2028", &[9]),
        ("price:>=100", &[11, 12, 14]),
        ("price:>100", &[12]),
        ("price:<100", &[13]),
        ("price:<=\"100 usd\"", &[11]),
        ("price:>10%", &[13]),
        ("price:>=\"100 طن\"", &[14]),
        ("price:100", &[11, 14]),
        ("fact:مجهول>99", &[15]),
        ("fact:مجهول>100", &[]),
        ("fact:مجهول=نحو", &[15]),
    ] {
        let view = View::Query(parse(query).unwrap()).with_countries(&code);
        assert_eq!(ids(&store, &view), expect, "{query}");
    }
    check(&store, "host:cn", &[1, 2, 3]);
}

#[test]
fn many_articles_of_a_fact_are_sifted_in_the_order_of_the_view() {
    let host = |number: usize| {
        let code = if number.is_multiple_of(2) { "CN" } else { "KW" };
        ("Host", "text", Some("host_country"), vec![country(code)])
    };
    let facts: Vec<_> = (0..2_100).map(host).collect();
    let store = of_facts(&facts);
    let view = |query: &str| View::Query(parse(query).unwrap().with_countries(&|_| None));
    let kuwait: Vec<i64> = (0..2_100).filter(|number| number % 2 != 0).map(|number| number + 1).collect();
    assert_eq!(ids(&store, &view("host:kw")), kuwait);
    assert_eq!(ids(&store, &view("-host:cn")), kuwait);
    assert_eq!(ids(&store, &view("-host:kw -host:cn")), Vec::<i64>::new());
    let first = store.first_window(&view("host:kw"), Sort::Newest, time(0), 3).unwrap();
    assert_eq!(first.iter().map(|line| line.id.0).collect::<Vec<_>>(), [2, 4, 6]);
}

#[test]
fn the_first_unread_one_is_found_near_and_far() {
    let mut store = Store::open_in_memory().unwrap();
    let articles: Vec<NewArticle> =
        (0..1_300).map(|n: i64| dated(&n.to_string(), &format!("news {n}"), -n)).collect();
    store.upsert_all(&articles).unwrap();
    let all = store.view(&View::Inbox, Sort::Newest, time(0), None).unwrap();
    assert_eq!(store.first_unread(&all).unwrap(), Some(all[0]));
    for (read, next) in [(999, Some(999)), (1_000, Some(1_000)), (1_200, Some(1_200)), (1_300, None)] {
        store.apply(&Verb::Read, &all[..read], &context(1)).unwrap();
        assert_eq!(store.first_unread(&all).unwrap(), next.map(|at: usize| all[at]), "{read} are read");
    }
}
