//! `show`: one article with its facts, and its text with the sentences marked that the records rest on.

use std::io::{self, Write};
use std::ops::Range;

use xinglin::ArticleView;

use super::open;
use super::records::{self, Drawing};
use crate::arguments::{PlainFormat, ShowArgs};
use crate::failure::Outcome;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::table::GAP;
use crate::terminal::width;
use crate::terminal::wrap::Span;

pub(super) fn run(args: &ShowArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let article = open(&args.index.dir, session)?.article(&args.article)?;
    match args.output.format {
        PlainFormat::Json => json::write_line(out, &article)?,
        PlainFormat::Text => {
            let mut screen = Screen::new(out, session.looks);
            head(&mut screen, &article)?;
            if !article.records.is_empty() {
                screen.blank()?;
                let heading = format!("重点专科记录 {} 条", article.records.len());
                screen.line(&[Span::new(&heading, Ink::Heading)])?;
                records::draw(&mut screen, &article.records, Drawing { indent: 2, source: false })?;
            }
            screen.blank()?;
            screen.line(&[Span::new("正文", Ink::Heading)])?;
            body(&mut screen, &article.text, &evidence(&article))?;
            noise(&mut screen, &article.noise, args.noise)?;
        }
    }
    Ok(Outcome::Done)
}

/// The headline and what is known about the article.
fn head(screen: &mut Screen<'_>, article: &ArticleView) -> io::Result<()> {
    let title = if article.title.is_empty() { "（无标题）" } else { &article.title };
    screen.paragraph(0, &[Span::new(title, Ink::Title)])?;
    let published = article.published.as_deref().unwrap_or_default();
    let year = match article.year.map(|year| year.to_string()) {
        Some(year) if !published.starts_with(&year) => format!("{year} 年的新闻"),
        _ => String::new(),
    };
    let (source, url) =
        (article.source.as_deref().unwrap_or_default(), article.url.as_deref().unwrap_or_default());
    screen.facts(0, Ink::Dim, &[published, &year, source, url])?;
    for (label, names) in
        [("机构  ", &article.subjects), ("地区  ", &article.regions), ("专科  ", &article.specialties)]
    {
        if !names.is_empty() {
            screen.hanging(label, Ink::Dim, &[Span::plain(&names.join("、"))])?;
        }
    }
    screen.hanging("文件  ", Ink::Dim, &[Span::plain(&article.file)])?;
    if article.id != article.file {
        screen.hanging("编号  ", Ink::Dim, &[Span::plain(&article.id)])?;
    }
    Ok(())
}

/// Where the records' sentences stand in the text, joined and in order.
pub(crate) fn evidence(article: &ArticleView) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = article
        .records
        .iter()
        .map(|record| record.evidence.start..record.evidence.end)
        .filter(|range| !range.is_empty() && article.text.get(range.clone()).is_some())
        .collect();
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The text, a paragraph a line; rows with cells become tables.
fn body(screen: &mut Screen<'_>, text: &str, marks: &[Range<usize>]) -> io::Result<()> {
    let mut at = 0;
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    let signs = screen.is_colourless_terminal();
    let marked = |piece: &str, at: usize| with_signs(marked(piece, at, marks), signs);
    for line in text.split('\n') {
        if line.contains('\t') {
            let mut cell_at = at;
            let mut cells = Vec::new();
            for cell in line.split('\t') {
                cells.push(marked(cell, cell_at));
                cell_at += cell.len() + 1;
            }
            rows.push(cells);
        } else {
            grid(screen, &std::mem::take(&mut rows))?;
            screen.paragraph(INDENT, &marked(line, at))?;
        }
        at += line.len() + 1;
    }
    grid(screen, &rows)
}

/// Blank columns before the text.
const INDENT: usize = 2;

/// Draws rows of cells as a table where it fits the screen, else a row a paragraph.
fn grid(screen: &mut Screen<'_>, rows: &[Vec<Vec<Span>>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell_width = |row: &Vec<Vec<Span>>, at: usize| row.get(at).map_or(0, |cell| spans_width(cell));
    let widths: Vec<usize> =
        (0..columns).map(|at| rows.iter().map(|row| cell_width(row, at)).max().unwrap_or(0)).collect();
    let total = INDENT + widths.iter().sum::<usize>() + GAP * columns.saturating_sub(1);
    let fits = screen.columns().is_none_or(|room| total <= room);
    for row in rows {
        let mut line = Vec::new();
        for (at, cell) in row.iter().enumerate() {
            line.extend_from_slice(cell);
            if at + 1 == row.len() {
                break;
            }
            let gap = match widths.get(at) {
                Some(width) if fits => " ".repeat(width.saturating_sub(spans_width(cell)) + GAP),
                _ => " │ ".to_owned(),
            };
            line.push(Span::dim(&gap));
        }
        if fits {
            line.insert(0, Span::plain(&" ".repeat(INDENT)));
            screen.line(&line)?;
        } else {
            screen.paragraph(INDENT, &line)?;
        }
    }
    Ok(())
}

fn spans_width(spans: &[Span]) -> usize {
    spans.iter().map(|span| width::of(&span.text)).sum()
}

/// A piece of the text that begins at byte `at`, with what lies in `marks` marked.
pub(crate) fn marked(piece: &str, at: usize, marks: &[Range<usize>]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut done = 0;
    let first = marks.partition_point(|mark| mark.end <= at);
    for mark in marks.iter().skip(first).take_while(|mark| mark.start < at + piece.len()) {
        let (start, end) = (mark.start.saturating_sub(at).max(done), (mark.end - at).min(piece.len()));
        if let (Some(before), Some(inside)) = (piece.get(done..start), piece.get(start..end)) {
            spans.push(Span::plain(before));
            spans.push(Span::new(inside, Ink::Evidence));
            done = end;
        }
    }
    spans.push(Span::plain(piece.get(done..).unwrap_or_default()));
    spans
}

/// The marked pieces between signs, where no colour can mark them; a pipe gets the text as it is.
fn with_signs(mut spans: Vec<Span>, signs: bool) -> Vec<Span> {
    for span in spans.iter_mut().filter(|span| signs && span.ink == Ink::Evidence && !span.text.is_empty()) {
        span.text = format!("〖{}〗", span.text);
    }
    spans
}

/// The rest of the page, or how much of it there is.
fn noise(screen: &mut Screen<'_>, noise: &str, shown: bool) -> io::Result<()> {
    let characters = noise.chars().filter(|c| !c.is_whitespace()).count();
    if characters == 0 {
        return Ok(());
    }
    screen.blank()?;
    if !shown {
        let text = format!("页面其余文字 {} 字（--noise 显示）", thousands(characters as u64));
        return screen.paragraph(0, &[Span::dim(&text)]);
    }
    screen.line(&[Span::new("页面其余文字", Ink::Heading)])?;
    noise.lines().try_for_each(|line| screen.paragraph(INDENT, &[Span::dim(line)]))
}

#[cfg(test)]
mod tests {
    use xinglin::{Evidence, Record};

    use super::*;
    use crate::terminal::screen::Looks;

    fn article(text: &str, evidence: &[(usize, usize)]) -> ArticleView {
        let record = |&(start, end): &(usize, usize)| Record {
            evidence: Evidence { text: text.get(start..end).unwrap_or_default().to_owned(), start, end },
            ..Record::default()
        };
        ArticleView {
            text: text.to_owned(),
            records: evidence.iter().map(record).collect(),
            ..ArticleView::default()
        }
    }

    fn check(text: &str, spans: &[(usize, usize)], expected: &str) {
        let article = article(text, spans);
        let mut out = Vec::new();
        let looks = Looks { colour: true, columns: Some(60) };
        body(&mut Screen::new(&mut out, looks), text, &evidence(&article)).unwrap();
        let shown = String::from_utf8(out).unwrap();
        let shown = shown.replace("\u{1b}[4;33m", "[").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "]");
        assert_eq!(shown, expected, "{text:?} {spans:?}");
    }

    #[test]
    fn evidence_is_marked_where_it_stands() {
        check("我院骨科获批\n第二行", &[(6, 18)], "  我院[骨科获批]\n  第二行\n");
        check("甲乙\n丙丁", &[(3, 10)], "  甲[乙]\n  [丙]丁\n");
        check("甲乙丙", &[(0, 6), (3, 9)], "  [甲乙丙]\n");
        check("甲乙丙", &[(1, 3), (5, 99), (3, 3)], "  甲乙丙\n");
    }

    #[test]
    fn without_colours_signs_mark_and_a_pipe_stays_as_it_is() {
        for (columns, expected) in [(Some(60), "  我院〖骨科获批〗\n"), (None, "  我院骨科获批\n")]
        {
            let article = article("我院骨科获批", &[(6, 18)]);
            let mut out = Vec::new();
            let looks = Looks { colour: false, columns };
            body(&mut Screen::new(&mut out, looks), &article.text, &evidence(&article)).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{columns:?}");
        }
    }

    #[test]
    fn rows_become_a_table() {
        check("医院\t专科\n市一院\t骨科\n完", &[(14, 23)], "  医院    ]专科\n  [市一院]  ]骨科\n  完\n");
    }
}
