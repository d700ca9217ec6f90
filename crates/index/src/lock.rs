//! One writer at a time. The lock is the operating system's and dies with the process; the file beside it says who holds
//! it and since when.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

const LOCK_FILE: &str = "writer.lock";

/// Who holds the writer's lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHolder {
    /// Process number; 0 where it is not known.
    pub process: u32,
    /// Since when, RFC 3339, UTC; empty where it is not known.
    pub since: String,
}

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.process == 0 {
            return write!(f, "another process");
        }
        write!(f, "process {} since {}", self.process, self.since)
    }
}

/// The lock, held until dropped.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the index in `dir`, which must exist.
    pub(crate) fn take(dir: &Path, now: &str) -> Result<WriterLock, Error> {
        let path = dir.join(LOCK_FILE);
        let io = |source| Error::from(ErrorKind::Io { path: path.clone(), source });
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = read_holder(&mut file);
                return Err(ErrorKind::Locked { dir: dir.to_owned(), holder }.into());
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let holder = LockHolder { process: std::process::id(), since: now.to_owned() };
        write_holder(&mut file, &holder).map_err(io)?;
        Ok(WriterLock { _file: file })
    }

    /// Where the lock of an index lies.
    pub(crate) fn path(dir: &Path) -> PathBuf {
        dir.join(LOCK_FILE)
    }
}

fn read_holder(file: &mut File) -> LockHolder {
    let mut text = String::new();
    match file.take(4096).read_to_string(&mut text) {
        Ok(_) => serde_json::from_str(&text).unwrap_or_default(),
        Err(_) => LockHolder::default(),
    }
}

fn write_holder(file: &mut File, holder: &LockHolder) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(holder)?)
}
