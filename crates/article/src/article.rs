//! The article: what a page says, and what merely stood around it.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::Complaint;

/// Which article: a path below the given folder, and within a line file the article's own id.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleKey {
    /// The path below the given folder, `/` between its parts.
    pub file: String,
    /// In a file of several articles: the article's `id`, else its line number (from 1). `None` for a page of its own.
    pub id: Option<String>,
}

impl std::fmt::Display for ArticleKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.id {
            Some(id) => write!(f, "{}#{id}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// One article. Everything that can be read on its page stands in `title`, `text` or `noise`, unaltered but for blanks at
/// the ends of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Which article it is.
    pub key: ArticleKey,
    /// The headline as printed, without the site's name; empty where the page has none.
    pub title: String,
    /// The headline's line first, then the body's lines, `\n` between them, no blank lines. A table is a row a line, its
    /// cells separated by `\t`, spanned cells repeated in each row they cover.
    pub text: String,
    /// What stands around the article: navigation, footers, view counts, advertising, other articles' headlines.
    pub noise: String,
    /// The printed day of publication.
    pub published: Option<Date>,
    /// The year of publication: of `published`, or of a printed date that lacks the day.
    pub published_year: Option<i32>,
    /// Who published it first (来源), as printed.
    pub source: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// The site's own name: of its header, its copyright line or the rest of `<title>`. Often the hospital that 我院 means.
    pub site: Option<String>,
    /// The encoding that the bytes were read in; `UTF-8` for text given from memory.
    pub encoding: &'static str,
    /// What was odd about the page.
    pub complaints: Vec<Complaint>,
}

/// What is known of an article that a program holds in memory; everything but the text is optional.
///
/// ```
/// use xinglin_article::{Article, Parts};
/// let article = Article::from_parts(Parts {
///     id: Some("42".into()),
///     title: Some("市中心医院骨科获批省级临床重点专科".into()),
///     text: "近日,市中心医院骨科获批省级临床重点专科。".into(),
///     published: Some("2023年5月6日".into()),
///     ..Default::default()
/// });
/// assert_eq!(article.published.unwrap().to_string(), "2023-05-06");
/// assert!(article.text.starts_with("市中心医院骨科获批省级临床重点专科\n"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The name of the collection, as a path; may be empty.
    pub file: String,
    /// What tells this article from others of the same `file`.
    pub id: Option<String>,
    /// The headline; without one it is looked for in the text.
    pub title: Option<String>,
    /// The body: plain lines, or HTML.
    pub text: String,
    /// When it was published, in any printed form; without one it is looked for in the text.
    pub published: Option<String>,
    /// Who published it first.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
}
