//! An article as Markdown (CommonMark with tables): what reads the same in an editor and on a page. What Markdown would take
//! for markup in the text is escaped.

use jiff::tz::TimeZone;

use super::harmless;
use crate::article::{Article, Block, BlockKind, Fact, Link, Marks, Span, Table};

/// An article with its facts and, of a stored one, the note of its bookmark; it ends with a line feed.
pub fn article(article: &Article, facts: &[Fact], marks: Option<&Marks>, zone: &TimeZone) -> String {
    let mut parts = vec![format!("# {}", escaped(article.title_text()))];
    let date = article.published.map(|time| zone.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string());
    let names = [article.source.as_deref(), article.author.as_deref()].into_iter().flatten().map(escaped);
    let address = article.url.as_deref().map(|url| format!("<{}>", address(url)));
    let byline: Vec<String> = names.chain(date).chain(address).collect();
    if !byline.is_empty() {
        parts.push(format!("*{}*", byline.join(" · ")));
    }
    if let Some(bookmark) = marks.and_then(|marks| marks.bookmark.as_ref()) {
        let due = bookmark.due.map(|day| day.to_string());
        let note: Vec<String> = due.into_iter().chain(bookmark.note.as_deref().map(escaped)).collect();
        if !note.is_empty() {
            parts.push(format!("**{}**", note.join(" · ")));
        }
    }
    let mut after_item = false;
    for block in &article.blocks {
        let text = block_text(article, block);
        let is_item = matches!(block.kind, BlockKind::Item { .. } | BlockKind::Continued { .. });
        match parts.last_mut() {
            // A list is one part.
            Some(list) if is_item && after_item => {
                list.push('\n');
                list.push_str(&text);
            }
            _ => parts.push(text),
        }
        after_item = is_item;
    }
    if !facts.is_empty() {
        let rows = facts.iter().map(|fact| row([cell(&fact.key), cell(&fact.value)]));
        let head = [row(["".to_owned(), "".to_owned()]), "|---|---|".to_owned()];
        parts.push(head.into_iter().chain(rows).collect::<Vec<_>>().join("\n"));
    }
    parts.retain(|part| !part.trim().is_empty());
    let mut text = parts.join("\n\n");
    text.push('\n');
    harmless(&text).into_owned()
}

/// A block with its markers; inside a quotation each line has its mark.
fn block_text(article: &Article, block: &Block) -> String {
    let text = own_text(article, block);
    if block.kind == BlockKind::Quote || !article.is_quoted(block) {
        return text;
    }
    let lines: Vec<String> = text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
    lines.join("\n")
}

fn own_text(article: &Article, block: &Block) -> String {
    let text = linked(article, block.span);
    match block.kind {
        BlockKind::Paragraph | BlockKind::Caption => text,
        BlockKind::Heading(level) => {
            format!("{} {text}", "#".repeat(usize::from(level.saturating_add(1).clamp(2, 6))))
        }
        BlockKind::Item { depth, number } => {
            let marker = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
            format!("{}{marker} {text}", "   ".repeat(usize::from(depth)))
        }
        BlockKind::Continued { depth } => format!("\n{}{text}\n", "   ".repeat(usize::from(depth) + 1)),
        BlockKind::Quote => format!("> {text}"),
        BlockKind::Code => {
            let code = block.span.of(&article.text);
            let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            format!("{fence}\n{code}\n{fence}")
        }
        BlockKind::Table(index) => match article.tables.get(index) {
            Some(own) => table(article, own),
            None => text,
        },
        BlockKind::Figure => format!("*[{text}]*"),
        BlockKind::Note(number) => format!("[^{number}]: {text}"),
        BlockKind::Rule => "---".to_owned(),
    }
}

/// A table; where its first row is no header, an empty one stands there.
fn table(article: &Article, table: &Table) -> String {
    let cells = |at: usize| -> Vec<String> {
        let Some(own) = table.rows.get(at) else { return Vec::new() };
        if own.cells.is_empty() {
            return vec![cell(own.span.of(&article.text))];
        }
        own.cells.iter().map(|own| cell(own.span.of(&article.text))).collect()
    };
    let columns = (0..table.rows.len()).map(|at| cells(at).len()).max().unwrap_or(1);
    let has_header = table
        .rows
        .first()
        .is_some_and(|row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.header));
    let mut lines = vec![if has_header { row(cells(0)) } else { row(vec![String::new(); columns]) }];
    lines.push(format!("|{}", "---|".repeat(columns)));
    lines.extend((usize::from(has_header)..table.rows.len()).map(|at| row(cells(at))));
    lines.join("\n")
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("|{}", cells.into_iter().map(|cell| format!(" {cell} |")).collect::<String>())
}

/// A text in a cell.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}

/// The text of a span, escaped, with its links.
fn linked(article: &Article, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let inside = |link: &&Link| link.span.start >= span.start && link.span.end <= span.end;
    for link in article.links.iter().filter(inside).filter(|link| !link.span.is_empty()) {
        if link.span.start < at {
            continue;
        }
        out.push_str(&spaced(Span::new(at, link.span.start).of(&article.text)));
        out.push_str(&format!("[{}](<{}>)", escaped(link.span.of(&article.text)), address(&link.url)));
        at = link.span.end;
    }
    out.push_str(&spaced(Span::new(at, span.end).of(&article.text)));
    out.trim().to_owned()
}

/// An address between angle brackets: it has no brackets and no white space of its own.
fn address(url: &str) -> String {
    url.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect()
}

/// A text on one line, escaped.
fn escaped(text: &str) -> String {
    spaced(text).trim().to_owned()
}

/// The same, with the white space at its ends.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = '\n';
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && before == ' ' {
            continue;
        }
        let begins = before == '\n';
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>')
            || (begins && matches!(c, '#' | '+' | '-'))
        {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn each_block_has_its_markup() {
        let (own, facts) = fixture::article();
        let text = article(&own, &facts, None, &TimeZone::UTC);
        for part in [
            "# الكويت والصين\n",
            "\n\n### قسم\n\n",
            "عقد [الجولة](<https://a.example/1>) في الكويت.",
            "- أول\n   2. ثان\n\n",
            "> اقتباس",
            "```\nlet x = 1;\nlet y = 2;\n```",
            "| المدينة | الصغرى | العظمى |\n|---|---|---|\n| القاهرة | 23 | 32 |",
            "\n\n---\n\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn text_is_not_taken_for_markup() {
        for (text, expect) in [
            ("# 1 *x* [a](b) <c>", "\\# 1 \\*x\\* \\[a\\](b) \\<c\\>"),
            ("a  b\nc", "a b c"),
            ("- x", "\\- x"),
            ("a - b # c", "a - b # c"),
            ("snake_case `x`", "snake\\_case \\`x\\`"),
        ] {
            assert_eq!(escaped(text), expect);
        }
        assert_eq!(cell("a|b"), "a\\|b");
    }
}
