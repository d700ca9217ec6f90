//! Reading facts out of articles without an index.

use std::path::{Path, PathBuf};

use xinglin_article::{Limits, WalkOptions};
use xinglin_entity::Gazetteer;

use crate::error::{Error, ErrorKind};
use crate::memory::NewArticle;
use crate::rows::{self, Tagged};

/// Reads facts out of articles without an index. Built once, shared by any number of threads.
///
/// ```
/// # fn main() -> Result<(), xinglin::Error> {
/// let tagger = xinglin::Tagger::new()?;
/// let text = "近日,陕西省卫生健康委公布名单,汉中市中心医院骨科获批国家临床重点专科建设项目。";
/// let article = xinglin::NewArticle::new("1", text)
///     .title("汉中市中心医院骨科获批国家临床重点专科建设项目")
///     .published("2023-07-17");
/// let tagged = tagger.tag(article);
/// assert_eq!(tagged.regions, ["陕西省/汉中市"]);
/// assert_eq!(tagged.designations[0].specialty, "骨科");
/// assert_eq!(tagged.designations[0].year, Some(2023));
/// # Ok(())
/// # }
/// ```
pub struct Tagger {
    inner: xinglin_entity::Tagger,
    limits: Limits,
}

impl Tagger {
    /// A tagger with the built-in gazetteers.
    ///
    /// # Errors
    /// Where the script converter cannot be loaded or the matcher cannot be built.
    pub fn new() -> Result<Tagger, Error> {
        Ok(Tagger { inner: open_tagger(None)?, limits: Limits::default() })
    }

    /// A tagger whose gazetteers a folder extends or replaces.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read, with the line; where the script converter cannot be loaded.
    pub fn with_gazetteers(dir: &Path) -> Result<Tagger, Error> {
        Ok(Tagger { inner: open_tagger(Some(dir))?, limits: Limits::default() })
    }

    /// Bounds on what is read.
    pub fn limits(mut self, limits: Limits) -> Tagger {
        self.limits = limits;
        self
    }

    /// Tags one article from memory.
    pub fn tag(&self, article: NewArticle) -> Tagged {
        let article = article.into_article();
        let tags = rows::tags_of(&self.inner, &article);
        rows::tagged(&article, tags)
    }

    /// Reads files and folders and hands over what each article says, in order of path; what cannot be read comes as
    /// an error that names it.
    pub fn read(&self, paths: &[PathBuf], each: &mut dyn FnMut(Result<Tagged, Error>)) {
        for entry in xinglin_article::walk(paths, WalkOptions::default()) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    each(Err(unreadable(&error.error)));
                    continue;
                }
            };
            xinglin_article::read_file(
                &entry.path,
                entry.format,
                &entry.file,
                &self.limits,
                &mut |article| {
                    each(match article {
                        Ok(article) => {
                            let tags = rows::tags_of(&self.inner, &article);
                            Ok(rows::tagged(&article, tags))
                        }
                        Err(error) => Err(unreadable(&error)),
                    });
                },
            );
        }
    }
}

/// The tagger of the built-in gazetteers, or of those that a folder extends.
pub(crate) fn open_tagger(dir: Option<&Path>) -> Result<xinglin_entity::Tagger, Error> {
    // Without its phrases Traditional text would be read a little worse, and nobody would be told.
    xinglin_text::converter_ready().map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
    let opened = match dir {
        None => xinglin_entity::Tagger::new(),
        Some(dir) => xinglin_entity::Tagger::with_gazetteers(dir),
    };
    opened.map_err(gazetteer_error)
}

/// The gazetteer of the built-in names, or of those that a folder extends.
pub(crate) fn open_gazetteer(dir: Option<&Path>) -> Result<Gazetteer, Error> {
    match dir {
        None => Ok(Gazetteer::embedded()),
        Some(dir) => Gazetteer::load(dir).map_err(gazetteer_error),
    }
}

pub(crate) fn gazetteer_error(error: xinglin_entity::Error) -> Error {
    Error::new(ErrorKind::Gazetteer, error.to_string())
}

/// An error for a source that cannot be read.
fn unreadable(error: &xinglin_article::Error) -> Error {
    Error::new(ErrorKind::Unreadable { file: error.file().to_owned(), line: error.line() }, error.to_string())
}
