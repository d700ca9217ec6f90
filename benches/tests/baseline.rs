//! The naive engines find what they should, so that beating them means something.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use anyhow::Result;
use xinglin_benches::baseline::{Engine, jieba};
use xinglin_benches::floor::bigrams;
use xinglin_benches::generate::{Article, Generator, Plan};

#[test]
fn both_naive_engines_index_every_article_and_find_by_any_word() -> Result<()> {
    let news = Generator::new(Plan { articles: 300, traditional: 0, ..Plan::default() })?;
    let articles: Vec<Article> = news.iter().collect::<Result<_>>()?;
    let holding =
        |word: &str| articles.iter().filter(|a| a.title.contains(word) || a.text.contains(word)).count();
    for (name, threads) in [("jieba", 1), ("bigrams", 2)] {
        let analyzer = || if name == "jieba" { Ok(jieba()) } else { bigrams() };
        let folder = tempfile::tempdir()?;
        let done = Engine::index(folder.path(), analyzer()?, threads, news.iter())?;
        assert_eq!((done.articles, done.bytes), (300, articles.iter().map(Article::bytes).sum()), "{name}");
        let engine = Engine::open(folder.path(), analyzer()?)?;
        assert_eq!(engine.articles(), 300, "{name}");
        assert_eq!(engine.count("患者")?, holding("患者"), "{name}");
        let found = engine.search("患者?", 10)?;
        assert_eq!(found.len(), 10, "{name}");
        assert!(
            found.iter().all(|found| found.text.contains("患者") || found.title.contains("患者")),
            "{name}"
        );
        assert!(found.is_sorted_by(|one, next| one.score >= next.score), "{name}");
    }
    Ok(())
}
