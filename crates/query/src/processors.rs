//! Long work on the segments of an index, shared out among processors.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tantivy::{SegmentReader, TantivyError};

use crate::columns::{SegmentColumns, Snapshot};

/// What one processor does alone. To start another takes a tenth of it.
const PATIENCE: Duration = Duration::from_micros(500);

/// How many processors there are.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Does some work on each segment and returns what came of it, in the order of the segments. Most work is done before another
/// processor could begin; where the first segments take longer, the others are shared out.
pub(crate) fn shared_out<T: Send>(
    snapshot: &Snapshot,
    work: impl Fn(usize, &SegmentReader, &SegmentColumns) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let segments: Vec<_> = snapshot.segments().collect();
    let begun = Instant::now();
    let mut done = Vec::with_capacity(segments.len());
    while let Some((segment, columns)) = segments.get(done.len()) {
        let left = segments.len() - done.len();
        if left > 1 && !done.is_empty() && begun.elapsed() > PATIENCE && processors() > 1 {
            break;
        }
        done.push(work(done.len(), segment, columns)?);
    }
    let first = done.len();
    let left = segments.get(first..).unwrap_or_default();
    if left.is_empty() {
        return Ok(done);
    }
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<tantivy::Result<T>>>> = Mutex::new(left.iter().map(|_| None).collect());
    let toil = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some((segment, columns)) = left.get(at)
        {
            let result = work(first + at, segment, columns);
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = results.get_mut(at) {
                *place = Some(result);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..processors().min(left.len()) {
            // Where no thread is to be had, this one does the work alone.
            let _ = thread::Builder::new().spawn_scoped(scope, toil);
        }
        toil();
    });
    for result in results.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let lost = || TantivyError::SystemError("a thread ended before its work was done".to_owned());
        done.push(result.ok_or_else(lost)??);
    }
    Ok(done)
}
