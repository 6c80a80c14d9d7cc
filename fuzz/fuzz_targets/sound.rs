//! What must hold of any article, whatever the bytes.

use khabar::article::{Body, BodyHash, Entry, Format, Span};
use khabar::extract::{Extracted, extract};

/// Reads bytes as an article and checks it.
pub fn check(bytes: &[u8], format: Format, entry: &Entry) -> Extracted {
    let body = Body { bytes: bytes.to_vec(), format, hash: BodyHash(String::new()) };
    let own = extract(entry, &body);
    let text = own.article.text.as_str();
    let whole = |span: Span| span.is_empty() || text.get(span.range()).is_some();
    assert!(whole(own.article.title));
    let mut end = 0;
    for block in &own.article.blocks {
        assert!(whole(block.span) && block.span.start >= end);
        end = block.span.end.max(end);
    }
    for table in &own.article.tables {
        for row in &table.rows {
            assert!(whole(row.span) && row.cells.iter().all(|cell| whole(cell.span)));
        }
    }
    for fact in &own.facts {
        assert_eq!(fact.evidence.key.of(text), fact.key);
        assert_eq!(fact.evidence.value.of(text), fact.value);
        assert!(whole(fact.evidence.row));
        assert!(fact.evidence.sentence.is_none_or(whole));
        assert!(fact.evidence.contradiction.is_none_or(whole));
    }
    assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    own
}
