//! An article on one line of JSON with all that a library needs to have it again: what `khabar export --format json`
//! prints, and `ingest::exported` reads. It is the line of [`json`](super::json) and, behind it, where the article came
//! from, when, what was declared of it, and its body as it came: text where the bytes are UTF-8, else base64 (RFC 4648).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;

use super::json::{ArticleOut, Subject, article_out, direction, line};
use crate::article::{Article, ArticleId, Body, Entry, Fact, Format, Marks, Origin};

/// An article of a library with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// Its number there.
    pub id: ArticleId,
    /// What can be read.
    pub article: &'a Article,
    /// Its facts.
    pub facts: &'a [Fact],
    /// What the person decided of it.
    pub marks: &'a Marks,
    /// Where it came from.
    pub origin: &'a Origin,
    /// When it came in.
    pub received: Timestamp,
    /// What was declared of it.
    pub entry: &'a Entry,
    /// Its bytes.
    pub body: &'a Body,
}

/// The article's line, without line end.
pub fn article(whole: &Whole<'_>) -> String {
    let Whole { id, article, facts, marks, origin, received, entry, body } = *whole;
    line(&WholeOut {
        article: article_out(Subject::Stored(id), article, facts, Some(marks)),
        origin: OriginOut::from(origin),
        received: received.to_string(),
        declared: EntryOut::from(entry),
        body: BodyOut::from(body),
    })
}

#[derive(Serialize)]
struct WholeOut<'a> {
    #[serde(flatten)]
    article: ArticleOut<'a>,
    origin: OriginOut<'a>,
    received: String,
    declared: EntryOut<'a>,
    body: BodyOut<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum OriginOut<'a> {
    File { file: &'a str },
    Feed { feed: &'a str, guid: &'a str },
    Url { url: &'a str },
    Stdin { stdin: &'a str },
}

impl<'a> From<&'a Origin> for OriginOut<'a> {
    fn from(origin: &'a Origin) -> Self {
        match origin {
            Origin::File(file) => Self::File { file },
            Origin::Feed { feed, guid } => Self::Feed { feed, guid },
            Origin::Url(url) => Self::Url { url },
            Origin::Stdin(hash) => Self::Stdin { stdin: &hash.0 },
        }
    }
}

/// What was declared; what was not is left out.
#[derive(Serialize)]
struct EntryOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charset: Option<&'a str>,
}

impl<'a> From<&'a Entry> for EntryOut<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            title: entry.title.as_deref(),
            source: entry.source.as_deref(),
            author: entry.author.as_deref(),
            published: entry.published.map(|time| time.to_string()),
            language: entry.language.as_deref(),
            direction: direction(entry.direction),
            url: entry.url.as_deref(),
            charset: entry.charset.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct BodyOut<'a> {
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

impl<'a> From<&'a Body> for BodyOut<'a> {
    fn from(body: &'a Body) -> Self {
        let text = std::str::from_utf8(&body.bytes).ok();
        Self {
            format: match body.format {
                Format::Text => "text",
                Format::Html => "html",
                Format::Markdown => "markdown",
            },
            text,
            base64: text.is_none().then(|| STANDARD.encode(&body.bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BodyHash;

    #[test]
    fn a_body_is_text_or_base64_and_never_drives_a_terminal() {
        let of = |bytes: &[u8]| {
            let body = Body { bytes: bytes.to_vec(), format: Format::Text, hash: BodyHash(String::new()) };
            let entry = Entry { title: Some("خبر\u{202e}".into()), ..Entry::default() };
            let origin = Origin::Feed { feed: "https://a.example/feed".into(), guid: "1".into() };
            let line = article(&Whole {
                id: ArticleId(7),
                article: &Article::default(),
                facts: &[],
                marks: &Marks { muted: true, ..Marks::default() },
                origin: &origin,
                received: Timestamp::UNIX_EPOCH,
                entry: &entry,
                body: &body,
            });
            line.split_once(r#""muted":true,"#).unwrap().1.split_once(r#""origin":"#).unwrap().1.to_owned()
        };
        let start = r#"{"feed":"https://a.example/feed","guid":"1"},"received":"1970-01-01T00:00:00Z","declared":{"title":"خبر\u202e"},"body":{"format":"text","#;
        assert_eq!(of("ا\u{1b}[2J\r\n".as_bytes()), format!("{start}{}", r#""text":"ا\u001b[2J\r\n"}}"#));
        assert_eq!(of(&[0xe3, 0xff]), format!("{start}{}", r#""base64":"4/8="}}"#));
    }
}
