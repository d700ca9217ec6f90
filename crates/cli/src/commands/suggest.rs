//! `suggest`: the words and names of the index that begin with what is being typed.

use std::io::Write;

use serde::Serialize;
use xinglin::{Completion, SuggestionKind};

use super::open;
use crate::arguments::{PlainFormat, SuggestArgs};
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;
use crate::terminal::{sanitise, width};

/// The answer as programs read it.
#[derive(Serialize)]
struct Suggestions<'a> {
    prefix: &'a str,
    completions: &'a [Completion],
}

pub(super) fn run(args: &SuggestArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let prefix = args.prefix.join(" ");
    let completions = open(&args.index.dir, session)?.suggest(&prefix, args.limit)?;
    match args.output.format {
        PlainFormat::Json => {
            json::write_line(out, &Suggestions { prefix: &prefix, completions: &completions })?;
        }
        PlainFormat::Text => draw(&completions, &mut Screen::new(out, session.looks))?,
    }
    if completions.is_empty() && args.output.format == PlainFormat::Text {
        session.note(&format!("索引里没有以“{prefix}”开头的词。"));
    }
    Ok(Outcome::of_total(completions.len()))
}

/// A line a completion: the word, what it is, how many articles hold it.
fn draw(completions: &[Completion], screen: &mut Screen<'_>) -> std::io::Result<()> {
    let words: Vec<String> =
        completions.iter().map(|completion| sanitise::line(&completion.text).into_owned()).collect();
    let widest = words.iter().map(|word| width::of(word)).max().unwrap_or(0);
    let room = screen.columns().map_or(widest, |columns| widest.min(columns.saturating_sub(16)));
    for (word, completion) in words.iter().zip(completions) {
        let shown = width::truncate(word, room);
        let fill = width::padding(&shown, room);
        let count = format!("  {}  {} 篇", kind(completion.kind), thousands(completion.count as u64));
        screen.line(&[Span::plain(&format!("{shown}{fill}")), Span::dim(&count)])?;
    }
    Ok(())
}

fn kind(kind: SuggestionKind) -> &'static str {
    match kind {
        SuggestionKind::Specialty => "专科",
        SuggestionKind::Institution => "机构",
        SuggestionKind::Region => "地区",
        _ => "词语",
    }
}
