//! What a key and a value mean when they come from a person and not from a document: the same concepts and typed values
//! as extraction gives. For whoever corrects facts and asks for them.

use super::{concepts, countries, meaning};
use crate::article::Meaning;

/// The concept of a key and the typed values of a value, as extraction would give them.
pub fn understand(key: &str, value: &str) -> Meaning {
    let concept = concepts::concept(key, value);
    Meaning {
        concept: concept.map(str::to_owned),
        normalized: meaning::meaning(value, concept, &meaning::Context::default()),
    }
}

/// The ISO 3166-1 alpha-2 code of a country, by any name that extraction knows it by.
pub fn country(name: &str) -> Option<&'static str> {
    countries::country(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Normalized;

    #[test]
    fn means_what_a_table_would_have_meant() {
        let host = understand("الدولة المستضيفة", "الكويت");
        assert_eq!(host.concept.as_deref(), Some("host_country"));
        assert_eq!(host.normalized, [Normalized::Country("KW".into())]);
        assert_eq!(understand("مفتاح لا يعرفه أحد", "شيء"), Meaning::default());
        assert_eq!((country("China"), country("الصين"), country("Atlantis")), (Some("CN"), Some("CN"), None));
    }
}
