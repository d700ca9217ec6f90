//! `tag`: the facts of articles, read without an index, for other programs.

use std::io::{self, ErrorKind, Write};

use xinglin::{Tagged, Tagger};

use crate::arguments::{TableFormat, TagArgs};
use crate::complaints;
use crate::failure::{self, Outcome};
use crate::formats::csv::{Cell, Table};
use crate::formats::json;
use crate::session::Session;

pub(super) fn run(args: &TagArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let tagger = match &args.gazetteer {
        Some(dir) => Tagger::with_gazetteers(dir)?,
        None => Tagger::new()?,
    };
    let tagger = tagger.limits(args.limits.limits());
    match args.format {
        TableFormat::Json => read(&tagger, args, session, |tagged| json::write_line(out, tagged)),
        TableFormat::Csv => {
            let mut table = Table::new(out, &HEADING)?;
            let outcome = read(&tagger, args, session, |tagged| rows(tagged, &mut table))?;
            table.end()?;
            Ok(outcome)
        }
    }
}

/// Reads every article; what cannot be read is named, and makes the outcome a failure.
fn read(
    tagger: &Tagger,
    args: &TagArgs,
    session: &Session,
    mut write: impl FnMut(&Tagged) -> io::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut written = Ok(());
    tagger.read(&args.paths, &mut |tagged| match tagged {
        Ok(tagged) if written.is_ok() => {
            for complaint in &tagged.complaints {
                session.warn(&complaints::in_words(complaint));
            }
            written = write(&tagged);
            if written.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
                // the reading cannot be stopped, and nobody is left to hear of it
                std::process::exit(0);
            }
        }
        Ok(_) => {}
        Err(error) => {
            session.error(&failure::describe(&error.into()));
            outcome = Outcome::Failed;
        }
    });
    written?;
    Ok(outcome)
}

const HEADING: [&str; 11] = [
    "file",
    "institution",
    "specialty",
    "programme",
    "level",
    "tier",
    "status",
    "year",
    "evidence",
    "start",
    "end",
];

fn rows(tagged: &Tagged, table: &mut Table<'_>) -> io::Result<()> {
    tagged.designations.iter().try_for_each(|designation| {
        table.row(&[
            Cell::Text(&tagged.file),
            Cell::Text(&designation.institution),
            Cell::Text(&designation.specialty),
            Cell::Text(designation.programme),
            Cell::Text(designation.level),
            Cell::Maybe(designation.tier),
            Cell::Text(designation.status),
            Cell::number(designation.year),
            Cell::Text(&designation.evidence.text),
            Cell::Plain(designation.evidence.start.to_string()),
            Cell::Plain(designation.evidence.end.to_string()),
        ])
    })
}
