//! What programs read: JSON that is exact and CSV that a spreadsheet opens without harm.

pub(crate) mod csv;
pub(crate) mod json;
