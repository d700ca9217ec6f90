//! How a command ended, and what is said about it where it did not end well.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use xinglin::ErrorKind as Kind;

use crate::{complaints, wording};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done; where something was looked for, it was found.
    Done,
    /// Nothing was found.
    Nothing,
    /// Something went wrong; what was possible has been done.
    Failed,
    /// A signal ended it.
    Interrupted,
}

impl Outcome {
    /// Found or not, by a count.
    pub(crate) fn of_total(total: usize) -> Outcome {
        if total > 0 { Outcome::Done } else { Outcome::Nothing }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Failed => 2,
            // what shells report for a process that SIGINT ended
            Outcome::Interrupted => 130,
        })
    }
}

/// Runs a command; a panic of it is an error like any other.
pub(crate) fn caught(run: impl FnOnce() -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let told = match panic.downcast::<String>() {
            Ok(text) => *text,
            Err(panic) => panic.downcast_ref::<&str>().copied().unwrap_or_default().to_owned(),
        };
        Err(anyhow::anyhow!("程序内部出错，请报告：{told}"))
    })
}

/// Whether the reader of standard output went away, which is no error (`xinglin search … | head`).
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// How a command ended that failed with `error`: a name that nothing has is nothing found.
pub(crate) fn outcome(error: &anyhow::Error) -> Outcome {
    match error.downcast_ref::<xinglin::Error>().map(xinglin::Error::kind) {
        Some(Kind::NotFound { .. }) => Outcome::Nothing,
        _ => Outcome::Failed,
    }
}

/// The message for a person: what happened, where, and what to do about it.
pub(crate) fn describe(error: &anyhow::Error) -> String {
    match error.downcast_ref::<xinglin::Error>() {
        Some(error) => of_library(error),
        None => with_causes(error),
    }
}

/// A library's error: what kind it is in our words, then its own message with place and remedy.
fn of_library(error: &xinglin::Error) -> String {
    let what = match error.kind() {
        Kind::UnknownName { field, name, nearest } => {
            return format!("--{field} {name}：没有这个{}。{}", wording::filter(field), near(nearest));
        }
        Kind::NotFound { name, nearest } => return format!("索引里没有文章“{name}”。{}", near(nearest)),
        Kind::NoIndex => "没有索引",
        Kind::NotAnIndex => "这里不是杏林的索引",
        Kind::WrongVersion => "索引的格式或词表与本程序不同",
        Kind::Damaged => "索引已损坏",
        Kind::Locked { process: 0, .. } => {
            return "索引正由另一进程写入：等它完成后再运行，或停止它".to_owned();
        }
        Kind::Locked { process, since } => {
            return format!("索引正由进程 {process} 写入（自 {since} 起）：等它完成后再运行，或停止它");
        }
        Kind::Write { file, cause } => {
            return format!("不能写 {file}：{}。上次提交的内容完好", wording::refusal(*cause));
        }
        Kind::Unreadable { .. } => "不能读取",
        Kind::Io => "系统拒绝",
        Kind::Internal => "程序内部出错",
        _ => return error.to_string(),
    };
    format!("{what}：{}", complaints::in_words(&error.to_string()))
}

fn near(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("相近的有：{}", nearest.join("、")) }
}

/// An error of our own with its causes. One of a stream that nothing else was said about is standard output's.
fn with_causes(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    if error.is::<std::io::Error>() {
        parts.push("不能写到标准输出".to_owned());
    }
    for cause in error.chain() {
        let text = cause.to_string();
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join("：")
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_closed_pipe_is_found_behind_its_context() {
        let closed = || std::io::Error::from(ErrorKind::BrokenPipe);
        assert!(is_closed_pipe(&closed().into()));
        assert!(is_closed_pipe(&Err::<(), _>(closed()).context("写出").unwrap_err()));
        assert!(!is_closed_pipe(&std::io::Error::from(ErrorKind::StorageFull).into()));
    }

    #[test]
    fn causes_are_told_once() {
        let error = anyhow::anyhow!("磁盘已满").context("不能写 a.csv").context("不能写 a.csv");
        assert_eq!(describe(&error), "不能写 a.csv：磁盘已满");
        assert_eq!(describe(&std::io::Error::other("磁盘已满").into()), "不能写到标准输出：磁盘已满");
    }
}
