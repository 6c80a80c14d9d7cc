//! How much of the outside is taken in. One place for every limit; the configuration may lower or raise the first ones.

use std::time::Duration;

/// Characters of a declared title that are kept.
pub(super) const TITLE_CHARACTERS: usize = 1_000;
/// Characters of an author's or a feed's name that are kept.
pub(super) const NAME_CHARACTERS: usize = 200;
/// Bytes of an address; a longer one is none.
pub(super) const ADDRESS_BYTES: usize = 4_096;
/// Bytes of an entry's id that are kept as they are; a longer one is kept by its hash.
pub(super) const ID_BYTES: usize = 1_024;

/// Limits of what is read and fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a fetched document, after it was unpacked.
    pub document_bytes: u64,
    /// Entries of one feed document; later ones are left out.
    pub entries: usize,
    /// Redirects of one request.
    pub redirects: usize,
    /// Time until a server has accepted a connection.
    pub connect: Duration,
    /// Time of one request, from its start to the last byte.
    pub request: Duration,
    /// Feeds that are fetched at once.
    pub parallel: usize,
    /// Feeds of one host that are fetched at once.
    pub per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 16 << 20,
            entries: 5_000,
            redirects: 8,
            connect: Duration::from_secs(10),
            request: Duration::from_secs(30),
            parallel: 12,
            per_host: 2,
        }
    }
}
