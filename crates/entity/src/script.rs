//! The seam to `xinglin-text`: everything inside works on Simplified text, everything that leaves points into the original.

pub(crate) use xinglin_text::{Unified, unify};
