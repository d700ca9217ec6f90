//! The folder of the segments as the writer sees it: commits are durable, files are readable by whom the umask lets, they
//! are read through windows instead of mapped, and the first failure is remembered with the file's name, since tantivy's
//! threads report only that they have stopped.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use crate::windowed::WindowedFile;

/// The name that tantivy commits under.
const META: &str = "meta.json";

/// A write that failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The file.
    pub(crate) path: PathBuf,
    /// What the system said.
    pub(crate) error: Arc<io::Error>,
}

/// The first failure of any thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failures(Arc<Mutex<Option<Failure>>>);

impl Failures {
    /// The first write that failed, if any did.
    pub(crate) fn first(&self) -> Option<Failure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, path: &Path, error: &io::Error) {
        let error = match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(Failure { path: path.to_owned(), error: Arc::new(error) });
    }

    fn watch<T>(&self, path: &Path, done: io::Result<T>) -> io::Result<T> {
        done.inspect_err(|error| self.note(path, error))
    }
}

/// tantivy's own folder, but for writing.
#[derive(Clone, Debug)]
pub(crate) struct WritingDirectory {
    inner: MmapDirectory,
    root: PathBuf,
    failures: Failures,
}

impl WritingDirectory {
    /// The folder, which must exist.
    pub(crate) fn open(root: &Path) -> tantivy::Result<WritingDirectory> {
        let inner = MmapDirectory::open(root)?;
        Ok(WritingDirectory { inner, root: root.to_owned(), failures: Failures::default() })
    }

    /// Where failures of this folder are remembered.
    pub(crate) fn failures(&self) -> Failures {
        self.failures.clone()
    }

    fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = self.root.join(beside);
        let mut file = File::create(&beside)?;
        file.write_all(data)?;
        file.sync_data()?;
        std::fs::rename(&beside, self.root.join(path))?;
        // A commit is durable when its name is.
        if path == Path::new(META) { self.inner.sync_directory() } else { Ok(()) }
    }
}

impl Directory for WritingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match WindowedFile::open(&self.root.join(path)) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.root.join(path);
        let opened = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.failures.note(&full, io_error);
            }
        })?;
        let inner = opened
            .into_inner()
            .map_err(|error| OpenWriteError::wrap_io_error(error.into_error(), path.to_owned()))?;
        Ok(BufWriter::new(Box::new(WatchedFile { inner, path: full, failures: self.failures.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.failures.watch(&self.root.join(path), self.replace(path, data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.failures.watch(&self.root, self.inner.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

struct WatchedFile {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    path: PathBuf,
    failures: Failures,
}

impl Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.failures.watch(&self.path, self.inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.failures.watch(&self.path, self.inner.flush())
    }
}

impl TerminatingWrite for WatchedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.failures.watch(&self.path, self.inner.terminate_ref(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_is_whole_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().expect("a folder");
        let writing = WritingDirectory::open(dir.path()).expect("opened");
        for text in ["one", "another"] {
            writing.atomic_write(Path::new(META), text.as_bytes()).expect("written");
            assert_eq!(std::fs::read_to_string(dir.path().join(META)).expect("read"), text);
        }
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
        assert!(writing.failures().first().is_none());
    }

    #[test]
    fn the_first_failure_is_remembered_with_its_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let writing = WritingDirectory::open(dir.path()).expect("opened");
        std::fs::remove_dir(dir.path()).expect("removed");
        assert!(writing.atomic_write(Path::new(META), b"x").is_err());
        assert!(writing.open_write(Path::new("a.store")).is_err());
        let first = writing.failures().first().expect("a failure");
        assert_eq!(first.path, dir.path().join(META));
        assert_eq!(first.error.kind(), io::ErrorKind::NotFound);
    }
}
