//! The day to come back to an article that one of its facts offers.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Fact, Normalized};

/// A day that a fact offers as a bookmark's due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// The fact's own day, today or later; of a period its first day, or today where it has begun.
    On(Date),
    /// The fact's last day, which has passed: offered only to those who ask for it.
    Passed(Date),
    /// The fact's day is to be announced: a day to look whether it was.
    LookAgain(Date),
}

impl FollowUp {
    /// The day.
    pub fn day(self) -> Date {
        match self {
            Self::On(day) | Self::Passed(day) | Self::LookAgain(day) => day,
        }
    }
}

/// What a fact offers, seen from `today`: the first of its days that has not passed; else, where its day is to be
/// announced, `reminder` days from today; else the last of its days. Nothing for a fact without any.
pub fn follow_up(fact: &Fact, today: Date, reminder: u16) -> Option<FollowUp> {
    let days = fact.normalized.iter().filter_map(|value| match value {
        Normalized::Date(day) => Some((*day, *day)),
        Normalized::Period { from, to } => Some((*from, *to)),
        _ => None,
    });
    let (mut next, mut last): (Option<Date>, Option<Date>) = (None, None);
    for (from, to) in days {
        if to >= today {
            let day = from.max(today);
            next = Some(next.map_or(day, |other| other.min(day)));
        }
        last = last.max(Some(to));
    }
    let announced = || {
        let later = fact.normalized.contains(&Normalized::ToBeAnnounced);
        later.then(|| FollowUp::LookAgain(today.saturating_add(i32::from(reminder).days())))
    };
    next.map(FollowUp::On).or_else(announced).or(last.map(FollowUp::Passed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Evidence, Method, Span};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn fact(normalized: Vec<Normalized>) -> Fact {
        let nowhere = Span::default();
        Fact {
            key: "الدورة المقبلة".into(),
            value: "الكويت (موعد لاحق)".into(),
            concept: Some("next_round".into()),
            normalized,
            evidence: Evidence {
                key: nowhere,
                value: nowhere,
                row: nowhere,
                table: None,
                sentence: None,
                contradiction: None,
            },
            method: Method::Person,
            confidence: 1.0,
        }
    }

    #[test]
    fn each_kind_of_value_offers_its_day() {
        let today = day("2026-11-24");
        let date = |text| Normalized::Date(day(text));
        let period = |from, to| Normalized::Period { from: day(from), to: day(to) };
        let country = || Normalized::Country("KW".into());
        for (normalized, expect) in [
            (vec![], None),
            (vec![country()], None),
            (vec![date("2026-12-01")], Some(FollowUp::On(day("2026-12-01")))),
            (vec![date("2026-11-24")], Some(FollowUp::On(today))),
            (vec![date("2026-11-23")], Some(FollowUp::Passed(day("2026-11-23")))),
            (vec![period("2026-12-01", "2026-12-31")], Some(FollowUp::On(day("2026-12-01")))),
            (vec![period("2026-11-01", "2026-11-30")], Some(FollowUp::On(today))),
            (vec![period("2026-10-01", "2026-10-31")], Some(FollowUp::Passed(day("2026-10-31")))),
            (vec![country(), Normalized::ToBeAnnounced], Some(FollowUp::LookAgain(day("2026-12-08")))),
            (vec![Normalized::ToBeAnnounced, date("2026-12-01")], Some(FollowUp::On(day("2026-12-01")))),
            (
                vec![Normalized::ToBeAnnounced, date("2020-12-01")],
                Some(FollowUp::LookAgain(day("2026-12-08"))),
            ),
            (
                vec![date("2026-12-09"), date("2020-01-01"), date("2026-12-05")],
                Some(FollowUp::On(day("2026-12-05"))),
            ),
        ] {
            assert_eq!(follow_up(&fact(normalized.clone()), today, 14), expect, "{normalized:?}");
        }
        let announced = fact(vec![Normalized::ToBeAnnounced]);
        assert_eq!(follow_up(&announced, Date::MAX, 14), Some(FollowUp::LookAgain(Date::MAX)));
        assert_eq!(FollowUp::LookAgain(today).day(), today);
    }
}
