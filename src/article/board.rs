//! The Board: facts of many articles side by side. Plain data; which columns there are and in which order rows come is
//! asked in `query`, answered by `store`.

use super::{Fact, Headline};

/// A row: an article, and its cells in the order of the columns asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// The article.
    pub headline: Headline,
    /// A cell a column.
    pub cells: Vec<BoardCell>,
}

/// A cell: the article's facts of that column, in their order; mostly one, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoardCell {
    /// The facts, a person's corrections included.
    pub facts: Vec<Fact>,
}

impl BoardCell {
    /// What the cell says: the values, parted by a middle dot; empty where there is none.
    pub fn text(&self) -> String {
        self.facts.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>().join(" · ")
    }
}
