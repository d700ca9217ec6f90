//! From an article to its facts: which institutions, where, in which year, which specialties, and who holds which
//! key-specialty title.
//!
//! This room answers: what does this article say about medical institutions? It must never know where the text came from
//! (files, HTML, the index).
//!
//! ```
//! use xinglin_entity::{Source, Tagger};
//!
//! let tagger = Tagger::new()?;
//! let text = "安康市中心医院骨科获批陕西省临床重点专科建设项目\n近日,陕西省卫生健康委公布名单,安康市中心医院骨科获批陕西省临床重点专科建设项目。";
//! let tags = tagger.tag(&Source { title: "安康市中心医院骨科获批陕西省临床重点专科建设项目", text, published: Some((2023, 7, 17)), ..Source::default() });
//! assert_eq!(tags.subjects, ["安康市中心医院"]);
//! assert_eq!(tags.regions, ["陕西省/安康市"]);
//! let record = &tags.designations[0];
//! assert_eq!((record.specialty.as_str(), record.level.as_str(), record.status.as_str()), ("骨科", "provincial", "construction"));
//! assert_eq!(record.evidence.text, &text[record.evidence.start..record.evidence.end]);
//! # Ok::<(), xinglin_entity::Error>(())
//! ```

mod facts;
mod gazetteer;
mod headline;
mod kinds;
mod looked_back;
mod mention;
mod reading;
mod record;
mod resolve;
mod script;
mod spoken;
mod structure;
mod tagger;
mod understand;
mod work;

pub use facts::{Designation, Evidence, Source, Tags};
pub use gazetteer::folder::Error;
pub use gazetteer::lookup::{Gazetteer, Unknown};
pub use kinds::{Level, Programme, Status, Tier, UnknownWord};
pub use spoken::Saying;
pub use tagger::Tagger;
pub use understand::{Found, QueryFacts, understand};
