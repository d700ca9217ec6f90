//! From bytes to text, from text to one script, from text to terms: every term with its place in
//! the text as it was.
//!
//! This room answers: which characters do these bytes hold, what do they say in Simplified script,
//! and which words and characters can a search find in them? It must never know files, HTML or the
//! index.

#![forbid(unsafe_code)]

mod char_set;
mod decode;
mod dictionary;
mod error;
mod fingerprint;
mod fold;
mod hash;
mod script;
mod segment;
mod terms;
mod trie;
mod window;
mod word_list;

pub use char_set::CharSet;
pub use decode::{Decoded, decode, looks_binary};
pub use dictionary::{Dictionary, Prefix};
pub use error::Error;
pub use fingerprint::{Pieces, fingerprint, may_be_alike};
pub use fold::{
    CharClass, FoldedChar, class, fold, fold_chars, fold_fingerprint, fold_str, simplified_in_place,
};
pub use hash::hash64;
pub use script::{Unified, converter_ready, needs_unifying, unify};
pub use segment::{Mode, Word, segment, segment_with};
pub use terms::{
    Characters, FiledWord, Filing, LongTerms, Scratch, Term, TermKind, file, scan, scan_and_segment,
};
pub use trie::Trie;
pub use word_list::WordList;
