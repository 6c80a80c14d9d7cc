//! A linear model over named features: what `train` has learned, and scoring by it. Weights stand in text files beside
//! this one, a feature and its weight a line.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Takes the features of something that is to be scored.
pub(crate) trait Sink {
    /// A feature: its name and the values that stand in it.
    fn add(&mut self, parts: &[&str]);
}

/// The weights of features, by the hash of their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    weights: HashMap<u64, f32, BuildHasherDefault<Hashed>>,
}

impl Model {
    /// Reads weights: `feature<TAB>weight` a line. Lines that are no weight are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (name, weight) = line.split_once('\t')?;
            Some((hash(name.split('|')), weight.parse::<f32>().ok()?))
        };
        Self { weights: text.lines().filter_map(line).collect() }
    }

    /// The sum of the weights of some features.
    pub(crate) fn score(&self, features: impl FnOnce(&mut dyn Sink)) -> f32 {
        struct Sum<'m>(&'m Model, f32);
        impl Sink for Sum<'_> {
            fn add(&mut self, parts: &[&str]) {
                self.1 += self.0.weights.get(&hash(parts.iter().copied())).copied().unwrap_or(0.0);
            }
        }
        let mut sum = Sum(self, 0.0);
        features(&mut sum);
        sum.1
    }
}

/// FNV-1a over some texts, a separator behind each.
pub(crate) fn hash<'t>(parts: impl Iterator<Item = &'t str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for part in parts {
        part.bytes().for_each(&mut take);
        take(b'|');
    }
    hash
}

/// Passes on what is a hash already.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
