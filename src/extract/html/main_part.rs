//! Where in a page the article is: the smallest element that holds most of the page's running text, and what inside it
//! is none of the article's (lists of links, «read also», headings of nothing). Elements are judged by what they hold
//! first and by their names second, so that a page whose names mislead is still read.

use std::collections::{HashMap, HashSet};

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node};

use super::around::{
    RUBRIC, deck, ends_sentence, is_count, is_credit, says_deck, says_pull_quote, says_source,
};
use super::collapsed;
use super::measure::{Holds, SAID, is_block, measure};
use super::names::{is_beside, is_caption, is_passed, says_own, says_when_or_who};
use super::phrases::is_phrase;
use crate::extract::html_pairs::says_facts;
use crate::extract::html_table;

/// Percent of an element's running text that its largest part must hold to stand for it.
const LARGEST: usize = 70;
/// Percent of the page's running text above which an element is the article whatever its names say.
const TOO_MUCH: usize = 45;
/// Elements around the text that may be the article's box, counted from the innermost one.
const MOST_BOXES: usize = 4;

/// The article's place in a page.
pub(super) struct MainPart<'d> {
    /// The element that holds it.
    pub root: ElementRef<'d>,
    /// Elements in it that are never its text.
    pub beside: HashSet<NodeId>,
    /// Elements in it that are none of its text unless they are a table or a box of facts.
    pub idle: HashSet<NodeId>,
    /// Letters of running text in it.
    pub prose: usize,
    /// Whether the document is a page, and no fragment of one.
    pub is_page: bool,
    /// The line under the title, where it stands outside the root.
    pub deck: Option<String>,
}

/// Finds the article in a document; `is_page` says that it is a whole page and no fragment of one.
pub(super) fn main_part(document: &Html, is_page: bool) -> Option<MainPart<'_>> {
    let body = super::select("body").and_then(|body| document.select(&body).next())?;
    let mut beside = HashSet::new();
    let mut holds = measure(body, &HashSet::new());
    let all = holds.get(&body.id()).map_or(0, |own| own.prose);
    for element in body.descendants().filter_map(ElementRef::wrap) {
        let own = element.value();
        let facts = says_facts(element) || own.name() != "script" && says_own(own);
        let share = holds.get(&element.id()).map_or(0, |own| own.prose * 100);
        let heavy = all > 0 && share > all * TOO_MUCH;
        let passed = is_passed(own) && !(facts && matches!(own.name(), "aside" | "footer"));
        // A form around the whole page (ASP.NET) is no form.
        let is_around = matches!(own.name(), "form" | "label") && heavy;
        let credit = is_credit(element);
        if (passed && !is_around) || credit || (is_beside(own) && !facts && !heavy) {
            beside.insert(element.id());
        }
    }
    holds = measure(body, &beside);
    let root = if is_page { widen(descend(body, &holds, &beside), &holds, &beside) } else { body };
    let own = holds.get(&root.id());
    // Where there is nothing else the line under the title is the text.
    let (prose, first, last) =
        own.map_or((0, None, None), |own| (own.prose, own.first.or(own.deck), own.last.or(own.deck)));
    let deck = first.filter(|_| is_page).and_then(|first| deck_before(body, root, &holds, first));
    let mut part = MainPart { root, beside, idle: HashSet::new(), prose, is_page, deck };
    if let (Some(first), Some(last)) = (first, last) {
        part.judge(&holds, (first, last));
    }
    Some(part)
}

/// The line under the title, where it stands before the root and behind the heading.
fn deck_before(
    body: ElementRef<'_>,
    root: ElementRef<'_>,
    holds: &HashMap<NodeId, Holds>,
    first: usize,
) -> Option<String> {
    if root.descendants().filter_map(ElementRef::wrap).any(|own| says_deck(own.value())) {
        return None;
    }
    let mut titled = false;
    for element in body.descendants().filter_map(ElementRef::wrap) {
        // What is beside the article was not measured.
        let Some(own) = holds.get(&element.id()) else { continue };
        if element.id() == root.id() || own.order >= first {
            break;
        }
        titled |= element.value().name() == "h1";
        if titled && is_block(element.value().name()) && deck(element, own.letters, own.linked) {
            let text = collapsed(element.text());
            let again = collapsed(root.text());
            return (!again.contains(text.as_str())).then_some(text);
        }
    }
    None
}

/// The smallest element that stands for the page: the largest part of each, as long as it holds most of it and what is
/// left out is no part of an article.
fn descend<'d>(
    body: ElementRef<'d>,
    holds: &HashMap<NodeId, Holds>,
    beside: &HashSet<NodeId>,
) -> ElementRef<'d> {
    let prose = |element: &ElementRef<'_>| holds.get(&element.id()).map_or(0, |own| own.prose);
    let mut at = body;
    loop {
        let total = prose(&at);
        let is_article = at.value().name() == "article" || at.value().attr("itemprop") == Some("articleBody");
        let children: Vec<ElementRef<'d>> =
            at.child_elements().filter(|child| !beside.contains(&child.id())).collect();
        let Some(largest) = children.iter().max_by_key(|child| prose(child)).copied() else { return at };
        let left_out = children.iter().filter(|child| child.id() != largest.id());
        let is_part = |child: &ElementRef<'_>| {
            let own = child.value();
            let text = matches!(own.name(), "p" | "blockquote" | "pre" | "h2" | "h3" | "figure" | "dl");
            (text && prose(&largest) * 100 < total * 97 && prose(child) > 0)
                || says_own(own)
                || says_facts(*child)
                || (own.name() == "table" && prose(&largest) > 0 && is_figures(*child))
        };
        let box_like = matches!(
            largest.value().name(),
            "div"
                | "section"
                | "article"
                | "main"
                | "table"
                | "tbody"
                | "tr"
                | "td"
                | "center"
                | "form"
                | "span"
                | "font"
        );
        let parts = left_out.clone().any(is_part);
        if !box_like || is_article || parts || total == 0 || prose(&largest) * 100 < total * LARGEST {
            return at;
        }
        at = largest;
    }
}

/// Whether a table shows figures under a header, and is no calendar and no layout.
fn is_figures(table: ElementRef<'_>) -> bool {
    html_table::table(table, None).is_some_and(|read| {
        let header = read.rows.first().is_some_and(|row| row.iter().all(|cell| cell.header));
        header && read.rows.len() > 2
    })
}

/// The article's box, where it holds the title or pictures beside the text, and hardly anything else.
fn widen<'d>(
    root: ElementRef<'d>,
    holds: &HashMap<NodeId, Holds>,
    beside: &HashSet<NodeId>,
) -> ElementRef<'d> {
    let Some(own) = holds.get(&root.id()) else { return root };
    let is_part = |element: ElementRef<'_>| {
        element.descendants().filter_map(ElementRef::wrap).any(|part| {
            matches!(part.value().name(), "figure" | "figcaption" | "h1") || is_caption(part.value())
        })
    };
    let boxes = root.ancestors().filter_map(ElementRef::wrap).take(MOST_BOXES);
    let mut widest = root;
    let mut inner = root;
    for around in boxes.filter(|around| around.value().name() != "html") {
        let Some(all) = holds.get(&around.id()) else { break };
        let few = (all.letters - own.letters.min(all.letters)) * 100 <= own.prose * 30;
        if !few || all.prose > own.prose {
            break;
        }
        let mut others =
            around.child_elements().filter(|child| child.id() != inner.id() && !beside.contains(&child.id()));
        if others.any(is_part) {
            widest = around;
        }
        inner = around;
    }
    widest
}

impl MainPart<'_> {
    /// Finds what is none of the article's inside its root; `span` is where its running text begins and ends.
    fn judge(&mut self, holds: &HashMap<NodeId, Holds>, span: (usize, usize)) {
        let mut after_phrase = false;
        for node in self.root.descendants().skip(1) {
            let Some(element) = ElementRef::wrap(node) else { continue };
            let Some(own) = holds.get(&element.id()) else { continue };
            let name = element.value().name();
            // A `time` that stands alone in a box says when; in running text it is part of that.
            let counts = name == "span" && own.letters <= RUBRIC && is_count(&collapsed(element.text()));
            let says = name == "time" || (name == "span" && says_when_or_who(element.value())) || counts;
            let alone = says
                && element.parent().and_then(ElementRef::wrap).is_some_and(|around| {
                    matches!(
                        around.value().name(),
                        "article" | "div" | "header" | "section" | "main" | "span"
                    ) && holds
                        .get(&around.id())
                        .is_some_and(|own| own.own_letters <= SAID || is_article(around))
                });
            if !(is_block(name) || alone) || self.is_inside(node) {
                continue;
            }
            let all_linked = own.letters > 0 && own.linked * 100 >= own.letters * 80;
            let whole = own.own_letters * 10 >= own.letters * 9;
            let phrase = whole && is_phrase(&own.own, own.own_linked * 3 >= own.own_letters);
            let before = own.order < span.0;
            let short = own.letters > 0 && own.letters <= SAID && own.prose == 0;
            let figure = matches!(name, "figure" | "figcaption") || is_caption(element.value());
            // Labels before and behind the running text: who, when, how long, what else.
            let behind = own.order > span.1;
            let quiet = own.letters > 0 && own.letters <= SAID && !ends_sentence(&own.own);
            // A rubric or a byline that is a paragraph; where a text is from; counts of pictures; the text again.
            let small = matches!(name, "p" | "div" | "li" | "span");
            let aside =
                (quiet && name == "p" && before && own.letters <= RUBRIC && own.prose == 0 && !figure)
                    || (quiet && small && own.order >= span.1 && says_source(element.value()))
                    || counts
                    || (small && is_count(&own.own) && own.letters == own.own_letters)
                    || (says_pull_quote(element.value()) && self.says_again(element));
            if aside {
                self.idle.insert(element.id());
                continue;
            }
            let label = (before || behind)
                && matches!(
                    name,
                    "div" | "section" | "address" | "details" | "summary" | "header" | "footer"
                )
                && own.letters == own.own_letters
                && !says_own(element.value());
            if short && !figure && label {
                self.idle.insert(element.id());
                continue;
            }
            if short
                && !figure
                && (says_when(element) || (before && !is_heading(name) && says_within(element)))
            {
                self.idle.insert(element.id());
                continue;
            }
            let lists = matches!(name, "ul" | "ol" | "div" | "section" | "table" | "dl");
            let outside = own.order < span.0 || own.order > span.1;
            // A box of a few words and links behind the text.
            let few = behind
                && matches!(name, "div" | "section")
                && own.letters <= 2 * SAID
                && own.links > 0
                && own.linked * 2 >= own.letters
                && own.prose == 0
                && !element.descendants().filter_map(ElementRef::wrap).any(|part| {
                    matches!(part.value().name(), "figure" | "table") || is_caption(part.value())
                });
            let menu =
                few || lists && all_linked && own.prose == 0 && (outside || after_phrase) && own.links > 1;
            if (phrase || menu) && !says_own(element.value()) && own.prose * 100 <= self.prose * TOO_MUCH {
                self.idle.insert(element.id());
            }
            // What stands right behind «read also», and is links, belongs to it.
            if phrase {
                after_phrase = true;
            } else if own.own_letters > 0 && !all_linked {
                after_phrase = false;
            } else if after_phrase && all_linked && matches!(name, "p" | "h3" | "h4" | "li" | "div") {
                self.idle.insert(element.id());
            }
        }
    }

    /// Whether the words of an element stand in the root once more.
    fn says_again(&self, element: ElementRef<'_>) -> bool {
        let own = collapsed(element.text());
        let own = own.trim_matches(|c: char| !c.is_alphanumeric());
        !own.is_empty() && collapsed(self.root.text()).matches(own).nth(1).is_some()
    }

    fn is_inside(&self, node: NodeRef<'_, Node>) -> bool {
        // Only a few levels: what is deeper is found by the walk, which passes over all that is inside.
        std::iter::once(node)
            .chain(node.ancestors().take(6))
            .any(|around| self.idle.contains(&around.id()) || self.beside.contains(&around.id()))
    }
}

/// Whether an element is the article's own, whose text stands in blocks inside it.
fn is_article(element: ElementRef<'_>) -> bool {
    element.value().name() == "article"
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether all that a block says is who wrote the article, or when.
fn says_when(element: ElementRef<'_>) -> bool {
    if says_when_or_who(element.value()) {
        return !is_heading(element.value().name());
    }
    let mut any = false;
    let all = element.children().all(|node| match node.value() {
        Node::Text(text) => !text.chars().any(char::is_alphanumeric),
        Node::Element(own) if says_when_or_who(own) => {
            any = true;
            true
        }
        Node::Element(own) => own.name() == "br",
        _ => true,
    });
    any && all
}

/// Whether some part of a block says who wrote the article, or when.
fn says_within(element: ElementRef<'_>) -> bool {
    element.descendants().filter_map(ElementRef::wrap).any(|part| says_when_or_who(part.value()))
}
