//! What is promised whatever happens: kills at any instant, full disks, damaged files, many processes at once.
//!
//! The rounds here are few; `XINGLIN_ROUNDS=200 cargo test -p xinglin-cli --test endurance -- --ignored` runs the long ones.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod crowd;
mod damage;
mod dump;
mod interrupts;
mod kills;
mod news;
mod refusals;
mod strangers;

/// A sequence of choices that is the same in every run (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
pub(crate) struct Choices(u64);

impl Choices {
    /// The sequence of a seed.
    pub(crate) fn seeded(seed: u64) -> Choices {
        Choices(seed)
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// How often the long tests go round.
pub(crate) fn long_rounds(usual: u64) -> u64 {
    std::env::var("XINGLIN_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

/// Where the program lies: the one just built, or another (a release build, say) that `XINGLIN_PROGRAM` names.
pub(crate) fn program_path() -> std::path::PathBuf {
    std::env::var_os("XINGLIN_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_xinglin").into()).into()
}

/// The program, in an environment that says nothing about colour, width or index.
pub(crate) fn program() -> std::process::Command {
    let mut command = std::process::Command::new(program_path());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "XINGLIN_INDEX", "TERM"] {
        command.env_remove(name);
    }
    command
}
