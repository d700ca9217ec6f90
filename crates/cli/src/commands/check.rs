//! `check`: whether the index is whole.

use std::io::Write;

use crate::arguments::{CheckArgs, PlainFormat};
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;
use crate::wording;

pub(super) fn run(args: &CheckArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let report = xinglin::check(&args.index.dir)?;
    match args.output.format {
        PlainFormat::Json => json::write_line(out, &report)?,
        PlainFormat::Text => {
            let mut screen = Screen::new(out, session.looks);
            let dir = args.index.dir.display();
            if report.ok {
                screen.paragraph(0, &[Span::new("完好", Ink::Good), Span::plain(&format!("  {dir}"))])?;
            } else {
                let heading = format!("  {dir}：{} 处问题", report.problems.len());
                screen.paragraph(0, &[Span::new("有损", Ink::Error), Span::plain(&heading)])?;
            }
            for problem in &report.problems {
                screen.hanging("  · ", Ink::Dim, &[Span::plain(&wording::problem(problem))])?;
            }
            if !report.ok {
                let remedy = format!("  可用 xinglin index … --index {dir} --rebuild 从原文件重建。");
                screen.paragraph(0, &[Span::dim(&remedy)])?;
            }
        }
    }
    Ok(if report.ok { Outcome::Done } else { Outcome::Failed })
}
