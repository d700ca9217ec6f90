//! How many bytes of prepared documents wait for the threads that make segments: a queue bounded in rows would be no bound on
//! memory.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Bytes that may wait.
const MOST: usize = 16 << 20;
/// Who waits for room is woken when so few are left: on one core threads would otherwise take turns document by document, each
/// with cold caches.
const FEW: usize = MOST / 2;
/// How long to wait for room before going on without: the queue's own bound holds then. Threads that have stopped drop what
/// waits for them, so this is for what nobody thought of.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lets documents pass as long as there is room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate(Arc<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    bytes: Mutex<usize>,
    fewer: Condvar,
}

impl Gate {
    /// Waits until there is room for so many bytes, or nothing waits at all.
    pub(crate) fn enter(&self, bytes: usize) -> Permit {
        let waiting = self.0.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > MOST;
        let (mut waiting, _) =
            self.0.fewer.wait_timeout_while(waiting, PATIENCE, full).unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        Permit { gate: Arc::clone(&self.0), bytes }
    }
}

/// Room for some bytes, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    gate: Arc<Waiting>,
    bytes: usize,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut waiting = self.gate.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting -= self.bytes;
        if *waiting <= FEW {
            self.gate.fewer.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn what_is_too_much_waits_until_there_is_room() {
        let gate = Gate::default();
        let first = gate.enter(MOST);
        let (tell, told) = mpsc::channel();
        let other = gate.clone();
        let waiter = std::thread::spawn(move || {
            let second = other.enter(1);
            tell.send(()).expect("told");
            second
        });
        assert!(told.try_recv().is_err());
        drop(first);
        told.recv().expect("let through");
        drop(waiter.join().expect("joined"));
        assert_eq!(*gate.0.bytes.lock().expect("a count"), 0);
    }

    #[test]
    fn one_that_is_larger_than_all_room_passes_alone() {
        let gate = Gate::default();
        let large = gate.enter(10 * MOST);
        drop(large);
        let _small = gate.enter(1);
    }
}
