//! The whole comparison on a small corpus: programs, counts and report. Nothing here depends on how fast anything is.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use xinglin_benches::compare::{Setting, Source, compare, growth};
use xinglin_benches::generate::Plan;
use xinglin_benches::process::Programs;
use xinglin_benches::report::Report;

/// The folder of the programs. `cargo test` of this package alone does not build `xinglin` itself: then it is built here.
fn programs() -> Result<Programs> {
    let folder = Path::new(env!("CARGO_BIN_EXE_compare")).parent().context("a program lies in a folder")?;
    if !folder.join(format!("xinglin{}", std::env::consts::EXE_SUFFIX)).is_file() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "xinglin-cli", "--target-dir"]);
        build.arg(folder.parent().context("a profile lies in a target folder")?);
        if folder.ends_with("release") {
            build.arg("--release");
        }
        ensure!(build.status()?.success(), "building xinglin");
    }
    Programs::in_folder(folder, None)
}

fn setting(source: Source, work: &Path) -> Result<Setting> {
    Ok(Setting::new(programs()?, source, work.to_owned()).quick())
}

fn rows(report: &Report) -> Vec<&str> {
    report.sections.iter().flat_map(|section| section.rows.iter().map(|row| row.name.as_str())).collect()
}

#[test]
fn every_stage_asserts_its_counts_on_a_generated_corpus() -> Result<()> {
    let work = tempfile::tempdir()?;
    let source = Source::Generated(Plan { articles: 400, traditional: 200, ..Plan::default() });
    let report = compare(&setting(source, work.path())?)?;
    let headings: Vec<&str> = report.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings, ["indexing", "answers", "cold start", "warm latency", "re-run"]);
    for section in &report.sections {
        assert!(!section.asserted.is_empty(), "{}: nothing was asserted", section.heading);
        assert!(
            section.rows.iter().all(|row| row.xinglin > 0.0 && row.xinglin.is_finite()),
            "{:?}",
            section.rows
        );
    }
    for row in [
        "throughput, 1 core",
        "scaling from 1 core to 2",
        "index size",
        "search",
        "facets",
        "nothing changed",
    ] {
        assert!(rows(&report).contains(&row), "{row} is missing from {:?}", rows(&report));
    }
    let json = serde_json::to_value(&report)?;
    assert!(json["sections"][0]["rows"][0]["ratio"].is_number());
    Ok(())
}

#[test]
fn a_folder_of_pages_is_compared_as_well() -> Result<()> {
    let work = tempfile::tempdir()?;
    let corpus: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/articles");
    let report = compare(&setting(Source::Given(corpus), work.path())?)?;
    let articles =
        report.setting.iter().find(|(name, _)| name == "articles").map(|(_, value)| value.as_str());
    assert!(articles.is_some_and(|articles| articles.starts_with("40 ")), "{articles:?}");
    Ok(())
}

#[test]
fn growth_is_reported_and_drawn() -> Result<()> {
    let work = tempfile::tempdir()?;
    let plan = Plan::default();
    let found = growth(&setting(Source::Generated(plan), work.path())?, plan, &[100, 300])?;
    assert!(found.chart.contains("xinglin: cold search") && found.chart.matches("<circle").count() >= 14 * 2);
    assert!(rows(&found.report).contains(&"cold search, up to 300"));
    assert!(!work.path().join("100").exists(), "indexes of a size are removed before the next");
    Ok(())
}
