//! Folders to files, in an order that does not change.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, ErrorKind};
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
    /// Its absolute path, links resolved, as text: names it among all files. A byte that is no UTF-8 reads `\xNN`.
    pub key: String,
    /// The same of the path under which it was found: of the folder, or of the file itself.
    pub root: String,
    /// The same of the path that was given: another than `root` where a link leads from there to the folder.
    pub given: String,
    /// The path below `root`, `/` between its parts; of a file given itself, its name. A byte that is no UTF-8 reads `\xNN`.
    pub file: String,
    /// How its bytes become articles.
    pub format: Format,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
}

/// A file or folder that could not be looked at.
#[derive(Debug)]
pub struct Unread {
    /// Its absolute path as text, as [`FileEntry::key`] has it; of a link, its own path and not its target's.
    pub key: String,
    /// Why.
    pub error: Error,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Unread {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

type Found = Result<FileEntry, Unread>;

/// The files under some paths; see [`walk`].
pub struct Walk {
    options: WalkOptions,
    roots: VecDeque<Root>,
    current: Option<Folder>,
    seen: HashSet<PathBuf>,
    passed_over: u64,
}

/// A path to be walked.
struct Root {
    path: PathBuf,
    /// The path that was given, as text, where a link leads from there to this one.
    given: Option<String>,
}

/// A folder being walked.
struct Folder {
    root: PathBuf,
    given: Option<String>,
    /// The real path that links may not leave, and the same as text.
    real: PathBuf,
    key: String,
    entries: walkdir::IntoIter,
}

impl Folder {
    /// The real path of what lies in the folder: links are not followed on the way to it, so it lies where it seems to.
    fn real(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).map_or_else(|_| absolute(path), |below| self.real.join(below))
    }

    /// The path that was given, as text.
    fn given(&self) -> &str {
        self.given.as_deref().unwrap_or(&self.key)
    }

    fn unread(&self, path: &Path, error: Error) -> Unread {
        Unread { key: path_text(&self.real(path)), error }
    }
}

/// Every file under these files and folders that is read, each once, in the order of names.
///
/// Links are followed inside the folder that holds them only; as their targets are found there by their own names, a file is read
/// once under its real name and loops end by themselves. Hidden files, folders that are an index, and in folders files of other
/// kinds ([`Walk::passed_over`] counts them) are passed over in silence; whatever else cannot be read is named by an error.
pub fn walk(paths: &[PathBuf], options: WalkOptions) -> Walk {
    Walk {
        options,
        roots: paths.iter().map(|path| Root { path: path.clone(), given: None }).collect(),
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
    fn begin(&mut self, Root { path: root, given }: Root) -> Option<Found> {
        let real = absolute(&root);
        let unread = |error| Some(Err(Unread { key: path_text(&real), error }));
        let data = match std::fs::metadata(&root) {
            Ok(data) => data,
            Err(error) => return unread(Error::io(path_text(&root), error)),
        };
        if data.is_dir() {
            let entries = WalkDir::new(&root).follow_root_links(true).sort_by_file_name().into_iter();
            let key = path_text(&real);
            self.current = Some(Folder { root, given, real, key, entries });
            return None;
        }
        if !data.is_file() {
            return unread(Error::new(path_text(&root), ErrorKind::NotAFile));
        }
        let Some(format) = Format::of(&root) else {
            return unread(Error::new(path_text(&root), ErrorKind::UnknownFormat));
        };
        let key = path_text(&real);
        if !self.seen.insert(real) {
            return None;
        }
        let file = root.file_name().map_or_else(|| path_text(&root), name_of);
        let entry = FileEntry {
            path: root,
            root: key.clone(),
            given: given.unwrap_or_else(|| key.clone()),
            key,
            file,
            format,
            bytes: data.len(),
            modified: data.modified().ok(),
        };
        Some(Ok(entry))
    }

    /// The next file of the current folder; `None` where the folder is done.
    fn advance(&mut self) -> Option<Found> {
        loop {
            let folder = self.current.as_mut()?;
            let entry = match folder.entries.next() {
                None => {
                    self.current = None;
                    return None;
                }
                Some(Err(error)) => {
                    let path = error.path().unwrap_or(&folder.root).to_owned();
                    return Some(Err(folder.unread(&path, walk_error(&path, error))));
                }
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
            } else if !entry.file_type().is_dir()
                && let Some(found) = self.file(entry.path(), None)
            {
                return Some(found);
            }
        }
    }

    fn is_passed_over(&self, entry: &DirEntry) -> bool {
        let hidden = !self.options.hidden && entry.file_name().as_encoded_bytes().starts_with(b".");
        hidden || (entry.file_type().is_dir() && entry.path().join(INDEX_MARK).is_file())
    }

    /// A file of the current folder, and what a link to it leads to where it is one.
    fn file(&mut self, path: &Path, target: Option<PathBuf>) -> Option<Found> {
        let Some(format) = Format::of(path) else {
            self.passed_over += 1;
            return None;
        };
        let folder = self.current.as_ref()?;
        let real = target.unwrap_or_else(|| folder.real(path));
        let key = path_text(&real);
        if !self.seen.insert(real) {
            return None;
        }
        let below = path.strip_prefix(&folder.root).unwrap_or(path);
        let file = below.iter().map(name_of).collect::<Vec<_>>().join("/");
        let error = match std::fs::metadata(path) {
            Ok(data) if data.is_file() => {
                return Some(Ok(FileEntry {
                    path: path.to_owned(),
                    root: folder.key.clone(),
                    given: folder.given().to_owned(),
                    key,
                    file,
                    format,
                    bytes: data.len(),
                    modified: data.modified().ok(),
                }));
            }
            Ok(_) => Error::new(file, ErrorKind::NotAFile),
            Err(error) => Error::io(file, error),
        };
        Some(Err(Unread { key, error }))
    }

    /// A link: what it leads to inside the folder is met by its own name; what lies outside is named, or walked if asked for.
    fn link(&mut self, entry: &DirEntry) -> Option<Found> {
        let folder = self.current.as_ref()?;
        let name = path_text(entry.path().strip_prefix(&folder.root).unwrap_or(entry.path()));
        let unread = |kind| Some(Err(folder.unread(entry.path(), Error::new(name.clone(), kind))));
        let target = match entry.path().canonicalize() {
            Ok(target) => target,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let target = std::fs::read_link(entry.path()).unwrap_or_default();
                return unread(ErrorKind::LinkLeavesFolder { target });
            }
            // The system gives up on links that lead to one another.
            Err(_) => return unread(ErrorKind::LinkLoop),
        };
        if target.starts_with(&folder.real) {
            return None;
        }
        if !self.options.follow_outside {
            return unread(ErrorKind::LinkLeavesFolder { target });
        }
        if target.is_dir() {
            let unseen = !folder.real.starts_with(&target) && self.seen.insert(target);
            if unseen {
                let given = Some(folder.given().to_owned());
                self.roots.push_back(Root { path: entry.path().to_owned(), given });
            }
            return None;
        }
        self.file(entry.path(), Some(target))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
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

fn walk_error(path: &Path, error: walkdir::Error) -> Error {
    let is_loop = error.loop_ancestor().is_some();
    match error.into_io_error() {
        Some(error) => Error::io(path_text(path), error),
        None if is_loop => Error::new(path_text(path), ErrorKind::LinkLoop),
        None => Error::new(path_text(path), ErrorKind::NotAFile),
    }
}

/// The path with its links resolved; made absolute as it is where that fails.
fn absolute(path: &Path) -> PathBuf {
    let known = path.canonicalize().or_else(|_| std::path::absolute(path));
    known.unwrap_or_else(|_| path.to_owned())
}

/// A path as text, as [`FileEntry::key`] has it.
pub fn path_text(path: &Path) -> String {
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
