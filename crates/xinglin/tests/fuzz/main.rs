//! The fuzz targets over the kept corpus and over seeded mutations of it, on stable Rust; what libFuzzer once found is in
//! `fuzz/regressions` and is tried first. `XINGLIN_ROUNDS=100000 cargo test -p xinglin --test fuzz -- --ignored` goes on for long.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod mutation;
#[allow(unreachable_pub, reason = "shared with fuzz/, where it is a library")]
#[path = "../../../../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::mutation::Mutator;
use crate::targets::{TARGETS, Target, corpus};

/// Mutations of one target's corpus that a usual run tries.
const USUAL: u64 = 300;

/// The files of a folder by name; none where there is no such folder.
fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

/// Tries one input; keeps it where it breaks a law, so that it can be looked at and moved to `fuzz/regressions`.
fn try_one(name: &str, target: Target, what: &str, input: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| target(input))).map_err(|_| {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("{name}-{:016x}", xinglin_text::hash64(input)));
        let at = match fs::write(&kept, input) {
            Ok(()) => kept.display().to_string(),
            Err(error) => format!("(not kept: {error})"),
        };
        format!("{name}: {what}, {} bytes: {at}", input.len())
    })
}

fn fuzz(rounds: u64, seed: u64) {
    let mut broken = Vec::new();
    for (name, target) in TARGETS {
        let kept = files(&corpus().join(name));
        assert!(kept.len() >= 5, "the corpus of {name} is there");
        let found = files(&corpus().with_file_name("regressions").join(name));
        for (file, input) in found.iter().chain(&kept) {
            broken.extend(try_one(name, target, file, input).err());
        }
        let inputs: Vec<Vec<u8>> = kept.into_iter().chain(found).map(|(_, input)| input).collect();
        let started = Instant::now();
        let mut slowest = (Duration::ZERO, 0);
        let mut mutator = Mutator::new(inputs, seed ^ xinglin_text::hash64(name.as_bytes()));
        for round in 0..rounds {
            let input = mutator.next();
            let begun = Instant::now();
            broken.extend(try_one(name, target, &format!("mutation {round}"), &input).err());
            slowest = slowest.max((begun.elapsed(), round));
        }
        let (took, (most, which)) = (started.elapsed(), slowest);
        println!("{name}: {rounds} mutations in {took:.1?}; mutation {which} took {most:.1?}");
    }
    let shown = broken.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n  ");
    assert!(broken.is_empty(), "{} inputs break a law:\n  {shown}", broken.len());
}

#[test]
fn kept_and_mutated_inputs_break_no_law() {
    fuzz(USUAL, 1);
}

#[test]
#[ignore = "as long as one likes; XINGLIN_ROUNDS says how many mutations of each target, XINGLIN_SEED which"]
fn many_mutated_inputs_break_no_law() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    fuzz(number("XINGLIN_ROUNDS").unwrap_or(50_000), number("XINGLIN_SEED").unwrap_or(2));
}
