//! HTML → an article. `main_part` finds where in a page it stands, `walk` takes its blocks in one pass without recursion,
//! so that no depth of nesting matters (`shallow` sees to the parser); `meta` and `json_ld` read what the page says of it;
//! `names` knows what the names of elements mean. Tables and boxes of facts are `html_table`'s and `html_pairs`'.

mod around;
mod json_ld;
mod main_part;
mod measure;
mod meta;
mod names;
mod phrases;
mod pictures;
mod shallow;
mod walk;

use scraper::{Html, Selector};
use url::Url;

use super::build::{Build, MOST_ROWS};
use crate::article::{Article, BlockKind, Entry, Warning};
use crate::text::Direction;

/// Letters of running text below which a page has none, so that what it says in JSON-LD is read instead.
const NO_PROSE: usize = 200;
/// Bytes of a document in which it says that it is a whole page.
const HEAD: usize = 2048;

/// Makes an article of an HTML document or fragment.
pub(super) fn article(text: &str, entry: &Entry, warnings: &mut Vec<Warning>) -> Article {
    let (shallow, cut) = shallow::shallow(text);
    if cut {
        let sentence = "elements nested deeper than any page's: the deepest were read as text";
        warnings.push(Warning(sentence.to_owned()));
    }
    let document = Html::parse_document(&shallow);
    let base = base_url(&document, entry);
    let said = json_ld::said(&document).unwrap_or_default();
    let main = main_part::main_part(&document, is_page(text));
    let root = main.as_ref().map(|main| main.root);
    let mut build = Build::default();
    if let Some(title) = entry.title.clone().or_else(|| meta::title(&document, root, &said)) {
        build.title(&title);
    }
    let prose = main.as_ref().map_or(0, |main| main.prose);
    let declared =
        said.body.as_deref().filter(|body| prose < NO_PROSE && body.chars().count() > NO_PROSE * 2);
    let mut article = match (declared, &main) {
        // A page that a script fills says its text here, as lines.
        (Some(body), _) => {
            for line in body.lines() {
                build.block(BlockKind::Paragraph, &collapsed(std::iter::once(line)), None, &[]);
            }
            build.finish()
        }
        (None, Some(main)) => {
            let (article, cut) = walk::walk(main, build, base.clone());
            if cut {
                let sentence = format!("a table of more than {MOST_ROWS} rows: the rest of it was left out");
                warnings.push(Warning(sentence));
            }
            article
        }
        (None, None) => build.finish(),
    };
    if said.partly_closed {
        let sentence = "the page says that only a part of it is free: the rest may be missing";
        warnings.push(Warning(sentence.to_owned()));
    }
    article.language = meta::language(&document, &said, &article.text);
    article.direction = meta::direction(&document, root, &article.text);
    article.published = meta::published(&document, root, &said);
    article.source = meta::site(&document, &said);
    article.author = meta::author(&document, &said);
    article.url = meta::address(&document, &said, base.as_ref());
    article
}

/// Whether a text is a whole page, and no fragment of one (the content of a feed's entry).
fn is_page(text: &str) -> bool {
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(..end).unwrap_or("").to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<title", "<meta"].iter().any(|tag| head.contains(tag))
}

fn select(selector: &str) -> Option<Selector> {
    Selector::parse(selector).ok()
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
        is_named("property") || is_named("name") || is_named("itemprop")
    })?;
    let text = collapsed(found.value().attr("content").into_iter());
    Some(text).filter(|text| !text.is_empty())
}

/// The direction that a `dir` names.
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
    for mut part in parts {
        while let Some((at, c)) = part.char_indices().find(|(_, c)| *c == ' ' || c.is_control()) {
            text.push_str(part.get(..at).unwrap_or(""));
            part = part.get(at + c.len_utf8()..).unwrap_or("");
            let white = matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{C}');
            if white && !text.ends_with(' ') && !text.is_empty() {
                text.push(' ');
            }
        }
        text.push_str(part);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Where relative addresses count from.
fn base_url(document: &Html, entry: &Entry) -> Option<Url> {
    let page = entry.url.clone().or_else(|| attribute(document, "link[rel=canonical]", "href"));
    let page = page.and_then(|page| Url::parse(&page).ok());
    match (attribute(document, "base", "href"), page) {
        (Some(declared), Some(page)) => page.join(&declared).ok(),
        (Some(declared), None) => Url::parse(&declared).ok(),
        (None, page) => page,
    }
}

/// An absolute address that a reader may follow: `http`, `https`, `mailto`, no control characters.
pub(super) fn web_address(base: Option<&Url>, href: &str) -> Option<String> {
    let href = href.trim();
    let url = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    crate::article::is_followed(url.as_str()).then(|| url.to_string())
}

/// The text of an HTML fragment, on one line: for titles of feeds.
pub fn plain_text(fragment: &str) -> String {
    collapsed(Html::parse_fragment(fragment).root_element().text())
}
