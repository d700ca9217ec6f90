//! Runs one program and writes down what it cost: `measure --report FILE -- PROGRAM ARGUMENTS…`.

use anyhow::Result;
use clap::Parser;
use std::ffi::OsString;
use std::path::PathBuf;
use xinglin_benches::process;

/// Runs a program and writes its time and memory to a file, as JSON.
#[derive(Parser)]
struct Arguments {
    /// The file for the figures.
    #[arg(long)]
    report: PathBuf,
    /// Count memory beyond the mapped files of this folder, too.
    #[arg(long)]
    watch: Option<PathBuf>,
    /// Hold the program to so many cores.
    #[arg(long)]
    cores: Option<usize>,
    /// The program.
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

fn main() -> Result<()> {
    let Arguments { report, watch, cores, command } = Arguments::parse();
    cores.map_or(Ok(()), process::hold_to)?;
    let (program, arguments) = command.split_first().unwrap_or_else(|| unreachable!("clap asks for one"));
    let cost = process::measure(program.as_ref(), arguments, watch.as_deref())?;
    std::fs::write(report, serde_json::to_vec(&cost)?)?;
    Ok(())
}
