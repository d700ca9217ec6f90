//! Counting facets by ordinal over the fast fields.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::answer::{FacetCount, FacetValue};
use crate::request::FacetField;

/// More different values of one facet than any index has.
const MOST_VALUES: usize = 1 << 26;

/// Counts one facet, segment by segment.
pub(crate) struct Counter {
    field: FacetField,
    under: Option<String>,
    here: Segment,
    totals: HashMap<String, usize>,
    years: BTreeMap<i32, usize>,
}

enum Segment {
    None,
    Names { column: StrColumn, counts: Vec<u32> },
    Years(Column<i64>),
}

impl Counter {
    /// A counter for a facet; of a hierarchical one only the children of `under` (or the top level) are kept.
    pub(crate) fn new(field: FacetField, under: Option<&str>) -> Counter {
        let under = under.filter(|_| field.is_hierarchical()).map(str::to_owned);
        Counter { field, under, here: Segment::None, totals: HashMap::new(), years: BTreeMap::new() }
    }

    /// The facet that is counted.
    pub(crate) fn field(&self) -> FacetField {
        self.field
    }

    /// Begins a segment.
    pub(crate) fn enter(&mut self, segment: &SegmentReader) -> tantivy::Result<()> {
        let columns = segment.fast_fields();
        let name = self.field.as_str();
        self.here = if self.field == FacetField::Year {
            columns.column_opt::<i64>(name)?.map_or(Segment::None, Segment::Years)
        } else {
            match columns.str(name)? {
                Some(column) => {
                    // Damaged bytes can promise any number.
                    let terms = Some(column.num_terms()).filter(|terms| *terms <= MOST_VALUES);
                    let comment = format!("the column {name} promises too many values");
                    let counts = vec![0; terms.ok_or_else(|| DataCorruption::comment_only(comment))?];
                    Segment::Names { column, counts }
                }
                None => Segment::None,
            }
        };
        Ok(())
    }

    /// Counts one document of the segment.
    pub(crate) fn count(&mut self, doc: DocId) {
        match &mut self.here {
            Segment::None => {}
            Segment::Names { column, counts } => {
                for ordinal in column.term_ords(doc) {
                    if let Some(count) = counts.get_mut(ordinal as usize) {
                        *count += 1;
                    }
                }
            }
            Segment::Years(column) => {
                if let Some(year) = column.first(doc).and_then(|year| i32::try_from(year).ok()) {
                    *self.years.entry(year).or_default() += 1;
                }
            }
        }
    }

    /// Ends a segment: ordinals become names.
    pub(crate) fn leave(&mut self) -> tantivy::Result<()> {
        if let Segment::Names { column, counts } = std::mem::replace(&mut self.here, Segment::None) {
            let mut name = String::new();
            for (ordinal, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                name.clear();
                if column.ord_to_str(ordinal as u64, &mut name)? && self.keeps(&name) {
                    *self.totals.entry(name.clone()).or_default() += count as usize;
                }
            }
        }
        Ok(())
    }

    fn keeps(&self, name: &str) -> bool {
        if !self.field.is_hierarchical() {
            return true;
        }
        match &self.under {
            None => !name.contains('/'),
            Some(parent) => name
                .strip_prefix(parent.as_str())
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| !rest.contains('/')),
        }
    }

    /// The counts: most frequent first, years in order; at most `limit` (0 for all).
    pub(crate) fn finish(self, limit: usize) -> Vec<FacetCount> {
        let mut counts: Vec<FacetCount> = if self.field == FacetField::Year {
            let years = self.years.into_iter();
            years.map(|(year, count)| FacetCount { value: FacetValue::Number(year), count }).collect()
        } else {
            let mut counts: Vec<FacetCount> = self
                .totals
                .into_iter()
                .map(|(name, count)| FacetCount { value: FacetValue::Text(name), count })
                .collect();
            counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            counts
        };
        if limit > 0 {
            counts.truncate(limit);
        }
        counts
    }
}

/// The distinct values of a field over all documents that are not deleted.
pub(crate) fn values(searcher: &Searcher, field: &str) -> tantivy::Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let Some(column) = segment.fast_fields().str(field)? else { continue };
        let mut alive = vec![!segment.has_deletes(); column.num_terms()];
        if segment.has_deletes() {
            for doc in segment.doc_ids_alive() {
                for ordinal in column.term_ords(doc) {
                    if let Some(seen) = alive.get_mut(ordinal as usize) {
                        *seen = true;
                    }
                }
            }
        }
        let mut name = String::new();
        for (ordinal, _) in alive.iter().enumerate().filter(|(_, alive)| **alive) {
            name.clear();
            if column.ord_to_str(ordinal as u64, &mut name)? {
                all.insert(name.clone());
            }
        }
    }
    Ok(all)
}
