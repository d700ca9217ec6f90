//! Counting facets by ordinal over the fast fields.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use tantivy::columnar::StrColumn;
use tantivy::error::DataCorruption;
use tantivy::{Searcher, SegmentReader};

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::columns::Snapshot;
use crate::facet_lists::count_by_lists;
use crate::matches::Matches;
use crate::request::FacetField;
use crate::values::for_each_value;

/// More different values of one facet than any index has.
const MOST_VALUES: usize = 1 << 26;

/// How many different values a column has.
pub(crate) fn terms_of(column: &StrColumn, name: &str) -> tantivy::Result<usize> {
    // Damaged bytes can promise any number.
    let terms = Some(column.num_terms()).filter(|terms| *terms <= MOST_VALUES);
    let comment = || DataCorruption::comment_only(format!("the column {name} promises too many values"));
    Ok(terms.ok_or_else(comment)?)
}

/// How often each value stands.
type Totals<'a> = HashMap<Cow<'a, FacetValue>, usize, FxBuildHasher>;

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
    pub(crate) fn under(&self) -> Option<&str> {
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

/// Articles whose facets are counted.
pub(crate) struct Counted<'a> {
    snapshot: &'a Snapshot,
    matches: &'a Matches,
    /// Of each segment how many match, and the matches by the numbers of the articles, once a facet asked for them.
    numbered: Vec<(usize, OnceCell<Bits>)>,
}

impl<'a> Counted<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, matches: &'a Matches) -> Counted<'a> {
        let numbered = matches.segments().map(|docs| (docs.len(), OnceCell::new())).collect();
        Counted { snapshot, matches, numbered }
    }

    /// How often each value of a facet stands in the articles: most frequent first, years in order.
    pub(crate) fn count(&self, wanted: Wanted<'_>) -> tantivy::Result<Vec<FacetCount>> {
        let mut totals = Totals::default();
        let segments = self.snapshot.segments().zip(self.matches.segments()).zip(&self.numbered);
        for (((segment, columns), docs), (count, numbered)) in segments {
            if *count == 0 {
                continue;
            }
            let slots = match wanted.under() {
                None => columns.slots(wanted.field, segment, *count)?,
                Some(_) => None,
            };
            if let Some(slots) = slots {
                let numbers = columns.numbers(segment)?;
                let numbered = || numbered.get_or_init(|| numbers.number(docs));
                for (value, count) in slots.count(docs, *count, numbers, numbered) {
                    add(&mut totals, Cow::Borrowed(value), count);
                }
            } else if let Some(counts) = count_by_lists(segment, docs, wanted)? {
                counts.into_iter().for_each(|(value, count)| add(&mut totals, Cow::Owned(value), count));
            } else if wanted.field == FacetField::Year {
                count_years(segment, docs, &mut totals)?;
            } else {
                count_names(segment, docs, wanted, &mut totals)?;
            }
        }
        Ok(in_order(totals, wanted))
    }
}

fn in_order(totals: Totals<'_>, wanted: Wanted<'_>) -> Vec<FacetCount> {
    let mut counts: Vec<(Cow<'_, FacetValue>, usize)> = totals.into_iter().collect();
    if wanted.field == FacetField::Year {
        counts.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    } else {
        counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    if wanted.limit > 0 {
        counts.truncate(wanted.limit);
    }
    counts.into_iter().map(|(value, count)| FacetCount { value: value.into_owned(), count }).collect()
}

fn add<'a>(totals: &mut Totals<'a>, value: Cow<'a, FacetValue>, count: usize) {
    *totals.entry(value).or_default() += count;
}

fn count_years(segment: &SegmentReader, docs: &Bits, totals: &mut Totals<'_>) -> tantivy::Result<()> {
    let Some(column) = segment.fast_fields().column_opt::<i64>(FacetField::Year.as_str())? else {
        return Ok(());
    };
    let mut counts: HashMap<i64, usize, FxBuildHasher> = HashMap::default();
    let mut last = None;
    for_each_value(&column, docs.iter(), |doc, year| {
        // One year an article, the first where it has several.
        if last.replace(doc) != Some(doc) {
            *counts.entry(year).or_default() += 1;
        }
    });
    for (year, count) in counts {
        if let Ok(year) = i32::try_from(year) {
            add(totals, Cow::Owned(FacetValue::Number(year)), count);
        }
    }
    Ok(())
}

fn count_names(
    segment: &SegmentReader,
    docs: &Bits,
    wanted: Wanted<'_>,
    totals: &mut Totals<'_>,
) -> tantivy::Result<()> {
    let Some(column): Option<StrColumn> = segment.fast_fields().str(wanted.field.as_str())? else {
        return Ok(());
    };
    let mut counts = vec![0u32; terms_of(&column, wanted.field.as_str())?];
    for_each_value(column.ords(), docs.iter(), |_, ordinal| {
        if let Some(count) = counts.get_mut(ordinal as usize) {
            *count += 1;
        }
    });
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
            add(totals, Cow::Owned(FacetValue::Text(name.to_owned())), count);
        }
    })?;
    Ok(())
}

/// Distinct names in order, one after another in one place.
#[derive(Debug, Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    /// Where each begins and ends.
    spans: Vec<(usize, usize)>,
}

impl Names {
    /// The distinct values of a field over all documents that are not deleted.
    pub(crate) fn of(searcher: &Searcher, field: &str) -> tantivy::Result<Names> {
        let mut all = Names::default();
        for segment in searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(field)? else { continue };
            match living(segment, &column, field)? {
                Some(living) => {
                    column.dictionary().sorted_ords_to_term_cb(&living, |name| all.add(name))?;
                }
                None => {
                    let mut names = column.dictionary().stream()?;
                    while names.advance() {
                        all.add(names.key());
                    }
                }
            }
        }
        let Names { bytes, spans } = &mut all;
        let name = |span: &(usize, usize)| bytes.get(span.0..span.1).unwrap_or_default();
        // One sorted run a segment, which this sort puts together as runs.
        spans.sort_by(|a, b| name(a).cmp(name(b)));
        spans.dedup_by(|a, b| name(a) == name(b));
        Ok(all)
    }

    fn add(&mut self, name: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(name);
        self.spans.push((start, self.bytes.len()));
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().filter_map(|span| std::str::from_utf8(self.bytes.get(span.0..span.1)?).ok())
    }
}

/// How many distinct values a field has.
pub(crate) fn distinct(searcher: &Searcher, field: &str) -> tantivy::Result<usize> {
    match searcher.segment_readers() {
        [] => Ok(0),
        [only] => {
            let Some(column) = only.fast_fields().str(field)? else { return Ok(0) };
            Ok(match living(only, &column, field)? {
                Some(living) => living.len(),
                None => terms_of(&column, field)?,
            })
        }
        _ => Ok(Names::of(searcher, field)?.len()),
    }
}

/// The values that stand on a document that lives, by their ordinals; `None` where all documents do.
fn living(segment: &SegmentReader, column: &StrColumn, field: &str) -> tantivy::Result<Option<Vec<u64>>> {
    if !segment.has_deletes() {
        return Ok(None);
    }
    let mut seen = vec![false; terms_of(column, field)?];
    for doc in segment.doc_ids_alive() {
        for ordinal in column.term_ords(doc) {
            if let Some(seen) = seen.get_mut(ordinal as usize) {
                *seen = true;
            }
        }
    }
    Ok(Some(
        seen.into_iter().enumerate().filter(|(_, seen)| *seen).map(|(ordinal, _)| ordinal as u64).collect(),
    ))
}
