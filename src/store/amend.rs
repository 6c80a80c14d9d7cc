//! Corrections laid over derived facts: which facts are shown, and which stand behind a person's word. Pure; knows no
//! SQL. An amendment finds its fact again by folded key and value, then by the text of its row.

use crate::article::{Amendment, Anchor, Evidence, Fact, FactQuote, Method, OwnFact, Span};
use crate::query;

/// A fact as it is to be stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Standing {
    /// The fact.
    pub(super) fact: Fact,
    /// Whether it is shown; a derived fact that was edited or hidden is not.
    pub(super) shown: bool,
    /// The number of the amendment that made it; none for a derived fact.
    pub(super) amendment: Option<i64>,
}

/// The facts of an article of this `text`, in order: each derived fact, behind it what a person put in its place, and at
/// the end what a person added or had edited where the derived fact is no longer found.
pub(super) fn stand(derived: &[Fact], amendments: &[(i64, Amendment)], text: &str) -> Vec<Standing> {
    let mut behind: Vec<Option<usize>> = vec![None; derived.len()];
    let mut homeless: Vec<usize> = Vec::new();
    for (at, (_, amendment)) in amendments.iter().enumerate() {
        let Some(of) = &amendment.of else { continue };
        match place(by_words(of, derived, &behind), at, &mut behind) {
            true => {}
            false => homeless.push(at),
        }
    }
    // What is exactly a fact's has come first; then what stands in the same row.
    homeless.retain(|at| {
        let of = amendments.get(*at).and_then(|(_, amendment)| amendment.of.as_ref());
        let found = of.and_then(|of| by_row(of, derived, &behind, text));
        !place(found, *at, &mut behind)
    });
    let mut standing = Vec::with_capacity(derived.len() + amendments.len());
    for (fact, amendment) in derived.iter().zip(&behind) {
        let amended = amendment.and_then(|at| amendments.get(at));
        standing.push(Standing { fact: fact.clone(), shown: amended.is_none(), amendment: None });
        if let Some((id, Amendment { now: Some(own), .. })) = amended {
            let evidence = Evidence { contradiction: None, ..fact.evidence };
            standing.push(Standing { fact: fact_of(own, evidence), shown: true, amendment: Some(*id) });
        }
    }
    for (at, (id, amendment)) in amendments.iter().enumerate() {
        let Some(own) = &amendment.now else { continue };
        if amendment.of.is_none() || homeless.contains(&at) {
            let quote = own.evidence.as_ref().or(amendment.of.as_ref().map(|of| &of.row));
            let span = quote.map_or(Span::default(), |anchor| found_again(anchor, text));
            let evidence = Evidence {
                key: span,
                value: span,
                row: span,
                table: None,
                sentence: None,
                contradiction: None,
            };
            standing.push(Standing { fact: fact_of(own, evidence), shown: true, amendment: Some(*id) });
        }
    }
    standing
}

/// Notes that an amendment stands behind a fact; whether there was one.
fn place(found: Option<usize>, amendment: usize, behind: &mut [Option<usize>]) -> bool {
    let Some(slot) = found.and_then(|at| behind.get_mut(at)) else { return false };
    *slot = Some(amendment);
    true
}

/// The free fact of the same folded key and value; the nearest where there are several.
fn by_words(of: &FactQuote, derived: &[Fact], behind: &[Option<usize>]) -> Option<usize> {
    free(derived, behind)
        .filter(|(_, fact)| query::same(&of.key, &fact.key) && query::same(&of.value, &fact.value))
        .min_by_key(|(_, fact)| fact.evidence.row.start.abs_diff(of.row.offset))
        .map(|(at, _)| at)
}

/// The free fact of a row with the same text: the one of the same key or value, or the only one of that row.
fn by_row(of: &FactQuote, derived: &[Fact], behind: &[Option<usize>], text: &str) -> Option<usize> {
    let of_row =
        |fact: &Fact| !of.row.quote.is_empty() && query::same(&of.row.quote, fact.evidence.row.of(text));
    let rivals = |fact: &Fact| derived.iter().filter(|other| other.evidence.row == fact.evidence.row).count();
    free(derived, behind)
        .filter(|(_, fact)| of_row(fact))
        .filter(|(_, fact)| {
            query::same(&of.key, &fact.key) || query::same(&of.value, &fact.value) || rivals(fact) == 1
        })
        .min_by_key(|(_, fact)| fact.evidence.row.start.abs_diff(of.row.offset))
        .map(|(at, _)| at)
}

/// The facts behind which no amendment stands yet.
fn free<'a>(derived: &'a [Fact], behind: &'a [Option<usize>]) -> impl Iterator<Item = (usize, &'a Fact)> {
    derived
        .iter()
        .zip(behind)
        .enumerate()
        .filter(|(_, (_, behind))| behind.is_none())
        .map(|(at, (fact, _))| (at, fact))
}

/// Where a quote stands in `text`; nowhere where it does not.
fn found_again(anchor: &Anchor, text: &str) -> Span {
    let start = anchor.resolve(text);
    let span = Span::new(start, start + anchor.quote.len());
    if !anchor.quote.is_empty() && span.of(text) == anchor.quote { span } else { Span::default() }
}

/// A person's fact with this evidence.
fn fact_of(own: &OwnFact, evidence: Evidence) -> Fact {
    Fact {
        key: own.key.clone(),
        value: own.value.clone(),
        concept: own.meaning.concept.clone(),
        normalized: own.meaning.normalized.clone(),
        evidence,
        method: Method::Person,
        confidence: 1.0,
    }
}
