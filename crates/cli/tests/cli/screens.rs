//! What people see: widths, colours, and nothing that steers their terminal.

use std::process::Stdio;

use crate::support::{Folder, ask, ask_with, columns, corpus_index, program};

/// The commands that draw for people.
const DRAWING: [&[&str]; 13] = [
    &["search", "骨科", "--group", "institution"],
    &["search", "重典专科", "--group", "year", "--facets", "region"],
    &["suggest", "zh"],
    &["why", "dev-04.txt", "神经内科", "(骨科 OR 荆州)"],
    &["search", "骨科", "--facets", "region,year,level"],
    &["search", "国家临床重点专科", "--explain"],
    &["search", "--region", "湖北"],
    &["specialties", "--limit", "30"],
    &["specialties", "--by", "region,institution"],
    &["facets", "--by", "region,specialty,institution,year,level,status"],
    &["show", "dev-03.html"],
    &["show", "dev-01.txt", "--noise"],
    &["stats"],
];

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 80, 100, 133] {
        for arguments in DRAWING {
            let ran = ask_with(&[("COLUMNS", &width.to_string())], arguments).expect(0);
            for line in ran.out.lines() {
                assert!(columns(line) <= width, "{arguments:?} at {width}: {line}");
            }
        }
    }
}

#[test]
fn a_pipe_gets_whole_lines_without_colour() {
    for arguments in DRAWING {
        let ran = ask(arguments).expect(0);
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{arguments:?}: {ran:?}");
    }
    let table = ask(&["specialties", "--limit", "200"]).expect(0).out;
    let heading = table.lines().nth(1).expect("a heading");
    assert!(heading.starts_with("机构") && heading.ends_with("来源"), "{heading}");
}

#[test]
fn colour_as_asked_for() {
    let coloured = |variables: &[(&str, &str)], more: &[&str]| {
        let arguments = [&["search", "骨科"], more].concat();
        ask_with(variables, &arguments).expect(0).out.contains("\u{1b}[")
    };
    for (variables, more, expected) in [
        (&[][..], &[][..], false),
        (&[], &["--color", "always"], true),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
        (&[("CLICOLOR_FORCE", "1")], &[], true),
        (&[("CLICOLOR_FORCE", "0")], &[], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &[], true),
        (&[("CLICOLOR_FORCE", "1")], &["--color", "never"], false),
    ] {
        assert_eq!(coloured(variables, more), expected, "{variables:?} {more:?}");
    }
}

#[test]
fn the_match_is_marked() {
    let ran = ask(&["search", "康复医学科", "--color", "always"]).expect(0);
    assert!(ran.out.contains("\u{1b}[1;31m康复医学科\u{1b}[0m"), "{}", ran.out);
}

#[test]
fn evidence_is_marked_in_the_article() {
    let ran = ask(&["show", "dev-01.txt", "--color", "always"]).expect(0);
    assert!(ran.out.contains("\u{1b}[4;33m"), "{}", ran.out);
}

/// An article that would take over a terminal, reorder its neighbours and start formulas.
const HOSTILE: &str = "\u{1b}]0;标题\u{7}=HYPERLINK(\"x\")市一院\u{202e}骨科获批\n发布时间：2023-05-06\n\
                       市一院骨科\u{1b}[2J\u{1b}[31m获批\u{9b}31m省级临床重点专科\u{2066}建设项目\u{8}\u{8}。\u{feff}\n\
                       -cmd 市一院骨科\u{7f}\u{200f}主任说\u{61c}话。\n";

#[test]
fn nothing_steers_the_terminal() {
    let name = "坏\u{1b}[31m名\u{202e}.txt";
    let folder =
        Folder::with(&[(name, HOSTILE.as_bytes()), ("空\u{1b}[2J.txt", b"\x7fELF\x01\x01\0\0\0\0\0\0\0\0")]);
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
    };
    let indexed = folder.indexed();
    assert!(!indexed.err.chars().any(steers) && !indexed.out.chars().any(steers), "{indexed:?}");
    for arguments in [
        &["search", "骨科"][..],
        &["search", "骨科", "--format", "csv"],
        &["search", "骨科", "--format", "json", "--facets", "institution"],
        &["search", "骨\u{1b}[31m科\u{202e}"],
        &["search", "骨科", "--region", "火\u{1b}[31m星"],
        &["search", "骨科", "--limit", "\u{1b}[31m"],
        &["specialties"],
        &["specialties", "--format", "json"],
        &["facets", "--by", "institution,specialty"],
        &["show", name],
        &["show", name, "--format", "json"],
        &["show", "没\u{1b}[31m有"],
        &["stats"],
        &["check"],
    ] {
        let ran = folder.ask(arguments);
        assert!(!ran.err.contains("panicked"), "{ran:?}");
        assert!(!ran.out.chars().any(steers), "{arguments:?}: {:?}", ran.out);
        assert!(!ran.err.chars().any(steers), "{arguments:?}: {:?}", ran.err);
    }
    let exact = folder.ask(&["show", name, "--format", "json"]).expect(0).json();
    assert!(exact["text"].as_str().is_some_and(|text| text.contains("\u{1b}[2J")), "JSON is exact: {exact}");
}

#[test]
fn no_cell_starts_a_formula() {
    let files: Vec<(String, String)> = ["=1+1", "+86", "-cmd", "@SUM"]
        .iter()
        .enumerate()
        .map(|(at, start)| {
            (format!("{at}.txt"), format!("{start}市一院骨科获批\n\n市一院骨科获批省级临床重点专科。"))
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = Folder::with(&files);
    folder.indexed().expect(0);
    for arguments in [&["search", "骨科", "--format", "csv"][..], &["specialties", "--format", "csv"]] {
        let ran = folder.ask(arguments);
        let mut table = csv::ReaderBuilder::new().from_reader(ran.out.as_bytes());
        for row in table.records() {
            for cell in &row.expect("a row") {
                let number = cell.parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
    }
}

/// A real terminal, made by `script` (util-linux): what it shows, with carriage returns taken off.
fn on_a_terminal(command: &str) -> Option<String> {
    let output = std::process::Command::new("script")
        .args(["-qec", command, "/dev/null"])
        .env("TERM", "xterm-256color")
        .env("XINGLIN_INDEX", corpus_index())
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).replace('\r', ""))
        }
        Ok(output) => panic!("{command}: {output:?}"),
        Err(error) => {
            println!("skipped, no terminal can be made: script: {error}");
            None
        }
    }
}

#[test]
fn a_terminal_gets_colour_and_its_own_width() {
    let binary = program().get_program().to_string_lossy().into_owned();
    if let Some(shown) = on_a_terminal(&format!("stty rows 24 cols 60; '{binary}' search 骨科")) {
        assert!(shown.contains("\u{1b}[1;31m骨科\u{1b}[0m"), "{shown}");
        let plain = shown
            .replace("\u{1b}[0m", "")
            .replace("\u{1b}[1m", "")
            .replace("\u{1b}[2m", "")
            .replace("\u{1b}[1;31m", "");
        for line in plain.lines() {
            assert!(columns(line) <= 60, "{line}");
        }
    }
    if let Some(shown) = on_a_terminal(&format!("NO_COLOR=1 '{binary}' search 骨科")) {
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }
    if let Some(shown) = on_a_terminal(&format!("'{binary}' search 骨科 --format json")) {
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }
}

#[test]
fn browse_wants_a_terminal() {
    let ran = ask(&["browse", "骨科"]).expect(2);
    assert!(ran.out.is_empty() && ran.err.contains("xinglin search"), "{ran:?}");
}

#[test]
fn every_command_is_completed_and_explained() {
    let script = ask(&["completions", "bash"]).expect(0).out;
    for command in ["suggest", "analyze", "why", "saved", "news", "browse"] {
        assert!(script.contains(command), "{command}");
        let help = ask(&[command, "--help"]).expect(0).out;
        assert!(help.contains("用法") && help.contains(&format!("xinglin {command}")), "{help}");
    }
}
