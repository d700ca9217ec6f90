//! A corpus of someone's own files, read as `xinglin index` reads them and written down an article a line: what the naive
//! engine, which reads nothing but lines of JSON, indexes, and what answers are judged by.

use crate::generate::Article;
use anyhow::{Context, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use xinglin_article::{FileEntry, Limits, WalkOptions, read_file, walk};

/// Writes the articles below `path` to `out`. What cannot be read is named on standard error, as `xinglin index` does.
///
/// # Errors
///
/// Where `path` is missing or `out` cannot be written.
pub fn write(path: &Path, out: &mut dyn Write) -> Result<()> {
    path.metadata().with_context(|| format!("reading {}", path.display()))?;
    let paths: [PathBuf; 1] = [path.to_owned()];
    for entry in walk(&paths, WalkOptions::default()) {
        match entry {
            Ok(entry) => write_file(&entry, out)?,
            Err(error) => eprintln!("skipped: {error}"),
        }
    }
    Ok(out.flush()?)
}

fn write_file(entry: &FileEntry, out: &mut dyn Write) -> Result<()> {
    let mut result = Ok(());
    read_file(&entry.path, entry.format, &entry.file, &Limits::default(), &mut |article| match article {
        Ok(article) => {
            if result.is_ok() {
                result = write_article(article, out);
            }
        }
        Err(error) => eprintln!("skipped: {error}"),
    });
    result
}

/// Everything readable on the page, the headline once.
fn write_article(article: xinglin_article::Article, out: &mut dyn Write) -> Result<()> {
    let body = article.text.strip_prefix(&article.title).unwrap_or(&article.text);
    let text = format!("{body}\n{}", article.noise).trim().to_owned();
    let line = Article {
        id: article.key.to_string(),
        title: article.title,
        text,
        published: article.published.map_or_else(String::new, |date| date.to_string()),
        url: article.url.unwrap_or_default(),
        source: article.source.unwrap_or_default(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    Ok(out.write_all(b"\n")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_becomes_lines_with_all_of_its_text() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(
            folder.path().join("一.txt"),
            "我院骨科获批省级临床重点专科\n\n近日,我院骨科获批。\n\n版权所有 某医院\n",
        )?;
        fs::write(
            folder.path().join("二.jsonl"),
            "{\"title\": \"义诊\", \"text\": \"专家下乡。\"}\nbroken\n",
        )?;
        let mut lines = Vec::new();
        write(folder.path(), &mut lines)?;
        let lines = String::from_utf8(lines)?;
        let articles: Vec<Article> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        assert_eq!(articles.len(), 2, "{lines}");
        let [page, line] = &articles[..] else { return Ok(()) };
        assert_eq!(page.title, "我院骨科获批省级临床重点专科");
        assert!(page.text.contains("近日,我院骨科获批。") && page.text.contains("版权所有"), "{}", page.text);
        assert!(!page.text.contains(&page.title));
        assert_eq!((line.title.as_str(), line.text.as_str()), ("义诊", "专家下乡。"));
        assert!(write(&folder.path().join("missing"), &mut Vec::new()).is_err());
        Ok(())
    }
}
