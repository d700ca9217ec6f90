//! The ground of a comparison: one corpus, its queries, and where the indexes lie.

use super::Setting;
use crate::corpus::{Corpus, Extent};
use crate::generate::{Generator, Plan};
use crate::given;
use crate::process::Invocation;
use crate::sample::{Samples, count};
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Where the text comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Made by the generator.
    Generated(Plan),
    /// Files or a folder, read as `xinglin index` reads them.
    Given(PathBuf),
}

/// A corpus ready for both engines.
#[derive(Clone, Debug)]
pub struct Ground {
    /// What the report calls it.
    pub name: String,
    /// Its articles, a line each: what the naive engine indexes and answers are judged by.
    pub corpus: Corpus,
    /// What xinglin indexes.
    pub input: PathBuf,
    /// How much there is.
    pub extent: Extent,
    /// Queries drawn from it.
    pub samples: Samples,
}

/// Where the indexes of one corpus lie.
#[derive(Clone, Debug)]
pub struct Indexes {
    /// xinglin's.
    pub xinglin: PathBuf,
    /// The naive engine's.
    pub baseline: PathBuf,
    /// The floor's.
    pub map_only: PathBuf,
}

impl Indexes {
    /// The indexes of a working folder.
    pub fn of(work: &Path) -> Indexes {
        let [xinglin, baseline, map_only] =
            ["xinglin.idx", "baseline.idx", "map-only.idx"].map(|name| work.join(name));
        Indexes { xinglin, baseline, map_only }
    }
}

impl Ground {
    /// Generates or reads the corpus of a setting and draws its queries.
    ///
    /// # Errors
    ///
    /// Where the corpus cannot be read or written, or is empty.
    pub fn lay(setting: &Setting) -> Result<Ground> {
        let work = &setting.work;
        std::fs::create_dir_all(work).with_context(|| format!("creating {}", work.display()))?;
        let path = work.join("corpus.jsonl");
        let mut out =
            BufWriter::new(File::create(&path).with_context(|| format!("writing {}", path.display()))?);
        let (name, input) = match &setting.source {
            Source::Generated(plan) => {
                Generator::new(*plan)?.write(&mut out)?;
                let Plan { seed, traditional, reposts, .. } = plan;
                let shares = format!("{traditional} ‰ Traditional, {reposts} ‰ reposts");
                (format!("generated, seed {seed}, {shares}"), path.clone())
            }
            Source::Given(given) => {
                given::write(given, &mut out)?;
                (given.display().to_string(), given.clone())
            }
        };
        drop(out);
        let corpus = Corpus::open(&path)?;
        let extent = corpus.extent()?;
        ensure!(extent.articles > 0, "{name}: no article to index");
        let samples = Samples::draw(&corpus, extent, setting.seed, setting.queries, fold)?;
        Ok(Ground { name, corpus, input, extent, samples })
    }

    /// Asks of this corpus what was asked of another that it begins with; only the answers differ.
    ///
    /// # Errors
    ///
    /// Where the corpus cannot be read.
    pub fn ask_again(&mut self, samples: &Samples) -> Result<()> {
        let texts = samples.pieces.iter().map(|piece| piece.text.clone()).collect();
        let pieces = count(&self.corpus, texts, fold)?;
        self.samples = Samples { pieces, ..samples.clone() };
        Ok(())
    }

    /// Megabytes of titles and texts.
    pub fn megabytes(&self) -> f64 {
        self.extent.bytes as f64 / 1e6
    }

    /// xinglin indexing the corpus into an empty folder.
    pub fn index_with_xinglin(&self, setting: &Setting, directory: &Path, threads: usize) -> Invocation {
        xinglin_index(&setting.programs.xinglin, &self.input, directory, threads)
    }

    /// The naive engine `program` indexing the corpus into an empty folder.
    pub fn index_with(&self, program: PathBuf, directory: &Path, threads: usize) -> Invocation {
        let arguments = ["index".into(), self.corpus.path().into(), directory.into(), "--threads".into()];
        let arguments: [std::ffi::OsString; 4] = arguments;
        Invocation::new(program, arguments.into_iter().chain([threads.to_string().into()]))
    }
}

/// What makes two spellings of a piece the same.
fn fold(text: &str) -> String {
    xinglin_text::fold_str(text).into_owned()
}

/// `xinglin index INPUT --index DIRECTORY`.
pub(super) fn xinglin_index(program: &Path, input: &Path, directory: &Path, threads: usize) -> Invocation {
    let threads = threads.to_string();
    let arguments: [std::ffi::OsString; 9] = [
        "index".into(),
        input.into(),
        "--index".into(),
        directory.into(),
        "--threads".into(),
        threads.into(),
        "--format".into(),
        "json".into(),
        "--quiet".into(),
    ];
    Invocation::new(program, arguments)
}
