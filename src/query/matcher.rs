//! Where the words of a query stand in a text, for lighting hits in list, preview and reader, and for going from one to
//! the next. The same forms as the index is asked for (`words.rs`), looked for in the text itself.
//!
//! `Matcher::of(&query)` once, then `spans(text)` for a title and `in_article(&article)` for the reader: source bytes in
//! logical order, apart from each other. What a query leaves out (`-word`) and its operators light nothing.

use std::ops::Range;

use super::words::{Forms, Tier, forms, joined};
use super::{Clause, Query, Term};
use crate::article::{Article, Span};
use crate::text::tokens::{Token, tokens};

/// What a query looks for in texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matcher {
    sought: Vec<Sought>,
}

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    words: Vec<Forms>,
    /// The farthest tier of a word that is taken.
    most: Tier,
}

impl Matcher {
    /// What `query` looks for.
    pub fn of(query: &Query) -> Self {
        let mut sought = Vec::new();
        let mut before: Option<Forms> = None;
        for Clause { negated, term } in &query.clauses {
            let (words, most) = match term {
                _ if *negated => (Vec::new(), Tier::Exact),
                Term::Word { text, prefix, also } => (forms(text, *prefix, also), Tier::Particle),
                Term::Phrase(text) => (forms(text, false, &[]), Tier::Folded),
                _ => (Vec::new(), Tier::Exact),
            };
            // Two words may be one with a non-joiner between.
            if let (Some(first), [second]) = (&before, words.as_slice())
                && most == Tier::Particle
                && let Some(joined) = joined(first, second)
            {
                sought.push(Sought { words: vec![joined], most: Tier::Folded });
            }
            before = match words.as_slice() {
                [only] if most == Tier::Particle => Some(only.clone()),
                _ => None,
            };
            if let [Forms { parted: Some(parts), .. }] = words.as_slice() {
                let parts = parts.iter().flat_map(|part| forms(part, false, &[])).collect();
                sought.push(Sought { words: parts, most: Tier::Folded });
            }
            if !words.is_empty() {
                sought.push(Sought { words, most });
            }
        }
        Self { sought }
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.sought.is_empty()
    }

    /// Where what is looked for stands in a text: its bytes, in logical order, apart.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let words = tokens(text);
        let mut spans: Vec<Range<usize>> = Vec::new();
        for at in 0..words.len() {
            let rest = words.get(at..).unwrap_or_default();
            let longest = self.sought.iter().filter_map(|sought| sought.stands_at(rest)).max();
            let Some(many) = longest else { continue };
            let last = rest.get(many - 1).or(rest.last());
            if let (Some(first), Some(last)) = (rest.first(), last) {
                let own = first.source.start..last.source.end;
                match spans.last_mut() {
                    Some(before) if before.end > own.start => before.end = before.end.max(own.end),
                    _ => spans.push(own),
                }
            }
        }
        spans
    }

    /// Where it stands in an article's title and blocks: bytes of its text, in logical order, apart.
    pub fn in_article(&self, article: &Article) -> Vec<Span> {
        let shown = std::iter::once(article.title).chain(article.blocks.iter().map(|block| block.span));
        let mut spans: Vec<Span> = shown
            .flat_map(|span| {
                let found = self.spans(span.of(&article.text));
                found.into_iter().map(move |range| Span::from(range).shifted(span.start))
            })
            .collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

impl Sought {
    /// How many words of a text, from its first on, are what is looked for; nothing where they are not.
    fn stands_at(&self, text: &[Token]) -> Option<usize> {
        let own = text.get(..self.words.len())?;
        let fits =
            |(forms, token): (&Forms, &Token)| forms.tier_of(token).is_some_and(|tier| tier <= self.most);
        self.words.iter().zip(own).all(fits).then_some(own.len())
    }
}
