//! Long work on the segments of an index, shared out among processors.

use std::cell::Cell;
use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tantivy::query::{Scorer, Weight};
use tantivy::{DocId, SegmentReader, TERMINATED, TantivyError};

use crate::columns::{SegmentColumns, Snapshot};
use crate::literal::damage;

/// What one processor does alone, going by what it did so far. To call another takes a hundredth of it, and it must fetch what is at hand here.
const PATIENCE: Duration = if cfg!(test) { Duration::ZERO } else { Duration::from_micros(1_500) };

/// How many processors there are.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// Documents from which on a segment is large: a part of it is done first, and shows how long the rest will take.
const LARGE: DocId = if cfg!(test) { 64 } else { 65_536 };
const FIRST_PART: DocId = 8;

thread_local! {
    /// The documents that this thread works on.
    static STRETCH: Cell<(DocId, DocId)> = const { Cell::new((0, TERMINATED)) };
}

/// The documents that this thread works on: what opens lists here need look at no others.
pub(crate) fn stretch_at_hand() -> Range<DocId> {
    let (start, end) = STRETCH.get();
    start..end
}

/// Sets the documents that this thread works on; all, once it is dropped.
struct AtHand;

impl AtHand {
    fn of(stretch: &Range<DocId>) -> AtHand {
        STRETCH.set((stretch.start, stretch.end));
        AtHand
    }
}

impl Drop for AtHand {
    fn drop(&mut self) {
        STRETCH.set((0, TERMINATED));
    }
}

/// Some documents of a segment.
pub(crate) struct Stretch<'a> {
    pub(crate) ordinal: usize,
    pub(crate) segment: &'a SegmentReader,
    pub(crate) columns: &'a SegmentColumns,
    pub(crate) documents: Range<DocId>,
}

impl<'a> Stretch<'a> {
    /// Hands on the documents that match, in order.
    pub(crate) fn for_each(
        &self,
        weight: &dyn Weight,
        mut take: impl FnMut(DocId, &mut dyn Scorer),
    ) -> tantivy::Result<()> {
        let mut scorer = weight.scorer(self.segment, 1.0)?;
        let mut doc = scorer.doc();
        if doc < self.documents.start {
            doc = scorer.seek(self.documents.start);
        }
        while doc < self.documents.end {
            take(doc, scorer.as_mut());
            doc = scorer.advance();
        }
        damage::met()
    }

    /// What lies before a document, and what lies from it on.
    fn split(self, at: DocId) -> (Stretch<'a>, Stretch<'a>) {
        let Range { start, end } = self.documents;
        (Stretch { documents: start..at, ..self }, Stretch { documents: at..end, ..self })
    }

    /// As many stretches of the same length where it is long, else itself.
    fn cut(self, parts: u32) -> impl Iterator<Item = Stretch<'a>> {
        let Range { start, end } = self.documents;
        let documents = end.saturating_sub(start);
        let parts = if documents >= LARGE / 2 { parts } else { 1 };
        let length = documents.div_ceil(parts).max(1);
        (0..parts).map(move |part| {
            let start = end.min(start + part * length);
            Stretch { documents: start..end.min(start + length), ..self }
        })
    }
}

/// Does some work on each segment and returns what came of it, in the order of the segments. Most work is done before another
/// processor could begin; where the first segments take so long that the others will too, those are shared out.
pub(crate) fn shared_out<T: Send>(
    snapshot: &Snapshot,
    work: impl Fn(usize, &SegmentReader, &SegmentColumns) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    share(whole_segments(snapshot), 1, |stretch| work(stretch.ordinal, stretch.segment, stretch.columns))
}

fn whole_segments(snapshot: &Snapshot) -> Vec<Stretch<'_>> {
    let segments = snapshot.segments().enumerate();
    segments
        .map(|(ordinal, (segment, columns))| {
            let documents = 0..segment.max_doc();
            Stretch { ordinal, segment, columns, documents }
        })
        .collect()
}

/// The same for work that can be done on parts of a segment: what came of each, with the number of its segment. Queries that are
/// asked within the work may leave out other documents than its own, and none but these may be taken.
pub(crate) fn shared_out_in_stretches<T: Send>(
    snapshot: &Snapshot,
    work: impl Fn(&Stretch<'_>) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<(usize, T)>> {
    let mut stretches = whole_segments(snapshot);
    // The small ones come first and show how long the others will take; of a large one a part does.
    stretches.sort_by_key(|stretch| stretch.documents.len());
    let (ends, many) = (stretches.first().map_or(0, |first| first.documents.end), processors() > 1);
    if many && ends >= LARGE {
        let first = stretches.remove(0);
        let (part, rest) = first.split(ends / FIRST_PART);
        stretches.splice(0..0, [part, rest]);
    }
    share(stretches, 2 * processors() as u32, |stretch| {
        let _at_hand = AtHand::of(&stretch.documents);
        Ok((stretch.ordinal, work(stretch)?))
    })
}

/// Does some work on a list, its second half on another processor where it is longer than one does alone.
pub(crate) fn in_halves<I: Sync, T: Send>(
    all: &[I],
    alone: usize,
    work: impl Fn(&[I]) -> T + Sync,
) -> tantivy::Result<Vec<T>> {
    if all.len() <= alone {
        return Ok(vec![work(all)]);
    }
    let (first, second) = all.split_at(all.len() / 2);
    together(&[first, second], |half| work(half))
}

/// Threads that stand by: to call one takes a fifth of what starting a new one does. `None` where there is no other processor, or no
/// thread is to be had.
struct Helpers {
    threads: ThreadPool,
    /// How many have nothing to do.
    free: AtomicUsize,
}

impl Helpers {
    fn get() -> Option<&'static Helpers> {
        static HELPERS: OnceLock<Option<Helpers>> = OnceLock::new();
        let stand_by = || {
            let others = processors().checked_sub(1).filter(|others| *others > 0)?;
            let threads = ThreadPoolBuilder::new().num_threads(others).build().ok()?;
            Some(Helpers { threads, free: AtomicUsize::new(others) })
        };
        HELPERS.get_or_init(stand_by).as_ref()
    }

    /// Keeps some that are free, as many as there are, until they are given back.
    fn keep(&'static self, most: usize) -> Kept {
        let mut kept = 0;
        let _ = self.free.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |free| {
            kept = free.min(most);
            Some(free - kept)
        });
        Kept { helpers: self, kept }
    }
}

/// Some helpers that one question keeps for itself: none of them waits behind another question's work.
struct Kept {
    helpers: &'static Helpers,
    kept: usize,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.helpers.free.fetch_add(self.kept, Ordering::Relaxed);
    }
}

/// Does some work on each of several things, on all processors that are free, and returns what came of it in their order.
fn together<I: Sync, T: Send>(all: &[I], work: impl Fn(&I) -> T + Sync) -> tantivy::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<T>>> = Mutex::new(all.iter().map(|_| None).collect());
    let toil = || {
        while let Some((at, one)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            all.get(at).map(|one| (at, one))
        } {
            let result = work(one);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(place) = done.get_mut(at) {
                *place = Some(result);
            }
        }
    };
    let kept = Helpers::get().map(|helpers| helpers.keep(all.len().saturating_sub(1)));
    match &kept {
        Some(Kept { helpers, kept }) if *kept > 0 => helpers.threads.in_place_scope(|scope| {
            for _ in 0..*kept {
                scope.spawn(|_| {
                    // What another question met on this thread is no matter of this one.
                    let _ = damage::met();
                    toil();
                });
            }
            toil();
        }),
        _ => toil(),
    }
    drop(kept);
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let lost = || TantivyError::SystemError("a thread ended before its work was done".to_owned());
    done.into_iter().map(|result| result.ok_or_else(lost)).collect()
}

/// Does the work on stretches one after another, and shares out what is left when it takes long, the long ones cut into parts.
fn share<T: Send>(
    mut stretches: Vec<Stretch<'_>>,
    parts: u32,
    work: impl Fn(&Stretch<'_>) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let begun = Instant::now();
    let mut done = Vec::with_capacity(stretches.len());
    let (mut behind, mut ahead) = (0, stretches.iter().map(|stretch| stretch.documents.len()).sum::<usize>());
    while let Some(stretch) = stretches.get(done.len()) {
        let more = stretches.len() > done.len() + 1 || parts > 1;
        let taken = begun.elapsed().as_secs_f64();
        let to_take = taken / behind.max(1) as f64 * ahead as f64;
        if more && !done.is_empty() && to_take > PATIENCE.as_secs_f64() && processors() > 1 {
            break;
        }
        behind += stretch.documents.len();
        ahead = ahead.saturating_sub(stretch.documents.len());
        done.push(work(stretch)?);
    }
    let left: Vec<Stretch<'_>> =
        stretches.drain(done.len()..).flat_map(|stretch| stretch.cut(parts)).collect();
    if left.is_empty() {
        return Ok(done);
    }
    for result in together(&left, work)? {
        done.push(result?);
    }
    Ok(done)
}
