//! An index opened for searching.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use xinglin_index_schema::Fingerprints;
use xinglin_query::{
    Answer, ArticleView, FacetAnswer, Interpreter, Literal, QueryLimits, Reader, RecordAnswer, RecordLookup,
    Request, Stats, Warning,
};

pub use xinglin_index::{CheckReport, Problem};

use crate::error::{Error, ErrorKind};
use crate::names::Names;
use crate::request::{FacetRequest, RecordRequest, SearchRequest};

/// An index opened for searching. Opening maps files and reads nothing else; searching needs `&self` only, so one
/// `Index` serves any number of threads. Each answer comes from one commit.
pub struct Index {
    dir: PathBuf,
    /// Replaced as a whole when the index was rebuilt.
    reader: RwLock<Arc<Reader>>,
    pub(crate) names: Names,
    pub(crate) limits: QueryLimits,
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// Where there is none, it is not ours, of another format, or damaged.
    pub fn open(dir: impl AsRef<Path>) -> Result<Index, Error> {
        let dir = dir.as_ref();
        let reader = guarded(dir, || open_reader(dir))?;
        let (dir, reader) = (dir.to_owned(), RwLock::new(Arc::new(reader)));
        Ok(Index { dir, reader, names: Names::embedded(), limits: QueryLimits::default() })
    }

    /// The same, with queries read by the gazetteers of a folder beside the built-in ones: the folder that was given when the
    /// index was made, or one with names of one's own (`spoken.tsv`: as said, as printed).
    ///
    /// # Errors
    /// Where a file of the folder is not of its form, too.
    pub fn with_gazetteer(self, folder: impl AsRef<Path>) -> Result<Index, Error> {
        Ok(Index { names: Names::load(folder.as_ref())?, ..self })
    }

    /// The same, with other bounds on how much of a query is read; what is beyond is left out, and the answer's notes say so.
    pub fn with_query_limits(self, limits: QueryLimits) -> Index {
        Index { limits, ..self }
    }

    /// Searches the articles.
    ///
    /// # Errors
    /// Where a condition names something unknown ([`crate::ErrorKind::UnknownName`], with the nearest names) or the index
    /// cannot be read. Never because of what the query says.
    pub fn search(&self, request: &SearchRequest) -> Result<Answer, Error> {
        let asked = Request {
            query: request.query.clone(),
            filters: self.names.resolve_filters(&request.filters)?,
            limit: request.limit,
            offset: request.offset,
            sort: request.sort,
            facets: request.facets.clone(),
            under: None,
            facet_limit: 0,
            explain: request.explain,
            all: request.all,
            snippet_width: request.snippet_width,
            limits: self.limits,
        };
        self.ask(|reader| {
            let answer = reader.search(&asked, self.interpreter(request.literal))?;
            if request.literal { Ok(answer) } else { self.with_suggestion(reader, &asked, answer) }
        })
    }

    /// Counts facets.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn facets(&self, request: &FacetRequest) -> Result<FacetAnswer, Error> {
        let asked = Request {
            filters: self.names.resolve_filters(&request.filters)?,
            facets: request.by.clone(),
            under: self.names.resolve_node(request.under.as_deref(), &request.by)?,
            facet_limit: request.limit,
            limits: self.limits,
            ..Request::new(request.query.clone())
        };
        self.ask(|reader| reader.facets(&asked, self.interpreter(request.literal)))
    }

    /// Looks up key-specialty records.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn records(&self, request: &RecordRequest) -> Result<RecordAnswer, Error> {
        let lookup = RecordLookup {
            query: request.query.clone(),
            filters: self.names.resolve_filters(&request.filters)?,
            limit: request.limit,
            offset: request.offset,
            sort: request.sort,
            by: request.by.clone(),
            under: self.names.resolve_node(request.under.as_deref(), &request.by)?,
            limits: self.limits,
        };
        self.ask(|reader| reader.records(&lookup, self.interpreter(request.literal)))
    }

    /// One article, whole: by identity, file or file name.
    ///
    /// # Errors
    /// Where there is none ([`crate::ErrorKind::NotFound`], with names like it).
    pub fn article(&self, name: &str) -> Result<ArticleView, Error> {
        self.ask(|reader| reader.article(name))
    }

    /// What is in the index.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn stats(&self) -> Result<Stats, Error> {
        self.ask(Reader::stats)
    }

    /// Moves on to the newest commit: cheap, and searches under way are not disturbed. Where another process has rebuilt
    /// the index meanwhile, the new one is opened.
    ///
    /// # Errors
    /// Where it cannot be opened; the present one stays.
    pub fn reload(&self) -> Result<(), Error> {
        let reader = self.reader();
        if reader.is_in_place() && reader.reload().is_ok() {
            return Ok(());
        }
        let fresh = guarded(&self.dir, || open_reader(&self.dir))?;
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// What a person should know of the index: that it was written with other tables, say.
    pub fn warnings(&self) -> Vec<Warning> {
        self.reader().warnings().to_vec()
    }

    fn reader(&self) -> Arc<Reader> {
        Arc::clone(&self.reader.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn ask<T>(
        &self,
        ask: impl FnOnce(&Reader) -> Result<T, xinglin_query::Error>,
    ) -> Result<T, Error> {
        let reader = self.reader();
        guarded(&self.dir, || Ok(ask(&reader)?))
    }

    pub(crate) fn interpreter(&self, literal: bool) -> &dyn Interpreter {
        if literal { &Literal } else { &self.names }
    }
}

/// Opens what the manifest names; once more where a rebuild has put another index in its place meanwhile.
fn open_reader(dir: &Path) -> Result<Reader, Error> {
    let ours = fingerprints();
    let mut opened = Reader::open(dir, &ours);
    for _ in 0..3 {
        match &opened {
            Err(error) if matches!(error.kind(), xinglin_query::ErrorKind::Segments { .. }) => {
                opened = Reader::open(dir, &ours);
            }
            _ => break,
        }
    }
    Ok(opened?)
}

/// Asks, and names the damaged file where the answer is that, or none at all: damaged bytes can make tantivy panic.
fn guarded<T>(dir: &Path, ask: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let panicked = match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Err(error)) if *error.kind() == ErrorKind::Damaged => Err(error),
        Ok(answer) => return answer,
        Err(panic) => Ok(panic),
    };
    let found = check(dir).map(|report| report.problems).unwrap_or_default();
    let Some(problem) = found.first() else {
        let told = |panic: Box<dyn std::any::Any + Send>| match panic.downcast::<String>() {
            Ok(text) => *text,
            Err(panic) => panic.downcast_ref::<&str>().copied().unwrap_or_default().to_owned(),
        };
        return Err(panicked.map_or_else(
            |error| error,
            |panic| {
                Error::new(ErrorKind::Internal, format!("internal error, please report it: {}", told(panic)))
            },
        ));
    };
    let message = format!("{problem}: index the sources again with `--rebuild`");
    Err(Error::new(ErrorKind::Damaged, message))
}

/// What this program analyses with.
pub(crate) fn fingerprints() -> Fingerprints {
    Fingerprints {
        dictionary: format!("{:016x}", xinglin_text::Dictionary::embedded().fingerprint()),
        fold: format!("{:016x}", xinglin_text::fold_fingerprint()),
        gazetteers: format!("{:016x}", xinglin_entity::Gazetteer::fingerprint()),
    }
}

/// Checks the index in a folder: reads every byte of it once.
///
/// # Errors
/// Only where there is no index of ours at all; damage is reported, not returned as an error.
pub fn check(dir: impl AsRef<Path>) -> Result<CheckReport, Error> {
    Ok(xinglin_index::check(dir.as_ref())?)
}
