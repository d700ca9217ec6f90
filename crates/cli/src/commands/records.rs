//! Key-specialty records for people: a table where the terminal is wide enough, else a block per record.

use std::io;

use xinglin::Record;

use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::table::{Column, GAP, fit};
use crate::terminal::wrap::Span;
use crate::terminal::{sanitise, width};
use crate::wording;

/// The columns; those of codes and years are never cut.
const COLUMNS: [Column; 7] = [
    Column { heading: "机构", least: Some(14), tail: false },
    Column { heading: "专科", least: Some(10), tail: false },
    Column { heading: "级别", least: None, tail: false },
    Column { heading: "状态", least: None, tail: false },
    Column { heading: "年份", least: None, tail: false },
    Column { heading: "地区", least: Some(10), tail: true },
    Column { heading: "来源", least: Some(8), tail: true },
];

/// The most lines of a sentence shown under a record on a terminal; `show` has all of it.
const SENTENCE_LINES: usize = 2;

/// How records are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drawing {
    /// Blank columns before everything.
    pub(super) indent: usize,
    /// Whether the file that a record stands in is named.
    pub(super) source: bool,
}

/// Draws `records` with the sentence that says so under each.
pub(super) fn draw(screen: &mut Screen<'_>, records: &[Record], drawing: Drawing) -> io::Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let columns =
        if drawing.source { COLUMNS.as_slice() } else { COLUMNS.split_last().map_or(&[][..], |(_, c)| c) };
    let rows: Vec<[String; 7]> = records.iter().map(cells).collect();
    let natural: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            rows.iter().map(|row| width_at(row, at)).max().unwrap_or(0).max(width::of(column.heading))
        })
        .collect();
    let room = screen.columns().map(|columns| columns.saturating_sub(drawing.indent));
    match fit(columns, &natural, room) {
        Some(widths) => {
            let headings = columns.iter().map(|column| column.heading.to_owned());
            screen.line(&row_spans(columns, headings, &widths, drawing.indent, Ink::Heading))?;
            for (at, (record, row)) in records.iter().zip(&rows).enumerate() {
                screen.line(&row_spans(columns, row.iter().cloned(), &widths, drawing.indent, Ink::Plain))?;
                under(screen, record, before(records, at), drawing)?;
            }
        }
        None => {
            for (at, record) in records.iter().enumerate() {
                block(screen, record, before(records, at), drawing)?;
            }
        }
    }
    Ok(())
}

/// The record before the one at `at`.
fn before(records: &[Record], at: usize) -> Option<&Record> {
    at.checked_sub(1).and_then(|before| records.get(before))
}

fn width_at(row: &[String; 7], at: usize) -> usize {
    row.get(at).map_or(0, |cell| width::of(cell))
}

/// A record's cells, in the order of [`COLUMNS`].
fn cells(record: &Record) -> [String; 7] {
    let safe = |text: &str| sanitise::line(text).into_owned();
    [
        safe(&record.institution),
        safe(&record.specialty),
        wording::rank(&record.level, record.tier.as_deref(), &record.programme),
        wording::status(&record.status).to_owned(),
        record.year.map_or_else(|| "—".to_owned(), |year| year.to_string()),
        record.region.as_deref().map_or_else(|| "—".to_owned(), safe),
        safe(&record.file),
    ]
}

/// A row of cells, each cut and filled to its width; the last is not filled.
fn row_spans(
    columns: &[Column],
    cells: impl Iterator<Item = String>,
    widths: &[usize],
    indent: usize,
    ink: Ink,
) -> Vec<Span> {
    let mut spans = vec![Span::plain(&" ".repeat(indent))];
    for (at, ((cell, &room), column)) in cells.zip(widths).zip(columns).enumerate() {
        let cut = column.cut(&cell, room);
        let last = at + 1 == widths.len();
        let fill = if last { String::new() } else { width::padding(&cut, room + GAP) };
        spans.push(Span::new(&cut, if last && ink == Ink::Plain { Ink::Dim } else { ink }));
        spans.push(Span::plain(&fill));
    }
    spans
}

/// What stands under a record: its sentence (told once where the record `before` rests on the same), further
/// sources, and where they disagree.
fn under(
    screen: &mut Screen<'_>,
    record: &Record,
    before: Option<&Record>,
    drawing: Drawing,
) -> io::Result<()> {
    let label = " ".repeat(drawing.indent + 2);
    let again = before.is_some_and(|before| before.file == record.file && before.evidence == record.evidence);
    let sentence = if again { "同上" } else { record.evidence.text.trim() };
    let sentence = sanitise::line(sentence).into_owned();
    if !sentence.is_empty() {
        let room = screen.columns().map(|columns| columns.saturating_sub(width::of(&label)) * SENTENCE_LINES);
        let shown = match room {
            // a line may end a column early where a wide character does not fit
            Some(room) => width::truncate(&sentence, room.saturating_sub(SENTENCE_LINES)).into_owned(),
            None => sentence,
        };
        screen.hanging(&label, Ink::Plain, &[Span::dim(&shown)])?;
    }
    if !record.sources.is_empty() && drawing.source {
        let files: Vec<&str> = record.sources.iter().map(|source| source.file.as_str()).collect();
        screen.hanging(&label, Ink::Plain, &[Span::dim(&format!("另见 {}", files.join("、")))])?;
    }
    for disagreement in &record.disagreements {
        screen.hanging(
            &label,
            Ink::Plain,
            &[Span::new(&format!("说法不一：{disagreement}"), Ink::Warning)],
        )?;
    }
    Ok(())
}

/// A record as a block, for narrow terminals.
fn block(
    screen: &mut Screen<'_>,
    record: &Record,
    before: Option<&Record>,
    drawing: Drawing,
) -> io::Result<()> {
    let [institution, specialty, level, status, year, region, file] = cells(record);
    screen.paragraph(
        drawing.indent,
        &[Span::new(&institution, Ink::Title), Span::plain(&format!(" {specialty}"))],
    )?;
    let source = if drawing.source { file.as_str() } else { "" };
    screen.facts(drawing.indent + 2, Ink::Plain, &[&level, &status, &year, &region, source])?;
    under(screen, record, before, drawing)
}

#[cfg(test)]
mod tests {
    use xinglin::Evidence;

    use super::*;
    use crate::terminal::screen::Looks;

    fn record() -> Record {
        Record {
            institution: "延安大学咸阳医院".to_owned(),
            specialty: "康复医学科".to_owned(),
            programme: "key-discipline".to_owned(),
            level: "provincial".to_owned(),
            tier: Some("county".to_owned()),
            status: "construction".to_owned(),
            year: Some(2021),
            region: Some("陕西省/咸阳市".to_owned()),
            file: "dev\u{1b}-01.txt".to_owned(),
            evidence: Evidence {
                text: "我院康复医学科获批重点学科建设项目。".to_owned(), start: 0, end: 54
            },
            disagreements: vec!["年份 2021、2022".to_owned()],
            ..Record::default()
        }
    }

    fn drawn(columns: Option<usize>) -> String {
        let mut out = Vec::new();
        let looks = Looks { colour: false, columns };
        draw(&mut Screen::new(&mut out, looks), &[record()], Drawing { indent: 0, source: true }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_wide_terminal_shows_a_table() {
        let text = drawn(Some(120));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "机构              专科        级别            状态      年份  地区           来源",
                "延安大学咸阳医院  康复医学科  省级·县域·学科  建设项目  2021  陕西省/咸阳市  dev␛-01.txt",
                "  我院康复医学科获批重点学科建设项目。",
                "  说法不一：年份 2021、2022",
            ]
        );
    }

    #[test]
    fn a_narrow_terminal_shows_blocks_and_no_line_is_too_wide() {
        assert!(drawn(Some(40)).starts_with("延安大学咸阳医院 康复医学科\n"), "{}", drawn(Some(40)));
        for columns in 36..140 {
            for line in drawn(Some(columns)).lines() {
                assert!(width::of(line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn a_sentence_is_told_once() {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, Looks { colour: false, columns: Some(120) });
        draw(&mut screen, &[record(), record()], Drawing { indent: 0, source: true }).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!((text.matches("我院康复医学科").count(), text.matches("同上").count()), (1, 1), "{text}");
    }

    #[test]
    fn a_pipe_cuts_nothing() {
        assert!(drawn(None).contains("省级·县域·学科"));
        assert!(!drawn(None).contains('…'));
    }
}
