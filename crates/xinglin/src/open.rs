//! An index opened for searching.

use std::path::Path;

use xinglin_index_schema::Fingerprints;
use xinglin_query::{
    Answer, ArticleView, FacetAnswer, Interpreter, Literal, Reader, RecordAnswer, RecordLookup, Request,
    Stats,
};

pub use xinglin_index::CheckReport;

use crate::error::Error;
use crate::names::Names;
use crate::request::{FacetRequest, RecordRequest, SearchRequest};

/// An index opened for searching. Opening maps files and reads nothing else; searching needs `&self` only, so one
/// `Index` serves any number of threads. Each answer comes from one commit.
pub struct Index {
    reader: Reader,
    names: Names,
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// Where there is none, it is not ours, of another format, or damaged.
    pub fn open(dir: impl AsRef<Path>) -> Result<Index, Error> {
        Ok(Index { reader: Reader::open(dir.as_ref(), &fingerprints())?, names: Names::embedded() })
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
            snippet_width: request.snippet_width,
        };
        Ok(self.reader.search(&asked, self.interpreter(request.literal))?)
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
            ..Request::new(request.query.clone())
        };
        Ok(self.reader.facets(&asked, self.interpreter(request.literal))?)
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
        };
        Ok(self.reader.records(&lookup, self.interpreter(request.literal))?)
    }

    /// One article, whole: by identity, file or file name.
    ///
    /// # Errors
    /// Where there is none ([`crate::ErrorKind::NotFound`], with names like it).
    pub fn article(&self, name: &str) -> Result<ArticleView, Error> {
        Ok(self.reader.article(name)?)
    }

    /// What is in the index.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn stats(&self) -> Result<Stats, Error> {
        Ok(self.reader.stats()?)
    }

    /// Moves on to the newest commit: cheap, and searches under way are not disturbed.
    ///
    /// # Errors
    /// Where it cannot be opened; the present one stays.
    pub fn reload(&self) -> Result<(), Error> {
        Ok(self.reader.reload()?)
    }

    /// What a person should know of the index: that it was written with other tables, say.
    pub fn warnings(&self) -> &[String] {
        self.reader.warnings()
    }

    fn interpreter(&self, literal: bool) -> &dyn Interpreter {
        if literal { &Literal } else { &self.names }
    }
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
