//! Query words that begin with a hyphen: `-儿童` excludes a word, and is no option.
//!
//! The parser would take it for one, or (told to allow hyphens) every option behind the first word for a word. So
//! such words are marked before parsing with a character that no argument can hold.

use std::ffi::OsString;

use clap::CommandFactory;

use super::Cli;

/// No argument of a process holds a NUL.
const MARK: char = '\0';

/// The commands that take a query.
const QUERYING: [&str; 5] = ["browse", "search", "specialties", "facets", "why"];

/// The command line with the query words marked that begin with a hyphen. What follows an option that takes a
/// value is that value; what consists of short options alone (`-q`) is options.
pub(super) fn marked(line: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut line: Vec<OsString> = line.into_iter().collect();
    let words = line.iter().skip(1);
    let Some(command) = words.clone().find_map(|word| QUERYING.into_iter().find(|&name| word == name)) else {
        return line;
    };
    // looking through the table of flags costs more than most commands take to parse
    if !words.clone().any(|word| word.to_str().is_some_and(may_be_excluded)) {
        return line;
    }
    let options = Options::of(command);
    let mut value = false;
    for word in line.iter_mut().skip(1) {
        let Some(text) = word.to_str() else {
            value = false;
            continue;
        };
        if text == "--" {
            break;
        }
        let excluded = !value && options.is_excluded_word(text);
        value = !value && options.takes_value(text);
        if excluded {
            *word = OsString::from(format!("{MARK}{text}"));
        }
    }
    line
}

/// A word as it was typed.
pub(crate) fn unmarked(word: &str) -> &str {
    word.strip_prefix(MARK).unwrap_or(word)
}

/// What the options of a command look like.
struct Options {
    /// Long options that take a value.
    valued: Vec<String>,
    /// Short options, none of which takes a value.
    short: Vec<char>,
}

impl Options {
    fn of(command: &str) -> Options {
        let mut cli = Cli::command();
        // passes global options on to the commands
        cli.build();
        let arguments = cli.find_subcommand(command).into_iter().flat_map(clap::Command::get_arguments);
        let mut options = Options { valued: Vec::new(), short: Vec::new() };
        for argument in arguments {
            let names = argument.get_long_and_visible_aliases().unwrap_or_default();
            if argument.get_action().takes_values() {
                options.valued.extend(names.into_iter().map(str::to_owned));
            }
            options.short.extend(argument.get_short());
        }
        options
    }

    fn takes_value(&self, word: &str) -> bool {
        word.strip_prefix("--").is_some_and(|name| self.valued.iter().any(|valued| valued == name))
    }

    fn is_excluded_word(&self, word: &str) -> bool {
        let short = |rest: &str| rest.chars().all(|c| self.short.contains(&c));
        may_be_excluded(word) && !word.strip_prefix('-').is_some_and(short)
    }
}

/// Whether a word begins with a hyphen and is no long option.
fn may_be_excluded(word: &str) -> bool {
    let long = |rest: &str| {
        rest.strip_prefix('-')
            .is_some_and(|n| n.is_empty() || n.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    word.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !long(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Command;

    fn check(words: &[&str], expected: &[&str]) {
        let line = std::iter::once("xinglin").chain(words.iter().copied()).map(OsString::from);
        let marked: Vec<String> =
            marked(line).into_iter().skip(1).map(|word| word.to_string_lossy().replace(MARK, "°")).collect();
        assert_eq!(marked, expected);
    }

    #[test]
    fn excluded_words_are_marked_and_options_are_not() {
        check(&["search", "骨科", "-儿童"], &["search", "骨科", "°-儿童"]);
        check(&["search", "-CT", "-\"整段\"", "-(甲 乙)"], &["search", "°-CT", "°-\"整段\"", "°-(甲 乙)"]);
        check(&["search", "--骨科", "-hpv"], &["search", "°--骨科", "°-hpv"]);
        check(&["search", "骨科", "-q", "--limit", "3"], &["search", "骨科", "-q", "--limit", "3"]);
        check(&["-q", "facets", "骨科", "--limit", "-1"], &["-q", "facets", "骨科", "--limit", "-1"]);
        check(&["search", "--batch", "-", "-乙"], &["search", "--batch", "-", "°-乙"]);
        check(&["search", "--color", "-x", "--regoin"], &["search", "--color", "-x", "--regoin"]);
        check(&["search", "--", "-甲", "--limit"], &["search", "--", "-甲", "--limit"]);
        check(&["index", "-儿童"], &["index", "-儿童"]);
    }

    #[test]
    fn a_query_is_the_words_as_typed() {
        let line = ["xinglin", "search", "陕西", "-儿童", "--limit", "3", "骨科"].map(OsString::from);
        let Command::Search(args) = Cli::read(line).unwrap().command else {
            panic!("no search");
        };
        assert_eq!((args.query.text().as_str(), args.page.limit), ("陕西 -儿童 骨科", Some(3)));
    }
}
