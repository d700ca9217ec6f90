//! Which folder is written to: the index as it stands, a new one, or one beside the old that will take its place.

use std::path::{Path, PathBuf};

use xinglin_index_schema::{Manifest, ManifestError};

use crate::error::{Error, ErrorKind};
use crate::lock::WriterLock;
use crate::writer::WriterOptions;

/// What lies in the folder.
pub(crate) enum Found {
    /// Nothing, or what an interrupted first run left.
    Nothing,
    /// An index that can be written to, if its analysis is ours.
    Index(Manifest),
    /// An index that is only good for being replaced: damaged, or of another format.
    Spent,
}

/// Where to write.
pub(crate) struct Place {
    /// The manifest to write under.
    pub(crate) manifest: Manifest,
    /// The folder beside the old segments, while rebuilding.
    pub(crate) beside: Option<Beside>,
    /// Whether the manifest is still to be written.
    pub(crate) fresh: bool,
}

/// New segments beside the old ones: they go away unless they are kept.
pub(crate) struct Beside {
    segments: PathBuf,
    kept: bool,
}

impl Beside {
    /// The new segments are in place.
    pub(crate) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.kept {
            // If this fails, the next run clears the folder away.
            let _ = std::fs::remove_dir_all(&self.segments);
        }
    }
}

/// Looks at what lies in the folder.
///
/// # Errors
/// Where it is not ours, or not to be written to unless rebuilt.
pub(crate) fn find(dir: &Path, rebuild: bool) -> Result<Found, Error> {
    match Manifest::read(dir) {
        Ok(manifest) => {
            if !manifest.is_current() && !rebuild {
                return Err(ErrorKind::Manifest(manifest.outdated(dir)).into());
            }
            Ok(Found::Index(manifest))
        }
        Err(ManifestError::Absent(_)) => Ok(Found::Nothing),
        Err(ManifestError::Foreign { .. }) if is_unfinished(dir) => Ok(Found::Nothing),
        Err(ManifestError::Damaged { .. } | ManifestError::Format { .. }) if rebuild => Ok(Found::Spent),
        Err(error) => Err(ErrorKind::Manifest(error).into()),
    }
}

/// Decides where to write; the lock is held.
///
/// # Errors
/// Where the index was written with another analysis, or the system refuses.
pub(crate) fn choose(dir: &Path, found: Found, options: &WriterOptions, now: &str) -> Result<Place, Error> {
    let fresh = |segments: &str| Manifest::new(now.to_owned(), segments, options.fingerprints.clone());
    match found {
        Found::Nothing => {
            remove_leftovers(dir, "")?;
            Ok(Place { manifest: fresh("segments"), beside: None, fresh: true })
        }
        Found::Index(manifest) if !options.rebuild => {
            let differences = manifest.differences(&options.fingerprints);
            if !differences.is_empty() {
                let (theirs, ours) = (&manifest.fingerprints.gazetteers, &options.fingerprints.gazetteers);
                let embedded = |all: &str| all.split('+').next().map(str::to_owned);
                // Both of this program, but not with the same folder of a person's own.
                let what = if differences == ["gazetteers"] && embedded(theirs) == embedded(ours) {
                    "folder of gazetteers (`--gazetteer` names it)".to_owned()
                } else {
                    differences.join(" and ")
                };
                return Err(ErrorKind::Analysis { dir: dir.to_owned(), what }.into());
            }
            remove_leftovers(dir, &manifest.segments)?;
            Ok(Place { manifest, beside: None, fresh: false })
        }
        Found::Index(_) | Found::Spent => {
            if let Found::Index(old) = &found {
                remove_leftovers(dir, &old.segments)?;
            }
            let name = unused_name(dir, now);
            let beside = Beside { segments: dir.join(&name), kept: false };
            Ok(Place { manifest: fresh(&name), beside: Some(beside), fresh: false })
        }
    }
}

/// A name for segments that nothing has.
fn unused_name(dir: &Path, now: &str) -> String {
    let stamp = now.replace([':', '-'], "");
    let mut name = format!("segments-{stamp}");
    while dir.join(&name).exists() {
        name.push('b');
    }
    name
}

/// Makes a folder and its parents where they are not there, durably.
pub(crate) fn make_folder(dir: &Path) -> Result<(), Error> {
    if dir.is_dir() {
        return Ok(());
    }
    let io = |source| Error::from(ErrorKind::Io { path: dir.to_owned(), source });
    std::fs::create_dir_all(dir).map_err(io)?;
    let parent = match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::File::open(parent).and_then(|parent| parent.sync_all()).map_err(io)
}

/// Whether a folder holds only what an interrupted first run leaves behind.
fn is_unfinished(dir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    entries.flatten().all(|entry| {
        let name = entry.file_name();
        entry.path() == WriterLock::path(dir) || name == "xinglin.json.new" || is_segments(&name)
    })
}

fn is_segments(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name == "segments" || name.starts_with("segments-"))
}

/// Removes segment folders that no manifest points to: an interrupted rebuild left them.
pub(crate) fn remove_leftovers(dir: &Path, keep: &str) -> Result<(), Error> {
    let io = |path: &Path, source| Error::from(ErrorKind::Io { path: path.to_owned(), source });
    for entry in std::fs::read_dir(dir).map_err(|source| io(dir, source))? {
        let entry = entry.map_err(|source| io(dir, source))?;
        let (name, path) = (entry.file_name(), entry.path());
        if is_segments(&name) && name != keep && path.is_dir() {
            std::fs::remove_dir_all(&path).map_err(|source| io(&path, source))?;
        }
    }
    Ok(())
}
