//! Indexing again what has not changed.

use super::ground::xinglin_index;
use super::indexing::{XinglinIndexed, clear, run_xinglin_index};
use super::{Ground, Indexes, Setting};
use crate::generate::Article;
use crate::report::{Reach, Row, Section, median};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Writes articles as files, indexes the folder, and times the runs after that.
pub(super) fn measure(setting: &Setting, ground: &Ground, _: &Indexes) -> Result<Section> {
    let (folder, index) = (setting.work.join("files"), setting.work.join("files.idx"));
    clear(&folder)?;
    clear(&index)?;
    let mut files = 0;
    let mut last = PathBuf::new();
    for article in ground.corpus.articles()?.take(usize::try_from(setting.files)?) {
        last = write_file(&folder, files, &article?)?;
        files += 1;
    }
    let invocation = xinglin_index(&setting.programs.xinglin, &folder, &index, 2);
    let run = || run_xinglin_index(setting, &invocation);
    let same = |done: XinglinIndexed, expected: XinglinIndexed| -> Result<()> {
        ensure!(done == expected, "`{invocation}` did {done:?}, not {expected:?}");
        Ok(())
    };
    let none = XinglinIndexed { indexed: 0, unchanged: 0, removed: 0, skipped: 0 };
    same(run()?.1, XinglinIndexed { indexed: files, ..none })?;
    let (mut seconds, mut walks) = (Vec::new(), Vec::new());
    for _ in 0..setting.index_runs.max(3) {
        walks.push(walk(&folder, files)?);
        let (cost, done) = run()?;
        same(done, XinglinIndexed { unchanged: files, ..none })?;
        seconds.push(cost.wall_seconds);
    }
    let text = fs::read_to_string(&last)?;
    fs::write(&last, format!("{text}\n补记:内容有改动。\n"))?;
    let (cost, done) = run()?;
    same(done, XinglinIndexed { indexed: 1, unchanged: files - 1, ..none })?;
    let method =
        format!("`xinglin index` over {files} files, median of {} runs; floor: walking them", seconds.len());
    let mut section = Section::new("re-run", method);
    // The bound is for 100,000 files; fewer must take less in proportion, but for the start of the process.
    let bound = (2.0 * files as f64 / 100_000.0).max(0.05);
    let row = Row::alone("nothing changed", "s", median(&seconds)).floor(median(&walks));
    section.rows.push(row.reach(Reach::AtMost(bound)));
    section.rows.push(Row::alone("one file changed", "s", cost.wall_seconds));
    section.asserted.push(format!("{files} unchanged each time; then 1 indexed, {} unchanged", files - 1));
    clear(&folder)?;
    clear(&index)?;
    Ok(section)
}

fn write_file(folder: &Path, number: u64, article: &Article) -> Result<PathBuf> {
    let folder = folder.join(format!("{:03}", number / 1000));
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{number:06}.txt"));
    let Article { title, text, published, .. } = article;
    let page = format!("{title}\n\n发布时间:{published}\n\n{text}\n");
    fs::write(&path, page).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}

/// Seconds to find all files and ask each for its size and time.
fn walk(folder: &Path, expected: u64) -> Result<f64> {
    let started = Instant::now();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let metadata = entry?.metadata()?;
        files += u64::from(metadata.is_file() && metadata.modified()?.elapsed().is_ok());
    }
    ensure!(files == expected, "{}: {files} files, not {expected}", folder.display());
    Ok(started.elapsed().as_secs_f64())
}
