//! Other processes, noticed: the library's log is watched, so that what `khabar fetch` brings or `khabar done` marks is
//! shown without a key. Own writing wakes it too; who is told asks the library whether it was another's.

use std::path::Path;
use std::sync::mpsc::{TryRecvError, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// The shortest time between two words of change: an import writes many times a second.
const REST: Duration = Duration::from_millis(700);

/// A watch; it ends when it is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches the log of the library at `path`, and calls `changed` after it was written, until that answers false.
    /// Nothing where it cannot be watched: then the library is asked at each key.
    pub(super) fn start(path: &Path, changed: impl Fn() -> bool + Send + 'static) -> Option<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let (wrote, written) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| matches!(event.kind, EventKind::Modify(_) | EventKind::Create(_))) {
                let _ = wrote.send(());
            }
        })
        .ok()?;
        watcher.watch(Path::new(&log), RecursiveMode::NonRecursive).ok()?;
        std::thread::spawn(move || {
            while written.recv().is_ok() {
                if !changed() {
                    return;
                }
                // Nothing is waited for but the next change; after one, what comes at once is taken together.
                std::thread::sleep(REST);
                loop {
                    match written.try_recv() {
                        Ok(()) => {}
                        Err(TryRecvError::Empty) => break,
                        Err(TryRecvError::Disconnected) => return,
                    }
                }
                if !changed() {
                    return;
                }
            }
        });
        Some(Self { _watcher: watcher })
    }
}
