//! HTML → an article: its main part, walked once without recursion, so that no depth of nesting matters. What is around
//! the main part (menus, sidebars, forms, footers) is passed over.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use url::Url;

use super::build::{Build, MOST_ROWS};
use super::{html_pairs, html_table};
use crate::article::{Article, BlockKind, Entry, Link, Span, Warning};
use crate::text::Direction;

/// Elements that are no part of an article's text.
const PASSED: &[&str] = &[
    "script", "style", "nav", "aside", "footer", "form", "noscript", "template", "svg", "button", "iframe",
    "select", "head", "object", "math", "dialog", "menu",
];
/// Elements that end one block and begin another.
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "header", "figure", "ul", "ol", "table", "tr", "td", "th",
    "tbody", "thead", "details", "summary", "address", "center", "body", "html", "dl", "dd", "dt",
];

/// Words of classes and roles of what stands beside an article.
const BESIDE: &[&str] = &[
    "sidebar",
    "widget",
    "widget-area",
    "related",
    "related-posts",
    "related-news",
    "share",
    "share-buttons",
    "social-share",
    "comments",
    "breadcrumb",
    "breadcrumbs",
    "newsletter",
    "navbar",
    "main-nav",
    "site-footer",
    "advertisement",
    "most-read",
];
/// Elements inside one another in which tables and boxes of facts are looked for.
const MOST_DEPTH: usize = 200;
/// Elements that may be the article's main part, as many as are looked at.
const MOST_MAIN: usize = 40;

/// Whether an element stands beside the article: sidebars, share buttons, comments.
fn is_beside(element: &Element) -> bool {
    let class = element.attr("class").unwrap_or("");
    class.split_ascii_whitespace().any(|word| BESIDE.contains(&word))
        || matches!(element.attr("role"), Some("navigation" | "complementary" | "search" | "contentinfo"))
}

/// Makes an article of an HTML document or fragment.
pub(super) fn article(text: &str, entry: &Entry, warnings: &mut Vec<Warning>) -> Article {
    let document = Html::parse_document(text);
    let mut walk = Walk { base: base_url(&document, entry), ..Walk::default() };
    let canonical =
        attribute(&document, "link[rel=canonical]", "href").and_then(|url| walk.web_address(&url));
    let article = &mut walk.build.article;
    article.language = attribute(&document, "html", "lang").map(|tag| tag.chars().take(35).collect());
    article.direction = attribute(&document, "html, body, article", "dir").and_then(|dir| direction(&dir));
    article.published = published(&document);
    article.source = meta(&document, "og:site_name");
    article.author = meta(&document, "author").or_else(|| meta(&document, "article:author"));
    article.url = canonical;
    let main = main_part(&document);
    let heading = main.and_then(|main| first_text(main, "h1"));
    let title = entry.title.clone().or(heading).or_else(|| meta(&document, "og:title")).or_else(|| {
        select("title").and_then(|title| document.select(&title).next()).map(|title| collapsed(title.text()))
    });
    if let Some(title) = title {
        walk.build.title(&title);
    }
    if let Some(main) = main {
        walk.walk(*main);
    }
    walk.flush();
    if walk.cut {
        warnings.push(Warning(format!("a table of more than {MOST_ROWS} rows: the rest of it was left out")));
    }
    walk.build.article
}

/// The element that holds the article: the longest `article`, else `main`, else the body.
fn main_part(document: &Html) -> Option<ElementRef<'_>> {
    let longest = |selector: &str| {
        let selector = select(selector)?;
        document
            .select(&selector)
            .take(MOST_MAIN)
            .max_by_key(|element| element.text().map(str::len).sum::<usize>())
    };
    longest("article")
        .or_else(|| longest("main, [role=main], [itemprop=articleBody]"))
        .or_else(|| longest("body"))
}

fn select(selector: &str) -> Option<Selector> {
    Selector::parse(selector).ok()
}

fn first_text(within: ElementRef<'_>, selector: &str) -> Option<String> {
    let found = within.select(&select(selector)?).next()?;
    Some(collapsed(found.text())).filter(|text| !text.is_empty())
}

fn attribute(document: &Html, selector: &str, name: &str) -> Option<String> {
    let selector = select(selector)?;
    let value = document.select(&selector).find_map(|element| element.value().attr(name))?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn meta(document: &Html, name: &str) -> Option<String> {
    let selector = select("meta")?;
    let found = document.select(&selector).find(|meta| {
        let is_named = |attribute| meta.value().attr(attribute) == Some(name);
        is_named("property") || is_named("name")
    })?;
    let text = collapsed(found.value().attr("content").into_iter());
    Some(text).filter(|text| !text.is_empty())
}

/// When it was published, as it says itself (RFC 3339, or a day).
fn published(document: &Html) -> Option<jiff::Timestamp> {
    let said = meta(document, "article:published_time")
        .or_else(|| attribute(document, "time[datetime]", "datetime"))?;
    super::plain::timestamp(&said)
}

pub(super) fn direction(dir: &str) -> Option<Direction> {
    match dir.to_ascii_lowercase().as_str() {
        "rtl" => Some(Direction::Rtl),
        "ltr" => Some(Direction::Ltr),
        _ => None,
    }
}

/// Text with runs of white space as one space.
pub(super) fn collapsed<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for part in parts {
        for c in part.chars() {
            let c = if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}') { ' ' } else { c };
            let fits = !c.is_control() && (c != ' ' || (!text.ends_with(' ') && !text.is_empty()));
            if fits {
                text.push(c);
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn base_url(document: &Html, entry: &Entry) -> Option<Url> {
    let declared = attribute(document, "base", "href").or_else(|| entry.url.clone())?;
    Url::parse(&declared).ok()
}

/// The state of the walk through a document.
#[derive(Default)]
struct Walk {
    build: Build,
    base: Option<Url>,
    /// The text of the block that is being read.
    text: String,
    links: Vec<Link>,
    /// What the block will be, by the elements around it.
    lists: Vec<Option<u32>>,
    item: Option<BlockKind>,
    heading: Option<u8>,
    quotes: usize,
    preformatted: usize,
    caption: usize,
    directions: Vec<Option<Direction>>,
    /// Paragraphs and items that a table before them has taken.
    taken: usize,
    /// Whether rows of a table were left out.
    cut: bool,
    /// Where the link that is being read began, and where it leads.
    link: Option<(usize, String)>,
}

impl Walk {
    fn walk(&mut self, root: NodeRef<'_, Node>) {
        let mut passed = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if passed.is_none() => match node.value() {
                    Node::Text(text) => self.push(text),
                    Node::Element(element) if !self.open(element, node) => {
                        passed = Some(node.id());
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if passed == Some(node.id()) {
                        passed = None;
                    } else if passed.is_none()
                        && let Node::Element(element) = node.value()
                    {
                        self.close(element);
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }

    /// Begins an element; false where all of it is passed over.
    fn open(&mut self, element: &Element, node: NodeRef<'_, Node>) -> bool {
        let name = element.name();
        let hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true");
        let reference = ElementRef::wrap(node);
        // A box of facts may stand in an `aside`.
        let passed =
            PASSED.contains(&name) && !(name == "aside" && reference.is_some_and(html_pairs::says_facts));
        if passed || hidden || is_beside(element) {
            return false;
        }
        if self.taken > 0 && matches!(name, "p" | "li") {
            self.taken -= 1;
            return false;
        }
        // What is nested deeper than any table or box of facts is only read for its text.
        let reference = reference.filter(|_| self.directions.len() < MOST_DEPTH);
        if matches!(name, "div" | "section" | "ul" | "aside" | "figure")
            && let Some(table) = reference.and_then(html_pairs::boxed)
        {
            self.flush();
            self.put(table, element);
            return false;
        }
        if matches!(name, "p" | "li")
            && let Some((table, many)) = reference.and_then(html_pairs::bold_labels)
        {
            self.flush();
            self.put(table, element);
            self.taken = many - 1;
            return false;
        }
        match name {
            "h1" => {
                // The title, once; further ones are headings.
                let text = reference.map(|own| collapsed(own.text())).unwrap_or_default();
                if text == self.build.article.title_text() {
                    return false;
                }
                self.begin_heading(1);
            }
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.begin_heading(name.bytes().last().map_or(2, |digit| digit.saturating_sub(b'0')));
            }
            "table" => {
                if let Some(table) = reference.and_then(html_table::table) {
                    self.flush();
                    self.put(table, element);
                    return false;
                }
                self.flush();
            }
            "dl" => {
                if let Some(table) = reference.and_then(html_table::definitions) {
                    self.flush();
                    self.put(table, element);
                    return false;
                }
                self.flush();
            }
            "ul" => self.begin_list(None),
            "ol" => {
                let first = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.begin_list(Some(first));
            }
            "li" => self.begin_item(),
            "blockquote" => {
                self.flush();
                self.quotes += 1;
            }
            "pre" => {
                self.flush();
                self.preformatted += 1;
            }
            "figcaption" | "caption" => {
                self.flush();
                self.caption += 1;
            }
            "br" => self.text.push('\n'),
            "hr" => {
                self.flush();
                self.build.rule();
            }
            "a" => self.begin_link(element),
            "img" => {}
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
        let own = element.attr("dir").and_then(direction).or_else(|| self.direction());
        self.directions.push(own);
        true
    }

    /// Writes a table, with its caption before it.
    fn put(&mut self, table: html_table::ReadTable, element: &Element) {
        if let Some(caption) = table.caption {
            self.build.block(BlockKind::Caption, &caption, None, &[]);
        }
        self.cut |= table.rows.len() >= MOST_ROWS;
        let own = element.attr("dir").and_then(direction).or_else(|| self.direction());
        self.build.table(table.kind, &table.rows, own);
    }

    fn close(&mut self, element: &Element) {
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = None;
            }
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
                self.item = None;
            }
            "li" => {
                self.flush();
                self.item = None;
            }
            "blockquote" => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "pre" => {
                self.flush();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            "figcaption" | "caption" => {
                self.flush();
                self.caption = self.caption.saturating_sub(1);
            }
            "a" => self.end_link(),
            name if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
        self.directions.pop();
    }

    fn begin_heading(&mut self, level: u8) {
        self.flush();
        self.heading = Some(level.clamp(1, 6));
    }

    fn begin_list(&mut self, first: Option<u32>) {
        self.flush();
        self.lists.push(first);
    }

    fn begin_item(&mut self) {
        self.flush();
        let depth = u8::try_from(self.lists.len().saturating_sub(1).min(8)).unwrap_or(8);
        let number = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = *next;
                *next = next.saturating_add(1);
                Some(number)
            }
            _ => None,
        };
        self.item = Some(BlockKind::Item { depth, number });
    }

    fn begin_link(&mut self, element: &Element) {
        if let Some(address) = element.attr("href").and_then(|href| self.web_address(href)) {
            self.link = Some((self.text.len(), address));
        }
    }

    fn end_link(&mut self) {
        if let Some((start, url)) = self.link.take()
            && start < self.text.len()
        {
            self.links.push(Link { span: Span::new(start, self.text.len()), url });
        }
    }

    /// An absolute address that a reader may follow.
    fn web_address(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.to_string())
    }

    fn direction(&self) -> Option<Direction> {
        self.directions.last().copied().flatten()
    }

    fn push(&mut self, text: &str) {
        // Character references can name controls.
        let is_harmful = |c: &char| c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{C}');
        if self.preformatted > 0 {
            self.text.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            return;
        }
        for c in text.chars().filter(|c| !is_harmful(c)) {
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}') {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        if let Some((start, url)) = self.link.take() {
            // A link around blocks goes on in the next one.
            if start < self.text.len() {
                self.links.push(Link { span: Span::new(start, self.text.len()), url: url.clone() });
            }
            self.link = Some((0, url));
        }
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.links);
        let kind = if let Some(level) = self.heading {
            BlockKind::Heading(level)
        } else if self.preformatted > 0 {
            BlockKind::Code
        } else if self.caption > 0 {
            BlockKind::Caption
        } else if let Some(item) = self.item {
            item
        } else if self.quotes > 0 {
            BlockKind::Quote
        } else {
            BlockKind::Paragraph
        };
        let own = self.direction();
        self.build.block(kind, &text, own, &links);
    }
}

/// The text of an HTML fragment, on one line: for titles of feeds.
pub fn plain_text(fragment: &str) -> String {
    collapsed(Html::parse_fragment(fragment).root_element().text())
}
