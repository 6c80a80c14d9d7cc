//! What a search finds and what it does not, through the index, and that a matcher lights in each found text what the
//! index found it by. Each case names a text and whether the query finds it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at its first surprise"
)]

mod store_support;

use khabar::article::{ArticleId, Verb};
use khabar::query::{Matcher, Sort, Variants, View, parse};
use khabar::store::{NewArticle, Store};
use store_support::*;

/// A library of these texts, the first the newest.
fn library(texts: &[&str]) -> Store {
    let mut store = Store::open_in_memory().unwrap();
    let articles: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| dated(&number.to_string(), text, -(number as i64)))
        .collect();
    store.upsert_all(&articles).unwrap();
    store
}

/// The texts that a query finds, the best first.
fn found<'a>(store: &Store, texts: &[&'a str], query: &str) -> Vec<&'a str> {
    let view = View::Query(parse(query).unwrap());
    let ids = store.view(&view, Sort::Best, time(0), None).unwrap();
    ids.into_iter().map(|ArticleId(id)| texts[usize::try_from(id - 1).unwrap()]).collect()
}

#[test]
fn examples_in_both_directions() {
    for (query, finds, not) in [
        // The examples of the specification.
        ("كتب", &["كَتَبَ الوزير", "كتب", "كـتـب"][..], &["كتاب", "كاتب", "مكتب"][..]),
        ("احمد", &["أحمد", "إحمد", "وأحمد", "احمد"], &["أحمدي", "حمد", "محمد"]),
        ("حكومة", &["والحكومة", "بالحكومة", "للحكومة", "الحكومه", "وحكومة"], &["حكومي", "حكومات", "محكومة"]),
        ("٢٠٣٥", &["رؤية 2035", "۲۰۳۵", "٢٠٣٥"], &["20350", "203", "12035"]),
        ("2035", &["رؤية ٢٠٣٥"], &["2036"]),
        ("می‌شود", &["میشود", "می شود", "می‌شود"], &["شود", "می‌روند", "شود می"]),
        ("میشود", &["می‌شود", "می شود"], &["نمی‌شود"]),
        ("می شود", &["می‌شود", "میشود", "شود که می"], &["شود"]),
        ("كرة", &["كرة القدم", "الكرة", "بالكرة", "كره"], &["فكرة", "فكرته", "ذاكرة", "مبتكرة"]),
        // Marks, spellings, digits, keyboards.
        ("كَتَبَ", &["كتب"], &["كتبت"]),
        ("مسؤول", &["مسئول", "المسؤول", "والمسئول"], &["سؤال", "مسؤولية"]),
        ("على", &["على", "علي"], &["علا", "عليه"]),
        ("أن", &["أن", "ان", "إن"], &["لأن", "بأن"]),
        ("الأمة", &["الامه", "الأمّة", "للأمة"], &["الأمم", "أمام"]),
        ("کویت", &["الكويت", "كويت"], &["كويتي"]),
        ("كتاب", &["کتاب", "الکتاب"], &["كتب"]),
        ("هجوم", &["الھجوم", "ہجوم"], &["هاجم"]),
        ("שלום", &["שָׁלוֹם"], &["שלומי"]),
        ("2026", &["٢٠٢٦/١٢/٠١", "سنة 2026م 2026"], &["2025"]),
        ("ﻛﺘﺐ", &["كتب"], &["كتاب"]),
        // Article and particles.
        ("الصين", &["بالصين", "والصين", "للصين", "صين"], &["صيني", "الصينية", "صينيون"]),
        ("بالحكومة", &["الحكومة", "حكومة", "والحكومة"], &["حكم"]),
        ("لغة", &["اللغة", "للغة", "وللغة"], &["لغات", "بلاغة"]),
        ("مدينة", &["لمدينة", "ومدينة", "فالمدينة", "كالمدينة"], &["مدن", "مدينتي"]),
        ("طاقة", &["الطاقة", "للطاقة", "وطاقة"], &["بطاقة", "بطاقات"]),
        ("زير", &["الزير"], &["وزير", "الوزير"]),
        ("جنة", &["الجنة"], &["لجنة", "واللجنة"]),
        ("بحر", &["البحر", "بالبحر"], &["البحرين", "بحري", "بحار"]),
        ("فلسطين", &["وفلسطين", "بفلسطين", "لفلسطين"], &["فلسطيني", "فلسطينيون"]),
        ("الله", &["الله", "والله"], &["له", "لهم"]),
        ("في", &["في"], &["وفي", "فيه"]),
        // English.
        ("negotiation", &["Negotiations", "negotiation"], &["negligent", "ration"]),
        ("running", &["he runs", "RUN"], &["runway", "prune"]),
        ("policies", &["policy", "Policies"], &["police"]),
        ("art", &["Art", "arts"], &["party", "article", "artist"]),
        ("cafe", &["Café", "cafés"], &["caféine"]),
        ("Kuwait", &["Kuwait's", "KUWAIT"], &["Kuwaiti"]),
        // Variants of the press.
        ("أمريكا", &["أميركا", "امريكا", "وأميركا"], &["أميركي", "مريم"]),
        ("غوغل", &["جوجل", "قوقل", "بجوجل"], &["جول"]),
        ("نتنياهو", &["نتانياهو"], &["تنيا"]),
        ("بالمئة", &["بالمائة"], &["مائدة"]),
        ("الأمريكي", &["الأميركي", "والأميركي"], &["أميركا"]),
        // Phrases: spelling alone.
        ("\"مجلس الامة\"", &["مجلس الأمة", "مَجلس الأمّة الكويتي"], &["مجلس للأمة", "ومجلس الأمة", "الأمة مجلس"]),
        ("«كرة القدم»", &["كرة القدم", "كره القدم"], &["كرة قدم", "الكرة القدم", "القدم كرة"]),
        ("\"the next round\"", &["The next round of talks"], &["the next rounds", "the round next"]),
        ("12:30", &["at 12:30", "12.30"], &["30 12", "12 and 30"]),
        ("\"می شود\"", &["می شود"], &["شود می"]),
        // Exclusion.
        ("الكويت -نفط", &["الكويت والصين"], &["الكويت والنفط", "نفط الكويت"]),
        ("الكويت -\"كأس الخليج\"", &["الكويت في الخليج كأس"], &["الكويت وكأس الخليج الكويت كأس الخليج"]),
        ("oil -price", &["oil"], &["oil prices", "price of oil"]),
        // Beginnings.
        ("كوي*", &["كويت", "كويتي", "كويتيون"], &["الكويت", "كوكب"]),
        ("احم*", &["أحمد", "احمرار", "إحماء"], &["محمد", "وأحمد"]),
        ("negot*", &["negotiations", "Negotiator"], &["renegotiate"]),
        ("caf*", &["café", "cafeteria"], &["decaf"]),
        ("الم*", &["المدينة"], &["مدينة"]),
        ("ku*", &["Kuwait"], &["awkuw"]),
        // Several words: all of them, each in its own tier.
        ("وزير الصحة", &["الوزير: الصحة بخير", "وزير للصحة"], &["وزير", "الصحة", "وزارة الصحة"]),
        ("kuwait الكويت", &["Kuwait والكويت"], &["Kuwait", "الكويت"]),
    ] {
        for (texts, is_found) in [(finds, true), (not, false)] {
            for text in texts {
                let store = library(&[text]);
                assert_eq!(found(&store, &[text], query).len() == 1, is_found, "{query} in {text}");
                if is_found {
                    let lit = Matcher::of(&parse(query).unwrap()).spans(text);
                    assert!(!lit.is_empty(), "{query} is lit in {text}");
                }
            }
        }
    }
}

#[test]
fn exact_before_folded_before_near_before_particle_and_the_newest_first_in_each() {
    let texts = ["وكرة", "الكرة", "كره", "كرة", "بالكرة", "كره أخرى", "كرة أخرى", "فكرة"];
    let store = library(&texts);
    assert_eq!(
        found(&store, &texts, "كرة"),
        ["كرة", "كرة أخرى", "كره", "كره أخرى", "الكرة", "بالكرة", "وكرة"]
    );
    let texts = ["احمد يعمل", "أحمد يعمل", "وأحمد والعمل", "أحمد عمل", "يعمل"];
    let store = library(&texts);
    assert_eq!(found(&store, &texts, "أحمد عمل"), ["أحمد عمل", "وأحمد والعمل"]);
    assert_eq!(found(&store, &texts, "أحمد يعمل"), ["أحمد يعمل", "احمد يعمل"]);
    // By date, the tiers make no difference.
    let view = View::Query(parse("أحمد").unwrap());
    let ids = store.view(&view, Sort::Newest, time(0), None).unwrap();
    assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn a_person_has_variants_of_their_own() {
    let texts = ["دينار", "KWD 5", "خبر"];
    let store = library(&texts);
    let query = parse("دينار").unwrap().with_variants(&Variants::of(["دينار KWD"]));
    let ids = store.view(&View::Query(query), Sort::Best, time(0), None).unwrap();
    assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn long_phrases_of_many_spellings_are_found() {
    let long = "إن الأمة إلى أحمد أن أمام إيران أو أية إمارة";
    let other = "ان الامه الي احمد ان امام ايران او ايه اماره";
    let texts = [long, other, "إن الأمة إلى"];
    let store = library(&texts);
    assert_eq!(found(&store, &texts, &format!("\"{long}\"")), [long, other]);
    assert_eq!(found(&store, &texts, &format!("\"{other}\"")), [long, other]);
}

#[test]
fn windows_and_whole_views_agree_in_every_order() {
    let texts = ["ب الكرة", "ا كرة", "ت كره", "ث خبر"];
    let store = library(&texts);
    let view = View::Query(parse("كرة").unwrap());
    for (sort, expect) in [
        (Sort::Best, [2, 3, 1]),
        (Sort::Newest, [1, 2, 3]),
        (Sort::Oldest, [3, 2, 1]),
        (Sort::Title, [2, 1, 3]),
        (Sort::Source, [1, 2, 3]),
        (Sort::Due, [1, 2, 3]),
    ] {
        for limit in 0..=4 {
            let ids = store.view(&view, sort, time(0), Some(limit)).unwrap();
            let lines = store.first_window(&view, sort, time(0), limit).unwrap();
            assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), ids, "{sort:?}");
            let expect = &expect[..limit.min(3)];
            assert_eq!(ids.iter().map(|id| id.0).collect::<Vec<_>>(), expect, "{sort:?}");
        }
    }
}

#[test]
fn beginnings_of_few_words_and_of_many_find_the_same_as_the_words() {
    // 24 words are asked for in one expression, 96 one by one; of more the index makes a list.
    for many in [1, 24, 25, 96, 97, 300] {
        let texts: Vec<String> =
            (0..many).map(|n| format!("كويتي{n} {}", if n % 3 == 0 { "وزير" } else { "سفير" })).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let store = library(&texts);
        let thirds: Vec<&str> = texts.iter().copied().step_by(3).collect();
        let others: Vec<&str> = texts.iter().copied().filter(|text| !thirds.contains(text)).collect();
        let sorted = |query: &str| {
            let mut found = found(&store, &texts, query);
            found.sort_unstable();
            found
        };
        for (query, mut expect) in [
            ("كويت*", texts.clone()),
            ("كويتي1*", texts.iter().copied().filter(|text| text.starts_with("كويتي1")).collect()),
            ("وزير كويت*", thirds.clone()),
            ("سفير كوي*", others.clone()),
            ("كويت* -وز*", others.clone()),
            ("-كويت*", Vec::new()),
            ("كويتيا*", Vec::new()),
            ("وزير كويتيا*", Vec::new()),
        ] {
            expect.sort_unstable();
            assert_eq!(sorted(query), expect, "{query} of {many}");
        }
    }
}

#[test]
fn what_is_kept_of_an_order_is_of_the_library_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("library.db");
    let mut store = Store::open(&path).unwrap();
    let articles: Vec<NewArticle> = (0..5).map(|n| dated(&n.to_string(), &format!("خبر {n}"), -n)).collect();
    store.upsert_all(&articles).unwrap();
    let mut other = Store::open(&path).unwrap();
    let inbox = |store: &Store| {
        let answer = store.answer(&View::Inbox, Sort::Newest, time(0)).unwrap();
        let all = store.all(&answer).unwrap().len();
        let again = store.answer(&View::Inbox, Sort::Newest, time(0)).unwrap();
        assert_eq!(store.all_at_once(&again).unwrap().map(<[ArticleId]>::len), Some(all), "it is kept");
        assert_eq!(store.many_rows(&answer).unwrap(), Some(all));
        all
    };
    assert_eq!((inbox(&store), inbox(&other)), (5, 5));
    store.apply(&Verb::Done, &[ArticleId(1)], &context(1)).unwrap();
    assert_eq!((inbox(&store), inbox(&other)), (4, 4));
    other.apply(&Verb::Archive, &[ArticleId(2)], &context(2)).unwrap();
    assert_eq!((inbox(&store), inbox(&other)), (3, 3));
}
