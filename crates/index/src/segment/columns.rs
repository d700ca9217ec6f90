//! The fields of a segment that are indexed as they stand, a value a term: names, facets, numbers.

use std::io;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::document::{ReferenceValueLeaf, Value};
use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::lists::{Documents, write_term};

/// About how many bytes a new value takes beside its own, room kept free included.
const ENTRY: usize = 96;

/// The values of one field and the documents that have them.
#[derive(Debug, Default)]
pub(super) struct Column {
    lists: FxHashMap<Box<[u8]>, Documents>,
    values: u64,
}

impl Column {
    /// Adds a document's value; one of a kind that this index has no field for is refused. What more memory that takes is
    /// added to `used`.
    pub(super) fn add<'a>(
        &mut self,
        doc: DocId,
        value: impl Value<'a>,
        used: &mut usize,
    ) -> tantivy::Result<()> {
        let number;
        let bytes = match value.as_leaf() {
            Some(ReferenceValueLeaf::Str(text)) => text.as_bytes(),
            Some(ReferenceValueLeaf::U64(value)) => {
                number = value.to_be_bytes();
                &number
            }
            Some(ReferenceValueLeaf::I64(value)) => {
                number = tantivy::i64_to_u64(value).to_be_bytes();
                &number
            }
            _ => {
                return Err(tantivy::TantivyError::SchemaError(
                    "a value of another type than its field".to_owned(),
                ));
            }
        };
        // As tantivy does, which could not write it.
        if bytes.len() > MAX_TOKEN_LEN {
            return Ok(());
        }
        self.values += 1;
        if let Some(documents) = self.lists.get_mut(bytes) {
            documents.add(doc, used);
            return Ok(());
        }
        let mut documents = Documents::default();
        documents.add(doc, used);
        self.lists.insert(bytes.into(), documents);
        *used += bytes.len() + ENTRY;
        Ok(())
    }

    /// How many values were added; none where the field does not occur.
    pub(super) fn values(&self) -> u64 {
        self.values
    }

    /// Writes the lists.
    pub(super) fn write(&mut self, out: &mut FieldSerializer<'_>) -> io::Result<()> {
        let lists = std::mem::take(&mut self.lists);
        let mut terms: Vec<(&[u8], &Documents)> = lists.iter().map(|(term, list)| (&**term, list)).collect();
        terms.sort_unstable_by_key(|(term, _)| *term);
        for (term, list) in terms {
            write_term(term, list, out)?;
        }
        Ok(())
    }
}
