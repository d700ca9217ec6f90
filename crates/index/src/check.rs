//! Is the index whole? Checksums of every file, the ledger against the documents, records against their articles.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::Serialize;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index, TERMINATED};
use xinglin_index_schema::{CommitNote, Fields, Kind, Manifest, open_for_reading};

use crate::error::{Error, ErrorKind};
use crate::ledger::Ledger;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// What is, each with the file or article it concerns.
    pub problems: Vec<String>,
}

/// Checks the index in `dir`: reads every byte of it once.
///
/// # Errors
/// Only where there is no index of ours at all; damage is reported, not returned as an error.
pub fn check(dir: &Path) -> Result<CheckReport, Error> {
    let manifest = match Manifest::read(dir) {
        Ok(manifest) => manifest,
        Err(error @ xinglin_index_schema::ManifestError::Damaged { .. }) => {
            return Ok(CheckReport { ok: false, problems: vec![error.to_string()] });
        }
        Err(error) => return Err(ErrorKind::Manifest(error).into()),
    };
    let mut problems = Vec::new();
    check_segments(&dir.join(&manifest.segments), &mut problems);
    Ok(CheckReport { ok: problems.is_empty(), problems })
}

fn check_segments(segments: &Path, problems: &mut Vec<String>) {
    let index = match open_for_reading(segments) {
        Ok(index) => index,
        Err(error) => {
            problems.push(format!("{}: {error}", segments.display()));
            return;
        }
    };
    match index.validate_checksum() {
        Ok(damaged) => {
            let mut damaged: Vec<_> = damaged.into_iter().collect();
            damaged.sort();
            problems.extend(
                damaged
                    .iter()
                    .map(|file| format!("{}: checksum does not fit", segments.join(file).display())),
            );
        }
        Err(error) => problems.push(format!("{}: {error}", segments.display())),
    }
    if !problems.is_empty() {
        return;
    }
    let ledger = match ledger_of(&index, segments) {
        Ok(ledger) => ledger,
        Err(error) => {
            problems.push(error.to_string());
            return;
        }
    };
    if let Err(error) = check_documents(&index, ledger.as_ref(), problems) {
        problems.push(format!("{}: {error}", segments.display()));
    }
}

fn ledger_of(index: &Index, segments: &Path) -> Result<Option<Ledger>, Error> {
    let meta = index.load_metas().map_err(|source| crate::writer::segments_error(segments, source))?;
    let Some(payload) = meta.payload else { return Ok(None) };
    let note: CommitNote = serde_json::from_str(&payload).map_err(|error| ErrorKind::Damaged {
        path: segments.join("meta.json"),
        reason: error.to_string(),
    })?;
    Ledger::read(&segments.join(note.ledger)).map(Some)
}

fn check_documents(
    index: &Index,
    ledger: Option<&Ledger>,
    problems: &mut Vec<String>,
) -> tantivy::Result<()> {
    let fields = Fields::of(&index.schema())?;
    let searcher = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?.searcher();
    let mut articles: HashMap<u64, u32> = HashMap::new();
    let mut records: HashSet<u64> = HashSet::new();
    for segment in searcher.segment_readers() {
        let keys = segment.fast_fields().u64("key")?;
        let kinds = segment.inverted_index(fields.kind)?;
        for kind in [Kind::Article, Kind::Record] {
            let postings = kinds.read_postings(&fields.kind_term(kind), IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) {
                    match (kind, keys.first(doc)) {
                        (_, None) => problems.push(format!("document {doc} has no key")),
                        (Kind::Article, Some(key)) => *articles.entry(key).or_default() += 1,
                        (Kind::Record, Some(key)) => {
                            records.insert(key);
                        }
                    }
                }
                postings.advance();
            }
        }
    }
    let twice = articles.values().filter(|count| **count > 1).count();
    if twice > 0 {
        problems.push(format!("{twice} articles stand in the index more than once"));
    }
    let orphans = records.iter().filter(|key| !articles.contains_key(key)).count();
    if orphans > 0 {
        problems.push(format!("{orphans} articles have records without being there themselves"));
    }
    let expected = ledger.map(Ledger::articles).unwrap_or_default();
    if expected != articles.len() as u64 {
        problems.push(format!("the ledger lists {expected} articles, the index holds {}", articles.len()));
    }
    Ok(())
}
