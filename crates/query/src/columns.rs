//! What an open index keeps in memory of each segment: which documents are articles that live, and, once enough was
//! counted to pay for it, the facet values of each document as small numbers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::directory::OwnedBytes;
use tantivy::postings::TermInfo;
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

/// In the time that a few documents are counted and their values' names are unpacked, so many documents' values are read.
const COUNTING: usize = 2_000;

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
    /// How many documents were counted by reading the column, or could have been in the time.
    counted: AtomicUsize,
    slots: OnceLock<Slots>,
}

impl SegmentColumns {
    /// The articles that were not deleted.
    pub(crate) fn articles(&self, segment: &SegmentReader) -> tantivy::Result<&Bits> {
        if let Some(articles) = self.articles.get() {
            return Ok(articles);
        }
        let mut articles = listed(Kind::Article, segment)?;
        remove_deleted(&mut articles, segment);
        Ok(self.articles.get_or_init(|| articles))
    }

    /// All records, deleted ones too.
    pub(crate) fn listed_records(&self, segment: &SegmentReader) -> tantivy::Result<&Bits> {
        if let Some(records) = self.listed_records.get() {
            return Ok(records);
        }
        let records = listed(Kind::Record, segment)?;
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
        if facet.counted.fetch_add(to_count + COUNTING, Ordering::Relaxed) < segment.max_doc() as usize {
            return Ok(None);
        }
        let slots = Slots::read(field, segment, self.numbers(segment)?)?;
        Ok(Some(facet.slots.get_or_init(|| slots)))
    }
}

/// All articles or all records, deleted ones too. A document is one or the other, so the shorter list tells of both.
fn listed(kind: Kind, segment: &SegmentReader) -> tantivy::Result<Bits> {
    let fields = Fields::of(segment.schema())?;
    let index = segment.inverted_index(fields.kind)?;
    let info = |kind| index.get_term_info(&fields.kind_term(kind));
    let other = if kind == Kind::Article { Kind::Record } else { Kind::Article };
    let (own, others) = (info(kind)?, info(other)?);
    let count = |info: &Option<TermInfo>| info.as_ref().map_or(0, |info| info.doc_freq);
    let complete = count(&own) + count(&others) == segment.max_doc();
    let by_others = complete && count(&others) < count(&own);
    let mut documents = Bits::empty(segment.max_doc());
    if let Some(info) = if by_others { others } else { own } {
        let list = index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        add_all(list, &mut documents);
    }
    if by_others {
        let mut rest = Bits::full(segment.max_doc());
        rest.subtract(&documents);
        return Ok(rest);
    }
    Ok(documents)
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
