//! What can be asked of a fact's value: that it holds a text, names a country, or stands before or after a day or a
//! number. Plain data; days and numbers are read of the text as it was typed, in any digits. Who has the facts answers.

use std::fmt;

use jiff::civil::Date;

/// What a fact's value must be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Test {
    /// How the fact's value must stand to this one.
    pub relation: Relation,
    /// The value, as typed.
    pub value: String,
    /// ISO 3166-1 alpha-2 code of the country that the value may name: the value itself where it has the form of one, else
    /// filled in by [`Query::with_countries`](super::Query::with_countries).
    pub country: Option<String>,
}

/// How one value stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It holds it: the text, the country, a day of it, the number.
    Holds,
    /// It is after it, or more.
    More,
    /// It is at it or after it, or as much or more.
    AtLeast,
    /// It is before it, or less.
    Less,
    /// It is at it or before it, or as much or less.
    AtMost,
}

impl Relation {
    /// The signs, longer ones before those that they begin with.
    pub(super) const SIGNS: [(&'static str, Self); 5] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::More),
        ("<", Self::Less),
        ("=", Self::Holds),
    ];
}

impl Test {
    /// A test against `value`; names of countries are not known yet.
    pub fn new(relation: Relation, value: String) -> Self {
        let is_code = value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
        let country = (is_code && relation == Relation::Holds).then(|| value.to_ascii_uppercase());
        Self { relation, value, country }
    }

    /// The first and the last day that the value means, where it is a day, a month or a year: `2026-12-01`, `2026-12`,
    /// `2026`.
    pub fn days(&self) -> Option<(Date, Date)> {
        let text = ascii_digits(&self.value);
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        let (year, rest) = parts.split_first()?;
        if year.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/')) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        match rest {
            [] => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            [month] => {
                let first = Date::new(year, month.parse().ok()?, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            [month, day] => {
                let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
                Some((day, day))
            }
            _ => None,
        }
    }

    /// The number that the value is, with its unit (a currency's code, `%`, a word), empty where it has none. Commas part
    /// thousands.
    pub fn number(&self) -> Option<(f64, String)> {
        let text = ascii_digits(&self.value);
        let negative = text.starts_with(['-', '−']);
        let text = text.trim_start_matches(['-', '−', '+']);
        let length =
            text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
        let (digits, unit) = text.split_at_checked(length)?;
        let unit = unit.trim();
        if !digits.starts_with(|c: char| c.is_ascii_digit())
            || unit.contains(|c: char| c.is_ascii_digit() || c == '-')
        {
            return None;
        }
        let number: f64 = digits.replace(',', "").parse().ok().filter(|number: &f64| number.is_finite())?;
        Some((if negative { -number } else { number }, unit.to_owned()))
    }

    /// Notes the country that the value names.
    pub(super) fn know_country(&mut self, code: &dyn Fn(&str) -> Option<&'static str>) {
        if self.relation == Relation::Holds
            && let Some(code) = code(&self.value)
        {
            self.country = Some(code.to_owned());
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Relation::SIGNS.iter().find(|(_, relation)| *relation == self.relation);
        let sign = sign.map_or("", |(sign, _)| *sign);
        write!(f, "{}\"{}\"", if self.relation == Relation::Holds { "" } else { sign }, self.value)
    }
}

/// A text with Arabic and Persian digits and number signs as ASCII ones.
fn ascii_digits(text: &str) -> String {
    let ascii = |letter| match letter {
        '٫' => '.',
        '٬' => ',',
        '٪' => '%',
        letter => ascii_digit(letter).unwrap_or(letter),
    };
    text.trim().chars().map(ascii).collect()
}

/// The ASCII digit of the same value.
pub(super) fn ascii_digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => u32::from(letter) - u32::from('0'),
        '٠'..='٩' => u32::from(letter) - u32::from('٠'),
        '۰'..='۹' => u32::from(letter) - u32::from('۰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(value: &str) -> Test {
        Test::new(Relation::Holds, value.to_owned())
    }

    #[test]
    fn days_months_and_years_are_read_in_any_digits() {
        for (value, days) in [
            ("2026-12-01", Some(("2026-12-01", "2026-12-01"))),
            ("٢٠٢٦-١٢-٠١", Some(("2026-12-01", "2026-12-01"))),
            ("2026/12", Some(("2026-12-01", "2026-12-31"))),
            ("2028-02", Some(("2028-02-01", "2028-02-29"))),
            ("۲۰۲۶", Some(("2026-01-01", "2026-12-31"))),
            ("2026-13", None),
            ("2026-02-30", None),
            ("26-12-01", None),
            ("2026-12-01-02", None),
            ("2026-", None),
            ("ديسمبر", None),
            ("", None),
        ] {
            let expect = days.map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap()));
            assert_eq!(test(value).days(), expect, "{value}");
        }
    }

    #[test]
    fn numbers_may_have_a_unit() {
        for (value, number) in [
            ("100", Some((100.0, ""))),
            ("1,000.5 USD", Some((1000.5, "USD"))),
            ("١٥٪", Some((15.0, "%"))),
            ("٢٫٥", Some((2.5, ""))),
            ("-3", Some((-3.0, ""))),
            ("10دينار", Some((10.0, "دينار"))),
            ("2026-12-01", None),
            ("1.2.3", None),
            (".5", None),
            ("dozens", None),
            ("", None),
        ] {
            assert_eq!(
                test(value).number(),
                number.map(|(number, unit)| (number, unit.to_owned())),
                "{value}"
            );
        }
    }

    #[test]
    fn a_country_is_known_by_any_name_or_its_code() {
        let code = |name: &str| ["china", "الصين"].contains(&name).then_some("CN");
        for (value, country) in
            [("china", Some("CN")), ("الصين", Some("CN")), ("kw", Some("KW")), ("بكين", None)]
        {
            let mut test = test(value);
            test.know_country(&code);
            assert_eq!(test.country.as_deref(), country, "{value}");
        }
    }
}
