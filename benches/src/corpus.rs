//! A corpus on disk, read an article at a time.

use crate::generate::Article;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A file with an article a line, as [`crate::generate::Generator::write`] writes it.
#[derive(Clone, Debug)]
pub struct Corpus {
    path: PathBuf,
}

/// What a corpus holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Extent {
    /// Articles.
    pub articles: u64,
    /// Bytes of titles and texts.
    pub bytes: u64,
}

impl Corpus {
    /// A corpus in the line file `path`.
    ///
    /// # Errors
    ///
    /// Where there is no such file.
    pub fn open(path: &Path) -> Result<Corpus> {
        if !path.is_file() {
            bail!("{} is no line file: give a .jsonl with an article a line", path.display());
        }
        Ok(Corpus { path: path.to_owned() })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every article, in order.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read; the items name a broken line.
    pub fn articles(&self) -> Result<impl Iterator<Item = Result<Article>>> {
        let shown = self.path.display().to_string();
        let file = File::open(&self.path).with_context(|| format!("reading {shown}"))?;
        let lines = BufReader::with_capacity(1 << 18, file).lines();
        Ok(lines.enumerate().filter(|(_, line)| !line.as_ref().is_ok_and(|line| line.trim().is_empty())).map(
            move |(number, line)| {
                let place = || format!("{shown}:{}", number + 1);
                serde_json::from_str(&line.with_context(place)?).with_context(place)
            },
        ))
    }

    /// Counts it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn extent(&self) -> Result<Extent> {
        let mut extent = Extent::default();
        for article in self.articles()? {
            extent.articles += 1;
            extent.bytes += article?.bytes();
        }
        Ok(extent)
    }
}
