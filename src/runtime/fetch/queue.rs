//! What is asked for next: hosts in turn, few of one host at once, and nothing while too much that came is not stored yet.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

/// Bytes of documents in hand from which no more are asked for.
const ENOUGH: usize = 24 << 20;

/// Work for fetching threads, by host.
#[derive(Debug)]
pub(super) struct Queue<T> {
    inner: Mutex<Inner<T>>,
    changed: Condvar,
    per_host: usize,
}

#[derive(Debug)]
struct Inner<T> {
    hosts: VecDeque<Host<T>>,
    in_hand: usize,
    closed: bool,
}

#[derive(Debug)]
struct Host<T> {
    name: String,
    waiting: VecDeque<T>,
    running: usize,
    /// It wants to be left alone till then.
    until: Option<Timestamp>,
}

/// Work that was given out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Given<T> {
    pub work: T,
    pub host: String,
    /// It is not to be done: the host wants to be left alone till then.
    pub until: Option<Timestamp>,
}

impl<T> Queue<T> {
    pub(super) fn new(per_host: usize) -> Self {
        let inner = Inner { hosts: VecDeque::new(), in_hand: 0, closed: false };
        Self { inner: Mutex::new(inner), changed: Condvar::new(), per_host: per_host.max(1) }
    }

    /// Adds work of a host.
    pub(super) fn add(&self, host: &str, work: T) {
        let mut inner = self.lock();
        match inner.hosts.iter_mut().find(|own| own.name == host) {
            Some(own) => own.waiting.push_back(work),
            None => inner.hosts.push_back(Host {
                name: host.to_owned(),
                waiting: VecDeque::from([work]),
                running: 0,
                until: None,
            }),
        }
        self.changed.notify_all();
    }

    /// The next work; waits until there is some that may be begun. Nothing once the queue is closed.
    pub(super) fn next(&self) -> Option<Given<T>> {
        let mut inner = self.lock();
        loop {
            if inner.closed {
                return None;
            }
            if let Some(given) = inner.give(self.per_host) {
                return Some(given);
            }
            inner = self.changed.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Work of a host is done; it may want to be left alone.
    pub(super) fn done(&self, host: &str, until: Option<Timestamp>) {
        let mut inner = self.lock();
        if let Some(own) = inner.hosts.iter_mut().find(|own| own.name == host) {
            own.running = own.running.saturating_sub(1);
            own.until = own.until.max(until);
        }
        self.changed.notify_all();
    }

    /// So many bytes came, and are not stored yet.
    pub(super) fn took(&self, bytes: usize) {
        self.lock().in_hand += bytes;
    }

    /// So many bytes are stored.
    pub(super) fn stored(&self, bytes: usize) {
        let mut inner = self.lock();
        inner.in_hand = inner.in_hand.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// No more work is given out.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        // A thread that died held nothing half done: each change here is one step.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Inner<T> {
    fn give(&mut self, per_host: usize) -> Option<Given<T>> {
        let full = self.in_hand >= ENOUGH && self.hosts.iter().any(|host| host.running > 0);
        let may = |host: &Host<T>| {
            !host.waiting.is_empty() && (host.until.is_some() || (host.running < per_host && !full))
        };
        let at = self.hosts.iter().position(may)?;
        // The host goes to the end, so that all have their turn.
        let mut host = self.hosts.remove(at)?;
        let work = host.waiting.pop_front()?;
        host.running += 1;
        let given = Given { work, host: host.name.clone(), until: host.until };
        self.hosts.push_back(host);
        Some(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> Queue<&'static str> {
        let queue = Queue::new(2);
        for work in ["a1", "a2", "a3", "b1", "c1"] {
            queue.add(&work[..1], work);
        }
        queue
    }

    fn take(queue: &Queue<&'static str>) -> Option<(&'static str, bool)> {
        let given = queue.lock().give(queue.per_host);
        given.map(|given| (given.work, given.until.is_some()))
    }

    #[test]
    fn hosts_have_their_turn_and_few_requests_each() {
        let queue = queue();
        let order: Vec<_> = std::iter::from_fn(|| take(&queue)).map(|(work, _)| work).collect();
        assert_eq!(order, ["a1", "b1", "c1", "a2"]);
        queue.done("b", None);
        assert_eq!(take(&queue), None);
        queue.done("a", None);
        assert_eq!(take(&queue), Some(("a3", false)));
    }

    #[test]
    fn a_host_that_wants_to_be_left_alone_is() {
        let queue = queue();
        assert_eq!(take(&queue), Some(("a1", false)));
        queue.done("a", Some(Timestamp::UNIX_EPOCH));
        let rest: Vec<_> = std::iter::from_fn(|| take(&queue)).collect();
        assert_eq!(rest, [("b1", false), ("c1", false), ("a2", true), ("a3", true)]);
    }

    #[test]
    fn nothing_is_asked_for_while_too_much_is_in_hand() {
        let queue = queue();
        assert!(take(&queue).is_some());
        queue.took(ENOUGH);
        assert_eq!(take(&queue), None);
        queue.stored(1);
        assert!(take(&queue).is_some());
        queue.close();
        assert!(queue.next().is_none());
    }
}
