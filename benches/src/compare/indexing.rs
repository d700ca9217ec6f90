//! Throughput, memory and size of indexing.

use super::{Ground, Indexes, Setting};
use crate::baseline::Indexed;
use crate::process::{Cost, Invocation};
use crate::report::{Reach, Row, Section, median};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::path::Path;

/// What `xinglin index --format json` prints.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(super) struct XinglinIndexed {
    pub(super) indexed: u64,
    pub(super) unchanged: u64,
    pub(super) removed: u64,
    pub(super) skipped: u64,
}

/// What several runs of one engine cost.
#[derive(Default)]
struct Runs {
    wall: Vec<f64>,
    cpu: Vec<f64>,
    peak: Vec<f64>,
    commit: Vec<f64>,
}

impl Runs {
    fn add(&mut self, cost: Cost) {
        self.wall.push(cost.wall_seconds);
        self.cpu.push(cost.cpu_seconds);
        self.peak.push(cost.peak_bytes as f64 / 1e6);
    }
}

/// Indexes the corpus with one core and with two, the engines in turn; the last indexes stay.
pub(super) fn measure(setting: &Setting, ground: &Ground) -> Result<(Section, Indexes)> {
    let indexes = Indexes::of(&setting.work);
    let megabytes = ground.megabytes();
    let method = format!(
        "whole processes held to as many cores as they have threads, median of {} runs in turn; \
         MB are of titles and texts",
        setting.index_runs
    );
    let mut section = Section::new("indexing", method);
    let mut throughputs = Vec::new();
    for cores in [1, 2] {
        eprintln!("Indexing with {cores} …");
        let (mut xinglin, mut baseline) = (Runs::default(), Runs::default());
        for run in 0..setting.index_runs {
            for turn in 0..2 {
                if (run + turn) % 2 == 0 {
                    xinglin.add(with_xinglin(setting, ground, &indexes, cores)?);
                } else {
                    let (cost, indexed) = with_baseline(setting, ground, &indexes, cores)?;
                    baseline.add(cost);
                    baseline.commit.push(indexed.commit_seconds);
                }
            }
        }
        let per_second = |seconds: &[f64]| megabytes / median(seconds);
        let (ours, theirs) = (per_second(&xinglin.wall), per_second(&baseline.wall));
        throughputs.push((ours, theirs));
        let cores_shown = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
        let row = Row::pair(format!("throughput, {cores_shown}"), "MB/s", ours, theirs);
        section.rows.push(row.reach(Reach::RatioAtLeast(0.65)));
        let unmerged = per_second(&baseline.commit);
        section.rows.push(Row::pair(
            format!("… the baseline's merges left out, {cores_shown}"),
            "MB/s",
            ours,
            unmerged,
        ));
        section.rows.push(Row::pair(
            format!("computing, {cores_shown}"),
            "s",
            median(&xinglin.cpu),
            median(&baseline.cpu),
        ));
        let row = Row::pair(
            format!("peak memory, {cores_shown}"),
            "MB",
            median(&xinglin.peak),
            median(&baseline.peak),
        );
        section.rows.push(row.reach(Reach::AtMost(400.0)));
    }
    if let [(ours, theirs), (ours_with_two, theirs_with_two)] = throughputs[..] {
        let row = Row::pair("scaling from 1 core to 2", "×", ours_with_two / ours, theirs_with_two / theirs);
        section.rows.push(row.reach(Reach::AtLeast(1.8)));
    }
    section.rows.extend(sizes(ground, &indexes)?);
    section.asserted.push(format!("both indexes hold {} articles after each run", ground.extent.articles));
    build_floor(setting, ground, &indexes)?;
    Ok((section, indexes))
}

/// Whether the working folder has the indexes of both engines.
pub(super) fn kept(setting: &Setting) -> bool {
    let indexes = Indexes::of(&setting.work);
    indexes.xinglin.is_dir() && indexes.baseline.is_dir()
}

/// The indexes of the working folder and their sizes; what it took to make them is not known any more.
pub(super) fn sizes_alone(setting: &Setting, ground: &Ground) -> Result<(Section, Indexes)> {
    let indexes = ensure(setting, ground)?;
    let mut section = Section::new("indexing", "indexes of an earlier run".to_owned());
    section.rows.extend(sizes(ground, &indexes)?);
    Ok((section, indexes))
}

/// The indexes of the working folder, made where they are missing.
pub(super) fn ensure(setting: &Setting, ground: &Ground) -> Result<Indexes> {
    let indexes = Indexes::of(&setting.work);
    if !indexes.xinglin.is_dir() {
        with_xinglin(setting, ground, &indexes, 2)?;
    }
    if !indexes.baseline.is_dir() {
        with_baseline(setting, ground, &indexes, 2)?;
    }
    build_floor(setting, ground, &indexes)?;
    Ok(indexes)
}

fn with_xinglin(setting: &Setting, ground: &Ground, indexes: &Indexes, cores: usize) -> Result<Cost> {
    clear(&indexes.xinglin)?;
    let invocation = ground.index_with_xinglin(setting, &indexes.xinglin, cores).cores(cores);
    let (cost, indexed) = run_xinglin_index(setting, &invocation)?;
    let articles = ground.extent.articles;
    ensure!(indexed.indexed == articles, "`{invocation}` indexed {} of {articles} articles", indexed.indexed);
    Ok(cost)
}

/// Runs `xinglin index` and reads its summary. Code 2 (files skipped) is no failure here: the counts judge.
pub(super) fn run_xinglin_index(
    setting: &Setting,
    invocation: &Invocation,
) -> Result<(Cost, XinglinIndexed)> {
    let ended = setting.programs.run(invocation, &[0, 2])?;
    let indexed = serde_json::from_slice(&ended.stdout).with_context(|| {
        format!("`{invocation}` printed no summary: {}", String::from_utf8_lossy(&ended.stdout))
    })?;
    Ok((ended.cost, indexed))
}

fn with_baseline(
    setting: &Setting,
    ground: &Ground,
    indexes: &Indexes,
    cores: usize,
) -> Result<(Cost, Indexed)> {
    clear(&indexes.baseline)?;
    let invocation = ground.index_with(setting.programs.baseline(), &indexes.baseline, cores).cores(cores);
    let ended = setting.programs.run(&invocation, &[0])?;
    let indexed: Indexed = serde_json::from_slice(&ended.stdout)?;
    let articles = ground.extent.articles;
    ensure!(
        indexed.articles == articles,
        "`{invocation}` indexed {} of {articles} articles",
        indexed.articles
    );
    Ok((ended.cost, indexed))
}

fn build_floor(setting: &Setting, ground: &Ground, indexes: &Indexes) -> Result<()> {
    clear(&indexes.map_only)?;
    let invocation = ground.index_with(setting.programs.map_only(), &indexes.map_only, 2);
    setting.programs.run(&invocation, &[0])?;
    Ok(())
}

fn sizes(ground: &Ground, indexes: &Indexes) -> Result<[Row; 2]> {
    let [xinglin, baseline] = [&indexes.xinglin, &indexes.baseline].map(|folder| size(folder));
    let (xinglin, baseline) = (xinglin? / 1e6, baseline? / 1e6);
    let megabytes = ground.megabytes();
    Ok([
        Row::pair("index size", "MB", xinglin, baseline).reach(Reach::RatioAtMost(1.25)),
        Row::pair("index size ÷ text", "×", xinglin / megabytes, baseline / megabytes),
    ])
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let metadata = entry?.metadata()?;
        bytes += if metadata.is_file() { metadata.len() } else { 0 };
    }
    Ok(bytes as f64)
}

pub(super) fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    Ok(())
}
