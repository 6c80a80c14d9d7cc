//! The first row: where we are, and how much is there.

use super::Theme;
use super::paint::Painter;
use crate::app::{Area, Library, State};
use crate::query::View;

/// Draws the header row.
pub(super) fn draw(state: &State, area: Area, theme: &Theme, painter: &mut Painter<'_>) {
    let place = painter.place(area);
    painter.fill(place, theme.header);
    let name = format!(" {} ", state.list.view.title());
    let taken = painter.label(place, &name, theme.header_name);
    let rest = painter.part(place, taken, place.columns.saturating_sub(taken));
    painter.sentence(rest, &summary(state), theme.header);
}

fn summary(state: &State) -> String {
    let counts = state.counts;
    let many = match &state.list.view {
        View::Inbox => counts.inbox,
        View::Unread => counts.unread,
        View::Bookmarks => counts.bookmarks,
        View::Archive => counts.archive,
        _ => state.list.many(),
    };
    let found = matches!(state.list.view, View::Query(_));
    let mut text = if found { format!("{many} found") } else { format!("{many}") };
    if state.list.sort != state.list.view.sort() {
        text.push_str(&format!(" · by {}", state.list.sort.title()));
    }
    let dealt = state.list.many_dealt();
    if dealt > 0 {
        text.push_str(&format!(" · {dealt} of {} done", state.list.many()));
    }
    if !found && !matches!(state.list.view, View::Unread) {
        text.push_str(&format!(" · {} unread", counts.unread));
    }
    if !found && counts.bookmarks > 0 && !matches!(state.list.view, View::Bookmarks) {
        text.push_str(&format!(" · {} bookmarked", counts.bookmarks));
    }
    if counts.due > 0 && (!found || matches!(state.list.view, View::Bookmarks)) {
        text.push_str(&format!(" · {} due", counts.due));
    }
    if state.settings.summary
        && let Some(rate) = state.tally.a_minute()
    {
        text.push_str(&format!(" · {rate:.1} a minute"));
    }
    if state.list.arrived > 0 {
        text.push_str(&format!(" · +{}", state.list.arrived));
    }
    if let Some(fetching) = &state.fetching {
        text.push_str(&format!(" · fetching {}/{}", fetching.done, fetching.of));
    }
    if state.library == Library::Temporary {
        text.push_str(" · temporary library");
    }
    text
}
