//! The built binary, driven as people and programs drive it, over an index of `corpus/`.

#![allow(clippy::expect_used, clippy::panic)]

mod bad_input;
mod exit_codes;
mod formats;
mod incremental;
mod pipes;
mod screens;
mod seeds;
mod support;
