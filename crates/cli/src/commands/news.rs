//! `news`: the articles of a saved query that were not seen before.
//!
//! An article is told by its identity and what it says, so that a rebuilt index brings nothing old again, and an article that
//! was changed comes once more.

use std::io::Write;

use serde::Serialize;
use xinglin::{Hit, Index};

use super::open;
use super::search;
use crate::arguments::{NewsArgs, PlainFormat};
use crate::failure::Outcome;
use crate::formats::json;
use crate::keepsake::{Keepsakes, mark};
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

/// Most articles of one saved query.
const MOST: usize = 1_000_000;

/// What is new, for programs.
#[derive(Serialize)]
struct News<'a> {
    saved: &'a str,
    query: &'a str,
    /// How many articles match now, seen or not.
    total: usize,
    /// How many of them are new.
    new: usize,
    hits: &'a [Hit],
}

pub(super) fn run(args: &NewsArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let keepsakes = Keepsakes::open()?;
    let saved = keepsakes.query(&args.name)?;
    let mut seen = keepsakes.seen(&args.name)?;
    let mut request = saved.request()?;
    request.limit = MOST;
    request.sort = xinglin::Sort::Date;
    request.snippet_width = search::snippet_width(session.looks.columns);
    let index = open(&saved.index, session)?;
    let answer = search::ask(&index, &request)?;
    // What holds only some of the words, or answers another query, is no news of this one.
    let hits = if answer.relaxed || answer.corrected { Vec::new() } else { answer.hits };
    let total = hits.len();
    let mut fresh: Vec<(Hit, String)> = hits
        .into_iter()
        .map(|hit| {
            let told = told(&index, &hit);
            (hit, told)
        })
        .filter(|(_, told)| !seen.contains(told))
        .collect();
    let new = fresh.len();
    fresh.truncate(args.limit.unwrap_or(MOST));
    let (mut hits, marks): (Vec<Hit>, Vec<String>) = fresh.into_iter().unzip();
    for (at, hit) in hits.iter_mut().enumerate() {
        hit.rank = at + 1;
    }
    match args.output.format {
        PlainFormat::Json => {
            json::write_line(out, &News { saved: &args.name, query: &saved.query, total, new, hits: &hits })?;
        }
        PlainFormat::Text if new > 0 => {
            let mut screen = Screen::new(out, session.looks);
            let summary = format!("新 {} 篇（共 {} 篇）", thousands(new as u64), thousands(total as u64));
            screen.paragraph(0, &[Span::dim(&summary)])?;
            for hit in &hits {
                screen.blank()?;
                search::draw_hit(&mut screen, hit)?;
            }
        }
        PlainFormat::Text => session.note(&format!("“{}”没有新的文章。", args.name)),
    }
    out.flush()?;
    if !args.peek && !marks.is_empty() {
        seen.extend(marks);
        keepsakes.remember(&args.name, &seen)?;
    }
    Ok(Outcome::of_total(new))
}

/// What an article is told by: its identity and what it says.
fn told(index: &Index, hit: &Hit) -> String {
    let number = match index.article(&hit.id) {
        Ok(article) => mark(&[&hit.id, &article.title, &article.text]),
        // several articles of one identity: what a hit shows tells them apart well enough
        Err(_) => mark(&[&hit.id, &hit.title, hit.published.as_deref().unwrap_or_default()]),
    };
    format!("{number:016x}")
}
