//! The threads that make segments. Each takes rows from one queue and makes a segment of them until its share of memory is used.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tantivy::{Index, SegmentMeta, TantivyError};
use xinglin_index_schema::{Fields, RowDocument};

use crate::gate::{Gate, Permit};
use crate::segment::SegmentBuilder;

/// Rows that may wait; what bounds them in fact is the [`Gate`].
const QUEUE: usize = 10_000;

/// Makes segments of rows.
pub(crate) struct Builders {
    index: Index,
    fields: Fields,
    threads: usize,
    /// Memory for one thread's lists, in bytes.
    memory: usize,
    gate: Gate,
    running: Option<Running>,
    /// Whether rows were lost: nothing can be made complete any more.
    failed: bool,
}

/// The threads, which begin with the first row and end when all are written out.
struct Running {
    rows: SyncSender<Waiting>,
    segments: Receiver<tantivy::Result<SegmentMeta>>,
    threads: Vec<JoinHandle<()>>,
    /// Whether what is left is to be thrown away.
    stop: Arc<AtomicBool>,
}

/// A row on its way, with the room that it takes.
struct Waiting {
    documents: Vec<RowDocument>,
    _permit: Permit,
}

impl Builders {
    /// Threads for an index; none runs before the first row.
    pub(crate) fn new(index: Index, fields: Fields, threads: usize, memory: usize) -> Builders {
        Builders { index, fields, threads, memory, gate: Gate::default(), running: None, failed: false }
    }

    /// Adds a row of about so many bytes, whose documents will lie side by side; returns the segments that are complete.
    ///
    /// # Errors
    /// Where a segment could not be written, and ever after, until [`Builders::discard`]: rows were lost.
    pub(crate) fn add(
        &mut self,
        documents: Vec<RowDocument>,
        bytes: usize,
    ) -> tantivy::Result<Vec<SegmentMeta>> {
        let added = self.try_add(documents, bytes);
        self.failed |= added.is_err();
        added
    }

    fn try_add(&mut self, documents: Vec<RowDocument>, bytes: usize) -> tantivy::Result<Vec<SegmentMeta>> {
        if self.failed {
            return Err(stopped());
        }
        let permit = self.gate.enter(bytes);
        let running = match &mut self.running {
            Some(running) => running,
            None => self.running.insert(Running::start(&self.index, self.fields, self.threads, self.memory)?),
        };
        // Threads that are gone have said why.
        let sent = running.rows.send(Waiting { documents, _permit: permit });
        let complete: Vec<SegmentMeta> = running.segments.try_iter().collect::<tantivy::Result<_>>()?;
        sent.map_err(|_| stopped())?;
        Ok(complete)
    }

    /// Writes everything out; returns the segments.
    ///
    /// # Errors
    /// As [`Builders::add`].
    pub(crate) fn finish(&mut self) -> tantivy::Result<Vec<SegmentMeta>> {
        if self.failed {
            return Err(stopped());
        }
        let finished = self.running.take().map_or_else(|| Ok(Vec::new()), Running::finish);
        self.failed = finished.is_err();
        finished
    }

    /// Throws away what is not written yet.
    pub(crate) fn discard(&mut self) {
        self.running = None;
        self.failed = false;
    }
}

fn stopped() -> TantivyError {
    TantivyError::ErrorInThread("a thread that writes segments has stopped".to_owned())
}

impl Running {
    fn start(index: &Index, fields: Fields, threads: usize, memory: usize) -> tantivy::Result<Running> {
        let (rows, queue) = sync_channel::<Waiting>(QUEUE);
        let (out, segments) = channel();
        let queue = Arc::new(Mutex::new(queue));
        let stop = Arc::new(AtomicBool::new(false));
        let mut running = Running { rows, segments, threads: Vec::new(), stop };
        for number in 0..threads {
            let worker = Worker {
                index: index.clone(),
                fields,
                memory,
                queue: Arc::clone(&queue),
                stop: Arc::clone(&running.stop),
            };
            let out = out.clone();
            let work = move || {
                while let Some(made) = worker.segment() {
                    let failed = made.is_err();
                    // Nobody listens where everything is thrown away.
                    if out.send(made).is_err() || failed {
                        return;
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("segments-{number}")).spawn(work)?;
            running.threads.push(thread);
        }
        Ok(running)
    }

    /// Lets the threads come to their ends.
    fn finish(mut self) -> tantivy::Result<Vec<SegmentMeta>> {
        let (closed, _) = sync_channel(1);
        self.rows = closed;
        for thread in std::mem::take(&mut self.threads) {
            thread.join().map_err(|_| stopped())?;
        }
        self.segments.try_iter().collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let (closed, _) = sync_channel(1);
        self.rows = closed;
        for thread in std::mem::take(&mut self.threads) {
            // Whoever asked for its work has been told.
            let _ = thread.join();
        }
    }
}

/// One of the threads.
struct Worker {
    index: Index,
    fields: Fields,
    memory: usize,
    queue: Arc<Mutex<Receiver<Waiting>>>,
    stop: Arc<AtomicBool>,
}

impl Worker {
    fn next(&self) -> Option<Waiting> {
        let row = self.queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()?;
        (!self.stop.load(Ordering::Relaxed)).then_some(row)
    }

    /// Makes a segment; `None` where there are no more rows.
    fn segment(&self) -> Option<tantivy::Result<SegmentMeta>> {
        let first = self.next()?;
        self.fill(first).transpose()
    }

    fn fill(&self, first: Waiting) -> tantivy::Result<Option<SegmentMeta>> {
        let mut segment = SegmentBuilder::new(self.index.new_segment(), &self.fields)?;
        let mut row = Some(first);
        while let Some(waiting) = row {
            for document in &waiting.documents {
                segment.add(document)?;
            }
            if segment.memory() >= self.memory {
                break;
            }
            row = self.next();
        }
        if self.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        segment.finish().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xinglin_index_schema::{ArticleRow, StoredArticle};

    #[test]
    fn after_a_failure_nothing_is_complete_until_all_is_thrown_away() {
        let dir = tempfile::tempdir().expect("a folder");
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_dir(dir.path(), schema).expect("an index");
        let mut builders = Builders::new(index, fields, 2, 15_000_000);
        let row = || {
            let article = StoredArticle { text: "骨科".to_owned(), ..StoredArticle::default() };
            let row = ArticleRow { article, ..ArticleRow::default() };
            row.documents(&fields, 1, |bytes| Ok(bytes.to_vec())).expect("documents")
        };
        builders.add(row(), 1).expect("added");
        assert_eq!(builders.finish().expect("written").len(), 1);
        dir.close().expect("the folder vanishes");
        // The thread may fail before the row is taken for added.
        let added = builders.add(row(), 1);
        assert!(builders.finish().is_err(), "{added:?}");
        assert!(builders.add(row(), 1).is_err());
        assert!(builders.finish().is_err());
        builders.discard();
        assert!(builders.finish().expect("nothing is left").is_empty());
    }
}
