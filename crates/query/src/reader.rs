//! An index opened for reading.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxBuildHasher;
use tantivy::collector::Count;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, Term};
use xinglin_index_schema::{CommitNote, Fields, Fingerprints, Kind, Manifest, Unpacker, open_for_reading};

use crate::answer::Stats;
use crate::columns::{Cache, Snapshot};
use crate::error::{Error, ErrorKind};
use crate::literal::damage;
use crate::suggest::NamesCache;

/// An index opened for reading. Every answer comes from one commit; [`Reader::reload`] moves on to the newest.
pub struct Reader {
    dir: PathBuf,
    pub(crate) segments: PathBuf,
    manifest: Manifest,
    index: Index,
    inner: IndexReader,
    columns: Cache,
    pub(crate) unpacker: Unpacker,
    pub(crate) names: NamesCache,
    pub(crate) fields: Fields,
    warnings: Vec<Warning>,
}

/// What a person should know of an index that answers rightly all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// Its facts were read with other gazetteers.
    #[error("{} holds facts read with other gazetteers: index the sources again with `--rebuild`", .dir.display())]
    OtherGazetteers {
        /// The index.
        dir: PathBuf,
    },
    /// It has an older format, which can be read but not written to.
    #[error("{} has the older index format {format}: index the sources again with `--rebuild`", .dir.display())]
    OlderFormat {
        /// The index.
        dir: PathBuf,
        /// Its format.
        format: u32,
    },
}

impl Reader {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// Where there is none, it is not ours, of another format, or damaged.
    pub fn open(dir: &Path, ours: &Fingerprints) -> Result<Reader, Error> {
        let manifest = Manifest::read(dir).map_err(ErrorKind::Manifest)?;
        manifest.check_terms(dir, ours).map_err(ErrorKind::Manifest)?;
        let segments = dir.join(&manifest.segments);
        let wrap = |source| Error::from(ErrorKind::Segments { dir: segments.clone(), source });
        let index = open_for_reading(&segments).map_err(wrap)?;
        let fields = Fields::of(&index.schema()).map_err(wrap)?;
        let inner: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(wrap)?;
        let mut ours = ours.clone();
        // What a person's own gazetteers added (after the `+`) is in the index; reading it needs only the built-in ones.
        let written = &manifest.fingerprints.gazetteers;
        if written.split('+').next() == Some(ours.gazetteers.as_str()) {
            ours.gazetteers.clone_from(written);
        }
        let mut warnings: Vec<Warning> = Vec::new();
        if !manifest.differences(&ours).is_empty() {
            warnings.push(Warning::OtherGazetteers { dir: dir.to_owned() });
        }
        if !manifest.is_current() {
            warnings.push(Warning::OlderFormat { dir: dir.to_owned(), format: manifest.format });
        }
        Ok(Reader {
            dir: dir.to_owned(),
            unpacker: Unpacker::new(&segments),
            names: NamesCache::default(),
            segments,
            manifest,
            index,
            inner,
            columns: Cache::default(),
            fields,
            warnings,
        })
    }

    /// Whether the manifest still names the segments that were opened: a rebuild puts others in their place.
    pub fn is_in_place(&self) -> bool {
        Manifest::read(&self.dir).is_ok_and(|manifest| manifest == self.manifest)
    }

    /// The index's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What a person should know of the index: that it was written with other tables, say.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Moves on to the newest commit.
    ///
    /// # Errors
    /// Where it cannot be opened; the present one stays.
    pub fn reload(&self) -> Result<(), Error> {
        self.inner.reload().map_err(|source| self.wrap(source))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.inner.searcher()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.searcher(), &self.columns)
    }

    pub(crate) fn wrap(&self, source: tantivy::TantivyError) -> Error {
        ErrorKind::Segments { dir: self.segments.clone(), source }.into()
    }

    /// Answers, or says that damaged bytes were met on the way: cursors over letters can only note that.
    pub(crate) fn whole<T>(&self, answer: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        // What another question of this thread met is no matter of this one.
        let _ = damage::met();
        let answer = answer()?;
        damage::met().map_err(|source| self.wrap(source))?;
        Ok(answer)
    }

    pub(crate) fn kind_query(&self, kind: Kind) -> TermQuery {
        TermQuery::new(self.fields.kind_term(kind), IndexRecordOption::Basic)
    }

    /// What is in the index.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn stats(&self) -> Result<Stats, Error> {
        let wrap = |source| self.wrap(source);
        let searcher = self.searcher();
        let count = |kind| searcher.search(&self.kind_query(kind), &Count).map_err(wrap);
        let note = self.commit_note()?;
        Ok(Stats {
            articles: count(Kind::Article)?,
            records: count(Kind::Record)?,
            regions: self.distinct(&searcher, "region")?,
            institutions: self.distinct(&searcher, "institution")?,
            specialties: self.distinct(&searcher, "specialty")?,
            years: self.years(&searcher).map_err(wrap)?,
            bytes: folder_bytes(&self.dir),
            format: self.manifest.format,
            created: self.manifest.created.clone(),
            updated: note.updated,
        })
    }

    fn commit_note(&self) -> Result<CommitNote, Error> {
        let meta = self.index.load_metas().map_err(|source| self.wrap(source))?;
        Ok(meta.payload.and_then(|payload| CommitNote::of_payload(&payload).ok()).unwrap_or_default())
    }

    fn distinct(&self, searcher: &Searcher, field: &str) -> Result<usize, Error> {
        crate::facets::distinct(searcher, field).map_err(|source| self.wrap(source))
    }

    fn years(&self, searcher: &Searcher) -> tantivy::Result<Option<[i32; 2]>> {
        let mut span: Option<[i32; 2]> = None;
        for segment in searcher.segment_readers() {
            let Some(years) = segment.fast_fields().column_opt::<i64>("year")? else { continue };
            if !segment.has_deletes() && years.values.num_vals() > 0 {
                let ends = (i32::try_from(years.min_value()), i32::try_from(years.max_value()));
                if let (Ok(least), Ok(most)) = ends {
                    let [first, last] = span.unwrap_or([least, most]);
                    span = Some([first.min(least), last.max(most)]);
                    continue;
                }
            }
            for doc in segment.doc_ids_alive() {
                let Some(year) = years.first(doc).and_then(|year| i32::try_from(year).ok()) else { continue };
                let [first, last] = span.unwrap_or([year, year]);
                span = Some([first.min(year), last.max(year)]);
            }
        }
        Ok(span)
    }
}

/// BM25's statistics over articles alone: records are documents too, but have no body to be long or short.
pub(crate) struct ArticleStatistics<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) articles: u64,
    /// Where the lists of terms lie that were asked for.
    known: Mutex<HashMap<Term, TermInfos, FxBuildHasher>>,
}

/// Where a term's list lies in each segment.
type TermInfos = Arc<[Option<TermInfo>]>;

impl<'a> ArticleStatistics<'a> {
    pub(crate) fn of(reader: &Reader, searcher: &'a Searcher) -> tantivy::Result<ArticleStatistics<'a>> {
        let articles = searcher.doc_freq(&reader.fields.kind_term(Kind::Article))?;
        Ok(ArticleStatistics { searcher, articles, known: Mutex::default() })
    }

    /// Where a term's list lies in a segment, if that has it.
    pub(crate) fn term_info(&self, term: &Term, ordinal: usize) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.term_infos(term)?.get(ordinal).cloned().flatten())
    }

    fn term_infos(&self, term: &Term) -> tantivy::Result<TermInfos> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(infos) = known().get(term) {
            return Ok(Arc::clone(infos));
        }
        let of_segment = |segment: &SegmentReader| -> tantivy::Result<Option<TermInfo>> {
            Ok(segment.inverted_index(term.field())?.get_term_info(term)?)
        };
        let infos: TermInfos =
            self.searcher.segment_readers().iter().map(of_segment).collect::<Result<_, _>>()?;
        known().insert(term.clone(), Arc::clone(&infos));
        Ok(infos)
    }
}

impl Bm25StatisticsProvider for ArticleStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles.max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // Filter terms (regions, levels…) stand on records as well, and BM25 asserts that no term is commoner than all.
        let in_segments =
            self.term_infos(term)?.iter().flatten().map(|info| u64::from(info.doc_freq)).sum::<u64>();
        Ok(in_segments.min(self.articles.max(1)))
    }
}

fn folder_bytes(dir: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => folder_bytes(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}
