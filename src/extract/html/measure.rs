//! What the elements of a page hold: letters, links, running text, and where it begins and ends. One pass, without recursion.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::around::says_deck;
use super::collapsed;
use super::names::{is_caption, says_own, says_when_or_who};

/// Letters of a block from which it may be running text, and from which it is without a sentence's end.
const PROSE: (usize, usize) = (25, 80);
/// Percent of a block's letters that may be links in running text.
const MOST_LINKED: usize = 50;
/// Letters of a block that are kept to judge its words.
const MOST_KEPT: usize = 300;
/// Letters of a block that says who wrote the article and when.
pub(super) const SAID: usize = 100;

/// Elements that hold running text of their own, each a block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "figure",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "details",
    "summary",
    "address",
    "center",
    "body",
    "html",
    "dl",
    "dd",
    "dt",
    "li",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "caption",
    "aside",
    "footer",
    "nav",
    "form",
    "hgroup",
];

/// Whether an element ends one block of text and begins another.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// What an element and all in it hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Holds {
    /// Letters, all and those of links.
    pub letters: usize,
    pub linked: usize,
    pub links: usize,
    /// Letters of running text.
    pub prose: usize,
    /// Where the first and the last running text stands, in the order of the page.
    pub first: Option<usize>,
    pub last: Option<usize>,
    /// Where the line under the title stands.
    pub deck: Option<usize>,
    /// Its own text, as far as it is kept; letters of it, all and those of links.
    pub own: String,
    pub own_letters: usize,
    pub own_linked: usize,
    /// When it was opened.
    pub order: usize,
}

/// What each element holds, those in `without` and all in them left out.
pub(super) fn measure(body: ElementRef<'_>, without: &HashSet<NodeId>) -> HashMap<NodeId, Holds> {
    let mut done: HashMap<NodeId, Holds> = HashMap::new();
    let mut open: Vec<(NodeId, bool, Holds)> = Vec::new();
    let (mut links, mut order) = (0usize, 0usize);
    let mut skipped: Option<NodeId> = None;
    for edge in body.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Element(element) => {
                    let name = element.name();
                    if without.contains(&node.id())
                        || matches!(name, "script" | "style" | "template" | "noscript")
                    {
                        skipped = Some(node.id());
                        continue;
                    }
                    order += 1;
                    links += usize::from(name == "a");
                    let holds = Holds { order, links: usize::from(name == "a"), ..Holds::default() };
                    open.push((node.id(), is_block(name), holds));
                }
                Node::Text(text) => take_text(&mut open, text, links > 0),
                _ => {}
            },
            Edge::Close(node) => {
                if skipped == Some(node.id()) {
                    skipped = None;
                } else if skipped.is_none()
                    && let Node::Element(element) = node.value()
                    && let Some((id, block, holds)) = open.pop()
                {
                    links -= usize::from(element.name() == "a");
                    close(&mut done, &mut open, id, block, element, holds);
                }
            }
            Edge::Open(_) => {}
        }
    }
    done
}

/// Text belongs to the innermost block around it.
fn take_text(open: &mut [(NodeId, bool, Holds)], text: &str, linked: bool) {
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    if letters == 0 && !text.contains([' ', '\n']) {
        return;
    }
    if let Some((_, _, own)) = open.iter_mut().rev().find(|(_, block, _)| *block) {
        own.own_letters += letters;
        own.own_linked += if linked { letters } else { 0 };
        if own.own.len() < MOST_KEPT {
            own.own.push_str(text);
        }
    }
    if let Some((_, _, own)) = open.last_mut() {
        own.letters += letters;
        own.linked += if linked { letters } else { 0 };
    }
}

/// Ends an element: says whether its own text runs, and adds it to what is around it.
fn close(
    done: &mut HashMap<NodeId, Holds>,
    open: &mut [(NodeId, bool, Holds)],
    id: NodeId,
    block: bool,
    element: &Element,
    mut holds: Holds,
) {
    let says = holds.own_letters <= SAID && says_when_or_who(element);
    if block && !says && !is_caption(element) && runs(element.name(), &holds) {
        holds.prose += holds.own_letters;
        // What stands between the line under a title and the text stands before the text.
        if says_deck(element) && !says_own(element) {
            holds.deck = Some(holds.order);
            return put(done, open, id, holds);
        }
        holds.first = Some(holds.first.map_or(holds.order, |first| first.min(holds.order)));
        holds.last = Some(holds.last.map_or(holds.order, |last| last.max(holds.order)));
    }
    put(done, open, id, holds);
}

/// Adds an element to what is around it, and keeps what it holds.
fn put(done: &mut HashMap<NodeId, Holds>, open: &mut [(NodeId, bool, Holds)], id: NodeId, mut holds: Holds) {
    if let Some((_, _, around)) = open.last_mut() {
        around.letters += holds.letters;
        around.linked += holds.linked;
        around.links += holds.links;
        around.prose += holds.prose;
        around.first = [around.first, holds.first].into_iter().flatten().min();
        around.deck = around.deck.or(holds.deck);
        around.last = [around.last, holds.last].into_iter().flatten().max();
    }
    holds.own = collapsed(std::iter::once(holds.own.as_str()));
    done.insert(id, holds);
}

/// Whether a block's own text is running text: long enough, and not mostly links.
fn runs(name: &str, holds: &Holds) -> bool {
    if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "figcaption" | "caption" | "th") {
        return false;
    }
    let stops = holds.own.contains(['.', '،', '؛', '؟', '!', '…', '۔', ':', ',']);
    let long = holds.own_letters >= if stops || name == "p" { PROSE.0 } else { PROSE.1 };
    long && holds.own_linked * 100 < holds.own_letters * MOST_LINKED
}
