//! A segment while it is made: documents go in, and at the end tantivy's own serializers write its files.
//!
//! tantivy's writer would tokenize each text twice and look every single term up in a hash table of spelled terms, which was
//! a quarter of indexing. What comes out here is the same to the byte; a test holds the two together.

mod columns;
mod lists;
mod stored;
mod text_lists;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, Schema};
use tantivy::store::StoreWriter;
use tantivy::{DocId, Segment, SegmentMeta};
use xinglin_index_schema::{Fields, RowDocument};
use xinglin_text::Scratch;

use columns::Column;
use text_lists::TextLists;

/// A segment to which documents are added.
pub(crate) struct SegmentBuilder {
    segment: Segment,
    schema: Schema,
    /// For each field of the schema how it is indexed.
    fields: Vec<Indexed>,
    texts: Vec<TextLists>,
    scratch: Scratch,
    norms: FieldNormsWriter,
    fast: FastFieldsWriter,
    store: StoreWriter,
    /// The field that is stored, and room for a document's stored form.
    stored: Field,
    stored_form: Vec<u8>,
    documents: DocId,
    /// Bytes that the lists take.
    used: usize,
}

/// How a field is indexed. Those of a text have their lists together with the text's other field.
#[derive(Debug)]
enum Indexed {
    Not,
    Column(Column),
    Characters(usize),
    Words(usize),
}

impl SegmentBuilder {
    /// Begins a segment, whose store is written as documents come.
    ///
    /// # Errors
    /// Where its files cannot be made.
    pub(crate) fn new(segment: Segment, fields: &Fields) -> tantivy::Result<SegmentBuilder> {
        let schema = segment.schema();
        let index = segment.index();
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            false,
        )?;
        let tokenizers = index.fast_field_tokenizer().clone();
        let fast = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?;
        let texts = fields.texts();
        let indexed = |(field, entry): (Field, &tantivy::schema::FieldEntry)| {
            let place = |of: fn(&xinglin_index_schema::TextField) -> Field| {
                texts.iter().position(|text| of(text) == field)
            };
            if let Some(text) = place(|text| text.characters) {
                return Indexed::Characters(text);
            }
            if let Some(text) = place(|text| text.words) {
                return Indexed::Words(text);
            }
            if !entry.is_indexed() {
                return Indexed::Not;
            }
            Indexed::Column(Column::default())
        };
        Ok(SegmentBuilder {
            fields: schema.fields().map(indexed).collect(),
            texts: texts.map(TextLists::of).into(),
            scratch: Scratch::default(),
            norms: FieldNormsWriter::for_schema(&schema),
            fast,
            store,
            stored: fields.stored,
            stored_form: Vec::new(),
            documents: 0,
            used: 0,
            schema,
            segment,
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Where the store cannot be written, or a value is none of its field.
    pub(crate) fn add(&mut self, document: &RowDocument) -> tantivy::Result<()> {
        let doc = self.documents;
        for (field, value) in document.columns.field_values() {
            if let Some(Indexed::Column(column)) = self.fields.get_mut(field.field_id() as usize) {
                column.add(doc, value, &mut self.used)?;
            }
        }
        for (field, text) in &document.texts {
            let Some(texts) = self.texts.iter_mut().find(|texts| texts.field == *field) else { continue };
            let (characters, words) = texts.add(doc, text, &mut self.scratch, &mut self.used);
            self.norms.record(doc, field.characters, characters);
            self.norms.record(doc, field.words, words);
        }
        self.fast.add_document(&document.columns)?;
        stored::write(&document.columns, self.stored, &mut self.stored_form)?;
        self.store.store_bytes(&self.stored_form)?;
        self.documents += 1;
        Ok(())
    }

    /// About how much memory the segment takes, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.used + self.fast.mem_usage() + self.norms.mem_usage() + self.store.mem_usage()
    }

    /// Writes the segment's files; it must not be empty.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(crate) fn finish(mut self) -> tantivy::Result<SegmentMeta> {
        let segment = &self.segment;
        self.norms.fill_up_to_max_doc(self.documents);
        let norms = FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?;
        self.norms.serialize(norms, None)?;
        self.write_lists()?;
        let mut fast = self.segment.open_write(SegmentComponent::FastFields)?;
        self.fast.serialize(&mut fast, None)?;
        fast.terminate()?;
        self.store.close()?;
        let meta = self.segment.with_max_doc(self.documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok(meta)
    }

    fn write_lists(&mut self) -> tantivy::Result<()> {
        // The norms say how good the best document of each block can be.
        let norms = FieldNormReaders::open(self.segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut lists = InvertedIndexSerializer::open(&self.segment)?;
        for ((field, _), indexed) in self.schema.fields().zip(&mut self.fields) {
            let text = match indexed {
                Indexed::Characters(text) | Indexed::Words(text) => self.texts.get_mut(*text),
                Indexed::Not | Indexed::Column(_) => None,
            };
            let tokens = match (&*indexed, &text) {
                (Indexed::Column(column), _) => column.values(),
                (Indexed::Characters(_), Some(text)) => text.tokens().0,
                (Indexed::Words(_), Some(text)) => text.tokens().1,
                _ => 0,
            };
            if tokens == 0 {
                continue;
            }
            let mut out = lists.new_field(field, tokens, norms.get_field(field)?)?;
            match (indexed, text) {
                (Indexed::Column(column), _) => column.write(&mut out)?,
                (Indexed::Characters(_), Some(text)) => text.write_characters(&mut out)?,
                (Indexed::Words(_), Some(text)) => text.write_words(&mut out)?,
                _ => {}
            }
            out.close()?;
        }
        lists.close()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
