//! Markdown (CommonMark with tables) → an article, through pulldown-cmark's events. HTML in it is text like any other.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::build::{Build, MOST_ROWS, NewCell, kind_of};
use super::plain;
use crate::article::{Article, BlockKind, Entry, Link, Span};

/// Makes an article of a Markdown document, with a front matter of `key: value` lines where it has one.
pub(super) fn article(text: &str, entry: &Entry) -> Article {
    let (front, body) = front_matter(text);
    let mut walk = Walk::default();
    let mut title = entry.title.clone();
    for (key, value) in front {
        if key.eq_ignore_ascii_case("title") {
            title = title.or(Some(value));
        } else {
            plain::declare(&mut walk.build.article, &key, &value);
        }
    }
    if let Some(title) = title {
        walk.build.title(&title);
    }
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        walk.take(event);
    }
    walk.flush();
    if walk.build.article.title.is_empty() {
        // A document that begins with its text: its first words are its title in lists.
        walk.build.article.title = Span::default();
    }
    walk.build.article
}

/// The lines between `---` and `---` at the head, and the rest.
fn front_matter(text: &str) -> (Vec<(String, String)>, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return (Vec::new(), text) };
    let Some((front, body)) = rest.split_once("\n---\n") else { return (Vec::new(), text) };
    let pairs = front.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then(|| (key.trim().to_owned(), value.to_owned()))
    });
    (pairs.collect(), body)
}

#[derive(Default)]
struct Walk {
    build: Build,
    text: String,
    links: Vec<Link>,
    link: Option<(usize, String)>,
    lists: Vec<Option<u32>>,
    item: Option<BlockKind>,
    heading: Option<u8>,
    quotes: usize,
    code: bool,
    rows: Vec<Vec<NewCell>>,
    in_head: bool,
}

impl Walk {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                // Character references can name controls.
                self.text.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => {
                self.flush();
                self.build.rule();
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level_of(level));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first.and_then(|first| u32::try_from(first).ok()));
            }
            Tag::Item => self.begin_item(),
            Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::Link { dest_url, .. } => self.link = Some((self.text.len(), dest_url.to_string())),
            Tag::Table(_) => {
                self.flush();
                self.rows.clear();
            }
            Tag::TableHead => {
                self.in_head = true;
                self.rows.push(Vec::new());
            }
            Tag::TableRow => self.rows.push(Vec::new()),
            Tag::TableCell => self.text.clear(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let is_title = self.heading == Some(1) && self.build.article.title.is_empty();
                if is_title && self.build.article.blocks.is_empty() {
                    let text = std::mem::take(&mut self.text);
                    self.links.clear();
                    self.build.title(&text);
                } else {
                    self.flush();
                }
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.item = None;
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Link => {
                if let Some((start, url)) = self.link.take()
                    && url::Url::parse(&url)
                        .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
                {
                    self.links.push(Link { span: Span::new(start, self.text.len()), url });
                }
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                self.links.clear();
                if let Some(row) = self.rows.last_mut().filter(|row| row.len() < MOST_ROWS) {
                    row.push(NewCell { text, header: self.in_head, ..NewCell::default() });
                }
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                self.build.table(kind_of(&rows), &rows, None);
            }
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.flush();
        let depth = u8::try_from(self.lists.len().saturating_sub(1).min(8)).unwrap_or(8);
        let number = self.lists.last_mut().and_then(|list| {
            let number = (*list)?;
            *list = Some(number.saturating_add(1));
            Some(number)
        });
        self.item = Some(BlockKind::Item { depth, number });
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let links = std::mem::take(&mut self.links);
        let kind = match (self.heading, self.code, self.item, self.quotes) {
            (Some(level), ..) => BlockKind::Heading(level),
            (_, true, ..) => BlockKind::Code,
            (_, _, Some(item), _) => item,
            (_, _, _, 1..) => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        };
        self.build.block(kind, &text, None, &links);
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
