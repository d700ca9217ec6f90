//! Reading what columns say of many documents at once.

use std::fmt::Debug;

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex};

use crate::bits::Bits;

/// Documents that are looked up together.
const TOGETHER: usize = 256;
/// Documents of one word of a set.
const WORD: usize = 64;

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

/// Hands on, some at a time, what a column says of each of some documents, in order, the default where it says nothing. `all` is what it is about, as far
/// as is known: if it says something of these and no others, where a document stands among them is counted from the sets, which takes a
/// tenth of looking it up.
pub(crate) fn values_among<T>(column: &Column<T>, docs: &Bits, all: &Bits, mut take: impl FnMut(&[T]))
where
    T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static,
{
    match &column.index {
        ColumnIndex::Optional(having) if having.num_non_nulls() as usize == all.len() => {}
        _ => return docs.iter().for_each(|doc| take(&[column.first(doc).unwrap_or_default()])),
    }
    let mut batch = Batch { column, values: Vec::new() };
    let mut rows = [0; TOGETHER + WORD];
    let mut filled = 0;
    docs.for_each_place_in(all, |places| {
        for (room, row) in rows[filled..].iter_mut().zip(places) {
            *room = row;
            filled += 1;
        }
        if filled >= TOGETHER {
            take(batch.read(&rows[..filled]));
            filled = 0;
        }
    });
    take(batch.read(&rows[..filled]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use tantivy::schema::{FAST, Schema};

    #[test]
    fn values_are_those_of_single_look_ups() {
        let mut schema = Schema::builder();
        let (third, all) = (schema.add_u64_field("third", FAST), schema.add_u64_field("all", FAST));
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        let documents = 3_000;
        let mut thirds = Bits::empty(documents);
        for number in 0..documents {
            let value = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut document = tantivy::doc!(all => value);
            if number % 3 == 1 {
                document.add_u64(third, value);
                thirds.insert(number);
            }
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let columns = searcher.segment_reader(0).fast_fields();
        let mut some = Bits::empty(documents);
        (0..documents).filter(|number| number % 3 == 1 && number % 5 < 3).for_each(|doc| some.insert(doc));
        for name in ["third", "all"] {
            let column = columns.u64(name).expect("a column");
            let expected: Vec<u64> = some.iter().filter_map(|doc| column.first(doc)).collect();
            // Counted from the sets, and looked up where they are others than the column has.
            for all in [&thirds, &Bits::full(documents)] {
                let mut among = Vec::new();
                values_among(&column, &some, all, |values| among.extend_from_slice(values));
                assert_eq!(among, expected, "{name}");
            }
            let mut each = Vec::new();
            for_each_value(&column, 0..documents, |doc, value| each.push((doc, value)));
            let expected: Vec<(DocId, u64)> =
                (0..documents).filter_map(|doc| Some((doc, column.first(doc)?))).collect();
            assert_eq!(each, expected, "{name}");
        }
    }
}
