//! The manifest: with which format, dictionary and tables an index was written.
//!
//! The same analysis serves writing and reading. tantivy does not store tokenizers, so their fingerprints lie here and
//! are compared on open: what differs is named, and so is the cure.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fields::{FORMAT, OLDEST_READABLE};

/// File name of the manifest inside an index folder.
pub const MANIFEST_FILE: &str = "xinglin.json";

/// What an index folder says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `xinglin`: the folder is ours.
    pub kind: String,
    /// Index format.
    pub format: u32,
    /// Version of the program that made it.
    pub made_by: String,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
    /// Folder of the segments, relative to the index folder.
    pub segments: String,
    /// What it was written with.
    pub fingerprints: Fingerprints,
}

/// Fingerprints of everything that decides which terms and facts stand in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// The word list.
    pub dictionary: String,
    /// The character fold table (scripts, width, case).
    pub fold: String,
    /// Regions, specialties, institutions and the tagger's lexicons.
    pub gazetteers: String,
}

/// What the tables of names are called in messages.
const GAZETTEERS: &str = "gazetteers";

/// Key of a file's own checksum, over everything else in it.
const SEAL: &str = "seal";

/// What a commit says of itself, kept in the commit's payload: it changes with the documents or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitNote {
    /// When, RFC 3339, UTC.
    pub updated: String,
    /// The ledger of source files that belongs to this commit, relative to the index folder.
    pub ledger: String,
    /// Whether stored articles were packed with the dictionary beside the segments ([`crate::TEXTS_DICTIONARY`]).
    #[serde(default)]
    pub texts: bool,
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// There is no index in the folder.
    #[error("no index in {}: make one with `xinglin index PATH --index {}`", .0.display(), .0.display())]
    Absent(PathBuf),
    /// The folder holds something else.
    #[error("{} is not a xinglin index ({reason}): choose another folder with --index", .path.display())]
    Foreign {
        /// The folder or file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The manifest is there and cannot be read.
    #[error("{}: damaged manifest ({reason}): index the sources again with `--rebuild`", .path.display())]
    Damaged {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Written by another format.
    #[error("{} has index format {found}, this program reads {expected}: index the sources again with `--rebuild`", .path.display())]
    Format {
        /// The manifest.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// Ours.
        expected: u32,
    },
    /// Written with a dictionary or script table whose terms are not ours: searches would miss what is there.
    #[error("{} was written with another {what}: index the sources again with `xinglin index PATH... --index {} --rebuild`", .dir.display(), .dir.display())]
    Terms {
        /// The index folder.
        dir: PathBuf,
        /// What differs.
        what: String,
    },
    /// The system refused.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Manifest {
    /// A manifest for a new index.
    pub fn new(created: String, segments: &str, fingerprints: Fingerprints) -> Manifest {
        Manifest {
            kind: "xinglin".to_owned(),
            format: FORMAT,
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            created,
            segments: segments.to_owned(),
            fingerprints,
        }
    }

    /// Reads the manifest of an index folder.
    ///
    /// # Errors
    /// See [`ManifestError`]; each message names the folder and the remedy.
    pub fn read(dir: &Path) -> Result<Manifest, ManifestError> {
        let path = dir.join(MANIFEST_FILE);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return Err(absent_or(dir, path, error)),
        };
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| ManifestError::Damaged { path: path.clone(), reason: error.to_string() })?;
        let manifest: Manifest = serde_json::from_value(value.clone())
            .map_err(|error| ManifestError::Damaged { path: path.clone(), reason: error.to_string() })?;
        if manifest.kind != "xinglin" {
            let reason = format!("its {MANIFEST_FILE} says {:?}", manifest.kind);
            return Err(ManifestError::Foreign { path: dir.to_owned(), reason });
        }
        if !(OLDEST_READABLE..=FORMAT).contains(&manifest.format) {
            return Err(ManifestError::Format { path, found: manifest.format, expected: FORMAT });
        }
        if !is_sealed(&value) {
            let reason = "its checksum does not fit".to_owned();
            return Err(ManifestError::Damaged { path, reason });
        }
        let plain =
            |name: &str| !name.is_empty() && !name.contains(['/', '\\']) && name != ".." && name != ".";
        if !plain(&manifest.segments) {
            let reason = format!("segments folder {:?} is outside the index", manifest.segments);
            return Err(ManifestError::Damaged { path, reason });
        }
        Ok(manifest)
    }

    /// Writes the manifest: to a new file first, then one rename.
    ///
    /// # Errors
    /// What the system says, with the file's name.
    pub fn write(&self, dir: &Path) -> Result<(), ManifestError> {
        let path = dir.join(MANIFEST_FILE);
        let fresh = dir.join(format!("{MANIFEST_FILE}.new"));
        let wrap = |source| ManifestError::Io { path: path.clone(), source };
        let sealed = serde_json::to_value(self).map(sealed).map_err(|error| wrap(error.into()))?;
        let json = serde_json::to_vec_pretty(&sealed).map_err(|error| wrap(error.into()))?;
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::File::create(&fresh)?;
            std::io::Write::write_all(&mut file, &json)?;
            file.sync_all()?;
            std::fs::rename(&fresh, &path)?;
            std::fs::File::open(dir)?.sync_all()
        };
        write().map_err(wrap)
    }

    /// Whether this build writes the index's format; an older one that it can read is opened for reading only.
    pub fn is_current(&self) -> bool {
        self.format == FORMAT
    }

    /// The error of writing to an index of an older format.
    pub fn outdated(&self, dir: &Path) -> ManifestError {
        ManifestError::Format { path: dir.join(MANIFEST_FILE), found: self.format, expected: FORMAT }
    }

    /// Refuses an index whose terms are not ours. One with other gazetteers answers rightly by the facts it has.
    ///
    /// # Errors
    /// What differs, and the command that rebuilds the index.
    pub fn check_terms(&self, dir: &Path, ours: &Fingerprints) -> Result<(), ManifestError> {
        let mut what = self.differences(ours);
        what.retain(|name| *name != GAZETTEERS);
        if what.is_empty() {
            return Ok(());
        }
        Err(ManifestError::Terms { dir: dir.to_owned(), what: what.join(" and ") })
    }

    /// What differs between this manifest's analysis and `ours`, in words; empty where nothing does.
    pub fn differences(&self, ours: &Fingerprints) -> Vec<&'static str> {
        let theirs = &self.fingerprints;
        let pairs = [
            (theirs.dictionary != ours.dictionary, "dictionary"),
            (theirs.fold != ours.fold, "script table"),
            (theirs.gazetteers != ours.gazetteers, GAZETTEERS),
        ];
        pairs.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name).collect()
    }
}

impl CommitNote {
    /// The note as a commit's payload.
    pub fn to_payload(&self) -> String {
        let note = serde_json::json!({
            "updated": self.updated,
            "ledger": self.ledger,
            "texts": self.texts,
        });
        sealed(note).to_string()
    }

    /// The note of a commit's payload.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn of_payload(payload: &str) -> Result<CommitNote, String> {
        let value: Value = serde_json::from_str(payload).map_err(|error| error.to_string())?;
        if !is_sealed(&value) {
            return Err("the checksum of the commit's note does not fit".to_owned());
        }
        serde_json::from_value(value).map_err(|error| error.to_string())
    }
}

/// The object with its checksum.
fn sealed(mut value: Value) -> Value {
    let seal = seal_of(&value);
    if let Value::Object(object) = &mut value {
        object.insert(SEAL.to_owned(), seal.into());
    }
    value
}

/// Whether the checksum fits; one that was written before there were any is believed.
fn is_sealed(value: &Value) -> bool {
    let Value::Object(object) = value else { return false };
    match object.get(SEAL) {
        None => true,
        Some(seal) => {
            let mut rest = object.clone();
            rest.remove(SEAL);
            seal.as_str() == Some(seal_of(&Value::Object(rest)).as_str())
        }
    }
}

fn seal_of(value: &Value) -> String {
    format!("{:016x}", xinglin_text::hash64(value.to_string().as_bytes()))
}

/// A folder of segments that has been committed to: there was a manifest once.
fn committed_segments(dir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name == "segments" || name.starts_with("segments-"));
        ours && std::fs::read_to_string(entry.path().join("meta.json"))
            .is_ok_and(|meta| meta.contains("\"payload\""))
    })
}

fn absent_or(dir: &Path, path: PathBuf, error: std::io::Error) -> ManifestError {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    match error.kind() {
        NotADirectory => {
            ManifestError::Foreign { path: dir.to_owned(), reason: "it is a file, not a folder".to_owned() }
        }
        NotFound if dir.is_file() => {
            ManifestError::Foreign { path: dir.to_owned(), reason: "it is a file, not a folder".to_owned() }
        }
        NotFound if committed_segments(dir) => {
            ManifestError::Damaged { path, reason: "it is missing".to_owned() }
        }
        NotFound => match std::fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
            Ok(true) => ManifestError::Foreign {
                path: dir.to_owned(),
                reason: format!("it holds other files and no {MANIFEST_FILE}"),
            },
            _ => ManifestError::Absent(dir.to_owned()),
        },
        _ => ManifestError::Io { path, source: error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[test]
    fn a_manifest_comes_back_as_written() {
        let dir = fresh();
        let manifest = Manifest::new("2026-01-01T00:00:00Z".into(), "segments", Fingerprints::default());
        manifest.write(dir.path()).expect("written");
        assert_eq!(Manifest::read(dir.path()).expect("read"), manifest);
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let dir = fresh();
        let manifest = Manifest::new("2026-01-01T00:00:00Z".into(), "segments", Fingerprints::default());
        manifest.write(dir.path()).expect("written");
        let whole = std::fs::read(dir.path().join(MANIFEST_FILE)).expect("read");
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x04;
            std::fs::write(dir.path().join(MANIFEST_FILE), &flipped).expect("written");
            if let Ok(read) = Manifest::read(dir.path()) {
                assert_eq!(read, manifest, "a flipped byte at {at} changed the manifest unnoticed");
            }
        }
        let note =
            CommitNote { updated: "2026-01-01T00:00:00Z".into(), ledger: "ledger-7".into(), texts: true };
        assert_eq!(CommitNote::of_payload(&note.to_payload()), Ok(note.clone()));
        assert!(CommitNote::of_payload(&note.to_payload().replace("ledger-7", "ledger-8")).is_err());
    }

    #[test]
    fn a_manifest_that_is_gone_is_missed() {
        let dir = fresh();
        std::fs::create_dir(dir.path().join("segments")).expect("a folder");
        std::fs::write(dir.path().join("segments/meta.json"), "{}").expect("written");
        assert!(matches!(Manifest::read(dir.path()), Err(ManifestError::Foreign { .. })));
        std::fs::write(dir.path().join("segments/meta.json"), "{\"payload\": \"x\"}").expect("written");
        assert!(matches!(Manifest::read(dir.path()), Err(ManifestError::Damaged { .. })));
    }

    #[test]
    fn what_is_not_an_index_is_said_to_be_none() {
        let dir = fresh();
        assert!(matches!(Manifest::read(dir.path()), Err(ManifestError::Absent(_))));
        assert!(matches!(Manifest::read(&dir.path().join("missing")), Err(ManifestError::Absent(_))));
        let file = dir.path().join("a.txt");
        std::fs::write(&file, "x").expect("written");
        assert!(matches!(Manifest::read(&file), Err(ManifestError::Foreign { .. })));
        assert!(matches!(Manifest::read(dir.path()), Err(ManifestError::Foreign { .. })));
        std::fs::write(dir.path().join(MANIFEST_FILE), "{").expect("written");
        assert!(matches!(Manifest::read(dir.path()), Err(ManifestError::Damaged { .. })));
    }

    #[test]
    fn another_format_is_named_with_the_remedy() {
        let dir = fresh();
        let mut manifest = Manifest::new("t".into(), "segments", Fingerprints::default());
        manifest.format = FORMAT + 1;
        manifest.write(dir.path()).expect("written");
        let error = Manifest::read(dir.path()).expect_err("another format").to_string();
        assert!(error.contains("--rebuild"), "{error}");
    }
}
