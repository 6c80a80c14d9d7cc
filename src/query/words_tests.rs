//! Tests of which words are found for which: each example in a tier, or not at all.

use super::super::{Matcher, parse};
use super::*;

/// The tier in which `word` is found for `asked`.
fn tier(asked: &str, word: &str) -> Option<Tier> {
    let (asked, word) = (forms(asked, false, &[]), tokens(word));
    assert_eq!((asked.len(), word.len()), (1, 1));
    asked[0].tier_of(&word[0])
}

#[test]
fn words_are_found_in_their_tiers() {
    use Tier::{Exact, Folded, Near, Particle};
    for (asked, word, expect) in [
        ("كتب", "كَتَبَ", Some(Exact)),
        ("كَتَبَ", "كتب", Some(Exact)),
        ("كـتـب", "كتب", Some(Exact)),
        ("احمد", "أحمد", Some(Folded)),
        ("أحمد", "أحمد", Some(Exact)),
        ("إيران", "ايران", Some(Folded)),
        ("على", "علي", Some(Folded)),
        ("كرة", "كره", Some(Folded)),
        ("مسؤول", "مسئول", Some(Folded)),
        ("الامة", "الأمّة", Some(Folded)),
        ("کویت", "كويت", Some(Exact)),
        ("٢٠٣٥", "2035", Some(Exact)),
        ("2035", "۲۰۳۵", Some(Exact)),
        ("حكومة", "والحكومة", Some(Near)),
        ("حكومة", "بالحكومة", Some(Near)),
        ("حكومة", "للحكومة", Some(Near)),
        ("حكومة", "وللحكومة", Some(Near)),
        ("حكومة", "فبالحكومة", Some(Near)),
        ("حكومة", "كالحكومة", Some(Near)),
        ("حكومة", "الحكومه", Some(Near)),
        ("الحكومة", "حكومة", Some(Near)),
        ("الحكومة", "للحكومة", Some(Near)),
        ("بالحكومة", "الحكومة", Some(Near)),
        ("لغة", "للغة", Some(Near)),
        ("الصين", "بالصين", Some(Near)),
        ("أمريكا", "أميركا", Some(Near)),
        ("الأمريكي", "الأميركي", Some(Near)),
        ("أميركي", "والأمريكي", Some(Near)),
        ("غوغل", "جوجل", Some(Near)),
        ("بالمئة", "بالمائة", Some(Near)),
        ("حكومة", "وحكومة", Some(Particle)),
        ("الكويت", "بكويت", Some(Particle)),
        ("مدينة", "لمدينة", Some(Particle)),
        ("الصين", "والصين", Some(Near)),
        ("negotiation", "Negotiations", Some(Near)),
        ("running", "runs", Some(Near)),
        ("News", "NEWS", Some(Exact)),
        ("cafe", "Café", Some(Folded)),
        // And what is not found.
        ("كرة", "فكرة", None),
        ("طاقة", "بطاقة", None),
        ("طاقة", "بطاقات", None),
        ("زير", "وزير", None),
        ("بنان", "لبنان", None),
        ("جنة", "لجنة", None),
        ("صين", "صيني", None),
        ("الصين", "الصينية", None),
        ("بحر", "البحرين", None),
        ("كلام", "الكلا", None),
        ("له", "الله", None),
        ("في", "وفي", None),
        ("أن", "لأن", None),
        ("art", "party", None),
        ("universe", "diverse", None),
        ("203", "2035", None),
        ("حكم", "حكومة", None),
        ("قطر", "قطرة", None),
        ("نيل", "فانيلا", None),
    ] {
        assert_eq!(tier(asked, word), expect, "{asked} {word}");
    }
}

#[test]
fn a_beginning_is_only_a_beginning() {
    for (asked, text, hits) in [
        ("احم*", "أحمد وأحمد احمرار", 2),
        ("kuw*", "Kuwait's Kuwaiti awkuw", 2),
        ("20*", "٢٠٣٥ 1202", 1),
        ("*", "anything", 0),
    ] {
        assert_eq!(Matcher::of(&parse(asked).unwrap()).spans(text).len(), hits, "{asked}");
    }
}

#[test]
fn hits_are_source_bytes() {
    let check = |query: &str, text: &str, expect: &[&str]| {
        let found = Matcher::of(&parse(query).unwrap()).spans(text);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expect, "{query}");
    };
    check("الوزير مسئول", "قال الوَزيرُ: «الـمـسؤول» في ٢٠٣٥", &["الوَزيرُ", "الـمـسؤول"]);
    check("می‌شود", "میشود، می شود و می‌شود", &["میشود", "می شود", "می‌شود"]);
    check("میشود", "می شود می‌شود", &["می شود", "می‌شود"]);
    check("می شود", "می‌شود", &["می‌شود"]);
    check("\"مجلس الامة\"", "مجلس الأمّة، ومجلس الأمة مجلس قال الأمة", &["مجلس الأمّة"]);
    check("\"كرة القدم\"", "كرة القدم وكرة للقدم بكرة القدم", &["كرة القدم"]);
    check("kuwait -oil is:unread", "Kuwait exports oil", &["Kuwait"]);
    check("12:30", "at 12.30 or 12 and 30", &["12.30"]);
    check("-oil", "oil", &[]);
    check("in:inbox", "inbox", &[]);
}

#[test]
fn an_index_keeps_spellings_and_what_leads_to_them() {
    let form = IndexForm::of("أحمد وأحمد أحمد running 2035 run café");
    assert_eq!(form.text, "أحمد وأحمد أحمد running 2035 run café ");
    let keys: Vec<(&str, &str)> = form.keys.iter().map(|(key, word)| (key.as_str(), word.as_str())).collect();
    assert_eq!(keys, [("احمد", "أحمد"), ("واحمد", "وأحمد"), ("run", "running"), ("cafe", "café")]);
}

#[test]
fn the_list_of_own_words_is_of_words_that_begin_with_a_particle() {
    assert!(OWN.len() > 300);
    let long = OWN.iter().filter(|word| BARE.iter().any(|bare| word.starts_with(bare))).count();
    assert!(long * 100 > OWN.len() * 98, "{long} of {}", OWN.len());
}
