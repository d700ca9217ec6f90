//! xinglin beside a naive engine: `compare --articles 20000`, `compare --path news/`, `compare --sizes 1000,10000`.

use anyhow::{Context, Result, ensure};
use clap::Parser;
use std::fs;
use std::path::PathBuf;
use xinglin_benches::compare::{self, Growth, Setting, Source, Stage};
use xinglin_benches::generate::Plan;
use xinglin_benches::process::Programs;

/// Measures xinglin and a naive engine (tantivy with tantivy-jieba) side by side, on the same text, in one run.
/// Ends with an error where an answer is wrong; never because something is slow.
#[derive(Parser)]
struct Arguments {
    /// Articles to generate.
    #[arg(long, default_value_t = Plan::default().articles)]
    articles: u64,
    /// Another seed: another corpus, other queries.
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
    /// Generated articles in Traditional characters, of 1,000.
    #[arg(long, default_value_t = Plan::default().traditional)]
    traditional: u32,
    /// Generated articles that repost an earlier one, of 1,000.
    #[arg(long, default_value_t = Plan::default().reposts)]
    reposts: u32,
    /// A folder or file to measure on instead, read as `xinglin index` reads it.
    #[arg(long, conflicts_with_all = ["articles", "sizes"])]
    path: Option<PathBuf>,
    /// Several sizes of generated corpora, smallest first: how costs grow.
    #[arg(long, value_delimiter = ',')]
    sizes: Vec<u64>,
    /// With --sizes: write the chart here, as SVG.
    #[arg(long, requires = "sizes")]
    chart: Option<PathBuf>,
    /// What to compare; everything unless given.
    #[arg(long, value_delimiter = ',')]
    stages: Vec<Stage>,
    /// The program under test, if it does not lie beside this one.
    #[arg(long)]
    xinglin: Option<PathBuf>,
    /// A folder to work in and to keep; its indexes are used again where --stages leaves indexing out, and with --sizes.
    #[arg(long)]
    work: Option<PathBuf>,
    /// Few runs and queries: everything is tried, nothing is measured well.
    #[arg(long)]
    quick: bool,
    /// Count instructions, too, with perf or valgrind.
    #[arg(long)]
    instructions: bool,
    /// Runs of each indexing [default: 3].
    #[arg(long)]
    index_runs: Option<usize>,
    /// Runs of each cold process [default: 21].
    #[arg(long)]
    cold_runs: Option<usize>,
    /// Queries of each kind [default: 400].
    #[arg(long)]
    queries: Option<usize>,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let temporary = tempfile::tempdir()?;
    let work = arguments.work.clone().unwrap_or_else(|| temporary.path().to_owned());
    let Arguments { articles, seed, traditional, reposts, .. } = arguments;
    let plan = Plan { articles, seed, traditional, reposts };
    let source = arguments.path.clone().map_or(Source::Generated(plan), Source::Given);
    let setting = arguments.setting(source, work)?;
    let report = if arguments.sizes.is_empty() {
        compare::compare(&setting)?
    } else {
        ensure!(arguments.sizes.is_sorted(), "--sizes: give the smallest first");
        let Growth { report, chart } = compare::growth(&setting, plan, &arguments.sizes)?;
        if let Some(path) = &arguments.chart {
            fs::write(path, chart).with_context(|| format!("writing {}", path.display()))?;
        }
        report
    };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{report}");
    }
    Ok(())
}

impl Arguments {
    fn setting(&self, source: Source, work: PathBuf) -> Result<Setting> {
        let programs = Programs::beside_this(self.xinglin.as_deref())?;
        let setting = Setting::new(programs, source, work);
        let setting = if self.quick { setting.quick() } else { setting };
        let stages = if self.stages.is_empty() { setting.stages.clone() } else { self.stages.clone() };
        Ok(Setting {
            seed: self.seed,
            stages,
            instructions: self.instructions,
            index_runs: self.index_runs.unwrap_or(setting.index_runs).max(1),
            cold_runs: self.cold_runs.unwrap_or(setting.cold_runs).max(1),
            queries: self.queries.unwrap_or(setting.queries).max(1),
            ..setting
        })
    }
}
