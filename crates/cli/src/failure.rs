//! How a command ended, and what is said about it where it did not end well.

use std::io::ErrorKind;
use std::process::ExitCode;

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

/// Whether the reader of standard output went away, which is no error (`xinglin search … | head`).
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// The message for a person: what happened, where, and what to do about it.
pub(crate) fn describe(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
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
    }
}
