//! Suggestions, drawn from the index's own vocabulary: a corrected query for one that found nothing, and completions of the
//! word being typed.
//!
//! Law: pinyin and homophones only suggest. No term of the index is made of them, and what a suggestion says stands in an
//! article, or is another name of what one is about.

mod complete;
mod correct;
mod decode;
mod lattice;
mod names;
mod probe;
mod repair;
mod sound;

pub use complete::Completion;
pub use correct::Correction;
pub(crate) use names::NamesCache;
pub use names::SuggestionKind;
