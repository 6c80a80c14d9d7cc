//! Articles as one HTML page, each in its own direction and language: to be kept, sent or printed. Text from outside is
//! escaped; only `http`, `https` and `mailto` links come out as links.

use jiff::tz::TimeZone;

use super::harmless;
use crate::article::{Article, Block, BlockKind, Fact, Link, Marks, Row, Span};
use crate::text::{Direction, direction_of};

/// What stands before the articles.
pub fn begin(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n\
         body {{ max-width: 42em; margin: auto; padding: 1em; line-height: 1.6; font-family: serif }}\n\
         article {{ border-top: 1px solid; padding-top: 1em; margin-top: 2em }}\n\
         table {{ border-collapse: collapse }} td, th {{ border: 1px solid; padding: .2em .6em; text-align: start }}\n\
         pre {{ overflow: auto; direction: ltr }} .byline, figcaption {{ font-size: smaller }}\n\
         </style>\n</head>\n<body>\n",
        escaped(title)
    )
}

/// What stands behind them.
pub fn end() -> &'static str {
    "</body>\n</html>\n"
}

/// An article with its facts and, of a stored one, the note of its bookmark.
pub fn article(article: &Article, facts: &[Fact], marks: Option<&Marks>, zone: &TimeZone) -> String {
    let direction = article.direction.or_else(|| direction_of(article.title_text())).unwrap_or_default();
    let language =
        article.language.as_deref().map(|tag| format!(" lang=\"{}\"", escaped(tag))).unwrap_or_default();
    let mut out = format!("<article dir=\"{}\"{language}>\n", name(direction));
    let title = escaped(article.title_text());
    out.push_str(&match article.url.as_deref().and_then(safe) {
        Some(url) => format!("<h1><a href=\"{url}\">{title}</a></h1>\n"),
        None => format!("<h1>{title}</h1>\n"),
    });
    let date = article.published.map(|time| zone.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string());
    let names = [article.source.as_deref(), article.author.as_deref()].into_iter().flatten().map(escaped);
    let byline: Vec<String> = names.chain(date).collect();
    if !byline.is_empty() {
        out.push_str(&format!("<p class=\"byline\">{}</p>\n", byline.join(" · ")));
    }
    if let Some(bookmark) = marks.and_then(|marks| marks.bookmark.as_ref()) {
        let due = bookmark.due.map(|day| day.to_string());
        let parts: Vec<String> = bookmark.note.as_deref().map(escaped).into_iter().chain(due).collect();
        if !parts.is_empty() {
            out.push_str(&format!("<p class=\"byline\"><mark>{}</mark></p>\n", parts.join(" · ")));
        }
    }
    let mut list = false;
    for block in &article.blocks {
        let is_item = matches!(block.kind, BlockKind::Item { .. } | BlockKind::Continued { .. });
        if is_item != list {
            out.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            list = is_item;
        }
        push_block(article, block, &mut out);
    }
    if list {
        out.push_str("</ul>\n");
    }
    if !facts.is_empty() {
        out.push_str("<table>\n");
        for fact in facts {
            let (key, value) = (escaped(&fact.key), escaped(&fact.value));
            out.push_str(&format!("<tr><th dir=\"auto\">{key}</th><td dir=\"auto\">{value}</td></tr>\n"));
        }
        out.push_str("</table>\n");
    }
    out.push_str("</article>\n");
    out
}

fn push_block(article: &Article, block: &Block, out: &mut String) {
    let text = linked(article, block.span);
    let own = block.direction.map(|own| format!(" dir=\"{}\"", name(own))).unwrap_or_default();
    out.push_str(&match block.kind {
        BlockKind::Paragraph => format!("<p{own}>{text}</p>\n"),
        BlockKind::Heading(level) => {
            let level = (level + 1).clamp(2, 6);
            format!("<h{level}{own}>{text}</h{level}>\n")
        }
        BlockKind::Item { number: Some(number), .. } => format!("<li value=\"{number}\"{own}>{text}</li>\n"),
        BlockKind::Item { number: None, .. } => format!("<li{own}>{text}</li>\n"),
        BlockKind::Continued { .. } => format!("<li style=\"list-style: none\"{own}>{text}</li>\n"),
        BlockKind::Quote => format!("<blockquote{own}>{text}</blockquote>\n"),
        BlockKind::Code => format!("<pre>{}</pre>\n", escaped(block.span.of(&article.text))),
        BlockKind::Table(index) => table(article, index).unwrap_or_else(|| format!("<p{own}>{text}</p>\n")),
        BlockKind::Caption => format!("<p class=\"byline\"{own}>{text}</p>\n"),
        BlockKind::Figure => format!("<figure><figcaption{own}>{text}</figcaption></figure>\n"),
        BlockKind::Note(number) => format!("<p class=\"byline\"{own}>[{number}] {text}</p>\n"),
        BlockKind::Rule => "<hr>\n".to_owned(),
    });
}

fn table(article: &Article, index: usize) -> Option<String> {
    let table = article.tables.get(index)?;
    let mut out = "<table>\n".to_owned();
    for row in &table.rows {
        out.push_str(&format!("<tr>{}</tr>\n", cells(article, row)));
    }
    out.push_str("</table>\n");
    Some(out)
}

fn cells(article: &Article, row: &Row) -> String {
    let cell = |span: Span, tag: &str, columns: usize, rows: usize| {
        let spanned = |name: &str, many: usize| match many {
            0 | 1 => String::new(),
            many => format!(" {name}=\"{}\"", many.min(1000)),
        };
        let (columns, rows) = (spanned("colspan", columns), spanned("rowspan", rows));
        format!("<{tag} dir=\"auto\"{columns}{rows}>{}</{tag}>", linked(article, span))
    };
    if row.cells.is_empty() {
        return cell(row.span, "td", 1, 1);
    }
    let cells = row
        .cells
        .iter()
        .map(|own| cell(own.span, if own.header { "th" } else { "td" }, own.columns, own.rows));
    cells.collect()
}

/// The text of a span, escaped, with its links.
fn linked(article: &Article, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let inside = |link: &&Link| link.span.start >= span.start && link.span.end <= span.end;
    for link in article.links.iter().filter(inside) {
        let (Some(url), true) = (safe(&link.url), link.span.start >= at) else { continue };
        out.push_str(&escaped(Span::new(at, link.span.start).of(&article.text)));
        out.push_str(&format!("<a href=\"{url}\">{}</a>", escaped(link.span.of(&article.text))));
        at = link.span.end;
    }
    out.push_str(&escaped(Span::new(at, span.end).of(&article.text)));
    out
}

/// An address that may be a link, escaped.
fn safe(url: &str) -> Option<String> {
    let known = ["http://", "https://", "mailto:"];
    known.iter().any(|scheme| url.starts_with(scheme)).then(|| escaped(url))
}

fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn each_block_is_an_element_in_its_direction() {
        let (own, facts) = fixture::article();
        let page = article(&own, &facts, None, &TimeZone::UTC);
        for part in [
            "<article dir=\"rtl\"",
            "الكويت والصين",
            "<h3>قسم</h3>",
            "<p dir=\"rtl\">عقد <a href=\"https://a.example/1\">الجولة</a>\nفي الكويت.</p>",
            "<ul>\n<li>أول</li>\n<li value=\"2\">ثان</li>\n</ul>",
            "<blockquote>اقتباس</blockquote>",
            "<pre>let x = 1;\nlet y = 2;</pre>",
            "<tr><th dir=\"auto\">العنوان</th><th dir=\"auto\">التفاصيل</th></tr>",
            "<hr>",
            "</article>\n",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn text_from_outside_is_text() {
        let text = "<script>alert(1)</script> \"x\" & \u{1b}[31m";
        let own = Article {
            text: text.into(),
            title: Span::new(0, text.len()),
            url: Some("javascript:alert(1)".into()),
            ..Article::default()
        };
        let page = article(&own, &[], None, &TimeZone::UTC);
        assert!(page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt; &quot;x&quot; &amp; "), "{page}");
        assert!(!page.contains("javascript:") && !page.contains('\u{1b}'));
    }
}
