//! Full-text search for Chinese medical-institution news, as a library.
//!
//! xinglin reads folders of messy pages, reads the facts out of them (regions, institutions, specialties, dates, and which
//! hospital's which specialty was given which title), and searches them: a literal piece of an article's text finds that
//! article, however it would be segmented, in either script.
//!
//! # Indexing and searching
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! # let (news, index) = (dir.path().join("新闻"), dir.path().join("news.idx"));
//! # std::fs::create_dir(&news)?;
//! std::fs::write(
//!     news.join("1.txt"),
//!     "汉中市中心医院骨科获批国家临床重点专科建设项目\n\n发布时间:2023-07-17\n\n\
//!      近日,陕西省卫生健康委公布名单,汉中市中心医院骨科被确定为国家临床重点专科建设项目。\n",
//! )?;
//! let report = xinglin::Ingest::into(&index).paths([&news]).run()?;
//! assert_eq!(report.indexed, 1);
//!
//! // Run again, it reads only what is new or has changed.
//! let again = xinglin::Ingest::into(&index).paths([&news]).run()?;
//! assert_eq!((again.indexed, again.unchanged), (0, 1));
//!
//! // Traditional finds Simplified, and the other way round.
//! let index = xinglin::Index::open(&index)?;
//! let answer = index.search(&xinglin::SearchRequest::new("國家臨床重點專科").region("陕西"))?;
//! assert_eq!(answer.total, 1);
//! let snippet = &answer.hits[0].snippet;
//! let [start, end] = snippet.highlights[0];
//! assert_eq!(&snippet.text[start..end], "国家临床重点专科");
//!
//! // Who holds which title?
//! let titles = index.records(&xinglin::RecordRequest::new("").specialty("骨科").level("国家级"))?;
//! assert_eq!(titles.records[0].institution, "汉中市中心医院");
//! assert_eq!(titles.records[0].year, Some(2023));
//! # Ok(())
//! # }
//! ```
//!
//! # Articles from memory
//!
//! [`Ingest::articles`] takes what a program already holds; `examples/own_structs.rs` shows it with structs of one's own, and
//! `examples/embed.rs` a search inside another program.
//!
//! # Threads, processes, crashes
//!
//! One [`Index`] serves any number of threads; each answer comes from one commit, and [`Index::reload`] moves on to the newest.
//! One process writes at a time, any number read. A run's documents appear together; after a crash the last commit is there.
//!
//! This room never knows terminals or servers.

mod analysis;
mod error;
mod ingest;
mod memory;
mod names;
mod open;
mod pipeline;
mod request;
mod rows;
mod suggestion;
mod tag;

pub use analysis::{Analysis, AnalyzedWord, Characters, NamedSpan, analyze};
pub use error::{Error, ErrorKind};
pub use ingest::{Complaint, Ingest, IngestReport, Progress};
pub use memory::NewArticle;
pub use open::{CheckReport, Index, Problem, check};
pub use request::{FacetRequest, Filters, RecordRequest, SearchRequest};
pub use rows::{Designation, Tagged};
pub use tag::Tagger;
pub use xinglin_article::Limits;
pub use xinglin_query::{
    Answer, ArticleView, Clause, ClauseKind, Completion, Diagnosis, Evidence, FacetAnswer, FacetCount,
    FacetField, FacetValue, Facets, Hit, Note, QueryLimits, Record, RecordAnswer, RecordSource, ScoreKind,
    ScorePart, Snippet, Sort, Stats, SuggestionKind, Understood, Unreadable, Warning, Way, WayKind, Why,
    YearError, YearRange,
};
