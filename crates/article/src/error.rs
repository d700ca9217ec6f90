//! What could not be read, and what was odd about what could.

use std::fmt;
use std::path::PathBuf;

/// A result whose error is this crate's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing that could not be read: a path, a file, or a line of a line file. Nothing else is lost with it.
#[derive(Debug)]
pub struct Error {
    file: String,
    line: Option<u64>,
    kind: ErrorKind,
}

/// Why it could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The path does not exist.
    #[error("no such file or folder; check the path")]
    Missing,
    /// The path is neither a file nor a folder.
    #[error("neither a file nor a folder, so there is nothing to read")]
    NotAFile,
    /// The system refused to open or list it.
    #[error("permission denied; make it readable (chmod u+r, for a folder also u+x) or leave it out")]
    Permission,
    /// A symbolic link that leads out of the given folder, or nowhere.
    #[error("a symbolic link to {} is not followed; give that path itself to read it", .target.display())]
    LinkLeavesFolder {
        /// Where the link leads.
        target: PathBuf,
    },
    /// A folder that contains itself through links.
    #[error("a loop of symbolic links; the folder is read once, by its real path")]
    LinkLoop,
    /// The file name's extension is none that is read.
    #[error("not a kind of file that is read; rename it to .txt, .md, .html, .jsonl or .json")]
    UnknownFormat,
    /// Nothing is in the file.
    #[error("the file is empty")]
    Empty,
    /// The file has no readable text: only markup, or only blanks.
    #[error("no readable text in it")]
    NoText,
    /// The bytes are no text in any encoding that is read.
    #[error("binary data, not text; give the text it was made from")]
    Binary,
    /// The file or line is larger than the limit.
    #[error("{bytes} bytes are over the limit of {limit}; split it, or raise the limit `{name}`")]
    TooLarge {
        /// The size found, in bytes; of a line, as far as it was read.
        bytes: u64,
        /// The bound that it is over, in bytes.
        limit: u64,
        /// The field of [`Limits`](crate::Limits) that bounds it.
        name: &'static str,
    },
    /// The text is no valid JSON.
    #[error("not valid JSON: {0}")]
    Json(serde_json::Error),
    /// The JSON value is no article: it is no object, or has no text.
    #[error("{0}; an article is an object with `text`, `body` or `content`")]
    NotAnArticle(&'static str),
    /// Any other failure of the file system.
    #[error("{0}")]
    Io(std::io::Error),
}

impl Error {
    /// An error about a whole file or path.
    pub(crate) fn new(file: impl Into<String>, kind: ErrorKind) -> Error {
        Error { file: file.into(), line: None, kind }
    }

    pub(crate) fn at_line(file: impl Into<String>, line: u64, kind: ErrorKind) -> Error {
        Error { file: file.into(), line: Some(line), kind }
    }

    pub(crate) fn io(file: impl Into<String>, error: std::io::Error) -> Error {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::Missing,
            std::io::ErrorKind::PermissionDenied => ErrorKind::Permission,
            _ => ErrorKind::Io(error),
        };
        Error::new(file, kind)
    }

    /// The file or path that it is about, as the caller named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of a line file, from 1; `None` where the whole file is meant.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// The reason, with its data.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{}: {}", self.file, line, self.kind),
            None => write!(f, "{}: {}", self.file, self.kind),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Json(error) => Some(error),
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Something odd about an article that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Complaint {
    /// Some bytes are no character of the page's encoding and read as U+FFFD.
    #[error("{count} invalid byte sequences, read as \u{fffd}")]
    InvalidBytes {
        /// How many were replaced.
        count: usize,
    },
    /// The text was longer than the limit.
    #[error("the article's text was cut at {limit} bytes; raise the limit `article_bytes` to keep it all")]
    TextCut {
        /// The bound, in bytes.
        limit: usize,
    },
    /// Elements were nested deeper, or were more, than the limits allow.
    #[error("{count} HTML tags over the limits of nesting or number were ignored; their text was kept")]
    TagsIgnored {
        /// How many tags were ignored.
        count: usize,
    },
    /// Another article of the same file had this id.
    #[error(
        "the id `{id}` stands twice in its file; the later article is kept under the id with its line number behind it"
    )]
    RepeatedId {
        /// The id as given.
        id: String,
    },
    /// A stated date is no date.
    #[error("`{value}` is no date; the article is kept without one")]
    BadDate {
        /// What stood there.
        value: String,
    },
}
