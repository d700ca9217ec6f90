//! `specialties`: who holds which key-specialty title, with the sentence that says so.

use std::io::{self, Write};

use xinglin::{ErrorKind, Index, Record, RecordAnswer, RecordRequest};

use super::empty::{self, Sought};
use super::records::{self, Drawing};
use super::{batch, facets, open_within};
use crate::arguments::{Format, SpecialtiesArgs};
use crate::failure::Outcome;
use crate::formats::csv::{Cell, Table};
use crate::formats::json::{self, Named};
use crate::remarks;
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

/// Records shown to a person where no `--limit` is given; programs get all of them.
const USUAL_LIMIT: usize = 50;

pub(super) fn run(args: &SpecialtiesArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let request = plan(args);
    let index = open_within(&args.index.dir, args.query.limits(), session)?;
    if let Some(file) = &args.batch {
        return many(&index, &request, file, args.format, session, out);
    }
    let mut answer = index.records(&request)?;
    remarks::say(&answer.notes, session);
    if args.by.is_empty() {
        list(&answer, args, session, out)?;
    } else {
        counts(&mut answer, args, session, out)?;
    }
    if answer.total == 0 && (args.format != Format::Json || args.by.is_empty()) {
        let sought = Sought {
            query: &request.query,
            unit: "条",
            diagnosis: answer.diagnosis.as_ref(),
            suggestion: None,
        };
        empty::explain(session, &sought);
    } else if answer.records.is_empty() && request.limit > 0 && args.by.is_empty() {
        session.note(&format!(
            "只有 {} 条，--offset {} 之后没有了",
            thousands(answer.total as u64),
            request.offset
        ));
    }
    Ok(Outcome::of_total(answer.total))
}

fn plan(args: &SpecialtiesArgs) -> RecordRequest {
    let mut request = RecordRequest::new(args.query.text());
    request.filters = args.filters.filters();
    request.literal = args.query.literal;
    request.offset = args.page.offset;
    request.sort = args.page.sort.map(Into::into).unwrap_or_default();
    request.by = args.by.iter().copied().map(Into::into).collect();
    request.under.clone_from(&args.under);
    request.limit = match args.page.limit {
        _ if !args.by.is_empty() => 0,
        Some(limit) => limit,
        None if args.format == Format::Text && args.batch.is_none() => USUAL_LIMIT,
        None => usize::MAX,
    };
    if !args.by.is_empty() {
        request.offset = 0;
    }
    request
}

/// The records themselves.
fn list(
    answer: &RecordAnswer,
    args: &SpecialtiesArgs,
    session: &Session,
    out: &mut dyn Write,
) -> io::Result<()> {
    match args.format {
        Format::Json => answer.records.iter().try_for_each(|record| json::write_line(out, record)),
        Format::Csv => {
            let mut table = Table::new(out, &HEADING)?;
            answer.records.iter().try_for_each(|record| table.row(&row(record)))?;
            table.end()
        }
        Format::Text => {
            let mut screen = Screen::new(out, session.looks);
            if answer.total > 0 {
                screen.paragraph(0, &[Span::dim(&summary(answer, args.page.offset))])?;
            }
            records::draw(&mut screen, &answer.records, Drawing { indent: 0, source: true })
        }
    }
}

fn summary(answer: &RecordAnswer, offset: usize) -> String {
    let total = thousands(answer.total as u64);
    let shown = answer.records.len();
    if shown == answer.total || shown == 0 {
        return format!("共 {total} 条");
    }
    format!("共 {total} 条，第 {}–{} 条", thousands((offset + 1) as u64), thousands((offset + shown) as u64))
}

/// Their counts instead of them.
fn counts(
    answer: &mut RecordAnswer,
    args: &SpecialtiesArgs,
    session: &Session,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(counts) = &mut answer.facets else {
        return Ok(());
    };
    facets::page(counts, args.page.offset, args.page.limit);
    match args.format {
        Format::Json => {
            #[derive(serde::Serialize)]
            struct Counts<'a> {
                total: usize,
                facets: &'a xinglin::Facets,
            }
            json::write_line(out, &Counts { total: answer.total, facets: counts })
        }
        Format::Csv => facets::csv(counts, out),
        Format::Text => {
            let mut screen = Screen::new(out, session.looks);
            screen.paragraph(0, &[Span::dim(&format!("共 {} 条", thousands(answer.total as u64)))])?;
            for (name, values) in &counts.0 {
                screen.blank()?;
                facets::draw(&mut screen, name, values, answer.total)?;
            }
            Ok(())
        }
    }
}

/// A list of names in, a table of their titles out.
fn many(
    index: &Index,
    request: &RecordRequest,
    file: &std::path::Path,
    format: Format,
    session: &Session,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let mut found = 0;
    let mut without: Vec<String> = Vec::new();
    let mut ask = |query: &str| -> anyhow::Result<RecordAnswer> {
        let answer = held_by(index, request, query)?;
        found += answer.total;
        if answer.total == 0 {
            without.push(query.trim().to_owned());
        }
        Ok(answer)
    };
    match format {
        Format::Json => batch::each(file, session, |line| {
            let answer = ask(&line.query)?;
            let named = QueryRecords { query: &line.query, total: answer.total, records: &answer.records };
            json::write_line(out, &Named { qid: line.qid.as_deref(), value: &named })?;
            Ok(())
        })?,
        Format::Csv => {
            let heading: Vec<&str> = ["qid", "query"].into_iter().chain(HEADING).collect();
            let mut table = Table::new(out, &heading)?;
            batch::each(file, session, |line| {
                for record in &ask(&line.query)?.records {
                    let mut cells = vec![Cell::Maybe(line.qid.as_deref()), Cell::Text(&line.query)];
                    cells.extend(row(record));
                    table.row(&cells)?;
                }
                Ok(())
            })?;
            table.end()?;
        }
        Format::Text => {
            let mut screen = Screen::new(out, session.looks);
            batch::each(file, session, |line| {
                let answer = ask(&line.query)?;
                let total = format!("  {} 条", thousands(answer.total as u64));
                screen.paragraph(0, &[Span::new(&line.query, Ink::Title), Span::dim(&total)])?;
                records::draw(&mut screen, &answer.records, Drawing { indent: 2, source: true })?;
                screen.blank()?;
                Ok(())
            })?;
        }
    }
    if !without.is_empty() {
        session.note(&format!("没有记录的 {} 个：{}", without.len(), without.join("、")));
    }
    Ok(Outcome::of_total(found))
}

/// The titles of what a line names: of that institution alone where it is one, for a sentence that names it may speak of
/// another's title.
fn held_by(index: &Index, request: &RecordRequest, line: &str) -> anyhow::Result<RecordAnswer> {
    if request.filters.institutions.is_empty() && !request.literal {
        let holder = RecordRequest { query: String::new(), ..request.clone() }.institution(line.trim());
        match index.records(&holder) {
            Err(error) if matches!(error.kind(), ErrorKind::UnknownName { .. }) => {}
            answer => return Ok(answer?),
        }
    }
    let mut answer = index.records(&RecordRequest { query: line.to_owned(), ..request.clone() })?;
    let holders = &answer.understood.institution;
    if !holders.is_empty() && !request.literal {
        let before = answer.records.len();
        answer.records.retain(|record| holders.contains(&record.institution));
        answer.total -= before - answer.records.len();
    }
    Ok(answer)
}

/// The answer to one line of a batch.
#[derive(serde::Serialize)]
struct QueryRecords<'a> {
    query: &'a str,
    total: usize,
    records: &'a [Record],
}

/// The columns of `--format csv`: the contract's keys, the evidence's flat, then what else is known.
const HEADING: [&str; 17] = [
    "institution",
    "specialty",
    "programme",
    "level",
    "tier",
    "status",
    "year",
    "region",
    "file",
    "title",
    "evidence",
    "start",
    "end",
    "id",
    "published",
    "url",
    "sources",
];

fn row(record: &Record) -> [Cell<'_>; 17] {
    let files: Vec<&str> = record.sources.iter().map(|source| source.file.as_str()).collect();
    [
        Cell::Text(&record.institution),
        Cell::Text(&record.specialty),
        Cell::Text(&record.programme),
        Cell::Text(&record.level),
        Cell::Maybe(record.tier.as_deref()),
        Cell::Text(&record.status),
        Cell::number(record.year),
        Cell::Maybe(record.region.as_deref()),
        Cell::Text(&record.file),
        Cell::Text(&record.title),
        Cell::Text(&record.evidence.text),
        Cell::Plain(record.evidence.start.to_string()),
        Cell::Plain(record.evidence.end.to_string()),
        Cell::Text(&record.id),
        Cell::Maybe(record.published.as_deref()),
        Cell::Maybe(record.url.as_deref()),
        Cell::Owned(files.join("|")),
    ]
}
