//! Tests of the query language: what each form means, and which bytes an error names.

use proptest::prelude::*;

use super::*;

fn word(text: &str) -> Term {
    Term::Word { text: text.to_owned(), prefix: false, also: Vec::new() }
}

fn age(count: u32, unit: Unit) -> Age {
    Age { count, unit }
}

fn holds(value: &str) -> Test {
    Test::new(Relation::Holds, value.to_owned())
}

fn fact(key: &str, value: Option<&str>) -> Term {
    Term::Fact { key: key.to_owned(), test: value.map(holds) }
}

fn concept(concept: &str, relation: Relation, value: &str) -> Term {
    Term::Concept { concept: concept.to_owned(), test: Test::new(relation, value.to_owned()) }
}

#[test]
fn each_form_has_its_meaning() {
    let cases: Vec<(&str, Vec<Term>)> = vec![
        ("", vec![]),
        ("  \t ", vec![]),
        ("الكويت", vec![word("الكويت")]),
        ("الكويت  والصين", vec![word("الكويت"), word("والصين")]),
        ("kuw*", vec![Term::Word { text: "kuw".into(), prefix: true, also: Vec::new() }]),
        ("*", vec![word("*")]),
        ("\"ميناء مبارك\"", vec![Term::Phrase("ميناء مبارك".into())]),
        ("«ميناء مبارك» x", vec![Term::Phrase("ميناء مبارك".into()), word("x")]),
        ("צה\"ל", vec![word("צה\"ל")]),
        ("12:30", vec![word("12:30")]),
        ("https://a.example/b", vec![word("https://a.example/b")]),
        ("is:unread IS:Done", vec![Term::Is(State::Unread), Term::Is(State::Done)]),
        ("is:read is:bookmarked", vec![Term::Is(State::Read), Term::Is(State::Bookmarked)]),
        ("is:archived is:muted", vec![Term::Is(State::Archived), Term::Is(State::Muted)]),
        ("in:inbox in:archive", vec![Term::In(Place::Inbox), Term::In(Place::Archive)]),
        ("in:bookmarks in:all", vec![Term::In(Place::Bookmarks), Term::In(Place::All)]),
        ("feed:bbc", vec![Term::Feed("bbc".into())]),
        ("source:\"BBC عربي\"", vec![Term::Source("BBC عربي".into())]),
        ("lang:ar-KW", vec![Term::Language("ar-kw".into())]),
        ("newer:12h", vec![Term::Newer(age(12, Unit::Hours))]),
        ("newer:٣d older:۲w", vec![Term::Newer(age(3, Unit::Days)), Term::Older(age(2, Unit::Weeks))]),
        ("has:facts", vec![Term::HasFacts]),
        ("has:note has:due", vec![Term::HasNote, Term::HasDue]),
        ("due:2026-12", vec![Term::Due(holds("2026-12"))]),
        ("due:<=٢٠٢٦-١٢-٠١", vec![Term::Due(Test::new(Relation::AtMost, "٢٠٢٦-١٢-٠١".to_owned()))]),
        ("fact:\"الدولة المستضيفة\"=الصين", vec![fact("الدولة المستضيفة", Some("الصين"))]),
        ("fact:السعر=\"10 دولار\" x", vec![fact("السعر", Some("10 دولار")), word("x")]),
        ("fact:السعر", vec![fact("السعر", None)]),
        ("host:china", vec![concept("host_country", Relation::Holds, "china")]),
        ("host_country:=china", vec![concept("host_country", Relation::Holds, "china")]),
        ("Next_Round:«دولة الكويت»", vec![concept("next_round", Relation::Holds, "دولة الكويت")]),
        ("date:>2026-12-01", vec![concept("date", Relation::More, "2026-12-01")]),
        ("date:<=٢٠٢٦-١٢ x", vec![concept("date", Relation::AtMost, "٢٠٢٦-١٢"), word("x")]),
        ("price:>=\"1,000 USD\"", vec![concept("price", Relation::AtLeast, "1,000 USD")]),
        (
            "fact:السعر<10",
            vec![Term::Fact { key: "السعر".into(), test: Some(Test::new(Relation::Less, "10".into())) }],
        ),
    ];
    for (text, terms) in cases {
        let clauses = terms.into_iter().map(|term| Clause { negated: false, term }).collect();
        assert_eq!(parse(text), Ok(Query { clauses }), "{text}");
    }
}

#[test]
fn a_minus_leaves_out() {
    for (text, term) in [
        ("-sport", word("sport")),
        ("-\"كرة القدم\"", Term::Phrase("كرة القدم".into())),
        ("-is:read", Term::Is(State::Read)),
        ("--x", word("-x")),
    ] {
        assert_eq!(parse(text), Ok(Query { clauses: vec![Clause { negated: true, term }] }), "{text}");
    }
}

#[test]
fn an_error_names_its_place() {
    for (text, bad, says) in [
        ("a \"b c", "\"b c", "no closing quote"),
        ("a \"\" b", "\"\"", "nothing between"),
        ("a - b", "-", "minus stands alone"),
        ("a -", "-", "minus stands alone"),
        ("x is:new y", "is:new", "\"is:\" cannot be \"new\": it is one of unread"),
        ("x in: y", "in:", "it is one of inbox"),
        ("has:tables", "has:tables", "it is one of facts"),
        ("due:soon x", "soon", "\"soon\" is no day"),
        ("tags:x", "tags:", "(\"tag:\" perhaps)"),
        ("newr:3d", "newr:", "(\"newer:\" perhaps)"),
        ("next_rond:kuwait", "next_rond:", "(\"next_round:\" perhaps)"),
        ("newer:soon", "newer:soon", "12h, 3d, 2w"),
        ("newer:12", "newer:12", "12h, 3d, 2w"),
        ("newer:99999999999d", "newer:99999999999d", "is not an age"),
        ("older:", "older:", "older:2w"),
        ("lang:عربي", "lang:عربي", "language tags"),
        ("lang:", "lang:", "lang:ar"),
        ("feed: x", "feed:", "says nothing"),
        ("fact:=x", "fact:", "says nothing"),
        ("fact:a= b", "fact:a=", "says nothing"),
        ("x date:>soon y", "soon", "neither a day nor a number"),
        ("fact:السعر<=كثير", "كثير", "neither a day nor a number"),
        ("price:>", "price:>", "says nothing"),
        ("next_roun:kuwait", "next_roun:", "there is no operator \"next_roun:\""),
        ("tag:", "tag:", "says nothing"),
        ("خبر colour:red", "colour:", "there is no operator \"colour:\""),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.at.of(text), bad, "{text}");
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
}

#[test]
fn ages_have_fixed_lengths() {
    for (text, seconds) in [("12h", 43_200), ("3d", 259_200), ("2w", 1_209_600)] {
        assert_eq!(read_age(text).unwrap().seconds(), seconds);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_within_its_bytes(text in ".{0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.at.start <= error.at.end && error.at.end <= text.len());
            prop_assert!(text.is_char_boundary(error.at.start) && text.is_char_boundary(error.at.end));
        }
    }

    #[test]
    fn a_printed_query_reads_the_same(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "خبر", "-sport", "\"a b\"", "-«ج د»", "is:unread", "-in:inbox", "feed:x", "source:\"y z\"", "lang:ar",
                "newer:3d", "older:2w", "has:facts", "fact:k=v", "fact:\"k l\"=\"v w\"", "fact:k", "host:CN", "kuw*",
                "date:>2026-12", "price:<=5", "fact:\"k\">=2", "fact:k=>", "topic:=a",
                "“x " , "**", "--z", "a\"b", "fact:a=“b\"c”",
            ]),
            0..6,
        )
    ) {
        if let Ok(query) = parse(&parts.join(" ")) {
            prop_assert_eq!(parse(&query.to_string()), Ok(query));
        }
    }
}
