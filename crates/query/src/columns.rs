//! What an open index keeps in memory of each segment: which documents are articles that live, and, once enough was
//! counted to pay for it, the facet values of each document as small numbers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::directory::OwnedBytes;
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError};
use xinglin_index_schema::{Fields, Kind};

use crate::answer::FacetValue;
use crate::bits::Bits;
use crate::request::FacetField;

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
        let slots = Slots::read(field, segment)?;
        Ok(Some(facet.slots.get_or_init(|| slots)))
    }
}

fn living_articles(segment: &SegmentReader) -> tantivy::Result<Bits> {
    let fields = Fields::of(segment.schema())?;
    let term = fields.kind_term(Kind::Record);
    let mut articles = Bits::full(segment.max_doc());
    let postings = segment.inverted_index(fields.kind)?.read_postings(&term, IndexRecordOption::Basic)?;
    if let Some(mut postings) = postings {
        while postings.doc() != TERMINATED {
            articles.remove(postings.doc());
            postings.advance();
        }
    }
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

/// The values of one facet: of a hierarchical one the top level alone.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// Each value once.
    values: Vec<FacetValue>,
    /// Where the values of each document begin in `slots`; one more at the end.
    starts: Vec<u32>,
    /// Places in `values`.
    slots: Vec<u32>,
}

impl Slots {
    fn read(field: FacetField, segment: &SegmentReader) -> tantivy::Result<Slots> {
        let columns = segment.fast_fields();
        if field == FacetField::Year {
            let Some(column) = columns.column_opt::<i64>(field.as_str())? else {
                return Ok(Slots::default());
            };
            let mut years: Vec<FacetValue> = Vec::new();
            return Ok(Slots::of_each(segment, |doc, slots| {
                let Some(year) = column.first(doc).and_then(|year| i32::try_from(year).ok()) else { return };
                let year = FacetValue::Number(year);
                let at = years.iter().position(|known| *known == year).unwrap_or_else(|| {
                    years.push(year);
                    years.len() - 1
                });
                slots.push(at as u32);
            })
            .with_values(years));
        }
        let Some(column) = columns.str(field.as_str())? else { return Ok(Slots::default()) };
        let (values, slot_of) =
            kept_values(&column, crate::facets::terms_of(&column, field.as_str())?, |name| {
                !field.is_hierarchical() || !name.contains('/')
            })?;
        let slots = Slots::of_each(segment, |doc, slots| {
            let ordinals = column.term_ords(doc);
            slots.extend(
                ordinals
                    .filter_map(|ordinal| slot_of.get(ordinal as usize).copied())
                    .filter(|slot| *slot != DROPPED),
            );
        });
        Ok(slots.with_values(values))
    }

    fn of_each(segment: &SegmentReader, mut add: impl FnMut(DocId, &mut Vec<u32>)) -> Slots {
        let mut slots = Vec::with_capacity(segment.max_doc() as usize);
        let mut starts = Vec::with_capacity(segment.max_doc() as usize + 1);
        for doc in 0..segment.max_doc() {
            starts.push(slots.len() as u32);
            add(doc, &mut slots);
        }
        starts.push(slots.len() as u32);
        Slots { values: Vec::new(), starts, slots }
    }

    fn with_values(self, values: Vec<FacetValue>) -> Slots {
        Slots { values, ..self }
    }

    /// How often each value stands in a set of documents; values that stand nowhere are left out.
    pub(crate) fn count(&self, docs: &Bits) -> impl Iterator<Item = (&FacetValue, usize)> {
        let mut counts = vec![0u32; self.values.len()];
        for doc in docs.iter() {
            let Some([start, end]) = self.starts.get(doc as usize..doc as usize + 2) else { continue };
            for slot in self.slots.get(*start as usize..*end as usize).unwrap_or_default() {
                if let Some(count) = counts.get_mut(*slot as usize) {
                    *count += 1;
                }
            }
        }
        let counted = self.values.iter().zip(counts);
        counted.filter(|(_, count)| *count > 0).map(|(value, count)| (value, count as usize))
    }
}

const DROPPED: u32 = u32::MAX;

/// The values of a column that are kept, and for each ordinal its place among them or [`DROPPED`].
fn kept_values(
    column: &StrColumn,
    terms: usize,
    keep: impl Fn(&str) -> bool,
) -> tantivy::Result<(Vec<FacetValue>, Vec<u32>)> {
    let mut values = Vec::new();
    let mut slot_of = Vec::with_capacity(terms);
    let mut names = column.dictionary().stream()?;
    while names.advance() {
        let name = std::str::from_utf8(names.key()).unwrap_or_default();
        if keep(name) {
            slot_of.push(values.len() as u32);
            values.push(FacetValue::Text(name.to_owned()));
        } else {
            slot_of.push(DROPPED);
        }
    }
    Ok((values, slot_of))
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
