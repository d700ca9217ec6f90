#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| xinglin_fuzz::decode(bytes));
