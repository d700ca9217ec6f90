//! Pages of ten million bytes made to hurt: time and memory grow with their length and no faster.
//!
//! A program of its own with a single test, because what child processes have used is counted for all of them together.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};

/// How much more four times the page may cost: four times, and as much again for what is not the page's.
const MOST: u32 = 10;
/// Below this the program's own beginning is most of what is counted.
const LEAST: Duration = Duration::from_millis(150);

/// What all child processes so far have used.
fn used() -> (Duration, i64) {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage");
    let time = |value: nix::sys::time::TimeVal| {
        Duration::from_micros(value.tv_sec() as u64 * 1_000_000 + value.tv_usec() as u64)
    };
    (time(usage.user_time()) + time(usage.system_time()), usage.max_rss())
}

/// The program under test: this build's, or another that `XINGLIN_PROGRAM` names.
fn program() -> Command {
    let built = || OsString::from(env!("CARGO_BIN_EXE_xinglin"));
    Command::new(std::env::var_os("XINGLIN_PROGRAM").unwrap_or_else(built))
}

/// Indexes a page of this length, tags it, searches in it; returns the processor time. An odd page may be refused with a
/// message, but not end the program.
fn cost(dir: &Path, name: &str, page: &[u8]) -> Duration {
    let file = dir.join(name);
    std::fs::write(&file, page).expect("a page");
    let index = dir.join("idx");
    let (before, _) = used();
    for arguments in [&["index"][..], &["tag"]] {
        let mut command = program();
        command.args(arguments).arg(&file);
        if arguments == ["index"] {
            command.arg("--index").arg(&index);
        }
        let output = command.output().expect("the program starts");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{name}: {:?} {err}", output.status);
        assert!(!err.contains("内部出错") && !err.contains("internal error"), "{name}: {err}");
    }
    for query in ["骨科", "医院1234"] {
        let mut command = program();
        let output = command.args(["search", query, "--index"]).arg(&index).output().expect("it starts");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {output:?}");
    }
    let (after, _) = used();
    std::fs::remove_dir_all(index).expect("removed");
    std::fs::remove_file(file).expect("removed");
    after - before
}

fn monsters(bytes: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let kinds: [(&str, &str); 9] = [
        ("div.html", "<div>"),
        ("text-in-div.html", "<div>骨科"),
        ("hospital.txt", "汉中市中心医院"),
        ("titles.txt", "汉中市中心医院骨科获批省级临床重点专科、"),
        ("digits.txt", "1234567890"),
        ("brackets.txt", "（【([{「"),
        ("combining.txt", "骨\u{301}\u{302}\u{303}\u{323}"),
        ("traditional.txt", "國家臨床重點專科隨身碟"),
        ("lines.jsonl", "{\"text\":\"骨科\"}\n"),
    ];
    for (name, piece) in kinds {
        let page = |length: usize| piece.repeat(length / piece.len()).into_bytes();
        let (one, four) = (cost(dir.path(), name, &page(bytes / 4)), cost(dir.path(), name, &page(bytes)));
        println!("{name}: {} KB {one:.1?}, {} KB {four:.1?}", bytes >> 12, bytes >> 10);
        assert!(four <= one.max(LEAST) * MOST, "{name}: {one:.1?} for a quarter, {four:.1?} for the whole");
    }
    let (_, memory) = used();
    println!("most memory of any process: {} MB", memory >> 10);
    // The indexing buffers are bounded by themselves; a page may cost some tens of times its length beside them.
    let most = 400 + 60 * (bytes >> 20) as i64;
    assert!(memory >> 10 <= most, "{} MB for a page of {} MB", memory >> 10, bytes >> 20);
}

#[test]
fn monsters_cost_no_more_than_their_length() {
    monsters(512 << 10);
}

#[test]
#[ignore = "minutes"]
fn monsters_of_ten_megabytes_cost_no_more_than_their_length() {
    monsters(10 << 20);
}
