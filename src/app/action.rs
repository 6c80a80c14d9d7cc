//! What a person can want: the closed set of actions, the screens that they are for, the groups that help shows them in.
//! Their names, keys and help lines stand in one table, `actions`.

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
    /// The same for all above and including this one.
    DoneAbove,
    /// The same for all of the view.
    DoneAll,
    /// Kept for follow-up, or no longer.
    Bookmark,
    /// Read or unread.
    ToggleRead,
    /// Done and kept apart.
    Archive,
    /// Tags put on and taken off.
    Tag,
    /// The tags that were put on last.
    TagAgain,
    /// A story, a source or a topic is silenced for a day.
    Mute,
    /// Opens the row of a story, or closes it.
    TurnStory,
    /// The articles of a story, each for itself.
    SplitStory,
    /// The last verb again.
    Repeat,
    /// A row is picked for the next verb, or no longer.
    Pick,
    /// Rows from here to the cursor are picked.
    PickRange,
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
    /// To the sources.
    GoSources,
    /// To the tags.
    GoTags,
    /// To the saved queries.
    GoSaved,
    /// To the feeds, and how fetching them goes.
    GoFeeds,
    /// To the mutes in force.
    GoMutes,
    /// The mute under the cursor is lifted.
    LiftMute,
    /// To the saved query of this number.
    Saved(u16),
    /// Back to where the person was before.
    JumpBack,
    /// Forward again.
    JumpForward,
    /// The first row of the next source.
    NextSource,
    /// The first row of this source, then of the one before.
    PreviousSource,
    /// Search in the whole library.
    SearchLibrary,
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
    /// The day to come back to it.
    Due,
    /// Comes back tomorrow, or in so many days.
    Snooze,
    /// Pipes the article's text to a command.
    Pipe,
    /// By date, source, title, or the day to come back.
    Sort,
    /// Words of the text, to be copied.
    Select,
    /// Copies what is selected, a fact's value, or the address.
    Copy,
    /// What changed of the article since it came in before.
    Compare,
    /// The article's own page, in the browser.
    OpenPage,
    /// A link by its number, in the browser; a note by its number, here.
    Follow,
    /// A link's address, copied.
    CopyLink,
    /// Copies title, address and facts.
    CopyArticle,
    /// A fact's key and value, to be corrected.
    EditFact,
    /// A fact that is none.
    HideFact,
    /// A fact that was not found; what is selected is its evidence.
    AddFact,
    /// A fact's day becomes the day to come back to the article.
    FollowFact,
    /// Wide tables further on.
    TablesOn,
    /// Wide tables back towards their start.
    TablesBack,
    /// The Board's column stands in the list too, or no longer.
    PinColumn,
    /// The Board goes to a file.
    ExportBoard,
    /// Harakat: as the terminal can, always, never.
    CycleHarakat,
    /// The feed of this article is fetched.
    Fetch,
    /// All feeds are fetched.
    FetchAll,
    /// Which terminal this is, and what it does with Arabic.
    Doctor,
    /// The keys.
    Help,
    /// Draws the screen anew.
    Redraw,
    /// Gives the terminal back to the shell for a while.
    Suspend,
}

/// The screens and panes that have the keys; a set of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct On(u8);

impl On {
    /// The list.
    pub const LIST: Self = Self(1);
    /// The reader.
    pub const READER: Self = Self(1 << 1);
    /// The facts.
    pub const FACTS: Self = Self(1 << 2);
    /// The Board.
    pub const BOARD: Self = Self(1 << 3);
    /// A list of views.
    pub const PLACES: Self = Self(1 << 4);
    /// The help screen.
    pub const HELP: Self = Self(1 << 5);
    /// The doctor.
    pub const DOCTOR: Self = Self(1 << 6);
    /// List, reader and facts.
    pub const BROWSE: Self = Self(0b111);
    /// List and reader.
    pub const ARTICLES: Self = Self(0b011);
    /// List, reader, facts and Board: wherever one article is under the cursor.
    pub const ROWS: Self = Self(0b1111);
    /// Wherever articles are listed: the browser's panes, the Board, the lists of views.
    pub const TABLES: Self = Self(0b1_1111);
    /// All of them.
    pub const EVERY: Self = Self(0b0111_1111);

    /// Those of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
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
    /// Its name in Arabic, by which it is found too.
    pub arabic: &'static str,
    /// Where the help screen shows it.
    pub group: Group,
    /// The screens that it is for.
    pub on: On,
    /// What it does, in a few words.
    pub help: &'static str,
    /// Its default keys, as [`keymap::parse_keys`](super::keymap::parse_keys) reads them.
    pub keys: &'static [&'static str],
}
