//! What text columns say of some records, and where that stands among the names of all of them.

use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

use crate::bits::Bits;
use crate::columns::Snapshot;
use crate::facets::terms_of;
use crate::values::for_each_value;

/// What a text column says of some records of one segment.
pub(crate) struct Values {
    /// Each record's own value's ordinal, or [`NONE`].
    leaves: Vec<u32>,
    /// Ordinals in use, in order, and their names.
    used: Vec<u64>,
    names: Vec<String>,
}

/// Where a record has no value.
const NONE: u32 = u32::MAX;

/// What a text column says of some records, segment by segment. Addresses come in order, some perhaps more than once.
pub(crate) fn values(
    snapshot: &Snapshot,
    column: &str,
    addresses: &[DocAddress],
) -> tantivy::Result<Vec<Values>> {
    let mut all = Vec::new();
    for here in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(first) = here.first() else { continue };
        let segment = snapshot.searcher.segment_reader(first.segment_ord);
        all.push(Values::read(segment.fast_fields().str(column)?, column, here)?);
    }
    Ok(all)
}

/// Where the value of each of some records stands among those of all of them, from 1; 0 where it has none.
pub(crate) fn ranks(
    snapshot: &Snapshot,
    column: &str,
    records: impl Iterator<Item = DocAddress>,
) -> tantivy::Result<Vec<u32>> {
    let mut order: Vec<(DocAddress, usize)> = records.zip(0..).collect();
    order.sort_unstable();
    let addresses: Vec<DocAddress> = order.iter().map(|(address, _)| *address).collect();
    let values = values(snapshot, column, &addresses)?;
    let mut names: Vec<&str> =
        values.iter().flat_map(|values| values.names.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let mut ranks = vec![0; order.len()];
    let mut records = order.iter().map(|(_, record)| *record);
    for values in &values {
        let known = |name: &String| names.binary_search(&name.as_str()).map_or(0, |at| at as u32 + 1);
        let of_names: Vec<u32> = values.names.iter().map(known).collect();
        for (ordinal, record) in values.leaves.iter().zip(&mut records) {
            let rank = values.place(*ordinal).and_then(|at| of_names.get(at));
            if let (Some(place), Some(rank)) = (ranks.get_mut(record), rank) {
                *place = *rank;
            }
        }
    }
    Ok(ranks)
}

impl Values {
    fn read(column: Option<StrColumn>, name: &str, addresses: &[DocAddress]) -> tantivy::Result<Values> {
        let mut values = Values { leaves: Vec::new(), used: Vec::new(), names: Vec::new() };
        let Some(column) = &column else {
            values.leaves = vec![NONE; addresses.len()];
            return Ok(values);
        };
        let terms = terms_of(column, name)? as u32;
        values.leaves = vec![NONE; addresses.len()];
        let mut at = 0;
        for_each_value(column.ords(), addresses.iter().map(|address| address.doc_id), |doc, ordinal| {
            // Damaged bytes can point behind the last name.
            let Some(ordinal) = u32::try_from(ordinal).ok().filter(|ordinal| *ordinal < terms) else {
                return;
            };
            while addresses.get(at).is_some_and(|address| address.doc_id < doc) {
                at += 1;
            }
            // Paths come with their ancestors first, so the last is the record's own.
            let same = addresses[at..].iter().take_while(|address| address.doc_id == doc);
            values.leaves[at..].iter_mut().zip(same).for_each(|(leaf, _)| *leaf = ordinal);
        });
        let mut seen = Bits::empty(terms);
        values.leaves.iter().filter(|leaf| **leaf != NONE).for_each(|leaf| seen.insert(*leaf));
        values.used = seen.iter().map(u64::from).collect();
        let mut names = Vec::with_capacity(values.used.len());
        column.dictionary().sorted_ords_to_term_cb(&values.used, |name| {
            names.push(String::from_utf8_lossy(name).into_owned());
        })?;
        values.names = names;
        Ok(values)
    }

    /// Where the name of an ordinal stands among the names.
    fn place(&self, ordinal: u32) -> Option<usize> {
        self.used.binary_search(&u64::from(ordinal)).ok()
    }

    /// How many of the records have each value.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut counts = vec![0; self.used.len()];
        for ordinal in &self.leaves {
            if let Some(count) = self.place(*ordinal).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        self.names.iter().map(String::as_str).zip(counts)
    }
}
