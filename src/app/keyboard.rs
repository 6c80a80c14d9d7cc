//! Arabic and Persian keyboard layouts: the Latin key that stands where a letter was typed, so that the same physical keys
//! work on every layout. Layouts as xkb's `ara` and `ir`, Windows 101 and macOS have them (CLDR keyboards). Prompts do not
//! come here: they insert what was typed.

use super::{Key, KeyCode};

/// Which layout the letters come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Not said yet: letters that stand on different keys only hint.
    #[default]
    Unknown,
    /// Arabic on a PC (xkb `ara`, Windows 101).
    Pc,
    /// Arabic on macOS.
    Mac,
    /// Persian (xkb `ir`).
    Ir,
    /// None of them: letters mean nothing.
    None,
}

impl Layout {
    /// All that can be named.
    pub const NAMED: [Self; 4] = [Self::Pc, Self::Mac, Self::Ir, Self::None];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pc => "pc",
            Self::Mac => "mac",
            Self::Ir => "ir",
            Self::None => "none",
        }
    }

    /// The layout of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|layout| layout.name() == name)
    }

    /// The layout on which the key `b` gives this letter, when the person was asked to press it.
    pub fn by_b(c: char) -> Option<Self> {
        match c {
            'b' | 'B' => Some(Self::None),
            'ل' | '\u{FEFB}' => Some(Self::Pc),
            'ز' => Some(Self::Mac),
            'ذ' => Some(Self::Ir),
            _ => None,
        }
    }
}

/// Letters that stand on the same key on every layout.
const COMMON: &[(char, char)] = &[
    ('ا', 'h'),
    ('ت', 'j'),
    ('ن', 'k'),
    ('م', 'l'),
    ('ل', 'g'),
    ('ب', 'f'),
    ('ش', 'a'),
    ('س', 's'),
    ('ف', 't'),
    ('غ', 'y'),
    ('ع', 'u'),
    ('ه', 'i'),
    ('خ', 'o'),
    ('ح', 'p'),
    ('ض', 'q'),
    ('ص', 'w'),
    ('ث', 'e'),
    ('ق', 'r'),
    ('ي', 'd'),
    ('ی', 'd'),
    ('ك', ';'),
    ('ک', ';'),
    ('ج', '['),
    ('؟', '?'),
];

/// Those of the PC alone, with what Shift gives there where that is no ASCII.
const PC: &[(char, char)] = &[
    ('ى', 'n'),
    ('ة', 'm'),
    ('ر', 'v'),
    ('ء', 'x'),
    ('ئ', 'z'),
    ('ؤ', 'c'),
    ('ظ', '/'),
    ('ز', '.'),
    ('و', ','),
    ('ط', '\''),
    ('د', ']'),
    ('ذ', '`'),
    ('ـ', 'J'),
    ('،', 'K'),
    ('آ', 'N'),
    ('أ', 'H'),
    ('إ', 'Y'),
    ('َ', 'Q'),
    ('ً', 'W'),
    ('ُ', 'E'),
    ('ٌ', 'R'),
    ('‘', 'U'),
    ('ِ', 'A'),
    ('ٍ', 'S'),
    ('ْ', 'X'),
    ('؛', 'P'),
    ('×', 'O'),
];

/// Those of macOS.
const MAC: &[(char, char)] = &[
    ('ز', 'b'),
    ('ر', 'n'),
    ('و', 'm'),
    ('د', 'v'),
    ('ط', 'x'),
    ('ظ', 'z'),
    ('ذ', 'c'),
    ('ة', ']'),
    ('،', ','),
];

/// Those of Persian.
const IR: &[(char, char)] = &[
    ('ذ', 'b'),
    ('د', 'n'),
    ('پ', 'm'),
    ('ر', 'v'),
    ('ط', 'x'),
    ('ظ', 'z'),
    ('ز', 'c'),
    ('گ', '\''),
    ('چ', ']'),
    ('و', ','),
];

/// What a typed key comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Translated {
    /// This key.
    Key(Key),
    /// This key in the place of the `g` before it, which was the first half of لا and the like.
    Instead(Key),
    /// A letter that stands on different keys; the layout must be known.
    Ambiguous(char),
}

/// The layout, and whether the last key was ل, which may be half of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keyboard {
    /// The layout.
    pub layout: Layout,
    lam: bool,
}

impl Keyboard {
    /// A keyboard of this layout.
    pub fn new(layout: Layout) -> Self {
        Self { layout, lam: false }
    }

    /// The key that was meant. What is no letter of these layouts, and every ASCII character, means itself.
    pub fn translate(&mut self, key: Key) -> Translated {
        let lam = std::mem::take(&mut self.lam);
        let KeyCode::Char(c) = key.code else { return Translated::Key(key) };
        if c.is_ascii() || self.layout == Layout::None {
            return Translated::Key(key);
        }
        let meant = |c: char| Key { code: KeyCode::Char(c), ..key };
        // لا is the key b on the PC's layout, its shifted relatives are G, B and T; some terminals send them as one.
        let ligature = match (lam, c) {
            (true, 'ا') | (_, '\u{FEFB}' | '\u{FEFC}') => Some('b'),
            (true, 'أ') | (_, '\u{FEF7}' | '\u{FEF8}') => Some('G'),
            (true, 'آ') | (_, '\u{FEF5}' | '\u{FEF6}') => Some('B'),
            (true, 'إ') | (_, '\u{FEF9}' | '\u{FEFA}') => Some('T'),
            _ => None,
        };
        if let Some(letter) = ligature {
            return if lam && !is_ligature(c) {
                Translated::Instead(meant(letter))
            } else {
                Translated::Key(meant(letter))
            };
        }
        self.lam = c == 'ل';
        if let Some(letter) = find(COMMON, c) {
            return Translated::Key(meant(letter));
        }
        match self.layout {
            Layout::Pc => find(PC, c).map_or(Translated::Key(key), |letter| Translated::Key(meant(letter))),
            Layout::Mac => find(MAC, c).map_or(Translated::Key(key), |letter| Translated::Key(meant(letter))),
            Layout::Ir => find(IR, c).map_or(Translated::Key(key), |letter| Translated::Key(meant(letter))),
            Layout::Unknown | Layout::None => {
                let mut letters: Vec<char> =
                    [PC, MAC, IR].iter().filter_map(|table| find(table, c)).collect();
                letters.dedup();
                match letters.as_slice() {
                    [] => Translated::Key(key),
                    [only] if c.is_alphabetic() => Translated::Key(meant(*only)),
                    _ => Translated::Ambiguous(c),
                }
            }
        }
    }
}

fn is_ligature(c: char) -> bool {
    matches!(c, '\u{FEF5}'..='\u{FEFC}')
}

fn find(table: &[(char, char)], c: char) -> Option<char> {
    table.iter().find(|(letter, _)| *letter == c).map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(layout: Layout, text: &str) -> String {
        let mut keyboard = Keyboard::new(layout);
        let mut keys = String::new();
        for c in text.chars() {
            match keyboard.translate(Key::char(c)) {
                Translated::Key(Key { code: KeyCode::Char(c), .. }) => keys.push(c),
                Translated::Instead(Key { code: KeyCode::Char(c), .. }) => {
                    keys.pop();
                    keys.push(c);
                }
                _ => keys.push('*'),
            }
        }
        keys
    }

    #[test]
    fn the_same_physical_keys_mean_the_same() {
        // The keys h j k l g d in turn, then b n m v x z c of each layout.
        assert_eq!(typed(Layout::Pc, "اتنمليلاىةرءئؤ"), "hjklgdbnmvxzc");
        assert_eq!(typed(Layout::Mac, "اتنمليزروطظذ"), "hjklgdbnmxzc");
        assert_eq!(typed(Layout::Ir, "اتنملیذدپرطظز"), "hjklgdbnmvxzc");
        assert_eq!(typed(Layout::Pc, "ـ،آلأ"), "JKNG", "Shift");
    }

    #[test]
    fn lam_alef_is_one_key_however_it_comes() {
        assert_eq!(typed(Layout::Unknown, "لا"), "b");
        assert_eq!(typed(Layout::Unknown, "\u{FEFB}\u{FEF7}\u{FEF5}\u{FEF9}"), "bGBT");
        assert_eq!(typed(Layout::Unknown, "لألآلإ"), "GBT");
        assert_eq!(typed(Layout::Unknown, "لل"), "gg");
        assert_eq!(typed(Layout::Unknown, "لت"), "gj", "another key behind it is its own");
    }

    #[test]
    fn letters_of_several_keys_do_nothing_until_the_layout_is_known() {
        assert_eq!(typed(Layout::Unknown, "زردظطوذة"), "********");
        assert_eq!(typed(Layout::Unknown, "ىئپگ"), "nzm'", "these stand on one key alone");
        assert_eq!(typed(Layout::None, "تن"), "تن");
    }

    #[test]
    fn ascii_and_other_scripts_mean_themselves() {
        for layout in [Layout::Unknown, Layout::Pc, Layout::Mac, Layout::Ir] {
            assert_eq!(typed(layout, "jG]/é漢٣"), "jG]/é漢٣");
        }
    }

    #[test]
    fn pressing_b_tells_the_layout() {
        for (c, layout) in
            [('ل', Layout::Pc), ('\u{FEFB}', Layout::Pc), ('ز', Layout::Mac), ('ذ', Layout::Ir)]
        {
            assert_eq!(Layout::by_b(c), Some(layout));
        }
        assert_eq!(Layout::by_b('x'), None);
    }
}
