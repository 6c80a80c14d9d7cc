//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read by what is there: what has another type than it should is passed over.

use std::borrow::Cow;

use serde_json::{Map, Value};
use url::Url;

use super::draft::{Draft, HeadDraft, Kind, Parsed, Words};

/// Reads a document.
///
/// # Errors
/// Where it is no JSON, or JSON without `items`; what is wrong.
pub(super) fn parse(text: &str, base: Option<&Url>, entries: usize) -> Result<Parsed<'static>, String> {
    let mut value: Value = serde_json::from_str(text.trim_end_matches(['\0', '\u{1a}']))
        .or_else(|error| first_value(text).ok_or(error))
        .map_err(|error| {
            format!("it is no JSON at line {}, column {}; fetch it again", error.line(), error.column())
        })?;
    let Some(feed) = value.as_object_mut() else {
        return Err("it has no items; look at its address".to_owned());
    };
    let Some(Value::Array(items)) = feed.remove("items") else {
        return Err("it has no items; look at its address".to_owned());
    };
    let head = HeadDraft {
        title: string(feed, "title").map(|title| words(title, Kind::Text)),
        link: string(feed, "home_page_url").map(Cow::Owned),
        language: string(feed, "language"),
        author: author(feed).map(Cow::Owned),
        minutes: None,
        base: base.cloned(),
    };
    let left_out = items.len().saturating_sub(entries);
    let drafts = items.into_iter().take(entries).filter_map(|item| draft(item, base)).collect();
    Ok(Parsed { head, drafts, left_out, damaged: false })
}

/// The first value of a text that goes on after it.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

fn draft(item: Value, base: Option<&Url>) -> Option<Draft<'static>> {
    let Value::Object(mut item) = item else { return None };
    let html = string(&mut item, "content_html").map(|text| words(text, Kind::Html));
    let plain = string(&mut item, "content_text").map(|text| words(text, Kind::Text));
    let id = match item.remove("id") {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let author = author(&item);
    let url = string(&mut item, "url").or_else(|| string(&mut item, "external_url"));
    Some(Draft {
        id: id.filter(|id| !id.trim().is_empty()).map(Cow::Owned),
        title: string(&mut item, "title").map(|title| words(title, Kind::Text)),
        link: url.map(Cow::Owned),
        permalink: false,
        content: html.or(plain),
        summary: string(&mut item, "summary").map(|text| words(text, Kind::Text)),
        author: author.map(Cow::Owned),
        source: None,
        published: string(&mut item, "date_published").map(Cow::Owned),
        updated: string(&mut item, "date_modified").map(Cow::Owned),
        language: string(&mut item, "language"),
        base: base.cloned(),
    })
}

fn words(text: String, kind: Kind) -> Words<'static> {
    Words { text: Cow::Owned(text), kind }
}

/// A member that is a text with something in it.
fn string(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// The first author's name: `authors` of 1.1, `author` of 1.0.
fn author(object: &Map<String, Value>) -> Option<String> {
    let own = object.get("authors").and_then(|authors| authors.get(0)).or_else(|| object.get("author"))?;
    let name = own.get("name").unwrap_or(own).as_str()?;
    Some(name.to_owned()).filter(|name| !name.trim().is_empty())
}
