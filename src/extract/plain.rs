//! Plain text → an article. The first line that is not empty is the title; blank lines part paragraphs; short lines
//! before a paragraph are headings; rows of a table stay rows. The canonical text is the text itself: blocks are spans
//! into it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::rows;
use crate::article::{Article, Block, BlockKind, Entry, Span};

/// Characters up to which a line can be a heading, and words.
const HEADING: (usize, usize) = (90, 14);
/// Characters from which a line is a paragraph by itself.
const LONG_LINE: usize = 110;
/// Characters that the lines of hard-wrapped text have, at the least.
const WRAPPED: usize = 55;

/// A line of the text, without its line feed and without white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub text: &'t str,
    pub span: Span,
    /// Whether an empty line stands before it.
    pub after_blank: bool,
}

/// Makes an article of plain text.
pub(super) fn article(text: &str, entry: &Entry) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let lines = lines(text);
    let mut rest = lines.as_slice();
    while let Some((first, after)) = rest.split_first() {
        match header(first.text) {
            Some((key, value)) => declare(&mut article, key, value),
            None if article.title.is_empty() => article.title = first.span,
            None => break,
        }
        rest = after;
        // Behind the title only lines that touch it are its header.
        if !article.title.is_empty()
            && rest.first().is_some_and(|next| next.after_blank || header(next.text).is_none())
        {
            break;
        }
    }
    if let Some(title) = &entry.title
        && article.title_text() != title
    {
        // A feed's entry of plain text: its title was declared, and all of the body is text.
        let (mut whole, start) = (title.clone(), 0);
        let title = Span::new(start, whole.len());
        whole.push_str("\n\n");
        whole.push_str(text);
        let offset = title.end + 2;
        let own = blocks(&super::plain::lines(text));
        article.text = whole;
        article.title = title;
        put(&mut article, own, offset);
        return article;
    }
    let own = blocks(rest);
    put(&mut article, own, 0);
    article
}

/// Puts blocks and tables into an article whose text begins `offset` bytes later than theirs.
fn put(article: &mut Article, own: (Vec<Block>, Vec<crate::article::Table>), offset: usize) {
    let (blocks, mut tables) = own;
    for table in &mut tables {
        for row in &mut table.rows {
            row.span = row.span.shifted(offset);
            for cell in &mut row.cells {
                cell.span = cell.span.shifted(offset);
            }
        }
    }
    article.blocks =
        blocks.into_iter().map(|block| Block { span: block.span.shifted(offset), ..block }).collect();
    article.tables = tables;
}

/// The lines that are not empty.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut after_blank = false;
    for raw in text.split('\n') {
        let trimmed = raw.trim_matches(is_edge);
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            let start = at + raw.find(trimmed).unwrap_or(0);
            lines.push(Line { text: trimmed, span: Span::new(start, start + trimmed.len()), after_blank });
            after_blank = false;
        }
        at += raw.len() + 1;
    }
    lines
}

/// What is cut off a line's ends: white space, and marks of direction that stand around whole lines.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

/// A header line: its key and value.
fn header(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let known = ["Source", "Date", "Lang", "Author", "URL", "المصدر", "التاريخ", "الكاتب"];
    let (key, value) = (key.trim(), value.trim());
    let is_known = known.iter().any(|own| own.eq_ignore_ascii_case(key));
    (is_known && !value.is_empty() && value.chars().count() <= 200).then_some((key, value))
}

/// Takes what a header line or a front matter declares.
pub(super) fn declare(article: &mut Article, key: &str, value: &str) {
    let text = || Some(value.to_owned());
    match key.to_lowercase().as_str() {
        "source" | "المصدر" => article.source = text(),
        "author" | "الكاتب" => article.author = text(),
        "lang" | "language" => article.language = text(),
        "date" | "التاريخ" => article.published = timestamp(value),
        "url" | "link" => {
            let web = url::Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            article.url = web.then(|| value.to_owned());
        }
        "dir" => article.direction = super::html::direction(value),
        _ => {}
    }
}

/// A time as RFC 3339, a date and a time, or a day (ISO 8601), in UTC where no zone is said.
pub(super) fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    let civil =
        text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0))).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// Blocks and tables of the lines behind the title.
fn blocks(lines: &[Line<'_>]) -> (Vec<Block>, Vec<crate::article::Table>) {
    let mut blocks = Vec::new();
    let mut tables = Vec::new();
    let found = rows::tables(lines);
    let mut found = found.into_iter().peekable();
    let mut at = 0;
    while at < lines.len() {
        if let Some(table) = found.next_if(|table| table.lines.start == at) {
            let own = lines.get(table.lines.clone()).unwrap_or(&[]);
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                let span = Span::new(first.span.start, last.span.end);
                blocks.push(Block { kind: BlockKind::Table(tables.len()), span, direction: None });
                tables.push(table.table);
            }
            at = table.lines.end.max(at + 1);
            continue;
        }
        let until = found.peek().map_or(lines.len(), |table| table.lines.start);
        let end = (at + 1..until)
            .find(|next| lines.get(*next).is_some_and(|line| line.after_blank))
            .unwrap_or(until);
        let next_is_table = end == until && until < lines.len();
        paragraph(lines, at..end, next_is_table, &mut blocks);
        at = end;
    }
    (blocks, tables)
}

/// The blocks of lines that no blank line parts.
fn paragraph(
    lines: &[Line<'_>],
    range: std::ops::Range<usize>,
    next_is_table: bool,
    blocks: &mut Vec<Block>,
) {
    let own = lines.get(range.clone()).unwrap_or(&[]);
    let next = lines.get(range.end).filter(|_| !next_is_table);
    if is_wrapped(own) {
        if let (Some(first), Some(last)) = (own.first(), own.last()) {
            let span = Span::new(first.span.start, last.span.end);
            blocks.push(Block { kind: BlockKind::Paragraph, span, direction: None });
        }
        return;
    }
    for (at, line) in own.iter().enumerate() {
        let following = own.get(at + 1).or(next);
        let block = match item(line) {
            Some((kind, span)) => Block { kind, span, direction: None },
            None if is_heading(line, following) => {
                Block { kind: BlockKind::Heading(2), span: line.span, direction: None }
            }
            None => Block { kind: BlockKind::Paragraph, span: line.span, direction: None },
        };
        blocks.push(block);
    }
}

/// Whether lines are one paragraph that was wrapped at a width: all but the last about as long as the longest.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    let Some((_, all_but_last)) = lengths.split_last() else { return false };
    let longest = lengths.iter().copied().max().unwrap_or(0);
    !all_but_last.is_empty()
        && longest <= LONG_LINE
        && all_but_last.iter().all(|length| *length >= WRAPPED && length * 10 >= longest * 6)
        && lines.iter().all(|line| item(line).is_none())
}

/// Whether a short line stands before a paragraph as its heading.
fn is_heading(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let length = line.text.chars().count();
    let ends = line.text.ends_with(['.', ',', '،', ';', '؛', ':', '!', '…']);
    let longer = next
        .is_some_and(|next| next.text.chars().count() >= (length * 3 / 2).max(60) && item(next).is_none());
    length <= HEADING.0 && line.text.split_whitespace().count() <= HEADING.1 && !ends && longer
}

/// A list item: its kind and the bytes of its text behind the marker.
fn item(line: &Line<'_>) -> Option<(BlockKind, Span)> {
    let first = line.text.chars().next()?;
    let (number, rest) = if matches!(first, '-' | '*' | '•' | '·' | '●' | '▪' | '–' | '—') {
        (None, line.text.strip_prefix(first)?)
    } else {
        let digits: usize = line.text.chars().take_while(char::is_ascii_digit).count();
        let number =
            line.text.get(..digits).filter(|digits| (1..=3).contains(&digits.len()))?.parse().ok()?;
        (Some(number), line.text.get(digits..)?.strip_prefix(['.', ')', '-'])?)
    };
    let text = rest.strip_prefix([' ', '\t'])?.trim_start();
    let start = line.span.end - text.len();
    (!text.is_empty()).then_some((BlockKind::Item { depth: 0, number }, Span::new(start, line.span.end)))
}
