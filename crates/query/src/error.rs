//! What can go wrong while reading an index.

use std::path::PathBuf;

use xinglin_index_schema::ManifestError;

/// A failure to open or read an index.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    kind: ErrorKind,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum ErrorKind {
    /// There is no index that this program can read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The segments cannot be opened.
    #[error("{}: damaged index ({source}): run `xinglin check`, then index the sources again with `--rebuild`", .dir.display())]
    Segments {
        /// The segments' folder.
        dir: PathBuf,
        /// What tantivy says.
        source: tantivy::TantivyError,
    },
    /// A stored document cannot be read.
    #[error("{}: damaged document store ({reason}): run `xinglin check`, then index the sources again with `--rebuild`", .path.display())]
    Stored {
        /// The file, or the segments' folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// No article of that name.
    #[error("no article {name:?} in the index{}", nearest_hint(.nearest))]
    NoArticle {
        /// What was asked for.
        name: String,
        /// Names like it.
        nearest: Vec<String>,
    },
    /// No institution of that name.
    #[error("no institution in the index is called {name:?}{}", nearest_hint(.nearest))]
    NoInstitution {
        /// What was asked for.
        name: String,
        /// Names like it.
        nearest: Vec<String>,
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

fn nearest_hint(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!(": perhaps {}", nearest.join(", ")) }
}
