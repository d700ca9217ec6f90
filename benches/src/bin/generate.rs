//! Writes a synthetic corpus as lines of JSON: `generate --articles 100000 --seed 1 > news.jsonl`.

use anyhow::Result;
use clap::Parser;
use std::io::{self, BufWriter};
use xinglin_benches::generate::{Generator, Plan};
use xinglin_benches::program::unless_closed;

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
    unless_closed(generator.write(&mut out).map(|bytes| {
        eprintln!("{articles} articles, {bytes} bytes of titles and texts");
    }))
}
