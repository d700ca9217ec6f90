//! `stats`: what is in the index.

use std::io::Write;

use super::open;
use crate::arguments::{PlainFormat, StatsArgs};
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::bars::{size, thousands};
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

pub(super) fn run(args: &StatsArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let stats = open(&args.index.dir, session)?.stats()?;
    if args.output.format == PlainFormat::Json {
        json::write_line(out, &stats)?;
        return Ok(Outcome::Done);
    }
    let years = stats.years.map_or_else(|| "—".to_owned(), |[first, last]| format!("{first}–{last}"));
    let number = |number: usize| thousands(number as u64);
    let mut screen = Screen::new(out, session.looks);
    for (label, value) in [
        ("文章    ", number(stats.articles)),
        ("专科记录", number(stats.records)),
        ("地区    ", number(stats.regions)),
        ("机构    ", number(stats.institutions)),
        ("专科    ", number(stats.specialties)),
        ("年份    ", years),
        ("占用    ", size(stats.bytes)),
        ("格式    ", stats.format.to_string()),
        ("建立    ", stats.created.clone()),
        ("更新    ", stats.updated.clone()),
        ("位置    ", args.index.dir.display().to_string()),
    ] {
        screen.hanging(&format!("{label}  "), Ink::Dim, &[Span::plain(&value)])?;
    }
    Ok(Outcome::Done)
}
