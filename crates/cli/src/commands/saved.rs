//! `saved`: the queries that a person has kept.

use std::io::Write;

use super::open;
use super::search;
use crate::arguments::{PlainFormat, SavedArgs};
use crate::failure::Outcome;
use crate::formats::json;
use crate::keepsake::{Keepsakes, SavedQuery};
use crate::session::Session;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

pub(super) fn run(args: &SavedArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let keepsakes = Keepsakes::open()?;
    match &args.name {
        Some(name) if args.remove => {
            keepsakes.remove(name)?;
            session.note(&format!("已删除“{name}”。"));
            Ok(Outcome::Done)
        }
        Some(name) => {
            let saved = keepsakes.query(name)?;
            let mut request = saved.request()?;
            request.snippet_width = search::snippet_width(session.looks.columns);
            let index = open(&saved.index, session)?;
            let answer = search::ask(&index, &request)?;
            search::show(&answer, &request, args.output.format, session, out)?;
            Ok(Outcome::of_total(answer.total))
        }
        None => list(&keepsakes, args.output.format, session, out),
    }
}

/// A saved query with its name, for programs.
#[derive(serde::Serialize)]
struct NamedQuery<'a> {
    name: &'a str,
    #[serde(flatten)]
    saved: &'a SavedQuery,
}

fn list(
    keepsakes: &Keepsakes,
    format: PlainFormat,
    session: &Session,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let queries = keepsakes.queries()?;
    let mut screen = Screen::new(out, session.looks);
    if format == PlainFormat::Json {
        for (name, saved) in &queries {
            json::write_line(out, &NamedQuery { name, saved })?;
        }
    } else {
        for (name, saved) in &queries {
            screen.hanging(&format!("{name}  "), Ink::Title, &[Span::plain(&saved.typed())])?;
            screen.facts(2, Ink::Dim, &[&saved.index.display().to_string()])?;
        }
    }
    if queries.is_empty() && format == PlainFormat::Text {
        session.note("还没有存下的查询。用 xinglin search … --save 名称 存一个。");
    }
    Ok(Outcome::of_total(queries.len()))
}
