//! What text columns say of some records, and where that stands among the names of all of them.

use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

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
    let segments = addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord);
    segments.map(|here| Leaves::read(snapshot, column, here)?.named(|_, _| true)).collect()
}

/// A record that is to be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ordered {
    pub(crate) address: DocAddress,
    /// Whether nothing but its value can bring it before the others of which this is true.
    pub(crate) beside: bool,
}

/// Where the value of each of some records stands among those of all of them, from 1; 0 where it has none. Of those that stand beside
/// one another only the first few have a place, and all others share the last.
pub(crate) fn ranks(
    snapshot: &Snapshot,
    column: &str,
    records: impl Iterator<Item = Ordered>,
    few: usize,
) -> tantivy::Result<Vec<u32>> {
    let mut order: Vec<(Ordered, usize)> = records.zip(0..).collect();
    order.sort_unstable();
    let mut all = Vec::new();
    for here in order.chunk_by(|(a, _), (b, _)| a.address.segment_ord == b.address.segment_ord) {
        let addresses: Vec<DocAddress> = here.iter().map(|(record, _)| record.address).collect();
        let beside = |at: usize| here.get(at).is_some_and(|(record, _)| record.beside);
        let leaves = Leaves::read(snapshot, column, &addresses)?;
        let bound = leaves.bound(few, beside);
        all.push(leaves.named(|at, leaf| !beside(at) || before(leaf) <= bound)?);
    }
    let mut names: Vec<&str> =
        all.iter().flat_map(|values| values.names.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let mut ranks = vec![0; order.len()];
    let mut records = order.iter().map(|(_, record)| *record);
    for values in &all {
        let known = |name: &String| names.binary_search(&name.as_str()).map_or(0, |at| at as u32 + 1);
        let of_names: Vec<u32> = values.names.iter().map(known).collect();
        for (leaf, record) in values.leaves.iter().zip(&mut records) {
            let Some(place) = ranks.get_mut(record).filter(|_| *leaf != NONE) else { continue };
            *place = values.place(*leaf).and_then(|at| of_names.get(at)).copied().unwrap_or(u32::MAX);
        }
    }
    Ok(ranks)
}

/// Orders leaves as their names are ordered, nothing before all.
fn before(leaf: u32) -> u32 {
    leaf.wrapping_add(1)
}

/// What a text column says of some records of one segment, its names not read yet.
struct Leaves {
    column: Option<StrColumn>,
    /// Each record's own value's ordinal, or [`NONE`].
    leaves: Vec<u32>,
}

impl Leaves {
    /// Of records of one segment.
    fn read(snapshot: &Snapshot, name: &str, addresses: &[DocAddress]) -> tantivy::Result<Leaves> {
        let mut leaves = vec![NONE; addresses.len()];
        let Some(first) = addresses.first() else { return Ok(Leaves { column: None, leaves }) };
        let segment = snapshot.searcher.segment_reader(first.segment_ord);
        let Some(column) = segment.fast_fields().str(name)? else {
            return Ok(Leaves { column: None, leaves });
        };
        let terms = terms_of(&column, name)? as u32;
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
            leaves[at..].iter_mut().zip(same).for_each(|(leaf, _)| *leaf = ordinal);
        });
        Ok(Leaves { column: Some(column), leaves })
    }

    /// What the first few of some records do not come behind.
    fn bound(&self, few: usize, beside: impl Fn(usize) -> bool) -> u32 {
        let some = self.leaves.iter().enumerate().filter(|(at, _)| beside(*at));
        let mut some: Vec<u32> = some.map(|(_, leaf)| before(*leaf)).collect();
        if few >= some.len() { u32::MAX } else { *some.select_nth_unstable(few).1 }
    }

    /// Reads the names of the records that need one.
    fn named(self, needed: impl Fn(usize, u32) -> bool) -> tantivy::Result<Values> {
        let Leaves { column, leaves } = self;
        let mut names = Vec::new();
        let mut used: Vec<u64> = Vec::new();
        if let Some(column) = column {
            let all = leaves.iter().enumerate().filter(|(at, leaf)| **leaf != NONE && needed(*at, **leaf));
            used.extend(all.map(|(_, leaf)| u64::from(*leaf)));
            used.sort_unstable();
            used.dedup();
            column.dictionary().sorted_ords_to_term_cb(&used, |name| {
                names.push(String::from_utf8_lossy(name).into_owned());
            })?;
        }
        Ok(Values { leaves, used, names })
    }
}

impl Values {
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
