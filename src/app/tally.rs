//! What a session did, for those who want to know (`session.summary`): how many articles were decided, how fast, and how.

use std::collections::HashSet;

use jiff::Timestamp;

use super::event::Undone;
use crate::article::{ArticleId, Verb};

/// What was done since the program started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    began: Option<Timestamp>,
    last: Option<Timestamp>,
    decided: HashSet<ArticleId>,
    done: usize,
    archived: usize,
    bookmarked: usize,
    tagged: usize,
    muted: usize,
    undone: usize,
}

impl Tally {
    /// A verb was done to articles.
    pub(super) fn note(&mut self, verb: &Verb, ids: &[ArticleId], now: Timestamp) {
        let many = ids.len();
        match verb {
            Verb::Done | Verb::FollowedUp => self.done += many,
            Verb::Archive => self.archived += many,
            Verb::Bookmark(_) | Verb::Due(_) => self.bookmarked += many,
            Verb::Tag { .. } => self.tagged += many,
            Verb::Mute => self.muted += many,
            _ => return,
        }
        self.decided.extend(ids);
        self.began.get_or_insert(now);
        self.last = Some(now);
    }

    /// A change was taken back.
    pub(super) fn note_undone(&mut self, undone: &Undone) {
        if !undone.redo {
            self.undone += 1;
            for (id, _) in &undone.changed {
                self.decided.remove(id);
            }
        }
    }

    /// Articles decided a minute, from the first decision to the last; nothing for the first few.
    pub fn a_minute(&self) -> Option<f64> {
        let seconds = (self.last?.as_second() - self.began?.as_second()).max(1);
        let many = u32::try_from(self.decided.len()).ok().filter(|many| *many >= 5)?;
        let seconds = u32::try_from(seconds).ok()?;
        Some(f64::from(many) * 60.0 / f64::from(seconds))
    }

    /// The sentence at the end; nothing where nothing was decided.
    pub fn sentence(&self) -> Option<String> {
        if self.decided.is_empty() {
            return None;
        }
        let minutes = (self.last?.as_second() - self.began?.as_second() + 59) / 60;
        let mut parts = Vec::new();
        for (many, what) in [
            (self.done, "done"),
            (self.archived, "archived"),
            (self.bookmarked, "bookmarked"),
            (self.tagged, "tagged"),
            (self.muted, "muted"),
            (self.undone, "undone"),
        ] {
            if many > 0 {
                parts.push(format!("{many} {what}"));
            }
        }
        let rate = self.a_minute().map(|rate| format!(", {rate:.1} a minute")).unwrap_or_default();
        let many = self.decided.len();
        let articles = if many == 1 { "article" } else { "articles" };
        Some(format!("{many} {articles} in {} min{rate}: {}", minutes.max(1), parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_count_once_and_verbs_each() {
        let mut tally = Tally::default();
        assert_eq!((tally.sentence(), tally.a_minute()), (None, None));
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let ids: Vec<ArticleId> = (1..=30).map(ArticleId).collect();
        tally.note(&Verb::Done, &ids, at(0));
        tally.note(&Verb::Bookmark(Default::default()), &ids[..2], at(90));
        tally.note(&Verb::Open, &ids, at(500));
        assert_eq!(tally.sentence().unwrap(), "30 articles in 2 min, 20.0 a minute: 30 done, 2 bookmarked");
    }
}
