//! What an open index keeps in memory of each segment: which documents are articles that live, and, once enough was
//! counted to pay for it, the facet values of each document as small numbers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyError};
use xinglin_index_schema::{Fields, Kind};

use crate::bits::{Bits, Numbers};
use crate::request::FacetField;
use crate::slots::Slots;
use crate::term_sets::add_all;

/// Blocks of stored articles that stay in memory, a few kilobytes each.
const STORE_BLOCKS: usize = 64;

/// The segments of all commits that were searched lately.
#[derive(Default)]
pub(crate) struct Cache {
    segments: Mutex<HashMap<String, Arc<SegmentColumns>>>,
}

impl Cache {
    /// What is kept of each segment of a searcher, in their order. Segments that it does not have are forgotten.
    pub(crate) fn of(&self, searcher: &Searcher) -> Vec<Arc<SegmentColumns>> {
        let mut known = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        let readers = searcher.segment_readers();
        let name = |segment: &SegmentReader| {
            format!("{}.{:?}", segment.segment_id().uuid_string(), segment.delete_opstamp())
        };
        let present: Vec<(String, Arc<SegmentColumns>)> = readers
            .iter()
            .map(|segment| {
                let name = name(segment);
                let columns = known.get(&name).cloned().unwrap_or_default();
                (name, columns)
            })
            .collect();
        if present.len() != known.len() || present.iter().any(|(name, _)| !known.contains_key(name)) {
            *known = present.iter().cloned().collect();
        }
        present.into_iter().map(|(_, columns)| columns).collect()
    }
}

/// What is kept of one segment.
#[derive(Default)]
pub(crate) struct SegmentColumns {
    articles: OnceLock<Bits>,
    listed_records: OnceLock<Bits>,
    numbers: OnceLock<Numbers>,
    store: OnceLock<StoreReader>,
    facets: [Facet; FacetField::ALL.len()],
}

#[derive(Default)]
struct Facet {
    /// How many documents were counted by reading the column.
    counted: AtomicUsize,
    slots: OnceLock<Slots>,
}

impl SegmentColumns {
    /// The articles that were not deleted.
    pub(crate) fn articles(&self, segment: &SegmentReader) -> tantivy::Result<&Bits> {
        if let Some(articles) = self.articles.get() {
            return Ok(articles);
        }
        let articles = living_articles(segment)?;
        Ok(self.articles.get_or_init(|| articles))
    }

    /// All records, deleted ones too.
    pub(crate) fn listed_records(&self, segment: &SegmentReader) -> tantivy::Result<&Bits> {
        if let Some(records) = self.listed_records.get() {
            return Ok(records);
        }
        let records = listed_records(segment)?;
        Ok(self.listed_records.get_or_init(|| records))
    }

    /// The articles or the records that were not deleted.
    pub(crate) fn living(&self, kind: Kind, segment: &SegmentReader) -> tantivy::Result<Bits> {
        if kind == Kind::Article {
            return self.articles(segment).cloned();
        }
        let mut records = self.listed_records(segment)?.clone();
        remove_deleted(&mut records, segment);
        Ok(records)
    }

    /// The numbers of the articles that were not deleted.
    pub(crate) fn numbers(&self, segment: &SegmentReader) -> tantivy::Result<&Numbers> {
        let articles = self.articles(segment)?;
        Ok(self.numbers.get_or_init(|| Numbers::of(articles)))
    }

    /// The stored articles.
    pub(crate) fn store(&self, segment: &SegmentReader) -> tantivy::Result<&StoreReader> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let store = segment.get_store_reader(STORE_BLOCKS)?;
        Ok(self.store.get_or_init(|| store))
    }

    /// The values of a facet, where as many documents were counted as reading all of them costs.
    pub(crate) fn slots(
        &self,
        field: FacetField,
        segment: &SegmentReader,
        to_count: usize,
    ) -> tantivy::Result<Option<&Slots>> {
        let Some(facet) = self.facets.get(field as usize) else { return Ok(None) };
        if let Some(slots) = facet.slots.get() {
            return Ok(Some(slots));
        }
        if facet.counted.fetch_add(to_count, Ordering::Relaxed) < segment.max_doc() as usize {
            return Ok(None);
        }
        let slots = Slots::read(field, segment, self.numbers(segment)?)?;
        Ok(Some(facet.slots.get_or_init(|| slots)))
    }
}

/// All records, deleted ones too.
fn listed_records(segment: &SegmentReader) -> tantivy::Result<Bits> {
    let fields = Fields::of(segment.schema())?;
    let term = fields.kind_term(Kind::Record);
    let mut records = Bits::empty(segment.max_doc());
    let postings =
        segment.inverted_index(fields.kind)?.read_block_postings(&term, IndexRecordOption::Basic)?;
    if let Some(postings) = postings {
        add_all(postings, &mut records);
    }
    Ok(records)
}

fn living_articles(segment: &SegmentReader) -> tantivy::Result<Bits> {
    let mut articles = Bits::full(segment.max_doc());
    articles.subtract(&listed_records(segment)?);
    remove_deleted(&mut articles, segment);
    Ok(articles)
}

/// Takes out what was deleted.
pub(crate) fn remove_deleted(bits: &mut Bits, segment: &SegmentReader) {
    if segment.has_deletes() {
        for doc in 0..segment.max_doc() {
            if segment.is_deleted(doc) {
                bits.remove(doc);
            }
        }
    }
}

/// One commit, and what is kept of its segments: what a whole answer is drawn from.
pub(crate) struct Snapshot {
    pub(crate) searcher: Searcher,
    columns: Vec<Arc<SegmentColumns>>,
}

impl Snapshot {
    pub(crate) fn new(searcher: Searcher, cache: &Cache) -> Snapshot {
        let columns = cache.of(&searcher);
        Snapshot { searcher, columns }
    }

    /// The bytes of a stored document.
    pub(crate) fn document(&self, address: DocAddress) -> tantivy::Result<OwnedBytes> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let Some(columns) = self.columns.get(address.segment_ord as usize) else {
            return Err(TantivyError::InvalidArgument("a segment of another commit".to_owned()));
        };
        columns.store(segment)?.get_document_bytes(address.doc_id)
    }

    /// The segments with what is kept of each, in order.
    pub(crate) fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &SegmentColumns)> {
        self.searcher.segment_readers().iter().zip(self.columns.iter().map(Arc::as_ref))
    }
}
