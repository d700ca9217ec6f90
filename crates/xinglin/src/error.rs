//! One error for programs that embed xinglin: it names file, place and remedy.

/// A failure. [`Error::kind`] tells programs what to do about it, `Display` tells people.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of failure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no index in the folder.
    NoIndex,
    /// The folder or file is something else.
    NotAnIndex,
    /// The index has another format or was written with other tables.
    WrongVersion,
    /// A file of the index is not what was written.
    Damaged,
    /// Another process writes to the index.
    Locked {
        /// Its number; 0 where it is not known.
        process: u32,
        /// Since when, RFC 3339, UTC; empty where it is not known.
        since: String,
    },
    /// A filter names something unknown.
    UnknownName {
        /// The filter: `region`, `specialty`, `institution`, `level`, `status`, `programme`, `tier`.
        field: &'static str,
        /// The name.
        name: String,
        /// Known names like it.
        nearest: Vec<String>,
    },
    /// There is no such article.
    NotFound {
        /// The name.
        name: String,
        /// Names like it.
        nearest: Vec<String>,
    },
    /// A source could not be read.
    Unreadable {
        /// The file or folder.
        file: String,
        /// The line of a line file, from 1.
        line: Option<u64>,
    },
    /// A gazetteer could not be read.
    Gazetteer,
    /// A file or folder of the index could not be written: the disk is full, say. The last commit is intact.
    Write {
        /// The file or folder.
        file: String,
        /// Why.
        cause: std::io::ErrorKind,
    },
    /// The system refused.
    Io,
    /// A mistake of this program.
    Internal,
}

impl Error {
    /// What kind of failure it is, with its data.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: String) -> Error {
        Error { kind, message, source: None }
    }

    pub(crate) fn unknown(field: &'static str, name: &str, nearest: Vec<String>) -> Error {
        let hint =
            if nearest.is_empty() { String::new() } else { format!(": perhaps {}", nearest.join(", ")) };
        let message = format!("--{field} {name}: no such {field}{hint}");
        Error::new(ErrorKind::UnknownName { field, name: name.to_owned(), nearest }, message)
    }
}

impl From<xinglin_query::Error> for Error {
    fn from(error: xinglin_query::Error) -> Error {
        use xinglin_query::ErrorKind as Kind;
        let kind = match error.kind() {
            Kind::Manifest(manifest) => of_manifest(manifest),
            Kind::Segments { .. } | Kind::Stored { .. } => ErrorKind::Damaged,
            Kind::NoArticle { name, nearest } => {
                ErrorKind::NotFound { name: name.clone(), nearest: nearest.clone() }
            }
            Kind::NoInstitution { name, nearest } => {
                ErrorKind::UnknownName { field: "institution", name: name.clone(), nearest: nearest.clone() }
            }
        };
        Error { kind, message: error.to_string(), source: Some(Box::new(error)) }
    }
}

impl From<xinglin_index::Error> for Error {
    fn from(error: xinglin_index::Error) -> Error {
        use xinglin_index::ErrorKind as Kind;
        let kind = match error.kind() {
            Kind::Manifest(manifest) => of_manifest(manifest),
            Kind::Locked { holder, .. } => {
                ErrorKind::Locked { process: holder.process, since: holder.since.clone() }
            }
            Kind::Write { path, source } => {
                ErrorKind::Write { file: path.display().to_string(), cause: source.kind() }
            }
            Kind::Io { path, source } => {
                ErrorKind::Write { file: path.display().to_string(), cause: source.kind() }
            }
            Kind::Analysis { .. } => ErrorKind::WrongVersion,
            Kind::Damaged { .. } => ErrorKind::Damaged,
            Kind::Segments { .. } | Kind::Row { .. } => ErrorKind::Io,
        };
        Error { kind, message: error.to_string(), source: Some(Box::new(error)) }
    }
}

fn of_manifest(error: &xinglin_index_schema::ManifestError) -> ErrorKind {
    use xinglin_index_schema::ManifestError as Manifest;
    match error {
        Manifest::Absent(_) => ErrorKind::NoIndex,
        Manifest::Foreign { .. } => ErrorKind::NotAnIndex,
        Manifest::Damaged { .. } => ErrorKind::Damaged,
        Manifest::Format { .. } | Manifest::Terms { .. } => ErrorKind::WrongVersion,
        Manifest::Io { .. } => ErrorKind::Io,
    }
}
