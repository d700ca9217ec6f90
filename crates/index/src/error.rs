//! What can go wrong while writing, with the remedy.

use std::path::PathBuf;
use std::sync::Arc;

use xinglin_index_schema::ManifestError;

use crate::lock::LockHolder;

/// A failure to open, write or check an index. The last commit stays as it is.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    kind: ErrorKind,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum ErrorKind {
    /// The folder holds no index that this program can write to.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Another process writes to the index.
    #[error("{} is being written to by {holder}: wait until it is done, or stop it", .dir.display())]
    Locked {
        /// The index.
        dir: PathBuf,
        /// Who, and since when.
        holder: LockHolder,
    },
    /// The index was written with another analysis.
    #[error("{} was written with another {what}: index the sources again with `--rebuild`", .dir.display())]
    Analysis {
        /// The index.
        dir: PathBuf,
        /// What differs.
        what: String,
    },
    /// A file of the index is not what was written.
    #[error("{}: damaged ({reason}): index the sources again with `--rebuild`", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A write failed.
    #[error("cannot write {}: {source}; {}; the last commit is intact", .path.display(), remedy(.source.kind()))]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// The system refused.
    #[error("cannot write to the index {}: {source}; {}; the last commit is intact", .path.display(), remedy(.source.kind()))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// tantivy refused.
    #[error("cannot write to the index {}: {source}; the last commit is intact", .dir.display())]
    Segments {
        /// The index.
        dir: PathBuf,
        /// Why.
        source: tantivy::TantivyError,
    },
    /// A row cannot be stored.
    #[error("article {id} cannot be stored: {source}")]
    Row {
        /// The article's identity.
        id: String,
        /// Why.
        source: std::io::Error,
    },
}

impl Error {
    /// What went wrong, with its data.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

impl<K: Into<ErrorKind>> From<K> for Error {
    fn from(kind: K) -> Error {
        Error { kind: kind.into() }
    }
}

/// What a person can do about a refusal of the system.
fn remedy(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::StorageFull | Kind::QuotaExceeded => {
            "free some space or choose another disk with --index, then run again"
        }
        Kind::FileTooLarge => "raise the limit on file sizes (ulimit -f), then run again",
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
            "make the folder writable or choose another one with --index"
        }
        Kind::NotFound => "the folder or file has vanished meanwhile: run again",
        _ => "run again when it is mended",
    }
}
