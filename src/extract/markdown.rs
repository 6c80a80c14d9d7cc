//! Markdown (CommonMark with tables) → an article, through pulldown-cmark's events. HTML in it is text like any other.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::build::{Build, MOST_ROWS, Mark, MarkKind, NewCell, kind_of};
use super::plain;
use crate::article::{Article, BlockKind, EmphasisKind, Entry, Span, is_followed};

/// What is read beyond CommonMark.
const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES);

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
    for event in Parser::new_ext(body, OPTIONS) {
        walk.take(event);
    }
    walk.flush();
    walk.build.finish()
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
    marks: Vec<Mark>,
    /// What has begun and not ended: where in the text, and what.
    open: Vec<(usize, MarkKind)>,
    lists: Vec<Option<u32>>,
    /// The items around the text, and whether each has its first block.
    items: Vec<(BlockKind, bool)>,
    /// The notes in the order of their references, and the one that is being read.
    notes: Vec<String>,
    note: Option<u32>,
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
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.push(&text),
            Event::Code(text) => {
                let start = self.text.len();
                self.push(&text);
                self.mark(start, MarkKind::Emphasis(EmphasisKind::Code));
            }
            Event::FootnoteReference(name) => {
                let number = self.number_of(&name);
                let start = self.text.len();
                self.text.push_str(&format!("[{number}]"));
                self.mark(start, MarkKind::Reference(name.to_string()));
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
                self.build.in_quotation = true;
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
            Tag::Link { dest_url, .. } => self.begin(MarkKind::Link(dest_url.to_string())),
            Tag::Emphasis => self.begin(MarkKind::Emphasis(EmphasisKind::Stress)),
            Tag::Strong => self.begin(MarkKind::Emphasis(EmphasisKind::Strong)),
            Tag::Image { .. } => self.begin(MarkKind::Link(String::new())),
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.build.name(&name);
                self.note = Some(self.number_of(&name));
            }
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
                    self.marks.clear();
                    self.build.title(&text);
                } else {
                    self.flush();
                }
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
                self.build.in_quotation = self.quotes > 0;
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
                self.items.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.note = None;
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong => {
                if let Some((start, kind)) = self.open.pop() {
                    let follows = !matches!(&kind, MarkKind::Link(url) if !is_followed(url));
                    if follows {
                        self.mark(start, kind);
                    }
                }
            }
            // A picture alone is its alternative text.
            TagEnd::Image => {
                if let Some((0, _)) = self.open.pop()
                    && self.items.is_empty()
                {
                    let text = std::mem::take(&mut self.text);
                    self.build.block(BlockKind::Figure, &text, None, &[]);
                }
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                let marks = std::mem::take(&mut self.marks);
                if let Some(row) = self.rows.last_mut().filter(|row| row.len() < MOST_ROWS) {
                    row.push(NewCell { text, marks, header: self.in_head, ..NewCell::default() });
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

    fn push(&mut self, text: &str) {
        // Character references can name controls.
        self.text.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
    }

    fn begin(&mut self, kind: MarkKind) {
        self.open.push((self.text.len(), kind));
    }

    fn mark(&mut self, start: usize, kind: MarkKind) {
        if start < self.text.len() {
            self.marks.push(Mark { span: Span::new(start, self.text.len()), kind });
        }
    }

    /// The number of a note: by the order of the references.
    fn number_of(&mut self, name: &str) -> u32 {
        let known = self.notes.iter().position(|own| own == name);
        let at = known.unwrap_or_else(|| {
            self.notes.push(name.to_owned());
            self.notes.len() - 1
        });
        u32::try_from(at + 1).unwrap_or(u32::MAX)
    }

    fn begin_item(&mut self) {
        self.flush();
        let depth = u8::try_from(self.lists.len().saturating_sub(1).min(8)).unwrap_or(8);
        let number = self.lists.last_mut().and_then(|list| {
            let number = (*list)?;
            *list = Some(number.saturating_add(1));
            Some(number)
        });
        self.items.push((BlockKind::Item { depth, number }, false));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let marks = std::mem::take(&mut self.marks);
        let kind = match (self.heading, self.code, self.note, self.items.last(), self.quotes) {
            (Some(level), ..) => BlockKind::Heading(level),
            (_, true, ..) => BlockKind::Code,
            (_, _, Some(note), ..) => BlockKind::Note(note),
            (_, _, _, Some((BlockKind::Item { depth, .. }, true)), _) => {
                BlockKind::Continued { depth: *depth }
            }
            (_, _, _, Some((item, _)), _) => *item,
            (_, _, _, _, 1..) => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        };
        let written = self.build.block(kind, &text, None, &marks);
        if let Some((_, begun)) = self.items.last_mut() {
            *begun |= written;
        }
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
