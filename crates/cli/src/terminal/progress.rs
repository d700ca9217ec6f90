//! One line on standard error that tells how far indexing has come; gone when it is done.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::bars::{size, thousands};
use super::width;

/// The shortest time between two drawings.
const INTERVAL: Duration = Duration::from_millis(100);

/// Returns the cursor to the line's beginning and clears the line.
const CLEAR: &str = "\r\u{1b}[K";

/// The progress line: hand [`ProgressLine::reporter`] to the ingest, [`ProgressLine::clear`] it afterwards.
pub(crate) struct ProgressLine {
    drawn: Arc<AtomicBool>,
    columns: usize,
}

/// How far indexing has come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Step {
    /// Files looked at.
    pub(crate) files: u64,
    /// Articles read.
    pub(crate) articles: u64,
    /// Bytes read.
    pub(crate) bytes: u64,
}

impl ProgressLine {
    /// A line of at most `columns` columns.
    pub(crate) fn new(columns: usize) -> ProgressLine {
        ProgressLine { drawn: Arc::new(AtomicBool::new(false)), columns }
    }

    /// What draws the line; it may be called as often as one likes.
    pub(crate) fn reporter(&self) -> impl FnMut(Step) + Send + 'static {
        let (drawn, columns) = (Arc::clone(&self.drawn), self.columns);
        let started = Instant::now();
        let mut last: Option<Instant> = None;
        move |step| {
            if last.is_some_and(|last| last.elapsed() < INTERVAL) {
                return;
            }
            last = Some(Instant::now());
            let text = describe(step, started.elapsed());
            // one column is left free: a full line makes some terminals scroll
            let text = width::truncate(&text, columns.saturating_sub(1));
            drawn.store(true, Ordering::Relaxed);
            // a terminal that went away is no reason to stop indexing
            let _ = write!(std::io::stderr(), "{CLEAR}{text}");
        }
    }

    /// Takes the line off the terminal, if it was ever drawn.
    pub(crate) fn clear(&self) {
        if self.drawn.swap(false, Ordering::Relaxed) {
            let _ = write!(std::io::stderr(), "{CLEAR}");
        }
    }
}

fn describe(step: Step, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let (files, articles) = (thousands(step.files), thousands(step.articles));
    let mut text = format!("{files} 个文件 · {articles} 篇 · {}", size(step.bytes));
    if seconds >= 0.5 {
        text.push_str(&format!(" · 每秒 {}", size((step.bytes as f64 / seconds) as u64)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_in_words() {
        let step = Step { files: 1200, articles: 1100, bytes: 3 << 20 };
        assert_eq!(describe(step, Duration::from_secs(2)), "1,200 个文件 · 1,100 篇 · 3.0 MB · 每秒 1.5 MB");
        assert_eq!(describe(step, Duration::ZERO), "1,200 个文件 · 1,100 篇 · 3.0 MB");
    }
}
