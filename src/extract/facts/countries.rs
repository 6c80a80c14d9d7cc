//! Countries by their names and by the adjectives of nationality, from one data file. A name is taken whole: what stands
//! beside it is the caller's business.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::concepts::folded;
use crate::extract::flat::model::{Hashed, hash};

/// Folded names and nationalities, and their ISO 3166-1 alpha-2 codes.
static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);

struct Countries {
    names: HashMap<String, &'static str>,
    nationalities: HashMap<String, &'static str>,
}

impl Countries {
    fn read() -> Self {
        let mut own = Self { names: HashMap::new(), nationalities: HashMap::new() };
        for line in include_str!("countries.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((code, rest)) = line.split_once(':') else { continue };
            let (names, nationalities) = rest.split_once('~').unwrap_or((rest, ""));
            for name in names.split('|') {
                own.names.entry(folded(name)).or_insert(code);
            }
            for name in nationalities.split('|').map(folded).filter(|name| !name.is_empty()) {
                if name.ends_with('ي') {
                    own.nationalities.entry(format!("{name}ه")).or_insert(code);
                    own.nationalities.entry(format!("{name}ا")).or_insert(code);
                    own.nationalities.entry(format!("{name}ون")).or_insert(code);
                    own.nationalities.entry(format!("{name}ين")).or_insert(code);
                }
                own.nationalities.entry(name).or_insert(code);
            }
        }
        own
    }
}

/// The ISO 3166-1 code of a country's name, with or without «دولة» before it.
pub(in crate::extract) fn country(name: &str) -> Option<&'static str> {
    folded_country(&folded(name))
}

/// The same of a name that is folded already.
pub(in crate::extract) fn folded_country(name: &str) -> Option<&'static str> {
    let bare =
        ["دوله ", "جمهوريه ", "مملكه ", "كشور ", "the "].iter().find_map(|kind| name.strip_prefix(kind));
    COUNTRIES.names.get(name).or_else(|| COUNTRIES.names.get(bare?)).copied()
}

/// The ISO 3166-1 code of a nationality: an adjective, with or without the article, in both genders.
pub(in crate::extract) fn nationality(name: &str) -> Option<&'static str> {
    let name = folded(name);
    let bare =
        name.split(' ').map(|word| word.strip_prefix("ال").unwrap_or(word)).collect::<Vec<_>>().join(" ");
    COUNTRIES.nationalities.get(&bare).or_else(|| COUNTRIES.nationalities.get(&name)).copied()
}

/// The same of one word that is folded already.
pub(in crate::extract) fn folded_nationality(word: &str) -> Option<&'static str> {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    COUNTRIES.nationalities.get(bare).or_else(|| COUNTRIES.nationalities.get(word)).copied()
}

/// The hashes of single words that name a country or are its nationality, with the particles and the article that may stand
/// before them.
static WORDS: LazyLock<HashMap<u64, &'static str, BuildHasherDefault<Hashed>>> = LazyLock::new(|| {
    let of = |word: &str| hash(std::iter::once(word));
    let single =
        |names: &'static HashMap<String, &'static str>| names.iter().filter(|(name, _)| !name.contains(' '));
    let mut words = HashMap::default();
    // What is put there first stays.
    for (name, code) in single(&COUNTRIES.names) {
        words.entry(of(name)).or_insert(*code);
    }
    for (name, code) in single(&COUNTRIES.nationalities) {
        words.entry(of(&format!("ال{name}"))).or_insert(*code);
    }
    for (name, code) in single(&COUNTRIES.nationalities) {
        words.entry(of(name)).or_insert(*code);
    }
    for (name, code) in single(&COUNTRIES.names) {
        for particle in ['ب', 'و', 'ل'] {
            words.entry(of(&format!("{particle}{name}"))).or_insert(*code);
        }
    }
    words
});

/// The ISO 3166-1 code of the country that one folded word is about: its name, a particle before it or not, or a nationality.
/// It is asked of every word of an article.
pub(in crate::extract) fn word_of_country(word: &str) -> Option<&'static str> {
    WORDS.get(&hash(std::iter::once(word))).copied()
}
