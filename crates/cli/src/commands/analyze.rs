//! `analyze`: what becomes of a piece of text: script, words, names, facts, and what it means as a query.

use std::io::{self, Read, Write};

use anyhow::Context;
use xinglin::{Analysis, NamedSpan};

use super::search::understood;
use crate::arguments::{AnalyzeArgs, PlainFormat};
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;
use crate::wording;

/// The most bytes of standard input that are analysed.
const MOST: u64 = 16 << 20;

pub(super) fn run(args: &AnalyzeArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let text = match args.text.as_slice() {
        [only] if only == "-" => {
            let mut bytes = Vec::new();
            io::stdin().lock().take(MOST).read_to_end(&mut bytes).context("不能读取标准输入")?;
            String::from_utf8(bytes).context("标准输入不是 UTF-8，其他编码的文件请用 xinglin tag")?
        }
        words => words.join(" "),
    };
    let analysis = xinglin::analyze(text.trim_end_matches(['\n', '\r']))?;
    match args.output.format {
        PlainFormat::Json => json::write_line(out, &analysis)?,
        PlainFormat::Text => draw(&analysis, &mut Screen::new(out, session.looks))?,
    }
    Ok(Outcome::Done)
}

fn draw(analysis: &Analysis, screen: &mut Screen<'_>) -> io::Result<()> {
    let mut say = |label: &str, spans: &[Span]| screen.hanging(&format!("{label}  "), Ink::Dim, spans);
    let script = match analysis.script {
        "traditional" => "繁体",
        "simplified" => "简体（或两体同形）",
        _ => "没有汉字",
    };
    say("字体", &[Span::plain(script)])?;
    if analysis.unified != analysis.text {
        say("统一", &[Span::plain(&analysis.unified)])?;
    }
    let counts = analysis.characters;
    let counted = [
        (counts.han, "汉字"),
        (counts.latin, "字母数字"),
        (counts.other, "其他文字"),
        (counts.punctuation, "标点空白"),
    ];
    let counted: Vec<String> = counted
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{what} {count}"))
        .collect();
    say("字数", &[Span::plain(&counted.join(" · "))])?;
    if !analysis.words.is_empty() {
        say("词语", &words(analysis))?;
    }
    for (at, name) in analysis.names.iter().enumerate() {
        say(if at == 0 { "名称" } else { "    " }, &named(name))?;
    }
    let facts = &analysis.facts;
    for (label, names) in [("机构", &facts.subjects), ("地区", &facts.regions), ("专科", &facts.specialties)]
    {
        if !names.is_empty() {
            say(label, &[Span::plain(&names.join("、"))])?;
        }
    }
    for record in &facts.designations {
        let rank = wording::rank(record.level, record.tier, record.programme);
        let year = record.year.map(|year| year.to_string()).unwrap_or_default();
        let title = [&record.institution, &record.specialty, &rank, wording::status(record.status), &year];
        let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
        let place = format!("  [{}–{}] ", record.evidence.start, record.evidence.end);
        say(
            "称号",
            &[Span::plain(&title.join(" · ")), Span::dim(&place), Span::dim(record.evidence.text.trim())],
        )?;
    }
    let query = understood(&analysis.understood);
    let query = query.strip_prefix("理解为 ").unwrap_or("只按字面");
    say("查询", &[Span::plain(query)])
}

/// The words, those that no dictionary has marked with `?`.
fn words(analysis: &Analysis) -> Vec<Span> {
    let mut spans = Vec::new();
    for word in &analysis.words {
        if !spans.is_empty() {
            spans.push(Span::dim(" / "));
        }
        spans.push(Span::plain(&word.text));
        if !word.known && word.text.chars().nth(1).is_some() && !word.text.is_ascii() {
            spans.push(Span::dim("?"));
        }
    }
    spans
}

fn named(name: &NamedSpan) -> Vec<Span> {
    let kind = match name.kind {
        "programme" => "类别",
        "tier" => "层次",
        kind => wording::facet(kind),
    };
    let values: Vec<&str> = name
        .values
        .iter()
        .map(|value| match name.kind {
            "level" => wording::level(value),
            "status" => wording::status(value),
            "programme" => wording::programme(value),
            _ => value,
        })
        .collect();
    let mut spans = vec![Span::plain(&name.text), Span::dim(&format!("  {kind}"))];
    if values != [name.text.as_str()] {
        spans.push(Span::plain(&format!(" {}", values.join("、"))));
    }
    spans.push(Span::dim(&format!("  [{}–{}]", name.start, name.end)));
    spans
}
