//! Reading what columns say of many documents at once.

use std::fmt::Debug;

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex};

use crate::bits::Bits;

/// Documents that are looked up together.
const TOGETHER: usize = 256;

/// Values of a column, read in batches.
struct Batch<'a, T> {
    column: &'a Column<T>,
    values: Vec<T>,
}

impl<T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static> Batch<'_, T> {
    /// What stands in some rows.
    fn read(&mut self, rows: &[u32]) -> &[T] {
        self.values.clear();
        self.values.resize(rows.len(), T::default());
        self.column.values.get_vals(rows, &mut self.values);
        &self.values
    }
}

/// Hands on what a column says of some documents, which come in order: of one that has several values, one after another.
pub(crate) fn for_each_value<T>(
    column: &Column<T>,
    mut docs: impl Iterator<Item = DocId>,
    mut take: impl FnMut(DocId, T),
) where
    T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static,
{
    let mut batch = Batch { column, values: Vec::new() };
    let (mut having, mut rows) = (Vec::new(), Vec::new());
    let mut asked = [0; TOGETHER];
    loop {
        let mut filled = 0;
        for (place, doc) in asked.iter_mut().zip(docs.by_ref()) {
            *place = doc;
            filled += 1;
        }
        having.clear();
        rows.clear();
        column.row_ids_for_docs(&asked[..filled], &mut having, &mut rows);
        having.iter().zip(batch.read(&rows)).for_each(|(doc, value)| take(*doc, *value));
        if filled < TOGETHER {
            return;
        }
    }
}

/// What a column says of each of some documents that are all among those of which it says anything: `all`. Where one stands among
/// these is counted from the sets, which takes a tenth of looking it up. `None` where the column says something of others.
pub(crate) fn values_among<T>(column: &Column<T>, docs: &Bits, all: &Bits) -> Option<Vec<T>>
where
    T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static,
{
    let ColumnIndex::Optional(having) = &column.index else { return None };
    if having.num_non_nulls() as usize != all.len() {
        return None;
    }
    let mut batch = Batch { column, values: Vec::new() };
    let mut found = Vec::with_capacity(docs.len());
    let mut rows = Vec::with_capacity(TOGETHER + 64);
    docs.for_each_place_in(all, |places| {
        rows.extend(places);
        if rows.len() >= TOGETHER {
            found.extend_from_slice(batch.read(&rows));
            rows.clear();
        }
    });
    found.extend_from_slice(batch.read(&rows));
    Some(found)
}
