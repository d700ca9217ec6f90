//! Opening segments for reading, also where nothing may be written: tantivy's readers take a lock by making a file.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Index, TantivyError};

/// Opens the segments in a folder for reading.
///
/// # Errors
/// Where they are not there, or damaged.
pub fn open_for_reading(segments: &Path) -> tantivy::Result<Index> {
    Index::open(ReadingDirectory { inner: MmapDirectory::open(segments)? })
}

/// The file of the segments' folder that an error of tantivy's says is damaged or missing; `None` where it blames none.
pub fn damaged_file(error: &TantivyError) -> Option<PathBuf> {
    match error {
        TantivyError::OpenReadError(
            OpenReadError::FileDoesNotExist(path) | OpenReadError::IoError { filepath: path, .. },
        ) => Some(path.clone()),
        TantivyError::DataCorruption(corruption) => {
            // Its Debug form is the only one that tells.
            let told = format!("{corruption:?}");
            let (_, rest) = told.split_once("(in file `\"")?;
            rest.split_once("\"`").map(|(path, _)| PathBuf::from(path))
        }
        _ => None,
    }
}

/// The folder as it is, with one leniency: where a lock's file cannot be made (a read-only folder), reading goes on without
/// it. The lock guards against files being collected meanwhile, and where nothing can be written nothing is collected.
#[derive(Clone, Debug)]
struct ReadingDirectory {
    inner: MmapDirectory,
}

impl Directory for ReadingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.inner.acquire_lock(lock) {
            Err(LockError::IoError(_)) => Ok(DirectoryLock::from(Box::new(()))),
            taken => taken,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
