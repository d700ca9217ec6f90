//! Text and indexes for the micro-benchmarks, the same for every run.

use crate::generate::{Article, Generator, Plan};
use anyhow::Result;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Some 280 kB of news in Simplified characters.
pub static SIMPLIFIED: LazyLock<String> = LazyLock::new(|| text(0));

/// The same news in Traditional characters.
pub static TRADITIONAL: LazyLock<String> = LazyLock::new(|| text(1000));

fn plan(articles: u64, traditional: u32) -> Plan {
    Plan { articles, traditional, ..Plan::default() }
}

/// The first `count` articles, `traditional` of 1,000 in Traditional characters.
///
/// # Errors
///
/// Where the generator's lists do not load.
pub fn articles(count: u64, traditional: u32) -> Result<Vec<Article>> {
    Generator::new(plan(count, traditional))?.iter().collect()
}

fn text(traditional: u32) -> String {
    let articles = articles(100, traditional).unwrap_or_default();
    articles.iter().fold(String::new(), |text, article| text + &article.title + "\n" + &article.text + "\n")
}

/// An index of `count` articles in a folder of its own, which is removed with the returned guard.
///
/// # Errors
///
/// Where the index cannot be written.
pub fn index(count: u64) -> Result<(TempDir, xinglin::Index)> {
    let folder = tempfile::tempdir()?;
    let (file, index) = (folder.path().join("news.jsonl"), folder.path().join("news.idx"));
    Generator::new(plan(count, 50))?.write(&mut std::fs::File::create(&file)?)?;
    let report = xinglin::Ingest::into(&index).paths([&file]).run()?;
    anyhow::ensure!(report.indexed as u64 == count, "{} of {count} articles indexed", report.indexed);
    Ok((folder, xinglin::Index::open(&index)?))
}

/// How many Han characters there are: what many counts are checked against.
pub fn han(text: &str) -> usize {
    text.chars().filter(|&character| crate::sample::is_han(character)).count()
}
