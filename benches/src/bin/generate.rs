//! Writes a synthetic corpus as lines of JSON: `generate --articles 100000 --seed 1 > news.jsonl`.

use anyhow::Result;
use clap::Parser;
use std::io::{self, BufWriter, ErrorKind};
use xinglin_benches::generate::{Generator, Plan};

/// Synthetic hospital news for benchmarks, a JSON object a line; nothing in it is true.
#[derive(Parser)]
struct Arguments {
    /// How many articles.
    #[arg(long, default_value_t = Plan::default().articles)]
    articles: u64,
    /// Another seed, another corpus.
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
    /// Articles in Traditional characters, of 1,000.
    #[arg(long, default_value_t = Plan::default().traditional)]
    traditional: u32,
    /// Articles that repost an earlier one, of 1,000.
    #[arg(long, default_value_t = Plan::default().reposts)]
    reposts: u32,
}

fn main() -> Result<()> {
    let Arguments { articles, seed, traditional, reposts } = Arguments::parse();
    let generator = Generator::new(Plan { articles, seed, traditional, reposts })?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match generator.write(&mut out) {
        Err(error) if is_closed_pipe(&error) => Ok(()),
        Err(error) => Err(error),
        Ok(bytes) => {
            eprintln!("{articles} articles, {bytes} bytes of titles and texts");
            Ok(())
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => error.kind() == ErrorKind::BrokenPipe,
        None => cause
            .downcast_ref::<serde_json::Error>()
            .is_some_and(|error| error.io_error_kind() == Some(ErrorKind::BrokenPipe)),
    })
}
