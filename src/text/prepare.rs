//! The text that is analysed: the source with control characters made harmless and presentation forms (as PDFs give
//! them) taken back to letters. Knows for each of its bytes where it stood in the source.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

/// The words of a ligature that has no decomposition; in one cell it cannot be read.
fn words_of(ligature: char) -> Option<&'static str> {
    Some(match ligature {
        '\u{FD40}' => "رحمه الله",
        '\u{FD41}' => "رضي الله عنه",
        '\u{FD42}' => "رضي الله عنها",
        '\u{FD43}' => "رضي الله عنهم",
        '\u{FD44}' => "رضي الله عنهما",
        '\u{FD45}' => "رضي الله عنهن",
        '\u{FD46}' => "صلى الله عليه وآله",
        '\u{FD47}' => "عليه السلام",
        '\u{FD48}' => "عليهم السلام",
        '\u{FD49}' => "عليهما السلام",
        '\u{FD4A}' => "عليه الصلاة والسلام",
        '\u{FD4B}' => "قدس سره",
        '\u{FD4C}' => "صلى الله عليه وآله وسلم",
        '\u{FD4D}' => "عليها السلام",
        '\u{FD4E}' => "تبارك وتعالى",
        '\u{FD4F}' => "رحمهم الله",
        '\u{FDCF}' => "سلامه علينا",
        '\u{FDFD}' => "بسم الله الرحمن الرحيم",
        '\u{FDFE}' => "سبحانه وتعالى",
        '\u{FDFF}' => "عز وجل",
        _ => return None,
    })
}

/// The text that is analysed.
pub(super) struct Prepared<'t> {
    pub text: Cow<'t, str>,
    /// For each character of `text`, where it begins and where its source stood; empty where both are the same.
    map: Vec<(usize, Range<usize>)>,
    /// Whether anything in it has to do with right-to-left text or explicit directions.
    pub complex: bool,
}

impl<'t> Prepared<'t> {
    /// Prepares a paragraph.
    pub(super) fn new(source: &'t str) -> Self {
        let mut kind = Kind::Same;
        let mut complex = false;
        for c in source.chars() {
            match c {
                // What most texts are of needs no closer look.
                ' '..='~' => {}
                '\u{590}'..='\u{8FF}' => complex = true,
                _ => {
                    complex |= is_complex(c);
                    kind = kind.max(kind_of(c));
                }
            }
        }
        match kind {
            Kind::Same => Self { text: Cow::Borrowed(source), map: Vec::new(), complex },
            Kind::Space => {
                let text = source.replace(['\n', '\r', '\t', '\u{B}', '\u{C}'], " ");
                Self { text: Cow::Owned(text), map: Vec::new(), complex }
            }
            Kind::Other => {
                let (text, map) = rewrite(source);
                Self { text: Cow::Owned(text), map, complex }
            }
        }
    }

    /// Whether some of it stood elsewhere in the source.
    pub(super) fn is_rewritten(&self) -> bool {
        !self.map.is_empty()
    }

    /// Where the prepared bytes `range` stood in the source.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        if self.map.is_empty() {
            return range;
        }
        let first = self.map.partition_point(|(at, _)| *at <= range.start).saturating_sub(1);
        let last = self.map.partition_point(|(at, _)| *at < range.end).saturating_sub(1);
        let start = self.map.get(first).map_or(range.start, |(_, source)| source.start);
        let end = self.map.get(last).map_or(range.end, |(_, source)| source.end);
        start..end.max(start)
    }
}

/// What is to be done with a character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Nothing.
    Same,
    /// It becomes a space, a byte for a byte.
    Space,
    /// It becomes something of another length.
    Other,
}

fn kind_of(c: char) -> Kind {
    match c {
        ' '..='~' => Kind::Same,
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' => Kind::Space,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Kind::Other,
        '\u{FB1D}' | '\u{FB1F}'..='\u{FB28}' | '\u{FB2A}'..='\u{FB4F}' => Kind::Other,
        '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD40}'..='\u{FDFB}' => Kind::Other,
        '\u{FDFD}'..='\u{FDFF}' => Kind::Other,
        '\u{FE70}'..='\u{FEFC}' => Kind::Other,
        _ => Kind::Same,
    }
}

/// Whether a character may be part of right-to-left text, or is an explicit direction (UAX #9, 2).
fn is_complex(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn rewrite(source: &str) -> (String, Vec<(usize, Range<usize>)>) {
    let mut text = String::with_capacity(source.len());
    let mut map = Vec::with_capacity(source.len());
    for (at, c) in source.char_indices() {
        let own = at..at + c.len_utf8();
        let mut push = |c: char| {
            map.push((text.len(), own.clone()));
            text.push(c);
        };
        match (kind_of(c), c) {
            (Kind::Same, c) => push(c),
            (Kind::Space, _) | (_, '\u{85}' | '\u{2028}' | '\u{2029}') => push(' '),
            (_, '\u{FD40}'..='\u{FDFF}') if words_of(c).is_some() => {
                words_of(c).unwrap_or_default().chars().for_each(push);
            }
            // A mark's own form decomposes to a space and the mark; the mark alone goes to its letter.
            (_, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}') => {
                decompose_compatible(c, |part| {
                    if part != ' ' {
                        push(part);
                    }
                });
            }
            (_, '\u{FB1D}'..='\u{FEFC}') => {
                let mut parts = [None; 32];
                let mut many = 0;
                decompose_compatible(c, |part| {
                    if let Some(slot) = parts.get_mut(many) {
                        *slot = Some(part);
                    }
                    many += 1;
                });
                recompose(parts.into_iter().flatten(), &mut push);
            }
            (Kind::Other, _) => push(char::REPLACEMENT_CHARACTER),
        }
    }
    (text, map)
}

/// Letters with their hamza or madda are written as one character again, as they stand in news.
fn recompose(parts: impl Iterator<Item = char>, push: &mut impl FnMut(char)) {
    let mut held: Option<char> = None;
    for part in parts {
        match held.and_then(|letter| unicode_normalization::char::compose(letter, part)) {
            Some(both) => held = Some(both),
            None => {
                held.into_iter().for_each(&mut *push);
                held = Some(part);
            }
        }
    }
    held.into_iter().for_each(push);
}
