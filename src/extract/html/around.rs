//! Small things that stand around and in an article's text: the line under its title, who it is by, counts and credits of
//! pictures, quotes pulled out of the text. Each is known by what it is called and by what it says.

use scraper::ElementRef;
use scraper::node::Element;

use super::names::{is_caption, words};
use crate::text::fold::fold;

/// Words of names of the line under a title that sums the article up.
const DECK: &[&str] = &[
    "standfirst",
    "subtitle",
    "subheadline",
    "subheading",
    "deck",
    "dek",
    "summary",
    "lede",
    "lead",
    "intro",
    "introtext",
    "strapline",
    "chapo",
    "chapeau",
    "entradilla",
    "vorspann",
    "sommario",
    "ingress",
];
/// Letters of a line under a title, at the least and at the most.
const DECK_LETTERS: (usize, usize) = (20, 600);
/// Letters of a line that says who an article is by.
const BYLINE: usize = 60;
/// Letters of a rubric before the text.
pub(super) const RUBRIC: usize = 40;
/// Elements around a credit in which a caption is looked for.
const CAPTION_AROUND: usize = 4;

/// Whether an element's names say that it is the line under a title.
pub(super) fn says_deck(element: &Element) -> bool {
    let is_deck = |name: &str| {
        let words = words(name);
        words.iter().any(|word| DECK.contains(&word.as_str()))
            || words.windows(2).any(|pair| {
                matches!(pair, [first, second] if first == "sub" && (second == "title" || second == "headline"))
            })
    };
    names(element).any(is_deck)
        || matches!(element.attr("itemprop"), Some("description" | "alternativeHeadline"))
}

/// The text of a line under a title, where an element may be one.
pub(super) fn deck(element: ElementRef<'_>, letters: usize, linked: usize) -> bool {
    (DECK_LETTERS.0..=DECK_LETTERS.1).contains(&letters) && linked * 2 < letters && says_deck(element.value())
}

/// Whether an element names who made a picture, inside its caption.
pub(super) fn is_credit(element: ElementRef<'_>) -> bool {
    let own = element.value();
    let says = names(own).any(|name| {
        words(name).iter().any(|word| matches!(word.as_str(), "credit" | "credits" | "photographer"))
    });
    let is_around = |around: &Element| matches!(around.name(), "figcaption" | "figure") || is_caption(around);
    says && (is_caption(own)
        || element
            .ancestors()
            .take(CAPTION_AROUND)
            .any(|node| node.value().as_element().is_some_and(is_around)))
}

/// Whether an element's names say that it shows a sentence of the text again.
pub(super) fn says_pull_quote(element: &Element) -> bool {
    names(element).any(|name| {
        let words = words(name);
        words.iter().any(|word| word == "pullquote")
            || words
                .windows(2)
                .any(|pair| matches!(pair, [first, second] if first == "pull" && second == "quote"))
    })
}

/// Whether an element's names say that it says where a text is from.
pub(super) fn says_source(element: &Element) -> bool {
    names(element).any(|name| words(name).iter().any(|word| word == "source"))
}

/// Whether a text counts pictures or pages: «2 of 5», «2/5», «٢ من ٥».
pub(super) fn is_count(text: &str) -> bool {
    let mut parts = text.split(|c: char| c.is_whitespace() || c == '/').filter(|part| !part.is_empty());
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.chars().all(char::is_numeric));
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let between = matches!(second, Some("of" | "من" | "از" | "מתוך"));
    parts.next().is_none()
        && is_number(first)
        && ((between && is_number(third)) || (text.contains('/') && third.is_none() && is_number(second)))
}

/// Whether lines say who an article is by, and perhaps when: short ones without a sentence, one of which begins with «by».
pub(super) fn is_byline(text: &str, by: &[&str]) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let begins = |line: &str| {
        let folded = fold(line);
        by.iter()
            .any(|by| folded.strip_prefix(fold(by).as_str()).is_some_and(|rest| rest.starts_with([' ', ':'])))
    };
    let mut any = false;
    lines.peek().is_some()
        && lines.all(|line| {
            any |= begins(line);
            line.chars().count() <= BYLINE && !ends_sentence(line)
        })
        && any
}

/// Whether what stands before the text is its rubric, or leads elsewhere: a few words that are no sentence.
pub(super) fn is_rubric(text: &str) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).count() <= RUBRIC && !ends_sentence(text)
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '؟', '۔', '…', '»', '”', '"', ':'])
}

fn names(element: &Element) -> impl Iterator<Item = &str> {
    let names = [element.attr("class"), element.attr("id")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_pictures() {
        for count in ["2 of 5", "2/5", " 2 / 5 ", "٢ من ٥", "3 از 9"] {
            assert!(is_count(count), "{count}");
        }
        for other in ["2", "2 of", "of 5", "3-1", "24/7 news", "2 of 5 crowns", "١٢ مايو ٢٠٢٦", "1/2/2026"]
        {
            assert!(!is_count(other), "{other}");
        }
    }

    #[test]
    fn bylines() {
        let by = &["by", "بقلم"];
        assert!(is_byline("By The Haven Post staff\nTuesday, March 10, 2026", by));
        assert!(is_byline("بقلم: عادل شمسان", by));
        assert!(!is_byline("By Friday the water had gone.", by));
        assert!(!is_byline("Bystanders", by));
        assert!(!is_byline("", by));
    }
}
