//! What was meant, and which articles answer it? This room takes what a person typed and an index, and gives back hits,
//! facet counts, records and snippets.
//!
//! It never writes to an index, and never learns names or places on its own: whoever embeds it hands it an
//! [`Interpreter`] that knows them.
//!
//! Laws: no query fails or panics; a literal piece of an article's text finds that article; what is marked in a snippet,
//! folded to one script, equals what was asked for, folded.

mod answer;
mod bits;
mod candidates;
mod chosen;
mod claims;
mod close_look;
mod collect;
mod columns;
mod diagnosis;
mod duplicates;
mod error;
mod facet_lists;
mod facets;
mod filter;
mod fitting;
mod function_words;
mod grammar;
mod interpret;
mod literal;
mod matches;
mod note;
mod phrase;
mod plan;
mod processors;
mod ranks;
mod reader;
mod records;
mod request;
mod search;
mod second_look;
mod show;
mod slots;
mod snippet;
mod stored;
mod suggest;
mod sums;
mod tellings;
mod term_sets;
mod values;
mod weighed;
mod why;
mod words;

pub use answer::{
    Answer, ArticleView, Diagnosis, Evidence, FacetAnswer, FacetCount, FacetValue, Facets, Hit, Record,
    RecordAnswer, RecordSource, ScorePart, Snippet, Stats, Understood,
};
pub use error::{Error, ErrorKind};
pub use function_words::says_nothing;
pub use grammar::{Expr, FIELDS, Parsed, QueryLimits, parse, parse_within};
pub use interpret::{Interpretation, Interpreter, Literal};
pub use note::{Note, ScoreKind, Unreadable};
pub use reader::{Reader, Warning};
pub use request::{FacetField, Filters, RecordLookup, Request, Sort, YearError, YearRange};
pub use suggest::{Completion, Correction, SuggestionKind};
pub use why::{Clause, ClauseKind, Way, WayKind, Why};
