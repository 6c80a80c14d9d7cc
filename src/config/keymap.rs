//! `[keys.map]` and `[[views]]`: the person's own keys and saved queries. What is wrong is said with its place and, where a
//! name is meant, with the nearest one.

use std::collections::BTreeMap;

use toml::Spanned;

use super::file::{KeyList, SavedView};
use crate::app::Action;
use crate::app::SavedQuery;
use crate::app::actions::ACTIONS;
use crate::app::keymap::{Keymap, Wish};
use crate::query::{self, Variants};

/// How alike a name must be to be suggested (Jaro–Winkler, 0 to 1).
const ALIKE: f64 = 0.7;

/// The keymap and the saved queries.
///
/// # Errors
/// The byte of the file that is wrong, and why.
pub(super) fn read(
    map: &BTreeMap<Spanned<String>, Spanned<KeyList>>,
    views: &[SavedView],
    variants: &Variants,
) -> Result<(Keymap, Vec<SavedQuery>), (usize, String)> {
    let mut wishes = Vec::new();
    let mut places = Vec::new();
    // In the order of the file, so that the first mistake is the one that is named.
    let mut rows: Vec<_> = map.iter().collect();
    rows.sort_by_key(|(name, _)| name.span().start);
    for (name, keys) in rows {
        let info = ACTIONS.iter().find(|info| info.name == name.get_ref().as_str());
        let info = info.ok_or_else(|| (name.span().start, no_action(name.get_ref())))?;
        wishes.push(Wish { action: info.action, name: info.name.to_owned(), keys: keys.get_ref().list() });
        places.push(keys.span().start);
    }
    let mut saved = Vec::new();
    for (number, view) in (0u16..).zip(views) {
        let place = view.query.span().start;
        let query = query::parse(view.query.get_ref()).map_err(|error| (place, error.to_string()))?;
        let query = query.with_variants(variants);
        let keys = view.keys.as_ref().map(|keys| keys.get_ref().list()).unwrap_or_default();
        wishes.push(Wish { action: Action::Saved(number), name: view.name.clone(), keys: keys.clone() });
        places.push(view.keys.as_ref().map_or(place, |keys| keys.span().start));
        saved.push(SavedQuery { name: view.name.clone(), query, keys });
    }
    let keymap = Keymap::with(&wishes)
        .map_err(|(at, error)| (places.get(at).copied().unwrap_or(0), error.to_string()))?;
    Ok((keymap, saved))
}

/// What to say of a name that no action has.
fn no_action(name: &str) -> String {
    let nearest = ACTIONS
        .iter()
        .map(|info| (strsim::jaro_winkler(name, info.name), info.name))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .filter(|(alike, _)| *alike >= ALIKE);
    match nearest {
        Some((_, near)) => format!("no action is called `{name}`; did you mean `{near}`?"),
        None => format!("no action is called `{name}`; docs/keys.md and the palette (:) have their names"),
    }
}
