//! Reading facts out of articles without an index.

use std::path::{Path, PathBuf};

use xinglin_article::{Limits, WalkOptions};
use xinglin_entity::Gazetteer;

use crate::error::Error;
use crate::ingest::unreadable;
use crate::memory::NewArticle;
use crate::rows::{self, Tagged};

/// Reads facts out of articles without an index. Built once, shared by any number of threads.
///
/// ```
/// let tagger = xinglin::Tagger::new();
/// let tagged = tagger.tag(xinglin::NewArticle::new(
///     "1",
///     "近日,陕西省卫生健康委公布名单,汉中市中心医院骨科获批国家临床重点专科建设项目。",
/// ).title("汉中市中心医院骨科获批国家临床重点专科建设项目").published("2023-07-17"));
/// assert_eq!(tagged.regions, ["陕西省/汉中市"]);
/// assert_eq!(tagged.designations[0].specialty, "骨科");
/// assert_eq!(tagged.designations[0].year, Some(2023));
/// ```
pub struct Tagger {
    inner: xinglin_entity::Tagger,
    limits: Limits,
}

impl Default for Tagger {
    fn default() -> Tagger {
        Tagger::new()
    }
}

impl Tagger {
    /// A tagger with the built-in gazetteers.
    pub fn new() -> Tagger {
        Tagger { inner: xinglin_entity::Tagger::new(), limits: Limits::default() }
    }

    /// A tagger whose gazetteers a folder extends or replaces.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read, with the line.
    pub fn with_gazetteers(dir: &Path) -> Result<Tagger, Error> {
        Ok(Tagger { inner: tagger_with(dir)?, limits: Limits::default() })
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
        let mut there = Vec::new();
        for path in paths {
            if path.exists() {
                there.push(path.clone());
            } else {
                each(Err(unreadable(path, "no such file or folder: check the path")));
            }
        }
        for entry in xinglin_article::walk(&there, &WalkOptions::default()) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().to_owned();
                    each(Err(unreadable(&path, error)));
                    continue;
                }
            };
            xinglin_article::read_file(&entry, &self.limits, &mut |article| match article {
                Ok(article) => {
                    let tags = rows::tags_of(&self.inner, &article);
                    each(Ok(rows::tagged(&article, tags)));
                }
                Err(error) => each(Err(unreadable(&entry.path, error))),
            });
        }
    }
}

pub(crate) fn tagger_with(dir: &Path) -> Result<xinglin_entity::Tagger, Error> {
    let gazetteer = Gazetteer::load(dir).map_err(|error| unreadable(dir, error))?;
    Ok(xinglin_entity::Tagger::with(gazetteer))
}
