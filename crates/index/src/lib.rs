//! How do rows become segments? This room writes an index: incrementally, atomically, bounded in memory, one writer at a
//! time; and says whether what lies there is whole.
//!
//! It never knows how anybody will query what it writes, nor how a row came to be.
//!
//! Laws: what a commit reported is there after any crash; the documents of one source file appear in one commit; the
//! ledger of source files changes with the documents or not at all.

mod builders;
mod check;
mod directory;
mod error;
mod gate;
mod ledger;
mod lock;
mod place;
mod prepared;
mod removal;
mod segment;
mod texts;
mod windowed;
mod writer;

pub use check::{CheckReport, Problem, check};
pub use error::{Error, ErrorKind};
pub use ledger::{Ledger, SourceState};
pub use lock::LockHolder;
pub use prepared::{Prepared, Preparer};
pub use writer::{CommitReport, Writer, WriterOptions};
