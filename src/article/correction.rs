//! What a person changes of an article's facts, and how it is kept: a [`Correction`] is what is asked for, an
//! [`Amendment`] what stands from then on. Matching an amendment to facts that were derived again is `store`'s.
//!
//! A correction is no [`Verb`](super::Verb): a verb makes marks of marks and is done to any number of articles alike; a
//! correction speaks of one fact of one article, and what it makes has to outlive the fact it speaks of.

use super::{Anchor, Fact, Normalized, Span};

/// A change of one fact that a person asked for. Each is a journal entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Key and value should be these.
    Edit {
        /// Which fact, as it is shown.
        fact: FactRef,
        /// The key from now on.
        key: String,
        /// The value from now on.
        value: String,
    },
    /// It is no fact, or not worth showing.
    Hide(FactRef),
    /// A fact that was not found.
    Add {
        /// Its key.
        key: String,
        /// Its value.
        value: String,
        /// The bytes of the article's text that say so, where the person named them.
        evidence: Option<Span>,
    },
}

/// Which of an article's shown facts is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRef {
    /// Its key, as shown.
    pub key: String,
    /// Its value, as shown.
    pub value: String,
    /// Its row's bytes, which tell equal facts apart.
    pub row: Span,
}

/// What a key and a value mean, as an extractor understands them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meaning {
    /// Canonical name of the key.
    pub concept: Option<String>,
    /// Typed values.
    pub normalized: Vec<Normalized>,
}

/// What a person made of one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// The derived fact that it is about; none for a fact added by hand.
    pub of: Option<FactQuote>,
    /// What stands in its place; none where it is hidden.
    pub now: Option<OwnFact>,
}

/// A derived fact, quoted so that it is found again after a new derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactQuote {
    /// The key as it was derived.
    pub key: String,
    /// The value as it was derived.
    pub value: String,
    /// The whole row, quoted.
    pub row: Anchor,
}

/// A fact in the person's words.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnFact {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
    /// What they mean.
    pub meaning: Meaning,
    /// The whole evidence, quoted, where the person named some.
    pub evidence: Option<Anchor>,
}

impl Correction {
    /// Its stable name, as the journal writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Edit { .. } => "edit_fact",
            Self::Hide(_) => "hide_fact",
            Self::Add { .. } => "add_fact",
        }
    }

    /// The fact that it is about.
    pub fn target(&self) -> Option<&FactRef> {
        match self {
            Self::Edit { fact, .. } | Self::Hide(fact) => Some(fact),
            Self::Add { .. } => None,
        }
    }

    /// What stands after it, where `before` stood and `fact` was shown; `text` is the article's. Nothing where nothing
    /// is to stand: a fact added by hand and now hidden, a fact without key or value.
    pub fn amend(
        &self,
        before: Option<&Amendment>,
        fact: Option<&Fact>,
        text: &str,
        understand: &dyn Fn(&str, &str) -> Meaning,
    ) -> Option<Amendment> {
        let of = match before {
            Some(amendment) => amendment.of.clone(),
            None => fact.map(|fact| FactQuote::of(fact, text)),
        };
        let own = |key: &str, value: &str, evidence: Option<Anchor>| {
            let (key, value) = (one_line(key), one_line(value));
            let complete = !key.is_empty() && !value.is_empty();
            complete.then(|| OwnFact { meaning: understand(&key, &value), key, value, evidence })
        };
        match self {
            Self::Edit { key, value, .. } => {
                let evidence = before.and_then(|amendment| amendment.now.as_ref()?.evidence.clone());
                Some(Amendment { of, now: Some(own(key, value, evidence)?) })
            }
            Self::Hide(_) => of.map(|of| Amendment { of: Some(of), now: None }),
            Self::Add { key, value, evidence } => {
                let evidence =
                    evidence.map(|span| quoted(span, text)).filter(|anchor| !anchor.quote.is_empty());
                Some(Amendment { of: None, now: Some(own(key, value, evidence)?) })
            }
        }
    }
}

impl FactRef {
    /// Names a fact.
    pub fn of(fact: &Fact) -> Self {
        Self { key: fact.key.clone(), value: fact.value.clone(), row: fact.evidence.row }
    }

    /// Whether it names this fact.
    pub fn is(&self, fact: &Fact) -> bool {
        self.key == fact.key && self.value == fact.value && self.row == fact.evidence.row
    }
}

impl FactQuote {
    /// Quotes a derived fact of `text`.
    pub fn of(fact: &Fact, text: &str) -> Self {
        Self { key: fact.key.clone(), value: fact.value.clone(), row: quoted(fact.evidence.row, text) }
    }
}

/// A span and all its text.
fn quoted(span: Span, text: &str) -> Anchor {
    Anchor { offset: span.start, quote: span.of(text).to_owned() }
}

/// A text on one line, without white space around it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Evidence, Method};

    fn fact(text: &str, key: &str, value: &str) -> Fact {
        let span = |part: &str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let (key_span, value_span) = (span(key), span(value));
        Fact {
            key: key.into(),
            value: value.into(),
            concept: None,
            normalized: Vec::new(),
            evidence: Evidence {
                key: key_span,
                value: value_span,
                row: Span::new(key_span.start, value_span.end),
                table: None,
                sentence: None,
                contradiction: None,
            },
            method: Method::Flattened,
            confidence: 0.9,
        }
    }

    fn nothing(_: &str, _: &str) -> Meaning {
        Meaning::default()
    }

    #[test]
    fn an_edit_of_an_edit_is_still_about_the_derived_fact() {
        let text = "خبر\nالسعر 10 دنانير";
        let derived = fact(text, "السعر", "10 دنانير");
        let edit = |key: &str, value: &str| Correction::Edit {
            fact: FactRef::of(&derived),
            key: key.into(),
            value: value.into(),
        };
        let first = edit("السعر", " 12\n دينارا ").amend(None, Some(&derived), text, &nothing).unwrap();
        assert_eq!(first.now.as_ref().unwrap().value, "12 دينارا");
        assert_eq!(first.of.as_ref().unwrap().row.quote, "السعر 10 دنانير");
        let second = edit("الثمن", "13").amend(Some(&first), None, text, &nothing).unwrap();
        assert_eq!((&second.of, &second.now.as_ref().unwrap().key), (&first.of, &"الثمن".to_owned()));
        let hidden =
            Correction::Hide(FactRef::of(&derived)).amend(Some(&second), None, text, &nothing).unwrap();
        assert_eq!((hidden.of, hidden.now), (first.of, None));
        assert_eq!(edit("", "x").amend(None, Some(&derived), text, &nothing), None, "a fact has a key");
    }

    #[test]
    fn a_fact_added_by_hand_quotes_its_evidence_and_is_gone_when_hidden() {
        let text = "عقدت الجولة في الكويت.";
        let add =
            |evidence| Correction::Add { key: "المكان".into(), value: "الكويت".into(), evidence };
        let added = add(Some(Span::new(0, text.len()))).amend(None, None, text, &nothing).unwrap();
        assert_eq!(added.now.as_ref().unwrap().evidence.as_ref().unwrap().quote, text);
        let stray = add(Some(Span::new(1, 3))).amend(None, None, text, &nothing).unwrap();
        assert_eq!(stray.now.unwrap().evidence, None, "a span that cuts letters is no evidence");
        let place =
            FactRef { key: "المكان".into(), value: "الكويت".into(), row: Span::default() };
        assert_eq!(Correction::Hide(place).amend(Some(&added), None, text, &nothing), None);
    }
}
