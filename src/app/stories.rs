//! The same story once: articles that tell it are one row, the newest on top, with their count; `w` opens the row and closes
//! it, a verb on it acts on all of them, `W` makes each a story of its own.

use std::collections::{HashMap, HashSet};

use super::effect::Effect;
use super::list::List;
use super::state::State;
use crate::article::{ArticleId, Verb};

/// The stories of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// The articles behind a row that is closed.
    closed: HashMap<ArticleId, Vec<ArticleId>>,
    /// The articles under a row that is open.
    open: HashMap<ArticleId, Vec<ArticleId>>,
}

/// The rows of a view in which each story stands once, where its first article stood; and the articles behind those rows.
/// `stories` gives each article's story; one that is not in it is alone.
pub fn once(
    ids: Vec<ArticleId>,
    stories: &HashMap<ArticleId, i64>,
) -> (Vec<ArticleId>, Vec<(ArticleId, Vec<ArticleId>)>) {
    if stories.is_empty() {
        return (ids, Vec::new());
    }
    let mut tops: HashMap<i64, usize> = HashMap::new();
    let mut told: Vec<(ArticleId, Vec<ArticleId>)> = Vec::new();
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        match stories.get(&id) {
            None => rows.push(id),
            Some(story) => match tops.get(story).and_then(|at| told.get_mut(*at)) {
                Some((_, behind)) => behind.push(id),
                None => {
                    tops.insert(*story, told.len());
                    told.push((id, Vec::new()));
                    rows.push(id);
                }
            },
        }
    }
    told.retain(|(_, behind)| !behind.is_empty());
    (rows, told)
}

impl List {
    /// Takes the stories of the rows that the list has now.
    pub(super) fn take_stories(&mut self, told: Vec<(ArticleId, Vec<ArticleId>)>) {
        self.stories = Stories { closed: told.into_iter().collect(), open: HashMap::new() };
    }

    /// How many articles stand behind a row that is closed.
    pub fn behind(&self, id: ArticleId) -> usize {
        self.stories.closed.get(&id).map_or(0, Vec::len)
    }

    /// Whether an article stands under the row of its story, which is open.
    pub fn is_under(&self, id: ArticleId) -> bool {
        self.stories.open.values().any(|under| under.contains(&id))
    }

    /// The articles that stand behind others.
    pub(super) fn hidden(&self) -> HashSet<ArticleId> {
        self.stories.closed.values().flatten().copied().collect()
    }

    /// Articles with those behind them, each once.
    pub(super) fn whole(&self, ids: Vec<ArticleId>) -> Vec<ArticleId> {
        if self.stories.closed.is_empty() {
            return ids;
        }
        let mut whole = Vec::with_capacity(ids.len());
        for id in ids {
            whole.push(id);
            whole.extend(self.stories.closed.get(&id).into_iter().flatten().copied());
        }
        whole
    }

    /// Opens the row of a story, or closes the one that an article stands in; `None` where it is of none.
    fn turn(&mut self, id: ArticleId) -> Option<bool> {
        if let Some(behind) = self.stories.closed.remove(&id) {
            let row = self.row_of(id)?;
            self.ids.splice(row + 1..row + 1, behind.iter().copied());
            self.stories.open.insert(id, behind);
            return Some(true);
        }
        let is_of = |(top, under): &(&ArticleId, &Vec<ArticleId>)| **top == id || under.contains(&id);
        let top = *self.stories.open.iter().find(is_of)?.0;
        let under = self.stories.open.remove(&top)?;
        self.ids.retain(|other| !under.contains(other));
        self.stories.closed.insert(top, under);
        let row = self.row_of(top)?;
        self.go(row);
        Some(false)
    }

    /// The story of an article is one no more: its articles are rows of their own. All of them.
    fn part(&mut self, id: ArticleId) -> Vec<ArticleId> {
        if self.stories.closed.contains_key(&id) {
            self.turn(id);
        }
        let is_of = |(top, under): &(&ArticleId, &Vec<ArticleId>)| **top == id || under.contains(&id);
        let Some(top) = self.stories.open.iter().find(is_of).map(|(top, _)| *top) else { return Vec::new() };
        let under = self.stories.open.remove(&top).unwrap_or_default();
        std::iter::once(top).chain(under).collect()
    }
}

impl State {
    /// `w`: opens the row of a story, or closes it.
    pub(super) fn turn_story(&mut self) -> Vec<Effect> {
        let Some(id) = self.list.current() else { return self.nothing_here() };
        match self.list.turn(id) {
            Some(true) => self.say("each that tells this story · w closes · W splits them"),
            Some(false) => {}
            None => self.say("no other article tells this story"),
        }
        vec![Effect::LoadHeadlines(self.list.around())]
    }

    /// `W`: the articles of a story are rows of their own from now on.
    pub(super) fn split_story(&mut self) -> Vec<Effect> {
        let Some(id) = self.list.current() else { return self.nothing_here() };
        let ids = self.list.part(id);
        if ids.is_empty() {
            self.say("no other article tells this story");
            return Vec::new();
        }
        let mut effects = self.act(&Verb::Apart, ids, false);
        effects.push(Effect::LoadHeadlines(self.list.around()));
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[i64]) -> Vec<ArticleId> {
        numbers.iter().copied().map(ArticleId).collect()
    }

    fn list() -> List {
        let mut list = List::new(crate::query::View::Inbox);
        let stories = [(9, 1), (7, 1), (5, 2), (3, 1), (2, 2)].map(|(id, story)| (ArticleId(id), story));
        let (rows, told) = once(ids(&[9, 8, 7, 5, 4, 3, 2]), &stories.into_iter().collect());
        list.ids = rows;
        list.take_stories(told);
        list
    }

    #[test]
    fn a_story_is_one_row_with_all_behind_it() {
        let list = list();
        assert_eq!(list.ids, ids(&[9, 8, 5, 4]));
        assert_eq!(
            (list.behind(ArticleId(9)), list.behind(ArticleId(5)), list.behind(ArticleId(8))),
            (2, 1, 0)
        );
        assert_eq!(list.whole(ids(&[8, 9])), ids(&[8, 9, 7, 3]));
    }

    #[test]
    fn a_row_opens_closes_and_is_parted() {
        let mut list = list();
        assert_eq!(list.turn(ArticleId(9)), Some(true));
        assert_eq!(list.ids, ids(&[9, 7, 3, 8, 5, 4]));
        assert!(list.is_under(ArticleId(3)) && !list.is_under(ArticleId(9)));
        list.go(2);
        assert_eq!(list.turn(ArticleId(3)), Some(false));
        assert_eq!((list.ids.as_slice(), list.cursor), (ids(&[9, 8, 5, 4]).as_slice(), 0));
        assert_eq!(list.part(ArticleId(9)), ids(&[9, 7, 3]));
        assert_eq!(list.ids, ids(&[9, 7, 3, 8, 5, 4]));
        assert_eq!((list.turn(ArticleId(9)), list.turn(ArticleId(4))), (None, None));
    }

    #[test]
    fn without_stories_nothing_is_touched() {
        let (rows, told) = once(ids(&[3, 2, 1]), &HashMap::new());
        assert_eq!((rows, told), (ids(&[3, 2, 1]), Vec::new()));
    }
}
