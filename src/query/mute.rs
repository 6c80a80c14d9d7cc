//! What can be silenced: a story, a source, a topic; and which titles are of it. Pure.

use std::collections::HashSet;

use super::{Clause, Matcher, Query, Term, same, search_form};
use crate::text::fold::tokens;

/// Words that the titles of one story share, at the least.
const SHARED: usize = 3;

/// What is silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mute {
    /// The story that this title tells: articles whose titles share most of their words with it.
    Story(String),
    /// The source of this name.
    Source(String),
    /// What has all of these words in its title.
    Topic(String),
}

/// A mute, made ready to be asked of many titles.
#[derive(Clone, Debug)]
pub struct MutedSubject<'a> {
    mute: &'a Mute,
    /// The words of a story.
    words: HashSet<String>,
    /// The words of a topic, each with its forms.
    topic: Vec<Matcher>,
}

impl Mute {
    /// Its kind, as commands name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Story(_) => "story",
            Self::Source(_) => "source",
            Self::Topic(_) => "topic",
        }
    }

    /// The title, the source's name, or the words.
    pub fn name(&self) -> &str {
        match self {
            Self::Story(name) | Self::Source(name) | Self::Topic(name) => name,
        }
    }

    /// The same, ready to be asked.
    pub fn subject(&self) -> MutedSubject<'_> {
        let (mut story, mut topic) = (HashSet::new(), Vec::new());
        match self {
            Self::Story(text) => story = words(text),
            Self::Topic(text) => {
                topic = text.split_whitespace().map(matcher).filter(|own| !own.is_empty()).collect();
            }
            Self::Source(_) => {}
        }
        MutedSubject { mute: self, words: story, topic }
    }
}

impl MutedSubject<'_> {
    /// Whether an article of this title and source is of it. A title without words tells no story.
    pub fn is_of(&self, title: &str, source: Option<&str>) -> bool {
        match self.mute {
            Mute::Source(name) => source.is_some_and(|source| same(name, source)),
            Mute::Topic(_) => {
                !self.topic.is_empty() && self.topic.iter().all(|word| !word.spans(title).is_empty())
            }
            Mute::Story(own) if search_form(own) == search_form(title) => !self.words.is_empty(),
            Mute::Story(_) => {
                let other = words(title);
                let shared = self.words.intersection(&other).count();
                let least = self.words.len().min(other.len());
                shared >= SHARED && shared * 3 >= least * 2
            }
        }
    }
}

/// One word in all forms that a search for it finds.
fn matcher(word: &str) -> Matcher {
    let term = Term::Word { text: word.to_owned(), prefix: false, also: Vec::new() };
    Matcher::of(&Query { clauses: vec![Clause { negated: false, term }] })
}

/// The words of a text that carry meaning: folded, of three letters at the least, Arabic ones without the article and what
/// is written together with it.
fn words(text: &str) -> HashSet<String> {
    let bare = |word: String| {
        let rest = ["وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و"]
            .iter()
            .find_map(|prefix| word.strip_prefix(prefix))
            .filter(|rest| rest.chars().count() >= 3);
        rest.map(str::to_owned).unwrap_or(word)
    };
    tokens(text).into_iter().map(|token| bare(token.text)).filter(|word| word.chars().count() >= 3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mute: &Mute, title: &str, source: Option<&str>, expect: bool) {
        assert_eq!(mute.subject().is_of(title, source), expect, "{mute:?} {title} {source:?}");
    }

    #[test]
    fn a_story_is_told_by_most_of_its_words() {
        let story = Mute::Story("وزير خارجية الكويت يزور بكين لبحث المشاريع".to_owned());
        check(&story, "بكين تستقبل وزير خارجية الكويت", None, true);
        check(&story, "وزير خارجية الكويت والمشاريع في بكين", None, true);
        check(&story, "وزير الصحة يزور مستشفى في بكين", None, false);
        check(&story, "نتائج الجولة الخامسة", None, false);
        let short = Mute::Story("Talks resume".to_owned());
        check(&short, "talks resume", None, true);
        check(&short, "Talks resume in Vienna", None, false);
        check(&Mute::Story("…".to_owned()), "…", None, false);
    }

    #[test]
    fn a_source_is_known_by_its_name_and_a_topic_by_its_words() {
        let source = Mute::Source("BBC عربي".to_owned());
        check(&source, "أي عنوان", Some("bbc عربي"), true);
        check(&source, "أي عنوان", Some("BBC"), false);
        check(&source, "أي عنوان", None, false);
        let topic = Mute::Topic("كأس العالم".to_owned());
        check(&topic, "قرعة كأس العالم ٢٠٣٠", None, true);
        check(&topic, "كأس آسيا", None, false);
        check(&topic, "الاستعداد لكأس العالم", None, true);
        check(&Mute::Topic(" ".to_owned()), "كأس آسيا", None, false);
    }
}
