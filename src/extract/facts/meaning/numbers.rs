//! Numbers as the press writes them: digits of all scripts with their marks for thousands and decimals, number words of
//! Arabic, scale words of four languages, halves and thirds.

use super::Word;

/// A part of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Digits.
    Digits(f64),
    /// A number word below a thousand, or a fraction.
    Word(f64),
    /// Thousand, million and so on; an exact multiple («مليونان» is two of a million).
    Scale(f64, f64),
}

/// A number at the beginning of some words, and how many words it takes.
pub(super) fn number(words: &[Word<'_>]) -> Option<(f64, usize)> {
    let mut total = 0.0;
    let mut current: Option<f64> = None;
    let mut last_scale = 1.0;
    let mut used = 0;
    let mut digits = false;
    for word in words {
        let Some((part, joined)) = part(word, used > 0) else {
            // «۱ میلیارد و ۲۰۰ میلیون», «ثلاثة ملايين و 200 ألف»
            if used > 0
                && word.folded == "و"
                && words.get(used + 1).is_some_and(|next| part_of(&next.folded).is_some())
            {
                used += 1;
                continue;
            }
            break;
        };
        match part {
            Part::Digits(value) => {
                if digits && !joined && current.is_some() {
                    break;
                }
                digits = true;
                current = Some(current.unwrap_or(0.0) + value);
            }
            Part::Word(value) if value < 1.0 && used > 0 => {
                // «مليون ونصف», «ساعتان ونصف»
                match current {
                    Some(own) => current = Some(own + value),
                    None => total += value * last_scale,
                }
            }
            Part::Word(value) => {
                if current.is_some() && digits {
                    break;
                }
                current = Some(current.unwrap_or(0.0) + value);
            }
            Part::Scale(scale, many) => {
                // «مليونا دينار» is two of them, «مليونًا» one.
                let dual = current.is_none()
                    && word.folded.ends_with("ونا") | word.folded.ends_with("يارا") | (word.folded == "الفا");
                let many = if dual && !word.text.contains('\u{64B}') { many * 2.0 } else { many };
                total += current.take().unwrap_or(1.0) * scale * many;
                last_scale = scale;
                digits = false;
            }
        }
        used += 1;
    }
    // A lone «ألف» or «و» is no number that a reader would count.
    let value = total + current.unwrap_or(0.0);
    (used > 0 && value.is_finite()).then_some((value, used))
}

/// The part that a word is; behind other parts a leading «و» joins it to them.
fn part(word: &Word<'_>, inside: bool) -> Option<(Part, bool)> {
    if let Some(part) = part_of(&word.folded) {
        return Some((part, false));
    }
    let rest = word.folded.strip_prefix('و').filter(|_| inside)?;
    part_of(rest).map(|part| (part, true))
}

fn part_of(word: &str) -> Option<Part> {
    let scale = |scale: f64| Some(Part::Scale(scale, 1.0));
    match word {
        "الف" | "الفا" | "الاف" | "هزار" | "thousand" | "mille" | "אלף" | "אלפים" => {
            return scale(1e3);
        }
        "الفان" | "الفين" | "الفي" => return Some(Part::Scale(1e3, 2.0)),
        "مليون" | "مليونا" | "ملايين" | "million" | "millions" | "מיליון" | "מיליוני" | "ميليون" =>
        {
            return scale(1e6);
        }
        "مليونان" | "مليونين" | "مليوني" => return Some(Part::Scale(1e6, 2.0)),
        "مليار" | "مليارا" | "مليارات" | "بليون" | "بلايين" | "ميليارد" | "billion" | "billions" | "bn"
        | "milliard" | "milliards" | "מיליארד" => return scale(1e9),
        "ملياران" | "مليارين" | "ملياري" => return Some(Part::Scale(1e9, 2.0)),
        "تريليون" | "تريليونا" | "تريليونات" | "trillion" | "trillions" => {
            return scale(1e12);
        }
        _ => {}
    }
    word_number(word).map(Part::Word).or_else(|| digits(word).map(Part::Digits))
}

/// Number words of Arabic, folded, below a thousand; and fractions.
fn word_number(word: &str) -> Option<f64> {
    Some(match word {
        "نصف" | "half" => 0.5,
        "ثلث" => 1.0 / 3.0,
        "ربع" => 0.25,
        "واحد" | "واحده" | "one" | "un" | "une" | "يك" | "אחד" | "אחת" => 1.0,
        "اثنان" | "اثنين" | "اثنتان" | "اثنتين" | "two" | "deux" | "دو" | "שני" | "שתי" => {
            2.0
        }
        "ثلاث" | "ثلاثه" | "three" | "trois" | "سه" | "שלוש" | "שלושה" => 3.0,
        "اربع" | "اربعه" | "four" | "quatre" | "چهار" | "ארבע" | "ארבעה" => 4.0,
        "خمس" | "خمسه" | "five" | "cinq" | "پنج" | "חמש" | "חמישה" => 5.0,
        "ست" | "سته" | "six" | "شش" | "שש" | "שישה" => 6.0,
        "سبع" | "سبعه" | "seven" | "sept" | "هفت" | "שבע" | "שבעה" => 7.0,
        "ثمان" | "ثماني" | "ثمانيه" | "eight" | "huit" | "هشت" | "שמונה" => 8.0,
        "تسع" | "تسعه" | "nine" | "neuf" | "تسعة" | "תשע" | "תשעה" => 9.0,
        "عشر" | "عشره" | "ten" | "dix" | "ده" | "עשר" | "עשרה" => 10.0,
        "احد" | "احدي" => 1.0,
        "اثنا" | "اثني" | "اثنتا" | "اثنتي" => 2.0,
        "عشرون" | "عشرين" | "twenty" | "vingt" => 20.0,
        "ثلاثون" | "ثلاثين" | "thirty" | "trente" => 30.0,
        "اربعون" | "اربعين" | "forty" | "quarante" => 40.0,
        "خمسون" | "خمسين" | "fifty" | "cinquante" => 50.0,
        "ستون" | "ستين" | "sixty" | "soixante" => 60.0,
        "سبعون" | "سبعين" | "seventy" => 70.0,
        "ثمانون" | "ثمانين" | "eighty" => 80.0,
        "تسعون" | "تسعين" | "ninety" => 90.0,
        "مءه" | "ماءه" => 100.0,
        "مءتان" | "مءتين" | "ماءتان" | "ماءتين" | "مءتا" | "مءتي" => 200.0,
        _ => {
            let head = word.strip_suffix("مءه").or_else(|| word.strip_suffix("ماءه"))?;
            let many =
                ["ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"].iter().position(|own| *own == head)?;
            (many + 3) as f64 * 100.0
        }
    })
}

/// Digits with marks for thousands and decimals: the last of two different marks is the decimal one; a lone comma before
/// three digits parts thousands, a lone point is a decimal one (money of three decimals is written so).
pub(super) fn digits(word: &str) -> Option<f64> {
    let bare = word.trim_end_matches(['%', '٪', '°', '+']);
    let (sign, bare) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, bare.strip_prefix('+').unwrap_or(bare)),
    };
    if bare.is_empty() || bare.len() > 40 || !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_comma = |c: char| matches!(c, ',' | '،');
    let fits = bare.chars().all(|c| {
        c.is_ascii_digit() || is_comma(c) || matches!(c, '.' | '٬' | '٫' | '’' | '\u{A0}' | '\u{202F}')
    });
    if !fits {
        return None;
    }
    let plain: String = bare
        .chars()
        .filter(|c| !matches!(c, '٬' | '’' | '\u{A0}' | '\u{202F}'))
        .map(|c| if c == '٫' { '.' } else { c })
        .collect();
    let has_decimal_mark = bare.contains('٫');
    let (commas, points) = (plain.chars().filter(|c| is_comma(*c)).count(), plain.matches('.').count());
    let groups = |mark: &dyn Fn(char) -> bool| {
        plain.split(mark).skip(1).all(|group| group.split('.').next().is_some_and(|own| own.len() == 3))
    };
    let text = match (commas, points) {
        (0, 0 | 1) => plain,
        (0, _) => plain.split('.').skip(1).all(|group| group.len() == 3).then(|| plain.replace('.', ""))?,
        (_, 0 | 1) if has_decimal_mark || points == 0 && groups(&is_comma) => plain.replace(is_comma, ""),
        (1, 0) => plain.replace(is_comma, "."),
        (_, 1) if plain.rfind('.') > plain.rfind(is_comma) => {
            groups(&is_comma).then(|| plain.replace(is_comma, ""))?
        }
        (1, _) => plain.replace('.', "").replace(is_comma, "."),
        _ => return None,
    };
    text.parse::<f64>().ok().map(|value| value * sign)
}
