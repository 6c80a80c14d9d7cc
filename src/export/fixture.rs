//! An article with one of each block, for the tests of this room.

use crate::article::*;
use crate::text::Direction;

/// The article and its fact.
pub(super) fn article() -> (Article, Vec<Fact>) {
    let text = "الكويت والصين\n\nقسم\n\nعقد الجولة\nفي الكويت.\n\nأول\nثان\n\nاقتباس\n\nlet x = 1;\nlet y = 2;\n\n\
                العنوان التفاصيل\nالدولة المستضيفة الصين\n\nالمدينة\tالصغرى\tالعظمى\nالقاهرة\t23\t32\n\nوصف";
    let of = |part: &str| {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    };
    let block = |kind, part: &str| Block { kind, span: of(part), direction: None };
    let row = |line: &str, cells: &[&str], header: bool| Row {
        span: of(line),
        cells: cells.iter().map(|part| Cell { span: of(part), header, columns: 1, rows: 1 }).collect(),
    };
    let tables = vec![
        Table {
            kind: TableKind::KeyValue,
            form: TableForm::Flattened,
            rows: vec![
                row("العنوان التفاصيل", &["العنوان", "التفاصيل"], true),
                row("الدولة المستضيفة الصين", &["الدولة المستضيفة", "الصين"], false),
            ],
        },
        Table {
            kind: TableKind::Grid,
            form: TableForm::Delimited,
            rows: vec![
                row("المدينة\tالصغرى\tالعظمى", &["المدينة", "الصغرى", "العظمى"], true),
                row("القاهرة\t23\t32", &["القاهرة", "23", "32"], false),
            ],
        },
    ];
    let mut rule = block(BlockKind::Rule, "وصف");
    rule.span.end = rule.span.start;
    let article = Article {
        text: text.into(),
        title: of("الكويت والصين"),
        blocks: vec![
            block(BlockKind::Heading(2), "قسم"),
            Block {
                direction: Some(Direction::Rtl),
                ..block(BlockKind::Paragraph, "عقد الجولة\nفي الكويت.")
            },
            block(BlockKind::Item { depth: 0, number: None }, "أول"),
            block(BlockKind::Item { depth: 1, number: Some(2) }, "ثان"),
            block(BlockKind::Quote, "اقتباس"),
            block(BlockKind::Code, "let x = 1;\nlet y = 2;"),
            block(BlockKind::Table(0), "العنوان التفاصيل\nالدولة المستضيفة الصين"),
            block(BlockKind::Table(1), "المدينة\tالصغرى\tالعظمى\nالقاهرة\t23\t32"),
            rule,
            block(BlockKind::Caption, "وصف"),
        ],
        tables,
        emphasis: vec![Emphasis { span: of("الكويت."), kind: EmphasisKind::Strong }],
        references: vec![],
        quoted: vec![],
        links: vec![Link { span: of("الجولة"), url: "https://a.example/1".into() }],
        source: Some("وكالة".into()),
        author: Some("كاتب".into()),
        published: Some("2026-09-01T10:20:30Z".parse().unwrap()),
        language: Some("ar".into()),
        direction: Some(Direction::Rtl),
        url: Some("https://a.example/".into()),
    };
    let fact = Fact {
        key: "الدولة المستضيفة".into(),
        value: "الصين".into(),
        concept: Some("host_country".into()),
        normalized: vec![
            Normalized::Country("CN".into()),
            Normalized::ToBeAnnounced,
            Normalized::Date("2026-12-01".parse().unwrap()),
            Normalized::Quantity { number: 2.5, unit: "km".into() },
            Normalized::List(vec!["أ".into()]),
        ],
        evidence: Evidence {
            key: of("الدولة المستضيفة"),
            value: of("الصين"),
            row: of("الدولة المستضيفة الصين"),
            table: Some((0, 1)),
            sentence: Some(of("عقد الجولة\nفي الكويت.")),
            contradiction: None,
        },
        method: Method::Flattened,
        confidence: 0.75,
    };
    (article, vec![fact])
}
