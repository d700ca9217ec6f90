//! The floor under a cold search as a program: `map-only index FILE.jsonl DIR`, `map-only search DIR QUERY`.

use anyhow::Result;
use clap::Parser;
use xinglin_benches::floor;
use xinglin_benches::program::{self, Command};

fn main() -> Result<()> {
    program::run(Command::parse(), floor::bigrams()?)
}
