//! Pages to articles and articles to facts.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
// A benchmark that cannot be set up must stop, as a test does.

use divan::Bencher;
use divan::counter::BytesCount;
use jieba_rs::{Jieba, TokenizeMode};
use std::path::Path;
use std::sync::LazyLock;
use xinglin::{NewArticle, Tagger};
use xinglin_article::{Format, Limits, read_bytes};
use xinglin_benches::fixture::articles;
use xinglin_benches::generate::Article;

/// The bundled pages of one kind, with their bytes.
fn pages(extension: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/articles");
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("corpus/articles is bundled") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|found| found == extension) {
            pages.push((path.display().to_string(), std::fs::read(&path).expect("readable")));
        }
    }
    pages.sort();
    pages
}

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| articles(100, 0).expect("embedded lists"));
static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new().expect("embedded gazetteers"));

fn main() {
    LazyLock::force(&TAGGER);
    divan::main();
}

#[divan::bench(args = [("txt", Format::Text), ("html", Format::Html)])]
fn extract(bencher: Bencher<'_, '_>, (extension, format): (&str, Format)) {
    let pages = pages(extension);
    assert!(pages.len() >= 10, "{} pages of kind {extension}", pages.len());
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    let limits = Limits::default();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut with_title = 0;
        for (name, bytes) in &pages {
            read_bytes(bytes, format, name, &limits, &mut |article| {
                with_title += usize::from(article.is_ok_and(|article| !article.title.is_empty()));
            });
        }
        assert_eq!(with_title, pages.len());
    });
}

/// The generated articles as the bytes of text files.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    ARTICLES.iter().map(|one| format!("{}\n{}", one.title, one.text).into_bytes()).collect()
});

/// Decoding, extraction and tagging of the same articles that [`jieba`] cuts.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let bytes: usize = FILES.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let facts = |file: &Vec<u8>| {
            let text = xinglin_text::decode(file, None).text;
            usize::from(!TAGGER.tag(NewArticle::new("page", text)).specialties.is_empty())
        };
        let facts: usize = FILES.iter().map(facts).sum();
        assert!(facts > FILES.len() / 2, "{facts} articles name a specialty");
    });
}

/// Words by jieba-rs as tantivy-jieba asks for them: what reading is held against.
#[divan::bench]
fn jieba(bencher: Bencher<'_, '_>) {
    let jieba = Jieba::new();
    let bytes: u64 = ARTICLES.iter().map(Article::bytes).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let words = |one: &Article| jieba.tokenize(&one.text, TokenizeMode::Search, true).len();
        let words: usize = ARTICLES.iter().map(words).sum();
        assert!(words > 10 * ARTICLES.len(), "{words} words");
    });
}

#[divan::bench]
fn tag(bencher: Bencher<'_, '_>) {
    let inputs = || -> Vec<NewArticle> {
        let new = |article: &Article| NewArticle::new(&article.id, &article.text).title(&article.title);
        ARTICLES.iter().map(new).collect()
    };
    let bytes: u64 = ARTICLES.iter().map(Article::bytes).sum();
    let tag = |inputs: Vec<NewArticle>| -> usize {
        inputs.into_iter().map(|article| usize::from(!TAGGER.tag(article).specialties.is_empty())).sum()
    };
    let expected = tag(inputs());
    assert!(expected > ARTICLES.len() / 2, "{expected} articles name a specialty");
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(inputs)
        .bench_local_values(|inputs| assert_eq!(tag(inputs), expected));
}
