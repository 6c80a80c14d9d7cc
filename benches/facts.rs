//! How long do questions about facts take in a library of 100,000 articles with four facts each?

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a bench may panic")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{Timestamp, ToSpan, civil::date};
use khabar::article::*;
use khabar::query::{BoardColumn, BoardOrder, BoardQuery, Sort, View, parse};
use khabar::store::{NewArticle, Remade, Store};

const ARTICLES: usize = 100_000;
const COUNTRIES: [(&str, &str); 5] =
    [("الكويت", "KW"), ("الصين", "CN"), ("France", "FR"), ("عُمان", "OM"), ("India", "IN")];

fn facts(number: usize) -> Vec<Fact> {
    let fact = |key: &str, value: String, concept: Option<&str>, normalized| Fact {
        key: key.into(),
        value,
        concept: concept.map(str::to_owned),
        normalized,
        evidence: Evidence {
            key: Span::new(0, 20),
            value: Span::new(21, 40),
            row: Span::new(0, 40),
            table: Some((0, 1)),
            sentence: None,
            contradiction: None,
        },
        method: Method::Flattened,
        confidence: 0.9,
    };
    let (name, code) = COUNTRIES[number * 7 % COUNTRIES.len()];
    let day = date(2026, 1, 1).saturating_add(((number * 13 % 1_000) as i64).days());
    vec![
        fact("الدولة المستضيفة", name.into(), Some("host_country"), vec![Normalized::Country(code.into())]),
        fact("الموعد", day.to_string(), Some("date"), vec![Normalized::Date(day)]),
        fact("موضوع المشاورات", format!("تعزيز التعاون والشراكة {}", number % 977), Some("topic"), vec![]),
        fact(
            "عدد الوفود",
            (number % 90).to_string(),
            None,
            vec![Normalized::Quantity { number: (number % 90) as f64, unit: String::new() }],
        ),
    ]
}

fn article(number: usize) -> NewArticle {
    let text = format!("خبر {number}\n\nالدولة المستضيفة الصين\nعقدت الجولة في الكويت بين البلدين.");
    let body = Body { bytes: text.clone().into(), format: Format::Text, hash: BodyHash(number.to_string()) };
    NewArticle {
        origin: Origin::File(format!("/{number}")),
        entry: Entry::default(),
        body,
        index: khabar::query::IndexForm::of(&text),
        sketch: Sketch::default(),
        article: Article { text, ..Article::default() },
        facts: facts(number),
        extractor_version: 1,
        rank: None,
        received: Timestamp::from_second(1_790_000_000 + number as i64).unwrap(),
        modified: None,
    }
}

fn library() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    for some in (0..ARTICLES).collect::<Vec<_>>().chunks(1_000) {
        let batch: Vec<NewArticle> = some.iter().map(|number| article(*number)).collect();
        store.upsert_all(&batch).unwrap();
    }
    store
}

fn questions(criterion: &mut Criterion) {
    let mut store = library();
    let now = Timestamp::from_second(1_790_000_000).unwrap();
    let mut group = criterion.benchmark_group("facts of 100,000 articles");
    group.sample_size(10);
    let country = |name: &str| (name == "kuwait").then_some("KW");
    for query in [
        "has:facts",
        "host:kuwait",
        "host:atlantis",
        "date:>2028-09",
        "date:<2026-07 host:kuwait",
        "topic:976",
        "fact:\"عدد الوفود\">88",
    ] {
        let view = View::Query(parse(query).unwrap()).with_countries(&country);
        group.bench_function(format!("first window, {query}"), |bencher| {
            bencher.iter(|| black_box(store.first_window(&view, Sort::Newest, now, 200).unwrap().len()));
        });
    }
    let board = |order| BoardQuery { view: View::All, order, ..BoardQuery::default() };
    for name in ["date", "host", "topic"] {
        let order = BoardOrder::Column { column: BoardColumn::of_name(name), descending: true };
        group.bench_function(format!("board by {name}"), |bencher| {
            bencher.iter(|| black_box(store.board_articles(&board(order.clone()), now).unwrap().len()));
        });
    }
    group.bench_function("columns of a board", |bencher| {
        bencher.iter(|| black_box(store.board_columns(&View::All, now, 9).unwrap().len()));
    });
    let ids = store.board_articles(&board(BoardOrder::default()), now).unwrap();
    let columns = ["host", "date", "topic", "عدد الوفود"].map(BoardColumn::of_name);
    group.bench_function("50 rows of a board", |bencher| {
        bencher.iter(|| black_box(store.board_rows(&ids[5_000..5_050], &columns).unwrap().len()));
    });
    let nothing = |_: &str, _: &str| Meaning::default();
    let context = khabar::store::JournalContext { session: "s", view: "v", now };
    let mut number = 0;
    group.bench_function("one correction", |bencher| {
        bencher.iter(|| {
            number += 1;
            let add = Correction::Add { key: "k".into(), value: number.to_string(), evidence: None };
            black_box(store.correct(ids[number % ARTICLES], &add, &nothing, &context).unwrap().entry)
        });
    });
    let mut version = 1;
    group.bench_function("8 articles derived again, written", |bencher| {
        bencher.iter(|| {
            version += 1;
            let made: Vec<Remade> = (0..8)
                .map(|number| {
                    let NewArticle { entry, body, article, facts, index, sketch, .. } = article(number);
                    let derived = khabar::store::NewDerived {
                        article,
                        facts,
                        index,
                        sketch,
                        extractor_version: version,
                    };
                    Remade::new(ArticleId(number as i64 + 1), entry, body, derived).unwrap()
                })
                .collect();
            black_box(store.rederive(&made).unwrap().written)
        });
    });
}

criterion_group!(benches, questions);
criterion_main!(benches);
