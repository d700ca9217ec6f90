//! The ledger: which source files lie in the index, and in what state they were read.
//!
//! A file of lines: a header, an entry a line sorted by path, and a last line with the count and the hash of all before
//! it, so that a cut or changed ledger is recognised.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

const HEADER: &str = "xinglin ledger 1";

/// All source files of an index, by absolute path (or `memory:NAME` for articles that programs handed over).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    sources: BTreeMap<String, SourceState>,
}

/// The state in which a source file was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// The folder under which it was found, absolute: the one that was given, or one that a link leads to from there.
    pub root: String,
    /// In the latter case the one that was given; else nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// The file's path below it.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Time of last change in nanoseconds since 1970.
    pub modified: u64,
    /// Number of articles it gave.
    pub articles: u64,
}

impl SourceState {
    /// The folder that was given, absolute.
    pub fn given(&self) -> &str {
        if self.given.is_empty() { &self.root } else { &self.given }
    }

    /// Whether a file of this size and time of change is taken to be the same.
    pub fn is_same(&self, bytes: u64, modified: u64) -> bool {
        self.bytes == bytes && self.modified == modified
    }
}

impl Ledger {
    /// The state of one source.
    pub fn get(&self, path: &str) -> Option<&SourceState> {
        self.sources.get(path)
    }

    /// All sources, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SourceState)> {
        self.sources.iter().map(|(path, state)| (path.as_str(), state))
    }

    /// Number of sources.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Number of articles in all sources.
    pub fn articles(&self) -> u64 {
        self.sources.values().map(|state| state.articles).sum()
    }

    pub(crate) fn insert(&mut self, path: String, state: SourceState) {
        self.sources.insert(path, state);
    }

    pub(crate) fn remove(&mut self, path: &str) -> Option<SourceState> {
        self.sources.remove(path)
    }

    /// Writes the ledger to a new file and waits until it is on disk.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut text = format!("{HEADER}\n").into_bytes();
        for entry in &self.sources {
            serde_json::to_writer(&mut text, &entry)?;
            text.push(b'\n');
        }
        let hash = xinglin_text::hash64(&text);
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(&text)?;
        writeln!(file, "{} {hash:016x}", self.sources.len())?;
        file.flush()?;
        file.get_ref().sync_all()
    }

    /// Reads a ledger back.
    pub(crate) fn read(path: &Path) -> Result<Ledger, Error> {
        let damaged = |reason: &str| {
            Error::from(ErrorKind::Damaged { path: path.to_owned(), reason: reason.to_owned() })
        };
        let bytes = std::fs::read(path)
            .map_err(|source| Error::from(ErrorKind::Io { path: path.to_owned(), source }))?;
        let body = bytes.strip_suffix(b"\n").ok_or_else(|| damaged("it ends in the middle"))?;
        let last =
            body.iter().rposition(|byte| *byte == b'\n').ok_or_else(|| damaged("it is too short"))? + 1;
        let (text, foot) = (&bytes[..last], String::from_utf8_lossy(&body[last..]).into_owned());
        let sound = foot.split_once(' ').is_some_and(|(_, hash)| {
            u64::from_str_radix(hash, 16).is_ok_and(|hash| hash == xinglin_text::hash64(text))
        });
        if !sound {
            return Err(damaged("its checksum does not fit"));
        }
        let mut ledger = Ledger::default();
        let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        if lines.next() != Some(HEADER.as_bytes()) {
            return Err(damaged("it has another header"));
        }
        for line in lines {
            let (path, state) = serde_json::from_slice(line).map_err(|error| damaged(&error.to_string()))?;
            ledger.insert(path, state);
        }
        Ok(ledger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Ledger {
        let mut ledger = Ledger::default();
        for name in ["/新闻/甲.txt", "/新闻/乙 \"丙\"\n.txt"] {
            let state = SourceState {
                root: "/新闻".into(),
                given: String::new(),
                file: name[1..].into(),
                bytes: 7,
                modified: 9,
                articles: 1,
            };
            ledger.insert(name.into(), state);
        }
        ledger
    }

    #[test]
    fn a_ledger_comes_back_as_written_and_damage_is_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("ledger");
        sample().write(&path).expect("written");
        assert_eq!(Ledger::read(&path).expect("read"), sample());
        let whole = std::fs::read(&path).expect("bytes");
        for cut in [0, 1, 20, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&path, &whole[..cut]).expect("cut");
            assert!(Ledger::read(&path).is_err(), "cut at {cut}");
        }
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x20;
            std::fs::write(&path, &flipped).expect("flipped");
            if let Ok(ledger) = Ledger::read(&path) {
                assert_eq!(ledger, sample(), "a flipped byte at {at} changed the ledger unnoticed");
            }
        }
    }
}
