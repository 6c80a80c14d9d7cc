//! Tags: the names that a person gives, which articles have them, how many. Written by the journal alone.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::orders::source_of;
use super::read::size;
use super::{Sort, Store, StoreError};
use crate::article::{ArticleId, Marks};
use crate::query::View;

/// A name, and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The tag's, or the source's.
    pub name: String,
    /// All its articles.
    pub articles: usize,
    /// Those of them that wait in the inbox.
    pub inbox: usize,
}

impl Store {
    /// All tags that an article has, in the order of their names.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn tags(&self) -> Result<Vec<Named>, StoreError> {
        self.named(
            "SELECT t.name, count(*), sum(m.inbox) FROM article_tag a JOIN tag t ON t.id = a.tag \
             JOIN mark m ON m.article = a.article GROUP BY t.id ORDER BY t.name",
        )
    }

    /// All sources that an article has, those with most in the inbox first. Indexes have all that is counted.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn sources(&self) -> Result<Vec<Named>, StoreError> {
        let sources = self.sources_of_articles()?;
        let mut counts: HashMap<i64, (usize, usize)> = HashMap::new();
        for source in &sources {
            counts.entry(*source).or_default().0 += 1;
        }
        let inbox = self.answer(&View::Inbox, Sort::Newest, Timestamp::UNIX_EPOCH)?;
        for id in self.all(&inbox)? {
            if let Some(counts) = counts.get_mut(&source_of(&sources, *id)) {
                counts.1 += 1;
            }
        }
        let mut statement = self.connection.prepare_cached("SELECT id, name FROM source")?;
        let mut found = statement.query([])?;
        let mut names = Vec::new();
        while let Some(row) = found.next()? {
            if let Some((articles, inbox)) = counts.get(&row.get(0)?).copied() {
                names.push(Named { name: row.get(1)?, articles, inbox });
            }
        }
        names.sort_by(|one, two| {
            (two.inbox, two.articles, &one.name).cmp(&(one.inbox, one.articles, &two.name))
        });
        Ok(names)
    }

    fn named(&self, sql: &str) -> Result<Vec<Named>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = statement.query([])?;
        let mut names = Vec::new();
        while let Some(row) = found.next()? {
            let (articles, inbox) = (size(row.get(1)?)?, size(row.get(2)?)?);
            names.push(Named { name: row.get(0)?, articles, inbox });
        }
        Ok(names)
    }
}

/// Brings an article's tags from what they were to what they are.
pub(super) fn write(
    transaction: &Transaction<'_>,
    id: ArticleId,
    before: &Marks,
    after: &Marks,
) -> Result<(), StoreError> {
    for tag in before.tags.difference(&after.tags) {
        transaction
            .prepare_cached(
                "DELETE FROM article_tag WHERE article = ?1 AND tag = (SELECT id FROM tag WHERE name = ?2)",
            )?
            .execute(params![id.0, tag])?;
    }
    for tag in after.tags.difference(&before.tags) {
        transaction
            .prepare_cached("INSERT INTO tag (name) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([tag])?;
        transaction
            .prepare_cached(
                "INSERT INTO article_tag (article, tag) SELECT ?1, id FROM tag WHERE name = ?2 ON CONFLICT DO NOTHING",
            )?
            .execute(params![id.0, tag])?;
    }
    Ok(())
}
