//! The naive engine: tantivy with tantivy-jieba, as their own examples put the two together.
//!
//! Title and text are stored and indexed with positions; a query is the OR of its tokens over both fields. (Handed to
//! tantivy's `QueryParser` instead, a Chinese question becomes one phrase and finds nothing.)

use crate::generate::Article;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::store::Compressor;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, TantivyDocument, Term};

/// What one run of indexing did.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Indexed {
    /// Articles in the index.
    pub articles: u64,
    /// Bytes of their titles and texts.
    pub bytes: u64,
    /// Seconds until the commit returned; merges may still run.
    pub commit_seconds: f64,
    /// Seconds until nothing was left to do.
    pub seconds: f64,
}

/// One article found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// BM25.
    pub score: f32,
    /// The stored headline.
    pub title: String,
    /// The stored text.
    pub text: String,
}

/// An analyzer under the name the schema calls it by.
pub type NamedAnalyzer = (&'static str, TextAnalyzer);

/// jieba in search mode with its HMM: tantivy-jieba's defaults.
pub fn jieba() -> NamedAnalyzer {
    ("jieba", TextAnalyzer::from(tantivy_jieba::JiebaTokenizer::new()))
}

/// A tantivy index of articles, open for searching.
pub struct Engine {
    index: Index,
    reader: IndexReader,
    analyzer: TextAnalyzer,
    fields: [Field; 2],
}

fn schema(tokenizer: &str) -> (Schema, [Field; 2]) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing) | STORED;
    let mut builder = Schema::builder();
    let fields = ["title", "text"].map(|name| builder.add_text_field(name, options.clone()));
    (builder.build(), fields)
}

/// Bytes of writer memory a thread: what tantivy's examples give a whole writer.
const BUDGET: usize = 50_000_000;

impl Engine {
    /// Indexes `articles` into the empty folder `directory` with `threads` threads, merges included.
    ///
    /// # Errors
    ///
    /// Where an article cannot be read or the index cannot be written.
    pub fn index(
        directory: &Path,
        (name, analyzer): NamedAnalyzer,
        threads: usize,
        articles: impl Iterator<Item = Result<Article>>,
    ) -> Result<Indexed> {
        let started = Instant::now();
        std::fs::create_dir_all(directory).with_context(|| format!("creating {}", directory.display()))?;
        let (schema, [title, text]) = schema(name);
        let settings = IndexSettings { docstore_compression: Compressor::Lz4, ..IndexSettings::default() };
        let index = Index::builder().schema(schema).settings(settings).create_in_dir(directory)?;
        index.tokenizers().register(name, analyzer);
        let mut writer = index.writer_with_num_threads(threads.max(1), BUDGET * threads.max(1))?;
        let mut bytes = 0;
        for article in articles {
            let article = article?;
            bytes += article.bytes();
            writer.add_document(tantivy::doc!(title => article.title, text => article.text))?;
        }
        writer.commit()?;
        let commit_seconds = started.elapsed().as_secs_f64();
        writer.wait_merging_threads()?;
        let articles = index.reader()?.searcher().num_docs();
        Ok(Indexed { articles, bytes, commit_seconds, seconds: started.elapsed().as_secs_f64() })
    }

    /// Opens the index in `directory`.
    ///
    /// # Errors
    ///
    /// Where no index lies there.
    pub fn open(directory: &Path, (name, analyzer): NamedAnalyzer) -> Result<Engine> {
        let index =
            Index::open_in_dir(directory).with_context(|| format!("opening {}", directory.display()))?;
        index.tokenizers().register(name, analyzer.clone());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let schema = index.schema();
        let fields = [schema.get_field("title")?, schema.get_field("text")?];
        Ok(Engine { index, reader, analyzer, fields })
    }

    /// How many articles there are.
    pub fn articles(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// How many segments there are.
    pub fn segments(&self) -> Result<usize> {
        Ok(self.index.searchable_segment_ids()?.len())
    }

    /// The query's tokens, ORed over title and text; punctuation is left out.
    fn query(&self, text: &str) -> BooleanQuery {
        let mut analyzer = self.analyzer.clone();
        let mut tokens = analyzer.token_stream(text);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        while tokens.advance() {
            let token = tokens.token().text.as_str();
            if token.chars().any(char::is_alphanumeric) {
                for field in self.fields {
                    let term = Term::from_field_text(field, token);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    clauses.push((Occur::Should, Box::new(query)));
                }
            }
        }
        BooleanQuery::new(clauses)
    }

    /// The best `limit` articles, fetched from the store.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Found>> {
        let searcher = self.reader.searcher();
        let best = searcher.search(&self.query(query), &TopDocs::with_limit(limit).order_by_score())?;
        let fetch = |(score, address)| {
            let document: TantivyDocument = searcher.doc(address)?;
            let [title, text] = self.fields.map(|field| {
                document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
            });
            Ok(Found { score, title, text })
        };
        best.into_iter().map(fetch).collect()
    }

    /// How many articles hold any token of the query: what a test asserts, outside any timing.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn count(&self, query: &str) -> Result<usize> {
        Ok(self.reader.searcher().search(&self.query(query), &Count)?)
    }
}
