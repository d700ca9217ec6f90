//! Files in, prepared rows out: one thread walks and reads, several decode, extract and tag, the caller writes.
//!
//! Queues are bounded, so a slow disk or a slow writer slows the rest down instead of filling the memory. The batches of
//! one line file may be tagged out of order; they are handed over in order.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use xinglin_article::{Article, ErrorKind, FileEntry, Format, Limits, Unread, WalkOptions};
use xinglin_entity::{Gazetteer, Tagger, Tags};
use xinglin_index::{Ledger, Prepared, Preparer, SourceState};

use crate::error::Error;
use crate::ingest::Complaint;
use crate::rows;

/// Bytes of lines that are tagged as one batch.
const BATCH: usize = 256 << 10;
/// Jobs and deliveries that may wait, for each thread.
const QUEUE: usize = 4;
/// Files without change that are told of at once.
const UNCHANGED: usize = 256;

/// The coarsest tick by which a usual file system tells times.
const TICK: Duration = Duration::from_millis(10);

/// What to read, and how.
pub(crate) struct Plan {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) threads: usize,
    pub(crate) limits: Limits,
    pub(crate) follow_links: bool,
    pub(crate) cancel: Arc<AtomicBool>,
    /// Files that are passed over, by absolute path, and what was wrong with them.
    pub(crate) given_up: HashMap<String, Complaint>,
    /// Opens a line file.
    pub(crate) open: Opener,
}

/// Opens a file for reading.
pub(crate) type Opener = fn(&Path) -> std::io::Result<Box<dyn Read>>;

/// Opens a file of the disk.
pub(crate) fn open_file(path: &Path) -> std::io::Result<Box<dyn Read>> {
    Ok(Box::new(File::open(path)?))
}

/// What reads an article.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) tagger: &'a Tagger,
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) preparer: &'a Preparer,
}

/// What comes out. Of one file: `Begin`, any number of `Rows`, `End`; other files' deliveries may lie between.
pub(crate) enum Delivery {
    /// Files that have not changed since they were read, and how many articles each gave.
    Unchanged { files: Vec<(String, u64)> },
    /// A file whose rows follow.
    Begin { path: String },
    /// Rows of a file.
    Rows { path: String, rows: Vec<Prepared>, complaints: Vec<Complaint>, bytes: u64 },
    /// A file is complete; `None` where nothing of it could be read.
    End { path: String, state: Option<SourceState> },
    /// A file or folder that could not be read; `keep` where what was known of it is still to be believed.
    Unreadable { path: String, keep: bool, complaint: Complaint },
}

enum Job {
    File(FileEntry),
    Lines { file: Arc<LineFile>, sequence: u64, first: u64, bytes: Vec<u8> },
}

enum Message {
    Deliver(Delivery),
    Ordered { path: String, sequence: u64, delivery: Delivery },
}

/// A line file whose batches are under way. When the last batch lets go of it, it is complete.
struct LineFile {
    path: String,
    name: String,
    state: SourceState,
    broken: AtomicBool,
    out: SyncSender<Message>,
}

impl Drop for LineFile {
    fn drop(&mut self) {
        if self.broken.load(Ordering::Relaxed) {
            return;
        }
        let (path, state) = (std::mem::take(&mut self.path), std::mem::take(&mut self.state));
        // The receiver is gone only where the run has failed already.
        let _ = self.out.send(Message::Deliver(Delivery::End { path, state: Some(state) }));
    }
}

/// Runs the pipeline; `take` gets every delivery on the calling thread.
pub(crate) fn run(
    plan: &Plan,
    reading: &Reading<'_>,
    ledger: &Ledger,
    take: &mut dyn FnMut(Delivery) -> Result<(), Error>,
) -> Result<(), Error> {
    let (job_out, job_in) = sync_channel::<Job>(plan.threads * QUEUE);
    let (out, messages) = sync_channel::<Message>(plan.threads * QUEUE);
    let job_in = Mutex::new(job_in);
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (jobs, stop) = (&job_in, &stop);
        for _ in 0..plan.threads {
            let out = out.clone();
            let worker = Worker { reading: *reading, limits: &plan.limits, cancel: &plan.cancel, out };
            scope.spawn(move || worker.work(jobs));
        }
        let feeder = Feeder { plan, ledger, jobs: job_out, out, stop, unchanged: Vec::new() };
        scope.spawn(move || feeder.feed());
        let result = deliver(messages, take);
        stop.store(true, Ordering::Relaxed);
        result
    })
}

/// Hands deliveries over, batches of one line file in order. After a failure the workers go on taking jobs and throw
/// them away, so that nobody waits.
fn deliver(
    messages: Receiver<Message>,
    take: &mut dyn FnMut(Delivery) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut waiting: HashMap<String, (u64, BTreeMap<u64, Delivery>)> = HashMap::new();
    for message in messages {
        match message {
            Message::Deliver(delivery) => {
                if let Delivery::End { path, .. } = &delivery {
                    waiting.remove(path);
                }
                take(delivery)?;
            }
            Message::Ordered { path, sequence, delivery } => {
                let (next, early) = waiting.entry(path).or_default();
                early.insert(sequence, delivery);
                while let Some(delivery) = early.remove(next) {
                    *next += 1;
                    take(delivery)?;
                }
            }
        }
    }
    Ok(())
}

struct Feeder<'a> {
    plan: &'a Plan,
    ledger: &'a Ledger,
    jobs: SyncSender<Job>,
    out: SyncSender<Message>,
    stop: &'a AtomicBool,
    /// Files without change that are not told of yet.
    unchanged: Vec<(String, u64)>,
}

/// The other end has gone: the run has failed, and says so itself.
struct Gone;

impl Feeder<'_> {
    fn feed(mut self) {
        // Where the other end has gone, it knows why.
        let _ = self.feed_all().and_then(|()| self.tell_unchanged());
    }

    fn feed_all(&mut self) -> Result<(), Gone> {
        let options = WalkOptions { follow_outside: self.plan.follow_links, ..WalkOptions::default() };
        for entry in xinglin_article::walk(&self.plan.paths, options) {
            if self.cancelled() {
                break;
            }
            match entry {
                Ok(entry) => self.file(entry)?,
                Err(Unread { key, error }) => {
                    self.send(Delivery::Unreadable { path: key, keep: true, complaint: error.into() })?;
                }
            }
        }
        Ok(())
    }

    fn tell_unchanged(&mut self) -> Result<(), Gone> {
        let files = std::mem::take(&mut self.unchanged);
        if files.is_empty() { Ok(()) } else { self.send(Delivery::Unchanged { files }) }
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.plan.cancel.load(Ordering::Relaxed)
    }

    fn send(&self, delivery: Delivery) -> Result<(), Gone> {
        self.out.send(Message::Deliver(delivery)).map_err(|_| Gone)
    }

    fn file(&mut self, mut entry: FileEntry) -> Result<(), Gone> {
        if is_fresh(entry.modified) {
            // Without a time it is read once more by the next run.
            entry.modified = None;
        }
        if let Some(complaint) = self.plan.given_up.get(&entry.key) {
            let complaint = complaint.clone();
            return self.send(Delivery::Unreadable { path: entry.key, keep: true, complaint });
        }
        if let Some(known) = self.ledger.get(&entry.key).filter(|known| is_as_read(&entry, known)) {
            self.unchanged.push((entry.key, known.articles));
            return if self.unchanged.len() < UNCHANGED { Ok(()) } else { self.tell_unchanged() };
        }
        if entry.format == Format::JsonLines && !is_wide(&entry.path) {
            return self.lines(&entry);
        }
        self.jobs.send(Job::File(entry)).map_err(|_| Gone)
    }

    /// Reads a line file and sends it on in batches of whole lines.
    fn lines(&self, entry: &FileEntry) -> Result<(), Gone> {
        let path = entry.key.clone();
        let reader = match (self.plan.open)(&entry.path) {
            Ok(reader) => reader,
            Err(error) => {
                let message = format!("{}: {error}", entry.file);
                let complaint = Complaint { skipped: true, message };
                return self.send(Delivery::Unreadable { path, keep: true, complaint });
            }
        };
        self.send(Delivery::Begin { path: path.clone() })?;
        let file = Arc::new(LineFile {
            path,
            name: entry.file.clone(),
            state: state_of(entry),
            broken: AtomicBool::new(false),
            out: self.out.clone(),
        });
        let done = self.batches(&file, BufReader::with_capacity(1 << 20, reader));
        if done.is_err() {
            file.broken.store(true, Ordering::Relaxed);
        }
        done
    }

    fn batches(&self, file: &Arc<LineFile>, mut reader: impl BufRead) -> Result<(), Gone> {
        let (mut sequence, mut line) = (0, 1);
        let mut bytes = Vec::with_capacity(BATCH + (64 << 10));
        loop {
            let before = bytes.len();
            let read = read_line(&mut reader, &mut bytes, self.plan.limits.line_bytes);
            let ended = match read {
                Ok(read) => read == 0,
                Err(error) => {
                    bytes.truncate(before);
                    file.broken.store(true, Ordering::Relaxed);
                    let message =
                        format!("{}: {error}: the file is left as it was indexed before", file.name);
                    let complaint = Complaint { skipped: true, message };
                    let path = file.path.clone();
                    return self.send(Delivery::Unreadable { path, keep: true, complaint });
                }
            };
            if bytes.len() >= BATCH || (ended && !bytes.is_empty()) {
                let lines = count_lines(&bytes);
                let batch = std::mem::replace(&mut bytes, Vec::with_capacity(BATCH + (64 << 10)));
                let job = Job::Lines { file: Arc::clone(file), sequence, first: line, bytes: batch };
                self.jobs.send(job).map_err(|_| Gone)?;
                line += lines;
                sequence += 1;
            }
            if ended {
                return Ok(());
            }
            if self.cancelled() {
                return Err(Gone);
            }
        }
    }
}

/// Reads a line; of one over the bound only so much that whoever reads it sees that it is, for a file may be one line.
fn read_line(reader: &mut impl BufRead, bytes: &mut Vec<u8>, bound: usize) -> std::io::Result<usize> {
    let most = (bound as u64).saturating_add(2);
    let read = reader.by_ref().take(most).read_until(b'\n', bytes)?;
    if read as u64 == most && bytes.last() != Some(&b'\n') {
        reader.skip_until(b'\n')?;
        bytes.push(b'\n');
    }
    Ok(read)
}

/// Whether a file was changed so lately that a further change could bear the same time: clocks of file systems tick some
/// hundred times a second.
pub(crate) fn is_fresh(modified: Option<SystemTime>) -> bool {
    let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_some_and(|age| age < TICK)
}

fn count_lines(bytes: &[u8]) -> u64 {
    let breaks = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    breaks + u64::from(bytes.last().is_some_and(|byte| *byte != b'\n'))
}

/// Whether a line file is in UTF-16, whose line ends are found only in its text: it is read in one piece.
fn is_wide(path: &Path) -> bool {
    let mut mark = [0; 2];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut mark));
    read.is_ok() && matches!(mark, [0xff, 0xfe] | [0xfe, 0xff])
}

/// What is said of a page on which reading broke down; the others are indexed.
fn broke_down(name: &str) -> Complaint {
    Complaint {
        skipped: true,
        message: format!("{name}: an internal error while it was read: please report it"),
    }
}

/// A failure of the moment: what was known of the file is still to be believed.
fn is_transient(error: &xinglin_article::Error) -> bool {
    matches!(error.kind(), ErrorKind::Permission | ErrorKind::Io(_))
}

/// A file's state; the articles are counted where they are written.
fn state_of(entry: &FileEntry) -> SourceState {
    SourceState {
        root: entry.root.clone(),
        given: if entry.given == entry.root { String::new() } else { entry.given.clone() },
        file: entry.file.clone(),
        bytes: entry.bytes,
        modified: nanoseconds(entry.modified),
        articles: 0,
    }
}

/// Whether a file is in the state in which it was read, and found by the same way.
fn is_as_read(entry: &FileEntry, known: &SourceState) -> bool {
    let same_place = entry.root == known.root && entry.file == known.file && entry.given == known.given();
    same_place && known.is_same(entry.bytes, nanoseconds(entry.modified))
}

fn nanoseconds(modified: Option<SystemTime>) -> u64 {
    let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

struct Worker<'a> {
    reading: Reading<'a>,
    limits: &'a Limits,
    cancel: &'a AtomicBool,
    out: SyncSender<Message>,
}

impl Worker<'_> {
    fn work(self, jobs: &Mutex<Receiver<Job>>) {
        let mut gone = false;
        loop {
            let Ok(job) = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv() else { return };
            if gone || self.cancel.load(Ordering::Relaxed) {
                if let Job::Lines { file, .. } = job {
                    file.broken.store(true, Ordering::Relaxed);
                }
                continue;
            }
            let sent = match job {
                Job::File(entry) => self.file(&entry),
                Job::Lines { file, sequence, first, bytes } => self.lines(&file, sequence, first, &bytes),
            };
            gone = sent.is_err();
        }
    }

    fn send(&self, delivery: Delivery) -> Result<(), Gone> {
        self.out.send(Message::Deliver(delivery)).map_err(|_| Gone)
    }

    fn file(&self, entry: &FileEntry) -> Result<(), Gone> {
        let path = entry.key.clone();
        let origin = Prepared::origin(&path);
        let (mut rows, mut complaints) = (Vec::new(), Vec::new());
        let mut transient = false;
        let mut each = |read: Result<Article, xinglin_article::Error>| match read {
            Ok(article) => self.add(origin, article, &mut rows, &mut complaints),
            Err(error) => {
                transient |= is_transient(&error);
                complaints.push(error.into());
            }
        };
        let whole = catch_unwind(AssertUnwindSafe(|| {
            xinglin_article::read_file(&entry.path, entry.format, &entry.file, self.limits, &mut each);
        }));
        if whole.is_err() {
            complaints.push(broke_down(&entry.file));
        }
        if transient && rows.is_empty() {
            let complaint = complaints.swap_remove(0);
            return self.send(Delivery::Unreadable { path, keep: true, complaint });
        }
        let state = (!rows.is_empty()).then(|| state_of(entry));
        self.send(Delivery::Begin { path: path.clone() })?;
        self.send(Delivery::Rows { path: path.clone(), rows, complaints, bytes: entry.bytes })?;
        self.send(Delivery::End { path, state })
    }

    fn lines(&self, file: &LineFile, sequence: u64, first: u64, bytes: &[u8]) -> Result<(), Gone> {
        let origin = Prepared::origin(&file.path);
        let (mut rows, mut complaints) = (Vec::new(), Vec::new());
        let mut each = |read: Result<Article, xinglin_article::Error>| match read {
            Ok(article) => self.add(origin, article, &mut rows, &mut complaints),
            Err(error) => complaints.push(error.into()),
        };
        let whole = catch_unwind(AssertUnwindSafe(|| {
            xinglin_article::read_lines_from(bytes, first, &file.name, self.limits, &mut each);
        }));
        if whole.is_err() {
            complaints.push(broke_down(&format!("{}, from line {first}", file.name)));
        }
        let delivery =
            Delivery::Rows { path: file.path.clone(), rows, complaints, bytes: bytes.len() as u64 };
        let message = Message::Ordered { path: file.path.clone(), sequence, delivery };
        self.out.send(message).map_err(|_| Gone)
    }

    /// An article's tags. A page that the tagger fails on is indexed without any, and named.
    fn tags(&self, article: &Article, complaints: &mut Vec<Complaint>) -> Tags {
        let tagged = catch_unwind(AssertUnwindSafe(|| rows::tags_of(self.reading.tagger, article)));
        tagged.unwrap_or_else(|_| {
            let message = format!("{}: its facts could not be read: indexed by its text alone", article.key);
            complaints.push(Complaint { skipped: false, message });
            Tags::default()
        })
    }

    fn add(&self, origin: u64, article: Article, rows: &mut Vec<Prepared>, complaints: &mut Vec<Complaint>) {
        let tags = self.tags(&article, complaints);
        complaints.extend(rows::complaints(&article).map(|message| Complaint { skipped: false, message }));
        let row = rows::row(article, tags, self.reading.gazetteer);
        match self.reading.preparer.prepare(origin, row) {
            Ok(prepared) => rows.push(prepared),
            Err(error) => complaints.push(Complaint { skipped: true, message: error.to_string() }),
        }
    }
}
