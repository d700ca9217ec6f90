//! What is built on: every direct dependency stands in the README with its reason, every crate that is built has a licence
//! that `deny.toml` allows and comes from crates.io.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::common::{assert_none, root};

/// What cargo knows of all crates that are built on this machine, without asking anybody.
fn metadata() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
    let told = String::from_utf8(rustc.stdout).expect("text");
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).expect("the machine's name");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The quoted words of a list of `deny.toml`.
fn allowed() -> BTreeSet<String> {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let (_, list) = deny.split_once("allow = [").expect("a list of licences");
    let (list, _) = list.split_once(']').expect("its end");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a licence expression (SPDX, or `/` for OR as it was written once) can be met by allowed licences alone.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "\u{1}");
    let tokens: Vec<String> =
        spaced.split_whitespace().map(|token| token.replace('\u{1}', " WITH ")).collect();
    let mut at = 0;
    let met = any_of(&tokens, &mut at, allowed);
    met && at == tokens.len()
}

fn any_of(tokens: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = all_of(tokens, at, allowed);
    while tokens.get(*at).is_some_and(|token| token == "OR") {
        *at += 1;
        met |= all_of(tokens, at, allowed);
    }
    met
}

fn all_of(tokens: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(tokens, at, allowed);
    while tokens.get(*at).is_some_and(|token| token == "AND") {
        *at += 1;
        met &= one(tokens, at, allowed);
    }
    met
}

fn one(tokens: &[String], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if token == "(" {
        let met = any_of(tokens, at, allowed);
        *at += 1;
        return met;
    }
    allowed.contains(token)
}

#[test]
fn expressions_are_read() {
    let allowed: BTreeSet<String> =
        ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    let check = |expression: &str, met: bool| assert_eq!(is_met(expression, &allowed), met, "{expression}");
    check("MIT", true);
    check("GPL-3.0", false);
    check("GPL-3.0 OR MIT", true);
    check("GPL-3.0 AND MIT", false);
    check("MIT/GPL-2.0", true);
    check("(MIT OR GPL-2.0) AND Apache-2.0", true);
    check("(MIT OR Apache-2.0) AND Unicode-3.0", false);
    check("Apache-2.0 WITH LLVM-exception", true);
    check("", false);
    check("MIT MIT", false);
}

#[test]
fn every_licence_is_allowed_and_every_crate_comes_from_the_registry() {
    let (metadata, allowed) = (metadata(), allowed());
    assert!(allowed.len() >= 5, "{allowed:?}");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "{} packages", packages.len());
    let mut wrong = Vec::new();
    for package in packages {
        let (name, licence, source) =
            (text(package, "name"), text(package, "license"), text(package, "source"));
        if !is_met(licence, &allowed) {
            wrong.push(format!("{name}: the licence {licence:?} is not on the list of deny.toml"));
        }
        if !name.starts_with("xinglin")
            && !source.starts_with("registry+https://github.com/rust-lang/crates.io-index")
        {
            wrong.push(format!("{name}: from {source:?}"));
        }
    }
    assert_none("crates may not be built on", &wrong);
}

/// Names in the first cells of the README's table of dependencies.
fn listed() -> BTreeSet<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let (_, section) = readme.split_once("## Dependencies, and why").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("the next section");
    let rows = section.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    let mut names = BTreeSet::new();
    for row in rows.skip(1) {
        let mut cells = row.trim_matches('|').split('|');
        let crates = cells.next().expect("a cell");
        assert!(cells.next().is_some_and(|reason| reason.trim().len() > 8), "no reason in {row:?}");
        let words = crates.split([',', '/', ' ']).map(str::trim);
        let is_name = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
        names.extend(words.filter(is_name).map(str::to_owned));
    }
    names
}

#[test]
fn the_readme_lists_every_direct_dependency() {
    let metadata = metadata();
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().expect("members").iter().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().expect("packages");
    let direct: BTreeSet<String> = packages
        .iter()
        .filter(|package| members.contains(text(package, "id")))
        .flat_map(|package| package["dependencies"].as_array().expect("dependencies"))
        .filter(|dependency| dependency["path"].is_null())
        .map(|dependency| text(dependency, "name").to_owned())
        .collect();
    let listed = listed();
    let missing: Vec<String> = direct.difference(&listed).cloned().collect();
    assert_none("dependencies stand without a reason: name them in README's table", &missing);
    let gone: Vec<String> = listed.difference(&direct).cloned().collect();
    assert_none("crates are listed in README and not used", &gone);
}
