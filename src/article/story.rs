//! Which articles tell the same story: sketches of their texts that can be kept and compared, so that a library of any size
//! is grouped in linear time. After Broder, *On the resemblance and containment of documents* (1997): the smallest hashes
//! of a text's shingles are a fair sample of them, and how many two samples share says how much the texts do.

use std::collections::BTreeSet;

use url::Url;

use super::{Article, BlockKind};
use crate::text::words::Words;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Hashes of a sketch.
const HASHES: usize = 48;
/// Hashes by which sketches are found.
const KEYS: usize = 8;
/// Numbers of a text that are kept.
const NUMBERS: usize = 16;
/// Shingles of a text that can be compared, at the least.
const LEAST: u32 = 12;
/// Words of a text that are looked at.
const MOST_WORDS: usize = 20_000;
/// Percent of all shingles of two texts that both have, from which they tell the same.
const RESEMBLE: usize = 30;
/// The same where nearly all of the shorter one stands in the longer one, and percent of the shorter one that must.
const CONTAINED: (usize, usize) = (12, 75);
/// Numbers from which two texts are compared by them too, and percent that both must have: what is told anew every day
/// with other figures is another story.
const FIGURES: (usize, usize) = (4, 50);

/// What is kept of a text to compare it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The smallest hashes of its shingles, in order.
    pub hashes: Vec<u32>,
    /// The smallest hashes of its numbers, in order.
    pub numbers: Vec<u32>,
    /// How many shingles it has.
    pub shingles: u32,
    /// The hash of its address, cleaned.
    pub address: Option<u64>,
}

impl Sketch {
    /// The sketch of an article: of its blocks, since the same text stands under other titles.
    pub fn of(article: &Article) -> Self {
        Self::of_words(article, &Words::of(&article.text))
    }

    /// The sketch of an article whose text has these words.
    pub fn of_words(article: &Article, all: &Words) -> Self {
        let mut words: Vec<u64> = Vec::new();
        let mut numbers = BTreeSet::new();
        for block in article.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Figure)) {
            for word in all.within(block.span.start..block.span.end) {
                // Numbers stand for each other in shingles, and are compared apart.
                if word.text.starts_with(|c: char| c.is_ascii_digit()) {
                    numbers.insert(short(hash(word.text.as_bytes())));
                    words.push(0);
                } else {
                    words.push(hash(word.text.as_bytes()));
                }
            }
            if words.len() > MOST_WORDS {
                break;
            }
        }
        let shingles: BTreeSet<u32> = words
            .windows(SHINGLE)
            .map(|own| short(own.iter().fold(0u64, |all, word| mix(all.rotate_left(17) ^ word))))
            .collect();
        Self {
            shingles: u32::try_from(shingles.len()).unwrap_or(u32::MAX),
            hashes: shingles.into_iter().take(HASHES).collect(),
            numbers: numbers.into_iter().take(NUMBERS).collect(),
            address: article.url.as_deref().and_then(clean_address).map(|address| hash(address.as_bytes())),
        }
    }

    /// The keys by which sketches that may tell the same are found: two that do share one nearly always. Those of addresses
    /// are negative, so that they meet no others.
    pub fn keys(&self) -> impl Iterator<Item = i64> {
        let texts = if self.shingles >= LEAST { KEYS } else { 0 };
        let address = self.address.map(|hash| -1 - i64::try_from(hash >> 1).unwrap_or(0));
        self.hashes.iter().take(texts).map(|hash| i64::from(*hash)).chain(address)
    }

    /// Whether a key is that of an address.
    pub fn is_of_address(key: i64) -> bool {
        key < 0
    }

    /// Whether both are of one address.
    pub fn is_at(&self, other: &Self) -> bool {
        self.address.is_some() && self.address == other.address
    }

    /// Whether both texts tell the same: most of their shingles are the same, or nearly all of the shorter one's stand in
    /// the longer one; and so are their figures.
    pub fn tells(&self, other: &Self) -> bool {
        if self.shingles < LEAST || other.shingles < LEAST {
            return false;
        }
        let resemblance = share(&self.hashes, &other.hashes, HASHES);
        // Of |A ∪ B| = (|A| + |B|) / (1 + r) shingles, r are in both.
        let both = u64::from(self.shingles.saturating_add(other.shingles)) * resemblance as u64
            / (100 + resemblance as u64);
        let contained = both * 100 / u64::from(self.shingles.min(other.shingles)).max(1);
        let same = resemblance >= RESEMBLE || (resemblance >= CONTAINED.0 && contained >= CONTAINED.1 as u64);
        same && self.same_figures(other)
    }

    fn same_figures(&self, other: &Self) -> bool {
        let least = self.numbers.len().min(other.numbers.len());
        if least < FIGURES.0 {
            return true;
        }
        let both = self.numbers.iter().filter(|number| other.numbers.binary_search(number).is_ok()).count();
        both * 100 >= least * FIGURES.1
    }
}

/// Percent of the smallest `most` hashes of both that are in both.
fn share(one: &[u32], other: &[u32], most: usize) -> usize {
    let all: BTreeSet<u32> = one.iter().chain(other).copied().collect();
    let sample = all.into_iter().take(most);
    let (mut many, mut both) = (0, 0);
    for hash in sample {
        many += 1;
        both += usize::from(one.binary_search(&hash).is_ok() && other.binary_search(&hash).is_ok());
    }
    (both * 100).checked_div(many).unwrap_or(0)
}

/// A hash of bytes that stays the same in all versions: FNV-1a, mixed.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |all, byte| (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    mix(fnv)
}

/// The finalizer of SplitMix64.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

/// Parameters of addresses that say where a reader came from, and nothing of the page.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ref",
    "ref_src",
    "cmpid",
    "amp",
    "outputtype",
];

/// An address as pages share it: without scheme, `www.`, `m.` and `amp.`, fragment, tracking, AMP endings and a slash at
/// the end; parameters in order. `None` for what is no page of the web, and for the front page of a site.
pub fn clean_address(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let host =
        ["www.", "m.", "amp.", "mobile."].iter().find_map(|own| host.strip_prefix(own)).unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")).unwrap_or(path);
    let mut pairs: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| {
            let name = name.to_ascii_lowercase();
            !name.starts_with("utm_") && !name.starts_with("at_") && !TRACKING.contains(&name.as_str())
        })
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort();
    if path.is_empty() && pairs.is_empty() {
        return None;
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(format!("{host}{port}{path}?{}", query.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Span};

    fn article(text: &str) -> Article {
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), direction: None };
        Article { text: text.to_owned(), blocks: vec![block], ..Article::default() }
    }

    fn words(from: usize, many: usize) -> String {
        (from..from + many).map(|at| format!("word{at} ")).collect()
    }

    #[test]
    fn a_text_tells_what_most_of_it_tells() {
        let own = Sketch::of(&article(&words(0, 300)));
        assert!(own.tells(&Sketch::of(&article(&words(60, 300)))), "a fifth is other");
        assert!(own.tells(&Sketch::of(&article(&words(0, 120)))), "a shortened text");
        assert!(!own.tells(&Sketch::of(&article(&words(250, 300)))), "a sixth is the same");
        assert!(!own.tells(&Sketch::of(&article(&words(1000, 300)))));
        let brief = Sketch::of(&article(&words(0, 10)));
        assert!(!brief.tells(&brief), "too short to tell");
        let keys: BTreeSet<i64> = own.keys().collect();
        assert!(Sketch::of(&article(&words(60, 300))).keys().any(|key| keys.contains(&key)));
    }

    #[test]
    fn what_is_told_anew_with_other_figures_is_another_story() {
        let prices = |shift: usize| {
            let rows: String = (0..12)
                .map(|at| format!("The price of item{at} today is {} coins a measure. ", at * 7 + shift))
                .collect();
            Sketch::of(&article(&rows))
        };
        assert!(prices(1).tells(&prices(1)));
        assert!(!prices(1).tells(&prices(1000)));
    }

    #[test]
    fn addresses_are_one_page_by_any_way() {
        let same = [
            "https://www.a.example/news/7",
            "http://a.example/news/7/",
            "https://m.a.example/news/7?utm_source=x&fbclid=y",
            "https://a.example/news/7/amp#top",
            "https://amp.a.example/news/7?amp=1",
        ];
        for address in same {
            assert_eq!(clean_address(address).as_deref(), Some("a.example/news/7?"), "{address}");
        }
        assert_eq!(clean_address("https://a.example/?b=2&a=1").as_deref(), Some("a.example?a=1&b=2"));
        assert_ne!(clean_address("https://a.example/n?id=1"), clean_address("https://a.example/n?id=2"));
        for none in ["https://a.example/", "mailto:a@b.example", "file:///x", "x"] {
            assert_eq!(clean_address(none), None, "{none}");
        }
    }
}
