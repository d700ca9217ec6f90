//! Options of a command, of which the parser is told where that command is given: those of all sixteen cost every start a fifth of
//! a millisecond.

use std::cell::RefCell;
use std::ffi::OsString;
use std::ops::Deref;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches, Id};

thread_local! {
    /// The command that is given, while a line is parsed that begins with it.
    static GIVEN: RefCell<Option<OsString>> = const { RefCell::new(None) };
}

/// Parses a line of which it may be known that no other command is given than this one.
pub(super) fn knowing<T>(command: Option<OsString>, parse: impl FnOnce() -> T) -> T {
    GIVEN.set(command);
    let parsed = parse();
    GIVEN.set(None);
    parsed
}

fn may_be_given(command: &Command) -> bool {
    GIVEN.with_borrow(|given| given.as_ref().is_none_or(|given| given == command.get_name()))
}

/// The arguments of a command.
#[derive(Debug)]
pub(crate) struct Later<A>(A);

impl<A> Deref for Later<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A: Args> Args for Later<A> {
    fn group_id() -> Option<Id> {
        A::group_id()
    }

    fn augment_args(command: Command) -> Command {
        if may_be_given(&command) { A::augment_args(command) } else { command }
    }

    fn augment_args_for_update(command: Command) -> Command {
        A::augment_args_for_update(command)
    }
}

impl<A: FromArgMatches> FromArgMatches for Later<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Later<A>, Error> {
        A::from_arg_matches(matches).map(Later)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Later<A>, Error> {
        A::from_arg_matches_mut(matches).map(Later)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::arguments::Cli;

    #[test]
    fn a_line_is_read_as_with_the_options_of_all_commands() {
        for line in [
            "index news --threads 2",
            "search 骨科 --region 陕西 --limit 3 -q",
            "specialties --level national",
            "-q search 骨科",
            "--color always stats",
            "search --help",
            "facets --by nothing",
            "stats --region 陕西",
            "serch 骨科",
            "why dev-04.txt",
            "completions bash --limit 3",
        ] {
            let line: Vec<_> = ["xinglin"].into_iter().chain(line.split(' ')).map(Into::into).collect();
            let read = Cli::read(line.clone()).map_err(|error| error.to_string());
            let parsed = Cli::try_parse_from(line).map_err(|error| error.to_string());
            assert_eq!(format!("{read:?}"), format!("{parsed:?}"));
        }
    }
}
