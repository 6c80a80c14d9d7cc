//! The line that is being typed: text, a caret that moves by clusters, and the lines typed before. What a line is for is
//! its [`PromptKind`]; what Enter does with it stands in `asking`.

use crate::text::{Direction, Options, analyse, direction_of};

/// The longest line that is taken, in bytes.
const MOST: usize = 4096;
/// Lines of each kind that are kept.
const MOST_KEPT: usize = 100;

/// What a line is typed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PromptKind {
    /// A search in the article.
    #[default]
    Search,
    /// A query that narrows the list.
    Filter,
    /// A search of the whole library.
    Library,
    /// An action by its name.
    Command,
    /// The note of a bookmark.
    Note,
    /// A fact's key and value.
    Fact,
    /// A further column of the Board.
    Column,
    /// Tags, parted by commas.
    Tags,
    /// The day to come back.
    Due,
    /// A command of the shell.
    Pipe,
    /// The words of a topic that is to be silenced.
    Topic,
    /// The file that the Board goes to.
    Export,
}

impl PromptKind {
    /// What stands before the line.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Search | Self::Library => "/",
            Self::Filter => "\\",
            Self::Command => ":",
            Self::Note => "note: ",
            Self::Fact => "fact: ",
            Self::Column => "column: ",
            Self::Tags => "tags: ",
            Self::Due => "come back: ",
            Self::Pipe => "|",
            Self::Topic => "mute for a day: ",
            Self::Export => "write to: ",
        }
    }
}

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// What is wrong with the line, until a key changes it.
    pub fault: Option<String>,
    text: String,
    caret: usize,
    /// Which line of the history is shown, from the newest, and what had been typed before it was.
    recalled: Option<(usize, String)>,
}

/// Lines typed before, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(Vec<(PromptKind, String)>);

impl History {
    /// Keeps a line; the same line typed before moves to the end.
    pub fn keep(&mut self, kind: PromptKind, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        self.0.retain(|(other, text)| (*other, text.as_str()) != (kind, line));
        self.0.push((kind, line.to_owned()));
        let many = self.of(kind).count();
        if many > MOST_KEPT
            && let Some(oldest) = self.0.iter().position(|(other, _)| *other == kind)
        {
            self.0.remove(oldest);
        }
    }

    /// The lines of a kind, newest first.
    fn of(&self, kind: PromptKind) -> impl Iterator<Item = &str> {
        self.0.iter().rev().filter(move |(other, _)| *other == kind).map(|(_, text)| text.as_str())
    }
}

impl Prompt {
    /// An empty line of a kind.
    pub fn new(kind: PromptKind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// A line that holds text already, the caret behind it.
    pub fn with(kind: PromptKind, text: &str) -> Self {
        let mut prompt = Self::new(kind);
        prompt.insert(text);
        prompt
    }

    /// The text, in logical order.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte that the caret stands before.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret before a byte, or the letter that holds it.
    pub fn go(&mut self, at: usize) {
        self.caret = self.boundaries().take_while(|end| *end <= at).last().unwrap_or(0);
    }

    /// Inserts text before the caret; line ends become blanks, other control characters are left out.
    pub fn insert(&mut self, text: &str) {
        for c in text.trim_end_matches('\n').chars() {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            if c.is_control() {
                continue;
            }
            if self.text.len() + c.len_utf8() > MOST {
                break;
            }
            self.text.insert(self.caret, c);
            self.caret += c.len_utf8();
        }
    }

    /// Deletes the cluster before the caret; whether there was one.
    pub fn delete_before(&mut self) -> bool {
        let end = self.caret;
        self.back();
        self.cut(self.caret, end)
    }

    /// Deletes the cluster after the caret.
    pub fn delete_after(&mut self) {
        self.cut(self.caret, self.next());
    }

    /// Deletes back to where the word before the caret begins.
    pub fn delete_word(&mut self) {
        let end = self.caret;
        let before = self.text.get(..end).unwrap_or("");
        let word = before.trim_end();
        let start = word.rfind(char::is_whitespace).map_or(0, |at| {
            at + word.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        self.cut(start, end);
    }

    /// Deletes from the caret on.
    pub fn delete_rest(&mut self) {
        self.cut(self.caret, self.text.len());
    }

    fn cut(&mut self, start: usize, end: usize) -> bool {
        if start >= end || self.text.get(start..end).is_none() {
            return false;
        }
        self.text.replace_range(start..end, "");
        self.caret = start;
        true
    }

    /// One cluster back in the text.
    pub fn back(&mut self) {
        let caret = self.caret;
        self.caret = self.boundaries().rev().find(|at| *at < caret).unwrap_or(0);
    }

    /// One cluster on in the text.
    pub fn forward(&mut self) {
        self.caret = self.next();
    }

    /// One cluster towards a side of the screen: in right-to-left text the left side is on. `fallback` is the direction
    /// of a line without letters.
    pub fn towards(&mut self, right: bool, fallback: Direction) {
        let own = direction_of(&self.text).unwrap_or(fallback);
        if right == (own == Direction::Ltr) {
            self.forward();
        } else {
            self.back();
        }
    }

    /// To the first byte.
    pub fn home(&mut self) {
        self.caret = 0;
    }

    /// Past the last byte.
    pub fn end(&mut self) {
        self.caret = self.text.len();
    }

    /// Shows the line typed before the one that is shown, or after it; beyond the newest, what had been typed.
    pub fn recall(&mut self, history: &History, older: bool) {
        let (at, typed) = match (self.recalled.take(), older) {
            (None, true) => (Some(0), self.text.clone()),
            (None, false) => return,
            (Some((at, typed)), true) => (Some(at + 1), typed),
            (Some((at, typed)), false) => (at.checked_sub(1), typed),
        };
        let many = history.of(self.kind).count();
        let Some(at) = at.map(|at| at.min(many.saturating_sub(1))) else {
            self.text = typed;
            self.end();
            return;
        };
        let Some(line) = history.of(self.kind).nth(at) else { return };
        self.text = line.to_owned();
        self.end();
        self.recalled = Some((at, typed));
    }

    fn next(&self) -> usize {
        self.boundaries().find(|at| *at > self.caret).unwrap_or(self.text.len())
    }

    fn boundaries(&self) -> impl DoubleEndedIterator<Item = usize> + use<> {
        let paragraph = analyse(&self.text, &Options::default());
        let ends: Vec<usize> = paragraph.clusters().iter().map(|cluster| cluster.source().end).collect();
        ends.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_and_deletes_by_cluster() {
        let mut prompt = Prompt::default();
        prompt.insert("وزارتَي\u{1b}[2J");
        assert_eq!(prompt.text(), "وزارتَي[2J", "an escape is not typed in");
        for _ in 0..3 {
            assert!(prompt.delete_before());
        }
        prompt.back();
        assert!(prompt.delete_before());
        assert_eq!(prompt.text(), "وزاري", "the letter goes with its mark");
        prompt.delete_after();
        assert_eq!(prompt.text(), "وزار");
    }

    #[test]
    fn is_empty_again_after_deleting_all() {
        let mut prompt = Prompt::default();
        assert!(!prompt.delete_before());
        prompt.insert("ab");
        prompt.home();
        prompt.delete_after();
        prompt.end();
        assert!(prompt.delete_before());
        assert_eq!((prompt.text(), prompt.caret()), ("", 0));
    }

    #[test]
    fn a_word_goes_whole() {
        let check = |text: &str, left: &str| {
            let mut prompt = Prompt::with(PromptKind::Search, text);
            prompt.delete_word();
            assert_eq!(prompt.text(), left);
        };
        check("الجولة الخامسة", "الجولة ");
        check("الجولة الخامسة  ", "الجولة ");
        check("GPT-5.2", "");
        check("", "");
        let mut prompt = Prompt::with(PromptKind::Search, "قمة الكويت");
        prompt.home();
        prompt.forward();
        prompt.delete_rest();
        assert_eq!(prompt.text(), "ق");
    }

    #[test]
    fn the_arrows_follow_the_screen() {
        let mut prompt = Prompt::with(PromptKind::Search, "قمة");
        prompt.towards(true, Direction::Ltr);
        assert_eq!(prompt.caret(), "قم".len(), "right is back in Arabic");
        let mut prompt = Prompt::with(PromptKind::Search, "abc");
        prompt.towards(false, Direction::Rtl);
        assert_eq!(prompt.caret(), 2);
    }

    #[test]
    fn lines_typed_before_come_back_by_kind() {
        let mut history = History::default();
        for line in ["الكويت", "الصين", "الكويت", " "] {
            history.keep(PromptKind::Search, line);
        }
        history.keep(PromptKind::Note, "follow up");
        let mut prompt = Prompt::with(PromptKind::Search, "مين");
        let mut shown = Vec::new();
        for older in [true, true, true, false, false, false] {
            prompt.recall(&history, older);
            shown.push(prompt.text().to_owned());
        }
        assert_eq!(shown, ["الكويت", "الصين", "الصين", "الكويت", "مين", "مين"]);
    }

    #[test]
    fn a_paste_of_several_lines_is_one_line() {
        let mut prompt = Prompt::new(PromptKind::Filter);
        prompt.insert("الكويت\nالصين\u{7}\n");
        assert_eq!(prompt.text(), "الكويت الصين");
    }
}
