//! The examples run, not only compile: each asserts what it shows.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::process::Command;

/// `cargo test` builds the examples beside the tests.
fn run(name: &str) {
    let test = std::env::current_exe().expect("this test's file");
    let target = test.parent().and_then(|deps| deps.parent()).expect("the target folder");
    let example = target.join("examples").join(name);
    let output = Command::new(&example).output().unwrap_or_else(|error| {
        panic!("{}: {error}: run `cargo test -p xinglin`, which builds it", example.display())
    });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty(), "{name} shows nothing");
}

#[test]
fn a_programs_own_structs_are_indexed_and_found() {
    run("own_structs");
}

#[test]
fn a_search_is_embedded_in_another_program() {
    run("embed");
}
