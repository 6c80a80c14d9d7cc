//! The article that is being read or previewed: its layout, its facts, what is lit in it.

use std::sync::Arc;

use crate::article::{Article, ArticleId, Change, Fact, Headline, Span};
use crate::layout::{FactRows, Flow, Measure, Place, Row};
use crate::query::Matcher;

/// An article that is being read, or previewed.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Its number.
    pub id: ArticleId,
    /// What the list shows of it.
    pub headline: Headline,
    /// The article, laid out.
    pub flow: Flow,
    /// Its facts.
    pub facts: Arc<[Fact]>,
    /// The first row on the screen.
    pub top: Place,
    /// The byte that the first row must show, for as long as nobody scrolls: rows begin elsewhere at each measure, and
    /// the place must not creep with every resize.
    pub anchor: Option<usize>,
    /// Columns of wide tables that are scrolled over.
    pub sideways: usize,
    /// The rows on the screen.
    pub window: Vec<Row>,
    /// How far down the last row of the screen is, in percent.
    pub percent: usize,
    /// Whether the last row is on the screen.
    pub at_end: bool,
    /// The person was told that this is the end: the next page down opens the next unread article.
    pub end_told: bool,
    /// What is gone and what is new, while that is shown in the place of the article; else empty.
    pub changes: Vec<(Span, Change)>,
    /// How many changes before the last one an earlier one may be shown, where there is one.
    pub earlier: Option<usize>,
    /// The evidence that is marked.
    pub evidence: Option<Evidence>,
    /// Where to go back to from the evidence.
    pub back: Option<Place>,
    /// The fact under the cursor of the facts pane.
    pub fact: usize,
    /// The facts, laid out.
    pub fact_rows: Vec<FactRows>,
    /// The first row of the facts pane.
    pub fact_top: usize,
    /// What `fact_rows` was laid out for.
    pub(super) fact_measure: Option<Measure>,
    /// What `window` was made for.
    pub(super) arranged: Option<(Place, usize, Measure)>,
}

/// The evidence of a fact, marked in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The fact's row, the sentence that says the same, the one that says otherwise: those there are.
    pub places: Vec<Span>,
    /// Which of them the view is at.
    pub step: usize,
    /// The one that says otherwise.
    pub contradiction: Option<Span>,
}

impl Search {
    /// What a view's query finds in an article; nothing where it finds nothing in its text.
    pub(super) fn of(matcher: &Matcher, article: &Article) -> Option<Self> {
        if matcher.is_empty() {
            return None;
        }
        let hits = matcher.in_article(article);
        (!hits.is_empty()).then_some(Self { pattern: None, hits, current: 0 })
    }
}

/// A search in the open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What was searched for in it; nothing where it is the view's query that is lit.
    pub pattern: Option<String>,
    /// Its matches, in logical order.
    pub hits: Vec<Span>,
    /// The match that the view is at.
    pub current: usize,
}
