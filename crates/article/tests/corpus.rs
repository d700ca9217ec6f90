//! The bundled articles, whose titles, days and years are known.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use serde_json::Value;
use xinglin_article::{Article, Format, Limits, read_file};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

fn read(file: &str) -> Article {
    let path = corpus().join("articles").join(file);
    let mut found = Vec::new();
    let format = Format::of(&path).expect("a known extension");
    read_file(&path, format, file, &Limits::default(), &mut |article| found.push(article));
    found.remove(0).expect("the bundled articles can be read")
}

fn gold() -> Vec<Value> {
    let text = std::fs::read_to_string(corpus().join("gold.jsonl")).expect("corpus/gold.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("gold is JSON")).collect()
}

#[test]
fn titles_and_days_are_those_of_the_corpus() {
    let mut wrong = Vec::new();
    for gold in gold() {
        let file = gold["file"].as_str().expect("file");
        let article = read(file);
        let title = gold["title"].as_str().expect("title");
        if !title.split('|').any(|t| t == article.title) {
            wrong.push(format!("{file}: title {:?}, not {title:?}", article.title));
        }
        let day = article.published.map(|d| d.to_string());
        if day.as_deref() != gold["published"].as_str() {
            wrong.push(format!("{file}: published {day:?}, not {:?}", gold["published"]));
        }
        if let (Some(year), Some(known)) = (article.published_year, gold["year"].as_i64())
            && i64::from(year) != known
        {
            wrong.push(format!("{file}: year {year}, not {known}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
