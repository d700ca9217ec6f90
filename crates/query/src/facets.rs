//! Counting facets by ordinal over the fast fields.

use std::collections::{BTreeSet, HashMap};

use tantivy::columnar::StrColumn;
use tantivy::error::DataCorruption;
use tantivy::{Searcher, SegmentReader};

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::collect::Matches;
use crate::columns::Snapshot;
use crate::request::FacetField;

/// More different values of one facet than any index has.
const MOST_VALUES: usize = 1 << 26;

/// How many different values a column has.
pub(crate) fn terms_of(column: &StrColumn, name: &str) -> tantivy::Result<usize> {
    // Damaged bytes can promise any number.
    let terms = Some(column.num_terms()).filter(|terms| *terms <= MOST_VALUES);
    let comment = || DataCorruption::comment_only(format!("the column {name} promises too many values"));
    Ok(terms.ok_or_else(comment)?)
}

/// A facet to be counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) field: FacetField,
    /// Of a hierarchical facet the node whose children are counted; the top level where `None`.
    pub(crate) under: Option<&'a str>,
    /// At most so many values; 0 for all.
    pub(crate) limit: usize,
}

impl Wanted<'_> {
    fn under(&self) -> Option<&str> {
        self.under.filter(|_| self.field.is_hierarchical())
    }

    fn keeps(&self, name: &str) -> bool {
        if !self.field.is_hierarchical() {
            return true;
        }
        match self.under {
            None => !name.contains('/'),
            Some(parent) => name
                .strip_prefix(parent)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| !rest.contains('/')),
        }
    }
}

/// How often each value of a facet stands in the matching articles: most frequent first, years in order.
pub(crate) fn count(
    snapshot: &Snapshot,
    matches: &Matches,
    wanted: Wanted<'_>,
) -> tantivy::Result<Vec<FacetCount>> {
    let mut totals: HashMap<FacetValue, usize> = HashMap::new();
    for ((segment, columns), docs) in snapshot.segments().zip(matches.segments()) {
        let slots = match wanted.under() {
            None => columns.slots(wanted.field, segment, docs.len())?,
            Some(_) => None,
        };
        if let Some(slots) = slots {
            for (value, count) in slots.count(docs) {
                add(&mut totals, value, count);
            }
        } else if wanted.field == FacetField::Year {
            count_years(segment, docs, &mut totals)?;
        } else {
            count_names(segment, docs, wanted, &mut totals)?;
        }
    }
    let mut counts: Vec<FacetCount> =
        totals.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    if wanted.field == FacetField::Year {
        counts.sort_by(|a, b| a.value.cmp(&b.value));
    } else {
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    if wanted.limit > 0 {
        counts.truncate(wanted.limit);
    }
    Ok(counts)
}

fn add(totals: &mut HashMap<FacetValue, usize>, value: &FacetValue, count: usize) {
    match totals.get_mut(value) {
        Some(total) => *total += count,
        None => {
            totals.insert(value.clone(), count);
        }
    }
}

fn count_years(
    segment: &SegmentReader,
    docs: &Bits,
    totals: &mut HashMap<FacetValue, usize>,
) -> tantivy::Result<()> {
    let Some(column) = segment.fast_fields().column_opt::<i64>(FacetField::Year.as_str())? else {
        return Ok(());
    };
    for doc in docs.iter() {
        if let Some(year) = column.first(doc).and_then(|year| i32::try_from(year).ok()) {
            *totals.entry(FacetValue::Number(year)).or_default() += 1;
        }
    }
    Ok(())
}

fn count_names(
    segment: &SegmentReader,
    docs: &Bits,
    wanted: Wanted<'_>,
    totals: &mut HashMap<FacetValue, usize>,
) -> tantivy::Result<()> {
    let Some(column): Option<StrColumn> = segment.fast_fields().str(wanted.field.as_str())? else {
        return Ok(());
    };
    let mut counts = vec![0u32; terms_of(&column, wanted.field.as_str())?];
    for doc in docs.iter() {
        for ordinal in column.term_ords(doc) {
            if let Some(count) = counts.get_mut(ordinal as usize) {
                *count += 1;
            }
        }
    }
    let used: Vec<u64> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(ordinal, _)| ordinal as u64)
        .collect();
    let mut frequencies = counts.into_iter().filter(|count| *count > 0);
    // In one walk: a look-up of a single name unpacks a whole block of them.
    column.dictionary().sorted_ords_to_term_cb(&used, |name| {
        let count = frequencies.next().unwrap_or_default() as usize;
        if let Ok(name) = std::str::from_utf8(name)
            && wanted.keeps(name)
        {
            add(totals, &FacetValue::Text(name.to_owned()), count);
        }
    })?;
    Ok(())
}

/// The distinct values of a field over all documents that are not deleted.
pub(crate) fn values(searcher: &Searcher, field: &str) -> tantivy::Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let Some(column) = segment.fast_fields().str(field)? else { continue };
        let mut alive = vec![!segment.has_deletes(); terms_of(&column, field)?];
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
