//! From key presses to actions: a table of key sequences, made from [`ACTIONS`], and the state of a sequence that is
//! being typed (a count, a prefix such as `g`).

use super::action::{Action, On};
use super::actions::ACTIONS;
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
        count + &self.keys.iter().map(|key| key_name(*key)).collect::<String>()
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

/// A key sequence's name as the help screen shows it.
pub fn keys_name(keys: &str) -> String {
    parse_keys(keys).unwrap_or_default().into_iter().map(key_name).collect()
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
    fn sequences_that_an_arabic_keyboard_cannot_type_are_free() {
        for keys in ["gh", "gH", "gN", "gY"] {
            assert_eq!(typed(keys).last(), Some(&Resolved::Nothing), "{keys}");
        }
    }
}
