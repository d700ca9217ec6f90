//! What pages are checked against.
#![allow(clippy::expect_used, clippy::panic, dead_code, reason = "helpers of tests")]

use xinglin_article::{Article, Format, Limits, read_bytes};

/// Stands for any day.
pub(crate) const ANY: Option<&str> = Some("any");

/// What is known of a page; `text` and `noise` are pieces that stand there and not in the other.
#[derive(Default)]
pub(crate) struct Expected<'e> {
    pub(crate) title: &'e str,
    pub(crate) published: Option<&'e str>,
    pub(crate) year: Option<i32>,
    pub(crate) source: Option<&'e str>,
    pub(crate) site: Option<&'e str>,
    pub(crate) text: &'e [&'e str],
    pub(crate) noise: &'e [&'e str],
}

pub(crate) fn read(page: &[u8], format: Format) -> Article {
    let mut found = Vec::new();
    read_bytes(page, format, "page", &Limits::default(), &mut |article| found.push(article));
    assert_eq!(found.len(), 1);
    found.remove(0).expect("the page can be read")
}

pub(crate) fn check_text(page: &str, expected: Expected<'_>) {
    check(page, &read(page.as_bytes(), Format::Text), expected);
    // The order of line ends and a byte order mark change nothing.
    let windows = format!("\u{feff}{}", page.replace('\n', "\r\n"));
    assert_eq!(read(windows.as_bytes(), Format::Text).text, read(page.as_bytes(), Format::Text).text);
}

pub(crate) fn check_html(page: &str, expected: Expected<'_>) {
    check(page, &read(page.as_bytes(), Format::Html), expected);
}

fn check(page: &str, article: &Article, expected: Expected<'_>) {
    assert_eq!(article.title, expected.title, "title of\n{page}");
    if expected.published != ANY {
        let day = article.published.map(|d| d.to_string());
        assert_eq!(day.as_deref(), expected.published, "day of\n{page}");
    }
    if expected.year.is_some() {
        assert_eq!(article.published_year, expected.year, "year of\n{page}");
    }
    if expected.source.is_some() {
        assert_eq!(article.source.as_deref(), expected.source, "source of\n{page}");
    }
    if expected.site.is_some() {
        assert_eq!(article.site.as_deref(), expected.site, "site of\n{page}");
    }
    for piece in expected.text {
        assert!(article.text.contains(piece), "{piece:?} is missing from the text\n{}", article.text);
    }
    for piece in expected.noise {
        assert!(
            article.noise.contains(piece),
            "{piece:?} is missing from the noise\n{}\n--\n{}",
            article.noise,
            article.text
        );
        assert!(!article.text.contains(piece), "{piece:?} stands in the text\n{}", article.text);
    }
    if !expected.title.is_empty()
        && article.text.lines().any(|l| l.trim_start_matches(['#', ' ']) == expected.title)
    {
        let first = article.text.lines().next().unwrap_or("");
        assert_eq!(first.trim_start_matches(['#', ' ']), expected.title, "the headline is not first");
    }
}
