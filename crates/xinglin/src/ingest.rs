//! Reading files and folders into an index.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use xinglin_article::Limits;
use xinglin_entity::{Gazetteer, Tagger};
use xinglin_index::{Prepared, SourceState, Writer, WriterOptions};

use crate::error::Error;
use crate::open::fingerprints;
use crate::pipeline::{self, Delivery, Reading};
use crate::tag::gazetteer_error;

/// How long a run goes on before what is complete is committed, unless it is told.
const COMMIT_EVERY: Duration = Duration::from_secs(30);
/// Memory for terms not yet written, all threads together.
const MEMORY: usize = 96 << 20;

/// Is told how far a run has come.
type Listener = Box<dyn FnMut(&Progress) + Send>;

/// Reads files and folders into an index, or brings an index up to date with them.
///
/// ```no_run
/// # fn main() -> Result<(), xinglin::Error> {
/// let report = xinglin::Ingest::into("news.idx").paths(["新闻"]).run()?;
/// println!("{} articles, {} skipped", report.indexed, report.skipped);
/// # Ok(())
/// # }
/// ```
pub struct Ingest {
    dir: PathBuf,
    paths: Vec<PathBuf>,
    threads: usize,
    memory_bytes: usize,
    limits: Limits,
    follow_links: bool,
    gazetteers: Option<PathBuf>,
    rebuild: bool,
    commit_every: Duration,
    open: pipeline::Opener,
    progress: Option<Listener>,
    cancel: Arc<AtomicBool>,
}

/// How far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub files: u64,
    /// Articles written.
    pub articles: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IngestReport {
    /// Articles written.
    pub indexed: usize,
    /// Articles of files that had not changed.
    pub unchanged: usize,
    /// Articles of files that are gone.
    pub removed: usize,
    /// Files and lines that could not be read.
    pub skipped: usize,
    /// How long it took.
    pub seconds: f64,
    /// Bytes read.
    pub bytes: u64,
    /// What was skipped or odd, and why.
    #[serde(skip)]
    pub complaints: Vec<Complaint>,
    /// Whether the run was cancelled. What had been completed by then is committed, but for [`IngestReport::rolled_back`].
    #[serde(skip)]
    pub interrupted: bool,
    /// Articles that a cancelled run had written and took back: a file was half read that had replaced an earlier state
    /// of itself, or the index was being rebuilt. They are not counted as `indexed`.
    #[serde(skip)]
    pub rolled_back: usize,
}

/// Something that could not be read, or was odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Whether it was left out of the index.
    pub skipped: bool,
    /// File, place, reason and remedy in one line.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Ingest {
    /// Reads into the index in this folder, which is made where there is none.
    pub fn into(dir: impl Into<PathBuf>) -> Ingest {
        Ingest {
            dir: dir.into(),
            paths: Vec::new(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: MEMORY,
            limits: Limits::default(),
            follow_links: false,
            gazetteers: None,
            rebuild: false,
            commit_every: COMMIT_EVERY,
            open: pipeline::open_file,
            progress: None,
            cancel: Arc::default(),
        }
    }

    /// Files and folders to read.
    pub fn paths<I>(mut self, paths: I) -> Ingest
    where
        I: IntoIterator,
        I::Item: Into<PathBuf>,
    {
        self.paths.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Threads that read and tag, and as many that write; one for each core by default.
    pub fn threads(mut self, threads: usize) -> Ingest {
        self.threads = threads.max(1);
        self
    }

    /// Memory for what is not yet written, in bytes; at least 15 MB a thread are taken.
    pub fn memory_bytes(mut self, bytes: usize) -> Ingest {
        self.memory_bytes = bytes;
        self
    }

    /// Bounds on what is read.
    pub fn limits(mut self, limits: Limits) -> Ingest {
        self.limits = limits;
        self
    }

    /// Whether symbolic links that lead out of the given folders are followed.
    pub fn follow_links(mut self, follow: bool) -> Ingest {
        self.follow_links = follow;
        self
    }

    /// A folder of gazetteers that extend or replace the built-in ones.
    pub fn gazetteers(mut self, dir: impl Into<PathBuf>) -> Ingest {
        self.gazetteers = Some(dir.into());
        self
    }

    /// Starts over: the present index serves readers until the new one is complete, then is replaced at once.
    pub fn rebuild(mut self, rebuild: bool) -> Ingest {
        self.rebuild = rebuild;
        self
    }

    /// How long a run goes on before what is complete is committed, 30 seconds by default: what a crash can cost.
    pub fn commit_every(mut self, interval: Duration) -> Ingest {
        self.commit_every = interval;
        self
    }

    /// Is told how far the run has come, a few times a second.
    pub fn progress(mut self, listener: impl FnMut(&Progress) + Send + 'static) -> Ingest {
        self.progress = Some(Box::new(listener));
        self
    }

    /// Stops the run soon after the flag is set: what is complete is committed, or what is not is taken back; the report
    /// says which.
    pub fn cancel(mut self, flag: Arc<AtomicBool>) -> Ingest {
        self.cancel = flag;
        self
    }

    /// Reads the paths.
    ///
    /// # Errors
    /// Where the index cannot be opened or written. Sources that cannot be read are no error: they are in the report.
    pub fn run(mut self) -> Result<IngestReport, Error> {
        let started = Instant::now();
        let (tagger, gazetteer) = (self.tagger()?, self.gazetteer()?);
        let mut run = Run::new(self.open_writer()?, self.progress.take(), self.commit_every);
        let mut plan = pipeline::Plan {
            paths: Vec::new(),
            threads: self.threads,
            limits: self.limits.clone(),
            follow_links: self.follow_links,
            cancel: Arc::clone(&self.cancel),
            given_up: HashMap::new(),
            open: self.open,
        };
        loop {
            let roots = roots_of(&self.paths, &mut run);
            plan.paths = roots.iter().map(|root| root.given.clone()).collect();
            let ledger = run.writer.ledger().clone();
            let preparer = run.writer.preparer();
            let reading = Reading { tagger: &tagger, gazetteer: &gazetteer, preparer: &preparer };
            pipeline::run(&plan, &reading, &ledger, &mut |delivery| run.take(delivery))?;
            run.report.interrupted = self.cancel.load(Ordering::Relaxed);
            if run.broken.is_empty() || run.report.interrupted {
                return run.finish(&roots, started);
            }
            plan.given_up.extend(std::mem::take(&mut run.broken));
            run.begin_again()?;
        }
    }

    pub(crate) fn tagger(&self) -> Result<Tagger, Error> {
        crate::tag::open_tagger(self.gazetteers.as_deref())
    }

    pub(crate) fn gazetteer(&self) -> Result<Gazetteer, Error> {
        crate::tag::open_gazetteer(self.gazetteers.as_deref())
    }

    pub(crate) fn open_writer(&self) -> Result<Writer, Error> {
        let mut ours = fingerprints();
        if let Some(folder) = &self.gazetteers {
            let own = xinglin_entity::Gazetteer::fingerprint_of(folder).map_err(gazetteer_error)?;
            ours.gazetteers = format!("{}+{own:016x}", ours.gazetteers);
        }
        let options = WriterOptions {
            threads: self.threads,
            memory_bytes: self.memory_bytes,
            fingerprints: ours,
            rebuild: self.rebuild,
        };
        Ok(Writer::open(&self.dir, &options)?)
    }
}

/// A given path that exists.
struct Root {
    given: PathBuf,
    /// Absolute, links resolved, as text.
    key: String,
}

fn roots_of(paths: &[PathBuf], run: &mut Run) -> Vec<Root> {
    let mut roots = Vec::new();
    for path in paths {
        match std::fs::canonicalize(path) {
            Ok(real) => roots.push(Root { given: path.clone(), key: xinglin_article::path_text(&real) }),
            Err(error) => {
                run.report.skipped += 1;
                let message = format!("{}: {}", path.display(), missing(&error));
                run.report.complaints.push(Complaint { skipped: true, message });
            }
        }
    }
    roots
}

fn missing(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder: check the path".to_owned(),
        _ => error.to_string(),
    }
}

/// A run under way: the one place that touches the writer.
struct Run {
    writer: Writer,
    report: IngestReport,
    progress: Option<Listener>,
    /// Absolute paths of files that are there.
    seen: HashSet<String>,
    /// Folders and files that could not be looked at: what lies in them is not taken to be gone.
    unreadable: Vec<String>,
    /// Files that are not yet complete.
    open: HashMap<String, Opened>,
    /// Line files that broke off while they were read, and why.
    broken: HashMap<String, Complaint>,
    /// Keys of the articles written, to find ids that are given twice.
    keys: HashSet<u64>,
    files: u64,
    commit_every: Duration,
    last_commit: Instant,
    /// Articles written and removed by the last commit.
    committed: (usize, usize),
    last_word: Instant,
}

/// A file that is not yet complete.
#[derive(Default)]
struct Opened {
    /// Articles that it has given.
    articles: u64,
    /// Whether it replaces an earlier state of itself.
    replaces: bool,
}

impl Run {
    fn new(writer: Writer, progress: Option<Listener>, commit_every: Duration) -> Run {
        Run {
            writer,
            report: IngestReport::default(),
            progress,
            seen: HashSet::new(),
            unreadable: Vec::new(),
            open: HashMap::new(),
            broken: HashMap::new(),
            keys: HashSet::new(),
            files: 0,
            commit_every,
            last_commit: Instant::now(),
            committed: (0, 0),
            last_word: Instant::now(),
        }
    }

    /// Goes back to the last commit, to read everything since then once more.
    fn begin_again(&mut self) -> Result<(), Error> {
        self.writer.rollback()?;
        self.report = IngestReport::default();
        self.seen.clear();
        self.unreadable.clear();
        self.open.clear();
        self.keys.clear();
        self.files = 0;
        self.committed = (0, 0);
        Ok(())
    }

    fn take(&mut self, delivery: Delivery) -> Result<(), Error> {
        match delivery {
            Delivery::Unchanged { files } => {
                self.files += files.len() as u64;
                for (path, articles) in files {
                    self.report.unchanged += articles as usize;
                    self.seen.insert(path);
                }
            }
            Delivery::Begin { path } => {
                self.files += 1;
                let replaces = self.writer.begin_source(&path)?;
                self.open.insert(path.clone(), Opened { articles: 0, replaces });
                self.seen.insert(path);
            }
            Delivery::Rows { path, rows, complaints, bytes } => {
                self.report.bytes += bytes;
                self.complain(complaints);
                for row in rows {
                    self.add(&path, row)?;
                }
            }
            Delivery::End { path, state } => {
                let Opened { articles, .. } = self.open.remove(&path).unwrap_or_default();
                if let Some(state) = state {
                    self.writer.end_source(&path, SourceState { articles, ..state });
                }
            }
            Delivery::Unreadable { path, keep, complaint } => {
                self.files += 1;
                if self.open.contains_key(&path) {
                    self.broken.insert(path.clone(), complaint.clone());
                }
                self.complain(vec![complaint]);
                if keep {
                    self.unreadable.push(path);
                }
            }
        }
        self.speak();
        self.commit_if_due()
    }

    fn add(&mut self, path: &str, row: Prepared) -> Result<(), Error> {
        if !self.keys.insert(row.key()) {
            let message = format!(
                "{}: this id stands on an earlier article of the file already: give each its own",
                row.id()
            );
            self.complain(vec![Complaint { skipped: true, message }]);
            return Ok(());
        }
        self.report.indexed += 1;
        if let Some(opened) = self.open.get_mut(path) {
            opened.articles += 1;
        }
        Ok(self.writer.add(row)?)
    }

    fn complain(&mut self, complaints: Vec<Complaint>) {
        self.report.skipped += complaints.iter().filter(|complaint| complaint.skipped).count();
        self.report.complaints.extend(complaints);
    }

    fn speak(&mut self) {
        if self.last_word.elapsed() < Duration::from_millis(100) {
            return;
        }
        self.last_word = Instant::now();
        if let Some(listener) = &mut self.progress {
            listener(&Progress {
                files: self.files,
                articles: self.report.indexed as u64,
                bytes: self.report.bytes,
            });
        }
    }

    fn commit_if_due(&mut self) -> Result<(), Error> {
        if self.open.is_empty() && self.last_commit.elapsed() >= self.commit_every {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.writer.commit()?;
        self.last_commit = Instant::now();
        self.committed = (self.report.indexed, self.report.removed);
        Ok(())
    }

    fn finish(mut self, roots: &[Root], started: Instant) -> Result<IngestReport, Error> {
        if self.report.interrupted {
            self.stop()?;
        } else {
            self.remove_vanished(roots)?;
            self.writer.finish()?;
        }
        self.report.seconds = started.elapsed().as_secs_f64();
        Ok(self.report)
    }

    /// Ends a run that was cancelled. Half of a file must not appear: one that is new is taken out again and the rest
    /// committed; one that replaces an earlier state of itself can only be had back by going back to the last commit.
    fn stop(&mut self) -> Result<(), Error> {
        let rebuilding = self.writer.is_rebuilding();
        if !rebuilding && self.open.values().all(|opened| !opened.replaces) {
            for (path, opened) in std::mem::take(&mut self.open) {
                self.writer.drop_rows(&path)?;
                self.report.indexed -= opened.articles as usize;
            }
            return self.commit();
        }
        let (indexed, removed) = if rebuilding { (0, 0) } else { self.committed };
        self.report.rolled_back = self.report.indexed - indexed;
        (self.report.indexed, self.report.removed) = (indexed, removed);
        if !rebuilding {
            self.writer.rollback()?;
        }
        Ok(())
    }

    /// Whether a source that was not met should have been, were it there still.
    fn is_gone(&self, path: &str, state: &SourceState, roots: &[Root]) -> bool {
        let lies_below = |path: &str, parent: &str| Path::new(path).starts_with(parent);
        if roots.iter().any(|root| lies_below(path, &root.key)) {
            return !self.unreadable.iter().any(|unread| lies_below(path, unread));
        }
        // A link led to it, and any that cannot be followed now may be that one.
        let given = state.given();
        roots.iter().any(|root| lies_below(given, &root.key))
            && !lies_below(path, given)
            && !self.unreadable.iter().any(|unread| lies_below(unread, given))
    }

    fn remove_vanished(&mut self, roots: &[Root]) -> Result<(), Error> {
        let gone: Vec<(String, u64)> = self
            .writer
            .ledger()
            .iter()
            .filter(|(path, state)| !self.seen.contains(*path) && self.is_gone(path, state, roots))
            .map(|(path, state)| (path.to_owned(), state.articles))
            .collect();
        for (path, articles) in gone {
            self.writer.remove_source(&path)?;
            self.report.removed += articles as usize;
        }
        Ok(())
    }
}

impl From<xinglin_article::Error> for Complaint {
    fn from(error: xinglin_article::Error) -> Complaint {
        Complaint { skipped: true, message: error.to_string() }
    }
}

#[cfg(test)]
mod tests;
