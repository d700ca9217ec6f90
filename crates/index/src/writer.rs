//! The writer: takes prepared rows, keeps the ledger, commits both as one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, UserOperation};
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema};
use tantivy::store::Compressor;
use tantivy::time::OffsetDateTime;
use tantivy::time::format_description::well_known::Rfc3339;
use tantivy::{Index, IndexSettings, SegmentMeta, Term};
use xinglin_index_schema::{
    CommitNote, Fields, Fingerprints, Manifest, TEXTS_DICTIONARY, TextsDictionary, TextsError, damaged_file,
    register_tokenizers,
};

use crate::builders::Builders;
use crate::directory::{Failures, WritingDirectory};
use crate::error::{Error, ErrorKind};
use crate::ledger::{Ledger, SourceState};
use crate::lock::WriterLock;
use crate::place::{self, Beside, Place};
use crate::prepared::{Prepared, Preparer, origin_of};
use crate::removal::Removals;
use crate::texts::Texts;

/// Smallest memory for the lists of one indexing thread, in bytes: with less there would be too many segments.
const LEAST_MEMORY: usize = 15_000_000;
/// Articles and sources not yet written out that are remembered; with more everything is written out.
const MOST_WAITING: usize = 1 << 20;
/// Bytes of stored articles in one block. They come packed (see [`Texts`]); a block is copied whole to read one of them.
const STORE_BLOCK: usize = 4 * 1024;
/// Share of deleted documents at which a segment is merged away (tantivy's own default never does).
const DELETED_SHARE: f32 = 0.2;

/// How to write.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// Indexing threads, at least 1.
    pub threads: usize,
    /// Memory for terms not yet written, all threads together, in bytes.
    pub memory_bytes: usize,
    /// The analysis this program writes with.
    pub fingerprints: Fingerprints,
    /// Start over: the present index stays readable until the new one is complete, then is replaced at once.
    pub rebuild: bool,
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitReport {
    /// Source files in the index.
    pub sources: usize,
    /// Articles in the index.
    pub articles: u64,
}

/// tantivy's writer. Its threads merge segments and clear away the merged ones; dropped, it does not wait for them, and they would
/// go on in the folder of whoever takes the lock next.
struct Inner(Option<tantivy::IndexWriter>);

impl Inner {
    fn get(&self) -> tantivy::Result<&tantivy::IndexWriter> {
        self.0.as_ref().ok_or_else(Self::gone)
    }

    fn get_mut(&mut self) -> tantivy::Result<&mut tantivy::IndexWriter> {
        self.0.as_mut().ok_or_else(Self::gone)
    }

    fn gone() -> tantivy::TantivyError {
        tantivy::TantivyError::SystemError("the writer has ended".to_owned())
    }

    /// Waits until its threads have ended.
    fn end(&mut self) -> tantivy::Result<()> {
        self.0.take().map_or(Ok(()), tantivy::IndexWriter::wait_merging_threads)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Nothing of it is in a commit, so there is nobody whom an error would help.
        let _ = self.end();
    }
}

/// Writes to one index. There is one at a time; the lock goes when it is dropped, and with it what was not committed.
pub struct Writer {
    dir: PathBuf,
    segments: PathBuf,
    manifest: Manifest,
    /// Dropped before the lock.
    inner: Inner,
    builders: Builders,
    removals: Removals,
    /// Keys and origins of the rows that may not have been written out yet.
    waiting: HashSet<u64>,
    failures: Failures,
    /// While rebuilding: the new segments, which go away unless they are finished. Dropped after what writes to them.
    beside: Option<Beside>,
    fields: Fields,
    texts: Arc<Texts>,
    ledger: Ledger,
    ledger_file: Option<String>,
    changed: bool,
    _lock: WriterLock,
}

impl Writer {
    /// Opens the index in `dir`, making the folder and the index where there is none.
    ///
    /// # Errors
    /// Where another process writes to it, it is not ours or of another version, or the system refuses.
    pub fn open(dir: &Path, options: &WriterOptions) -> Result<Writer, Error> {
        place::find(dir, options.rebuild)?;
        place::make_folder(dir)?;
        let now = timestamp();
        let lock = WriterLock::take(dir, &now)?;
        // Only now is it certain: another writer may have made or replaced the index meanwhile.
        let found = place::find(dir, options.rebuild)?;
        let Place { manifest, beside, fresh } = place::choose(dir, found, options, &now)?;
        let segments = dir.join(&manifest.segments);
        place::make_folder(&segments)?;
        let (index, failures) = open_segments(dir, &segments)?;
        let wrap = |source| writing_error(&segments, &failures, source);
        let fields = Fields::of(&index.schema()).map_err(wrap)?;
        let note = read_note(&index, dir, &segments)?;
        let (ledger, ledger_file) = read_ledger(note.as_ref(), &segments)?;
        let dictionary = TextsDictionary::read(&segments).map_err(texts_error)?;
        if dictionary.is_none() && note.is_some_and(|note| note.texts) {
            // A new one would be another: what was packed with the old one is lost.
            let path = segments.join(TEXTS_DICTIONARY);
            let reason = "missing, though stored articles were packed with it".to_owned();
            return Err(ErrorKind::Damaged { path, reason }.into());
        }
        let inner = open_inner(&index).map_err(wrap)?;
        let threads = options.threads.max(1);
        let memory = (options.memory_bytes / threads).max(LEAST_MEMORY);
        let builders = Builders::new(index, fields, threads, memory);
        if fresh {
            manifest.write(dir).map_err(ErrorKind::Manifest)?;
        }
        let changed = ledger_file.is_none();
        Ok(Writer {
            dir: dir.to_owned(),
            segments,
            manifest,
            inner: Inner(Some(inner)),
            builders,
            removals: Removals::default(),
            waiting: HashSet::new(),
            failures,
            beside,
            fields,
            texts: Arc::new(Texts::of(dictionary)),
            ledger,
            ledger_file,
            changed,
            _lock: lock,
        })
    }

    /// Which source files are in the index, uncommitted changes included.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// A preparer for this index's schema.
    pub fn preparer(&self) -> Preparer {
        Preparer { fields: self.fields, texts: Arc::clone(&self.texts) }
    }

    /// Replaces all that came from one source file.
    ///
    /// # Errors
    /// Where tantivy's threads have stopped (a full disk, say). Nothing of it is committed then.
    pub fn put_source(&mut self, path: &str, state: SourceState, rows: Vec<Prepared>) -> Result<(), Error> {
        self.begin_source(path)?;
        for row in rows {
            self.add(row)?;
        }
        self.end_source(path, state);
        Ok(())
    }

    /// Takes out all that came from one source file before, as the first step of replacing it. No commit may come
    /// between this and [`Writer::end_source`].
    /// Returns whether it held anything.
    ///
    /// # Errors
    /// Where rows that wait cannot be written out.
    pub fn begin_source(&mut self, path: &str) -> Result<bool, Error> {
        let known = self.ledger.remove(path).is_some();
        if known {
            self.remove_origin(path)?;
        }
        self.changed = true;
        Ok(known)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`Writer::put_source`].
    pub fn add(&mut self, row: Prepared) -> Result<(), Error> {
        self.changed = true;
        self.waiting.extend([row.key, row.origin]);
        let complete = self.builders.add(row.documents, row.bytes).map_err(|source| self.wrap(source))?;
        self.add_segments(complete)?;
        if self.waiting.len() > MOST_WAITING { self.write_out() } else { Ok(()) }
    }

    /// Replaces the one article that has the row's identity, or adds it.
    ///
    /// # Errors
    /// As [`Writer::put_source`].
    pub fn replace(&mut self, row: Prepared) -> Result<(), Error> {
        self.remove(row.key, self.fields.key_term(row.key))?;
        self.add(row)
    }

    /// Takes out one article; returns its key.
    ///
    /// # Errors
    /// As [`Writer::begin_source`].
    pub fn remove_article(&mut self, path: &str, id: &str) -> Result<u64, Error> {
        let key = xinglin_index_schema::key_of(origin_of(path), id);
        self.remove(key, self.fields.key_term(key))?;
        self.changed = true;
        Ok(key)
    }

    fn remove_origin(&mut self, path: &str) -> Result<(), Error> {
        let origin = origin_of(path);
        self.remove(origin, self.fields.origin_term(origin))
    }

    /// Takes out what has a term; `key` is what its rows are remembered by while they wait.
    fn remove(&mut self, key: u64, term: Term) -> Result<(), Error> {
        if self.waiting.contains(&key) {
            // What is to be removed must lie in a segment.
            self.write_out()?;
        }
        let removal = self.removals.of(term);
        let removed = self.inner.get().and_then(|inner| inner.delete_query(removal));
        removed.map(drop).map_err(|source| self.wrap(source))
    }

    /// Writes out all rows that wait.
    fn write_out(&mut self) -> Result<(), Error> {
        let complete = self.builders.finish().map_err(|source| self.wrap(source))?;
        self.waiting.clear();
        self.add_segments(complete)
    }

    fn add_segments(&mut self, segments: Vec<SegmentMeta>) -> Result<(), Error> {
        for segment in segments {
            self.removals.add_segment(segment.id());
            let added = self.inner.get().and_then(|inner| inner.add_segment(segment));
            added.map_err(|source| self.wrap(source))?;
        }
        Ok(())
    }

    /// The keys of the articles that came from one source, as of the last commit.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn members(&self, path: &str) -> Result<HashSet<u64>, Error> {
        let find = || -> tantivy::Result<HashSet<u64>> {
            let reader: tantivy::IndexReader = self
                .inner
                .get()?
                .index()
                .reader_builder()
                .reload_policy(tantivy::ReloadPolicy::Manual)
                .try_into()?;
            let term = self.fields.origin_term(origin_of(path));
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let searcher = reader.searcher();
            let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
            let mut found = HashSet::new();
            for segment in searcher.segment_readers() {
                let keys = segment.fast_fields().u64("key")?;
                weight.for_each_no_score(segment, &mut |docs| {
                    let alive = docs.iter().filter(|doc| !segment.is_deleted(**doc));
                    found.extend(alive.filter_map(|doc| keys.first(*doc)));
                })?;
            }
            Ok(found)
        };
        find().map_err(|source| self.wrap(source))
    }

    /// Enters a source file into the ledger, after its rows.
    pub fn end_source(&mut self, path: &str, state: SourceState) {
        self.ledger.insert(path.to_owned(), state);
        self.changed = true;
    }

    /// Takes out the rows of a source that was begun and cannot be completed. What it held before stays gone: only for
    /// a source that held nothing.
    ///
    /// # Errors
    /// As [`Writer::begin_source`].
    pub fn drop_rows(&mut self, path: &str) -> Result<(), Error> {
        self.changed = true;
        self.remove_origin(path)
    }

    /// Takes out a source file and all that came from it.
    ///
    /// # Errors
    /// As [`Writer::begin_source`].
    pub fn remove_source(&mut self, path: &str) -> Result<(), Error> {
        self.begin_source(path).map(drop)
    }

    /// Makes everything since the last commit durable and visible, at once. Does nothing where nothing changed.
    ///
    /// # Errors
    /// Where the system refuses; the last commit stays.
    pub fn commit(&mut self) -> Result<CommitReport, Error> {
        let report = CommitReport { sources: self.ledger.len(), articles: self.ledger.articles() };
        if !self.changed {
            return Ok(report);
        }
        self.write_out()?;
        let (segments, failures) = (self.segments.clone(), self.failures.clone());
        let wrap = |source| writing_error(&segments, &failures, source);
        if let Err(source) = self.texts.save(&self.segments) {
            return Err(ErrorKind::Io { path: self.segments.join(TEXTS_DICTIONARY), source }.into());
        }
        let inner = self.inner.get_mut().map_err(wrap)?;
        let mut prepared = inner.prepare_commit().map_err(wrap)?;
        let name = format!("ledger-{}", prepared.opstamp());
        let path = self.segments.join(&name);
        if let Err(source) = self.ledger.write(&path) {
            let _ = std::fs::remove_file(&path);
            return Err(ErrorKind::Io { path, source }.into());
        }
        let note = CommitNote { updated: timestamp(), ledger: name.clone(), texts: self.texts.is_saved() };
        prepared.set_payload(&note.to_payload());
        prepared.commit().map_err(wrap)?;
        self.ledger_file = Some(name);
        self.changed = false;
        remove_stale_ledgers(&self.segments, self.ledger_file.as_deref());
        Ok(report)
    }

    /// Commits, waits for merges, and puts a rebuilt index in the place of the old one.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<CommitReport, Error> {
        let report = self.commit()?;
        self.inner.end().map_err(|source| writing_error(&self.segments, &self.failures, source))?;
        if let Some(beside) = self.beside.take() {
            self.manifest.write(&self.dir).map_err(ErrorKind::Manifest)?;
            beside.keep();
            // What is left of the old index does no harm; the next run tries again.
            let _ = place::remove_leftovers(&self.dir, &self.manifest.segments);
        }
        Ok(report)
    }

    /// Forgets everything since the last commit. While rebuilding nothing is committed before the end: there is no use
    /// in going on then, and dropping the writer leaves the old index as it was.
    ///
    /// # Errors
    /// Where the last commit cannot be read back.
    pub fn rollback(&mut self) -> Result<(), Error> {
        self.builders.discard();
        self.waiting.clear();
        let back = self.inner.get_mut().and_then(|inner| {
            inner.rollback()?;
            pass_the_last_stamp(inner)?;
            Ok(inner.index().clone())
        });
        let index = back.map_err(|source| writing_error(&self.segments, &self.failures, source))?;
        let note = read_note(&index, &self.dir, &self.segments)?;
        (self.ledger, self.ledger_file) = read_ledger(note.as_ref(), &self.segments)?;
        self.changed = self.ledger_file.is_none();
        Ok(())
    }

    /// Whether this writes a new index beside the old one, to be seen when it is finished.
    pub fn is_rebuilding(&self) -> bool {
        self.beside.is_some()
    }

    fn wrap(&self, source: tantivy::TantivyError) -> Error {
        writing_error(&self.segments, &self.failures, source)
    }
}

/// Now, RFC 3339, UTC.
fn timestamp() -> String {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now).format(&Rfc3339).unwrap_or_default()
}

fn open_segments(dir: &Path, segments: &Path) -> Result<(Index, Failures), Error> {
    let exists = segments.join("meta.json").exists();
    let directory = WritingDirectory::open(segments).map_err(|source| segments_error(dir, source))?;
    let failures = directory.failures();
    let opened = if exists {
        Index::open(directory)
    } else {
        let (schema, _): (Schema, Fields) = Fields::schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            docstore_blocksize: STORE_BLOCK,
            ..IndexSettings::default()
        };
        Index::create(directory, schema, settings)
    };
    let index = opened.map_err(|source| writing_error(segments, &failures, source))?;
    register_tokenizers(&index);
    Ok((index, failures))
}

/// tantivy's writer, for commits, removals and merges; segments are made by [`Builders`].
fn open_inner(index: &Index) -> tantivy::Result<tantivy::IndexWriter> {
    let writer: tantivy::IndexWriter = index.writer_with_options(IndexWriterOptions::builder().build())?;
    pass_the_last_stamp(&writer)?;
    // What a run left that was killed: a file of deletions could be in the way of this run's.
    writer.garbage_collect_files().wait()?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}

/// A writer begins with the stamp of the last commit, once more. A removal that had it would be carried out by some merges of
/// committed segments and forgotten by others.
fn pass_the_last_stamp(writer: &tantivy::IndexWriter) -> tantivy::Result<()> {
    writer.run(Vec::<UserOperation>::new()).map(drop)
}

/// What the last commit says of itself; `None` before the first.
fn read_note(index: &Index, dir: &Path, segments: &Path) -> Result<Option<CommitNote>, Error> {
    let meta = index.load_metas().map_err(|source| segments_error(dir, source))?;
    let damaged = |reason| Error::from(ErrorKind::Damaged { path: segments.join("meta.json"), reason });
    meta.payload.map(|payload| CommitNote::of_payload(&payload).map_err(damaged)).transpose()
}

fn read_ledger(note: Option<&CommitNote>, segments: &Path) -> Result<(Ledger, Option<String>), Error> {
    let Some(note) = note else { return Ok((Ledger::default(), None)) };
    let ledger = Ledger::read(&segments.join(&note.ledger))?;
    Ok((ledger, Some(note.ledger.clone())))
}

fn remove_stale_ledgers(segments: &Path, keep: Option<&str>) {
    let Ok(entries) = std::fs::read_dir(segments) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let stale = name.to_str().is_some_and(|name| name.starts_with("ledger-") && Some(name) != keep);
        if stale {
            // A stale ledger does no harm; the next commit tries again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn texts_error(error: TextsError) -> Error {
    match error {
        TextsError::Io { path, source } => {
            ErrorKind::Io { path, source: std::io::Error::new(source.kind(), source.to_string()) }.into()
        }
        TextsError::Damaged { path, reason } => ErrorKind::Damaged { path, reason }.into(),
    }
}

pub(crate) fn segments_error(dir: &Path, source: tantivy::TantivyError) -> Error {
    if let Some(file) = damaged_file(&source) {
        return ErrorKind::Damaged { path: dir.join(file), reason: source.to_string() }.into();
    }
    ErrorKind::Segments { dir: dir.to_owned(), source }.into()
}

/// The error of writing: what first failed in the folder, since tantivy tells only that its threads have stopped.
fn writing_error(segments: &Path, failures: &Failures, source: tantivy::TantivyError) -> Error {
    match failures.first() {
        Some(failure) => ErrorKind::Write { path: failure.path, source: failure.error }.into(),
        None => segments_error(segments, source),
    }
}
