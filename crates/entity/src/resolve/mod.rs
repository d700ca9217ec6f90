//! Which one is meant? Institutions behind short names and pronouns, the place of each, the year of the news.

pub(crate) mod cast;
pub(crate) mod listed;
pub(crate) mod place;
pub(crate) mod subjects;
