//! What lies in an index? This room is the contract between writing and reading: the rows, the fields they become, the
//! tokenizer they pass through, the manifest that says with which analysis they were written.
//!
//! It never knows where an article came from, nor what anybody will ask of it.

mod fields;
mod manifest;
mod opening;
mod row;
mod texts;
mod tokenizer;

pub use fields::{FORMAT, Fields, Kind, OLDEST_READABLE, TextField, TitleKey, key_of, lineage};
pub use manifest::{CommitNote, Fingerprints, MANIFEST_FILE, Manifest, ManifestError};
pub use opening::{damaged_file, open_for_reading};
pub use row::{ArticleRow, ArticleTexts, RowDocument, StoredArticle, StoredRecord};
pub use texts::{Packer, TEXTS_DICTIONARY, TextsDictionary, TextsError, Unpacker};
pub use tokenizer::register_tokenizers;
