//! What changed of an article, from one of its bodies to the next: each is read with today's extractor.

use super::librarian::Desk;
use crate::app::Compared;
use crate::article::{Article, ArticleId};
use crate::extract::{changes, extract};
use crate::store::{Revision, StoreError};

impl Desk {
    /// The change that is `back` changes before the last one, passing over bodies that read the same.
    pub(super) fn changes(&self, id: ArticleId, back: usize) -> Result<Compared, StoreError> {
        let mut earlier = self.store.revisions(id)?;
        let Some(stored) = self.store.article(id)? else { return Ok(Compared::default()) };
        let mut after: Article = stored.article;
        let mut when = stored.updated.unwrap_or(stored.received);
        let mut left = back;
        while let Some(Revision { entry, body, since }) = earlier.pop() {
            let before = extract(&entry, &body).article;
            if let Some(changes) = changes(&before, &after) {
                if left == 0 {
                    return Ok(Compared { changes: Some(changes), back, when, earlier: !earlier.is_empty() });
                }
                left -= 1;
            }
            (after, when) = (before, since);
        }
        Ok(Compared { back, ..Compared::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Library;
    use crate::article::{Entry, Format, Origin, Sketch};
    use crate::extract::EXTRACTOR_VERSION;
    use crate::ingest::body;
    use crate::query::IndexForm;
    use crate::store::{NewArticle, Store};

    #[test]
    fn each_change_is_seen_by_itself_and_bodies_that_read_the_same_are_passed_over() {
        let mut store = Store::open_in_memory().unwrap();
        let mut id = ArticleId(0);
        let texts = [
            "<p>One was said.</p>",
            "<p>Two was said.</p>",
            "<p >Two was said.</p>",
            "<p>Three was said.</p>",
        ];
        for (at, text) in (0..).zip(texts) {
            let entry = Entry { title: Some("Title".into()), ..Entry::default() };
            let own = body(text.into(), Format::Html);
            let extracted = extract(&entry, &own);
            let new = NewArticle {
                origin: Origin::Url("https://a.example/1".into()),
                index: IndexForm::of(&extracted.article.text),
                sketch: Sketch::of(&extracted.article),
                entry,
                body: own,
                article: extracted.article,
                facts: extracted.facts,
                extractor_version: EXTRACTOR_VERSION,
                rank: None,
                received: jiff::Timestamp::from_second(at * 60).unwrap(),
                modified: None,
            };
            id = store.upsert(&new).unwrap().id();
        }
        let desk = Desk {
            store,
            library: Library::Own,
            own: Default::default(),
            session: "s".into(),
            zone: jiff::tz::TimeZone::UTC,
            retention: Default::default(),
            fetch_interval: Default::default(),
        };
        let check = |back: usize, expect: Option<(i64, bool, [&str; 2])>| {
            let compared = desk.changes(id, back).unwrap();
            let found = compared.changes.map(|changes| {
                let words: Vec<String> = changes
                    .changes
                    .iter()
                    .map(|(span, _)| span.of(&changes.article.text).trim().to_owned())
                    .collect();
                (compared.when.as_second(), compared.earlier, words)
            });
            let expect =
                expect.map(|(when, earlier, words)| (when, earlier, words.map(str::to_owned).to_vec()));
            assert_eq!(found, expect, "{back}");
        };
        check(0, Some((180, true, ["Two", "Three"])));
        check(1, Some((60, false, ["One", "Two"])));
        check(2, None);
    }
}
