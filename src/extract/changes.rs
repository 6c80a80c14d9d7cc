//! What changed between two readings of an article: paragraphs added, removed and altered, as one article in which both
//! stand, with the bytes that are new and those that are gone.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::build::Build;
use crate::article::{Article, Block, BlockKind, Change, Changes, Span};

/// Unchanged blocks that are shown before and behind a change.
const AROUND: usize = 1;
/// Percent of the words of two paragraphs that are the same, from which one is the other, altered.
const ALTERED: usize = 40;
/// Bytes of two articles that are compared word by word.
const MOST_BYTES: usize = 1 << 20;

/// What changed from `before` to `after`; `None` where all that is read is the same.
pub fn changes(before: &Article, after: &Article) -> Option<Changes> {
    let (old, new) = (parts(before), parts(after));
    let same_title = before.title_text() == after.title_text();
    let ops = capture_diff_slices(Algorithm::Patience, &texts(&old), &texts(&new));
    let same = ops.iter().all(|op| matches!(op, DiffOp::Equal { .. }));
    if same && same_title {
        return None;
    }
    let mut writer = Writer { build: Build::default(), changes: Vec::new() };
    writer.build.title(after.title_text());
    if !same_title {
        writer.whole(BlockKind::Paragraph, before.title_text(), Change::Removed);
    }
    let small = before.text.len() + after.text.len() <= MOST_BYTES;
    for op in &ops {
        match *op {
            DiffOp::Equal { new_index, len, .. } => {
                writer.context(new.get(new_index..new_index + len).unwrap_or(&[]));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                for part in old.iter().skip(old_index).take(old_len) {
                    writer.whole(part.kind, &part.text, Change::Removed);
                }
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                for part in new.iter().skip(new_index).take(new_len) {
                    writer.whole(part.kind, &part.text, Change::Added);
                }
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let gone: Vec<&Part> = old.iter().skip(old_index).take(old_len).collect();
                let come: Vec<&Part> = new.iter().skip(new_index).take(new_len).collect();
                writer.replaced(&gone, &come, small);
            }
        }
    }
    let mut article = writer.build.finish();
    article.language.clone_from(&after.language);
    article.direction = after.direction;
    article.url.clone_from(&after.url);
    Some(Changes { article, changes: writer.changes })
}

/// A block's text, and what it is.
struct Part {
    kind: BlockKind,
    text: String,
}

fn parts(article: &Article) -> Vec<Part> {
    let part = |block: &Block| {
        let text = block.span.of(&article.text).to_owned();
        match block.kind {
            // Rows stay rows; what is compared is their text.
            BlockKind::Table(_) => Part { kind: BlockKind::Code, text: text.replace('\t', " · ") },
            kind => Part { kind, text },
        }
    };
    article.blocks.iter().filter(|block| block.kind != BlockKind::Rule).map(part).collect()
}

fn texts(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(|part| part.text.as_str()).collect()
}

struct Writer {
    build: Build,
    changes: Vec<(Span, Change)>,
}

impl Writer {
    /// Writes unchanged blocks: those next to changes, and how many stand between.
    fn context(&mut self, parts: &[Part]) {
        let first = self.build.article.blocks.is_empty();
        let head = if first { 0 } else { AROUND };
        if parts.len() <= head + AROUND + 1 {
            parts.iter().for_each(|part| self.plain(part));
            return;
        }
        parts.iter().take(head).for_each(|part| self.plain(part));
        let between = parts.len() - head - AROUND;
        self.build.block(BlockKind::Paragraph, &format!("⋯ {between} ⋯"), None, &[]);
        parts.iter().skip(parts.len() - AROUND).for_each(|part| self.plain(part));
    }

    fn plain(&mut self, part: &Part) {
        self.build.block(part.kind, &part.text, None, &[]);
    }

    /// Writes a block that is new or gone as a whole, with its sign.
    fn whole(&mut self, kind: BlockKind, text: &str, change: Change) {
        let sign = if change == Change::Added { "+ " } else { "− " };
        if self.build.block(kind, &format!("{sign}{text}"), None, &[])
            && let Some(block) = self.build.article.blocks.last()
        {
            self.changes.push((block.span, change));
        }
    }

    /// Writes blocks in the place of others: each that is another one altered word by word, the rest as a whole.
    fn replaced(&mut self, gone: &[&Part], come: &[&Part], small: bool) {
        let mut come = come.iter().peekable();
        for old in gone {
            match come.next_if(|new| small && resemble(&old.text, &new.text)) {
                Some(new) => self.altered(old, new),
                None => self.whole(old.kind, &old.text, Change::Removed),
            }
        }
        for new in come {
            self.whole(new.kind, &new.text, Change::Added);
        }
    }

    fn altered(&mut self, old: &Part, new: &Part) {
        let diff = TextDiff::from_words(&old.text, &new.text);
        let mut text = String::new();
        let mut spans: Vec<(Span, Change)> = Vec::new();
        for change in diff.iter_all_changes() {
            let start = text.len();
            let is_word = !change.value().trim().is_empty();
            text.push_str(change.value());
            // A word that is gone and one that is new need a space between.
            let kind = match change.tag() {
                ChangeTag::Equal => continue,
                ChangeTag::Delete => Change::Removed,
                ChangeTag::Insert => Change::Added,
            };
            if is_word {
                spans.push((Span::new(start, text.len()), kind));
                if kind == Change::Removed {
                    text.push(' ');
                }
            }
        }
        if self.build.block(new.kind, &text, None, &[])
            && let Some(block) = self.build.article.blocks.last()
        {
            let cut = text.len() - text.trim_start().len();
            let own = spans.into_iter().map(|(span, change)| {
                let start = span.start.saturating_sub(cut) + block.span.start;
                (
                    Span::new(start, (span.end - cut.min(span.end) + block.span.start).min(block.span.end)),
                    change,
                )
            });
            self.changes.extend(own);
        }
    }
}

/// Whether most words of two texts are the same.
fn resemble(one: &str, other: &str) -> bool {
    let diff = TextDiff::from_words(one, other);
    let same: usize = diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Equal)
        .map(|change| change.value().trim().chars().count())
        .sum();
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    same * 100 >= letters(one).max(letters(other)) * ALTERED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Body, BodyHash, Entry, Format};

    fn article(text: &str) -> Article {
        let body =
            Body { bytes: text.as_bytes().to_vec(), format: Format::Markdown, hash: BodyHash(String::new()) };
        crate::extract::extract(&Entry::default(), &body).article
    }

    /// Blocks, and what changed in them.
    type Told = (Vec<String>, Vec<(String, Change)>);

    fn told(before: &str, after: &str) -> Option<Told> {
        let changes = changes(&article(before), &article(after))?;
        let text = &changes.article.text;
        let blocks = changes.article.blocks.iter().map(|block| block.span.of(text).to_owned()).collect();
        let spans =
            changes.changes.iter().map(|(span, change)| (span.of(text).trim().to_owned(), *change)).collect();
        Some((blocks, spans))
    }

    #[test]
    fn paragraphs_are_added_removed_and_altered() {
        let before =
            "# عنوان\n\nالأولى كما هي.\n\nقتل ثلاثة أشخاص في الحادث الذي وقع أمس.\n\nفقرة حُذفت كلها من النص.\n";
        let after = "# عنوان\n\nالأولى كما هي.\n\nقتل خمسة أشخاص في الحادث الذي وقع أمس.\n\nNew words altogether, of another kind.\n";
        let (blocks, spans) = told(before, after).unwrap();
        assert_eq!(blocks.len(), 4, "{blocks:#?}");
        assert_eq!(blocks[0], "الأولى كما هي.");
        assert_eq!(
            spans,
            [
                ("ثلاثة".to_owned(), Change::Removed),
                ("خمسة".to_owned(), Change::Added),
                ("− فقرة حُذفت كلها من النص.".to_owned(), Change::Removed),
                ("+ New words altogether, of another kind.".to_owned(), Change::Added),
            ]
        );
    }

    #[test]
    fn what_is_the_same_is_passed_over_and_a_new_title_is_told() {
        assert_eq!(told("# a\n\nb\n", "# a\n\nb\n"), None);
        let (blocks, _) = told("# a\n\nb\n", "# c\n\nb\n").unwrap();
        assert_eq!(blocks, ["− a", "b"]);
        let many: String = (0..9).map(|at| format!("Paragraph {at}.\n\n")).collect();
        let (blocks, _) = told(&format!("# t\n\n{many}"), &format!("# t\n\n{many}Last.\n")).unwrap();
        assert_eq!(blocks, ["⋯ 8 ⋯", "Paragraph 8.", "+ Last."]);
    }
}
