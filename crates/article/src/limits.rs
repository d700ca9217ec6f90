//! Bounds on what one page may cost, each with a message when it bites.

/// How much is read, and how deep. Plain setters; the defaults suit news pages.
///
/// ```
/// let limits = xinglin_article::Limits { page_bytes: 1 << 20, ..Default::default() };
/// assert_eq!(limits.line_file_bytes, 256 << 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a text or HTML page; a longer file is refused whole. 32 MiB by default.
    pub page_bytes: u64,
    /// The most bytes of a `.json` file read as one value, and of a line file in UTF-16. 256 MiB by default.
    pub line_file_bytes: u64,
    /// The most bytes of one line of a line file; a longer line is skipped. 32 MiB by default.
    pub line_bytes: usize,
    /// The most bytes of `Article::text` and of `Article::noise`, each; the rest is cut at a line or a character. 15 MB by
    /// default, which is about five million Han characters.
    pub article_bytes: usize,
    /// The deepest nesting of HTML elements; deeper tags are ignored, their text is kept. 200 by default.
    pub html_depth: usize,
    /// The most HTML elements of a page; the tags after them are ignored, their text is kept. Two million by default.
    pub html_elements: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            page_bytes: 32 << 20,
            line_file_bytes: 256 << 20,
            line_bytes: 32 << 20,
            article_bytes: 15_000_000,
            html_depth: 200,
            html_elements: 2_000_000,
        }
    }
}
