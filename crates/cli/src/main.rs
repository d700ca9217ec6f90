//! `xinglin` in a terminal: what a person typed → a validated plan → an answer, drawn for people or written for
//! programs, and an exit code.
//!
//! This room knows terminals, formats and exit codes. It must never know how the index is made or searched: it
//! depends on the façade `xinglin` alone, never on tantivy or jieba.

mod arguments;
mod browse;
mod commands;
mod complaints;
mod failure;
mod formats;
mod keepsake;
mod remarks;
mod session;
mod terminal;
mod usage;
mod wording;

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use arguments::Cli;
use session::Session;

/// Bytes gathered before they are written to standard output.
const BUFFER: usize = 64 << 10;

fn main() -> ExitCode {
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let session = Session::new(&cli.common);
    // what panics is caught where it is known what to say about it
    std::panic::set_hook(Box::new(|_| {}));
    session::outlive_file_size_limits();
    let mut out = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
    let done = failure::caught(|| commands::run(&cli.command, &session, &mut out));
    let flushed = out.flush();
    match done.and_then(|outcome| Ok(flushed.map(|()| outcome)?)) {
        Ok(outcome) => outcome.into(),
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            session.error(&failure::describe(&error));
            failure::outcome(&error).into()
        }
    }
}
