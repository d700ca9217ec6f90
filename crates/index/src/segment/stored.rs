//! The stored form of a document, as tantivy's store keeps it: how many values, and of each its field, its type, its length and
//! its bytes. tantivy's own serializer hands over byte by byte, which took a fortieth of indexing.

use std::io;

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::schema::document::{ReferenceValueLeaf, Value};

/// What tantivy writes before a value of bytes.
const BYTES: u8 = 4;

/// Writes the stored form of a document, of which only values of one field of bytes are stored.
///
/// # Errors
/// Where one of its values is not bytes.
pub(super) fn write(document: &TantivyDocument, stored: Field, out: &mut Vec<u8>) -> io::Result<()> {
    out.clear();
    let values = || document.field_values().filter(|(field, _)| *field == stored);
    number(values().count(), out);
    for (field, value) in values() {
        let Some(ReferenceValueLeaf::Bytes(bytes)) = value.as_leaf() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a stored value that is not bytes"));
        };
        out.extend_from_slice(&field.field_id().to_le_bytes());
        out.push(BYTES);
        number(bytes.len(), out);
        out.extend_from_slice(bytes);
    }
    Ok(())
}

/// Seven bits a byte, the lowest first, a set top bit at the end.
fn number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 & 0x7f);
        value >>= 7;
    }
    out.push(value as u8 | 0x80);
}
