//! From key presses to actions: a table of key sequences, made from [`ACTIONS`], and the state of a sequence that is
//! being typed (a count, a prefix such as `g`).

use super::action::{Action, On};
use super::actions::{ACTIONS, info};
use super::key::{Key, KeyCode};

/// The largest count that is taken; further digits are passed over.
const MAX_COUNT: usize = 99_999;

/// Which keys mean which action.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// Which keys mean which action, on which screens.
#[derive(Clone, Debug, PartialEq)]
struct Binding {
    keys: Vec<Key>,
    action: Action,
    on: On,
}

/// The keys of a sequence that is not complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    count: Option<usize>,
    keys: Vec<Key>,
}

/// What a key came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An action, with the count typed before it.
    Action(Action, Option<usize>),
    /// The sequence goes on.
    Waiting,
    /// No key of ours.
    Nothing,
}

/// Keys that a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What they are to do.
    pub action: Action,
    /// What that is called.
    pub name: String,
    /// The keys, each sequence as [`parse_keys`] reads it; they stand in the place of the default ones.
    pub keys: Vec<String>,
}

/// Keys that cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// They are no keys.
    #[error("`{0}` is no key: a letter stands for itself, others as <Enter>, <Space>, <C-d>, <F5>, <lt>")]
    NoKey(String),
    /// They cannot be typed on an Arabic keyboard.
    #[error("`{0}` is not to be bound: on an Arabic keyboard its second letter comes as one with the g")]
    OneLetter(String),
    /// They mean something else already, or are the beginning of what does, or begin with it.
    #[error(
        "`{keys}` for {name} gets in the way of `{others}`, which is {other}; give {other} other keys too"
    )]
    Taken {
        /// The keys.
        keys: String,
        /// What they were asked for.
        name: String,
        /// The other ones.
        others: String,
        /// What these are for.
        other: String,
    },
}

/// Sequences that come as other ones from an Arabic keyboard, where ل and a hamza form are one key.
const NEVER: [&str; 4] = ["gh", "gH", "gN", "gY"];

impl Default for Keymap {
    fn default() -> Self {
        let bindings = ACTIONS
            .iter()
            .flat_map(|info| {
                let keys = info.keys.iter().filter_map(|keys| parse_keys(keys));
                keys.map(|keys| Binding { keys, action: info.action, on: info.on })
            })
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// The default keys, and in their place those that a person asks for.
    ///
    /// # Errors
    /// The number of the first wish that cannot be had, and why.
    pub fn with(wishes: &[Wish]) -> Result<Self, (usize, KeymapError)> {
        let mut keymap = Self::default();
        keymap.bindings.retain(|binding| !wishes.iter().any(|wish| wish.action == binding.action));
        for (at, wish) in wishes.iter().enumerate() {
            let on = info(wish.action).map_or(On::TABLES, |info| info.on);
            for text in &wish.keys {
                let keys = parse_keys(text).ok_or_else(|| (at, KeymapError::NoKey(text.clone())))?;
                if NEVER.contains(&text.as_str()) {
                    return Err((at, KeymapError::OneLetter(text.clone())));
                }
                let clash = |other: &&Binding| {
                    other.on.meets(on) && (other.keys.starts_with(&keys) || keys.starts_with(&other.keys))
                };
                if let Some(other) = keymap.bindings.iter().find(clash) {
                    let (action, others) = (other.action, names_of(&other.keys));
                    let other = match info(action) {
                        Some(info) => info.name.to_owned(),
                        None => wishes
                            .iter()
                            .find(|wish| wish.action == action)
                            .map_or_else(String::new, |wish| wish.name.clone()),
                    };
                    let (keys, name) = (names_of(&keys), wish.name.clone());
                    return Err((at, KeymapError::Taken { keys, name, others, other }));
                }
                keymap.bindings.push(Binding { keys, action: wish.action, on });
            }
        }
        Ok(keymap)
    }

    /// The names of an action's keys, as the help screen shows them.
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        let own = self.bindings.iter().filter(|binding| binding.action == action);
        own.map(|binding| names_of(&binding.keys)).collect()
    }
}

/// The names of keys, one behind the other.
fn names_of(keys: &[Key]) -> String {
    keys.iter().map(|key| key_name(*key)).collect()
}

impl Keymap {
    /// What `key` means on the screen `on` after the keys in `pending`; takes the digits of a count (ASCII, Arabic-Indic and extended).
    pub fn resolve(&self, pending: &mut Pending, key: Key, on: On) -> Resolved {
        if let Some(digit) = digit_of(key)
            && pending.keys.is_empty()
            && (digit != 0 || pending.count.is_some())
        {
            let count = pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
            pending.count = Some(count.min(MAX_COUNT));
            return Resolved::Waiting;
        }
        pending.keys.push(key);
        let mut waiting = false;
        for binding in self.bindings.iter().filter(|binding| binding.on.meets(on)) {
            if binding.keys == pending.keys {
                let count = pending.count;
                *pending = Pending::default();
                return Resolved::Action(binding.action, count);
            }
            waiting |= binding.keys.starts_with(&pending.keys);
        }
        if waiting {
            return Resolved::Waiting;
        }
        *pending = Pending::default();
        Resolved::Nothing
    }
}

impl Pending {
    /// Takes the last key of the sequence back: it was half of another one.
    pub(super) fn take_back(&mut self) {
        self.keys.pop();
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }

    /// What has been typed, for the status line.
    pub fn to_text(&self) -> String {
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        count + &names_of(&self.keys)
    }
}

/// The digit that a key is, in ASCII, Arabic-Indic (U+0660) or extended Arabic-Indic (U+06F0) digits.
pub(super) fn digit_of(key: Key) -> Option<usize> {
    let KeyCode::Char(c) = key.code else { return None };
    if key.ctrl || key.alt {
        return None;
    }
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    usize::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// Reads a key sequence: characters stand for themselves, names stand in `<…>`: `gi`, `<C-d>`, `<Enter>`, `<lt>`.
/// `None` where a name is not known.
pub fn parse_keys(text: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '<' {
            let (name, after) = rest.strip_prefix('<')?.split_once('>')?;
            keys.push(named_key(name)?);
            rest = after;
        } else {
            keys.push(Key::char(first));
            rest = rest.strip_prefix(first)?;
        }
    }
    (!keys.is_empty()).then_some(keys)
}

const NAMED: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BackTab", KeyCode::BackTab),
    ("BS", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
];

fn named_key(name: &str) -> Option<Key> {
    if let Some(c) = name.strip_prefix("C-") {
        let mut chars = c.chars();
        let key = Key::ctrl(chars.next()?);
        return chars.next().is_none().then_some(key);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return (1..=12).contains(&number).then(|| Key::plain(KeyCode::Function(number)));
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, code)| Key::plain(*code))
}

/// A key's name as the help screen and the status line show it: `j`, `Space`, `Ctrl-d`.
pub fn key_name(key: Key) -> String {
    let base = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Function(n) => format!("F{n}"),
        code => NAMED.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| *name).to_owned(),
    };
    if key.ctrl { format!("Ctrl-{base}") } else { base }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Vec<Resolved> {
        typed_on(keys, On::LIST)
    }

    fn typed_on(keys: &str, on: On) -> Vec<Resolved> {
        let keymap = Keymap::default();
        let mut pending = Pending::default();
        parse_keys(keys).unwrap().into_iter().map(|key| keymap.resolve(&mut pending, key, on)).collect()
    }

    #[test]
    fn every_default_key_can_be_reached() {
        for info in ACTIONS {
            for keys in info.keys {
                let last = typed_on(keys, info.on).last().copied();
                assert_eq!(last, Some(Resolved::Action(info.action, None)), "{} by {keys}", info.name);
            }
        }
    }

    #[test]
    fn a_count_goes_with_the_action_in_any_digits() {
        for keys in ["12j", "١٢j", "۱۲j"] {
            assert_eq!(typed(keys).last(), Some(&Resolved::Action(Action::Down, Some(12))), "{keys}");
        }
        assert_eq!(typed("0").last(), Some(&Resolved::Nothing), "a count does not begin with 0");
    }

    #[test]
    fn a_sequence_that_leads_nowhere_is_forgotten() {
        assert_eq!(
            typed("gQj"),
            [Resolved::Waiting, Resolved::Nothing, Resolved::Action(Action::Down, None)]
        );
    }

    #[test]
    fn keys_that_a_person_asks_for_stand_in_the_place_of_the_default_ones() {
        let wish = |action, name: &str, keys: &[&str]| Wish {
            action,
            name: name.to_owned(),
            keys: keys.iter().map(|keys| (*keys).to_owned()).collect(),
        };
        let keymap = Keymap::with(&[wish(Action::Done, "done", &["Q", "<F5>"])]).unwrap();
        assert_eq!(keymap.keys_of(Action::Done), ["Q", "F5"]);
        let resolve = |key| keymap.resolve(&mut Pending::default(), key, On::LIST);
        assert_eq!(resolve(Key::char('Q')), Resolved::Action(Action::Done, None));
        assert_eq!(resolve(Key::char('d')), Resolved::Nothing);
        let refused = |wishes: &[Wish], part: &str| {
            let (at, error) = Keymap::with(wishes).unwrap_err();
            assert!(at + 1 == wishes.len() && error.to_string().contains(part), "{error}");
        };
        refused(&[wish(Action::Done, "done", &["a"])], "which is archive");
        refused(&[wish(Action::Done, "done", &["g"])], "gets in the way of");
        refused(&[wish(Action::Done, "done", &["<C-dd>"])], "is no key");
        refused(&[wish(Action::Done, "done", &["gh"])], "Arabic keyboard");
        refused(&[wish(Action::Archive, "archive", &["A1"])], "which is done-all");
        let saved = [wish(Action::Saved(0), "Kuwait", &["g1"]), wish(Action::Saved(1), "China", &["g1"])];
        refused(&saved, "which is Kuwait");
        assert!(
            Keymap::with(&[wish(Action::Archive, "archive", &["d"]), wish(Action::Done, "done", &["a"])])
                .is_ok()
        );
    }

    #[test]
    fn sequences_that_an_arabic_keyboard_cannot_type_are_free() {
        for keys in ["gh", "gH", "gN", "gY"] {
            assert_eq!(typed(keys).last(), Some(&Resolved::Nothing), "{keys}");
        }
    }
}
