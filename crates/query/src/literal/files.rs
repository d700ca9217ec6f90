//! The bytes of a field's lists and places in one segment.
//!
//! tantivy keeps them to itself once a segment is open, so they are opened once more, which maps nothing anew, and known by the reader
//! that belongs to them for as long as that is in use.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader};

use super::damage;
use super::list::List;
use super::places::Places;

/// Bytes before the first list: how many tokens there are.
const HEAD: usize = 8;

/// One field of one segment.
pub(super) struct Files {
    lists: OwnedBytes,
    places: OwnedBytes,
    record: IndexRecordOption,
}

/// Those that were opened, with the readers that they belong to. As a reader's memory is not used again before its last weak
/// reference is gone, none is taken for another.
static OPENED: Mutex<Vec<(Weak<InvertedIndexReader>, Arc<Files>)>> = Mutex::new(Vec::new());

impl Files {
    /// The files of a field; `reader` is what the segment gives for it.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(super) fn of(
        segment: &SegmentReader,
        field: Field,
        reader: &Arc<InvertedIndexReader>,
    ) -> tantivy::Result<Arc<Files>> {
        let opened = || OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = |known: &Weak<InvertedIndexReader>| std::ptr::eq(known.as_ptr(), Arc::as_ptr(reader));
        if let Some((_, files)) = opened().iter().find(|(known, _)| is_known(known)) {
            return Ok(Arc::clone(files));
        }
        let files = Arc::new(Files::open(segment, field)?);
        let mut all = opened();
        all.retain(|(known, _)| known.strong_count() > 0);
        all.push((Arc::downgrade(reader), Arc::clone(&files)));
        Ok(files)
    }

    fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<Files> {
        let read = |component| -> tantivy::Result<OwnedBytes> {
            let file = CompositeFile::open(&segment.open_read(component)?)?;
            Ok(file.open_read(field).unwrap_or_else(FileSlice::empty).read_bytes()?)
        };
        let record = segment.schema().get_field_entry(field).field_type().get_index_record_option();
        Ok(Files {
            lists: read(SegmentComponent::Postings)?,
            places: read(SegmentComponent::Positions)?,
            record: record.unwrap_or(IndexRecordOption::Basic),
        })
    }

    /// The list of a term.
    ///
    /// # Errors
    /// Where it lies beyond the file.
    pub(super) fn list(&self, info: &TermInfo) -> tantivy::Result<List> {
        let Range { start, end } = info.postings_range;
        let bytes = part(&self.lists, HEAD.saturating_add(start)..HEAD.saturating_add(end))?;
        List::open(bytes, info.doc_freq, self.record)
    }

    /// The bytes of a term's list and places.
    #[cfg(test)]
    pub(super) fn bytes(&self, info: &TermInfo) -> (Vec<u8>, Vec<u8>) {
        let Range { start, end } = info.postings_range;
        (self.lists[start + HEAD..end + HEAD].to_vec(), self.places[info.positions_range.clone()].to_vec())
    }

    /// Where a term stands.
    ///
    /// # Errors
    /// As [`Files::list`].
    pub(super) fn places(&self, info: &TermInfo) -> tantivy::Result<Places> {
        let bytes = part(&self.places, info.positions_range.clone())?;
        Places::open(bytes).ok_or_else(damage::error)
    }
}

fn part(bytes: &OwnedBytes, range: Range<usize>) -> tantivy::Result<OwnedBytes> {
    if bytes.get(range.clone()).is_none() {
        return Err(damage::error());
    }
    Ok(bytes.slice(range))
}
