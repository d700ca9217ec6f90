//! `index`: files and folders into the index, with progress, and an orderly end on Ctrl-C.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use xinglin::{Ingest, IngestReport};

use crate::arguments::{IndexArgs, PlainFormat};
use crate::complaints;
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::bars::{size, thousands};
use crate::terminal::progress::{ProgressLine, Step};
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

pub(super) fn run(args: &IndexArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let line = session.progress_columns().filter(|_| !args.no_progress).map(ProgressLine::new);
    let mut ingest = plan(args).cancel(on_interrupt()?);
    if let Some(line) = &line {
        let mut report = line.reporter();
        ingest = ingest.progress(move |progress| {
            report(Step { files: progress.files, articles: progress.articles, bytes: progress.bytes });
        });
    }
    let done = ingest.run();
    if let Some(line) = &line {
        line.clear();
    }
    let report = done?;
    for complaint in &report.complaints {
        let message = complaints::in_words(&complaint.message);
        match complaint.skipped {
            true => session.skipped(&message),
            false => session.warn(&message),
        }
    }
    match args.output.format {
        PlainFormat::Json => json::write_line(out, &report)?,
        PlainFormat::Text => {
            Screen::new(out, session.looks).paragraph(0, &[Span::plain(&summary(&report))])?
        }
    }
    if report.interrupted {
        session.error(&interruption(&report, args.rebuild));
        return Ok(Outcome::Interrupted);
    }
    if report.skipped > 0 {
        return Ok(Outcome::Failed);
    }
    if report.indexed + report.unchanged + report.removed == 0 {
        session.warn("没有找到可读入的文章。可读的有 .txt .text .md .html .htm .xhtml .jsonl .ndjson .json");
    }
    Ok(Outcome::Done)
}

/// What to read, and how.
fn plan(args: &IndexArgs) -> Ingest {
    let mut ingest = Ingest::into(&args.index.dir)
        .paths(args.paths.iter().cloned())
        .limits(args.limits.limits())
        .follow_links(args.follow_links)
        .rebuild(args.rebuild);
    if let Some(threads) = args.threads {
        ingest = ingest.threads(threads);
    }
    if let Some(bytes) = args.memory {
        ingest = ingest.memory_bytes(usize::try_from(bytes).unwrap_or(usize::MAX));
    }
    if let Some(interval) = args.commit_every {
        ingest = ingest.commit_every(interval);
    }
    if let Some(dir) = &args.gazetteer {
        ingest = ingest.gazetteers(dir.clone());
    }
    ingest
}

/// What became of the articles of a run that was cut short.
fn interruption(report: &IngestReport, rebuild: bool) -> String {
    let (kept, lost) = (thousands(report.indexed as u64), thousands(report.rolled_back as u64));
    let what = match report.rolled_back {
        _ if rebuild => "重建已放弃，原来的索引没有变动".to_owned(),
        0 => format!("已读完的 {kept} 篇都已提交"),
        _ => format!("提交了 {kept} 篇，之后读到一半的 {lost} 篇已撤回"),
    };
    format!("已中断。{what}；索引完整，再次运行同一命令即可继续。")
}

/// What became of the articles, in a line.
fn summary(report: &IngestReport) -> String {
    let mut parts = vec![format!("读入 {} 篇", thousands(report.indexed as u64))];
    for (word, count) in [("未变", report.unchanged), ("移除", report.removed), ("跳过", report.skipped)]
    {
        if count > 0 {
            parts.push(format!("{word} {}", thousands(count as u64)));
        }
    }
    parts.push(size(report.bytes));
    parts.push(format!("用时 {:.1} 秒", report.seconds));
    parts.join(" · ")
}

/// A flag that the first Ctrl-C (or `kill`) raises; the second ends the program at once, which loses nothing
/// that was committed.
fn on_interrupt() -> anyhow::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        let _ = writeln!(std::io::stderr(), "\n正在停下并保存已完成的部分……再按一次 Ctrl-C 立即退出。");
    })
    .context("不能接管 Ctrl-C")?;
    Ok(flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interruption_says_what_was_kept() {
        let report = |indexed, rolled_back| IngestReport { indexed, rolled_back, ..IngestReport::default() };
        assert!(interruption(&report(1200, 0), false).contains("1,200 篇都已提交"));
        assert!(interruption(&report(5, 7), false).contains("提交了 5 篇，之后读到一半的 7 篇已撤回"));
        assert!(interruption(&report(0, 7), true).contains("原来的索引没有变动"));
    }

    #[test]
    fn a_report_in_a_line() {
        let report = IngestReport {
            indexed: 1200,
            removed: 3,
            bytes: 3 << 20,
            seconds: 1.25,
            ..IngestReport::default()
        };
        assert_eq!(summary(&report), "读入 1,200 篇 · 移除 3 · 3.0 MB · 用时 1.2 秒");
    }
}
