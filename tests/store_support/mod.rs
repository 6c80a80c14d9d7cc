//! Articles, times and contexts that the tests of the store share.
#![allow(dead_code, reason = "each test file takes what it needs")]

use jiff::Timestamp;
use khabar::article::*;
use khabar::query::{IndexForm, View, parse};
use khabar::store::{JournalContext, NewArticle, Sort, Store};
use khabar::text::Direction;

/// A fixed time, `seconds` later.
pub fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

/// A context of the session `s`, in the inbox, at [`time`].
pub fn context(seconds: i64) -> JournalContext<'static> {
    JournalContext { session: "s", view: "inbox", now: time(seconds) }
}

/// A hash of the right form that differs with the bytes.
fn hash(bytes: &[u8]) -> BodyHash {
    use sha2::Digest;
    BodyHash(sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// An article of plain text without a title, from file `/news/NAME`, that came in at [`time`] 0.
pub fn plain(name: &str, text: &str) -> NewArticle {
    let paragraph = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), direction: None };
    let article = Article { text: text.into(), blocks: vec![paragraph], ..Article::default() };
    NewArticle {
        origin: Origin::File(format!("/news/{name}")),
        entry: Entry::default(),
        body: Body { bytes: text.into(), format: Format::Text, hash: hash(text.as_bytes()) },
        sketch: Sketch::of(&article),
        article,
        facts: Vec::new(),
        extractor_version: 1,
        index: IndexForm::of(text),
        rank: None,
        received: time(0),
        modified: None,
    }
}

/// The same, published at [`time`] `seconds`.
pub fn dated(name: &str, text: &str, seconds: i64) -> NewArticle {
    let mut incoming = plain(name, text);
    incoming.article.published = Some(time(seconds));
    incoming
}

/// A fact whose evidence is where its words stand in `text`.
pub fn fact(text: &str, key: &str, value: &str, concept: Option<&str>, normalized: Vec<Normalized>) -> Fact {
    let of = |part: &str| {
        let start = text.find(part).unwrap_or(0);
        Span::new(start, start + part.len())
    };
    Fact {
        key: key.into(),
        value: value.into(),
        concept: concept.map(str::to_owned),
        normalized,
        evidence: Evidence {
            key: of(key),
            value: of(value),
            row: Span::new(of(key).start, of(value).end),
            table: Some((0, 1)),
            sentence: Some(of("عقد الجولة المقبلة")),
            contradiction: None,
        },
        method: Method::Flattened,
        confidence: 0.75,
    }
}

/// An article with one of everything.
pub fn rich() -> NewArticle {
    let text = "الكويت والصين تعقدان جولة\n\nقسم أول\n\nعقد الجولة المقبلة في الكويت.\n\nبند\n\nاقتباس\n\nرمز\n\n\
                العنوان التفاصيل\nالدولة المستضيفة الصين\nالدورة المقبلة الكويت (موعد لاحق)\n\nوصف";
    let of = |part: &str| {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    };
    let block = |kind, part: &str, direction| Block { kind, span: of(part), direction };
    let cell = |part: &str, header, columns| Cell { span: of(part), header, columns, rows: 1 };
    let table = Table {
        kind: TableKind::KeyValue,
        form: TableForm::Flattened,
        rows: vec![
            Row {
                span: of("العنوان التفاصيل"),
                cells: vec![cell("العنوان", true, 1), cell("التفاصيل", true, 1)],
            },
            Row {
                span: of("الدولة المستضيفة الصين"),
                cells: vec![cell("الدولة المستضيفة", true, 1), cell("الصين", false, 2)],
            },
        ],
    };
    let all_rows = Span::new(of("العنوان التفاصيل").start, of("(موعد لاحق)").end);
    let article = Article {
        text: text.into(),
        title: of("الكويت والصين تعقدان جولة"),
        blocks: vec![
            block(BlockKind::Heading(2), "قسم أول", None),
            block(BlockKind::Paragraph, "عقد الجولة المقبلة في الكويت.", Some(Direction::Rtl)),
            block(BlockKind::Item { depth: 1, number: Some(3) }, "بند", None),
            block(BlockKind::Item { depth: 0, number: None }, "بند", Some(Direction::Ltr)),
            block(BlockKind::Quote, "اقتباس", None),
            block(BlockKind::Code, "رمز", None),
            Block { kind: BlockKind::Table(0), span: all_rows, direction: None },
            block(BlockKind::Caption, "وصف", None),
            block(BlockKind::Continued { depth: 2 }, "وصف", None),
            block(BlockKind::Figure, "وصف", None),
            block(BlockKind::Note(7), "وصف", None),
            Block { kind: BlockKind::Rule, span: Span::new(text.len(), text.len()), direction: None },
        ],
        tables: vec![table],
        emphasis: vec![Emphasis { span: of("الجولة"), kind: EmphasisKind::Stress }],
        references: vec![Reference { span: of("بند"), block: 8 }],
        quoted: vec![of("بند")],
        links: vec![Link { span: of("الجولة المقبلة"), url: "https://a.example/1".into() }],
        source: Some("وكالة الأنباء".into()),
        author: Some("كاتب".into()),
        published: Some("2026-09-01T10:20:30.123456789Z".parse().unwrap()),
        language: Some("ar".into()),
        direction: Some(Direction::Rtl),
        url: Some("https://a.example/".into()),
    };
    let facts = vec![
        fact(text, "الدولة المستضيفة", "الصين", Some("host_country"), vec![Normalized::Country("CN".into())]),
        fact(
            text,
            "الدورة المقبلة",
            "الكويت (موعد لاحق)",
            None,
            vec![
                Normalized::ToBeAnnounced,
                Normalized::Date("2026-12-01".parse().unwrap()),
                Normalized::Period { from: "2026-12-01".parse().unwrap(), to: "2026-12-31".parse().unwrap() },
                Normalized::Time { time: "19:45:00".parse().unwrap(), offset: Some(180) },
                Normalized::Money { amount: 2.5e9, currency: "KWD".into() },
                Normalized::Percent(15.0),
                Normalized::Quantity { number: 2.5, unit: "مليار".into() },
                Normalized::List(vec!["أ".into(), "ب".into()]),
            ],
        ),
    ];
    NewArticle {
        entry: Entry {
            title: Some("عنوان معلن".into()),
            source: Some("وكالة".into()),
            author: Some("كاتب".into()),
            published: Some("2026-09-01T10:20:30.123456789Z".parse().unwrap()),
            language: Some("ar".into()),
            direction: Some(Direction::Rtl),
            url: Some("https://a.example/".into()),
            charset: Some("windows-1256".into()),
        },
        body: Body { bytes: b"<p>\xC7\xE1</p>".to_vec(), format: Format::Html, hash: hash(b"rich") },
        article,
        facts,
        ..plain("rich", text)
    }
}

/// The articles that a query finds, newest first.
pub fn found(store: &Store, query: &str) -> Vec<ArticleId> {
    store.view(&View::Query(parse(query).unwrap()), Sort::Newest, time(0), None).unwrap()
}
