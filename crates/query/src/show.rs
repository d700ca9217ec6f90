//! One article, whole.

use std::collections::BTreeSet;

use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, Term};
use xinglin_index_schema::{StoredArticle, StoredRecord};

use crate::answer::{ArticleView, Record};
use crate::error::{Error, ErrorKind};
use crate::filter::nearest;
use crate::reader::Reader;
use crate::stored::told;

/// Most names that are looked through for one that was mistyped.
const MAX_NAMES: usize = 200_000;

impl Reader {
    /// The article of that identity, file or file name.
    ///
    /// # Errors
    /// Where there is none, with the names most like it; where several have that name, with those.
    pub fn article(&self, name: &str) -> Result<ArticleView, Error> {
        let snapshot = self.snapshot();
        let called = TermQuery::new(Term::from_field_text(self.fields.name, name), IndexRecordOption::Basic);
        let mut found: Vec<StoredArticle> = Vec::new();
        for address in self.addresses(&snapshot.searcher, &called)? {
            found.push(self.stored(&snapshot, address)?);
        }
        let exact = found.iter().position(|article| article.id == name);
        let only = if found.len() == 1 { Some(0) } else { exact };
        if let Some(at) = only {
            return Ok(self.view(found.swap_remove(at)));
        }
        let nearest = if found.is_empty() {
            self.names_like(&snapshot.searcher, name)?
        } else {
            found.into_iter().take(5).map(|article| article.id).collect()
        };
        Err(ErrorKind::NoArticle { name: name.to_owned(), nearest }.into())
    }

    fn names_like(&self, searcher: &Searcher, name: &str) -> Result<Vec<String>, Error> {
        let mut names = BTreeSet::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.name).map_err(|source| self.wrap(source))?;
            let mut terms = inverted.terms().stream().map_err(|source| self.wrap(source.into()))?;
            while names.len() < MAX_NAMES && terms.advance() {
                names.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        Ok(nearest(&xinglin_text::fold_str(name), names.iter().map(String::as_str)))
    }

    fn view(&self, article: StoredArticle) -> ArticleView {
        let told = |record: &StoredRecord| {
            let evidence = article.text.get(record.start..record.end).unwrap_or_default();
            told(&article, &article.title, evidence, record)
        };
        let mut records: Vec<Record> = article.records.iter().map(told).collect();
        records.sort_by_key(|record| record.evidence.start);
        ArticleView {
            id: article.id,
            file: article.file,
            title: article.title,
            published: article.published,
            year: article.year,
            source: article.source,
            url: article.url,
            subjects: article.subjects,
            regions: article.regions,
            specialties: article.specialties,
            records,
            text: article.text,
            noise: article.noise,
        }
    }

    pub(crate) fn addresses(&self, searcher: &Searcher, query: &dyn Query) -> Result<Vec<DocAddress>, Error> {
        let wrap = |source| self.wrap(source);
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(wrap)?;
        let mut found = Vec::new();
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            weight
                .for_each_no_score(segment, &mut |docs| {
                    let alive = docs.iter().filter(|doc| !segment.is_deleted(**doc));
                    found.extend(alive.map(|doc| DocAddress::new(ordinal as u32, *doc)));
                })
                .map_err(wrap)?;
        }
        Ok(found)
    }
}
