//! What is said about a command line that cannot be understood.

use std::error::Error as _;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Outcome;
use crate::terminal::sanitise;

/// Prints help, version or what is wrong with the command line; gives the exit code.
pub(crate) fn report(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // a closed pipe is no error, and there is nothing else to tell
            let _ = error.print();
            Outcome::Done.into()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Outcome::Failed.into()
        }
        _ => {
            let command = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
            let _ = writeln!(std::io::stderr(), "错误：{}", message(error, &command));
            Outcome::Failed.into()
        }
    }
}

/// What is wrong and what to do, as one line; `command` is the word that should name a command.
fn message(error: &clap::Error, command: &str) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let valid = context(error, ContextKind::ValidValue);
    let help = match error.kind() {
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand => "用法见 xinglin --help".to_owned(),
        _ if command.is_empty() => "用法见 xinglin --help".to_owned(),
        _ => format!("用法见 xinglin {command} --help"),
    };
    let what = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要有值"),
        ErrorKind::InvalidValue => format!("{argument} 不能是“{value}”，可用：{valid}"),
        ErrorKind::ValueValidation => {
            let reason = error.source().map(ToString::to_string).unwrap_or_default();
            format!("{argument} 不能是“{value}”：{reason}")
        }
        ErrorKind::UnknownArgument => format!("没有选项 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => {
            format!("{argument} 与 {} 不能同用", context(error, ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => {
            format!("{argument} 的值给得不对")
        }
        other => other.as_str().unwrap_or("命令行有误").to_owned(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|near| !near.is_empty());
    let near = near.map(|near| format!("是不是 {near}？")).unwrap_or_default();
    sanitise::line(&format!("{what}。{near}{help}")).into_owned()
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Cli;

    fn check(words: &[&str], expected: &[&str]) {
        let line = std::iter::once("xinglin").chain(words.iter().copied()).map(Into::into);
        let error = Cli::read(line).unwrap_err();
        let message = message(&error, words.first().copied().unwrap_or_default());
        for part in expected {
            assert!(message.contains(part), "{words:?}: {message:?} lacks {part:?}");
        }
        assert!(!message.contains('\n'), "{message:?}");
    }

    #[test]
    fn mistakes_are_named_with_a_remedy() {
        check(&["serach", "骨科"], &["没有命令 serach", "是不是 search", "xinglin --help"]);
        check(&["search", "骨科", "--limit", "many"], &["--limit", "many", "整数", "xinglin search --help"]);
        check(&["search", "骨科", "--limit"], &["--limit", "后面要有值"]);
        check(&["search", "骨科", "--year", "20233"], &["--year", "20233", "2019..2023"]);
        check(&["search", "骨科", "--format", "xml"], &["--format", "xml", "text、json、csv"]);
        check(&["search", "骨科", "--limit", "-1"], &["--limit"]);
        check(&["search", "骨科", "--regoin", "陕西"], &["没有选项 --regoin", "是不是 --region"]);
        check(&["search", "骨科", "--sort", "rank"], &["--sort", "relevance、date"]);
        check(&["search", "骨科", "--region", " "], &["--region", "名称是空的"]);
        check(&["facets", "--by", "city"], &["--by", "city", "region"]);
        check(&["index"], &["缺少", "PATH", "xinglin index --help"]);
        check(&["index", "a", "--threads", "0"], &["--threads", "1 到 256"]);
        check(&["index", "a", "--rebuidl"], &["没有选项 --rebuidl", "是不是 --rebuild"]);
        check(&["search", "骨科", "--batch", "q.tsv"], &["不能同用"]);
        check(&["show"], &["缺少", "FILE_OR_ID"]);
        check(&["completions", "csh"], &["csh", "bash"]);
        check(&["stats", "--format", "csv"], &["csv", "text、json"]);
    }
}
