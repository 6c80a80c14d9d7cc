//! What a page says of its article in JSON-LD (schema.org `Article` and its kinds).

use scraper::Html;
use serde_json::Value;

use super::collapsed;

/// Scripts of JSON-LD that are looked at, and bytes of each.
const MOST: (usize, usize) = (20, 1 << 20);
/// Objects inside one another that are looked at.
const MOST_DEPTH: usize = 6;

/// What was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub headline: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub body: Option<String>,
    /// Whether the page says that only a part of it is free.
    pub partly_closed: bool,
}

/// Reads the JSON-LD of a page: of its first object that is an article.
pub(super) fn said(document: &Html) -> Option<Said> {
    let scripts = super::select(r#"script[type="application/ld+json"]"#)?;
    document.select(&scripts).take(MOST.0).find_map(|script| {
        let text: String = script.text().collect();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        if text.len() > MOST.1 {
            return None;
        }
        // Raw line feeds inside of strings are common, and no JSON.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let value: Value = serde_json::from_str(text.trim().trim_end_matches(';')).ok()?;
        article(&value, 0).map(read)
    })
}

/// The first object that is an article.
fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > MOST_DEPTH {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth + 1)),
        Value::Object(object) => {
            let is_article = |name: &Value| {
                name.as_str().is_some_and(|name| name.ends_with("Article") || name.ends_with("Posting"))
            };
            let kind = object.get("@type");
            let own = match kind {
                Some(Value::Array(names)) => names.iter().any(is_article),
                Some(name) => is_article(name),
                None => false,
            };
            if own && (object.contains_key("headline") || object.contains_key("datePublished")) {
                return Some(value);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .filter_map(|key| object.get(*key))
                .find_map(|value| article(value, depth + 1))
        }
        _ => None,
    }
}

fn read(value: &Value) -> Said {
    let text = |key: &str| value.get(key).and_then(Value::as_str).and_then(clean);
    let closed = match value.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    Said {
        headline: text("headline").or_else(|| text("name")),
        author: value.get("author").and_then(names),
        published: text("datePublished").or_else(|| text("dateCreated")),
        language: value.get("inLanguage").and_then(name),
        publisher: value.get("publisher").and_then(names),
        url: text("url").or_else(|| {
            let of = value.get("mainEntityOfPage")?;
            of.as_str().or_else(|| of.get("@id")?.as_str()).and_then(clean)
        }),
        body: value.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        partly_closed: closed,
    }
}

/// The names of persons or organisations, parted by commas.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let mut all: Vec<String> = values.iter().filter_map(name).collect();
            all.dedup();
            (!all.is_empty()).then(|| all.join(", "))
        }
        value => name(value),
    }
}

fn name(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("name").and_then(Value::as_str)).and_then(clean)
}

/// A text without markup and controls, on one line.
fn clean(text: &str) -> Option<String> {
    let plain = if text.contains(['<', '&']) { super::plain_text(text) } else { text.to_owned() };
    Some(collapsed(std::iter::once(plain.as_str()))).filter(|text| !text.is_empty())
}
