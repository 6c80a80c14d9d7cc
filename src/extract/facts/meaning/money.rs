//! Money: an amount and an ISO 4217 currency. Names that several countries share («دينار», «ريال», «درهم», «جنيه»,
//! «ليرة») take the nationality behind them, else the article's country, else there is no money.

use super::numbers::number;
use super::{Context, Word};
use crate::article::Normalized;
use crate::extract::facts::countries::nationality;
use crate::text::is_number;

/// Words behind an amount that may say more of it («شهريا», «للتذكرة الواحدة»).
const MOST_BEHIND: usize = 3;

/// Names of currencies that several countries share: the names, folded, and each country's ISO 4217 code; the first is
/// taken where no country is known, if `sure`.
struct Shared {
    names: &'static [&'static str],
    codes: &'static [(&'static str, &'static str)],
    sure: bool,
}

const SHARED: &[Shared] = &[
    Shared {
        names: &["دينار", "دينارا", "دنانير", "دينارين", "dinar", "dinars"],
        codes: &[
            ("KW", "KWD"),
            ("BH", "BHD"),
            ("JO", "JOD"),
            ("IQ", "IQD"),
            ("LY", "LYD"),
            ("TN", "TND"),
            ("DZ", "DZD"),
            ("RS", "RSD"),
        ],
        sure: false,
    },
    Shared {
        names: &["ريال", "ريالا", "ريالات", "riyal", "riyals", "rial", "rials"],
        codes: &[("SA", "SAR"), ("QA", "QAR"), ("OM", "OMR"), ("YE", "YER"), ("IR", "IRR"), ("BR", "BRL")],
        sure: false,
    },
    Shared {
        names: &["درهم", "درهما", "دراهم", "dirham", "dirhams"],
        codes: &[("AE", "AED"), ("MA", "MAD")],
        sure: false,
    },
    Shared {
        names: &["جنيه", "جنيها", "جنيهات", "pound", "pounds", "livre", "livres"],
        codes: &[("EG", "EGP"), ("SD", "SDG"), ("GB", "GBP"), ("SS", "SSP")],
        sure: false,
    },
    Shared {
        names: &["ليره", "ليرات", "lira", "liras"],
        codes: &[("LB", "LBP"), ("SY", "SYP"), ("TR", "TRY")],
        sure: false,
    },
    Shared {
        names: &["دولار", "دولارا", "دولارات", "دلار", "dollar", "dollars", "דולר", "דולרים"],
        codes: &[("US", "USD"), ("CA", "CAD"), ("AU", "AUD"), ("NZ", "NZD"), ("SG", "SGD")],
        sure: true,
    },
    Shared {
        names: &["روبيه", "rupee", "rupees"],
        codes: &[("IN", "INR"), ("PK", "PKR"), ("LK", "LKR"), ("ID", "IDR")],
        sure: false,
    },
    Shared { names: &["فرنك", "franc", "francs"], codes: &[("CH", "CHF"), ("DJ", "DJF")], sure: false },
];

/// Names and signs of one currency each, folded; and what one of them is of the currency.
const OWN: &[(&str, &str, f64)] = &[
    ("يورو", "EUR", 1.0),
    ("euro", "EUR", 1.0),
    ("euros", "EUR", 1.0),
    ("אירו", "EUR", 1.0),
    ("€", "EUR", 1.0),
    ("$", "USD", 1.0),
    ("usd", "USD", 1.0),
    ("eur", "EUR", 1.0),
    ("£", "GBP", 1.0),
    ("gbp", "GBP", 1.0),
    ("استرليني", "GBP", 1.0),
    ("يوان", "CNY", 1.0),
    ("yuan", "CNY", 1.0),
    ("ين", "JPY", 1.0),
    ("yen", "JPY", 1.0),
    ("روبل", "RUB", 1.0),
    ("rouble", "RUB", 1.0),
    ("roubles", "RUB", 1.0),
    ("شيكل", "ILS", 1.0),
    ("شيقل", "ILS", 1.0),
    ("שקל", "ILS", 1.0),
    ("שקלים", "ILS", 1.0),
    ("₪", "ILS", 1.0),
    ("تومان", "IRR", 10.0),
    ("اوقيه", "MRU", 1.0),
    ("د.ك", "KWD", 1.0),
    ("د.ب", "BHD", 1.0),
    ("د.ا", "JOD", 1.0),
    ("د.ع", "IQD", 1.0),
    ("د.ل", "LYD", 1.0),
    ("د.ت", "TND", 1.0),
    ("د.ج", "DZD", 1.0),
    ("ر.س", "SAR", 1.0),
    ("﷼", "SAR", 1.0),
    ("\u{20C1}", "SAR", 1.0),
    ("ر.ق", "QAR", 1.0),
    ("ر.ع", "OMR", 1.0),
    ("ر.ي", "YER", 1.0),
    ("د.ا.", "JOD", 1.0),
    ("د.م", "MAD", 1.0),
    ("ج.م", "EGP", 1.0),
    ("ج.س", "SDG", 1.0),
    ("ل.ل", "LBP", 1.0),
    ("ل.س", "SYP", 1.0),
    ("kwd", "KWD", 1.0),
    ("sar", "SAR", 1.0),
    ("aed", "AED", 1.0),
    ("qar", "QAR", 1.0),
    ("egp", "EGP", 1.0),
    ("mad", "MAD", 1.0),
    ("هلله", "SAR", 0.01),
    ("بيسه", "OMR", 0.001),
    ("قرش", "EGP", 0.01),
    ("قرشا", "EGP", 0.01),
    ("قروش", "EGP", 0.01),
    ("مليم", "TND", 0.001),
    ("ريال سعودي", "SAR", 1.0),
];

/// Parts of a currency whose worth depends on the country.
const FILS: &[&str] = &["فلس", "فلسا", "فلوس"];

/// The currency that some words begin with: its code, what one is of it, and the words it takes.
fn currency(words: &[Word<'_>], context: &Context) -> Option<(&'static str, f64, usize)> {
    let first = words.first()?;
    let next = words.get(1);
    if let Some(shared) = SHARED.iter().find(|shared| shared.names.contains(&first.folded.as_str())) {
        if next.is_some_and(|next| matches!(next.folded.as_str(), "استرليني" | "استرلينيا" | "sterling"))
        {
            return Some(("GBP", 1.0, 2));
        }
        let code =
            |country: &str| shared.codes.iter().find(|(own, _)| *own == country).map(|(_, code)| *code);
        let named = next.and_then(|next| nationality(&next.folded));
        if let Some(country) = named {
            return code(country).map(|code| (code, 1.0, 2));
        }
        let known = context.country.and_then(code).filter(|_| !shared.sure);
        let usual = shared.codes.first().map(|(_, code)| *code).filter(|_| shared.sure);
        return known.or(usual).map(|code| (code, 1.0, 1));
    }
    if FILS.contains(&first.folded.as_str()) {
        let (code, part) = match context.country? {
            "KW" => ("KWD", 0.001),
            "BH" => ("BHD", 0.001),
            "JO" => ("JOD", 0.001),
            "IQ" => ("IQD", 0.001),
            "AE" => ("AED", 0.01),
            _ => return None,
        };
        return Some((code, part, 1));
    }
    let bare = first.folded.trim_end_matches('.');
    let bare = bare.strip_prefix("d’").or_else(|| bare.strip_prefix("d'")).unwrap_or(bare);
    OWN.iter().find(|(name, ..)| *name == bare).map(|(_, code, part)| (*code, *part, 1))
}

/// Whether a country's currency has a name that others share.
pub(super) fn shares_a_currency(country: &str) -> bool {
    shared_country(country).is_some()
}

/// The code of a country whose currency has a name that others share.
pub(super) fn shared_country(code: &str) -> Option<&'static str> {
    SHARED
        .iter()
        .filter(|shared| !shared.sure)
        .flat_map(|shared| shared.codes)
        .map(|(own, _)| *own)
        .find(|own| *own == code)
}

/// The amount of money that a value is. Ranges are none.
pub(super) fn money(words: &[Word<'_>], context: &Context) -> Option<Normalized> {
    let (money, used) = money_at(words, context)?;
    let rest = words.get(used..).unwrap_or(&[]);
    let more = rest.iter().any(|word| word.text.chars().any(is_number));
    (rest.len() <= MOST_BEHIND && !more).then_some(money)
}

/// An amount of money at the beginning of some words, and how many words it takes.
pub(super) fn money_at(words: &[Word<'_>], context: &Context) -> Option<(Normalized, usize)> {
    let first = words.first()?;
    let (amount, code, part, used) = match signed(&first.folded) {
        Some((amount, code)) => {
            let scale = words.get(1..).and_then(scale_behind);
            let (scale, more) = scale.unwrap_or((1.0, 0));
            (amount * scale, code, 1.0, 1 + more)
        }
        None => {
            let (amount, used) = number(words)?;
            let (code, part, more) = currency(words.get(used..)?, context)?;
            (amount, code, part, used + more)
        }
    };
    Some((Normalized::Money { amount: amount * part, currency: code.to_owned() }, used))
}

/// A scale word behind an amount with a sign: «$4.2 billion».
fn scale_behind(words: &[Word<'_>]) -> Option<(f64, usize)> {
    let first = words.first()?;
    let scales = ["thousand", "million", "billion", "trillion", "bn", "m", "مليون", "مليار", "الف"];
    if first.folded == "m" {
        return Some((1e6, 1));
    }
    if !scales.contains(&first.folded.as_str()) {
        return None;
    }
    number(words.get(..1)?)
}

/// An amount with the sign of its currency on it: `$20`, `20$`, `€88m`, `£1.5bn`.
fn signed(word: &str) -> Option<(f64, &'static str)> {
    let code = |sign: char| match sign {
        '$' => Some("USD"),
        '€' => Some("EUR"),
        '£' => Some("GBP"),
        '₪' => Some("ILS"),
        '¥' => Some("JPY"),
        _ => None,
    };
    let (first, last) = (word.chars().next()?, word.chars().next_back()?);
    let (sign, rest) = match (code(first), code(last)) {
        (Some(code), _) => (code, word.strip_prefix(first)?),
        (None, Some(code)) => (code, word.strip_suffix(last)?),
        _ => return None,
    };
    let (rest, scale) = [("bn", 1e9), ("m", 1e6), ("k", 1e3)]
        .into_iter()
        .find_map(|(end, scale)| rest.strip_suffix(end).map(|rest| (rest, scale)))
        .unwrap_or((rest, 1.0));
    super::numbers::digits(rest).map(|amount| (amount * scale, sign))
}
