//! The naive engine as a program: `baseline index FILE.jsonl DIR --threads 2`, `baseline search DIR QUERY`.

use anyhow::Result;
use clap::Parser;
use xinglin_benches::baseline;
use xinglin_benches::program::{self, Command};

fn main() -> Result<()> {
    program::run(Command::parse(), baseline::jieba())
}
