//! The floor under a cold search: a process that only maps an index of bigrams, without any dictionary.

use crate::baseline::NamedAnalyzer;
use tantivy::tokenizer::{NgramTokenizer, TextAnalyzer};

/// Pairs of neighbouring characters.
///
/// # Errors
///
/// Never with these bounds; tantivy checks them at run time.
pub fn bigrams() -> anyhow::Result<NamedAnalyzer> {
    Ok(("bigrams", TextAnalyzer::from(NgramTokenizer::all_ngrams(2, 2)?)))
}
