//! When to colour, and with what.

use std::io::{IsTerminal, Write};

/// What a person asked for with `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Choice {
    /// Only on a terminal, and as `NO_COLOR` and `CLICOLOR_FORCE` say.
    #[default]
    Auto,
    /// Always, also into a pipe.
    Always,
    /// Never.
    Never,
}

/// The variables of the environment that speak about colour.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub(crate) none: bool,
    /// `CLICOLOR_FORCE` is set and not `0` (<https://bixense.com/clicolors>).
    pub(crate) force: bool,
    /// `TERM` is `dumb`.
    pub(crate) dumb: bool,
}

impl Wishes {
    /// Reads them from the environment.
    pub(crate) fn from_environment() -> Wishes {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Wishes {
            none: set("NO_COLOR").is_some(),
            force: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            dumb: set("TERM").is_some_and(|value| value == "dumb"),
        }
    }
}

/// Whether to colour a stream: `--color` decides before `NO_COLOR`, that before `CLICOLOR_FORCE`, that before
/// what the stream is.
pub(crate) fn decide(choice: Choice, wishes: &Wishes, stream: &impl IsTerminal) -> bool {
    decide_for(choice, wishes, stream.is_terminal())
}

fn decide_for(choice: Choice, wishes: &Wishes, terminal: bool) -> bool {
    match choice {
        Choice::Always => true,
        Choice::Never => false,
        Choice::Auto if wishes.none => false,
        Choice::Auto if wishes.force => true,
        Choice::Auto => terminal && !wishes.dumb,
    }
}

/// What a piece of text is, which is what decides its looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Running text.
    #[default]
    Plain,
    /// A headline.
    Title,
    /// What may be passed over: dates, paths, ranks.
    Dim,
    /// A match of the query.
    Match,
    /// The heading of a column or a block.
    Heading,
    /// A bar.
    Bar,
    /// A piece of text that a record rests on.
    Evidence,
    /// Something wrong.
    Error,
    /// Something to look at.
    Warning,
    /// Something well.
    Good,
}

impl Ink {
    /// The parameters of the `SGR` escape sequence; empty for plain text.
    fn parameters(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Title => "1",
            Ink::Dim => "2",
            Ink::Match => "1;31",
            Ink::Heading => "1;36",
            Ink::Bar => "36",
            Ink::Evidence => "4;33",
            Ink::Error => "1;31",
            Ink::Warning => "33",
            Ink::Good => "32",
        }
    }
}

/// Writes `text` in the looks of `ink`, or as it is where `colour` is off.
///
/// # Errors
/// The stream's own.
pub(crate) fn paint(out: &mut dyn Write, colour: bool, ink: Ink, text: &str) -> std::io::Result<()> {
    let parameters = ink.parameters();
    if !colour || parameters.is_empty() || text.is_empty() {
        return out.write_all(text.as_bytes());
    }
    write!(out, "\u{1b}[{parameters}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_about_colour() {
        let quiet = Wishes::default();
        let none = Wishes { none: true, ..Wishes::default() };
        let force = Wishes { force: true, ..Wishes::default() };
        let both = Wishes { none: true, force: true, ..Wishes::default() };
        let dumb = Wishes { dumb: true, ..Wishes::default() };
        for (choice, wishes, terminal, expected) in [
            (Choice::Auto, &quiet, true, true),
            (Choice::Auto, &quiet, false, false),
            (Choice::Auto, &none, true, false),
            (Choice::Auto, &force, false, true),
            (Choice::Auto, &both, true, false),
            (Choice::Auto, &dumb, true, false),
            (Choice::Always, &none, false, true),
            (Choice::Never, &force, true, false),
        ] {
            assert_eq!(decide_for(choice, wishes, terminal), expected, "{choice:?} {wishes:?} {terminal}");
        }
    }

    #[test]
    fn painting_closes_what_it_opens() {
        for (colour, ink, expected) in [
            (true, Ink::Match, "\u{1b}[1;31m骨科\u{1b}[0m"),
            (true, Ink::Plain, "骨科"),
            (false, Ink::Match, "骨科"),
        ] {
            let mut out = Vec::new();
            paint(&mut out, colour, ink, "骨科").unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
