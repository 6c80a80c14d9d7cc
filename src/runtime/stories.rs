//! Articles that tell the same story are found behind everything else: their texts are sketched, a small batch at a time.

use std::time::{Duration, Instant};

use crate::article::Sketch;
use crate::store::{Store, StoreError};

/// Articles of a batch.
const BATCH: usize = 32;
/// How long a batch may take until the rest of it waits for the next one.
const HELD: Duration = Duration::from_millis(20);

/// Sketches some articles that were not compared yet; whether there were any.
///
/// # Errors
/// Where the library cannot be read or written.
pub(super) fn tell_some(store: &mut Store) -> Result<bool, StoreError> {
    let start = Instant::now();
    let mut sketches = Vec::new();
    for id in store.untold(BATCH)? {
        if let Some(stored) = store.article(id)? {
            sketches.push((id, Sketch::of(&stored.article)));
        }
        if start.elapsed() > HELD {
            break;
        }
    }
    store.tell(&sketches)?;
    Ok(!sketches.is_empty())
}

/// Sketches all articles that were not compared yet. `progress` is told of each batch.
///
/// # Errors
/// Where the library cannot be read or written; what was done before that is kept.
pub fn tell_stories(store: &mut Store) -> Result<(), StoreError> {
    while tell_some(store)? {}
    Ok(())
}
