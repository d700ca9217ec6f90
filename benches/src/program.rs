//! The command line that the naive engines share.

use crate::baseline::{Engine, NamedAnalyzer};
use crate::corpus::Corpus;
use anyhow::Result;
use clap::Parser;
use std::io::Write;
use std::path::PathBuf;

/// A plain tantivy index of articles.
#[derive(Parser)]
pub enum Command {
    /// Index a file with an article a line; prints what was done as JSON.
    Index {
        /// The articles.
        file: PathBuf,
        /// An empty folder for the index.
        directory: PathBuf,
        /// Indexing threads.
        #[arg(long, default_value_t = 1)]
        threads: usize,
    },
    /// Print the ten best articles, a JSON object each.
    Search {
        /// The index.
        directory: PathBuf,
        /// What to look for.
        query: Vec<String>,
    },
}

/// Carries one command out.
///
/// # Errors
///
/// Where the corpus or the index cannot be read or written.
pub fn run(command: Command, analyzer: NamedAnalyzer) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match command {
        Command::Index { file, directory, threads } => {
            let done = Engine::index(&directory, analyzer, threads, Corpus::open(&file)?.articles()?)?;
            serde_json::to_writer(&mut out, &done)?;
            out.write_all(b"\n")?;
        }
        Command::Search { directory, query } => {
            for found in Engine::open(&directory, analyzer)?.search(&query.join(" "), 10)? {
                serde_json::to_writer(&mut out, &found)?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(())
}
