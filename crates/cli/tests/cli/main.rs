//! The built binary, driven as people and programs drive it, over an index of `corpus/`.

mod bad_input;
mod exit_codes;
mod formats;
mod incremental;
mod pipes;
mod screens;
mod support;
