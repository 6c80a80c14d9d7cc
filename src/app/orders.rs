//! The orders that the person chose for views, kept over a restart: a view that is gone to again stands as it was left. Saved
//! queries are views like others.

use super::effect::{Effect, LoadReason};
use super::list::List;
use super::state::State;
use crate::query::{Sort, View};

/// Views that are remembered.
const MOST: usize = 50;

/// An order a view, by the view's stable name; those chosen last stand last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders(Vec<(String, Sort)>);

impl Orders {
    /// The order that was chosen for a view, else its own.
    pub fn of(&self, view: &View) -> Sort {
        let name = view.name();
        self.0.iter().find(|(own, _)| *own == name).map_or_else(|| view.sort(), |(_, sort)| *sort)
    }

    /// Keeps the order of a view; its own order needs no keeping.
    pub fn keep(&mut self, view: &View, sort: Sort) {
        let name = view.name();
        self.0.retain(|(own, _)| *own != name);
        if sort != view.sort() {
            self.0.push((name, sort));
        }
        let many = self.0.len().saturating_sub(MOST);
        self.0.drain(..many);
    }

    /// As a session keeps them: a line a view.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|(name, sort)| format!("{}\t{name}\n", sort.name())).collect()
    }

    /// What [`Orders::to_text`] wrote; lines that say nothing are passed over.
    pub fn from_text(text: &str) -> Self {
        let order = |line: &str| {
            let (sort, name) = line.split_once('\t')?;
            Some((name.to_owned(), Sort::from_name(sort)?))
        };
        Self(text.lines().filter_map(order).collect())
    }
}

impl State {
    /// A list of a view that is gone to, in the order that was chosen for it.
    pub(super) fn list_of(&self, view: View) -> List {
        let sort = self.orders.of(&view);
        let mut list = List::new(view);
        list.sort = sort;
        list
    }

    /// `S`: the next order, the cursor on its article. Of a view that is filtered the order is the whole view's.
    pub(super) fn next_sort(&mut self) -> Vec<Effect> {
        let next = self.list.sort.next(&self.list.view);
        self.list.sort = next;
        let view = self.filtered_view().unwrap_or(&self.list.view).clone();
        self.orders.keep(&view, next);
        self.say(format!("by {}", next.title()));
        vec![
            self.load_view(LoadReason::Refresh(self.list.current())),
            Effect::KeepOrders(self.orders.clone()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn an_order_is_kept_until_it_is_the_views_own_again() {
        let words = View::Query(parse("الكويت\tالصين").unwrap());
        let mut orders = Orders::default();
        orders.keep(&View::Inbox, Sort::Source);
        orders.keep(&words, Sort::Newest);
        orders.keep(&View::Bookmarks, Sort::Title);
        orders.keep(&View::Bookmarks, Sort::Due);
        let again = Orders::from_text(&format!("{}nonsense\n", orders.to_text()));
        assert_eq!(again, orders);
        assert_eq!((again.of(&View::Inbox), again.of(&words)), (Sort::Source, Sort::Newest));
        assert_eq!((again.of(&View::Bookmarks), again.of(&View::Unread)), (Sort::Due, Sort::Newest));
        for number in 0..60 {
            orders.keep(&View::Query(parse(&format!("word{number}")).unwrap()), Sort::Title);
        }
        assert_eq!(orders.0.len(), MOST);
    }
}
