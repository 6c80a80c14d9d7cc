//! Keys and values of HTML without table markup: boxes whose parts are a label and a value each, labels and values in
//! turn, paragraphs that begin with a bold label. What looks like menus, cards, comments or forms is none.

use scraper::{ElementRef, Node};

use super::build::{MOST_ROWS, NewCell};
use super::html::collapsed;
use super::html_table::{ReadTable, cell_text};
use crate::article::TableKind;

/// Pairs of a box, at the least; of one whose class says that it holds facts.
const LEAST_PAIRS: (usize, usize) = (3, 2);
/// Characters and words of a label.
const LABEL: (usize, usize) = (45, 7);
/// Characters of a value.
const LONG_VALUE: usize = 160;
/// Nodes of a label or value that are looked at.
const MOST_NODES: usize = 60;

/// Parts of classes that say what a box holds.
const FACTS: &[&str] = &[
    "fact",
    "infobox",
    "info-box",
    "info-list",
    "glance",
    "spec",
    "key-val",
    "keyval",
    "summary-box",
    "details-list",
    "job-details",
    "meta-list",
    "data-list",
    "pi-item",
    "portable-infobox",
];
/// Words of classes that say that a box is none of the article's facts.
const OTHERS: &[&str] = &[
    "nav",
    "menu",
    "share",
    "social",
    "comment",
    "related",
    "card",
    "tag",
    "breadcrumb",
    "byline",
    "author",
    "pagination",
    "gallery",
    "slider",
    "carousel",
    "rating",
    "poll",
    "form",
    "footer",
    "sidebar",
    "ads",
    "advert",
    "newsletter",
    "ticker",
];

/// Whether an element's class or id says that it holds facts.
pub(super) fn says_facts(element: ElementRef<'_>) -> bool {
    let names = names(element);
    FACTS.iter().any(|fact| names.contains(fact))
}

fn names(element: ElementRef<'_>) -> String {
    let own = element.value();
    format!("{} {}", own.attr("class").unwrap_or(""), own.attr("id").unwrap_or("")).to_ascii_lowercase()
}

fn says_other(element: ElementRef<'_>) -> bool {
    let names = names(element);
    names
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| OTHERS.contains(&word) || OTHERS.contains(&word.trim_end_matches('s')))
}

/// The pairs of a box (`div`, `section`, `ul`), where it is one.
pub(super) fn boxed(element: ElementRef<'_>) -> Option<ReadTable> {
    if says_other(element) {
        return None;
    }
    let facts = says_facts(element);
    let least = if facts { LEAST_PAIRS.1 } else { LEAST_PAIRS.0 };
    let mut rows: Vec<Vec<NewCell>> = Vec::new();
    let mut caption = None;
    for child in element.child_elements().take(MOST_ROWS) {
        match pair(child, facts) {
            Some(row) => rows.push(row),
            // A heading may stand first.
            None if rows.is_empty() && caption.is_none() && is_heading(child) => {
                caption = Some(cell_text(child));
            }
            None if rows.is_empty() => return in_turn(element, least),
            None => return None,
        }
    }
    let own_text =
        element.children().any(|node| matches!(node.value(), Node::Text(text) if !text.trim().is_empty()));
    (rows.len() >= least && !own_text).then_some(ReadTable { kind: TableKind::KeyValue, rows, caption })
}

fn is_heading(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "header")
        && short(element, LABEL.0)
}

/// The two cells of a part that is a label and a value.
fn pair(part: ElementRef<'_>, facts: bool) -> Option<Vec<NewCell>> {
    if !matches!(part.value().name(), "div" | "li" | "p" | "span" | "section") || says_other(part) {
        return None;
    }
    let own_text =
        part.children().any(|node| matches!(node.value(), Node::Text(text) if !text.trim().is_empty()));
    let mut children = part.child_elements();
    let (label, value) = (children.next()?, children.next()?);
    if own_text || children.next().is_some() {
        return None;
    }
    let apart = facts
        || label.value().attr("class") != value.value().attr("class")
        || label.value().name() != value.value().name();
    (apart && is_label(label, facts) && is_value(value)).then(|| cells(label, value))
}

/// Labels and values in turn, each with a class or an element of its own.
fn in_turn(element: ElementRef<'_>, least: usize) -> Option<ReadTable> {
    let children: Vec<ElementRef<'_>> = element.child_elements().take(MOST_ROWS).collect();
    fn name<'d>(element: &ElementRef<'d>) -> (&'d str, Option<&'d str>) {
        (element.value().name(), element.value().attr("class"))
    }
    let (first, second) = (name(children.first()?), name(children.get(1)?));
    let regular = children.len().is_multiple_of(2)
        && children.len() / 2 >= least
        && first != second
        && first.1.is_some()
        && children.chunks_exact(2).all(|two| match two {
            [label, value] => {
                name(label) == first && name(value) == second && is_label(*label, true) && is_value(*value)
            }
            _ => false,
        });
    let rows = children.chunks_exact(2).filter_map(|two| match two {
        [label, value] => Some(cells(*label, *value)),
        _ => None,
    });
    regular.then(|| ReadTable { kind: TableKind::KeyValue, rows: rows.collect(), caption: None })
}

fn cells(label: ElementRef<'_>, value: ElementRef<'_>) -> Vec<NewCell> {
    let text = cell_text(label);
    let text = text.trim_end_matches([':', '：', ' ', '\u{A0}']).to_owned();
    vec![
        NewCell { text, header: true, ..NewCell::default() },
        NewCell { text: cell_text(value), ..NewCell::default() },
    ]
}

fn is_label(element: ElementRef<'_>, facts: bool) -> bool {
    let name = element.value().name();
    let fits = matches!(name, "div" | "span" | "strong" | "b" | "p" | "em" | "dt" | "label" | "th")
        || (facts && matches!(name, "h2" | "h3" | "h4" | "h5" | "h6"));
    fits && short(element, LABEL.0)
        && cell_text(element).split_whitespace().count() <= LABEL.1
        && !within(element, &["a", "img", "input", "button", "time"])
}

fn is_value(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    matches!(name, "div" | "span" | "p" | "dd" | "em" | "a" | "time" | "ul" | "td" | "strong" | "b")
        && short(element, LONG_VALUE)
        && !within(element, &["h1", "h2", "h3", "h4", "input", "button", "select", "table", "form"])
}

/// Whether an element holds text, not more than so many characters, in few nodes.
fn short(element: ElementRef<'_>, most: usize) -> bool {
    let (mut nodes, mut characters) = (0, 0);
    for node in element.descendants() {
        nodes += 1;
        if let Node::Text(text) = node.value() {
            characters += text.trim().chars().take(most + 1).count();
        }
        if nodes > MOST_NODES || characters > most {
            return false;
        }
    }
    characters > 0
}

fn within(element: ElementRef<'_>, names: &[&str]) -> bool {
    element
        .descendants()
        .take(MOST_NODES)
        .any(|node| node.value().as_element().is_some_and(|own| names.contains(&own.name())))
}

/// Paragraphs or items side by side that begin with a bold label and have no colon: the pairs from a first one on, and
/// how many elements they take. With a colon they stay paragraphs, and the label is found in their text.
pub(super) fn bold_labels(first: ElementRef<'_>) -> Option<(ReadTable, usize)> {
    let name = first.value().name();
    let mut rows = Vec::new();
    let siblings = std::iter::once(first).chain(first.next_siblings().filter_map(ElementRef::wrap));
    for element in siblings.take(MOST_ROWS) {
        match bold_pair(element).filter(|_| element.value().name() == name) {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    let many = rows.len();
    (many >= LEAST_PAIRS.0).then_some((ReadTable { kind: TableKind::KeyValue, rows, caption: None }, many))
}

fn bold_pair(element: ElementRef<'_>) -> Option<Vec<NewCell>> {
    if !matches!(element.value().name(), "p" | "li") {
        return None;
    }
    let mut children = element.children().filter(|node| match node.value() {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(own) => own.name() != "br",
        _ => false,
    });
    let label = ElementRef::wrap(children.next()?)?;
    let bold = matches!(label.value().name(), "strong" | "b") && short(label, LABEL.0);
    if !bold || !short(element, LONG_VALUE) || within(element, &["img", "input", "strong strong"]) {
        return None;
    }
    let text = cell_text(label);
    let whole = cell_text(element);
    let value =
        whole.strip_prefix(text.as_str())?.trim_start_matches([' ', '-', '–', '—', '\u{A0}']).to_owned();
    let ends = text.ends_with([':', '：', '.', '؟', '?', '!']) || value.starts_with([':', '،', ',', '.']);
    let sentence = value.ends_with(['.', '!', '؟', '?']) && value.split_whitespace().count() > 4;
    let fits = !ends && !sentence && !value.is_empty() && text.split_whitespace().count() <= LABEL.1;
    let key = collapsed(std::iter::once(text.as_str()));
    fits.then(|| {
        vec![
            NewCell { text: key, header: true, ..NewCell::default() },
            NewCell { text: value, ..NewCell::default() },
        ]
    })
}
