//! Folders to files, in an order that does not change.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind, Result};
use crate::format::Format;

/// A folder that holds a file of this name is an index, not a source.
const INDEX_MARK: &str = "xinglin.json";

/// Which files of a folder are taken. Plain setters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// Take hidden files and folders too (those whose names begin with a dot).
    pub hidden: bool,
    /// Follow symbolic links that lead out of the given folder.
    pub follow_outside: bool,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it is.
    pub path: PathBuf,
    /// The path, as given, under which it was found: the folder, or the file itself.
    pub root: PathBuf,
    /// The path below `root`, `/` between its parts; of a file given itself, its name. A byte that is no UTF-8 reads `\xNN`.
    pub file: String,
    /// How its bytes become articles.
    pub format: Format,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
}

/// The files under some paths; see [`walk`].
pub struct Walk {
    options: WalkOptions,
    roots: VecDeque<PathBuf>,
    current: Option<Folder>,
    seen: HashSet<PathBuf>,
    passed_over: u64,
}

/// A folder being walked.
struct Folder {
    root: PathBuf,
    /// The real path that links may not leave.
    real: PathBuf,
    entries: walkdir::IntoIter,
}

/// Every file under these files and folders that is read, each once, in the order of names.
///
/// Links are followed inside the folder that holds them only; as their targets are found there by their own names, a file is read
/// once under its real name and loops end by themselves. Hidden files, folders that are an index, and in folders files of other
/// kinds ([`Walk::passed_over`] counts them) are passed over in silence; whatever else cannot be read is named by an error.
pub fn walk(paths: &[PathBuf], options: WalkOptions) -> Walk {
    Walk {
        options,
        roots: paths.iter().cloned().collect(),
        current: None,
        seen: HashSet::new(),
        passed_over: 0,
    }
}

impl Walk {
    /// How many files in folders were passed over because their names promise no format that is read.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// Begins the next path; a file is an entry at once.
    fn begin(&mut self, root: PathBuf) -> Option<Result<FileEntry>> {
        let data = match std::fs::metadata(&root) {
            Ok(data) => data,
            Err(error) => return Some(Err(Error::io(shown(&root), error))),
        };
        if data.is_dir() {
            let real = match root.canonicalize() {
                Ok(real) => real,
                Err(error) => return Some(Err(Error::io(shown(&root), error))),
            };
            let entries = WalkDir::new(&root).follow_root_links(true).sort_by_file_name().into_iter();
            self.current = Some(Folder { root, real, entries });
            return None;
        }
        if !data.is_file() {
            return Some(Err(Error::new(shown(&root), ErrorKind::NotAFile)));
        }
        let Some(format) = Format::of(&root) else {
            return Some(Err(Error::new(shown(&root), ErrorKind::UnknownFormat)));
        };
        if !self.first_sight(&root) {
            return None;
        }
        let file = root.file_name().map_or_else(|| shown(&root), name_of);
        let entry = FileEntry {
            path: root.clone(),
            root,
            file,
            format,
            bytes: data.len(),
            modified: data.modified().ok(),
        };
        Some(Ok(entry))
    }

    /// Whether a file has not been met by another name.
    fn first_sight(&mut self, path: &Path) -> bool {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.seen.insert(real)
    }

    /// The next file of the current folder; `None` where the folder is done.
    fn advance(&mut self) -> Option<Result<FileEntry>> {
        loop {
            let folder = self.current.as_mut()?;
            let entry = match folder.entries.next() {
                None => {
                    self.current = None;
                    return None;
                }
                Some(Err(error)) => return Some(Err(walk_error(&folder.root, error))),
                Some(Ok(entry)) => entry,
            };
            if entry.depth() == 0 {
                continue;
            }
            if self.is_passed_over(&entry) {
                if entry.file_type().is_dir() {
                    self.current.as_mut()?.entries.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_symlink() {
                if let Some(found) = self.link(&entry) {
                    return Some(found);
                }
            } else if entry.file_type().is_file()
                && let Some(found) = self.file(entry.path())
            {
                return Some(found);
            }
        }
    }

    fn is_passed_over(&self, entry: &DirEntry) -> bool {
        let hidden = !self.options.hidden && entry.file_name().as_encoded_bytes().starts_with(b".");
        hidden || (entry.file_type().is_dir() && entry.path().join(INDEX_MARK).is_file())
    }

    fn file(&mut self, path: &Path) -> Option<Result<FileEntry>> {
        let Some(format) = Format::of(path) else {
            self.passed_over += 1;
            return None;
        };
        if !self.first_sight(path) {
            return None;
        }
        let root = self.current.as_ref()?.root.clone();
        let below = path.strip_prefix(&root).unwrap_or(path);
        let file = below.iter().map(name_of).collect::<Vec<_>>().join("/");
        Some(match std::fs::metadata(path) {
            Ok(data) if data.is_file() => Ok(FileEntry {
                path: path.to_owned(),
                root,
                file,
                format,
                bytes: data.len(),
                modified: data.modified().ok(),
            }),
            Ok(_) => Err(Error::new(file, ErrorKind::NotAFile)),
            Err(error) => Err(Error::io(file, error)),
        })
    }

    /// A link: what it leads to inside the folder is met by its own name; what lies outside is named, or walked if asked for.
    fn link(&mut self, entry: &DirEntry) -> Option<Result<FileEntry>> {
        let folder = self.current.as_ref()?;
        let name = shown(entry.path().strip_prefix(&folder.root).unwrap_or(entry.path()));
        let target = match entry.path().canonicalize() {
            Ok(target) => target,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let target = std::fs::read_link(entry.path()).unwrap_or_default();
                return Some(Err(Error::new(name, ErrorKind::LinkLeavesFolder { target })));
            }
            // The system gives up on links that lead to one another.
            Err(_) => return Some(Err(Error::new(name, ErrorKind::LinkLoop))),
        };
        if target.starts_with(&folder.real) {
            return None;
        }
        if !self.options.follow_outside {
            return Some(Err(Error::new(name, ErrorKind::LinkLeavesFolder { target })));
        }
        if target.is_dir() {
            let unseen = !folder.real.starts_with(&target) && self.seen.insert(target);
            if unseen {
                self.roots.push_back(entry.path().to_owned());
            }
            return None;
        }
        self.file(entry.path())
    }
}

impl Iterator for Walk {
    type Item = Result<FileEntry>;

    fn next(&mut self) -> Option<Result<FileEntry>> {
        loop {
            if let Some(found) = self.advance() {
                return Some(found);
            }
            let root = self.roots.pop_front()?;
            if let Some(found) = self.begin(root) {
                return Some(found);
            }
        }
    }
}

fn walk_error(root: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(root).to_owned();
    let is_loop = error.loop_ancestor().is_some();
    match error.into_io_error() {
        Some(error) => Error::io(shown(&path), error),
        None if is_loop => Error::new(shown(&path), ErrorKind::LinkLoop),
        None => Error::new(shown(&path), ErrorKind::NotAFile),
    }
}

fn shown(path: &Path) -> String {
    name_of(path.as_os_str())
}

/// A name as text: bytes that are no UTF-8 as `\xNN`, so that two names never read alike.
fn name_of(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}
