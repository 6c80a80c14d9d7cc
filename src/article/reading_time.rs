//! How long a text takes to read, by its language. Words are counted by `text`; the figures and where they are from are in
//! docs/decisions/0074.

/// Words that a grown person reads in a minute, by primary language subtag (BCP 47). Of Chinese and Japanese a word is a
/// character.
///
/// Trauzettel-Klosinski and Dietz 2012 (IReST, doi 10.1167/iovs.11-8284), read aloud; Greek: Gleni and others 2019 (IReST,
/// by the same method).
const WORDS_A_MINUTE: [(&str, usize); 19] = [
    ("ar", 138),
    ("de", 179),
    ("el", 208),
    ("en", 228),
    ("es", 218),
    ("fi", 161),
    ("fr", 195),
    ("he", 187),
    ("it", 188),
    ("iw", 187),
    ("ja", 357),
    ("nl", 202),
    ("pl", 166),
    ("pt", 181),
    ("ru", 184),
    ("sl", 180),
    ("sv", 199),
    ("tr", 166),
    ("zh", 255),
];

/// Words a minute of the other languages: the mean of the study's seventeen.
const MEAN: usize = 184;

/// Minutes that so many words take to read; one at least. `language` is a BCP 47 tag, such as `ar-KW`.
pub fn reading_minutes(words: usize, language: Option<&str>) -> usize {
    let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("");
    let known = WORDS_A_MINUTE.iter().find(|(own, _)| own.eq_ignore_ascii_case(primary));
    words.div_ceil(known.map_or(MEAN, |(_, words)| *words)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_as_long_as_its_language() {
        let minutes = |language| reading_minutes(1380, language);
        assert_eq!(minutes(Some("ar")), 10);
        assert_eq!(minutes(Some("AR-kw")), 10);
        assert_eq!(minutes(Some("en_GB")), 7);
        assert_eq!((minutes(Some("fa")), minutes(None), minutes(Some(""))), (8, 8, 8));
        assert_eq!((reading_minutes(0, None), reading_minutes(usize::MAX, Some("zh")) > 1), (1, true));
    }
}
