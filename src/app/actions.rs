//! The one table of actions: each one's stable name, its Arabic name, the screens that it is for, its default keys and its
//! help line. Keymap, help, palette and the page of keys are made from it.

use super::action::{Action, ActionInfo, Group, On};
use super::keymap::Keymap;

use Group::{Moving, Reading, Screen, Triage, Views};

/// A row of the table, in the fewest words.
const fn row(
    group: Group,
    on: On,
    action: Action,
    keys: &'static [&'static str],
    name: &'static str,
    arabic: &'static str,
    help: &'static str,
) -> ActionInfo {
    ActionInfo { action, name, arabic, group, on, help, keys }
}

const ROWS: On = On::EVERY;
const LIST: On = On::LIST;
const TEXT: On = On::READER.and(On::FACTS);
const BROWSE: On = On::BROWSE;
const TABLES: On = On::TABLES;
const FACTS: On = On::BROWSE.and(On::BOARD);
const FETCHED: On = On::BROWSE.and(On::PLACES);
const EVERY: On = On::EVERY;
const ARTICLE: On = On::ROWS;
const TABLE: On = On::LIST.and(On::BOARD);

/// Every action.
#[rustfmt::skip]
pub const ACTIONS: &[ActionInfo] = &[
    row(Moving, ROWS, Action::Down, &["j", "<Down>"], "down", "أسفل", "one row down"),
    row(Moving, ROWS, Action::Up, &["k", "<Up>"], "up", "أعلى", "one row up"),
    row(Moving, ROWS, Action::First, &["gg", "<Home>"], "first", "الأول", "to the first row"),
    row(Moving, ROWS, Action::Last, &["G", "ge", "<End>"], "last", "الأخير", "to the last row"),
    row(Moving, ROWS, Action::HalfPageDown, &["<C-d>", "gj"], "half-page-down", "نصف صفحة أسفل", "half a page down"),
    row(Moving, ROWS, Action::HalfPageUp, &["<C-u>", "gk"], "half-page-up", "نصف صفحة أعلى", "half a page up"),
    row(Moving, ROWS, Action::PageDown, &["<Space>", "<PageDown>"], "page-down", "صفحة أسفل", "a page down; at the end, the next unread"),
    row(Moving, ROWS, Action::PageUp, &["-", "<PageUp>"], "page-up", "صفحة أعلى", "a page up"),
    row(Moving, TABLES, Action::PaneLeft, &["h", "<Left>"], "pane-left", "اللوح الأيسر", "the pane to the left"),
    row(Moving, TABLES, Action::PaneRight, &["l", "<Right>"], "pane-right", "اللوح الأيمن", "the pane to the right"),
    row(Moving, BROWSE, Action::PaneNext, &["<Tab>"], "pane-next", "اللوح التالي", "list, reader, facts in turn"),
    row(Moving, EVERY, Action::Open, &["<Enter>"], "open", "فتح", "open; on a fact: its evidence, and back"),
    row(Moving, EVERY, Action::Back, &["q"], "back", "رجوع", "back; from the list: quit"),
    row(Moving, EVERY, Action::Cancel, &["<Esc>", "<C-c>"], "cancel", "إلغاء", "end the search, or back to the list"),
    row(Moving, BROWSE, Action::NextUnread, &["n"], "next-unread", "غير المقروء التالي", "next unread (next match of a search)"),
    row(Moving, BROWSE, Action::PreviousUnread, &["N", "gw"], "previous-unread", "غير المقروء السابق", "unread before (match before)"),
    row(Moving, BROWSE, Action::NextArticle, &["J", "gd"], "next-article", "المقال التالي", "next article, staying in the reader"),
    row(Moving, BROWSE, Action::PreviousArticle, &["K", "gr"], "previous-article", "المقال السابق", "article before, staying in the reader"),
    row(Triage, ARTICLE, Action::Done, &["d"], "done", "تم", "done: read, out of the inbox; on to the next"),
    row(Triage, ARTICLE, Action::Bookmark, &["b"], "bookmark", "متابعة", "bookmark for follow-up, or take it off"),
    row(Triage, ARTICLE, Action::BookmarkNote, &["B", "g;"], "bookmark-note", "متابعة بملاحظة", "bookmark with a note, quoting what is selected, and a day"),
    row(Triage, BROWSE, Action::Snooze, &["s"], "snooze", "تأجيل", "come back tomorrow; 3s in three days"),
    row(Triage, ARTICLE, Action::Due, &["@", "g2"], "due", "موعد المتابعة", "the day to come back: tomorrow, +3d, 2026-12-01 …"),
    row(Triage, ARTICLE, Action::Archive, &["a"], "archive", "أرشفة", "archive: done, kept apart; on to the next"),
    row(Triage, ARTICLE, Action::ToggleRead, &["m"], "toggle-read", "مقروء أو غير مقروء", "read or unread; stay"),
    row(Triage, ARTICLE, Action::Tag, &["t"], "tag", "وسم", "tags, parted by commas; Tab completes"),
    row(Triage, ARTICLE, Action::TagAgain, &["T", "g="], "tag-again", "الوسم الأخير", "the last tags again"),
    row(Triage, TABLE, Action::DoneAbove, &["D", "gc"], "done-above", "تم ما فوقه", "done: this one and all above it"),
    row(Triage, TABLE, Action::DoneAll, &["A", "g-"], "done-all", "تم الكل", "done: all of this view"),
    row(Triage, ARTICLE, Action::Mute, &["X", "gm"], "mute", "كتم", "mute this story, source or topic for a day"),
    row(Triage, ARTICLE, Action::Repeat, &["."], "repeat", "تكرار", "the last verb again, here"),
    row(Triage, TABLE, Action::Pick, &["v", "gv"], "pick", "اختيار", "pick this row for the next verb, or drop it"),
    row(Triage, TABLE, Action::PickRange, &["V", "g["], "pick-range", "اختيار مدى", "pick rows from here to the cursor"),
    row(Triage, LIST, Action::TurnStory, &["w"], "story", "القصة", "all that tell this story, or one row again"),
    row(Triage, LIST, Action::SplitStory, &["W", "g0"], "split-story", "فصل القصة", "split a story: each article for itself"),
    row(Triage, TABLES, Action::Undo, &["u"], "undo", "تراجع", "undo, also after a restart"),
    row(Triage, TABLES, Action::Redo, &["U", "<C-r>", "gx"], "redo", "إعادة", "redo"),
    row(Views, TABLES, Action::GoInbox, &["gi"], "go-inbox", "الوارد", "Inbox"),
    row(Views, TABLES, Action::GoUnread, &["gu"], "go-unread", "غير المقروء", "Unread"),
    row(Views, TABLES, Action::GoBookmarks, &["gb"], "go-bookmarks", "المتابعات", "Follow-ups: bookmarks by their day; d is done with one"),
    row(Views, TABLES, Action::GoArchive, &["ga"], "go-archive", "الأرشيف", "Archive"),
    row(Views, TABLES, Action::GoSources, &["gs"], "go-sources", "المصادر", "the sources, with what waits of each"),
    row(Views, TABLES, Action::GoTags, &["gt"], "go-tags", "الوسوم", "the tags"),
    row(Views, TABLES, Action::GoSaved, &["g."], "go-saved", "الاستعلامات المحفوظة", "the saved queries of the configuration"),
    row(Views, TABLES, Action::GoFeeds, &["!", "g8"], "go-feeds", "الخلاصات", "the feeds: what went wrong, and when each is tried next"),
    row(Views, TABLES, Action::GoMutes, &["gX", "g9"], "go-mutes", "المكتومات", "the mutes in force; x lifts one"),
    row(Triage, On::PLACES, Action::LiftMute, &["x"], "lift-mute", "رفع الكتم", "on a mute: lift it, and bring back what it silenced"),
    row(Views, LIST, Action::SearchLibrary, &["/", "g/"], "search-library", "بحث في المكتبة", "search the library; n N walk the hits"),
    row(Views, TABLES, Action::JumpBack, &["<C-o>", "gp"], "jump-back", "إلى الموضع السابق", "back to where you were"),
    row(Views, TABLES, Action::JumpForward, &["gn"], "jump-forward", "إلى الموضع التالي", "forward again"),
    row(Views, BROWSE, Action::NextSource, &["]"], "next-source", "المصدر التالي", "to the next source of the list"),
    row(Views, BROWSE, Action::PreviousSource, &["["], "previous-source", "المصدر السابق", "to the source before"),
    row(Views, TABLES, Action::GoBoard, &["gf"], "go-board", "لوحة الحقائق", "Board: the facts of this view as a table"),
    row(Views, On::BOARD, Action::SortColumn, &["s"], "sort-column", "ترتيب بالعمود", "on the Board: by this column; x hides it, + adds one"),
    row(Views, On::BOARD, Action::PinColumn, &["p"], "pin-column", "تثبيت العمود", "on the Board: this column in the list too, or no longer"),
    row(Views, On::BOARD, Action::ExportBoard, &["w"], "export-board", "تصدير اللوحة", "on the Board: export this Board to a file, as CSV or JSON"),
    row(Views, LIST, Action::Sort, &["S", "g]"], "sort", "ترتيب", "by date, source, title, or the day to come back"),
    row(Views, FACTS, Action::Filter, &["\\", "g\\"], "filter", "تصفية", "filter this view as you type; Esc ends it"),
    row(Reading, TEXT, Action::Search, &["/", "g/"], "search", "بحث", "search in the article"),
    row(Reading, TEXT, Action::Select, &["v", "gv"], "select", "تحديد", "select words; h l j k move, y copies"),
    row(Reading, FACTS, Action::Copy, &["y"], "copy", "نسخ", "copy what is selected, a fact, or the address"),
    row(Reading, BROWSE, Action::CopyArticle, &["Y", "gy"], "copy-article", "نسخ المقال", "copy title, address and facts"),
    row(Reading, BROWSE, Action::Compare, &["c"], "compare", "ما تغيّر", "what changed, then what changed before that, then back"),
    row(Reading, ARTICLE, Action::OpenPage, &["o"], "open-page", "فتح الصفحة", "open the article's page in the browser"),
    row(Reading, BROWSE, Action::Follow, &["f"], "follow", "اتباع رابط", "open a link or go to a note by its number"),
    row(Reading, BROWSE, Action::CopyLink, &["F", "g,"], "copy-link", "نسخ رابط", "copy a link's address by its number"),
    row(Reading, ARTICLE, Action::Pipe, &["|", "g7"], "pipe", "تمرير إلى أمر", "pipe the article's text to a command"),
    row(Reading, BROWSE, Action::ToggleFacts, &["i"], "toggle-facts", "الحقائق", "facts on or off"),
    row(Reading, BROWSE, Action::CycleDirection, &["="], "direction", "الاتجاه", "direction: auto, right-to-left, left-to-right"),
    row(Reading, BROWSE, Action::EditFact, &["e"], "edit-fact", "تصحيح حقيقة", "on a fact: correct key and value"),
    row(Reading, FACTS, Action::HideFact, &["x"], "hide-fact", "إخفاء حقيقة", "on a fact: it is none, hide it"),
    row(Reading, FACTS, Action::AddFact, &["+", "go"], "add-fact", "إضافة حقيقة", "add a fact; what is selected is its evidence"),
    row(Reading, On::FACTS, Action::FollowFact, &["w"], "follow-fact", "متابعة بموعد الحقيقة", "on a fact: come back on its day, or look again"),
    row(Reading, BROWSE, Action::TablesOn, &["p"], "tables-on", "أعمدة الجدول التالية", "wide tables: the next columns"),
    row(Reading, BROWSE, Action::TablesBack, &["P", "g`"], "tables-back", "أعمدة الجدول السابقة", "wide tables: the columns before"),
    row(Reading, EVERY, Action::CycleHarakat, &[";"], "harakat", "الحركات", "harakat: as the terminal can, always, never"),
    row(Reading, BROWSE, Action::Zen, &["z"], "zen", "النص وحده", "the text alone"),
    row(Reading, BROWSE, Action::Narrower, &["<lt>"], "narrower", "أضيق", "shorter lines"),
    row(Reading, BROWSE, Action::Wider, &[">"], "wider", "أوسع", "longer lines"),
    row(Views, FETCHED, Action::Fetch, &["r"], "fetch", "جلب", "fetch the feed of this article, or this feed"),
    row(Views, FETCHED, Action::FetchAll, &["R", "g'"], "fetch-all", "جلب الكل", "fetch all feeds"),
    row(Screen, TABLES, Action::Command, &[":", "<C-p>", "g<Space>"], "command", "أمر", "the palette: any action by a few letters"),
    row(Screen, EVERY, Action::Doctor, &["gD", "gq"], "doctor", "فحص الطرفية", "which terminal this is, and what reads right"),
    row(Screen, EVERY, Action::Help, &["?"], "help", "مساعدة", "the keys of this screen; ? again: all keys"),
    row(Screen, EVERY, Action::Redraw, &["<C-l>", "gl"], "redraw", "إعادة الرسم", "draw the screen anew"),
    row(Screen, EVERY, Action::Suspend, &["<C-z>", "gz"], "suspend", "تعليق", "back to the shell for a while"),
];

/// What the table says of an action.
pub fn info(action: Action) -> Option<&'static ActionInfo> {
    ACTIONS.iter().find(|info| info.action == action)
}

/// A line of the help screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// Between two groups.
    Blank,
    /// A group's heading.
    Group(&'static str),
    /// An action's keys, and what it does.
    Action(String, &'static str),
}

/// The lines of the help screen for those screens that `on` names: the actions that mean something there, with the keys that
/// they have.
pub fn help_lines(on: On, keymap: &Keymap) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        let own: Vec<_> = ACTIONS.iter().filter(|info| info.group == group && info.on.meets(on)).collect();
        if own.is_empty() {
            continue;
        }
        lines.push(HelpLine::Group(group.title()));
        for info in own {
            lines.push(HelpLine::Action(keymap.keys_of(info.action).join("  "), info.help));
        }
        lines.push(HelpLine::Blank);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_every_action_stands_once() {
        let check = |mut names: Vec<String>| {
            names.sort_unstable();
            let all = names.clone();
            names.dedup();
            assert_eq!(names, all);
        };
        check(ACTIONS.iter().map(|info| info.name.to_owned()).collect());
        check(ACTIONS.iter().map(|info| info.arabic.to_owned()).collect());
        check(ACTIONS.iter().map(|info| format!("{:?}", info.action)).collect());
    }

    #[test]
    fn no_two_actions_of_a_screen_share_keys_nor_begin_with_another_ones() {
        for (at, one) in ACTIONS.iter().enumerate() {
            for other in ACTIONS.iter().skip(at + 1).filter(|other| other.on.meets(one.on)) {
                for (a, b) in one.keys.iter().flat_map(|a| other.keys.iter().map(move |b| (a, b))) {
                    assert!(!a.starts_with(b) && !b.starts_with(a), "{} {a}, {} {b}", one.name, other.name);
                }
            }
        }
    }
}
