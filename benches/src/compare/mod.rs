//! xinglin and the naive engine side by side, in one run, on the same text.

mod answers;
mod cold;
mod ground;
mod growth;
mod indexing;
mod rerun;
mod warm;

pub use ground::{Ground, Indexes, Source};
pub use growth::{Growth, growth};

use crate::process::Programs;
use crate::report::{Report, Section};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Stage {
    /// Throughput, memory and size of indexing.
    Indexing,
    /// Whether literal pieces are found exactly as often as they stand there.
    Answers,
    /// Whole processes.
    Cold,
    /// Latency of an open index.
    Warm,
    /// Indexing again what has not changed.
    Rerun,
}

/// How a comparison is made.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The programs.
    pub programs: Programs,
    /// The text.
    pub source: Source,
    /// Where corpus and indexes are put.
    pub work: PathBuf,
    /// The seed of the queries.
    pub seed: u64,
    /// What is compared.
    pub stages: Vec<Stage>,
    /// How often each engine indexes the corpus.
    pub index_runs: usize,
    /// How often each process is started.
    pub cold_runs: usize,
    /// Queries of each kind.
    pub queries: usize,
    /// How often each warm query is put.
    pub rounds: usize,
    /// Files of the re-run, at most.
    pub files: u64,
    /// Whether instructions are counted, too.
    pub instructions: bool,
}

impl Setting {
    /// The stages, for a real measurement.
    pub const STAGES: [Stage; 5] = [Stage::Indexing, Stage::Answers, Stage::Cold, Stage::Warm, Stage::Rerun];

    /// A setting with the runs and queries that figures should rest on.
    pub fn new(programs: Programs, source: Source, work: PathBuf) -> Setting {
        Setting {
            programs,
            source,
            work,
            seed: 1,
            stages: Setting::STAGES.to_vec(),
            index_runs: 3,
            cold_runs: 21,
            queries: 400,
            rounds: 5,
            files: 100_000,
            instructions: false,
        }
    }

    /// Few runs and queries: enough to see that everything works.
    pub fn quick(self) -> Setting {
        Setting { index_runs: 1, cold_runs: 5, queries: 40, rounds: 1, files: 300, ..self }
    }

    fn has(&self, stage: Stage) -> bool {
        self.stages.contains(&stage)
    }
}

/// What measures one stage.
type Measure = fn(&Setting, &Ground, &Indexes) -> Result<Section>;

/// Compares on one corpus.
///
/// # Errors
///
/// Where a program fails, or an answer is wrong: nothing is reported of an engine that answers wrongly.
pub fn compare(setting: &Setting) -> Result<Report> {
    let ground = Ground::lay(setting)?;
    let mut sections = Vec::new();
    let indexes = if setting.has(Stage::Indexing) {
        let (section, indexes) = indexing::measure(setting, &ground)?;
        sections.push(section);
        indexes
    } else {
        indexing::ensure(setting, &ground)?
    };
    let stages: [(Stage, Measure); 4] = [
        (Stage::Answers, answers::measure),
        (Stage::Cold, cold::measure),
        (Stage::Warm, warm::measure),
        (Stage::Rerun, rerun::measure),
    ];
    for (stage, measure) in stages {
        if setting.has(stage) {
            eprintln!("{stage:?} …");
            sections.push(measure(setting, &ground, &indexes)?);
        }
    }
    Ok(Report { setting: describe(setting, &ground), sections })
}

fn describe(setting: &Setting, ground: &Ground) -> Vec<(String, String)> {
    let extent = ground.extent;
    let megabytes = extent.bytes as f64 / 1e6;
    let facts = [
        ("corpus", ground.name.clone()),
        ("articles", format!("{} ({megabytes:.1} MB of titles and texts)", extent.articles)),
        ("commit", commit(&setting.programs.xinglin)),
        ("machine", machine()),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// The commit that is checked out where the program lies; `+` where files differ from it.
fn commit(program: &Path) -> String {
    let folder = program.parent().unwrap_or(Path::new(".")).display().to_string();
    output("git", &["-C", &folder, "describe", "--always", "--dirty=+", "--exclude=*"])
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    format!("{cores} cores, {}, {}", model.unwrap_or("unknown model"), output("uname", &["-sr"]))
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success());
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
