//! What a person can want. One table gives each action its stable name, its help line and its default keys; the
//! keymap and the help screen are made from it.

/// What the person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down; at the article's end, then, the next unread article.
    PageDown,
    /// A page up.
    PageUp,
    /// Opens the article; on a fact, goes to its evidence and back.
    Open,
    /// Back to the list; from the list, out of the program.
    Back,
    /// Ends what is lit or open; never leaves the program.
    Cancel,
    /// The pane to the left on the screen.
    PaneLeft,
    /// The pane to the right on the screen.
    PaneRight,
    /// The next pane, in a circle.
    PaneNext,
    /// The next unread article; the next match while a search is lit.
    NextUnread,
    /// The unread article before; the match before while a search is lit.
    PreviousUnread,
    /// The next article, without leaving the reader.
    NextArticle,
    /// The article before, without leaving the reader.
    PreviousArticle,
    /// Read and dealt with.
    Done,
    /// Kept for follow-up, or no longer.
    Bookmark,
    /// Read or unread.
    ToggleRead,
    /// Done and kept apart.
    Archive,
    /// Takes the last change back.
    Undo,
    /// Makes the change again.
    Redo,
    /// To the inbox.
    GoInbox,
    /// To the unread articles.
    GoUnread,
    /// To the bookmarks.
    GoBookmarks,
    /// To the archive.
    GoArchive,
    /// To the facts of the view's articles, as one table.
    GoBoard,
    /// By the Board's column.
    SortColumn,
    /// Facts on or off.
    ToggleFacts,
    /// Base direction of this article.
    CycleDirection,
    /// The text alone.
    Zen,
    /// Shorter lines.
    Narrower,
    /// Longer lines.
    Wider,
    /// Search in the article.
    Search,
    /// A query that narrows the list.
    Filter,
    /// An action by its name.
    Command,
    /// A bookmark with a note.
    BookmarkNote,
    /// Words of the text, to be copied.
    Select,
    /// Copies what is selected, a fact's value, or the address.
    Copy,
    /// Copies title, address and facts.
    CopyArticle,
    /// A fact's key and value, to be corrected.
    EditFact,
    /// A fact that is none.
    HideFact,
    /// A fact that was not found; what is selected is its evidence.
    AddFact,
    /// Harakat: as the terminal can, always, never.
    CycleHarakat,
    /// Which terminal this is, and what it does with Arabic.
    Doctor,
    /// The keys.
    Help,
    /// Draws the screen anew.
    Redraw,
    /// Gives the terminal back to the shell for a while.
    Suspend,
}

/// The part of the help screen that an action stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Moving.
    Moving,
    /// Reading.
    Reading,
    /// Triage.
    Triage,
    /// Going to a view.
    Views,
    /// The screen.
    Screen,
}

impl Group {
    /// All groups, in the order of the help screen.
    pub const ALL: [Self; 5] = [Self::Moving, Self::Triage, Self::Views, Self::Reading, Self::Screen];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Reading => "Reading",
            Self::Triage => "Triage",
            Self::Views => "Views",
            Self::Screen => "Screen",
        }
    }
}

/// What the table says of an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its stable name, for the configuration.
    pub name: &'static str,
    /// Where the help screen shows it.
    pub group: Group,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Its default keys, as [`keymap::parse_keys`](super::keymap::parse_keys) reads them.
    pub keys: &'static [&'static str],
}

/// A row of the table, in the fewest words.
const fn row(
    action: Action,
    name: &'static str,
    group: Group,
    keys: &'static [&'static str],
    help: &'static str,
) -> ActionInfo {
    ActionInfo { action, name, group, help, keys }
}

/// Every action with its name, help line and default keys.
pub const ACTIONS: &[ActionInfo] = &[
    row(Action::Down, "down", Group::Moving, &["j", "<Down>"], "one row down"),
    row(Action::Up, "up", Group::Moving, &["k", "<Up>"], "one row up"),
    row(Action::First, "first", Group::Moving, &["gg", "<Home>"], "to the first row"),
    row(Action::Last, "last", Group::Moving, &["G", "ge", "<End>"], "to the last row"),
    row(Action::HalfPageDown, "half-page-down", Group::Moving, &["<C-d>", "gj"], "half a page down"),
    row(Action::HalfPageUp, "half-page-up", Group::Moving, &["<C-u>", "gk"], "half a page up"),
    row(
        Action::PageDown,
        "page-down",
        Group::Moving,
        &["<Space>", "<PageDown>"],
        "a page down; at the end, the next unread",
    ),
    row(Action::PageUp, "page-up", Group::Moving, &["-", "<PageUp>"], "a page up"),
    row(Action::PaneLeft, "pane-left", Group::Moving, &["h", "<Left>"], "the pane to the left"),
    row(Action::PaneRight, "pane-right", Group::Moving, &["l", "<Right>"], "the pane to the right"),
    row(Action::PaneNext, "pane-next", Group::Moving, &["<Tab>"], "list, reader, facts in turn"),
    row(Action::Open, "open", Group::Moving, &["<Enter>"], "open; on a fact: its evidence, and back"),
    row(Action::Back, "back", Group::Moving, &["q"], "back; from the list: quit"),
    row(Action::Cancel, "cancel", Group::Moving, &["<Esc>", "<C-c>"], "end the search, or back to the list"),
    row(Action::NextUnread, "next-unread", Group::Moving, &["n"], "next unread (next match of a search)"),
    row(
        Action::PreviousUnread,
        "previous-unread",
        Group::Moving,
        &["N", "gw"],
        "unread before (match before)",
    ),
    row(
        Action::NextArticle,
        "next-article",
        Group::Moving,
        &["J", "gd"],
        "next article, staying in the reader",
    ),
    row(
        Action::PreviousArticle,
        "previous-article",
        Group::Moving,
        &["K", "gr"],
        "article before, staying in the reader",
    ),
    row(Action::Done, "done", Group::Triage, &["d"], "done: read, out of the inbox; on to the next"),
    row(Action::Bookmark, "bookmark", Group::Triage, &["b"], "bookmark for follow-up, or take it off"),
    row(Action::BookmarkNote, "bookmark-note", Group::Triage, &["B", "g;"], "bookmark with a note"),
    row(Action::Archive, "archive", Group::Triage, &["a"], "archive: done, kept apart; on to the next"),
    row(Action::ToggleRead, "toggle-read", Group::Triage, &["m"], "read or unread; stay"),
    row(Action::Undo, "undo", Group::Triage, &["u"], "undo, also after a restart"),
    row(Action::Redo, "redo", Group::Triage, &["U", "<C-r>", "gx"], "redo"),
    row(Action::GoInbox, "go-inbox", Group::Views, &["gi"], "Inbox"),
    row(Action::GoUnread, "go-unread", Group::Views, &["gu"], "Unread"),
    row(Action::GoBookmarks, "go-bookmarks", Group::Views, &["gb"], "Bookmarks"),
    row(Action::GoArchive, "go-archive", Group::Views, &["ga"], "Archive"),
    row(Action::GoBoard, "go-board", Group::Views, &["gf"], "Board: the facts of this view as a table"),
    row(
        Action::SortColumn,
        "sort-column",
        Group::Views,
        &["s"],
        "on the Board: by this column; x hides it, + adds one",
    ),
    row(Action::Search, "search", Group::Reading, &["/", "g/"], "search in the article"),
    row(Action::Filter, "filter", Group::Views, &["\\", "g\\"], "show what a query finds"),
    row(Action::Select, "select", Group::Reading, &["v", "gv"], "select words; h l j k move, y copies"),
    row(Action::Copy, "copy", Group::Reading, &["y"], "copy what is selected, a fact, or the address"),
    row(Action::CopyArticle, "copy-article", Group::Reading, &["Y", "gy"], "copy title, address and facts"),
    row(Action::ToggleFacts, "toggle-facts", Group::Reading, &["i"], "facts on or off"),
    row(
        Action::CycleDirection,
        "direction",
        Group::Reading,
        &["="],
        "direction: auto, right-to-left, left-to-right",
    ),
    row(Action::EditFact, "edit-fact", Group::Reading, &["e"], "on a fact: correct key and value"),
    row(Action::HideFact, "hide-fact", Group::Reading, &["x"], "on a fact: it is none, hide it"),
    row(
        Action::AddFact,
        "add-fact",
        Group::Reading,
        &["+", "go"],
        "add a fact; what is selected is its evidence",
    ),
    row(
        Action::CycleHarakat,
        "harakat",
        Group::Reading,
        &[";"],
        "harakat: as the terminal can, always, never",
    ),
    row(Action::Zen, "zen", Group::Reading, &["z"], "the text alone"),
    row(Action::Narrower, "narrower", Group::Reading, &["<lt>"], "shorter lines"),
    row(Action::Wider, "wider", Group::Reading, &[">"], "longer lines"),
    row(Action::Command, "command", Group::Screen, &[":", "g:"], "an action by its name"),
    row(
        Action::Doctor,
        "doctor",
        Group::Screen,
        &["gD", "gq"],
        "which terminal this is, and what reads right",
    ),
    row(Action::Help, "help", Group::Screen, &["?"], "these keys"),
    row(Action::Redraw, "redraw", Group::Screen, &["<C-l>", "gl"], "draw the screen anew"),
    row(Action::Suspend, "suspend", Group::Screen, &["<C-z>", "gz"], "back to the shell for a while"),
];

/// Rows of the help screen: a heading and a blank row a group, a row an action.
pub fn help_rows() -> usize {
    ACTIONS.len() + Group::ALL.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once() {
        let mut names: Vec<_> = ACTIONS.iter().map(|info| info.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
