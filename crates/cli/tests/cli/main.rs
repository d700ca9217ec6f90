//! The built binary, driven as people and programs drive it, over an index of `corpus/`.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod exit_codes;
mod formats;
mod incremental;
mod kept;
mod pipes;
mod screens;
mod seeds;
mod seeing_why;
mod suggestions;
mod support;
