//! The rooms: who may know whom, as ARCHITECTURE.md draws it and the manifests say it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::common::{assert_none, root};

/// Rooms whose code may name tantivy.
const KNOW_TANTIVY: [&str; 3] = ["index-schema", "index", "query"];
/// The measuring package stands outside the house: it may look into every room.
const OUTSIDE: &str = "benches";

type Picture = BTreeMap<String, BTreeSet<String>>;

/// The lines `room -> rooms` between the markers of ARCHITECTURE.md.
fn drawn() -> Picture {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let (_, after) = text.split_once("<!-- dependencies -->").expect("the marker `<!-- dependencies -->`");
    let (block, _) = after.split_once("<!-- /dependencies -->").expect("the marker `<!-- /dependencies -->`");
    let lines = block.lines().filter_map(|line| line.split_once("->"));
    let rooms =
        |list: &str| list.split([' ', ',']).filter(|room| !room.is_empty()).map(str::to_owned).collect();
    lines.map(|(room, list)| (room.trim().to_owned(), rooms(list))).collect()
}

/// The folders of the workspace's members.
fn members() -> Vec<PathBuf> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the root manifest");
    let (_, after) = manifest.split_once("\nmembers = [").expect("a list of members");
    let (list, _) = after.split_once(']').expect("the end of the list of members");
    let quoted = list.split('"').skip(1).step_by(2);
    quoted.map(|member| root().join(member)).collect()
}

/// A room's name: its package's, without the prefix; the façade is called as the whole.
fn room(package: &str) -> String {
    package.strip_prefix("xinglin-").unwrap_or(package).to_owned()
}

/// The package's name and the names of what its code depends on; what only its tests or its build need does not count.
fn manifest(member: &Path) -> (String, BTreeSet<String>) {
    let text = std::fs::read_to_string(member.join("Cargo.toml")).expect("a member's manifest");
    let (mut section, mut name, mut dependencies) = (String::new(), String::new(), BTreeSet::new());
    for line in text.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
            if let Some(dependency) = section.strip_prefix("dependencies.") {
                dependencies.insert(dependency.to_owned());
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        let key = key.trim().split('.').next().unwrap_or_default();
        if section == "package" && key == "name" {
            name = value.trim().trim_matches('"').to_owned();
        } else if section == "dependencies" || section.ends_with(".dependencies") {
            dependencies.insert(key.to_owned());
        }
    }
    (name, dependencies)
}

#[test]
fn the_picture_is_what_the_manifests_say() {
    let mut built = Picture::new();
    for member in members() {
        let (name, dependencies) = manifest(&member);
        let ours = dependencies.iter().filter(|name| name.starts_with("xinglin"));
        built.insert(room(&name), ours.map(|name| room(name)).collect());
    }
    built.remove(OUTSIDE).expect("the measuring package");
    assert_eq!(drawn(), built, "left: ARCHITECTURE.md, right: the manifests");
}

#[test]
fn only_the_index_rooms_know_tantivy() {
    let mut failures = Vec::new();
    for member in members() {
        let (name, dependencies) = manifest(&member);
        let name = room(&name);
        let knows = |what: &str| dependencies.iter().any(|dependency| dependency.starts_with(what));
        if knows("tantivy") && name != OUTSIDE && !KNOW_TANTIVY.contains(&name.as_str()) {
            failures.push(format!("{name} depends on tantivy"));
        }
        if name == "cli" && (knows("tantivy") || knows("jieba")) {
            failures.push(format!("{name} depends on what the façade hides"));
        }
    }
    assert_none("rooms know what they must not", &failures);
}

/// Nothing flows back up: following the arrows never leads back to where one started.
#[test]
fn data_flows_one_way() {
    let picture = drawn();
    for room in picture.keys() {
        let (mut reached, mut next) = (BTreeSet::new(), vec![room]);
        while let Some(at) = next.pop() {
            let below = picture.get(at).unwrap_or_else(|| panic!("{at} is not in the picture"));
            next.extend(below.iter().filter(|below| reached.insert(*below)));
        }
        assert!(!reached.contains(room), "{room} depends on itself through others");
    }
}

/// Each room says what it answers and what it must never know, before anything else; and forbids unsafe code.
#[test]
fn each_room_says_what_it_is() {
    let mut failures = Vec::new();
    for member in members() {
        let sources = [member.join("src/lib.rs"), member.join("src/main.rs")];
        let Some(source) = sources.iter().find(|path| path.is_file()) else {
            failures.push(format!("{}: neither src/lib.rs nor src/main.rs", member.display()));
            continue;
        };
        let text = std::fs::read_to_string(source).expect("a source file");
        let doc: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        if doc.chars().count() < 60 {
            failures
                .push(format!("{}: no doc comment at the top that says what the room is", source.display()));
        }
        let outside = member.ends_with(OUTSIDE);
        if !outside && !doc.contains("never") && !doc.contains("alone") && !doc.contains("only") {
            failures.push(format!("{}: does not say what the room must not know", source.display()));
        }
        let manifest = std::fs::read_to_string(member.join("Cargo.toml")).expect("a member's manifest");
        if !manifest.contains("[lints]\nworkspace = true") {
            failures.push(format!("{}: without the workspace's lints", member.display()));
        }
    }
    assert_none("rooms do not say what they are", &failures);
}
