//! An article as plain logical text: what `khabar show` prints without a width. One paragraph a line; order and
//! joining are the terminal's or the next program's. Laid-out lines are `layout`'s.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::harmless;
use crate::article::{Article, Block, BlockKind, Fact, Headline, Row};

/// What stands between the cells of a table's row.
const CELL_BORDER: &str = " | ";

/// The article's title, its source line (source, author, date in `zone`), then its blocks, blank lines between
/// them; harmless to a terminal. It ends with a line feed, unless the article is empty.
pub fn article(article: &Article, zone: &TimeZone) -> String {
    let mut parts = Vec::new();
    let head: Vec<String> = [one_line(article.title_text()), source_line(article, zone)]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    if !head.is_empty() {
        parts.push(head.join("\n"));
    }
    if article.blocks.is_empty() {
        let rest = article.text.get(article.title.end..).unwrap_or(&article.text);
        parts.push(rest.trim().to_owned());
    }
    let mut after_item = false;
    for block in &article.blocks {
        let text = block_text(article, block);
        if text.is_empty() {
            continue;
        }
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
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    match harmless(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean,
    }
}

/// A line of a list: number, marks (`•` unread, `✓` done, `*` bookmarked), title and source.
pub fn headline(headline: &Headline) -> String {
    let marks = &headline.marks;
    let state = match (marks.done, marks.read) {
        (true, _) => '✓',
        (false, false) => '•',
        (false, true) => ' ',
    };
    let star = if marks.bookmark.is_some() { '*' } else { ' ' };
    let source =
        headline.source.as_deref().map(|source| format!(" · {}", one_line(source))).unwrap_or_default();
    let line = format!("{:>5} {state}{star} {}{source}", headline.id.0, one_line(&headline.title));
    harmless(&line).into_owned()
}

/// A follow-up, as `khabar due` prints it: number, day, how late it is, title, and the note under it.
pub fn follow_up(headline: &Headline, today: Date) -> String {
    let bookmark = headline.marks.bookmark.as_ref();
    let due = bookmark.and_then(|bookmark| bookmark.due);
    let late = due.and_then(|due| due.until(today).ok()).map_or(0, |span| span.get_days());
    let when = match (due, late) {
        (None, _) => String::new(),
        (Some(day), 1..) => format!("{day} ({late} d late)"),
        (Some(day), _) => day.to_string(),
    };
    let mut line = format!("{:>5} {when} {}", headline.id.0, one_line(&headline.title));
    if let Some(note) = bookmark.and_then(|bookmark| bookmark.note.as_deref()) {
        line.push_str(&format!("\n      {}", one_line(note)));
    }
    harmless(&line).into_owned()
}

/// An article's facts: its title, then a line a fact.
pub fn facts(article: &Article, facts: &[Fact]) -> String {
    let mut lines = vec![one_line(article.title_text())];
    lines.extend(facts.iter().map(|fact| format!("  {}: {}", one_line(&fact.key), one_line(&fact.value))));
    harmless(&lines.join("\n")).into_owned()
}

/// Source, author and date, as far as they are known.
fn source_line(article: &Article, zone: &TimeZone) -> String {
    let date = article.published.map(|time| zone.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string());
    let names = [article.source.as_deref(), article.author.as_deref()].into_iter().flatten().map(one_line);
    let known: Vec<String> = names.chain(date).filter(|part| !part.is_empty()).collect();
    known.join(" · ")
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
    let text = block.span.of(&article.text);
    match block.kind {
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Caption => one_line(text),
        BlockKind::Figure => format!("[{}]", one_line(text)),
        BlockKind::Note(number) => format!("[{number}] {}", one_line(text)),
        BlockKind::Continued { depth } => format!("{}  {}", "  ".repeat(usize::from(depth)), one_line(text)),
        BlockKind::Item { depth, number } => {
            let indent = "  ".repeat(usize::from(depth));
            let marker = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
            format!("{indent}{marker} {}", one_line(text))
        }
        BlockKind::Quote => format!("> {}", one_line(text)),
        BlockKind::Code => {
            let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
            lines.join("\n")
        }
        BlockKind::Table(index) => match article.tables.get(index) {
            Some(table) => {
                let rows: Vec<String> = table.rows.iter().map(|row| row_text(article, row)).collect();
                rows.join("\n")
            }
            None => text.to_owned(),
        },
        BlockKind::Rule => "---".to_owned(),
    }
}

/// A table's row on one line.
fn row_text(article: &Article, row: &Row) -> String {
    if row.cells.is_empty() {
        return one_line(row.span.of(&article.text));
    }
    let cells: Vec<String> = row.cells.iter().map(|cell| one_line(cell.span.of(&article.text))).collect();
    cells.join(CELL_BORDER)
}

/// The text on one line: line feeds and tabs are spaces.
fn one_line(text: &str) -> String {
    text.trim().replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;

    #[test]
    fn an_article_is_its_blocks_with_their_markers() {
        let (sample, _) = fixture::article();
        let expect = "\
الكويت والصين
وكالة · كاتب · 2026-09-01 13:20

قسم

عقد الجولة في الكويت.

- أول
  2. ثان

> اقتباس

    let x = 1;
    let y = 2;

العنوان | التفاصيل
الدولة المستضيفة | الصين

المدينة | الصغرى | العظمى
القاهرة | 23 | 32

---

وصف
";
        assert_eq!(article(&sample, &TimeZone::fixed(jiff::tz::offset(3))), expect);
    }

    #[test]
    fn what_is_missing_leaves_no_hole() {
        let zone = TimeZone::UTC;
        assert_eq!(article(&Article::default(), &zone), "");
        let bare = Article { text: "سطر\u{1b}[2J\u{202E}".into(), ..Article::default() };
        assert_eq!(article(&bare, &zone), "سطر[2J\n");
        let (mut sample, _) = fixture::article();
        sample.tables.clear();
        sample.text.truncate(10);
        let text = article(&sample, &zone);
        assert!(text.contains("وكالة"), "stale spans are no harm: {text}");
    }
}
