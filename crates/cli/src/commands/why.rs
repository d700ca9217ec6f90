//! `why`: which clauses of a query an article satisfies, and where; which it fails, and for want of what.

use std::io::{self, Write};

use anyhow::bail;
use xinglin::{Clause, ClauseKind, SearchRequest, Way, WayKind, Why};

use super::open_within;
use super::search::marked;
use crate::arguments::{PlainFormat, WhyArgs};
use crate::failure::Outcome;
use crate::formats::json;
use crate::remarks;
use crate::session::Session;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

/// Blank columns for each step into a clause.
const STEP: usize = 2;

pub(super) fn run(args: &WhyArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    if !args.query.is_given() && !args.filters.any() {
        bail!("没有给出查询。写 xinglin why {} 骨科，或用 --region 等筛选", args.article);
    }
    let mut request = SearchRequest::new(args.query.text());
    request.filters = args.filters.filters();
    request.literal = args.query.literal;
    let index = open_within(&args.index.dir, args.query.limits(), session)?;
    let why = index.why(&args.article, &request)?;
    remarks::say(&why.notes, session);
    match args.output.format {
        PlainFormat::Json => json::write_line(out, &why)?,
        PlainFormat::Text => draw(&why, &mut Screen::new(out, session.looks))?,
    }
    Ok(Outcome::of_total(usize::from(why.found)))
}

fn draw(why: &Why, screen: &mut Screen<'_>) -> io::Result<()> {
    let title = if why.title.is_empty() { "（无标题）" } else { &why.title };
    screen.paragraph(0, &[Span::new(title, Ink::Title)])?;
    screen.facts(0, Ink::Dim, &[&why.file])?;
    let failed = why.clauses.iter().filter(|clause| !clause.satisfied).count();
    let verdict = match failed {
        0 => Span::new("检索得到：每一条都符合", Ink::Good),
        failed => Span::new(&format!("检索不到：{failed} 条不符合"), Ink::Warning),
    };
    screen.paragraph(0, &[verdict])?;
    why.clauses.iter().try_for_each(|clause| draw_clause(clause, 0, screen))
}

fn draw_clause(clause: &Clause, depth: usize, screen: &mut Screen<'_>) -> io::Result<()> {
    if depth == 0 {
        screen.blank()?;
    }
    let indent = depth * STEP;
    let (sign, ink) = if clause.satisfied { ("✓ ", Ink::Good) } else { ("✗ ", Ink::Error) };
    let label = format!("{}{sign}", " ".repeat(indent));
    screen.hanging(
        &label,
        ink,
        &[Span::plain(&clause.clause), Span::dim(&format!("  {}", kind(clause.kind)))],
    )?;
    for way in &clause.ways {
        draw_way(way, indent + STEP, screen)?;
    }
    if !clause.missing.is_empty() {
        let text = format!("页面里没有：{}", clause.missing.join("、"));
        screen.paragraph(indent + STEP, &[Span::dim(&text)])?;
    }
    clause.clauses.iter().try_for_each(|part| draw_clause(part, depth + 1, screen))
}

fn draw_way(way: &Way, indent: usize, screen: &mut Screen<'_>) -> io::Result<()> {
    let place = match way.field {
        Some("title") => "标题",
        Some("text") => "正文",
        Some("noise") => "页面其余文字",
        _ => "事实",
    };
    let how = match way.by {
        WayKind::Letters => format!("{place} {} 处", way.count),
        WayKind::OtherName => format!("{place} {} 处，别名“{}”", way.count, way.name),
        _ => format!("事实 {}", way.name),
    };
    screen.paragraph(indent, &[Span::dim(&how)])?;
    match &way.excerpt {
        Some(excerpt) => screen.paragraph(indent + STEP, &marked(excerpt)),
        None => Ok(()),
    }
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Exact => "原文",
        ClauseKind::Field => "字段",
        ClauseKind::Filter => "筛选",
        ClauseKind::Not => "排除",
        ClauseKind::Or => "任一",
        ClauseKind::And => "全部",
        _ => "",
    }
}
