//! What are the known names? Regions, specialties, well-known institutions and the words of notices, embedded as sorted
//! tables that cost nothing to open, or read from a user's folder.

#[allow(dead_code, reason = "shared with the build script")]
pub(crate) mod compile;
pub(crate) mod folder;
pub(crate) mod lookup;
pub(crate) mod tables;
