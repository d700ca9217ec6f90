//! Which kind of file a name promises.

use std::path::Path;

/// How a file's bytes become articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text as scraped: one article.
    Text,
    /// A whole page: one article.
    Html,
    /// An article a line, each a JSON object.
    JsonLines,
    /// One JSON object, or an array of them.
    Json,
}

impl Format {
    /// The format by the name's extension, whatever its case; `None` for files that are not read.
    ///
    /// ```
    /// use xinglin_article::Format;
    /// assert_eq!(Format::of("新闻/页面.HTM".as_ref()), Some(Format::Html));
    /// assert_eq!(Format::of("image.png".as_ref()), None);
    /// ```
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" | "md" => Format::Text,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            "json" => Format::Json,
            _ => return None,
        })
    }
}
