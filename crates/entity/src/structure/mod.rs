//! How is the text laid out? Lines, cells, headings, items, sentences.

pub(crate) mod line;
pub(crate) mod related;
pub(crate) mod sentence;
pub(crate) mod table;
pub(crate) mod verse;
