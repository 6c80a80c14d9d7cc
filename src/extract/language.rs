//! The language of a text, by its script and by letters and words that only one language has. Enough to show and to
//! filter by; what is not sure is not said.

use crate::text::{is_alphabetic, is_rtl_char};

/// Characters of a text that are looked at.
const SAMPLE: usize = 4000;

/// BCP 47 tag of a text's language; `None` where it cannot be told.
pub fn language_of(text: &str) -> Option<&'static str> {
    let (mut arabic, mut hebrew, mut latin, mut other) = (0usize, 0usize, 0usize, 0usize);
    let (mut persian, mut urdu, mut kurdish, mut only_arabic) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars().take(SAMPLE) {
        match c {
            '\u{590}'..='\u{5FF}' => hebrew += 1,
            c if c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}') => latin += 1,
            c if is_rtl_char(c) => {
                arabic += 1;
                match c {
                    'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => persian += 1,
                    'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ہ' | 'ھ' => urdu += 1,
                    'ە' | 'ڕ' | 'ڵ' | 'ێ' | 'ۆ' | 'ڤ' => kurdish += 1,
                    'ة' | 'ي' | 'ك' | 'ى' | 'أ' | 'إ' => only_arabic += 1,
                    _ => {}
                }
            }
            c if is_alphabetic(c) => other += 1,
            _ => {}
        }
    }
    let most = arabic.max(hebrew).max(latin).max(other);
    if most == 0 || most == other {
        None
    } else if most == hebrew {
        Some("he")
    } else if most == latin {
        latin_language(text)
    } else if kurdish * 20 > arabic {
        Some("ckb")
    } else if urdu * 20 > arabic {
        Some("ur")
    } else if persian > only_arabic {
        Some("fa")
    } else {
        Some("ar")
    }
}

/// English or French, by their commonest words.
fn latin_language(text: &str) -> Option<&'static str> {
    let (mut english, mut french) = (0, 0);
    let sample: String = text.chars().take(SAMPLE).collect();
    for word in sample.split(|c: char| !is_alphabetic(c)) {
        match word.to_lowercase().as_str() {
            "the" | "and" | "of" | "to" | "in" | "that" | "with" | "was" | "by" | "said" => english += 1,
            "le" | "la" | "les" | "des" | "et" | "du" | "une" | "que" | "dans" | "pour" => french += 1,
            _ => {}
        }
    }
    match (english, french) {
        (0, 0) => None,
        (english, french) if english > french => Some("en"),
        (english, french) if french > english => Some("fr"),
        _ => None,
    }
}
