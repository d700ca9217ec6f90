//! What does xinglin cost, beside a naive engine, on the same text, in the same run?
//!
//! The room answers with throughput, latency, cold start, memory and size, on a corpus it generates or is given. It must
//! never know how xinglin works inside: it drives the program and the library as anyone would, and asserts that the
//! answers it timed were right.
#![forbid(unsafe_code)]

pub mod baseline;
pub mod chart;
pub mod compare;
pub mod corpus;
pub mod fixture;
pub mod floor;
pub mod generate;
pub mod given;
pub mod lexicon;
pub mod process;
pub mod program;
pub mod prose;
pub mod report;
pub mod rng;
pub mod sample;
