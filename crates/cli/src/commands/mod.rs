//! The commands: each makes a plan of its arguments, runs it, and writes the answer.

mod analyze;
mod browse;
mod check;
mod completions;
mod empty;
mod facets;
mod group;
mod index;
mod news;
mod records;
mod saved;
mod search;
mod show;
mod specialties;
mod stats;
mod suggest;
mod tag;
mod why;

mod batch;

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;

pub(crate) use search::marked as marked_snippet;
pub(crate) use show::{evidence, marked as marked_piece};

use xinglin::{Index, QueryLimits};

use crate::arguments::Command;
use crate::failure::Outcome;
use crate::session::Session;
use crate::wording;

/// Runs one command; its data goes to `out`, everything else to standard error.
///
/// # Errors
/// What went wrong, with what to do about it; also a closed `out`.
pub(crate) fn run(command: &Command, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match command {
        Command::Index(args) => index::run(args, session, out),
        Command::Search(args) => search::run(args, session, out),
        Command::Specialties(args) => specialties::run(args, session, out),
        Command::Facets(args) => facets::run(args, session, out),
        Command::Show(args) => show::run(args, session, out),
        Command::Suggest(args) => suggest::run(args, session, out),
        Command::Browse(args) => browse::run(args, session),
        Command::Saved(args) => saved::run(args, session, out),
        Command::News(args) => news::run(args, session, out),
        Command::Analyze(args) => analyze::run(args, session, out),
        Command::Why(args) => why::run(args, session, out),
        Command::Tag(args) => tag::run(args, session, out),
        Command::Stats(args) => stats::run(args, session, out),
        Command::Check(args) => check::run(args, session, out),
        Command::Completions(args) => completions::run(args.shell, out),
        Command::Man(args) => completions::manual(args, out),
    }
}

/// Opens the index and passes on what it has to say.
fn open(dir: &Path, session: &Session) -> anyhow::Result<ManuallyDrop<Index>> {
    open_within(dir, QueryLimits::default(), session)
}

/// The same with limits on queries. The index is left to the end of the process, which gives all its maps back at once: to undo one
/// by one takes longer, and every processor would hear of each.
fn open_within(dir: &Path, limits: QueryLimits, session: &Session) -> anyhow::Result<ManuallyDrop<Index>> {
    let index = Index::open(dir)?.with_query_limits(limits);
    for warning in index.warnings() {
        session.warn(&wording::warning(&warning));
    }
    Ok(ManuallyDrop::new(index))
}
