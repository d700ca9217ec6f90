//! What a cursor says of damaged bytes: tantivy lets it answer with documents alone, so this thread notes that it met some, and whoever
//! stepped through its documents asks.

use std::cell::Cell;

use tantivy::TantivyError;
use tantivy::error::DataCorruption;

thread_local! {
    static MET: Cell<bool> = const { Cell::new(false) };
}

/// Damaged bytes were met.
pub(super) fn note() {
    MET.set(true);
}

/// What is said of them.
pub(super) fn error() -> TantivyError {
    DataCorruption::comment_only("a list of terms ends before its last document").into()
}

/// Whether this thread met damaged bytes since it was last asked.
///
/// # Errors
/// Where it did.
pub(crate) fn met() -> tantivy::Result<()> {
    if MET.take() { Err(error()) } else { Ok(()) }
}
