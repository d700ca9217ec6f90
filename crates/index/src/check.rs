//! Is the index whole? Checksums of every file, the ledger against the documents, records against their articles, and what
//! the files say of one another.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use tantivy::index::SegmentComponent;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    Directory, DocSet, Index, SegmentMeta, SegmentReader, TERMINATED, TantivyDocument, TantivyError,
};
use xinglin_index_schema::{
    CommitNote, Fields, Kind, MANIFEST_FILE, Manifest, ManifestError, TextsDictionary, TextsError, Unpacker,
    damaged_file, open_for_reading,
};

use crate::error::{Error, ErrorKind};
use crate::ledger::Ledger;

/// How often a check begins anew where a writer commits meanwhile.
const ATTEMPTS: usize = 20;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// What is, each with the file or article it concerns.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong. `Display` tells it in English, and so does JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A file's bytes are not those that were written.
    Checksum {
        /// The file.
        file: PathBuf,
    },
    /// A file is gone.
    Missing {
        /// The file.
        file: PathBuf,
    },
    /// A file cannot be read as what it should be.
    Unreadable {
        /// The file, or the folder where it is not known which.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The documents are not those that the ledger of source files lists.
    Ledger {
        /// Articles in the ledger.
        expected: u64,
        /// Articles in the index.
        found: u64,
    },
    /// Articles stand in the index more than once.
    Repeated {
        /// How many do.
        articles: usize,
    },
    /// Records are there without their articles.
    Orphans {
        /// Of how many articles.
        articles: usize,
    },
}

impl Problem {
    /// The file that it concerns, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Problem::Checksum { file } | Problem::Missing { file } | Problem::Unreadable { file, .. } => {
                Some(file)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Checksum { file } => write!(f, "{}: checksum does not fit", file.display()),
            Problem::Missing { file } => {
                write!(f, "{}: missing, though meta.json beside it names it", file.display())
            }
            Problem::Unreadable { file, reason } => write!(f, "{}: {reason}", file.display()),
            Problem::Ledger { expected, found } => {
                write!(f, "the ledger lists {expected} articles, the index holds {found}")
            }
            Problem::Repeated { articles } => {
                write!(f, "{articles} articles stand in the index more than once")
            }
            Problem::Orphans { articles } => {
                write!(f, "{articles} articles have records without being there themselves")
            }
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Checks the index in `dir`: reads every byte of it once. A writer may commit meanwhile; then the newest commit is checked.
///
/// # Errors
/// Only where there is no index of ours at all; damage is reported, not returned as an error.
pub fn check(dir: &Path) -> Result<CheckReport, Error> {
    let mut problems = Vec::new();
    for _ in 0..ATTEMPTS {
        let before = state(dir);
        problems = check_once(dir)?;
        if problems.is_empty() || state(dir) == before {
            break;
        }
    }
    Ok(CheckReport { ok: problems.is_empty(), problems })
}

/// What changes with every commit, merge and rebuild.
fn state(dir: &Path) -> Vec<Option<Vec<u8>>> {
    let segments = Manifest::read(dir).map(|manifest| dir.join(manifest.segments).join("meta.json"));
    vec![std::fs::read(dir.join(MANIFEST_FILE)).ok(), segments.ok().and_then(|path| std::fs::read(path).ok())]
}

fn check_once(dir: &Path) -> Result<Vec<Problem>, Error> {
    let manifest = match Manifest::read(dir) {
        Ok(manifest) => manifest,
        Err(ManifestError::Damaged { path, reason }) => {
            return Ok(vec![Problem::Unreadable { file: path, reason }]);
        }
        Err(error) => return Err(ErrorKind::Manifest(error).into()),
    };
    let segments = dir.join(&manifest.segments);
    let mut check = Check { segments: &segments, problems: Vec::new() };
    check.run(&manifest);
    Ok(check.problems)
}

struct Check<'a> {
    segments: &'a Path,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn run(&mut self, manifest: &Manifest) {
        let index = match open_for_reading(self.segments) {
            Ok(index) => index,
            Err(error) => return self.blame(&error),
        };
        let metas = match index.load_metas() {
            Ok(metas) => metas,
            Err(error) => return self.blame(&error),
        };
        if manifest.is_current() && metas.schema != Fields::schema().0 {
            self.unreadable("meta.json", "its schema is not the one of its format");
        }
        for meta in &metas.segments {
            self.files(&index, meta);
        }
        if !self.problems.is_empty() {
            return;
        }
        let ledger = self.ledger(metas.payload.as_deref(), metas.opstamp);
        if !self.problems.is_empty() {
            return;
        }
        if let Err(error) = self.documents(&index, ledger.as_ref()) {
            self.blame(&error);
        }
    }

    /// Every file of a segment, whether tantivy's list of files names it or not.
    fn files(&mut self, index: &Index, meta: &SegmentMeta) {
        let segment = index.segment(meta.clone());
        for component in [
            SegmentComponent::Terms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::FastFields,
            SegmentComponent::FieldNorms,
            SegmentComponent::Store,
            SegmentComponent::Delete,
        ] {
            if component == SegmentComponent::Delete && !meta.has_deletes() {
                continue;
            }
            let name = segment.relative_path(component);
            let file = self.segments.join(&name);
            let opened = index.directory().open_read(&name);
            match opened.and_then(|_| index.directory().validate_checksum(&name)) {
                Ok(true) => {}
                Ok(false) => self.problems.push(Problem::Checksum { file }),
                Err(_) if !file.exists() => self.problems.push(Problem::Missing { file }),
                Err(error) => {
                    let reason = format!("cut short or not of its kind ({error:?})");
                    self.problems.push(Problem::Unreadable { file, reason });
                }
            }
        }
    }

    fn ledger(&mut self, payload: Option<&str>, opstamp: u64) -> Option<Ledger> {
        let note = match CommitNote::of_payload(payload?) {
            Ok(note) => note,
            Err(reason) => {
                self.unreadable("meta.json", &reason);
                return None;
            }
        };
        if note.ledger != format!("ledger-{opstamp}") {
            self.unreadable("meta.json", "it names the ledger of another commit");
        }
        match Ledger::read(&self.segments.join(&note.ledger)) {
            Ok(ledger) => Some(ledger),
            Err(error) => {
                let file = self.segments.join(&note.ledger);
                self.problems.push(match error.kind() {
                    ErrorKind::Damaged { reason, .. } => Problem::Unreadable { file, reason: reason.clone() },
                    _ if !file.exists() => Problem::Missing { file },
                    _ => Problem::Unreadable { file, reason: error.to_string() },
                });
                None
            }
        }
    }

    fn documents(&mut self, index: &Index, ledger: Option<&Ledger>) -> tantivy::Result<()> {
        let fields = Fields::of(&index.schema())?;
        let reader: tantivy::IndexReader =
            index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        let metas = index.load_metas()?;
        if let Err(error) = TextsDictionary::read(self.segments) {
            self.misread(&error);
            return Ok(());
        }
        let texts = Unpacker::new(self.segments);
        let mut found = Found::default();
        for segment in reader.searcher().segment_readers() {
            if let Err(error) = self.articles(segment, &fields, &texts)? {
                self.misread(&error);
            }
            let meta = metas.segments.iter().find(|meta| meta.id() == segment.segment_id());
            self.counts(segment, meta)?;
            found.read(segment, &fields)?;
        }
        if found.documents != reader.searcher().num_docs() || found.without_key > 0 {
            self.unreadable("meta.json", "documents are there of which nothing says what they are");
        }
        let articles = found.articles.values().filter(|count| **count > 1).count();
        if articles > 0 {
            self.problems.push(Problem::Repeated { articles });
        }
        let articles = found.records.iter().filter(|key| !found.articles.contains_key(key)).count();
        if articles > 0 {
            self.problems.push(Problem::Orphans { articles });
        }
        let (expected, found) =
            (ledger.map(Ledger::articles).unwrap_or_default(), found.articles.len() as u64);
        if expected != found {
            self.problems.push(Problem::Ledger { expected, found });
        }
        Ok(())
    }

    /// Whether every stored article can be unpacked; stops at the first that cannot.
    fn articles(
        &self,
        segment: &SegmentReader,
        fields: &Fields,
        texts: &Unpacker,
    ) -> tantivy::Result<Result<(), TextsError>> {
        let store = segment.get_store_reader(1)?;
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            let document = document?;
            if let Some(packed) = document.get_first(fields.stored).and_then(|value| value.as_bytes())
                && let Err(error) = texts.unpack(packed)
            {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }

    fn misread(&mut self, error: &TextsError) {
        self.problems.push(match error {
            TextsError::Io { path, source } => {
                Problem::Unreadable { file: path.clone(), reason: source.to_string() }
            }
            TextsError::Damaged { path, .. } if !path.exists() => Problem::Missing { file: path.clone() },
            TextsError::Damaged { path, reason } => {
                Problem::Unreadable { file: path.clone(), reason: reason.clone() }
            }
        });
    }

    /// Whether a segment has as many documents as the commit says.
    fn counts(&mut self, segment: &SegmentReader, meta: Option<&SegmentMeta>) -> tantivy::Result<()> {
        let Some(meta) = meta else { return Ok(()) };
        let columns = segment.fast_fields().u64("key")?.num_docs();
        let deleted = segment
            .alive_bitset()
            .map_or(0, |alive| meta.max_doc() as usize - alive.num_alive_docs().min(meta.max_doc() as usize));
        if columns != meta.max_doc() || deleted != meta.num_deleted_docs() as usize {
            self.unreadable("meta.json", "it counts the documents of a segment wrong");
        }
        Ok(())
    }

    fn unreadable(&mut self, name: &str, reason: &str) {
        let file = self.segments.join(name);
        self.problems.push(Problem::Unreadable { file, reason: reason.to_owned() });
    }

    /// What tantivy complains of, with the file it names.
    fn blame(&mut self, error: &TantivyError) {
        let file = match damaged_file(error) {
            Some(file) => self.segments.join(file),
            None => self.segments.to_owned(),
        };
        self.problems.push(match file.exists() {
            true => Problem::Unreadable { file, reason: error.to_string() },
            false => Problem::Missing { file },
        });
    }
}

/// The documents of an index by what they are.
#[derive(Default)]
struct Found {
    documents: u64,
    without_key: u64,
    articles: HashMap<u64, u32>,
    records: HashSet<u64>,
}

impl Found {
    fn read(&mut self, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<()> {
        let keys = segment.fast_fields().u64("key")?;
        let kinds = segment.inverted_index(fields.kind)?;
        for kind in [Kind::Article, Kind::Record] {
            let postings = kinds.read_postings(&fields.kind_term(kind), IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) {
                    self.documents += 1;
                    match (kind, keys.first(doc)) {
                        (_, None) => self.without_key += 1,
                        (Kind::Article, Some(key)) => *self.articles.entry(key).or_default() += 1,
                        (Kind::Record, Some(key)) => {
                            self.records.insert(key);
                        }
                    }
                }
                postings.advance();
            }
        }
        Ok(())
    }
}
