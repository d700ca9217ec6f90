//! The examples run: what they show is what happens.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::process::Command;

/// Where `cargo test` puts the examples that it has built beside this program.
fn example(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("this program's path");
    let built = here.parent().and_then(|deps| deps.parent()).expect("the folder of what was built");
    built.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs an example without arguments; it ends well and says this.
#[track_caller]
fn check(name: &str, says: &[&str]) {
    let program = example(name);
    assert!(program.is_file(), "{} is not built: run `cargo test -p xinglin`", program.display());
    let output = Command::new(&program).output().expect("the example starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{name}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    for line in says {
        assert!(said.contains(line), "{name} does not say {line:?}:\n{said}");
    }
}

#[test]
fn embed() {
    check(
        "embed",
        &[
            "國家臨床重點專科: 2 articles",
            "陕西省",
            "汉中市中心医院 骨科 national Some(2023)",
            "宜昌市中心人民医院 消化内科 national Some(2022)",
        ],
    );
}

#[test]
fn own_structs() {
    check("own_structs", &["2 notices indexed", "义诊: 下周义诊安排 (18)"]);
}
