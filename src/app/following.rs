//! Links and notes of the open article by their numbers: `f` follows one, `F` copies its address; `o` opens the article's
//! own page. Numbers are digits, so that they can be typed on every keyboard layout, and stay the same in the article.

use super::effect::Effect;
use super::reading::reveal;
use super::state::State;
use super::{Key, KeyCode};
use crate::article::{Article, Span, is_followed};

/// Letters of an address that the status line shows.
const SHOWN: usize = 60;

/// Where a number leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an address.
    Address(String),
    /// To a note: the block that it is.
    Note(usize),
}

/// The numbers that are shown on the links of the screen, to be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// Whether the address is copied instead of opened.
    pub copy: bool,
    /// The digits so far.
    pub typed: String,
    /// What the numbers lead to: the first one is 1.
    targets: Vec<Target>,
    /// Where they stand in the text, and their numbers.
    places: Vec<(Span, usize)>,
}

impl Hints {
    /// The hints of an article.
    fn of(article: &Article, copy: bool) -> Self {
        let addresses = article.addresses();
        let mut targets: Vec<Target> =
            addresses.iter().map(|address| Target::Address((*address).to_owned())).collect();
        let mut places: Vec<(Span, usize)> = Vec::new();
        for link in &article.links {
            if let Some(at) = addresses.iter().position(|address| *address == link.url) {
                places.push((link.span, at + 1));
            }
        }
        for reference in article.references.iter().filter(|_| !copy) {
            targets.push(Target::Note(reference.block));
            places.push((reference.span, targets.len()));
        }
        Self { copy, typed: String::new(), targets, places }
    }

    /// Where numbers stand in the text, those that go on with the digits typed so far.
    pub fn shown(&self) -> impl Iterator<Item = (Span, String)> {
        let numbers = self.places.iter().map(|(span, number)| (*span, number.to_string()));
        numbers.filter(|(_, number)| number.starts_with(&self.typed))
    }

    /// The number typed so far, and whether none that begins with it is longer.
    fn typed(&self) -> Option<(usize, bool)> {
        let number: usize = self.typed.parse().ok()?;
        (1..=self.targets.len()).contains(&number).then(|| (number, number * 10 > self.targets.len()))
    }
}

impl State {
    /// `f` and `F`: shows the numbers; where there is only one link, follows it.
    pub(super) fn hint(&mut self, copy: bool) -> Vec<Effect> {
        let Some(reader) = self.reader.as_ref().filter(|reader| Some(reader.id) == self.current()) else {
            self.say("open an article to follow its links");
            return Vec::new();
        };
        let hints = Hints::of(reader.flow.article(), copy);
        match hints.targets.as_slice() {
            [] => {
                self.say("this article has no links");
                Vec::new()
            }
            [only] => {
                let only = only.clone();
                self.follow(&only, copy)
            }
            _ => {
                self.hints = Some(hints);
                self.tell_hints();
                Vec::new()
            }
        }
    }

    fn tell_hints(&mut self) {
        let Some(hints) = &self.hints else { return };
        let what = if hints.copy { "copy which address?" } else { "open which link?" };
        let many = hints.targets.len();
        let sentence = match hints.typed() {
            Some((number, _)) => {
                let to = match hints.targets.get(number - 1) {
                    Some(Target::Address(address)) => shortened(address),
                    Some(Target::Note(_)) => "a note".to_owned(),
                    None => String::new(),
                };
                format!("{what} {number}: \u{2068}{to}\u{2069} · Enter · Esc")
            }
            None => format!("{what} its number, 1 to {many} · Esc"),
        };
        self.say(sentence);
    }

    /// A key while numbers are shown. Anything but a number ends it.
    pub(super) fn hint_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(mut hints) = self.hints.take() else { return Vec::new() };
        match key.code {
            KeyCode::Char(c) if digit(c).is_some() => {
                hints.typed.extend(digit(c));
                if hints.typed().is_none() {
                    hints.typed.pop();
                }
            }
            KeyCode::Backspace => {
                hints.typed.pop();
            }
            KeyCode::Enter if hints.typed().is_some() => return self.follow_typed(&hints),
            _ => return Vec::new(),
        }
        if hints.typed().is_some_and(|(_, is_last)| is_last) {
            return self.follow_typed(&hints);
        }
        self.hints = Some(hints);
        self.tell_hints();
        Vec::new()
    }

    fn follow_typed(&mut self, hints: &Hints) -> Vec<Effect> {
        let target = hints.typed().and_then(|(number, _)| hints.targets.get(number - 1)).cloned();
        target.map_or_else(Vec::new, |target| self.follow(&target, hints.copy))
    }

    fn follow(&mut self, target: &Target, copy: bool) -> Vec<Effect> {
        match target {
            Target::Address(address) if copy => {
                self.say(format!("copied \u{2068}{}\u{2069}", shortened(address)));
                vec![Effect::Copy(address.clone())]
            }
            Target::Address(address) => self.browse(address),
            Target::Note(block) => {
                let rows = self.panes.reader.map_or(1, |area| usize::from(area.rows)).max(1);
                if let Some(reader) = &mut self.reader {
                    let start = reader.flow.article().blocks.get(*block).map_or(0, |block| block.span.start);
                    reader.back = Some(reader.top);
                    reveal(reader, start, rows);
                    self.say("the note · Esc goes back");
                }
                Vec::new()
            }
        }
    }

    /// Goes back from a note to where its reference was followed. Whether it did.
    pub(super) fn leave_note(&mut self) -> bool {
        let reader = self.reader.as_mut().filter(|reader| self.open && reader.evidence.is_none());
        let Some((reader, place)) = reader.and_then(|reader| reader.back.take().map(|place| (reader, place)))
        else {
            return false;
        };
        reader.top = place;
        reader.anchor = None;
        true
    }

    /// `o`: the article's own page.
    pub(super) fn open_page(&mut self) -> Vec<Effect> {
        let Some(id) = self.current() else { return self.nothing_here() };
        match self.reader.as_ref().filter(|reader| reader.id == id) {
            Some(reader) => match reader.flow.article().url.clone() {
                Some(address) => self.browse(&address),
                None => {
                    self.say("this article has no address: it came from a file");
                    Vec::new()
                }
            },
            None => vec![Effect::FindAddress(id)],
        }
    }

    /// An address that was asked for, of an article that is not on the screen.
    pub(super) fn address_found(&mut self, address: Option<&str>) -> Vec<Effect> {
        match address {
            Some(address) => self.browse(address),
            None => {
                self.say("this article has no address: it came from a file");
                Vec::new()
            }
        }
    }

    /// Has an address opened, where it is one that may be followed.
    fn browse(&mut self, address: &str) -> Vec<Effect> {
        if is_followed(address) {
            self.say(format!("opening \u{2068}{}\u{2069}", shortened(address)));
            return vec![Effect::Browse(address.to_owned())];
        }
        self.say("only web and mail addresses are opened, and this is none");
        Vec::new()
    }
}

/// An address as far as the status line shows it.
fn shortened(address: &str) -> String {
    let mut short: String = address.chars().take(SHOWN).collect();
    if short.len() < address.len() {
        short.push('…');
    }
    short
}

/// The ASCII digit that a key means: European, Arabic-Indic (U+0660) or extended Arabic-Indic (U+06F0).
fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}
