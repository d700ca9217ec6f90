//! *What does this page say, and what merely stands around it?* The bytes of a text, an HTML page or a line of JSON to an
//! [`Article`]: title, text, day of publication, source, with navigation, footers, advertising and other articles' headlines set
//! apart as noise.
//!
//! This room must never know words, entities or the index.
//!
//! ```
//! use xinglin_article::{Format, Limits, read_bytes};
//! let page = "首页 > 新闻中心 > 正文\n\n我院骨科获批省级临床重点专科\n\n发布时间：2023-05-06  来源：宣传科\n\n近日，我院骨科获批。\n\n上一篇：义诊";
//! read_bytes(page.as_bytes(), Format::Text, "a.txt", &Limits::default(), &mut |article| {
//!     let article = article.unwrap();
//!     assert_eq!(article.title, "我院骨科获批省级临床重点专科");
//!     assert_eq!(article.text, "我院骨科获批省级临床重点专科\n近日，我院骨科获批。");
//!     assert_eq!(article.published.unwrap().to_string(), "2023-05-06");
//!     assert!(article.noise.ends_with("上一篇：义诊"));
//! });
//! ```
#![forbid(unsafe_code)]

mod article;
mod assemble;
mod calendar_leaf;
mod date;
mod dateline;
mod error;
mod format;
mod headline;
mod html;
mod imprint;
mod issue;
mod json;
mod key;
mod lexicon;
mod limits;
mod line;
mod partition;
mod plain;
mod printed_date;
mod read;
mod walk;
mod wrapped;

pub use article::{Article, ArticleKey, Parts};
pub use date::{Date, DateError};
pub use error::{Complaint, Error, ErrorKind, Result};
pub use format::Format;
pub use limits::Limits;
pub use read::{read_bytes, read_file, read_lines, read_lines_from};
pub use walk::{FileEntry, Unread, Walk, WalkOptions, path_text, walk};
