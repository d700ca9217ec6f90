//! The command line that the naive engines share.

use crate::baseline::{Engine, NamedAnalyzer};
use crate::corpus::Corpus;
use anyhow::Result;
use clap::Parser;
use serde::Serialize;
use std::io::{self, Write};
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
    match command {
        Command::Index { file, directory, threads } => {
            let done = Engine::index(&directory, analyzer, threads, Corpus::open(&file)?.articles()?)?;
            print(&[done])
        }
        Command::Search { directory, query } => {
            print(&Engine::open(&directory, analyzer)?.search(&query.join(" "), 10)?)
        }
    }
}

fn print(lines: &[impl Serialize]) -> Result<()> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    unless_closed(std::io::stdout().lock().write_all(&text).map_err(Into::into))
}

/// A reader that has seen enough is no error.
///
/// # Errors
///
/// The error that was given, unless it comes from a closed pipe.
pub fn unless_closed(result: Result<()>) -> Result<()> {
    let closed = |error: &anyhow::Error| {
        let kinds = error.chain().map(|cause| {
            let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
            io.or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(|error| error.io_error_kind()))
        });
        kinds.flatten().any(|kind| kind == io::ErrorKind::BrokenPipe)
    };
    if result.as_ref().is_err_and(closed) { Ok(()) } else { result }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    #[test]
    fn only_a_closed_pipe_is_forgiven() {
        let after = |kind: ErrorKind| {
            unless_closed(Err(anyhow::Error::from(io::Error::from(kind)).context("writing")))
        };
        assert!(after(ErrorKind::BrokenPipe).is_ok());
        assert!(after(ErrorKind::StorageFull).is_err());
        let json = serde_json::Error::io(io::Error::from(ErrorKind::BrokenPipe));
        assert!(unless_closed(Err(json.into())).is_ok());
    }
}
