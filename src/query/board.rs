//! What can be asked of the Board: its columns, its filter, its order. Pure; `store` answers.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;

use super::tree::concept_of;
use super::{Query, Sort, View, same, search_form};
use crate::article::{BoardCell, Fact, Normalized};

/// A column of the Board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BoardColumn {
    /// Facts of a concept, whatever the language of their keys.
    Concept(String),
    /// Facts of a key, spelling differences apart.
    Key(String),
}

/// A column that a view can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedColumn {
    /// The column.
    pub column: BoardColumn,
    /// What most of its facts are called in the view.
    pub label: String,
    /// How many facts of the view it holds.
    pub facts: usize,
}

/// What the Board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// Of which articles; those without facts have no row.
    pub view: View,
    /// What must hold besides.
    pub filter: Query,
    /// In which order.
    pub order: BoardOrder,
}

/// The order of the Board's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoardOrder {
    /// As a list has them.
    View(Sort),
    /// By the first fact of a column; rows without one come last either way, rows alike as a list has them.
    Column {
        /// The column; it need not be shown.
        column: BoardColumn,
        /// The largest, the latest first.
        descending: bool,
    },
}

impl Default for BoardOrder {
    fn default() -> Self {
        Self::View(Sort::Newest)
    }
}

impl BoardColumn {
    /// The column of a name: a concept's own or short name, else a key.
    pub fn of_name(name: &str) -> Self {
        let name = name.trim();
        match concept_of(&name.to_ascii_lowercase()) {
            Some(concept) => Self::Concept(concept.to_owned()),
            None => Self::Key(name.to_owned()),
        }
    }

    /// The name that [`BoardColumn::of_name`] reads.
    pub fn name(&self) -> &str {
        match self {
            Self::Concept(name) | Self::Key(name) => name,
        }
    }

    /// Whether a fact stands in it.
    pub fn holds(&self, fact: &Fact) -> bool {
        match self {
            Self::Concept(concept) => fact.concept.as_ref() == Some(concept),
            Self::Key(key) => same(key, &fact.key),
        }
    }

    /// The column in which a fact stands by itself: of its concept, else of its key.
    pub fn of_fact(fact: &Fact) -> Self {
        match &fact.concept {
            Some(concept) => Self::Concept(concept.clone()),
            None => Self::Key(fact.key.clone()),
        }
    }
}

impl fmt::Display for BoardColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Concept(name) | Self::Key(name) => f.write_str(name),
        }
    }
}

/// Where a fact stands in the order of its column: days before numbers before what is to be announced before texts.
#[derive(Clone, Debug, PartialEq)]
pub enum CellOrder {
    /// By its first day.
    Day(Date),
    /// By its amount.
    Number(f64),
    /// To be announced.
    Later,
    /// By its folded text; countries too.
    Text(String),
}

impl CellOrder {
    /// The place of a value with these meanings.
    pub fn of(value: &str, normalized: &[Normalized]) -> Self {
        let typed = normalized.iter().find_map(|meaning| match meaning {
            Normalized::Date(day) | Normalized::Period { from: day, .. } => Some(Self::Day(*day)),
            Normalized::Money { amount: number, .. }
            | Normalized::Percent(number)
            | Normalized::Quantity { number, .. } => Some(Self::Number(*number)),
            Normalized::Country(_) => Some(Self::Text(search_form(value))),
            _ => None,
        });
        typed.unwrap_or_else(|| {
            if normalized.contains(&Normalized::ToBeAnnounced) {
                Self::Later
            } else {
                Self::Text(search_form(value))
            }
        })
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Number(_) => 1,
            Self::Later => 2,
            Self::Text(_) => 3,
        }
    }
}

impl Eq for CellOrder {}

impl Ord for CellOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Day(one), Self::Day(two)) => one.cmp(two),
            (Self::Number(one), Self::Number(two)) => one.total_cmp(two),
            (Self::Text(one), Self::Text(two)) => one.cmp(two),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for CellOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The cells of a row: each fact in the first of the columns that holds it, or in none.
pub fn cells_of(mut facts: Vec<Fact>, columns: &[BoardColumn]) -> Vec<BoardCell> {
    let cell =
        |column: &BoardColumn| BoardCell { facts: facts.extract_if(.., |fact| column.holds(fact)).collect() };
    columns.iter().map(cell).collect()
}

/// The columns that these facts can have, each with how many there are of it, those with most facts first; of as many the concepts before the keys, and what
/// came first.
/// Keys that stand once are left out where anything else is there: they make no column.
pub fn columns_of<'a>(facts: impl Iterator<Item = (BoardColumn, &'a str, usize)>) -> Vec<OfferedColumn> {
    // By column, with keys folded: when it came first, and how often under which names.
    let mut counted: HashMap<BoardColumn, (usize, HashMap<&str, usize>)> = HashMap::new();
    for (at, (column, key, many)) in facts.enumerate() {
        let column = match column {
            BoardColumn::Key(key) => BoardColumn::Key(search_form(key.trim())),
            concept => concept,
        };
        let (_, names) = counted.entry(column).or_insert_with(|| (at, HashMap::new()));
        *names.entry(key).or_default() += many;
    }
    let column = |(column, (first, names)): (BoardColumn, (usize, HashMap<&str, usize>))| {
        let facts = names.values().sum();
        // The more common name; of equally common ones the first of the alphabet, so that it stays the same.
        let label = names.into_iter().max_by(|one, two| one.1.cmp(&two.1).then(two.0.cmp(one.0)));
        let label = label.map_or_else(String::new, |(name, _)| name.to_owned());
        let column = match column {
            BoardColumn::Key(_) => BoardColumn::Key(label.clone()),
            concept => concept,
        };
        (first, OfferedColumn { column, label, facts })
    };
    let is_key = |one: &OfferedColumn| matches!(one.column, BoardColumn::Key(_));
    let mut columns: Vec<(usize, OfferedColumn)> = counted.into_iter().map(column).collect();
    columns.sort_by_key(|(first, one)| (Reverse(one.facts), is_key(one), *first));
    let mut columns: Vec<OfferedColumn> = columns.into_iter().map(|(_, one)| one).collect();
    if columns.iter().any(|one| one.facts > 1 || !is_key(one)) {
        columns.retain(|one| one.facts > 1 || !is_key(one));
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_an_order_by_what_they_mean() {
        let day = |day: &str| Normalized::Date(day.parse().unwrap());
        let in_order = [
            CellOrder::of("1 ديسمبر 2026", &[day("2026-12-01")]),
            CellOrder::of(
                "يناير",
                &[Normalized::Period {
                    from: "2027-01-01".parse().unwrap(),
                    to: "2027-01-31".parse().unwrap(),
                }],
            ),
            CellOrder::of("9 دنانير", &[Normalized::Money { amount: 9.0, currency: "KWD".into() }]),
            CellOrder::of("10", &[Normalized::Quantity { number: 10.0, unit: String::new() }]),
            CellOrder::of("موعد لاحق", &[Normalized::ToBeAnnounced]),
            CellOrder::of("أحمد", &[]),
            CellOrder::of("البحرين", &[Normalized::Country("BH".into())]),
            CellOrder::of("الكويت (لاحقا)", &[Normalized::ToBeAnnounced, Normalized::Country("KW".into())]),
        ];
        assert!(in_order.is_sorted(), "{in_order:?}");
        assert_eq!(CellOrder::of("إيران", &[]), CellOrder::of("ايران", &[]));
    }

    #[test]
    fn columns_are_named_by_concept_or_key() {
        for (name, column) in [
            ("host", BoardColumn::Concept("host_country".into())),
            (" Next_Round ", BoardColumn::Concept("next_round".into())),
            ("عدد الضيوف", BoardColumn::Key("عدد الضيوف".into())),
        ] {
            assert_eq!(BoardColumn::of_name(name), column);
        }
    }

    #[test]
    fn the_most_common_columns_come_first_under_their_most_common_name() {
        let concept = |name: &str| BoardColumn::Concept(name.into());
        let key = |name: &str| BoardColumn::Key(name.into());
        let facts = [
            (concept("date"), "التاريخ", 1),
            (concept("date"), "Date", 2),
            (concept("date"), "التاريخ", 2),
            (key("الضيوف"), "الضيوف", 1),
            (key("الضُّيوف"), "الضُّيوف", 1),
            (concept("venue"), "Venue", 1),
            (key("once"), "once", 1),
        ];
        let found: Vec<(String, String, usize)> = columns_of(facts.into_iter())
            .into_iter()
            .map(|one| (one.column.to_string(), one.label, one.facts))
            .collect();
        let expect = [("date", "التاريخ", 5), ("الضيوف", "الضيوف", 2), ("venue", "Venue", 1)];
        assert_eq!(found, expect.map(|(column, label, facts)| (column.to_owned(), label.to_owned(), facts)));
        assert_eq!(
            columns_of([(key("once"), "once", 1)].into_iter()).len(),
            1,
            "where there is nothing else"
        );
    }
}
