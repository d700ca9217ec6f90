//! Who holds which title? Drafts out of sentences, lists and tables, then one record for each.

pub(crate) mod bracket;
mod cells;
mod columns;
pub(crate) mod counted;
pub(crate) mod county_city;
pub(crate) mod crosswise;
pub(crate) mod draft;
pub(crate) mod field;
pub(crate) mod heading;
pub(crate) mod listing;
pub(crate) mod merge;
pub(crate) mod narrative;
pub(crate) mod rows;
pub(crate) mod tabular;
mod unlisted;
