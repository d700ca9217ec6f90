//! What holds for the whole run of the program: how its streams look and how much it says.

use std::io::{IsTerminal, Write};
#[cfg(unix)]
use std::sync::Arc;

use terminal_size::{Width, terminal_size};

use crate::arguments::Common;
use crate::terminal::colour::{self, Ink, Wishes};
use crate::terminal::sanitise;
use crate::terminal::screen::Looks;

/// Columns of a terminal that does not tell.
const USUAL_COLUMNS: usize = 80;

/// The streams and how much is said on them.
pub(crate) struct Session {
    /// How standard output looks.
    pub(crate) looks: Looks,
    stderr_colour: bool,
    quiet: bool,
}

impl Session {
    /// Looks at the streams and the environment.
    pub(crate) fn new(common: &Common) -> Session {
        let wishes = Wishes::from_environment();
        let stdout = std::io::stdout();
        let columns =
            std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|&n: &usize| n > 0);
        let columns = match stdout.is_terminal() {
            true => Some(terminal_columns().or(columns).unwrap_or(USUAL_COLUMNS)),
            false => columns,
        };
        Session {
            looks: Looks { colour: colour::decide(common.color, &wishes, &stdout), columns },
            stderr_colour: colour::decide(common.color, &wishes, &std::io::stderr()),
            quiet: common.quiet,
        }
    }

    /// Columns for a progress line; `None` where none is to be shown.
    pub(crate) fn progress_columns(&self) -> Option<usize> {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        shown.then(|| terminal_columns().unwrap_or(USUAL_COLUMNS))
    }

    /// Says something useful on standard error, unless told to be quiet.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.say(Ink::Dim, "提示：", text);
        }
    }

    /// Says on standard error that something is not as it should be, though the answer stands.
    pub(crate) fn warn(&self, text: &str) {
        if !self.quiet {
            self.say(Ink::Warning, "注意：", text);
        }
    }

    /// Names on standard error something that went wrong.
    pub(crate) fn error(&self, text: &str) {
        self.say(Ink::Error, "错误：", text);
    }

    /// Names on standard error what was skipped and why.
    pub(crate) fn skipped(&self, text: &str) {
        self.say(Ink::Warning, "跳过：", text);
    }

    fn say(&self, ink: Ink, label: &str, text: &str) {
        let mut line = Vec::new();
        let painted = colour::paint(&mut line, self.stderr_colour, ink, label);
        line.extend_from_slice(sanitise::line(text).as_bytes());
        line.push(b'\n');
        if painted.is_ok() {
            // nobody is left to hear of a standard error that is closed
            let _ = std::io::stderr().write_all(&line);
        }
    }
}

/// Lets a write over the limit on file sizes (`ulimit -f`) fail with a message; unheeded, its signal ends the program.
#[cfg(unix)]
pub(crate) fn outlive_file_size_limits() {
    // Where the signal cannot be taken it does what it always does.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

/// Elsewhere there is no such signal.
#[cfg(not(unix))]
pub(crate) fn outlive_file_size_limits() {}

fn terminal_columns() -> Option<usize> {
    terminal_size().map(|(Width(columns), _)| usize::from(columns)).filter(|&columns| columns > 0)
}
